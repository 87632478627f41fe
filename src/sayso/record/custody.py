"""The log: what was captured, read, judged, redacted and exported, each row chained to the last.

`hash` = SHA-256 over the hash of the row before and the row's own fields. Whoever changes, drops
or adds a row in the middle breaks every hash after it; to prove that the *end* was not cut off,
the newest hash has to be kept somewhere else (`sayso verify` prints it). The chain proves that
the record was not changed since; it does not prove that a page said so in the first place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.record.database import Database, Row

START = "sha256:" + "0" * 64
"""What stands before the first row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log. `digest` is of the thing itself, `detail` small facts about it (never
    words of a page: they would outlive a redaction)."""

    seq: int
    at: str
    who: str
    act: str
    subject: str
    digest: str
    detail: dict[str, Any]
    previous: str
    hash: str


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces."""
    return _encode(value)


def _flat(value: str | int | None) -> str:
    """`canonical` of a single value, in a fraction of the time."""
    if type(value) is str:
        return json.encoder.encode_basestring(value)
    return int.__repr__(value) if type(value) is int else canonical(value)


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def digest_of(text: str) -> str:
    """`sha256:` of a text as UTF-8."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def head(database: Database) -> tuple[int, str]:
    """(number, hash) of the newest row; (0, START) for an empty log."""
    row = database.one("SELECT seq, hash FROM custody ORDER BY seq DESC LIMIT 1")
    return (int(row["seq"]), str(row["hash"])) if row else (0, START)


def append(
    database: Database,
    *,
    at: str,
    who: str,
    act: str,
    subject: str,
    digest: str = "",
    detail: dict[str, Any] | None = None,
) -> str:
    """Adds a row; gives its hash. Call inside the transaction that does what the row says."""
    seq, previous = head(database)
    seq += 1
    words = canonical(detail or {})
    own = _hash(previous, seq, at, who, act, subject, digest, words)
    database.execute(_INSERT, (seq, at, who, act, subject, digest, words, previous, own))
    return own


_INSERT = "INSERT INTO custody VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Log:
    """Many rows at once: each is chained to the one before, and all are written by `flush`. Good
    for one transaction, in which nobody else adds to the log before `flush`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.seq, self.hash = head(database)
        self._rows: list[tuple[int | str, ...]] = []

    def append(
        self, *, at: str, who: str, act: str, subject: str, digest: str, detail: dict[str, Any]
    ) -> None:
        """`custody.append`, later."""
        self.seq += 1
        words = ",".join([f"{_flat(k)}:{_flat(detail[k])}" for k in sorted(detail)])
        words, previous = f"{{{words}}}", self.hash
        self.hash = _hash(previous, self.seq, at, who, act, subject, digest, words)
        self._rows.append((self.seq, at, who, act, subject, digest, words, previous, self.hash))

    def flush(self) -> None:
        """Writes what was appended."""
        self._database.many(_INSERT, self._rows)
        self._rows.clear()


def entries(database: Database, subject: str | None = None) -> Iterator[Entry]:
    """The log, oldest first; of one subject if given."""
    where, values = ("WHERE subject = ?", (subject,)) if subject else ("", ())
    for row in database.stream(f"SELECT * FROM custody {where} ORDER BY seq", values):
        yield _entry(row)


def newest(database: Database, count: int) -> list[Entry]:
    """The last rows of the log, the newest first."""
    sql = "SELECT * FROM custody ORDER BY seq DESC LIMIT ?"
    return [_entry(row) for row in database.rows(sql, (count,))]


def first_broken(database: Database) -> str | None:
    """The first row that does not follow from the one before, in words; None if all do."""
    previous, expected = START, 1
    for row in database.stream("SELECT * FROM custody ORDER BY seq"):
        seq = int(row["seq"])
        if seq != expected:
            return f"log row {expected} is missing (row {seq} follows {expected - 1})"
        own = _hash(
            previous, seq, row["at"], row["who"], row["act"], row["subject"], row["digest"],
            row["detail"],
        )  # fmt: skip
        if row["previous"] != previous or row["hash"] != own:
            return f"log row {seq} ({row['act']} {row['subject']}, {row['at']}) was changed"
        previous, expected = own, seq + 1
    return None


def _entry(row: Row) -> Entry:
    return Entry(
        seq=row["seq"],
        at=row["at"],
        who=row["who"],
        act=row["act"],
        subject=row["subject"],
        digest=row["digest"],
        detail=json.loads(row["detail"]),
        previous=row["previous"],
        hash=row["hash"],
    )


def _hash(previous: str, *fields: str | int) -> str:
    return digest_of(f"[{','.join([_flat(f) for f in (previous, *fields)])}]")
