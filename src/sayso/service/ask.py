"""Asking the record: rows for terminal, API, browser and exports, and the account of one thing.

Every list takes `Filters`, a `limit` (None = all) and the cursor `after`; it gives a `Page`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from typing import Any

from sayso.errors import UsageError
from sayso.model.annotation import Source
from sayso.model.reading import Reading
from sayso.model.rows import (
    ActorRow,
    ControlRow,
    DisputeRow,
    EventAccount,
    EventRow,
    Field,
    Figure,
    ForecastRow,
    Hit,
    Named,
    Number,
    Page,
    PageRow,
    Proposal,
    Telling,
    Value,
)
from sayso.record import entities, judgements, names, query, standing, store, summary
from sayso.record import told as told_
from sayso.record.database import Database, Row
from sayso.record.facts import Link
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.record.told import Told, tellings
from sayso.service import held
from sayso.service.links import document_ids, source

# -- events ------------------------------------------------------------------------------------

NARROWED = 1_000
"""Up to this number the events of an actor are counted where the list is narrowed."""

COUNTED = 10_000
"""Rows are counted up to this number: counting a million to show fifty would take longer than
finding them."""


def events(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 50,
    after: str | None = None,
) -> Page[EventRow]:
    """The events that fit, in the order of time, undated last.

    With `known_by` each row is summed up from what was known by then alone.
    """
    database, filters = record.database, filters or Filters()
    where = query.events(database, filters)
    start = query.uncursor(after, 2) if after else None
    if where.linked:
        total, rows, more = _linked(database, *where.linked, start, limit)
    else:
        total = _count(database, f"FROM event e{where.sql()}", where.values)
        if start:
            where.add("(e.order_day, e.seq) > (?, ?)", start[0], int(start[1]))
        # Which they are is found in an index where one holds all that is asked.
        sql = f"SELECT e.seq AS event FROM event e{where.sql()} ORDER BY e.order_day, e.seq"
        keys, more = _some(database, sql, where.values, limit)
        rows = _of_keys(database, keys)
    out = tuple(_event_rows(record, rows, filters))
    return Page(out, query.cursor(rows[-1]["order_day"], rows[-1]["seq"]) if more else None, total)


def _linked(
    database: Database,
    condition: str,
    values: Sequence[Any],
    start: list[str] | None,
    limit: int | None,
) -> tuple[int, list[Row], bool]:
    """(total, rows, more) of the events of an actor, place or source: found in the table that
    lists them in order, and only those shown are read."""
    sql = f"SELECT DISTINCT order_day, event FROM event_entity WHERE {condition}"
    total = _count(database, f"FROM ({sql}) x", list(values))
    if start:
        sql += " AND (order_day, event) > (?, ?)"
        values = [*values, start[0], int(start[1])]
    keys, more = _some(database, f"{sql} ORDER BY order_day, event", list(values), limit)
    return total, _of_keys(database, keys), more


def _of_keys(database: Database, keys: Sequence[Row]) -> list[Row]:
    """The rows of the events of those keys, in the order of lists."""
    rows: list[Row] = []
    for some in _chunks([k["event"] for k in keys]):
        rows += database.rows(
            f"SELECT * FROM event WHERE seq IN {query.marks(some)} ORDER BY order_day, seq", some
        )
    return rows


def _event_rows(record: Record, rows: list[Row], filters: Filters) -> Iterator[EventRow]:
    bodies = {row["seq"]: json.loads(row["body"]) for row in rows}
    if filters.known_by:
        partly = [
            row["seq"] for row in rows if max(row["last_said"], row["last_held"]) > filters.known_by
        ]
        told = told_.of_events(record.database, partly, filters.known_by, filters.basis)
        for seq in partly:
            old = bodies.pop(seq)
            if seq in told:
                confirmed = old["standing"] == "confirmed"
                new = summary.sum_up(told[seq], confirmed=confirmed)
                bodies[seq] = {**new, "rejected": old["rejected"]}
    ids = document_ids(record.database, {body["document"] for body in bodies.values()})
    for row in rows:
        if row["seq"] in bodies:
            yield _event_row(row, bodies[row["seq"]], ids)


_NAMED = tuple(f.name for f in dataclasses.fields(Named))


def _event_row(row: Row, body: dict[str, Any], ids: dict[int, str]) -> EventRow:
    def names_of(items: list[dict[str, Any]]) -> tuple[Named, ...]:
        out = []
        for item in items:
            kept: dict[str, Any] = {k: item[k] for k in _NAMED if k in item}
            kept["blame"] = tuple(item.get("blame", ()))
            out.append(Named(**kept))
        return tuple(out)

    plain: dict[str, Any] = {
        name: body[name]
        for name in (
            "event_type", "mode", "act", "granularity", "status", "polarity", "edtf", "time_from",
            "time_to", "latitude", "longitude", "trigger", "words", "annotation", "tellings",
            "pages", "chains", "standing", "tier", "civilian_targeting", "acled_type", "acled_sub",
            "confidence", "rejected",
        )
    }  # fmt: skip
    lists: dict[str, Any] = {
        name: tuple(body[name])
        for name in ("publishers", "disputed", "tiers", "notices", "context")
    }
    return EventRow(
        id=row["id"],
        **plain,
        **lists,
        actors=names_of(body["actors"]),
        places=names_of(body["places"]),
        numbers=tuple(
            Number(
                **{k: n[k] for k in ("role", "of", "civilian", "scope", "unit", "disputed")},
                values=tuple(Figure(**v) for v in n["values"]),
            )
            for n in body["numbers"]
        ),
        said_by=tuple(source(Link(**x)) for x in body["said_by"]),
        document=ids[body["document"]],
        standing_words=standing.label(body["standing"], body["chains"]),
        first_said=row["first_said"],
        first_held=row["first_held"],
    )


def event(record: Record, event_id: str, filters: Filters | None = None) -> EventAccount:
    """Everything about one event, also by the id of one of its tellings, or `document.e3`.
    Raises UsageError for an id that is not there."""
    database, filters = record.database, filters or Filters()
    seq = _event_seq(database, event_id)
    row = database.one("SELECT * FROM event WHERE seq = ?", (seq,))
    assert row is not None
    told = tellings(database, seq, filters.known_by, filters.basis)
    rows = list(_event_rows(record, [row], filters))
    if not rows:
        raise UsageError(f"{event_id}: was not known by {filters.known_by}")
    documents = document_ids(database, {t.row["document"] for t in told})
    return EventAccount(
        row=rows[0],
        fields=tuple(_fields(told, documents)),
        tellings=tuple(_telling(database, t, documents) for t in told),
        parts=tuple(_parts(record, row, filters)),
        judgements=tuple(judgements.everything(database, row["id"])),
    )


def event_of(record: Record, document: str, annotation: str) -> str | None:
    """The id of the record's event that an annotation of a document tells of, or None."""
    found = record.database.value(
        "SELECT e.id FROM telling t JOIN event e ON e.seq = t.event JOIN document d"
        " ON d.seq = t.document WHERE d.id = ? AND t.annotation = ?",
        (document, annotation),
    )
    return None if found is None else str(found)


