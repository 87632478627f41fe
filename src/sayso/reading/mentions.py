"""The stage `mentions`."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.model.annotation import AnyAnnotation
from sayso.reading.draft import Draft


class Mentions:
    """The stage `mentions`."""

    name = "mentions"
    version = "0"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        return ()
