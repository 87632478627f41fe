"""The Python API: what `import sayso` gives. Each method is one service call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sayso.errors import SourceError
from sayso.model.reading import Reading
from sayso.model.rows import (
    ActorRow,
    ControlRow,
    DisputeRow,
    EventAccount,
    EventRow,
    ForecastRow,
    Hit,
    PageRow,
)
from sayso.record import record as door
from sayso.record.query import Filters
from sayso.record.verify import Report, verify
from sayso.service import ask
from sayso.service import read as service

T = TypeVar("T")


def read(source: str | Path, *, published: str | None = None) -> list[Reading]:
    """The readings of one source (a file, a folder, an address), kept nowhere.

    `published` is the publication date that you state. Raises SourceError for the first input
    that cannot be read.
    """
    return list(_or_raise(service.readings([str(source)], published=published)))


class Record:
    """A record: a file that is made where there is none. Use as a context manager.

    Lists take the filters of `Filters` by name:
    `record.events(place="Afrin", since="2019-01-01")`.
    """

    def __init__(self, path: str | Path = "sayso.db", *, readonly: bool = False,
                 who: str = "operator") -> None:  # fmt: skip
        self.door = door.Record(path, readonly=readonly, who=who)

    def read(
        self, source: str | Path, *, published: str | None = None, jobs: int = 1
    ) -> list[Reading]:
        """Reads one source into the record, and gives its readings. Raises SourceError for the
        first input that cannot be read; what came before it is stored."""
        found = service.read([str(source)], self.door, published=published, jobs=jobs)
        return [o.reading for o in _or_raise(found)]

    def read_all(
        self, sources: Iterable[str | Path], *, jobs: int = 1
    ) -> Iterator[Reading | SourceError]:
        """Reads many sources; one that fails comes out as its error and the rest is read."""
        for outcome in service.read([str(s) for s in sources], self.door, jobs=jobs):
            yield outcome if isinstance(outcome, SourceError) else outcome.reading

    def events(self, **filters: Any) -> list[EventRow]:
        """The events that fit, in the order of time, undated last."""
        return list(ask.events(self.door, Filters(**filters), limit=None).rows)

    def event(self, event_id: str, **filters: Any) -> EventAccount:
        """Everything about one event: each field with every value and who says it."""
        return ask.event(self.door, event_id, Filters(**filters))

    def forecasts(self, **filters: Any) -> list[ForecastRow]:
        """The forecasts that fit, the earliest due first."""
        return list(ask.forecasts(self.door, Filters(**filters), limit=None).rows)

    def disputes(self, **filters: Any) -> list[DisputeRow]:
        """What is in dispute, between pages and among readers."""
        return list(ask.disputes(self.door, Filters(**filters), limit=None).rows)

    def control(self, **filters: Any) -> list[ControlRow]:
        """Who held which place when, with the evidence."""
        return list(ask.control(self.door, Filters(**filters), limit=None).rows)

    def pages(self, **filters: Any) -> list[PageRow]:
        """The pages of the record."""
        return list(ask.pages(self.door, Filters(**filters), limit=None).rows)

    def actors(self, **filters: Any) -> list[ActorRow]:
        """The actors that events name."""
        return list(ask.actors(self.door, Filters(**filters), limit=None).rows)

    def search(self, words: str, *, limit: int = 50) -> list[Hit]:
        """The parts of pages that hold all the words, best first."""
        return list(ask.search(self.door, words, limit=limit))

    def reading(self, document: str) -> Reading:
        """The newest reading of a page, by its id."""
        return ask.reading(self.door, document)

    def verify(self) -> Report:
        """Recomputes captures, texts, spans, readings and the log."""
        return verify(self.door.database)

    def close(self) -> None:
        """Closes the file."""
        self.door.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _or_raise(found: Iterable[T | SourceError]) -> Iterator[T]:
    for item in found:
        if isinstance(item, SourceError):
            raise item
        yield item