def _event_seq(database: Database, event_id: str) -> int:
    if event_id.startswith("te-"):
        sql, values = "SELECT event FROM telling WHERE id = ?", [event_id]
    elif event_id.startswith("ev-"):
        sql, values = "SELECT seq FROM event WHERE id = ?", [event_id]
    else:
        document, _, annotation = event_id.rpartition(".")
        sql = (
            "SELECT t.event FROM telling t JOIN document d ON d.seq = t.document"
            " WHERE d.id = ? AND t.annotation = ?"
        )
        values = [document, annotation]
    found = database.value(sql, values)
    if found is None:
        raise UsageError(f"{event_id}: there is no such event in {database.path}")
    return int(found)


def _parts(record: Record, row: Row, filters: Filters) -> Iterator[EventRow]:
    """Events that a summary or episode takes in (or the summaries that take an event in), and
    events told of a town inside the area that a vaguer telling names (or the vaguer ones): same
    type, a shared actor, overlapping time; linked as part-of, never joined."""
    if not (row["time_from"] and row["time_to"]):
        return
    other = "IN ('episode', 'summary')" if row["granularity"] == "event" else "= 'event'"
    found = {r["seq"]: r for r in _around(record.database, row, f"e.granularity {other}", [])}
    if row["granularity"] == "event":
        found.update((r["seq"], r) for r in _of_area(record.database, row))
    ordered = sorted(found.values(), key=lambda r: (r["order_day"], r["seq"]))
    yield from _event_rows(record, ordered, filters)


