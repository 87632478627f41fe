"""Who fights, backs, hosts whom, over time: ties between actors, with the events that tell it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.knowledge import tables
from sayso.record import days, query
from sayso.record.database import Database, Row
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service.ask_rows import chunks

MOST = 1000
"""Pairs looked at, the newest; a record that holds more says so by `Ties.cut`."""


LOOKED_AT = 4000
"""Events looked at for pairs, the newest that fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One relation of two actors: how many events tell of it, when (by month, `2019-01`; "" for
    undated), and the newest events as evidence."""

    left: str
    left_name: str
    relation: str
    right: str
    right_name: str
    events: int
    first: str | None
    last: str | None
    months: tuple[tuple[str, int], ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Ties, those with most events first; `cut` if only the newest events were looked at."""

    rows: tuple[Tie, ...]
    cut: bool


@cache
def relations() -> dict[tuple[str, str], tuple[str, str]]:
    """(event type, mode or "") -> (relation, the side it goes from)."""
    rows = tables.load_csv("record", "ties.csv", required=("relation", "event_type", "who"))
    return {(r["event_type"], r["mode"]): (r["relation"], r["who"]) for r in rows}


def ties(record: Record, filters: Filters | None = None, *, limit: int | None = 50) -> Ties:
    """The ties between actors in the events that fit; `actor` asks for those of one actor."""
    database, filters = record.database, filters or Filters()
    keys = _newest(database, filters)
    rows: list[Row] = []
    for some in chunks(keys[:LOOKED_AT]):
        rows += _pairs(database, some)
        if len(rows) > MOST:
            break
    found: dict[tuple[str, str, str], list[tuple[str | None, str]]] = {}
    named: dict[str, str] = {}
    for row in rows[:MOST]:
        tie = relations().get((row["event_type"], row["mode"] or ""))
        tie = tie or relations().get((row["event_type"], ""))
        if tie is None:
            continue
        named[row["who"]], named[row["whom"]] = row["who_name"], row["whom_name"]
        left, right = row["who"], row["whom"]
        if tie[1] == "recipient":
            left, right = right, left
        found.setdefault((left, tie[0], right), []).append((row["time_from"], row["id"]))
    made = [_tie(key, told, named) for key, told in found.items()]
    made.sort(key=lambda t: (-t.events, t.left_name, t.relation, t.right_name))
    cut = len(rows) > MOST or len(keys) > LOOKED_AT
    return Ties(rows=tuple(made[:limit]), cut=cut)


def _newest(database: Database, filters: Filters) -> list[int]:
    """The events that may hold a tie, the newest first and undated ones last; more than
    `LOOKED_AT` of them say that there are others."""
    where = query.events(database, filters)
    if where.linked:
        table, key, asked = "event_entity", "event", where.linked
    elif where.listed is not None:
        table, key = "event_entity", "event"
        asked = " AND ".join(["x.role = 'recipient'", *([where.listed] if where.listed else [])])
    else:
        table, key = "event", "seq"
        asked = " AND ".join(c.replace("e.", "x.") for c in where.conditions)
    # What has occurred was on no later day than it was said to have occurred.
    last = min(filters.known_by or days.LAST, days.LAST)
    found: list[int] = []
    for dated in ("x.order_day <= ?", "x.order_day > ?"):
        day = last if dated.endswith("<= ?") else days.LAST
        rows = database.rows(
            f"SELECT DISTINCT x.order_day, x.{key} FROM {table} x WHERE {asked} AND {dated}"
            f" ORDER BY x.order_day DESC, x.{key} DESC LIMIT ?",
            [*where.values, day, LOOKED_AT + 1 - len(found)],
        )
        found += [int(r[1]) for r in rows]
        if len(found) > LOOKED_AT:
            break
    return found


def _pairs(database: Database, events: Sequence[int]) -> list[Row]:
    """Who does what to whom in these events, in their order."""
    kinds = sorted({kind for kind, _ in relations()})
    place = {event: n for n, event in enumerate(events)}
    rows = database.rows(
        "SELECT e.seq, e.id, e.event_type, e.mode, e.time_from, a.entity AS who, b.entity AS whom,"
        " x.name AS who_name, y.name AS whom_name FROM event_entity b"
        " JOIN event_entity a ON a.event = b.event AND a.role = 'actor' AND a.entity <> b.entity"
        " JOIN event e ON e.seq = b.event"
        " JOIN entity x ON x.id = a.entity JOIN entity y ON y.id = b.entity"
        f" WHERE b.event IN {query.marks([str(e) for e in events])} AND b.role = 'recipient'"
        " AND COALESCE(e.status, '') IN ('occurred', 'ongoing') AND e.polarity = 'positive'"
        f" AND COALESCE(e.event_type, '') IN {query.marks(kinds)}",
        [*events, *kinds],
    )
    return sorted(rows, key=lambda r: place[r["seq"]])


def _tie(
    key: tuple[str, str, str], told: Iterable[tuple[str | None, str]], named: dict[str, str]
) -> Tie:
    newest = list(dict.fromkeys(told))
    dated = sorted(d for d, _ in newest if d)
    months: dict[str, int] = {}
    for day, _ in newest:
        month = (day or "")[:7]
        months[month] = months.get(month, 0) + 1
    left, relation, right = key
    return Tie(
        left=left, left_name=named[left], relation=relation, right=right,
        right_name=named[right], events=len(newest), first=dated[0] if dated else None,
        last=dated[-1] if dated else None, months=tuple(sorted(months.items())),
        evidence=tuple(event for _, event in newest[:10]),
    )  # fmt: skip


def of(record: Record, actor: str, filters: Filters | None = None) -> Ties:
    """The ties of one actor, both ways."""
    return ties(record, dataclasses.replace(filters or Filters(), actor=actor), limit=None)
