"""The stage `quantities`."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.model.annotation import AnyAnnotation
from sayso.reading.draft import Draft


class Quantities:
    """The stage `quantities`."""

    name = "quantities"
    version = "0"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        return ()
