"""Counting and cutting what a list of the record shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.errors import UsageError
from sayso.record import told
from sayso.record.database import Database, Row

COUNTED = 10_000
"""Rows are counted up to this number: counting a million to show fifty would take longer than
finding them."""


def counted(database: Database, tail: str, values: list[Any]) -> int:
    """How many rows fit, counted up to `COUNTED`."""
    sql = f"SELECT count(*) FROM (SELECT 1 {tail} LIMIT {COUNTED}) AS found"
    return int(database.value(sql, values))


def shown(
    database: Database, sql: str, values: list[Any], limit: int | None
) -> tuple[list[Row], bool]:
    """At most `limit` rows (None = all), and whether there are more."""
    if limit is None:
        return database.rows(sql, values), False
    if limit < 1:
        raise UsageError("limit: at least 1")
    rows = database.rows(f"{sql} LIMIT ?", [*values, limit + 1])
    return rows[:limit], len(rows) > limit


def chunks(items: list[Any]) -> Iterator[list[Any]]:
    """The items, as many at a time as one question to the database may name."""
    for at in range(0, len(items), told.CHUNK):
        yield items[at : at + told.CHUNK]
