"""The stage `events`."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.model.annotation import AnyAnnotation
from sayso.reading.draft import Draft


class Events:
    """The stage `events`."""

    name = "events"
    version = "0"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        return ()
