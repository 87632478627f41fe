"""SQLite: one file, one writer and many readers at once (WAL)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sayso.errors import IntegrityError, RecordError
from sayso.record.engines import Row, Value, box_sql

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    # NORMAL: a killed process loses nothing that was committed; a power cut may lose the last
    # commits but never leaves a broken file (sqlite.org/wal.html, "Performance Considerations").
    "PRAGMA synchronous=NORMAL",
    "PRAGMA secure_delete=ON",  # what is redacted is overwritten, not only unlinked
    "PRAGMA cache_size=-65536",  # 64 MB: keeps the indexes of a million tellings warm
    "PRAGMA temp_store=MEMORY",
)
_ADDING = "PRAGMA cache_size=-262144"
"""256 MB for a connection that adds: ten thousand tellings touch some 150 MB of a big record, and
what does not fit is written before its time, and its checksums a second time. A small record takes
as much as it has pages."""


class Sqlite:
    """A connection to one file. Raises RecordError."""

    name = "sqlite"

    def __init__(self, path: str, *, readonly: bool, wait: float) -> None:
        self.path = path
        self.readonly = readonly
        self._wait = wait
        self._roomy = False
        if path != ":memory:":
            folder = Path(path).parent
            if readonly and not Path(path).is_file():
                raise RecordError(
                    f"{path}: there is no record here; `sayso read` starts one, "
                    "--record or SAYSO_RECORD names another"
                )
            if not folder.is_dir():
                raise RecordError(f"{path}: the folder {folder} does not exist")
            if Path(path).is_dir():
                raise RecordError(f"{path}: this is a folder, not a record")
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

    # -- statements ----------------------------------------------------------------------------

    def execute(self, sql: str, values: Sequence[Value] = ()) -> int:
        try:
            return self._connection.execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error

    def insert(self, sql: str, values: Sequence[Value] = ()) -> int:
        try:
            return int(self._connection.execute(sql, values).lastrowid or 0)
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error

    def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error

    def one(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        try:
            row: Row | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error
        return row

    def stream(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        with self._named():
            yield from self._connection.execute(sql, values)

    def begin(self, *, write: bool) -> None:
        with self._named():
            self._connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    def trust(self, trusted: bool) -> None:
        if trusted and not self._roomy:
            self._roomy = True
            self.execute(_ADDING)
        self.execute(f"PRAGMA foreign_keys={'OFF' if trusted else 'ON'}")

    def commit(self) -> None:
        with self._named():
            self._connection.execute("COMMIT")

    def rollback(self) -> None:
        if self._connection.in_transaction:
            with self._named():
                self._connection.execute("ROLLBACK")

    # -- the schema ----------------------------------------------------------------------------

    def version(self) -> int:
        with self._named():
            return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def foreign(self) -> bool:
        found = self.one("SELECT count(*) FROM sqlite_master")
        return bool(found and found[0])

    def prepare(self) -> None:
        # A telling is about 1 KB: larger pages waste less at their ends.
        self.execute("PRAGMA page_size=8192")
        self.execute("PRAGMA journal_mode=WAL")

    def define(self, sql: str) -> None:
        self.execute(sql)

    def mark(self, number: int, digest: str) -> None:
        self.execute("INSERT INTO migration VALUES (?, ?)", (number, digest))
        self.execute(f"PRAGMA user_version={number:d}")

    # -- full text and space -------------------------------------------------------------------

    def index_words(self, rows: Iterable[tuple[int, str]]) -> None:
        self.many("INSERT INTO search (rowid, words) VALUES (?, ?)", rows)

    def forget_words(self, rows: Iterable[tuple[int, str]]) -> None:
        # An index without content is told the old words to forget them.
        self.many("INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", rows)

    def settle_words(self) -> None:
        self.execute("INSERT INTO search (search) VALUES ('optimize')")

    def matching(self, asked: str) -> tuple[str, list[Value]]:
        return "SELECT rowid FROM search WHERE search MATCH ?", [asked]

    def best(self, asked: str, limit: int) -> tuple[str, list[Value]]:
        """By BM25."""
        sql = "SELECT rowid, rank FROM search WHERE search MATCH ? ORDER BY rank LIMIT ?"
        return sql, [asked, limit]

    def within(self, table: str, box: tuple[float, float, float, float]) -> tuple[str, list[Value]]:
        return box_sql(table, box)

    # -- care ----------------------------------------------------------------------------------

    def backup(self, target: Path) -> None:
        with self._named():
            copy = sqlite3.connect(str(target))
            try:
                self._connection.backup(copy, pages=1024)
            finally:
                copy.close()

    def compact(self) -> None:
        with self._named():
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def size(self) -> int:
        return Path(self.path).stat().st_size

    def damage(self) -> list[str]:
        try:
            found = [str(row[0]) for row in self._connection.execute("PRAGMA quick_check(20)")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [] if found == ["ok"] else found

    def renumber(self, tables: Sequence[str]) -> None:
        """Nothing to do: an integer key follows the highest by itself."""

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
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
