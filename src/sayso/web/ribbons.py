"""Who held a town when, as a ribbon: a band per holder, a tick per telling. Drawn by the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.model import edtf
from sayso.model.rows import ControlRow
from sayso.web.sides import NOBODY, Side, certainty_in_words, counted, key, pattern

MOST = 40
"""Towns with a ribbon on one page; the table below holds all."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of one ribbon in percent of its width. `window`: it began or ended inside."""

    x: float
    width: float
    hue: int
    pattern: str
    label: str
    letters: str
    middle: float
    window: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """One telling: up where it speaks for the holder, down where against."""

    x: float
    up: bool
    event: str
    label: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One town. `summary` says the same in words."""

    place: str
    place_id: str
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    summary: str
    undated: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Ribbons:
    """All of them over one axis; `summary` counts who holds how many at its end."""

    towns: tuple[Ribbon, ...]
    axis: tuple[Mark, ...]
    summary: str
    used: tuple[tuple[int, str], ...]


def span(rows: Sequence[ControlRow]) -> tuple[date, date] | None:
    """First and last day that these rows speak of; None if they speak of none."""
    days = [d for r in rows if not r.undated for d in _days(r)]
    return (min(days), max(days)) if days else None


def _days(row: ControlRow) -> list[date]:
    found = [*edtf.bounds(row.from_), *edtf.bounds(row.to)]
    said = [row.last_said, *(e.said_on for e in row.evidence)]
    return [d for d in found if d] + [date.fromisoformat(s) for s in said if s]


def ribbons(
    rows: Sequence[ControlRow],
    known: dict[str, Side],
    since: str | None = None,
    until: str | None = None,
) -> Ribbons:
    """The ribbons of these rows, in their order; `since` and `until` cut the axis."""
    ends = span(rows)
    if ends is None:
        return Ribbons((), (), summary(rows), ())
    room = max(1, (ends[1] - ends[0]).days // 12)
    first = date.fromisoformat(since) if since else ends[0] - timedelta(room)
    last = date.fromisoformat(until) if until else ends[1] + timedelta(room)
    last = max(last, first + timedelta(1))
    by_place: dict[str, list[ControlRow]] = {}
    for row in rows:
        by_place.setdefault(row.place_id, []).append(row)
    towns = tuple(
        _ribbon(found, known, first, last) for found in list(by_place.values())[:MOST]
    )  # fmt: skip
    used = {(b.hue, b.pattern) for t in towns for b in t.bands if b.pattern != "none"}
    return Ribbons(towns, _axis(first, last), summary(rows), tuple(sorted(used)))


def _axis(first: date, last: date) -> tuple[Mark, ...]:
    days = (last - first).days
    step = max(1, -(-days // 4))
    found = (first + timedelta(n) for n in range(0, days, step))
    return tuple(Mark(_x(d, first, last), d.isoformat()) for d in found)


def _x(day: date, first: date, last: date) -> float:
    part = (day - first).days / (last - first).days
    return round(min(max(part, 0.0), 1.0) * 100, 2)


def _ribbon(rows: list[ControlRow], known: dict[str, Side], first: date, last: date) -> Ribbon:
    bands: list[Band] = []
    ticks: dict[tuple[str, str, str | None], Tick] = {}
    for row in rows:
        if not row.undated:
            bands += _bands(row, known, first, last)
        for e in row.evidence:
            if e.said_on and first.isoformat() <= e.said_on <= last.isoformat():
                who = (e.said_by[-1].who if e.said_by else None) or "not named"
                ticks.setdefault(
                    (e.event, e.side, e.said_on),
                    Tick(_x(date.fromisoformat(e.said_on), first, last), e.side == "for", e.event,
                         f"{e.said_on}, {who}: {' '.join(e.words.split())[:160]}"),
                )  # fmt: skip
    told = "; ".join(in_words(r) for r in rows)
    return Ribbon(rows[0].place, rows[0].place_id, tuple(bands), tuple(ticks.values()),
                  f"{rows[0].place}: {told}.", all(r.undated for r in rows))  # fmt: skip


def in_words(row: ControlRow) -> str:
    """ "since 2019-01-01 Hay'at Tahrir al-Sham (told by one source)"."""
    begun = f"since {row.from_}" if row.from_ else ""
    ended = f"until {row.to}" if row.to else ""
    when = " ".join(x for x in (begun, ended) if x) or "on days not known"
    if row.undated:
        when = "in a year not known"
    who = f"{row.holder} ({certainty_in_words(row)})" if row.holder else NOBODY
    return f"{when} {who}"


def _bands(row: ControlRow, known: dict[str, Side], first: date, last: date) -> list[Band]:
    side = known.get(key(row))
    hue, letters = (side.hue, side.letters) if side else (0, "")
    drawn = pattern(row)
    label = in_words(row)
    began, surely = edtf.bounds(row.from_)
    maybe, ended = edtf.bounds(row.to)

    def band(low: date, high: date, window: bool = False, stale: bool = False) -> Band | None:
        x, end = _x(low, first, last), _x(high, first, last)
        if end <= x:
            return None
        wide = round(end - x, 2)
        inside = letters if not window and wide > 3 * max(1, len(letters)) else ""
        middle = round(x + wide / 2, 2)
        return Band(x, wide, hue, drawn, label, inside, middle, window, stale)

    low = surely or first
    high = maybe or last
    old = date.fromisoformat(row.stale_after) if row.stale_after and row.to is None else None
    found = [
        band(began, surely, window=True) if began and surely and began < surely else None,
        band(low, min(high, old) if old else high),
        band(max(low, old), high, stale=True) if old and old < high else None,
        band(maybe, ended, window=True) if maybe and ended and maybe < ended else None,
    ]
    return [b for b in found if b is not None]


def summary(rows: Sequence[ControlRow]) -> str:
    """ "4 places: 3 held by A at the last word on them, 1 by nobody; 1 in a year not known"."""
    places = {r.place_id for r in rows}
    if not places:
        return "No place."
    newest: dict[str, ControlRow] = {}
    for row in rows:
        if not row.undated and row.to is None:
            newest[row.place_id] = row
    held = Counter(r.holder or NOBODY for r in newest.values())
    said = [counted(held, {NOBODY: " by nobody"})] if held else []
    rest = len(places) - len(newest)
    if rest:
        said.append(f"{rest} with no holder now, or in a year not known")
    count = f"{len(places)} place{'' if len(places) == 1 else 's'}"
    return f"{count}, by the last word on each: " + ", ".join(said) + "."
