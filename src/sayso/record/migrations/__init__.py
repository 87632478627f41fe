"""The record's schema, as numbered SQL files, and the steps from each version to the next.

`PRAGMA user_version` holds the number of the last file applied; the table `migration` holds its
SHA-256, so that a file changed after the fact is found out.
"""

from __future__ import annotations

import hashlib
import sqlite3
from functools import cache
from importlib import resources

from sayso.errors import RecordError


@cache
def steps() -> tuple[tuple[int, str], ...]:
    """(number, SQL) of every step, in order."""
    files = [f for f in resources.files(__name__).iterdir() if f.name.endswith(".sql")]
    return tuple(
        (int(f.name.split("_")[0]), f.read_text(encoding="utf-8"))
        for f in sorted(files, key=lambda f: f.name)
    )


def newest() -> int:
    """The schema version that this program writes."""
    return steps()[-1][0]


def version(connection: sqlite3.Connection) -> int:
    """The schema version of a file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check(connection: sqlite3.Connection, path: str) -> None:
    """Raises RecordError where the file is no record that this program can read."""
    found = version(connection)
    if found > newest():
        raise RecordError(
            f"{path}: its schema is version {found}, this program knows up to {newest()}; "
            "use the newer program"
        )
    if found == 0:
        raise RecordError(f"{path}: this is not a record of Sayso")
    if found < newest():
        raise RecordError(
            f"{path}: its schema is version {found}, this program reads {newest()}; "
            "open it once for writing (`sayso doctor --upgrade`)"
        )


def upgrade(connection: sqlite3.Connection, path: str) -> None:
    """Brings a file to the newest schema, each step in a transaction of its own."""
    if version(connection) == newest():
        return
    if version(connection) == 0:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise RecordError(f"{path}: this is a database, but not a record of Sayso")
        connection.execute("PRAGMA journal_mode=WAL")
    for number, sql in steps():
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Asked again under the lock: another process may have come first.
            if version(connection) < number:
                for statement in statements(sql):
                    connection.execute(statement)
                digest = hashlib.sha256(sql.encode()).hexdigest()
                connection.execute("INSERT INTO migration VALUES (?, ?)", (number, digest))
                connection.execute(f"PRAGMA user_version={number:d}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    if version(connection) > newest():
        check(connection, path)


def statements(sql: str) -> list[str]:
    """The statements of a file; triggers, which hold semicolons, stay whole."""
    found: list[str] = []
    held = ""
    for line in sql.splitlines():
        if not line.strip() or line.lstrip().startswith("--"):
            continue
        held += line + "\n"
        if sqlite3.complete_statement(held):
            found.append(held.strip())
            held = ""
    if held.strip():
        raise ValueError(f"unfinished statement: {held!r}")
    return found