def _around(database: Database, row: Row, condition: str, values: list[Any]) -> list[Row]:
    """Other events of that type and status in that time with a shared actor; at most 50."""
    return database.rows(
        f"SELECT e.* FROM event e WHERE e.event_type = ? AND {condition}"
        " AND e.status = ? AND e.time_from <= ? AND e.order_day <= ? AND e.time_to >= ?"
        " AND e.seq <> ?"
        " AND EXISTS (SELECT 1 FROM event_entity a JOIN event_entity b ON a.entity = b.entity"
        "  WHERE a.event = e.seq AND b.event = ? AND a.role IN ('actor', 'recipient')"
        "  AND b.role IN ('actor', 'recipient'))"
        " ORDER BY e.order_day, e.seq LIMIT 50",
        [row["event_type"], *values, row["status"], row["time_to"], row["time_to"],
         row["time_from"], row["seq"], row["seq"]],
    )  # fmt: skip


def _of_area(database: Database, row: Row) -> list[Row]:
    """Events of one area that are told with another precision: towns inside the area that this
    one names, or, for a town, what is told of its area as a whole."""
    area = _vague_area(row)
    condition = (
        "e.granularity = 'event' AND COALESCE(e.mode, '') = ? AND e.latitude IS"
        f" {'NOT NULL' if area else 'NULL'} AND EXISTS (SELECT 1 FROM event_entity w WHERE"
        " w.event = e.seq AND w.role = 'within' AND w.entity"
    )
    mode = row["mode"] or ""
    if area:
        return _around(database, row, f"{condition} = ?)", [mode, area])
    if row["latitude"] is None:
        return []
    mine = "IN (SELECT entity FROM event_entity WHERE event = ? AND role = 'within'))"
    found = _around(database, row, f"{condition} {mine}", [mode, row["seq"]])
    keys = {
        r[0]
        for r in database.rows(
            "SELECT entity FROM event_entity WHERE event = ? AND role = 'within'", (row["seq"],)
        )
    }
    return [r for r in found if _vague_area(r) in keys]


def _vague_area(row: Row) -> str | None:
    """The `in:` key of the area that an event is told of, where that is all that is told."""
    places = json.loads(row["body"])["places"]
    main = places[0] if places else None
    if main is None or row["latitude"] is not None or not main["country"]:
        return None
    if main["precision"] == "country":
        return f"in:{main['country']}"
    if main["precision"] in ("admin1", "admin2") and main["admin1"]:
        return f"in:{main['country']}.{main['admin1']}"
    return None


