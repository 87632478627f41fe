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
class Board:
    """The first places, by name, that anything is said to hold, of `total`. `first` and `last` are
    the days that are spoken of. Shared by all who ask for its days: nothing in it is changed."""

    places: tuple[Row, ...]
    kept: dict[str, list[Kept]]
    believed: dict[str, list[Segment]]
    first: str
    last: str
    total: int


def board(record: Record, filters: Filters, *, limit: int) -> Board | None:
    """What is said of at most `limit` places; None where nothing of it stands on a day."""
    places, total = held.places(record, filters, limit)
    named = [str(p["place"]) for p in places]
    kept = claims.kept(record.database, named, filters.known_by, filters.basis)
    known = claims.known(record.database, kept, filters.known_by, filters.basis)
    days = list(_days(kept, known))
    if not days:
        return None
    believed = {place: control.timeline(found) for place, found in known.items()}
    return Board(tuple(places), kept, believed, min(days), max(days), total)


def _days(kept: dict[str, list[Kept]], known: dict[str, list[Claim]]) -> Iterator[str]:
    for place, found in known.items():
        dated = [c for c in found if c.first and c.last]
        yield from (day for c in dated for day in (c.first, c.last) if day)
        if dated:
            yield from (k.first for k in kept[place])


def on_day(
    record: Record, shown: Board, filters: Filters, on: str, *, then: bool
) -> list[ControlRow]:
    """The row of each place that somebody, or nobody, is said to hold on that day."""
    known_by = min(on, filters.known_by or on) if then else filters.known_by
    asked = replace(filters, on=on, known_by=known_by)
    segments = shown.believed
    if then:
        known = claims.known(record.database, shown.kept, known_by, filters.basis)
        segments = {place: control.timeline(found) for place, found in known.items()}
    holders = held.ids(record, filters.actor) if filters.actor else None
    found: list[tuple[Row, Segment]] = []
    for place in shown.places:
        there = [s for s in segments[place["place"]] if _stands(s, on, shown.first, holders)]
        found += [(place, _own(s)) for s in there[-1:]]
    return held.rows_of(record, found, asked)


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
