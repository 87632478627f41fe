"""The stage `forecasts`."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.model.annotation import AnyAnnotation
from sayso.reading.draft import Draft


class Forecasts:
    """The stage `forecasts`."""

    name = "forecasts"
    version = "0"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        return ()
