"""Is everything still what it was? Captures, texts, spans, readings and the log, recomputed."""

from __future__ import annotations

import contextlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sayso.errors import SaysoError
from sayso.model.capture import sha256
from sayso.record import custody, store
from sayso.record.database import Database

Tell = Callable[[str], None]


@dataclass(slots=True)
class Report:
    """What was checked, and what is wrong (in words, worst first). `head` is the newest hash of
    the log: kept elsewhere, it proves that the end was not cut off."""

    captures: int = 0
    documents: int = 0
    readings: int = 0
    spans: int = 0
    log: int = 0
    head: str = ""
    broken: list[str] = field(default_factory=list)
    redacted: list[str] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        return not self.broken


def verify(database: Database) -> Report:
    """Recomputes everything. Never raises on damage: it is named in the report."""
    report = Report()
    damage = database.damage()
    if damage:
        report.broken += [f"the file is damaged: {words}" for words in damage]
        report.broken += _saved(database)
        return report
    logged = _logged(database, report)
    _captures(database, report, logged)
    _documents(database, report)
    _readings(database, report, logged)
    return report


def _saved(database: Database) -> list[str]:
    """What of a damaged file can still be read and is what it was, in words."""
    out = []
    for name, table, well in (
        ("captures", "capture", _capture_is_well),
        ("texts", "document", _text_is_well),
    ):
        seqs, good = listed(database, table), 0
        for seq in seqs:
            with contextlib.suppress(SaysoError, zlib.error):
                good += well(database, seq)
        out.append(f"{good} of {len(seqs)} {name} that are listed can still be read, unaltered")
    out.append("`sayso verify --save FILE.warc.gz` writes the captures that can still be read")
    return out


def listed(database: Database, table: str) -> list[int]:
    """The row numbers of a table, as far as a damaged file gives them."""
    seqs: list[int] = []
    with contextlib.suppress(SaysoError):
        for row in database.stream(f"SELECT seq FROM {table} ORDER BY seq"):
            seqs.append(int(row["seq"]))  # one by one: what came before the damage is kept
    return seqs


def _capture_is_well(database: Database, seq: int) -> bool:
    digest = database.value("SELECT digest FROM capture WHERE seq = ?", (seq,))
    payload = store.payload(database, digest)
    return payload is not None and sha256(payload) == digest


def _text_is_well(database: Database, seq: int) -> bool:
    row = database.one("SELECT text, text_digest FROM document WHERE seq = ?", (seq,))
    return row is not None and custody.digest_of(row["text"]) == row["text_digest"]


def _logged(database: Database, report: Report) -> dict[tuple[str, str], str]:
    """(act, subject) -> digest, from a log that was checked first."""
    broken = custody.first_broken(database)
    if broken:
        report.broken.append(broken)
    report.log, report.head = custody.head(database)
    found: dict[tuple[str, str], str] = {}
    for entry in custody.entries(database):
        subject = entry.subject
        if entry.act == "read":
            subject = f"{subject}#{entry.detail.get('reading')}"
        found[entry.act, subject] = entry.digest
        if entry.act == "redact":
            report.redacted.append(f"{entry.subject}: redacted on {entry.at[:10]} by {entry.who}")
    return found


def _captures(database: Database, report: Report, logged: dict[tuple[str, str], str]) -> None:
    gone = _redacted(database)
    sql = (
        "SELECT c.seq, c.digest, p.packed FROM capture c LEFT JOIN payload p ON p.digest = c.digest"
        " ORDER BY c.seq"
    )
    for row in database.rows(sql):
        report.captures += 1
        name = f"capture:{row['seq']}"
        if logged.get(("capture", name)) != row["digest"]:
            report.broken.append(f"{name}: its digest is not the one in the log")
        if row["digest"] in gone or row["packed"] == store.ELSEWHERE:
            continue
        try:
            payload = store.payload(database, row["digest"])
        except zlib.error:
            payload = None
        if payload is None:
            report.broken.append(f"{name}: its bytes are gone or damaged")
        elif sha256(payload) != row["digest"]:
            report.broken.append(f"{name}: its bytes are not what was captured")


def _documents(database: Database, report: Report) -> None:
    for row in database.stream("SELECT id, text, text_digest, redacted FROM document ORDER BY seq"):
        report.documents += 1
        if custody.digest_of(row["text"]) != row["text_digest"] and not row["redacted"]:
            report.broken.append(f"{row['id']}: its text is not what was recovered")


def _readings(database: Database, report: Report, logged: dict[tuple[str, str], str]) -> None:
    for row in database.rows(
        "SELECT r.seq, r.digest, d.id, d.text, d.redacted FROM reading r"
        " JOIN document d ON d.seq = r.document ORDER BY r.seq"
    ):
        report.readings += 1
        name = f"{row['id']} (reading {row['seq']})"
        if logged.get(("read", f"{row['id']}#{row['seq']}")) != row["digest"]:
            report.broken.append(f"{name}: its digest is not the one in the log")
        wrong = _spans(database, row["seq"], row["text"], report)
        if wrong:
            report.broken.append(f"{name}: {wrong}")
        elif not row["redacted"]:
            reading = store.load(database, row["seq"])
            if store.digest_of(reading) != row["digest"]:
                report.broken.append(f"{name}: it is not what was read")


def _spans(database: Database, reading: int, text: str, report: Report) -> str | None:
    """The first span whose words are not those of the text, in words; None if all are."""
    for row in database.rows(
        "SELECT id, body FROM annotation WHERE reading = ? ORDER BY n", (reading,)
    ):
        stack: list[Any] = [json.loads(row["body"])]
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack.extend(item)
            elif isinstance(item, dict):
                start, end, exact = item.get("start"), item.get("end"), item.get("exact")
                if isinstance(start, int) and isinstance(end, int) and isinstance(exact, str):
                    report.spans += 1
                    if text[start:end] != exact:
                        return f"annotation {row['id']} says {exact!r} where the text does not"
                stack.extend(v for v in item.values() if isinstance(v, dict | list))
    return None


def _redacted(database: Database) -> set[str]:
    """Digests of payloads that were redacted (their bytes are gone on purpose)."""
    return {
        str(e.detail.get("payload"))
        for e in custody.entries(database)
        if e.act == "redact" and e.detail.get("payload")
    }
