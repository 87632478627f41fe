"""PostgreSQL: a schema on a server, for many people at once.

The record is the first schema of the search path (`public` unless the address says
`?options=-csearch_path%3Dname`). A transaction that writes holds an advisory lock of that schema,
so writers come one after the other and the log is one chain; readers never wait.

Text is compared byte by byte (collation "C"), so lists come in the same order as from SQLite.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sayso.errors import IntegrityError, RecordError, UsageError
from sayso.record.engines import Row, Value, box_sql, shown, spelling

try:
    import psycopg
    from psycopg import errors
    from psycopg.types.numeric import IntDumper, NumericLoader
except ImportError as missing:  # an extra; named when a record on a server is asked for
    raise UsageError(
        "a record on PostgreSQL needs psycopg: pip install 'sayso[postgres]'"
    ) from missing

_LOCK = 0x5A750
"""The first half of the advisory lock's key; the second is the schema's."""
_AT_ONCE = 2000
"""Rows that a stream fetches at a time."""


class Postgres:
    """A connection to one schema of a server. Raises RecordError."""

    name = "postgresql"

    def __init__(self, address: str, *, readonly: bool, wait: float) -> None:
        self.path = shown(address)
        self.readonly = readonly
        self._names = itertools.count()
        with self._named():
            self._connection = psycopg.connect(
                address, autocommit=True, row_factory=_rows, client_encoding="utf8",
                application_name="sayso",
            )  # fmt: skip
        self._connection.adapters.register_dumper(bool, IntDumper)
        self._connection.adapters.register_loader("numeric", _Number)
        with self._named():
            row = self._connection.execute(
                "SELECT set_config('lock_timeout', %s, false),"
                " set_config('default_transaction_read_only', %s, false),"
                " current_schema(), current_setting('server_encoding')",
                (str(int(wait * 1000)), "on" if readonly else "off"),
            ).fetchone()
        assert row is not None
        if row[3] != "UTF8":
            self.close()
            raise RecordError(f"{self.path}: the database must be in UTF8, not {row[3]}")
        if row[2] is None:
            self.close()
            raise RecordError(f"{self.path}: there is no schema of that name; CREATE SCHEMA it")
        self.schema = str(row[2])

    # -- statements ----------------------------------------------------------------------------

    def execute(self, sql: str, values: Sequence[Value] = ()) -> int:
        with self._named():
            return self._connection.execute(spelling.statement(sql), values).rowcount

    def insert(self, sql: str, values: Sequence[Value] = ()) -> int:
        with self._named():
            found = self._connection.execute(
                spelling.statement(sql) + b" RETURNING seq", values
            ).fetchone()
        assert found is not None
        return int(found[0])

    def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        with self._named(), self._connection.cursor() as cursor:
            cursor.executemany(spelling.statement(sql), rows)

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        with self._named():
            return list(self._connection.execute(spelling.statement(sql), values).fetchall())

    def one(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        with self._named():
            found: Row | None = self._connection.execute(spelling.statement(sql), values).fetchone()
        return found

    def stream(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        # The rows wait on the server: outside a transaction the cursor has to outlive its own.
        hold = self._connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        name = f"sayso_{next(self._names)}"
        with self._named(), self._connection.cursor(name, withhold=hold) as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(spelling.statement(sql), values)
            yield from cursor

    def begin(self, *, write: bool) -> None:
        with self._named():
            if not write:
                self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                return
            self._connection.execute("BEGIN")
            try:
                self._connection.execute(
                    "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (_LOCK, self.schema)
                )
            except psycopg.Error:
                self.rollback()
                raise

    def trust(self, trusted: bool) -> None:
        """Nothing: to pass the checks by is a right of the server's keeper."""

    def commit(self) -> None:
        with self._named():
            self._connection.execute("COMMIT")

    def rollback(self) -> None:
        status = self._connection.info.transaction_status
        if status in (psycopg.pq.TransactionStatus.INTRANS, psycopg.pq.TransactionStatus.INERROR):
            with self._named():
                self._connection.execute("ROLLBACK")

    # -- the schema ----------------------------------------------------------------------------

    def version(self) -> int:
        there = self.one("SELECT to_regclass('migration')")
        if there is None or there[0] is None:
            return 0
        row = self.one("SELECT COALESCE(max(number), 0) FROM migration")
        return int(row[0]) if row else 0

    def foreign(self) -> bool:
        row = self.one(
            "SELECT count(*) FROM pg_tables WHERE schemaname = ? AND tablename <> 'migration'",
            (self.schema,),
        )
        return bool(row and row[0])

    def prepare(self) -> None:
        """Nothing: a server is set up by whoever runs it."""

    def define(self, sql: str) -> None:
        for statement in spelling.definition(sql):
            with self._named():
                self._connection.execute(statement.encode())

    def mark(self, number: int, digest: str) -> None:
        self.execute("INSERT INTO migration VALUES (?, ?)", (number, digest))

    # -- full text and space -------------------------------------------------------------------

    def index_words(self, rows: Iterable[tuple[int, str]]) -> None:
        self.many(
            "INSERT INTO search (rowid, words) VALUES (?, CAST(? AS tsvector))",
            ((seq, spelling.vector(text)) for seq, text in rows),
        )

    def forget_words(self, rows: Iterable[tuple[int, str]]) -> None:
        self.many("DELETE FROM search WHERE rowid = ?", ((seq,) for seq, _ in rows))

    def settle_words(self) -> None:
        """Nothing here: `compact` rewrites the table."""

    def matching(self, asked: str) -> tuple[str, list[Value]]:
        sql = "SELECT rowid FROM search WHERE words @@ CAST(? AS tsquery)"
        return sql, [spelling.asked(asked)]

    def best(self, asked: str, limit: int) -> tuple[str, list[Value]]:
        """By how often and how near to each other the words stand, over the length."""
        sql = (
            "SELECT rowid, -ts_rank_cd(words, q, 1) AS rank FROM search, CAST(? AS tsquery) q"
            " WHERE words @@ q ORDER BY rank, rowid LIMIT ?"
        )
        return sql, [spelling.asked(asked), limit]

    def within(self, table: str, box: tuple[float, float, float, float]) -> tuple[str, list[Value]]:
        """By the GiST index over points; edges are then compared exactly."""
        west, south, east, north = box
        exact, values = box_sql(table, box)
        point = f"point({table}.longitude, {table}.latitude)"
        side = f"{point} <@ box(point(?, ?), point(?, ?))"
        if west <= east:
            return f"{side} AND {exact}", [west, south, east, north, *values]
        corners = [west, south, 180.0, north, -180.0, south, east, north]
        return f"({side} OR {side}) AND {exact}", [*corners, *values]

    # -- care ----------------------------------------------------------------------------------

    def backup(self, target: Path) -> None:
        raise RecordError(
            f"{self.path}: a server's record is backed up by pg_dump, or into a file by"
            f" `sayso copy {self.path} {target}`"
        )

    def compact(self) -> None:
        """Writes every table anew without its dead rows, which may hold redacted words. The
        server's log (WAL), replicas and backups are its keeper's to clean."""
        found = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = ?", (self.schema,))
        for row in found:
            name = psycopg.sql.Identifier(self.schema, row[0])
            with self._named():
                self._connection.execute(psycopg.sql.SQL("VACUUM (FULL, ANALYZE) {}").format(name))

    def size(self) -> int:
        row = self.one(
            "SELECT COALESCE(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace)"
        )
        return int(row[0]) if row else 0

    def damage(self) -> list[str]:
        """Pages whose checksum the server found wrong, where it keeps checksums."""
        row = self.one(
            "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
        )
        return [f"the server counts {row[0]} damaged pages"] if row and row[0] else []

    def renumber(self, tables: Sequence[str]) -> None:
        for table in tables:
            self.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'seq'),"
                f" COALESCE((SELECT max(seq) FROM {table}), 1),"
                f" EXISTS (SELECT 1 FROM {table}))"
            )

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise _ours(self.path, error) from error


