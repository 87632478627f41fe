"""What a record stands on: one engine per database program, behind `Database`.

SQL is written once, in the words of SQLite that PostgreSQL has too. An engine holds what differs:
how a connection is made and locked, how the schema is spelt, and the full-text index.

An engine raises RecordError only, with what was wrong, where, and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

Value = str | int | float | bytes | None

POSTGRES = ("postgresql://", "postgres://")
"""How the address of a record on PostgreSQL begins; anything else is a file of SQLite."""


class Row(Protocol):
    """A row of a result: its values by name or by number."""

    def __getitem__(self, key: str | int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> Any: ...


class Engine(Protocol):
    """One connection. `path` is the record as it may be shown (never a password)."""

    name: str
    path: str
    readonly: bool

    def execute(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Runs a statement; gives how many rows it changed."""
        ...

    def insert(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Runs an INSERT into a table whose key is `seq`; gives the new key."""
        ...

    def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Runs a statement for every row."""
        ...

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]: ...
    def one(self, sql: str, values: Sequence[Value] = ()) -> Row | None: ...

    def stream(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows one by one; other statements may run meanwhile."""
        ...

    def begin(self, *, write: bool) -> None:
        """Starts a transaction. One that writes waits until no other does; one that reads sees
        the record as it is now, whatever others write."""
        ...

    def trust(self, trusted: bool) -> None:
        """Between transactions: whether each row is looked for that a new row points at. Rows
        that a program has just numbered itself need not be."""
        ...

    def commit(self) -> None: ...

    def rollback(self) -> None:
        """Ends a transaction without a trace; does nothing where there is none."""
        ...

    # -- the schema ----------------------------------------------------------------------------

    def version(self) -> int:
        """The number of the last migration applied; 0 where there is none."""
        ...

    def foreign(self) -> bool:
        """True where there are tables already, and none of them a record's."""
        ...

    def prepare(self) -> None:
        """What is set once, before the first migration."""
        ...

    def define(self, sql: str) -> None:
        """Runs one statement of a migration, in this engine's spelling."""
        ...

    def mark(self, number: int, digest: str) -> None:
        """Keeps that a migration was applied."""
        ...

    # -- full text and space -------------------------------------------------------------------

    def index_words(self, rows: Iterable[tuple[int, str]]) -> None:
        """Enters words under part numbers that are not in the index yet."""
        ...

    def forget_words(self, rows: Iterable[tuple[int, str]]) -> None:
        """Takes part numbers out of the index; the words must be those that were entered."""
        ...

    def settle_words(self) -> None:
        """Destroys what the index still holds of forgotten words."""
        ...

    def matching(self, asked: str) -> tuple[str, list[Value]]:
        """A query for the numbers of the parts that fit `query.fts`, with its values."""
        ...

    def best(self, asked: str, limit: int) -> tuple[str, list[Value]]:
        """A query for (rowid, rank) of the parts that fit best; a lower rank is better."""
        ...

    def within(self, table: str, box: tuple[float, float, float, float]) -> tuple[str, list[Value]]:
        """A condition on a table's point: west, south, east, north in degrees, edges included."""
        ...

    # -- care ----------------------------------------------------------------------------------

    def backup(self, target: Path) -> None: ...
    def compact(self) -> None: ...

    def size(self) -> int:
        """Bytes that the record takes where it is stored."""
        ...

    def damage(self) -> list[str]: ...

    def renumber(self, tables: Sequence[str]) -> None:
        """New rows of these tables get keys after the highest there."""
        ...

    def close(self) -> None: ...


def is_postgres(path: str | Path) -> bool:
    """True for the address of a PostgreSQL record, False for a file."""
    return str(path).startswith(POSTGRES)


def shown(path: str | Path) -> str:
    """A record as people may see it: a file as it is, an address without password and options."""
    if not is_postgres(path):
        return str(path)
    parts = urlsplit(str(path))
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme, f"{user.partition(':')[0]}{at}{host}", parts.path, "", ""))


def open_engine(path: str | Path, *, readonly: bool, wait: float) -> Engine:
    """A connection to a file of SQLite or, for `postgresql://…`, to a server. Raises
    RecordError, and UsageError where the server needs a package that is not there."""
    if is_postgres(path):
        from sayso.record.engines.postgresql import Postgres

        return Postgres(str(path), readonly=readonly, wait=wait)
    from sayso.record.engines.sqlite import Sqlite

    return Sqlite(str(path), readonly=readonly, wait=wait)


def box_sql(table: str, box: tuple[float, float, float, float]) -> tuple[str, list[Value]]:
    """The condition on latitude and longitude that every engine understands."""
    west, south, east, north = box
    sql = f"{table}.latitude BETWEEN ? AND ?"
    if west <= east:
        return f"{sql} AND {table}.longitude BETWEEN ? AND ?", [south, north, west, east]
    # over the date line
    return f"{sql} AND ({table}.longitude >= ? OR {table}.longitude <= ?)", [
        south, north, west, east,
    ]  # fmt: skip
