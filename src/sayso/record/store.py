"""Readings into the record and out again. Rows are added; what was stored is never altered."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso.errors import RecordError
from sayso.model import codec
from sayso.model.capture import Capture, sha256
from sayso.model.document import Document
from sayso.model.entity import Entity
from sayso.model.reading import SCHEMA, Reading
from sayso.record import custody, days, names
from sayso.record.database import Database, Row

_META_OUT = ("text", "parts", "issues")


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a reading: `new` is False where the record had it already. `document` and
    `reading` are the record's own row numbers."""

    reading: Reading
    new: bool
    document: int
    seq: int


def find(database: Database, digest: str, stated: str | None = None) -> int | None:
    """The newest reading of a page with that payload digest, or None. `stated` is the publication
    date that the caller states; without one, any reading of the page will do."""
    where, values = "d.digest = ?", [digest]
    if stated:
        where += " AND d.stated = ?"
        values.append(stated)
    found = database.value(
        f"SELECT d.reading FROM document d WHERE {where} AND d.reading IS NOT NULL "
        "ORDER BY d.reading DESC LIMIT 1",
        values,
    )
    return None if found is None else int(found)


def add(database: Database, reading: Reading, *, at: str, reader: str, who: str) -> Stored:
    """Stores a reading with its capture and document. Call inside a transaction.

    The same capture, document and reading again add nothing. The reading that comes back carries
    the id under which the document stands in the record.
    """
    capture_seq = add_capture(database, reading.capture, at=at, who=who)
    document_seq, document_id, key = _add_document(database, reading, at=at)
    renamed = dataclasses.replace(reading.document, id=document_id, key=key)
    reading = dataclasses.replace(reading, document=renamed)
    bodies = [_json(a) for a in reading.annotations]
    digest = digest_of(reading, bodies)
    known = database.value(
        "SELECT seq FROM reading WHERE document = ? AND digest = ?", (document_seq, digest)
    )
    if known is not None:
        database.execute("UPDATE document SET reading = ? WHERE seq = ?", (known, document_seq))
        return Stored(reading, False, document_seq, int(known))
    seq = database.insert(
        "INSERT INTO reading (document, capture, read_at, reader, issues, digest)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (document_seq, capture_seq, at, reader, _json(reading.issues), digest),
    )
    _add_entities(database, seq, reading)
    database.many(
        "INSERT INTO annotation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (seq, n, a.id, a.kind, a.start, a.end, a.part, a.confidence, body)
            for n, (a, body) in enumerate(zip(reading.annotations, bodies, strict=True))
        ],
    )
    database.execute("UPDATE document SET reading = ? WHERE seq = ?", (seq, document_seq))
    custody.append(
        database, at=at, who=who, act="read", subject=document_id, digest=digest,
        detail={"reader": reader, "reading": seq},
    )  # fmt: skip
    return Stored(reading, True, document_seq, seq)


def digest_of(reading: Reading, bodies: Sequence[str] | None = None) -> str:
    """The digest of a reading: of its document, entities, annotations and issues as JSON. The
    capture counts by its payload alone, since the same bytes captured twice read the same.
    `bodies` are the annotations as JSON, where they are at hand."""
    document = reading.document
    seen = hashlib.sha256()
    for piece in (
        SCHEMA,
        reading.capture.payload_digest,
        document.text_digest,
        custody.canonical(_meta(document)),
        *map(_json, document.parts),
        *map(_json, reading.entities),
        *(bodies if bodies is not None else map(_json, reading.annotations)),
        _json(reading.issues),
    ):
        seen.update(piece.encode("utf-8", "surrogatepass"))
        seen.update(b"\n")
    return "sha256:" + seen.hexdigest()


ELSEWHERE = "elsewhere"
"""How bytes are packed that this record never held: a shard came without them, the archive that it
was read from has them."""


def identity(capture: Capture) -> str:
    """What makes a capture one: its bytes, their address and the time of capture. The same file
    under another name is no other capture."""
    return "|".join((capture.payload_digest, capture.target_uri or "", capture.captured_at or ""))


def has_capture(database: Database, capture: Capture) -> bool:
    """True if this very capture is in the record."""
    sql = "SELECT 1 FROM capture WHERE identity = ?"
    return database.value(sql, (identity(capture),)) is not None


