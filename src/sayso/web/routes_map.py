"""The map and the timeline, each with its table twin.

The map draws towns, never areas: a ring tells how exact a place is, an open ring that an event is
not said to have occurred. The timeline is drawn by the server and needs no JavaScript.
"""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from sayso.record.query import Filters
from sayso.service import ask
from sayso.service import lag as lags
from sayso.service.rows import EventRow, Named
from sayso.web import routes_control
from sayso.web.cards import event_line
from sayso.web.frame import Filter, frame
from sayso.web.routes_control import Day, Replay
from sayso.web.routes_lists import LISTS, Row
from sayso.web.sides import LEGEND
from sayso.web.site import Site, csv_text, filters_of, many, with_query

MOST = 200
"""Marks on one map or timeline; more are counted and named, never silently dropped."""

TABLED = 50
"""Rows of the timeline's table; the list of events holds all."""

_EVENTS = next(x for x in LISTS if x.path == "/events")


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """One place of one event on the map. `pin` False = only known to lie within `radius_km`."""

    event: str
    title: str
    type: str
    status: str
    polarity: str
    when: str
    place: str
    role: str
    precision: str
    radius_km: float | None
    latitude: float
    longitude: float
    pin: bool
    standing: str


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """One event on the timeline, in user units: `x` and `width` along the days, `y` down. `shape`:
    a dot for one day, a bar for a range that is said, a whisker for days within which it was."""

    event: str
    title: str
    x: float
    width: float
    y: int
    status: str
    shape: str
    label: str


@dataclasses.dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis."""

    x: float
    label: str


@dataclasses.dataclass(frozen=True, slots=True)
class Lane:
    """The events of one type."""

    name: str
    y: int
    bars: tuple[Bar, ...]


def marks_of(row: EventRow) -> list[Mark]:
    """The places of an event that have coordinates; a place in several roles is one mark."""
    out: dict[str, Mark] = {}
    for place in row.places:
        mark = _mark(row, place)
        if mark is not None:
            out.setdefault(place.id or place.name, mark)
    return list(out.values())


def _mark(row: EventRow, place: Named) -> Mark | None:
    if place.latitude is None or place.longitude is None:
        return None
    return Mark(
        event=row.id,
        title=event_line(row),
        type=row.event_type or row.act or "event",
        status=row.status,
        polarity=row.polarity,
        when=row.edtf or (f"by {row.time_to}" if row.time_to else "open"),
        place=place.name,
        role=place.role,
        precision=place.precision or "town",
        radius_km=place.radius_km,
        latitude=place.latitude,
        longitude=place.longitude,
        pin=place.pin,
        standing=row.standing_words,
    )


_SHOWN = [f.name for f in dataclasses.fields(Mark) if f.name not in ("latitude", "longitude")]


def geojson(marks: list[Mark]) -> dict[str, Any]:
    """The marks as GeoJSON (RFC 7946: longitude first)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [m.longitude, m.latitude]},
                "properties": {n: getattr(m, n) for n in _SHOWN},
            }
            for m in marks
        ],
    }


