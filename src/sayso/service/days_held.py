"""Who held each place on one day after another: what is said is read once, days are asked of it.

A day is seen in one of two ways: by what had been said by that day ("then"), or by all that is
known now of that day.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.model.rows import ControlRow
from sayso.record import claims, control
from sayso.record.claims import Claim, Kept
from sayso.record.control import Segment
from sayso.record.database import Row
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import held


@dataclass(frozen=True, slots=True)
class Said:
    """The first places, by name, that anything is said to hold, of `total`, and all that is said.
    Shared by all who ask of it: nothing in it is changed."""

    places: tuple[Row, ...]
    kept: dict[str, list[Kept]]
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """What is believed of these places by what was known by a day. `first` and `last` are the days
    that are spoken of."""

    said: Said
    believed: dict[str, list[Segment]]
    first: str
    last: str


def said(record: Record, filters: Filters, *, limit: int) -> Said:
    """All that is said of at most `limit` places, whenever it was known."""
    places, total = held.places(record, filters, limit)
    named = [str(p["place"]) for p in places]
    return Said(tuple(places), claims.kept(record.database, named, None, filters.basis), total)


def board(record: Record, told: Said, filters: Filters) -> Board | None:
    """What is believed of these places; None where nothing of it stands on a day."""
    known = claims.known(record.database, told.kept, filters.known_by, filters.basis)
    days = list(_days(told.kept, known, filters.known_by))
    if not days:
        return None
    believed = {place: control.timeline(found) for place, found in known.items()}
    return Board(told, believed, min(days), max(days))


def _days(
    kept: dict[str, list[Kept]], known: dict[str, list[Claim]], known_by: str | None
) -> Iterator[str]:
    for place, found in known.items():
        dated = [c for c in found if c.first and c.last]
        yield from (day for c in dated for day in (c.first, c.last) if day)
        if dated:
            yield from (k.first for k in kept[place] if known_by is None or k.first <= known_by)


def on_day(
    record: Record, shown: Board, filters: Filters, on: str, *, then: bool, brief: bool = False
) -> list[ControlRow]:
    """The row of each place that somebody, or nobody, is said to hold on that day; `brief` with
    the first telling of it alone."""
    known_by = min(on, filters.known_by or on) if then else filters.known_by
    asked = replace(filters, on=on, known_by=known_by)
    segments = shown.believed
    if then:
        known = claims.known(record.database, shown.said.kept, known_by, filters.basis)
        segments = {place: control.timeline(found) for place, found in known.items()}
    holders = held.ids(record, filters.actor) if filters.actor else None
    found: list[tuple[Row, Segment]] = []
    for place in shown.said.places:
        there = [s for s in segments[place["place"]] if _stands(s, on, shown.first, holders)]
        found += [(place, _own(s)) for s in there[-1:]]
    return held.rows_of(record, found, asked, brief=brief)


def _stands(segment: Segment, on: str, first: str, holders: set[str] | None) -> bool:
    """True if it surely was so on that day. Who held it since nobody knows when is not said to
    have held it for ever before."""
    main = segment.begin or segment.claims[0]
    changes = [c for c in (segment.begin, segment.end) if c is not None]
    if not main.first or any(not c.first for c in changes):
        return False
    if holders is not None and not (segment.holder and holders & set(segment.holder.ids)):
        return False
    return segment.surely_at(on) and (segment.begin is not None or on >= first)


def _own(segment: Segment) -> Segment:
    """A copy whose claims can be given their tellings."""
    made: dict[int, Claim] = {}

    def of(claim: Claim) -> Claim:
        return made.setdefault(id(claim), copy.copy(claim))

    return replace(
        segment, claims=[of(c) for c in segment.claims],
        begin=of(segment.begin) if segment.begin else None,
        end=of(segment.end) if segment.end else None,
    )  # fmt: skip


def holders(shown: Board) -> Sequence[tuple[tuple[str, ...], str]]:
    """The holder of each stretch that has one, as ids and name."""
    return [
        (s.holder.ids, s.holder.name)
        for found in shown.believed.values()
        for s in found
        if s.holder is not None
    ]
