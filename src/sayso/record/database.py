"""The one door to the record: all SQL goes through a `Database`.

A record is a file of SQLite or, by an address (`postgresql://…`), a schema on a PostgreSQL server.
What is written here and in the modules beside it keeps to SQL that both understand (`ON CONFLICT DO
NOTHING`, no `OR IGNORE`, `?` for values, ISO text for days); what differs is in `engines`. One
writer at a time and many readers at once: a writer waits for another up to `WAIT` seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sayso.errors import RecordError
from sayso.record import migrations
from sayso.record.engines import Row, Value, open_engine

__all__ = ["WAIT", "Database", "Row", "Value"]

WAIT = 30.0
"""Seconds a writer waits for another before it gives up."""


class Database:
    """A connection to one record. Use as a context manager, or call `close`.

    `readonly` opens a record that must exist, and never writes. `address` is what was given;
    `path` is what may be shown: a file, or an address without its password. Raises RecordError.
    """

    def __init__(self, path: str | Path, *, readonly: bool = False, wait: float = WAIT) -> None:
        self.address = str(path)
        self.readonly = readonly
        self._wait = wait
        self._depth = 0
        self.rebuilt = 0
        """How often events were joined anew through this connection, which the log does not say."""
        self.engine = open_engine(path, readonly=readonly, wait=wait)
        self.path = self.engine.path
        try:
            if readonly:
                migrations.check(self.engine)
            else:
                migrations.upgrade(self.engine)
        except BaseException:
            self.engine.close()
            raise

    # -- reading and writing -------------------------------------------------------------------

    def execute(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Runs one statement; gives the number of rows it changed."""
        return self.engine.execute(sql, values)

    def insert(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Runs one INSERT into a table with the integer key `seq`; gives the new key."""
        return self.engine.insert(sql, values)

    def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Runs one statement for every row."""
        self.engine.many(sql, rows)

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of a query."""
        return self.engine.rows(sql, values)

    def stream(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows of a query, one by one."""
        return self.engine.stream(sql, values)

    def one(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, or None."""
        return self.engine.one(sql, values)

    def value(self, sql: str, values: Sequence[Value] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.engine.one(sql, values)
        return row[0] if row is not None else None

    def next(self, table: str) -> int:
        """The row number after the last of a table whose rows are numbered by the caller; call
        inside a transaction."""
        return int(self.value(f"SELECT COALESCE(max(seq), 0) + 1 FROM {table}"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one writer at a time. May be nested; only the outermost commits."""
        with self._within(write=True):
            yield

    @contextmanager
    def adding(self) -> Iterator[None]:
        """A transaction in which rows point only at rows that this program has numbered or looked
        up in it: that they are there is not asked again for each."""
        if self._depth:
            with self.transaction():
                yield
            return
        self.engine.trust(True)
        try:
            with self.transaction():
                yield
        finally:
            self.engine.trust(False)

    @contextmanager
    def view(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever others write meanwhile. May be
        nested, also in a transaction; nothing may be written in it."""
        with self._within(write=False):
            yield

    @contextmanager
    def _within(self, *, write: bool) -> Iterator[None]:
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        self.engine.begin(write=write)
        self._depth = 1
        try:
            yield
            if write:
                self.engine.commit()
            else:  # nothing to keep, and a damaged file must not speak over what was found
                with suppress(RecordError):
                    self.engine.rollback()
        except BaseException:
            with suppress(RecordError):
                self.engine.rollback()
            raise
        finally:
            self._depth = 0

    def snapshot(self) -> Database:
        """A second connection to the same record, for reading only."""
        return Database(self.address, readonly=True, wait=self._wait)

    def backup(self, target: str | Path) -> None:
        """A whole copy of a file as it is now, while others read and write. Raises RecordError
        for a record on a server: `copying.copy` makes a file of one."""
        self.engine.backup(Path(target))

    def compact(self) -> None:
        """Gives unused space back and overwrites what was deleted."""
        self.engine.compact()

    def damage(self) -> list[str]:
        """What the engine finds wrong with what it stores; empty when nothing is."""
        return self.engine.damage()

    def close(self) -> None:
        """Closes the connection; more than once does no harm."""
        self.engine.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
