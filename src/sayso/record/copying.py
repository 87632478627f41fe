"""A whole record from one engine into another: file to server, server to file, or like to like.

All or nothing: the copy is one transaction, and is kept only if every table of it has the same rows
as the original (a digest over all values, in the order of the key) and the log is one unbroken
chain with the same newest hash. What is cut short leaves an empty record, into which the next run
copies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sayso.errors import IntegrityError, RecordError
from sayso.record import custody, migrations
from sayso.record.database import Database, Row
from sayso.record.migrations import Table

_AT_ONCE = 1000
_BLOT = "█"

Tell = Callable[["Copied"], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """One table: its rows, and the digest of all their values in the order of the key."""

    table: str
    rows: int
    digest: str


def copy(source: Database, target: Database, tell: Tell = lambda _: None) -> tuple[Copied, ...]:
    """Copies all tables of a record as it is at this moment into one that holds nothing yet; `tell`
    is called after each. Raises RecordError, and IntegrityError where the copy is not the same."""
    tables = migrations.tables()
    done: list[Copied] = []
    with source.view(), target.transaction():
        target.execute("DELETE FROM setting")  # what a new record notes about itself
        for table in tables:
            if target.value(f"SELECT 1 FROM {table.name} LIMIT 1") is not None:
                raise RecordError(
                    f"{target.path}: holds rows already; a copy goes into a new record"
                )
        for table in tables:
            done.append(_copied(source, target, table))
            tell(done[-1])
        _index(target)
        target.engine.renumber([t.name for t in tables if t.key == ("seq",)])
        _same(source, target, done)
    return tuple(done)


def digest(database: Database, table: Table) -> Copied:
    """The rows of a table and their digest: the same on every engine."""
    count = Count()
    for row in _rows(database, table):
        count.add(row)
    return count.of(table)


def _copied(source: Database, target: Database, table: Table) -> Copied:
    count = Count()
    marks = ", ".join("?" * len(table.columns))
    sql = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})"
    for batch in _batches(_rows(source, table)):
        values = [tuple(row) for row in batch]
        for row in values:
            count.add(row)
        target.many(sql, values)
    return count.of(table)


def _rows(database: Database, table: Table) -> Iterator[Row]:
    columns, key = ", ".join(table.columns), ", ".join(table.key)
    return database.stream(f"SELECT {columns} FROM {table.name} ORDER BY {key}")


def _index(target: Database) -> None:
    """The full-text index is made anew: its own form differs between engines."""
    found = target.stream(
        "SELECT p.seq, p.start, p.stop, d.text FROM part p JOIN document d ON d.seq = p.document"
        " ORDER BY p.seq"
    )
    for batch in _batches(found):
        target.engine.index_words(
            (r["seq"], r["text"][r["start"] : r["stop"]].replace(_BLOT, " ")) for r in batch
        )


def _same(source: Database, target: Database, done: Iterable[Copied]) -> None:
    tables = {t.name: t for t in migrations.tables()}
    for copied in done:
        found = digest(target, tables[copied.table])
        if found != copied:
            raise IntegrityError(
                f"{target.path}: the copy of {copied.table} differs ({found.rows} rows,"
                f" {found.digest}; the original has {copied.rows}, {copied.digest}); nothing was"
                " kept"
            )
    broken = custody.first_broken(target)
    if broken or custody.head(target) != custody.head(source):
        raise IntegrityError(f"{target.path}: {broken or 'the newest log row differs'}")


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


class Count:
    """Rows counted and digested one by one."""

    def __init__(self) -> None:
        self._rows = 0
        self._seen = hashlib.sha256()

    def add(self, row: Iterable[Any]) -> None:
        """A row: each value with its kind and length, so that no two rows look the same."""
        self._rows += 1
        for value in row:
            if value is None:
                self._seen.update(b"n;")
                continue
            if isinstance(value, bytes):
                kind, data = b"b", value
            elif isinstance(value, str):
                kind, data = b"t", value.encode("utf-8", "surrogatepass")
            else:
                kind, data = b"f" if isinstance(value, float) else b"i", repr(value).encode()
            self._seen.update(kind + str(len(data)).encode() + b":" + data)
        self._seen.update(b"\n")

    def of(self, table: Table) -> Copied:
        return Copied(table.name, self._rows, "sha256:" + self._seen.hexdigest())
