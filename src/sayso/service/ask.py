"""Asking the record: rows for terminal, API, browser and exports, and the account of one thing.

Every list takes `Filters`, a `limit` (None = all) and the cursor `after`; it gives a `Page`.
"""

from __future__ import annotations

import dataclasses

from sayso.errors import UsageError
from sayso.model.reading import Reading
from sayso.model.rows import (
    ActorRow,
    Hit,
    Page,
    Proposal,
)
from sayso.record import entities, names, query, store
from sayso.record.database import Database, Row, Value
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service.ask_event import event as event
from sayso.service.ask_event import event_of as event_of
from sayso.service.ask_events import events as events
from sayso.service.ask_pages import newest as newest
from sayso.service.ask_pages import pages as pages
from sayso.service.ask_rows import counted, shown
from sayso.service.ask_talk import control as control
from sayso.service.ask_talk import disputes as disputes
from sayso.service.ask_talk import forecasts as forecasts

NARROWED = 1_000
"""Where the list is narrowed, so many events of an actor are looked at and counted, the first in
the time asked for."""


def actors(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 50,
    after: str | None = None,
) -> Page[ActorRow]:
    """The actors that any event names, by name. `text` asks for words of the name; `actor` for one
    actor; every other filter for what they did, and the counts are of that, up to `NARROWED`."""
    database, filters = record.database, filters or Filters()
    counted_in = _Counting.of(database, filters)
    where = query.Where()
    where.add("a.kind = 'actor'")
    where.add(counted_in.named, *counted_in.values)
    if filters.actor:
        ids = query.entities(database, filters.actor)
        where.add(f"a.id IN {query.marks(ids)}", *ids)
    if filters.text:
        where.add("a.folded LIKE ?", f"%{names.fold(filters.text)}%")
    total = counted(database, f"FROM entity a{where.sql()}", where.values)
    if after:
        name, seq = query.uncursor(after, 2)
        where.add("(a.folded, a.seq) > (?, ?)", name, int(seq))
    sql = f"SELECT a.* FROM entity a{where.sql()} ORDER BY a.folded, a.seq"
    rows, more = shown(database, sql, where.values, limit)
    out = tuple(
        ActorRow(
            id=r["id"], name=r["name"], schema=r["schema"], sector=r["sector"],
            country=r["country"], acts=counted_in.count(r["id"], "actor"),
            suffers=counted_in.count(r["id"], "recipient"),
            says=counted_in.count(f"source:{r['id']}", "source"),
        )
        for r in rows
    )  # fmt: skip
    return Page(out, query.cursor(rows[-1]["folded"], rows[-1]["seq"]) if more else None, total)


@dataclasses.dataclass(frozen=True, slots=True)
class _Counting:
    """How the events of an actor are counted: by the sums that are kept where nothing narrows
    them, by the table that lists its events where only clocks do, else event by event. `named` is
    the condition that any event that fits names an actor `a`."""

    database: Database
    sums: bool
    joined: str
    inside: str
    values: list[Value]
    parts: tuple[query.Asked, query.Asked] | None = None

    @classmethod
    def of(cls, database: Database, filters: Filters) -> _Counting:
        where = query.events(database, dataclasses.replace(filters, actor=None, text=None))
        if not where.conditions:
            return cls(database, True, "entity_role x", " AND x.events > 0", [])
        if where.listed is not None:
            order, rest = where.listed_from()
            return cls(database, False, "event_entity x", order[0] + rest[0], order[1] + rest[1],
                       (order, rest))  # fmt: skip
        inside = "".join(f" AND {c}" for c in where.conditions)
        joined = "event_entity x JOIN event e ON e.seq = x.event"
        return cls(database, False, joined, inside, where.values)

    @property
    def named(self) -> str:
        return (
            f"EXISTS (SELECT 1 FROM {self.joined} WHERE x.entity IN (a.id, 'source:' || a.id)"
            f" AND x.role IN ('actor', 'recipient', 'source'){self.inside})"
        )

    def count(self, entity: str, role: str) -> int:
        asked = f"FROM {self.joined} WHERE x.entity = ? AND x.role = ?{self.inside}"
        values = (entity, role, *self.values)
        if self.sums:
            return int(self.database.value(f"SELECT COALESCE(sum(x.events), 0) {asked}", values))
        if self.parts is not None:
            (order, from_), (rest, more) = self.parts
            asked = (
                f"FROM (SELECT x.* FROM event_entity x WHERE x.entity = ? AND x.role = ?{order}"
                f" ORDER BY x.order_day LIMIT {NARROWED}) x WHERE 1 = 1{rest}"
            )
            values = (entity, role, *from_, *more)
        sql = f"SELECT count(*) FROM (SELECT 1 {asked} LIMIT {NARROWED}) n"
        return int(self.database.value(sql, values))


def proposals(record: Record, *, kind: str = "actor", limit: int = 200) -> tuple[Proposal, ...]:
    """Names that may mean one actor (or place), for a person to decide with `judge same`."""
    return tuple(entities.proposals(record.database, kind=kind, limit=limit))


def search(record: Record, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """The parts that hold all the words, best first (BM25). Words in quotes stand together."""
    database = record.database
    asked = query.fts(words)
    if not asked:
        return ()
    best, values = database.engine.best(asked, limit)
    rows = database.rows(
        "SELECT p.*, d.id AS doc, d.headline, d.publisher, d.published AS said, d.text"
        f" FROM ({best}) s JOIN part p ON p.seq = s.rowid JOIN document d ON d.seq = p.document"
        " WHERE NOT EXISTS (SELECT 1 FROM document n WHERE n.payload = d.payload"
        "  AND n.reading > d.reading) ORDER BY s.rank",
        values,
    )
    return tuple(_hit(r, asked.split('"')[1].casefold()) for r in rows)


def _hit(row: Row, phrase: str) -> Hit:
    text: str = row["text"]
    start, stop = row["start"], row["stop"]
    low = text[start:stop].casefold()
    at = low.find(phrase) if len(low) == stop - start else -1
    begin = start + at if at >= 0 else start
    end = begin + len(phrase) if at >= 0 else begin
    left, right = max(start, begin - 80), min(stop, max(end, begin) + 120)
    return Hit(
        document=row["doc"], headline=row["headline"], publisher=row["publisher"],
        published=row["said"], part=row["id"], kind=row["kind"], author=row["author"],
        start=begin, end=end, excerpt=text[left:right],
    )  # fmt: skip


def reading(record: Record, document: str) -> Reading:
    """The newest reading of a document. Raises UsageError."""
    seq = record.database.value("SELECT reading FROM document WHERE id = ?", (document,))
    if seq is None:
        raise UsageError(f"{document}: there is no such page in {record.path}")
    return store.load(record.database, int(seq))


def counts(record: Record) -> dict[str, int]:
    """How much there is: pages, comments, events, tellings, forecasts, disputes, actors."""
    database = record.database
    return {
        name: int(database.value(f"SELECT count(*) FROM {sql}"))
        for name, sql in (
            ("pages", "document"),
            ("comments", "part WHERE kind = 'comment'"),
            ("events", "event"),
            ("tellings", "telling"),
            ("forecasts", "forecast"),
            ("disputes", "dispute"),
            ("judgements", "judgement"),
        )
    }
