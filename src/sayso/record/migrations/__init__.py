"""The record's schema, as numbered SQL files, and the steps from each version to the next.

The files are SQLite's; other engines spell each statement their own way (`Engine.define`). The
table `migration` holds the number and the SHA-256 of each file applied, so that a file changed
after the fact is found out.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sayso.errors import RecordError
from sayso.record.engines import Engine


@cache
def steps() -> tuple[tuple[int, str], ...]:
    """(number, SQL) of every step, in order."""
    files = [f for f in resources.files(__name__).iterdir() if f.name.endswith(".sql")]
    return tuple(
        (int(f.name.split("_")[0]), f.read_text(encoding="utf-8"))
        for f in sorted(files, key=lambda f: f.name)
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the newest schema: its columns in order, and those of its primary key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


@cache
def tables() -> tuple[Table, ...]:
    """The tables that hold the record, each after those that it points at; not `migration` and not
    the full-text index, which is made anew from the texts."""
    connection = sqlite3.connect(":memory:")
    try:
        for _, sql in steps():
            for statement in statements(sql):
                connection.execute(statement)
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migration'"
            " AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        ).fetchall()
        found = []
        for (name,) in names:
            columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
            key = sorted((c[5], c[1]) for c in columns if c[5])
            found.append(Table(name, tuple(c[1] for c in columns), tuple(c for _, c in key)))
        return tuple(found)
    finally:
        connection.close()


def newest() -> int:
    """The schema version that this program writes."""
    return steps()[-1][0]


def check(engine: Engine) -> None:
    """Raises RecordError where there is no record that this program can read."""
    found = engine.version()
    if found > newest():
        raise RecordError(
            f"{engine.path}: its schema is version {found}, this program knows up to {newest()}; "
            "use the newer program"
        )
    if found == 0:
        raise RecordError(f"{engine.path}: this is not a record of Sayso")
    if found < newest():
        raise RecordError(
            f"{engine.path}: its schema is version {found}, this program reads {newest()}; "
            "open it once for writing (`sayso doctor --upgrade`)"
        )


def upgrade(engine: Engine) -> None:
    """Brings a record to the newest schema, each step in a transaction of its own."""
    found = engine.version()
    if found == newest():
        return
    if found == 0:
        if engine.foreign():
            raise RecordError(f"{engine.path}: this is a database, but not a record of Sayso")
        engine.prepare()
    for number, sql in steps():
        engine.begin(write=True)
        try:
            # Asked again under the lock: another process may have come first.
            if engine.version() < number:
                for statement in statements(sql):
                    engine.define(statement)
                engine.mark(number, hashlib.sha256(sql.encode()).hexdigest())
            engine.commit()
        except BaseException:
            engine.rollback()
            raise
    if engine.version() > newest():
        check(engine)


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
