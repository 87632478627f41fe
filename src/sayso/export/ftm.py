"""FollowTheMoney entities, one JSON object a line: actors, places, pages and events.

FollowTheMoney has no field for rival numbers, denials, doubt or chains of sources: those stand in
`notes` and `summary` as words, so this export loses structure, knowingly.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from sayso.export.columns import chain, flat, main_place
from sayso.model import codec
from sayso.model.rows import EventRow, Named

_SCHEMATA = frozenset(("Organization", "Person", "PublicBody", "Company", "LegalEntity"))


def write(rows: Iterable[EventRow], out: BinaryIO) -> int:
    """Writes entities; gives the number of events among them."""
    seen: set[str] = set()
    count = 0

    def put(entity: dict[str, Any]) -> None:
        if entity["id"] not in seen:
            seen.add(entity["id"])
            out.write((codec.line(entity) + "\n").encode("utf-8"))

    for row in rows:
        place = main_place(row)
        for actor in row.actors:
            if actor.id:
                put(_actor(actor))
        if place is not None and place.id:
            put(_place(place))
        put(_article(row))
        put(_event(row, place))
        count += 1
    return count


def _actor(actor: Named) -> dict[str, Any]:
    schema = actor.schema if actor.schema in _SCHEMATA else "LegalEntity"
    return {"id": actor.id, "schema": schema, "properties": {"name": [actor.name]}}


def _place(place: Named) -> dict[str, Any]:
    properties = {"name": [place.name], "full": [place.name]}
    if place.country:
        properties["country"] = [place.country.lower()]
    if place.latitude is not None and place.pin:
        properties["latitude"] = [str(place.latitude)]
        properties["longitude"] = [str(place.longitude)]
    return {"id": place.id, "schema": "Address", "properties": properties}


def _article(row: EventRow) -> dict[str, Any]:
    return {
        "id": f"sayso-page-{row.document}", "schema": "Article",
        "properties": {"publisher": list(row.publishers), "title": [row.document]},
    }  # fmt: skip


def _event(row: EventRow, place: Named | None) -> dict[str, Any]:
    cells = flat(row)
    kind = f"{row.event_type or row.act}{' / ' + row.mode if row.mode else ''}"
    properties: dict[str, list[str]] = {
        "name": [f"{kind}: {cells['actors'] or 'somebody'} {row.trigger}".strip()],
        "summary": [row.words],
        "notes": [
            f"{row.standing_words}; {row.status}; {row.polarity}; said by {chain(row.said_by)}",
            f"numbers: {cells['numbers']}",
        ],
        "proof": [f"sayso-page-{row.document}"],
        "involved": [a.id for a in row.actors if a.id],
        "publisher": list(row.publishers),
    }
    if row.time_from and row.time_from == row.time_to:
        properties["date"] = [row.time_from]
    elif row.time_from and row.time_to:
        properties["startDate"], properties["endDate"] = [row.time_from], [row.time_to]
    if place is not None:
        properties["location"] = [place.name]
        if place.country:
            properties["country"] = [place.country.lower()]
        if place.id:
            properties["address"] = [place.id]
    return {"id": row.id, "schema": "Event", "properties": properties}