def add_capture(database: Database, capture: Capture, *, at: str, who: str) -> int:
    """Stores the bytes and what is known of them; the same capture again adds nothing."""
    own = identity(capture)
    known = database.value("SELECT seq FROM capture WHERE identity = ?", (own,))
    if known is not None:
        return int(known)
    if database.value("SELECT 1 FROM payload WHERE digest = ?", (capture.payload_digest,)) is None:
        elsewhere = not capture.payload and capture.payload_digest != sha256(b"")
        packed = None if elsewhere else zlib.compress(capture.payload, 6)
        database.execute(
            "INSERT INTO payload VALUES (?, ?, ?, ?)",
            (
                capture.payload_digest,
                packed,
                ELSEWHERE if elsewhere else "zlib",
                len(capture.payload),
            ),
        )
    supersedes = capture.supersedes
    if supersedes is None and capture.target_uri:
        supersedes = database.value(
            "SELECT digest FROM capture WHERE target_uri = ? ORDER BY seq DESC LIMIT 1",
            (capture.target_uri,),
        )
    seq = database.insert(
        "INSERT INTO capture (digest, record_id, target_uri, key, captured_at, recorded_at,"
        " media_type, charset, status, headers, supersedes, identity)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            capture.payload_digest,
            capture.record_id,
            capture.target_uri,
            capture.key,
            capture.captured_at,
            at,
            capture.media_type,
            capture.charset,
            capture.status,
            custody.canonical([list(h) for h in capture.headers]),
            supersedes,
            own,
        ),
    )
    custody.append(
        database, at=at, who=who, act="capture", subject=f"capture:{seq}",
        digest=capture.payload_digest,
        detail={"uri": capture.target_uri, "captured_at": capture.captured_at},
    )  # fmt: skip
    return seq


def _add_document(database: Database, reading: Reading, *, at: str) -> tuple[int, str, str | None]:
    """(row, id, key) under which the document stands in the record."""
    document, capture = reading.document, reading.capture
    stated = capture.operator_published or ""
    meta = custody.canonical(_meta(document))
    for row in database.rows(
        "SELECT seq, id, key, text_digest, meta FROM document WHERE digest = ? AND stated = ?",
        (capture.payload_digest, stated),
    ):
        same = row["text_digest"] == document.text_digest
        if same and _without_id(row["meta"]) == _without_id(meta):
            return int(row["seq"]), str(row["id"]), row["key"]
    document_id, n = document.id, 1
    while database.value("SELECT 1 FROM document WHERE id = ?", (document_id,)) is not None:
        n += 1
        document_id = f"{document.id}-{n}"
    said_from, said_to = days.said(document.published)
    seq = database.insert(
        "INSERT INTO document (id, digest, stated, key, uri, headline, publisher, published,"
        " said_from, said_to, held_on, language, text, text_digest, meta)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document_id,
            capture.payload_digest,
            stated,
            document.key,
            capture.target_uri or document.canonical_uri,
            document.headline,
            document.publisher,
            document.published,
            said_from,
            said_to,
            (capture.captured_at or at)[:10],
            document.language,
            document.text,
            document.text_digest,
            custody.canonical(_meta(dataclasses.replace(document, id=document_id))),
        ),
    )
    database.many(
        "INSERT INTO part (document, n, id, kind, start, stop, key, author, published, reply_to,"
        " depth, ordinal, decided_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (seq, n, p.id, p.kind, p.start, p.end, p.key, p.author, p.published, p.reply_to,
             p.depth, p.ordinal, p.decided_by)
            for n, p in enumerate(document.parts)
        ],
    )  # fmt: skip
    database.many(
        "INSERT INTO search (rowid, words) VALUES (?, ?)",
        [
            (row["seq"], document.text[row["start"] : row["stop"]])
            for row in database.rows("SELECT seq, start, stop FROM part WHERE document = ?", (seq,))
        ],
    )
    return seq, document_id, document.key


def _meta(document: Document) -> dict[str, Any]:
    data: dict[str, Any] = codec.encode(document)
    return {key: value for key, value in data.items() if key not in _META_OUT}


def _without_id(meta: str) -> dict[str, Any]:
    return {k: v for k, v in json.loads(meta).items() if k not in ("id", "key")}


