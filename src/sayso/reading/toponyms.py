"""The stage `toponyms`."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.model.annotation import AnyAnnotation
from sayso.reading.draft import Draft


class Toponyms:
    """The stage `toponyms`."""

    name = "toponyms"
    version = "0"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        return ()
