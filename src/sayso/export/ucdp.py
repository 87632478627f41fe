"""The column layout of UCDP's Georeferenced Event Dataset (GED 24.1).

This is not UCDP data. GED holds events of organised violence with at least one death: only
ASSAULT events with a number of killed are given. `low` and `high` are the lowest and highest
number that any source gives; `best` is empty, since choosing one is a coder's judgement. Ids of
conflicts, dyads, sides and countries are UCDP's own and stay empty; so do the PRIO-GRID cell and
`type_of_violence`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sayso.export import precision
from sayso.export.columns import bounds, main_place
from sayso.export.csv import layout
from sayso.model.rows import EventRow

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip


def write(rows: Iterable[EventRow], out: BinaryIO) -> int:
    """Writes the table; gives the number of rows."""
    return layout(COLUMNS, map(cells_of, rows), out)


def cells_of(row: EventRow) -> dict[str, str | int | float | None] | None:
    """One event in GED's columns, or None where it does not fit."""
    low, high = bounds(row, "killed")
    place = main_place(row)
    dead = high is not None and high >= 1
    if row.event_type != "ASSAULT" or row.status != "occurred" or not dead or place is None:
        return None
    if not row.time_from or not row.time_to or row.polarity == "negative":
        return None
    first = [a.name for a in row.actors if a.role == "actor"]
    second = [a.name for a in row.actors if a.role == "recipient"] or first[1:]
    point = place.pin and place.latitude is not None and place.longitude is not None
    return {
        "id": row.id,
        "relid": row.id,
        "year": int(row.time_from[:4]),
        "side_a": first[0] if first else "",
        "side_b": second[0] if second else ("Civilians" if row.civilian_targeting == "yes" else ""),
        "number_of_sources": row.chains or None,
        "source_article": "; ".join(row.publishers),
        "source_date": row.first_said,
        "source_original": row.said_by[-1].who if row.said_by else None,
        "where_prec": precision.of(place.precision or ("town" if place.pin else None)).ucdp,
        "where_coordinates": place.name,
        "where_description": place.words,
        "adm_1": place.admin1,
        "latitude": place.latitude if point else None,
        "longitude": place.longitude if point else None,
        "geom_wkt": f"POINT ({place.longitude} {place.latitude})" if point else None,
        "country": place.country,
        "event_clarity": 1 if row.granularity == "event" else 2,
        "date_prec": precision.ucdp_time(precision.span_days(row.time_from, row.time_to)),
        "date_start": row.time_from,
        "date_end": row.time_to,
        "deaths_a": _deaths(row, of="actor"),
        "deaths_b": _deaths(row, of="recipient"),
        "deaths_civilians": _deaths(row, civilian="civilian"),
        "deaths_unknown": _deaths(row, of="unknown"),
        "high": high,
        "low": low,
    }


def _deaths(row: EventRow, *, of: str | None = None, civilian: str | None = None) -> float | None:
    """The lowest number told of one side's dead, or of civilians; those have a column of their
    own, so they are in no side's."""
    values = [
        x
        for n in row.numbers
        if n.role == "killed" and n.scope == "event"
        and (n.civilian == civilian if civilian else n.of == of and n.civilian != "civilian")
        for v in n.values
        if (x := v.low if v.low is not None else v.high) is not None
    ]  # fmt: skip
    return min(values) if values else None
