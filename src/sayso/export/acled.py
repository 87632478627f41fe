"""The column layout of ACLED, so that tools made for it open a record of Sayso.

This is not ACLED data and not coded by ACLED; the name of the layout is theirs. Only events that
ACLED's codebook would record are given. `actor1`/`actor2` carry no direction there. `fatalities`
is the lowest number that any source gives; all rival numbers stand in `notes`. Left empty, since
only ACLED assigns them: `disorder_type`, `inter1`, `inter2`, `interaction`, `iso`, `region`,
`admin3`, `source_scale`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sayso.export import precision
from sayso.export.columns import bounds, chain, main_place
from sayso.export.csv import layout
from sayso.model.rows import EventRow

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip


def write(rows: Iterable[EventRow], out: BinaryIO) -> int:
    """Writes the table; gives the number of rows. Events without a day, a place or a class of
    ACLED's are left out: the layout has no room for "unknown"."""
    return layout(COLUMNS, map(cells_of, rows), out)


def cells_of(row: EventRow) -> dict[str, str | int | float | None] | None:
    """One event in ACLED's columns, or None where it does not fit."""
    place = main_place(row)
    if not row.acled_type or place is None or not row.time_from or row.polarity == "negative":
        return None
    first = [a.name for a in row.actors if a.role == "actor"]
    second = [a.name for a in row.actors if a.role == "recipient"]
    if not second and len(first) > 1:
        first, second = first[:1], first[1:]
    killed, most = bounds(row, "killed")
    notes = f"{row.words} [{chain(row.said_by)}; {row.standing_words}]"
    if most is not None and most != killed:
        notes += f" [killed: {killed:g} to {most:g}]"
    tags = [f"crowd size={bounds(row, 'size')[0]:g}"] if row.event_type == "PROTEST" and bounds(
        row, "size")[0] is not None else []  # fmt: skip
    return {
        "event_id_cnty": row.id,
        "event_date": row.time_from,
        "year": int(row.time_from[:4]),
        "time_precision": precision.acled_time(precision.span_days(row.time_from, row.time_to)),
        "event_type": row.acled_type,
        "sub_event_type": row.acled_sub,
        "actor1": first[0] if first else "",
        "assoc_actor_1": "; ".join(first[1:]),
        "actor2": second[0] if second else "",
        "assoc_actor_2": "; ".join(second[1:]),
        "civilian_targeting": "Civilian targeting" if row.civilian_targeting == "yes" else "",
        "country": place.country,
        "admin1": place.admin1,
        "location": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geo_precision": precision.of(place.precision or ("town" if place.pin else None)).acled,
        "source": "; ".join(row.publishers),
        "notes": notes,
        "fatalities": killed,
        "tags": "; ".join(tags),
        "timestamp": row.first_held,
    }