def _fields(told: list[Told], documents: dict[int, str]) -> Iterator[Field]:
    columns: dict[str, list[Value]] = {}

    def put(name: str, t: Told, value: str, words: str, id: str | None = None,
            said_by: tuple[Link, ...] = ()) -> None:  # fmt: skip
        columns.setdefault(name, []).append(
            Value(
                value=value, id=id, words=words,
                said_by=tuple(source(x) for x in said_by or t.facts.said_by),
                said_on=t.row["said_on"], held_on=t.row["held_on"],
                document=documents[t.row["document"]], annotation=t.row["annotation"],
            )
        )  # fmt: skip

    for t in told:
        facts = t.facts
        kind = facts.event_type or f"act: {facts.act}"
        put("type", t, f"{kind} / {facts.mode}" if facts.mode else kind, facts.trigger)
        real = facts.status if facts.polarity == "positive" else f"not {facts.status}"
        if facts.certainty != "certain":
            real += f", {facts.certainty}"
        put("reality", t, real, facts.trigger)
        if facts.edtf:
            put("time", t, facts.edtf, facts.trigger)
        for who in facts.actors:
            label = f"{who.name} ({who.blame})" if who.blame else who.name
            put(who.role, t, label, who.words, who.id)
        for where in facts.places:
            put(where.role, t, where.name, where.words, where.id)
        for number in facts.numbers:
            put(number.role, t, number.words, number.words, None, number.said_by)
        if facts.winner:
            put("winner", t, facts.winner, facts.trigger)
        if facts.loser:
            put("loser", t, facts.loser, facts.trigger)
    for name, values in columns.items():
        yield Field(name=name, values=tuple(values))


def _telling(database: Database, t: Told, documents: dict[int, str]) -> Telling:
    row = t.row
    headline = database.value("SELECT headline FROM document WHERE seq = ?", (row["document"],))
    return Telling(
        id=row["id"], document=documents[row["document"]], annotation=row["annotation"],
        headline=headline, publisher=row["publisher"], said_on=row["said_on"],
        held_on=row["held_on"], tier=row["tier"],
        said_by=tuple(source(x) for x in t.facts.said_by), words=row["words"],
        trigger=t.facts.trigger, status=row["status"], polarity=row["polarity"],
        certainty=row["certainty"], edtf=row["edtf"], confidence=row["confidence"],
        notice=t.facts.notice,
    )  # fmt: skip


# -- forecasts, disputes -----------------------------------------------------------------------


def forecasts(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 50,
    after: str | None = None,
) -> Page[ForecastRow]:
    """Forecasts, the earliest due first, those without a due date last. `since`/`until` ask for
    the due date; `source` for the forecaster; `text` for words of the forecast."""
    database, filters = record.database, filters or Filters()
    where = _common(filters, "f")
    if filters.since:
        where.add("f.due_to >= ?", filters.since)
    if filters.until:
        where.add("f.due_from <= ?", filters.until)
    who = filters.source or filters.author or filters.actor
    if who:
        ids = query.entities(database, who)
        where.add(f"(f.forecaster = ? OR f.entity IN {query.marks(ids)})", who, *ids)
    tail = f"FROM forecast f{_joined(where, 'f')}{where.sql()}"
    total = _count(database, tail, where.values)
    if after:
        day, seq = query.uncursor(after, 2)
        where.add("(COALESCE(f.due_to, '9999'), f.seq) > (?, ?)", day, int(seq))
    sql = (
        f"SELECT f.*, d.id AS doc, d.headline {_FORECASTS}{where.sql()}"
        " ORDER BY COALESCE(f.due_to, '9999'), f.seq"
    )
    rows, more = _some(database, sql, where.values, limit)
    outcomes = judgements.held(database, "outcome")
    out = tuple(_forecast_row(r, outcomes) for r in rows)
    last = query.cursor(rows[-1]["due_to"] or "9999", rows[-1]["seq"]) if more else None
    return Page(out, last, total)


_FORECASTS = "FROM forecast f JOIN document d ON d.seq = f.document"


def _forecast_row(row: Row, outcomes: dict[str, judgements.Judgement]) -> ForecastRow:
    body = json.loads(row["body"])

    def exact(name: str) -> str | None:
        return body[name]["exact"] if body.get(name) else None

    judged = outcomes.get(row["id"])
    probability = body.get("probability")
    return ForecastRow(
        id=row["id"], document=row["doc"], annotation=row["annotation"], headline=row["headline"],
        words=row["words"], proposition=body["proposition"]["exact"],
        forecaster=Source(**body["forecaster"]), due=row["due"], due_from=row["due_from"],
        due_to=row["due_to"], due_words=exact("due_words"),
        probability=(probability[0], probability[1]) if probability else None,
        probability_words=exact("probability_words"), condition=exact("condition"),
        polarity=body.get("polarity", "positive"), question=body.get("question"),
        missing=tuple(body.get("missing") or ()), said_on=row["said_on"], held_on=row["held_on"],
        confidence=row["confidence"], outcome=judged.verdict if judged else None,
    )  # fmt: skip


