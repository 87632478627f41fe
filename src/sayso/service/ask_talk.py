"""Forecasts and disputes of the record, as rows."""

from __future__ import annotations

import dataclasses
import json

from sayso.model.annotation import Source
from sayso.model.rows import (
    ControlRow,
    DisputeRow,
    ForecastRow,
    Page,
)
from sayso.record import judgements, names, query
from sayso.record.database import Database, Row
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import held
from sayso.service.ask_events import events
from sayso.service.ask_rows import chunks, counted, shown


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
    total = counted(database, tail, where.values)
    if after:
        day, seq = query.uncursor(after, 2)
        where.add("(COALESCE(f.due_to, '9999'), f.seq) > (?, ?)", day, int(seq))
    sql = (
        f"SELECT f.*, d.id AS doc, d.headline {_FORECASTS}{where.sql()}"
        " ORDER BY COALESCE(f.due_to, '9999'), f.seq"
    )
    rows, more = shown(database, sql, where.values, limit)
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
    total = len(between) + counted(database, f"{tail}{where.sql()}", where.values)
    if after:
        where.add("x.seq > ?", int(query.uncursor(after, 1)[0]))
    keys, more = shown(
        database, f"SELECT x.seq {tail}{where.sql()} ORDER BY x.seq", where.values, limit
    )
    rows: list[Row] = []
    for some in chunks([k["seq"] for k in keys]):
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
