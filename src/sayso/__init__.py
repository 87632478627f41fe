"""Sayso: on whose say-so?

Reads news pages and the discussion under them, and keeps a record in which every event, number,
claim and forecast carries the exact words that back it and the chain of people who said so.

    import sayso

    with sayso.Record("my.db") as record:
        for reading in record.read("page.html"):
            print(reading.document.headline)
        for event in record.events(place="Atarib", since="2019-01-01"):
            print(event.edtf, event.trigger, event.standing_words)
            for field in record.event(event.id).fields:
                for value in field.values:
                    print(field.name, value.value, [link.who for link in value.said_by])

Importing this package loads nothing; a name is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.errors import IntegrityError, RecordError, SaysoError, SourceError, UsageError
    from sayso.model.annotation import Event, Forecast, Reply
    from sayso.model.document import Document
    from sayso.model.reading import Reading
    from sayso.record.query import Filters
    from sayso.service.library import Record, read

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Event",
    "Filters",
    "Forecast",
    "IntegrityError",
    "Reading",
    "Record",
    "RecordError",
    "Reply",
    "SaysoError",
    "SourceError",
    "UsageError",
    "read",
]

_HOMES = {
    "Document": "sayso.model.document",
    "Event": "sayso.model.annotation",
    "Filters": "sayso.record.query",
    "Forecast": "sayso.model.annotation",
    "IntegrityError": "sayso.errors",
    "Reading": "sayso.model.reading",
    "Record": "sayso.service.library",
    "RecordError": "sayso.errors",
    "Reply": "sayso.model.annotation",
    "SaysoError": "sayso.errors",
    "SourceError": "sayso.errors",
    "UsageError": "sayso.errors",
    "read": "sayso.service.library",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