def lanes(rows: list[EventRow], width: int) -> tuple[list[Lane], list[Tick], int]:
    """The timeline's lanes, its axis and its height. Only events with both ends known."""
    dated = [r for r in rows if r.time_from and r.time_to]
    if not dated:
        return [], [], 0
    first = min(_day(r.time_from) for r in dated)
    last = max(_day(r.time_to) for r in dated)
    days = (last - first).days + 1
    scale = width / days

    def x(day: date) -> float:
        return round((day - first).days * scale, 1)

    out: list[Lane] = []
    y = 0
    for name in sorted({r.event_type or r.act or "event" for r in dated}):
        ends: list[float] = []
        bars: list[Bar] = []
        for row in (r for r in dated if (r.event_type or r.act or "event") == name):
            low, high = _day(row.time_from), _day(row.time_to)
            left, wide = x(low), max(round(((high - low).days + 1) * scale, 1), 6.0)
            level = next((n for n, end in enumerate(ends) if end <= left), len(ends))
            ends[level : level + 1] = [left + wide + 2]
            bars.append(
                Bar(row.id, event_line(row), left, wide, y + 22 + level * 16, row.status,
                    _shape(row), row.edtf or f"between {row.time_from} and {row.time_to}")
            )  # fmt: skip
        out.append(Lane(name.replace("_", " "), y, tuple(bars)))
        y += 30 + 16 * len(ends)
    step = max(1, days // 8)
    ticks = [Tick(x(d), d.isoformat()) for n in range(0, days, step) for d in [_plus(first, n)]]
    return out, ticks, y


def _shape(row: EventRow) -> str:
    if not row.edtf or row.edtf.startswith(("[", "..")) or row.edtf[-1] in "?~%":
        return "dot" if row.edtf and row.time_from == row.time_to else "whisker"
    return "dot" if row.time_from == row.time_to else "bar"


def _day(text: str | None) -> date:
    return date.fromisoformat((text or "0001-01-01")[:10])


def _plus(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _steps(request: Request, frame_: Replay, shown: Day) -> dict[str, str]:
    """Addresses of the days around the one shown, and of the other way to see it."""

    def at(days: int) -> str:
        day = min(max(_plus(_day(shown.day), days).isoformat(), frame_.first), frame_.last)
        return with_query(request, day=day, open=None)

    other = "now" if request.query_params.get("as", "then") == "then" else "then"
    return {
        "week_before": at(-7), "before": at(-1), "after": at(1), "week_after": at(7),
        "other": with_query(request, open=None, **{"as": other}),
        "events": with_query(request, view=None, day=None, open=None, **{"as": None}),
    }  # fmt: skip


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)

    def rows_of(request: Request) -> tuple[list[EventRow], int]:
        asked: Filters = filters_of(request)
        with site.open() as record:
            found = site.pool.cached(
                record,
                ("drawn", asked),
                lambda: site.rows(record, ask.events(record, asked, limit=MOST, told_first=True)),
            )
        return list(found.rows), found.total

    def control_of(request: Request) -> tuple[routes_control.Replay | None, Day | None]:
        asked = dataclasses.replace(filters_of(request), on=None)
        then = request.query_params.get("as", "then") == "then"
        with site.open() as record:
            frame = routes_control.replay(site, record, asked)
            if frame is None:
                return None, None
            on = routes_control.day_of(request, frame)
            return frame, routes_control.day(site, record, asked, frame, on, then=then)

    def holds(request: Request) -> bool:
        return request.query_params.get("view") == "control"

    @api.get("/map.json")
    def map_json(request: Request) -> Response:
        if holds(request):
            _, shown = control_of(request)
            body = routes_control.geojson(shown or Day("", (), "No page says who holds what."))
        else:
            rows, _ = rows_of(request)
            body = geojson([m for r in rows for m in marks_of(r)])
        return JSONResponse(body, media_type="application/geo+json")

    @api.get("/map.csv")
    def map_csv(request: Request) -> Response:
        if holds(request):
            _, shown = control_of(request)
            towns = shown.towns if shown else ()
            text = csv_text(towns, [f.name for f in dataclasses.fields(routes_control.Town)])
        else:
            rows, _ = rows_of(request)
            marks = [m for r in rows for m in marks_of(r)]
            text = csv_text(marks, [f.name for f in dataclasses.fields(Mark)])
        return Response(text, media_type="text/csv")

    @api.get("/map", response_class=HTMLResponse)
    def map_page(request: Request) -> str:
        shared: dict[str, Any] = {
            "title": "Map",
            "data": with_query(request, open=None).replace("/map", "/map.json", 1),
            "policy": site.basemap.policy,
            "tiles": site.basemap.tiles is not None,
        }
        if holds(request):
            frame_, shown = control_of(request)
            return site.render(
                request, "replay.html", replay=frame_, shown=shown, patterns=LEGEND,
                sides=list(frame_.known.values()) if frame_ else [],
                then=request.query_params.get("as", "then") == "then",
                steps=_steps(request, frame_, shown) if frame_ and shown else {},
                frame=frame(request, (Filter("place", "Place"),)), **shared,
            )  # fmt: skip
        rows, total = rows_of(request)
        placed = [marks_of(r) for r in rows]
        marks = [m for found in placed for m in found]
        without = sum(1 for found in placed if not found)
        return site.render(
            request, "map.html", marks=marks, without=without, total=many(total),
            most=MOST if total > MOST else None,
            frame=frame(request, _EVENTS.filters),
            to_control=with_query(request, view="control", open=None), **shared,
        )  # fmt: skip

    @api.get("/timeline.json")
    def timeline_json(request: Request) -> Response:
        rows, total = rows_of(request)
        body = [
            {"event": r.id, "title": event_line(r), "type": r.event_type or r.act,
             "status": r.status, "edtf": r.edtf, "from": r.time_from, "to": r.time_to}
            for r in rows
        ]  # fmt: skip
        return JSONResponse(
            {"rows": body, "next": None, "total": total, "lag": dataclasses.asdict(lag_of(request))}
        )

    def lag_of(request: Request) -> lags.Lag:
        asked = filters_of(request)
        with site.open() as record:
            return site.pool.cached(record, ("lag", asked), lambda: lags.lag(record, asked))

    @api.get("/timeline", response_class=HTMLResponse)
    def timeline(request: Request) -> str:
        rows, total = rows_of(request)
        drawn, ticks, height = lanes(rows, 1000)
        return site.render(
            request, "timeline.html", title="Timeline", lanes=drawn, ticks=ticks, height=height,
            lag=lag_of(request), total=many(total), drawn=sum(len(x.bars) for x in drawn),
            columns=_EVENTS.columns,
            rows=[Row(_EVENTS.cells(r)) for r in rows[:TABLED]], tabled=TABLED,
            frame=frame(request, _EVENTS.filters),
        )  # fmt: skip

    return api
