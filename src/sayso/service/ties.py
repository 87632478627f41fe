"""Who fights, backs, hosts whom, over time: ties between actors, with the events that tell it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sayso.knowledge import tables
from sayso.record import query
from sayso.record.query import Filters
from sayso.record.record import Record

MOST = 1000
"""Pairs looked at, the newest; a record that holds more says so by `Ties.cut`."""


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
    where = query.events(database, filters)
    where.add("e.status IN ('occurred', 'ongoing')")
    where.add("e.polarity = 'positive'")
    kinds = sorted({kind for kind, _ in relations()})
    where.add(f"e.event_type IN {query.marks(kinds)}", *kinds)
    rows = database.rows(
        "SELECT e.id, e.event_type, e.mode, e.time_from, a.entity AS who, b.entity AS whom,"
        " x.name AS who_name, y.name AS whom_name FROM event e"
        " JOIN event_entity a ON a.event = e.seq AND a.role = 'actor'"
        " JOIN event_entity b ON b.event = e.seq AND b.role = 'recipient' AND b.entity <> a.entity"
        " JOIN entity x ON x.id = a.entity JOIN entity y ON y.id = b.entity"
        f"{where.sql()} ORDER BY e.order_day DESC, e.seq DESC LIMIT ?",
        [*where.values, MOST + 1],
    )
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
    return Ties(rows=tuple(made[:limit]), cut=len(rows) > MOST)


def _tie(
    key: tuple[str, str, str], told: Iterable[tuple[str | None, str]], named: dict[str, str]
) -> Tie:
    newest = list(dict.fromkeys(told))
    days = sorted(d for d, _ in newest if d)
    months: dict[str, int] = {}
    for day, _ in newest:
        month = (day or "")[:7]
        months[month] = months.get(month, 0) + 1
    left, relation, right = key
    return Tie(
        left=left, left_name=named[left], relation=relation, right=right,
        right_name=named[right], events=len(newest), first=days[0] if days else None,
        last=days[-1] if days else None, months=tuple(sorted(months.items())),
        evidence=tuple(event for _, event in newest[:10]),
    )  # fmt: skip


def of(record: Record, actor: str, filters: Filters | None = None) -> Ties:
    """The ties of one actor, both ways."""
    return ties(record, dataclasses.replace(filters or Filters(), actor=actor), limit=None)