class _Row:
    """A row as `sqlite3.Row` gives it; of two columns of one name the first counts."""

    __slots__ = ("_at", "_values")

    def __init__(self, at: dict[str, int], values: Sequence[Any]) -> None:
        self._at = at
        self._values = values

    def __getitem__(self, key: str | int, /) -> Any:
        return self._values[key if isinstance(key, int) else self._at[key]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> list[str]:
        return list(self._at)


def _rows(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], _Row]:
    at: dict[str, int] = {}
    for number, column in enumerate(cursor.description or ()):
        at.setdefault(column.name, number)
    return lambda values: _Row(at, values)


class _Number(NumericLoader):
    """A sum of whole numbers is a whole number."""

    def load(self, data: Any) -> Any:
        value = super().load(data)
        return int(value) if value == value.to_integral_value() else float(value)


def _ours(path: str, error: psycopg.Error) -> RecordError:
    words = str(error).strip().split("\n")[0]
    if isinstance(error, errors.LockNotAvailable | errors.DeadlockDetected):
        reason = "another program is writing to it and does not finish; try again when it has"
    elif isinstance(error, errors.ReadOnlySqlTransaction):
        reason = "it cannot be written (a read-only connection or server)"
    elif isinstance(error, errors.InsufficientPrivilege):
        reason = f"this user may not do that ({words})"
    elif isinstance(error, errors.DiskFull):
        reason = "the server's disk is full; nothing of the unfinished step was kept"
    elif isinstance(error, errors.DataCorrupted | errors.IndexCorrupted):
        return IntegrityError(f"{path}: the server says that it is damaged ({words})")
    elif isinstance(error, psycopg.OperationalError):
        reason = f"the server cannot be reached, or ended the connection ({words})"
    else:
        reason = words
    return RecordError(f"{path}: {reason}")
