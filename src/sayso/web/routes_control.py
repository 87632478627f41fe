"""Who holds what: ribbons on the control page, and the towns of the map on each day.

A day can be seen in two ways: "as known then" (only what had been said by that day) and "as now
believed" (all that is known now of that day).
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fastapi import HTTPException, Request

from sayso.model.rows import ControlRow, Page
from sayso.record.database import Row
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import days_held
from sayso.service.days_held import Board
from sayso.web import ribbons as drawing
from sayso.web.sides import (
    LEGEND,
    NOBODY,
    Side,
    certainty_in_words,
    counted,
    key,
    of_holders,
    pattern,
    sides,
)
from sayso.web.site import Site, filters_of

PLACES = 80
"""Towns on one map; more are counted and said. A day of all of them takes less than a tenth of a
second with a million tellings."""

FRESH = timedelta(days=3)
"""What was said last is kept back from a replay that others than this machine can see."""

FADING = ((7, 1.0), (30, 0.75), (90, 0.5))
"""(days since the last word on it, opacity); what is older is fainter still."""
FAINT = 0.3


@dataclass(frozen=True, slots=True)
class Town:
    """One town on one day. `opacity` falls with the days since anybody said so; `pattern` "none"
    and no holder where nothing is known of that day."""

    place: str
    place_id: str
    latitude: float | None
    longitude: float | None
    holder: str
    hue: int
    letters: str
    pattern: str
    certainty: str
    last_said: str
    days_since: int | None
    opacity: float
    event: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """The towns of one day, and who they are held by, in words."""

    day: str
    towns: tuple[Town, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What all days of one replay share."""

    board: Board
    known: dict[str, Side]
    first: str
    last: str
    places: int


def more(site: Site, record: Record, request: Request, found: Page[Any]) -> dict[str, Any]:
    """The ribbons of the rows of a list of control."""
    asked = filters_of(request)
    known = sides(found.rows)
    drawn = drawing.ribbons(found.rows, known, asked.since, asked.until)
    stretches = f"{len(found.rows)} stretches of time at {len({r.place_id for r in found.rows})}"
    return {"drawn": drawn, "sides": list(known.values()), "patterns": LEGEND,
            "summary": f"{stretches} of {found.total} places"}  # fmt: skip


def replay(site: Site, record: Record, filters: Filters) -> Replay | None:
    """The frame of a replay; None where no row of control stands on a day."""

    def make() -> Replay | None:
        asked = dataclasses.replace(filters, on=None)
        if not site.names:
            then = (datetime.now(UTC) - FRESH).date().isoformat()
            asked = dataclasses.replace(asked, known_by=min(asked.known_by or then, then))
        narrowed = Filters(place=asked.place, bbox=asked.bbox, basis=asked.basis)
        told = site.pool.cached(
            record, ("said", narrowed), lambda: days_held.said(record, narrowed, limit=PLACES)
        )
        board = days_held.board(record, told, asked)
        if board is None:
            return None
        known = of_holders(days_held.holders(board))
        return Replay(board, known, board.first, board.last, told.total)

    return site.pool.cached(record, ("replay", filters), make)


def day_of(request: Request, frame: Replay) -> str:
    """The day that an address asks for, the last one unless it says. Raises HTTPException 400."""
    text = request.query_params.get("day") or request.query_params.get("on") or frame.last
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise HTTPException(400, f"day: {text[:20]!r} is no day; write it like 2019-01-06") from (
            error
        )


def day(site: Site, record: Record, filters: Filters, frame: Replay, on: str, *, then: bool) -> Day:
    """The towns of one day, every town of the replay, by name."""

    def make() -> Day:
        rows = days_held.on_day(record, frame.board, filters, on, then=then,
                                 brief=site.names)  # fmt: skip
        found = site.rows(record, Page(rows=tuple(rows), next=None, total=len(rows))).rows
        return _day(frame, found, on)

    return site.pool.cached(record, ("day", filters, on, then), make)


def _day(frame: Replay, found: Sequence[ControlRow], on: str) -> Day:
    held = {r.place_id: r for r in found}
    towns = [_town(frame, held.get(place["place"]), place, on) for place in frame.board.said.places]
    nothing = {NOBODY: f": {NOBODY}", UNKNOWN: f": {UNKNOWN}"}
    said = counted(Counter(t.holder for t in towns), nothing)
    return Day(on, tuple(towns), f"{on}: {len(towns)} places: {said}.")


UNKNOWN = "nothing is known of that day"


def _town(frame: Replay, row: ControlRow | None, place: Row, on: str) -> Town:
    side = frame.known.get(key(row)) if row else None
    last = row.last_said if row else None
    since = (date.fromisoformat(on) - date.fromisoformat(last)).days if last else None
    opacity = 1.0
    if since is not None:
        opacity = next((o for most, o in FADING if since <= most), FAINT)
    holder = UNKNOWN if row is None else row.holder or NOBODY
    return Town(
        place=place["name"], place_id=place["place"], latitude=place["latitude"],
        longitude=place["longitude"], holder=holder, hue=side.hue if side else -1,
        letters=side.letters if side else "", pattern=pattern(row) if row else "none",
        certainty=certainty_in_words(row) if row and row.holder else "",
        last_said=last or "", days_since=max(0, since) if since is not None else None,
        opacity=opacity, event=row.evidence[0].event if row and row.evidence else "",
        words=" ".join(row.evidence[0].words.split())[:240] if row and row.evidence else "",
    )  # fmt: skip


_SHOWN = [f.name for f in dataclasses.fields(Town) if f.name not in ("latitude", "longitude")]


def geojson(shown: Day) -> dict[str, Any]:
    """The towns that have coordinates as GeoJSON, with the sentence that sums them up."""
    return {
        "type": "FeatureCollection",
        "summary": shown.summary,
        "day": shown.day,
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [t.longitude, t.latitude]},
                "properties": {n: getattr(t, n) for n in _SHOWN},
            }
            for t in shown.towns
            if t.longitude is not None and t.latitude is not None
        ],
        "unplaced": [
            dataclasses.asdict(t) for t in shown.towns if t.longitude is None or t.latitude is None
        ],
    }