def disputes(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 50,
    after: str | None = None,
) -> Page[DisputeRow]:
    """What is in dispute: first events whose tellings contradict each other, then what readers
    dispute, correct, narrow, ask a source for, maintain or take back. `act` asks for one kind."""
    database, filters = record.database, filters or Filters()
    where = _common(filters, "x")
    if filters.act:
        where.add("x.act = ?", filters.act)
    else:
        where.add(f"x.act IN {query.marks(list(DISPUTING))}", *DISPUTING)
    if filters.author or filters.source:
        where.add("x.author = ?", filters.author or filters.source)
    if filters.since:
        where.add("COALESCE(x.said_on, x.held_on) >= ?", filters.since)
    if filters.until:
        where.add("COALESCE(x.said_on, x.held_on) <= ?", filters.until)
    between = [] if after or filters.act or filters.author else _between(record, filters, limit)
    tail = f"FROM dispute x{_joined(where, 'x')}"
    total = len(between) + _count(database, f"{tail}{where.sql()}", where.values)
    if after:
        where.add("x.seq > ?", int(query.uncursor(after, 1)[0]))
    keys, more = _some(
        database, f"SELECT x.seq {tail}{where.sql()} ORDER BY x.seq", where.values, limit
    )
    rows: list[Row] = []
    for some in _chunks([k["seq"] for k in keys]):
        rows += database.rows(
            "SELECT x.*, d.id AS doc, d.headline, d.text FROM dispute x"
            f" JOIN document d ON d.seq = x.document WHERE x.seq IN {query.marks(some)}"
            " ORDER BY x.seq",
            some,
        )
    out = (*between, *(_dispute_row(database, r) for r in rows))
    return Page(out, query.cursor(rows[-1]["seq"]) if more else None, total)


DISPUTING = ("disputes", "corrects", "qualifies", "asks_source", "maintains", "retracts")


def _joined(where: query.Where, table: str) -> str:
    """The document, joined only where something is asked of it."""
    asked = any("d." in condition for condition in where.conditions)
    return f" JOIN document d ON d.seq = {table}.document" if asked else ""


def _dispute_row(database: Database, row: Row) -> DisputeRow:
    body = json.loads(row["body"])
    to = body.get("to")
    parent = database.one(
        "SELECT author, start, stop FROM part WHERE document = ? AND id = ?",
        (row["document"], row["to_part"]),
    )
    to_words = to["exact"] if to else None
    if to_words is None and parent is not None:
        to_words = row["text"][parent["start"] : parent["stop"]]
    return DisputeRow(
        id=row["id"], kind="reply", act=row["act"], document=row["doc"],
        annotation=row["annotation"], headline=row["headline"], words=row["words"],
        author=row["author"], to_author=parent["author"] if parent else None, to_words=to_words,
        event=None, values=(), said_on=row["said_on"], held_on=row["held_on"],
        confidence=row["confidence"],
    )  # fmt: skip


def _between(record: Record, filters: Filters, limit: int | None) -> list[DisputeRow]:
    """Events on which tellings contradict each other (at most 500, or as many as are shown, in
    the order of time)."""
    asked = dataclasses.replace(filters, standing="disputed", act=None, author=None)
    out = []
    for row in events(record, asked, limit=min(500, limit or 500)).rows:
        for what in row.disputed:
            values = (
                ("it was so", "it was not so")
                if what == "polarity"
                else tuple(
                    f"{v.words} ({v.chains} chains)" if v.chains != 1 else f"{v.words} (1 chain)"
                    for n in row.numbers
                    if n.role == what and n.disputed
                    for v in n.values
                )
            )
            out.append(
                DisputeRow(
                    id=f"{row.id}:{what}", kind="polarity" if what == "polarity" else "number",
                    act="disputes", document=row.document, annotation=row.annotation,
                    headline=None, words=row.words, author=None, to_author=None, to_words=None,
                    event=row.id, values=values, said_on=row.first_said, held_on=row.first_held,
                    confidence=row.confidence,
                )
            )  # fmt: skip
    return out


