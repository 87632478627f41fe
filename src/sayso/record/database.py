"""The one door to the record's file: all SQL goes through a `Database`.

SQLite now; what is written here and in the modules beside it keeps to SQL that PostgreSQL
understands too (`ON CONFLICT DO NOTHING`, no `OR IGNORE`, ISO text for days). One writer and many
readers at once: WAL, and a writer waits for another up to `WAIT` seconds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sayso.errors import IntegrityError, RecordError
from sayso.record import migrations

Row = sqlite3.Row
Value = str | int | float | bytes | None

WAIT = 30.0
"""Seconds a writer waits for another before it gives up."""

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    # NORMAL: a killed process loses nothing that was committed; a power cut may lose the last
    # commits but never leaves a broken file (sqlite.org/wal.html, "Performance Considerations").
    "PRAGMA synchronous=NORMAL",
    "PRAGMA secure_delete=ON",  # what is redacted is overwritten, not only unlinked
    "PRAGMA cache_size=-65536",  # 64 MB: keeps the indexes of a million tellings warm
    "PRAGMA temp_store=MEMORY",
)


class Database:
    """A connection to one record. Use as a context manager, or call `close`.

    `readonly` opens a file that must exist, and never writes. Raises RecordError.
    """

    def __init__(self, path: str | Path, *, readonly: bool = False, wait: float = WAIT) -> None:
        self.path = str(path)
        self.readonly = readonly
        self._wait = wait
        self._depth = 0
        self.rebuilt = 0
        """How often events were joined anew through this connection, which the log does not say."""
        if self.path != ":memory:":
            folder = Path(self.path).parent
            if readonly and not Path(self.path).is_file():
                raise RecordError(
                    f"{self.path}: there is no record here; `sayso read` starts one, "
                    "--record or SAYSO_RECORD names another"
                )
            if not folder.is_dir():
                raise RecordError(f"{self.path}: the folder {folder} does not exist")
            if Path(self.path).is_dir():
                raise RecordError(f"{self.path}: this is a folder, not a record")
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        with self._named():
            connection = self._connect("")
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.OperationalError:
                # A file in WAL mode on a medium that cannot be written needs this to be read.
                if not self.readonly:
                    raise
                connection.close()
                connection = self._connect("&immutable=1")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            if self.readonly:
                connection.execute("PRAGMA query_only=ON")
                migrations.check(connection, self.path)
            else:
                migrations.upgrade(connection, self.path)
            return connection

    def _connect(self, options: str) -> sqlite3.Connection:
        if self.path == ":memory:":
            target, uri = self.path, False
        else:
            mode = "ro" if self.readonly else "rwc"
            target, uri = f"file:{quote(self.path)}?mode={mode}{options}", True
        connection = sqlite3.connect(
            target, uri=uri, timeout=self._wait, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        return connection

    # -- reading and writing -------------------------------------------------------------------

    def execute(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Runs one statement; gives the number of rows it changed."""
        try:
            return self._connection.execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error

    def insert(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Runs one INSERT into a table with an integer key; gives the new key."""
        try:
            return int(self._connection.execute(sql, values).lastrowid or 0)
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error

    def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Runs one statement for every row."""
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of a query."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error

    def stream(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows of a query, one by one."""
        with self._named():
            yield from self._connection.execute(sql, values)

    def one(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, or None."""
        try:
            row: Row | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error
        return row

    def value(self, sql: str, values: Sequence[Value] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, values)
        return row[0] if row is not None else None

    def next(self, table: str) -> int:
        """The row number after the last of a table whose rows are numbered by the caller; call
        inside a transaction."""
        return int(self.value(f"SELECT COALESCE(max(seq), 0) + 1 FROM {table}"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. May be nested; only the outermost commits."""
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        with self._named():
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            with self._named():
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with self._named():
                    self._connection.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0

    @contextmanager
    def view(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever others write meanwhile."""
        with self._named():
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with self._named():
                self._connection.execute("ROLLBACK")  # nothing was written; the view is given up

    def snapshot(self) -> Database:
        """A second connection to the same file, for reading only."""
        return Database(self.path, readonly=True, wait=self._wait)

    def backup(self, target: str | Path) -> None:
        """A whole copy of the record as it is now, while others read and write."""
        with self._named():
            copy = sqlite3.connect(str(target))
            try:
                self._connection.backup(copy, pages=1024)
            finally:
                copy.close()

    def compact(self) -> None:
        """Gives unused pages back and overwrites what was deleted, in the file and its log."""
        with self._named():
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file; empty when nothing is."""
        try:
            found = [str(row[0]) for row in self._connection.execute("PRAGMA quick_check(20)")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        """Closes the connection; more than once does no harm."""
        self._connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
        """SQLite's errors as ours: what was wrong, where, and what to do next."""
        try:
            yield
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error


def _ours(path: str, error: sqlite3.Error) -> RecordError:
    words = str(error)
    if "locked" in words or "busy" in words:
        reason = "another program is writing to it and does not finish; try again when it has"
    elif "readonly" in words or "read-only" in words:
        reason = "it cannot be written (a read-only file, folder or connection)"
    elif "full" in words:
        reason = "the disk is full; nothing of the unfinished step was kept"
    elif "not a database" in words:
        reason = "this file is not a record"
    elif "malformed" in words or "corrupt" in words:
        return IntegrityError(
            f"{path}: the file is damaged ({words}); `sayso verify` names what can still be read"
        )
    elif "unable to open" in words:
        reason = "it cannot be opened (does the folder exist, and may it be written?)"
    elif "disk I/O" in words:
        reason = "the disk could not be read or written"
    else:
        reason = words
    return RecordError(f"{path}: {reason}")
