"""Events of the record: rows of a list."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from typing import Any

from sayso.errors import UsageError
from sayso.model.rows import (
    EventRow,
    Figure,
    Named,
    Number,
    Page,
)
from sayso.record import query, standing, summary
from sayso.record import told as told_
from sayso.record.database import Database, Row
from sayso.record.facts import Link
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service.ask_rows import COUNTED, chunks, counted, shown
from sayso.service.links import document_ids, source


def events(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 50,
    after: str | None = None,
    told_first: bool = False,
) -> Page[EventRow]:
    """The events that fit, in the order of time, undated last.

    With `known_by` each row is summed up from what was known by then alone. `told_first` puts
    what only readers tell after all the rest, each in the order of time.
    """
    database, filters = record.database, filters or Filters()
    split = told_first and not (filters.readers or filters.standing)
    parts = ("hide", "alone") if split else (filters.readers,)
    start = query.uncursor(after, 3) if after else None
    first = _part(start, len(parts))
    once = _found_once(database, filters)
    if once is not None:
        return _page_of(record, once, filters, split, start, limit)
    total = _count(database, filters)
    keys: list[Row] = []
    following: str | None = None
    for part in range(first, len(parts)):
        asked = dataclasses.replace(filters, readers=parts[part])
        room = None if limit is None else limit - len(keys)
        # Of a full page is only asked whether something follows.
        found, more = _keys(database, asked, start, 1 if room == 0 and keys else room)
        start = None
        if room == 0 and keys:
            following = query.cursor(part, "", 0) if found else None
            continue
        keys += found
        if more:
            following = query.cursor(part, keys[-1]["order_day"], keys[-1]["event"])
            break
    rows = _of_keys(database, keys)
    return Page(tuple(event_rows(record, rows, filters)), following, total)


def _found_once(database: Database, filters: Filters) -> list[Row] | None:
    """All events that are found by words, an outlet or a page, in the order of time, if they are
    not too many: to look for them costs more than to count and order them. Else None."""
    where = query.events(database, filters)
    if where.linked or not where.narrowed:
        return None
    rows = database.rows(
        "SELECT e.order_day, e.seq AS event, e.standing FROM event e"
        f"{where.sql()} ORDER BY e.order_day, e.seq LIMIT ?",
        [*where.values, COUNTED],
    )
    return rows if len(rows) < COUNTED else None


def _page_of(
    record: Record,
    found: list[Row],
    filters: Filters,
    split: bool,
    start: list[str] | None,
    limit: int | None,
) -> Page[EventRow]:
    """One page of rows that are all at hand. Raises UsageError."""

    def place(row: Row) -> tuple[int, str, int]:
        last = split and row["standing"] == "reader"
        return int(last), str(row["order_day"]), int(row["event"])

    if limit is not None and limit < 1:
        raise UsageError("limit: at least 1")
    ordered = found  # in the order of time already
    if split:
        told = [row for row in found if row["standing"] != "reader"]
        ordered = [*told, *(row for row in found if row["standing"] == "reader")]
    if start:
        before = (int(start[0]), start[1], int(start[2]))
        ordered = [row for row in ordered if place(row) > before]
    keys = ordered[:limit]
    more = len(ordered) > len(keys)
    rows = tuple(event_rows(record, _of_keys(record.database, keys), filters))
    return Page(rows, query.cursor(*place(keys[-1])) if more else None, len(found))


def _part(start: list[str] | None, parts: int) -> int:
    """Which part of a list a cursor is in. Raises UsageError."""
    if start is None:
        return 0
    if start[0] not in map(str, range(parts)):
        raise UsageError("after: this cursor is of a list in another order")
    return int(start[0])


def _count(database: Database, filters: Filters) -> int:
    where = query.events(database, filters)
    if where.linked:
        sql = f"SELECT DISTINCT order_day, event FROM event_entity x WHERE {where.linked}"
        return counted(database, f"FROM ({sql}) n", where.values)
    return counted(database, f"FROM event e{where.sql()}", where.values)


def _keys(
    database: Database, filters: Filters, start: list[str] | None, limit: int | None
) -> tuple[list[Row], bool]:
    """The keys of the events that fit, and whether there are more. Of an actor, place or source
    they are found in the table that lists its events in order, else in an index that holds all
    that is asked."""
    where = query.events(database, filters)
    after = (start[1], int(start[2])) if start else ()
    if where.linked:
        sql = f"SELECT DISTINCT order_day, event FROM event_entity x WHERE {where.linked}"
        if after:
            sql += " AND (order_day, event) > (?, ?)"
        sql += " ORDER BY order_day, event"
    else:
        if after:
            where.add("(e.order_day, e.seq) > (?, ?)")
        sql = (
            f"SELECT e.order_day, e.seq AS event FROM event e{where.sql()}"
            " ORDER BY e.order_day, e.seq"
        )
    return shown(database, sql, [*where.values, *after], limit)


def _of_keys(database: Database, keys: Sequence[Row]) -> list[Row]:
    """The rows of the events of those keys, in their order."""
    rows: dict[int, Row] = {}
    for some in chunks([k["event"] for k in keys]):
        found = database.rows(f"SELECT * FROM event WHERE seq IN {query.marks(some)}", some)
        rows.update((row["seq"], row) for row in found)
    return [rows[k["event"]] for k in keys]


def event_rows(record: Record, rows: list[Row], filters: Filters) -> Iterator[EventRow]:
    """Rows of the record as rows of a list; by the clock of the filters, those that were known."""
    bodies = {row["seq"]: json.loads(row["body"]) for row in rows}
    if filters.known_by:
        whole = "last_held" if filters.basis == "captured" else "last_said"
        partly = [row["seq"] for row in rows if row[whole] > filters.known_by]
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
        weapons=tuple(body.get("weapons", ())),
    )
