"""What is watched: feeds and pages, when each is asked next, and what its server said last.

Only this module knows the tables `watched` and `watched_for`. The pages themselves are captures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.record.database import Database, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """An address that is asked again and again.

    `depth` says how many lists deep its answer may lead: 0 for a page. `etag` and `modified` are
    what the server gave with its last answer. `quiet` counts the answers in a row that brought
    nothing new, `failures` those that could not be used; `reason` is of the last one.
    """

    uri: str
    depth: int
    next_at: str
    etag: str | None = None
    modified: str | None = None
    asked_at: str | None = None
    quiet: int = 0
    failures: int = 0
    reason: str | None = None


def name(database: Database, source: str, uris: Iterable[str], depth: int, *, at: str) -> int:
    """Addresses to be watched for a source (the feed that the caller gave), from now on; gives
    how many were not watched before, for any source. What is known of the others stays."""
    new = 0
    with database.transaction():
        for uri in uris:
            new += database.execute(
                "INSERT INTO watched (uri, depth, next_at, quiet, failures)"
                " VALUES (?, ?, ?, 0, 0) ON CONFLICT (uri) DO NOTHING",
                (uri, depth, at),
            )
            database.execute(
                "INSERT INTO watched_for VALUES (?, ?) ON CONFLICT DO NOTHING", (source, uri)
            )
    return new


def save(database: Database, row: Watched) -> None:
    """Keeps how it went with an address."""
    database.execute(
        "UPDATE watched SET etag = ?, modified = ?, asked_at = ?, next_at = ?, quiet = ?,"
        " failures = ?, reason = ? WHERE uri = ?",
        (row.etag, row.modified, row.asked_at, row.next_at, row.quiet, row.failures, row.reason,
         row.uri),
    )  # fmt: skip


def following(database: Database, sources: Sequence[str]) -> Watched | None:
    """The address that is asked next for these sources, or None where there is none."""
    found = database.one(
        f"SELECT * FROM watched WHERE uri IN ({_of(sources)})"
        " ORDER BY next_at, depth DESC, uri LIMIT 1",
        list(sources),
    )
    return _watched(found) if found else None


def everything(database: Database, sources: Sequence[str]) -> list[Watched]:
    """All that is watched for these sources, lists first."""
    found = database.rows(
        f"SELECT * FROM watched WHERE uri IN ({_of(sources)}) ORDER BY depth DESC, uri",
        list(sources),
    )
    return [_watched(row) for row in found]


def worst(database: Database, limit: int) -> list[Watched]:
    """What is watched for any source, what fails most often in a row first, then lists."""
    found = database.rows(
        "SELECT * FROM watched ORDER BY failures DESC, depth DESC, uri LIMIT ?", (limit,)
    )
    return [_watched(row) for row in found]


def sources_of(database: Database, uri: str) -> list[str]:
    """The sources for which an address is watched."""
    sql = "SELECT source FROM watched_for WHERE uri = ? ORDER BY source"
    return [str(row["source"]) for row in database.rows(sql, (uri,))]


def last_capture(database: Database, uri: str) -> tuple[str, int | None] | None:
    """(digest, status) of the newest capture of an address."""
    sql = "SELECT digest, status FROM capture WHERE target_uri = ? ORDER BY seq DESC LIMIT 1"
    row = database.one(sql, (uri,))
    return (str(row["digest"]), row["status"]) if row else None


def _of(sources: Sequence[str]) -> str:
    return f"SELECT uri FROM watched_for WHERE source IN ({', '.join('?' * len(sources))})"


def _watched(row: Row) -> Watched:
    return Watched(
        uri=row["uri"],
        depth=row["depth"],
        next_at=row["next_at"],
        etag=row["etag"],
        modified=row["modified"],
        asked_at=row["asked_at"],
        quiet=row["quiet"],
        failures=row["failures"],
        reason=row["reason"],
    )
