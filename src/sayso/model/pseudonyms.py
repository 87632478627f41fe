"""A reading without the names of those who commented: what leaves the machine."""

from __future__ import annotations

import dataclasses

from sayso.model.annotation import AnyAnnotation, Event, Forecast, Source
from sayso.model.reading import Reading


def pseudonyms(reading: Reading) -> dict[str, str]:
    """Commenters by name as "reader 1", "reader 2" …: the same name, the same reader here."""
    out: dict[str, str] = {}
    for part in reading.document.comments():
        if part.author and part.author not in out:
            out[part.author] = f"reader {len(out) + 1}"
    return out


def without_names(reading: Reading) -> Reading:
    """The reading with commenters under pseudonyms: as authors and as sources. The captured words
    are not changed: a quote that is altered is no quote."""
    called = pseudonyms(reading)

    def hidden(source: Source) -> Source:
        if source.tier != "reader":
            return source
        return dataclasses.replace(source, who=called.get(source.who or "", source.who))

    def one(a: AnyAnnotation) -> AnyAnnotation:
        if isinstance(a, Event):
            counts = tuple(
                dataclasses.replace(q, said_by=tuple(map(hidden, q.said_by))) if q.said_by else q
                for q in a.quantities
            )
            said_by = tuple(map(hidden, a.said_by))
            return dataclasses.replace(a, said_by=said_by, quantities=counts)
        if isinstance(a, Forecast):
            return dataclasses.replace(a, forecaster=hidden(a.forecaster))
        return a

    parts = tuple(
        dataclasses.replace(p, author=called.get(p.author or "", p.author), key=None)
        if p.kind == "comment"
        else p
        for p in reading.document.parts
    )
    document = dataclasses.replace(reading.document, parts=parts)
    return dataclasses.replace(
        reading, document=document, annotations=tuple(map(one, reading.annotations))
    )
