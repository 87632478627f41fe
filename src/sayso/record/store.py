"""Readings out of the record again, and how they are written down (`adding` puts them in)."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import operator
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sayso.errors import RecordError
from sayso.model import codec
from sayso.model.capture import Capture
from sayso.model.document import Document
from sayso.model.entity import Entity
from sayso.model.reading import SCHEMA, Reading
from sayso.record import custody
from sayso.record.database import Database, Row

_META = tuple(
    f.name for f in dataclasses.fields(Document) if f.name not in ("text", "parts", "issues")
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a reading: `new` is False where the record had it already. `document` and
    `seq` are the record's own row numbers. `alone`: no other document has the same bytes.
    `page`: the day since which a new document is held, and its address."""

    reading: Reading
    new: bool
    document: int
    seq: int
    alone: bool = False
    page: tuple[str, str | None] | None = None


def find(database: Database, digest: str, stated: str | None = None) -> int | None:
    """The newest reading of a page with that payload digest, or None. `stated` is the publication
    date that the caller states; without one, any reading of the page will do."""
    where, values = "d.payload = (SELECT number FROM payload WHERE digest = ?)", [digest]
    if stated:
        where += " AND d.stated = ?"
        values.append(stated)
    found = database.value(
        f"SELECT d.reading FROM document d WHERE {where} AND d.reading IS NOT NULL "
        "ORDER BY d.reading DESC LIMIT 1",
        values,
    )
    return None if found is None else int(found)


def digest_of(
    reading: Reading,
    bodies: Sequence[str] | None = None,
    entities: Sequence[str] | None = None,
    own: str | None = None,
) -> str:
    """The digest of a reading: of its document, entities, annotations and issues as JSON. The
    capture counts by its payload alone, since the same bytes captured twice read the same.
    `bodies` are the annotations as JSON, `entities` the entities, and `own` the document's `meta`,
    where they are at hand."""
    document = reading.document
    pieces = (
        SCHEMA,
        reading.capture.payload_digest,
        document.text_digest,
        custody.canonical(meta(document)) if own is None else own,
        *map(as_json, document.parts),
        *(entities if entities is not None else map(entity_json, reading.entities)),
        *(bodies if bodies is not None else map(as_json, reading.annotations)),
        as_json(reading.issues),
        "",
    )
    return (
        "sha256:" + hashlib.sha256("\n".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()
    )


ELSEWHERE = "elsewhere"
"""How bytes are packed that this record never held: a shard came without them, the archive that it
was read from has them."""


def number_of(database: Database, digest: str) -> int | None:
    """The number of bytes that the record knows: that of the first capture of them."""
    found = database.value("SELECT number FROM payload WHERE digest = ?", (digest,))
    return None if found is None else int(found)


def identity(capture: Capture, payload: int) -> str:
    """What makes a capture one: its bytes, their address and the time of capture. The same file
    under another name is no other capture."""
    return f"{payload}|{capture.target_uri or ''}|{capture.captured_at or ''}"


def capture_seq(database: Database, capture: Capture, payload: int | None) -> int | None:
    """The row of this very capture, whose bytes have that number; None if there is none."""
    if payload is None:
        return None
    sql = "SELECT seq FROM capture WHERE identity = ?"
    found = database.value(sql, (identity(capture, payload),))
    return None if found is None else int(found)


def has_capture(database: Database, capture: Capture) -> bool:
    """True if this very capture is in the record."""
    payload = number_of(database, capture.payload_digest)
    return capture_seq(database, capture, payload) is not None


def meta(document: Document) -> dict[str, Any]:
    """What is kept of a document beside its text and parts."""
    return {name: codec.encode(getattr(document, name)) for name in _META}


def address(reading: Reading) -> str | None:
    """Where a page was found: where it was captured, else where it says that it stands."""
    return reading.capture.target_uri or reading.document.canonical_uri


def held_on(capture: Capture, at: str) -> str:
    """The day since which a page is held: that of its capture, else of its coming here."""
    return (capture.captured_at or at)[:10]


def load(database: Database, reading_seq: int) -> Reading:
    """A reading as it was stored; the capture without its bytes. Raises RecordError."""
    row = database.one(
        "SELECT r.issues, r.entities, r.capture, d.seq AS document, d.text, d.meta FROM reading r"
        " JOIN document d ON d.seq = r.document WHERE r.seq = ?",
        (reading_seq,),
    )
    if row is None:
        raise RecordError(f"{database.path}: there is no reading {reading_seq}")
    issues = json.loads(row["issues"])
    document = _document(database, row, issues)
    entities = [codec.decode(Entity, e.body) for e in named(database, row["entities"])]
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


class Named(NamedTuple):
    """An entity of a reading: its row and the id that stands there, and what the reading says of
    it, as JSON values."""

    entity: int
    known: str
    body: dict[str, Any]


def named(database: Database, entities: str) -> list[Named]:
    """What `reading.entities` holds, in its order."""
    items = [(i, None) if isinstance(i, int) else i for i in json.loads(entities)]
    seqs, rows = sorted({seq for seq, _ in items}), {}
    for at in range(0, len(seqs), 400):
        some = seqs[at : at + 400]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT seq, id, body FROM entity WHERE seq IN ({marks})"
        rows.update({row["seq"]: row for row in database.rows(sql, some)})
    return [
        Named(seq, rows[seq]["id"], json.loads(rows[seq]["body"]) if body is None else body)
        for seq, body in items
    ]


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


def as_json(value: Any) -> str:
    """A model object as it is kept and counted in digests."""
    return codec.text(value)


def entity_json(entity: Entity) -> str:
    """An entity as JSON; pages name the same ones again and again."""
    # 36 and 36.0 are equal but not written alike, and digests are of what is written.
    kinds = type(entity.latitude), type(entity.longitude), type(entity.geonameid)
    key = _fields(entity), kinds
    found = _entities.get(key)
    if found is None:
        if len(_entities) >= 65536:
            _entities.clear()
        found = _entities[key] = as_json(entity)
    return found


_fields = operator.attrgetter(*[f.name for f in dataclasses.fields(Entity)])
_entities: dict[tuple[Any, ...], str] = {}