def _common(filters: Filters, table: str) -> query.Where:
    where = query.Where()
    if filters.page:
        where.add("d.id = ?", filters.page)
    if filters.publisher:
        where.add("d.publisher = ?", filters.publisher)
    if filters.tier and table == "f":
        where.add("f.tier = ?", filters.tier)
    if filters.known_by:
        column = "held_on" if filters.basis == "captured" else None
        sql = f"{table}.{column}" if column else f"COALESCE({table}.said_on, {table}.held_on)"
        where.add(f"{sql} <= ?", filters.known_by)
    if filters.text:
        for word in names.fold(filters.text).split():
            where.add(f"LOWER({table}.words) LIKE ?", f"%{word}%")
    if filters.keep:
        where.add(f"{table}.confidence >= ?", query.KEEP)
    return where


def control(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 20,
    after: str | None = None,
) -> Page[ControlRow]:
    """Who held which place when; see `held.rows`. Every row brings all its evidence."""
    return held.rows(record, filters, limit=limit, after=after)


# -- pages, actors, search ---------------------------------------------------------------------


def pages(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 50,
    after: str | None = None,
) -> Page[PageRow]:
    """The documents of the record (the newest of each capture), in the order of their coming."""
    database, filters = record.database, filters or Filters()
    where = query.Where()
    if filters.page:
        where.add("d.id = ?", filters.page)
    if filters.publisher:
        where.add("d.publisher = ?", filters.publisher)
    if filters.since:
        where.add("d.said_to >= ?", filters.since)
    if filters.until:
        where.add("d.said_from <= ?", filters.until)
    if filters.known_by:
        side = "d.held_on" if filters.basis == "captured" else "COALESCE(d.said_to, d.held_on)"
        where.add(f"{side} <= ?", filters.known_by)
    if filters.text and query.fts(filters.text):
        asked, values = database.engine.matching(query.fts(filters.text))
        where.add(f"d.seq IN (SELECT p.document FROM part p WHERE p.seq IN ({asked}))", *values)
    where.add(
        "NOT EXISTS (SELECT 1 FROM document n WHERE n.digest = d.digest AND n.reading > d.reading)"
    )
    total = _count(database, f"FROM document d{where.sql()}", where.values)
    if after:
        where.add("d.seq > ?", int(query.uncursor(after, 1)[0]))
    # Which they are is found in an index; the long rows of those alone are read.
    sql = f"SELECT d.seq FROM document d{where.sql()} ORDER BY d.seq"
    keys, more = _some(database, sql, where.values, limit)
    rows: list[Row] = []
    for some in _chunks([k["seq"] for k in keys]):
        rows += database.rows(
            f"SELECT * FROM document WHERE seq IN {query.marks(some)} ORDER BY seq", some
        )
    held_ = _Held(database, rows)
    out = tuple(_page_row(held_, r) for r in rows)
    return Page(out, query.cursor(rows[-1]["seq"]) if more else None, total)


class _Held:
    """What hangs on the documents of a list: a query for each sort, not for each document."""

    def __init__(self, database: Database, rows: Sequence[Row]) -> None:
        self._database = database
        self._seqs = [r["seq"] for r in rows]
        self.counts = {
            name: self._count(table)
            for name, table in (
                ("comments", "part WHERE kind = 'comment' AND"),
                ("events", "telling WHERE"),
                ("forecasts", "forecast WHERE"),
                ("disputes", "dispute WHERE"),
            )
        }
        digests = sorted({r["digest"] for r in rows})
        self.captures: dict[str, Row] = {}
        for some in _chunks(digests):
            for row in database.rows(
                "SELECT digest, captured_at, recorded_at FROM capture"
                f" WHERE digest IN {query.marks(some)} ORDER BY seq DESC",
                some,
            ):
                self.captures[row["digest"]] = row  # the first capture comes last

    def _count(self, table: str) -> dict[int, int]:
        out: dict[int, int] = {}
        for some in _chunks(self._seqs):
            sql = (
                f"SELECT document, count(*) AS n FROM {table} document IN {query.marks(some)}"
                " GROUP BY document"
            )
            out.update({r["document"]: r["n"] for r in self._database.rows(sql, some)})
        return out


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    for at in range(0, len(items), told_.CHUNK):
        yield items[at : at + told_.CHUNK]