def _add_entities(database: Database, reading_seq: int, reading: Reading) -> None:
    rows = []
    for n, entity in enumerate(reading.entities):
        body = _json(entity)
        record_id = names.record_id(entity)
        database.execute(
            "INSERT INTO entity (id, kind, name, folded, country, schema, sector, latitude,"
            " longitude, feature_code, admin1, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            (record_id, entity.kind, entity.name, names.fold(entity.name), entity.country,
             entity.schema, entity.sector, entity.latitude, entity.longitude,
             entity.feature_code, entity.admin1_code, body),
        )  # fmt: skip
        row = database.one("SELECT seq, body FROM entity WHERE id = ?", (record_id,))
        assert row is not None
        rows.append((reading_seq, n, row["seq"], None if row["body"] == body else body))
        spellings = {names.fold(name) for name in (entity.name, *entity.aliases)} - {""}
        database.many(
            "INSERT INTO entity_name VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(name, row["seq"]) for name in sorted(spellings)],
        )
    database.many("INSERT INTO reading_entity VALUES (?, ?, ?, ?)", rows)


def load(database: Database, reading_seq: int) -> Reading:
    """A reading as it was stored; the capture without its bytes. Raises RecordError."""
    row = database.one(
        "SELECT r.issues, r.capture, d.seq AS document, d.text, d.meta FROM reading r"
        " JOIN document d ON d.seq = r.document WHERE r.seq = ?",
        (reading_seq,),
    )
    if row is None:
        raise RecordError(f"{database.path}: there is no reading {reading_seq}")
    issues = json.loads(row["issues"])
    document = _document(database, row, issues)
    entities = [
        codec.decode(Entity, json.loads(e["body"]))
        for e in database.rows(
            "SELECT COALESCE(re.body, e.body) AS body FROM reading_entity re"
            " JOIN entity e ON e.seq = re.entity WHERE re.reading = ? ORDER BY re.n",
            (reading_seq,),
        )
    ]
    annotations = [
        codec.annotation_from(json.loads(a["body"]))
        for a in database.rows(
            "SELECT body FROM annotation WHERE reading = ? ORDER BY n", (reading_seq,)
        )
    ]
    return Reading(
        capture=capture_of(database, row["capture"]),
        document=document,
        entities=tuple(entities),
        annotations=tuple(annotations),
        issues=document.issues,
    )


def document_of(database: Database, document_seq: int) -> Document:
    """A document as it was stored, with the issues of its newest reading. Raises RecordError."""
    row = database.one(
        "SELECT d.seq AS document, d.text, d.meta, r.issues FROM document d"
        " LEFT JOIN reading r ON r.seq = d.reading WHERE d.seq = ?",
        (document_seq,),
    )
    if row is None:
        raise RecordError(f"{database.path}: there is no document {document_seq}")
    return _document(database, row, json.loads(row["issues"] or "[]"))


def _document(database: Database, row: Row, issues: list[Any]) -> Document:
    parts = [
        {"id": p["id"], "kind": p["kind"], "start": p["start"], "end": p["stop"], "key": p["key"],
         "author": p["author"], "published": p["published"], "reply_to": p["reply_to"],
         "depth": p["depth"], "ordinal": p["ordinal"], "decided_by": p["decided_by"]}
        for p in database.rows(
            "SELECT * FROM part WHERE document = ? ORDER BY n", (row["document"],)
        )
    ]  # fmt: skip
    data = {**json.loads(row["meta"]), "text": row["text"], "parts": parts, "issues": issues}
    return codec.decode(Document, data)


def capture_of(database: Database, capture_seq: int) -> Capture:
    """What is known of a capture, without its bytes. Raises RecordError."""
    row = database.one("SELECT * FROM capture WHERE seq = ?", (capture_seq,))
    if row is None:
        raise RecordError(f"{database.path}: there is no capture {capture_seq}")
    return Capture(
        payload=b"",
        payload_digest=row["digest"],
        key=row["key"],
        record_id=row["record_id"],
        target_uri=row["target_uri"],
        captured_at=row["captured_at"],
        media_type=row["media_type"],
        charset=row["charset"],
        status=row["status"],
        headers=tuple((h[0], h[1]) for h in json.loads(row["headers"])),
        supersedes=row["supersedes"],
    )


def payload(database: Database, digest: str) -> bytes | None:
    """The bytes of a capture as they came; None where they were redacted or never held."""
    row = database.one("SELECT bytes, packed FROM payload WHERE digest = ?", (digest,))
    if row is None or row["bytes"] is None:
        return None
    return zlib.decompress(row["bytes"]) if row["packed"] == "zlib" else bytes(row["bytes"])


def _json(value: Any) -> str:
    return _encode(codec.encode(value))


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
