"""The account of one event, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sayso.errors import UsageError
from sayso.model.rows import EventAccount, EventRow, Field, Telling, Value
from sayso.record import index, judgements
from sayso.record.database import Database, Row
from sayso.record.facts import Link
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.record.told import Told, tellings
from sayso.service.ask_events import event_rows
from sayso.service.links import document_ids, source


def event(record: Record, event_id: str, filters: Filters | None = None) -> EventAccount:
    """Everything about one event, also by the id of one of its tellings, or `document.e3`.
    Raises UsageError for an id that is not there."""
    database, filters = record.database, filters or Filters()
    seq = _event_seq(database, event_id)
    row = database.one("SELECT * FROM event WHERE seq = ?", (seq,))
    assert row is not None
    told = tellings(database, seq, filters.known_by, filters.basis)
    rows = list(event_rows(record, [row], filters))
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
    found: int | None
    if event_id.startswith("te-"):
        row = index.telling(database, event_id)
        found = row["event"] if row else None
    elif event_id.startswith("ev-"):
        found = database.value("SELECT seq FROM event WHERE id = ?", [event_id])
    else:
        document, _, annotation = event_id.rpartition(".")
        found = database.value(
            "SELECT t.event FROM telling t JOIN document d ON d.seq = t.document"
            " WHERE d.id = ? AND t.annotation = ?",
            (document, annotation),
        )
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
    yield from event_rows(record, ordered, filters)


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