def _page_row(held_: _Held, row: Row) -> PageRow:
    capture = held_.captures[row["digest"]]
    return PageRow(
        id=row["id"], key=row["key"], uri=row["uri"], headline=row["headline"],
        publisher=row["publisher"], published=row["published"],
        captured_at=capture["captured_at"], recorded_at=capture["recorded_at"],
        language=row["language"],
        **{name: found.get(row["seq"], 0) for name, found in held_.counts.items()},
        digest=row["digest"], redacted=row["redacted"],
    )  # fmt: skip


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
    where = query.Where()
    where.add("a.kind = 'actor'")
    which = query.events(database, dataclasses.replace(filters, actor=None, text=None))
    inside = "".join(f" AND {c}" for c in which.conditions)
    if inside:
        joined, number = "event_entity x JOIN event e ON e.seq = x.event", "1"
    else:
        joined, number = "entity_role x", "COALESCE(sum(x.events), 0)"
        inside = " AND x.events > 0"
    where.add(
        f"EXISTS (SELECT 1 FROM {joined} WHERE x.entity IN (a.id, 'source:' || a.id){inside})",
        *which.values,
    )
    if filters.actor:
        ids = query.entities(database, filters.actor)
        where.add(f"a.id IN {query.marks(ids)}", *ids)
    if filters.text:
        where.add("a.folded LIKE ?", f"%{names.fold(filters.text)}%")
    total = _count(database, f"FROM entity a{where.sql()}", where.values)
    if after:
        name, seq = query.uncursor(after, 2)
        where.add("(a.folded, a.seq) > (?, ?)", name, int(seq))
    sql = f"SELECT a.* FROM entity a{where.sql()} ORDER BY a.folded, a.seq"
    rows, more = _some(database, sql, where.values, limit)

    def count(entity: str, role: str) -> int:
        sql = f"SELECT {number} FROM {joined} WHERE x.entity = ? AND x.role = ?{inside}"
        if which.conditions:
            sql = f"SELECT count(*) FROM ({sql} LIMIT {NARROWED}) x"
        return int(database.value(sql, (entity, role, *which.values)))

    out = tuple(
        ActorRow(
            id=r["id"], name=r["name"], schema=r["schema"], sector=r["sector"],
            country=r["country"], acts=count(r["id"], "actor"),
            suffers=count(r["id"], "recipient"), says=count(f"source:{r['id']}", "source"),
        )
        for r in rows
    )  # fmt: skip
    return Page(out, query.cursor(rows[-1]["folded"], rows[-1]["seq"]) if more else None, total)


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
        " WHERE NOT EXISTS (SELECT 1 FROM document n WHERE n.digest = d.digest"
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


# -- small things ------------------------------------------------------------------------------


def _count(database: Database, tail: str, values: list[Any]) -> int:
    """How many rows fit, counted up to `COUNTED`."""
    sql = f"SELECT count(*) FROM (SELECT 1 {tail} LIMIT {COUNTED}) AS found"
    return int(database.value(sql, values))


def _some(
    database: Database, sql: str, values: list[Any], limit: int | None
) -> tuple[list[Row], bool]:
    """At most `limit` rows (None = all), and whether there are more."""
    if limit is None:
        return database.rows(sql, values), False
    if limit < 1:
        raise UsageError("limit: at least 1")
    rows = database.rows(f"{sql} LIMIT ?", [*values, limit + 1])
    return rows[:limit], len(rows) > limit
