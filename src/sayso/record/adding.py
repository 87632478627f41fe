"""Readings into the record: rows are added; what was stored is never altered.

An `Adder` remembers the entities that it met, so that a town that a thousand pages name is looked
up once. It is good as long as nobody else writes; `Record` asks the log whether that is so.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from typing import Any, NamedTuple

from sayso.model.capture import Capture, sha256
from sayso.model.document import Document
from sayso.model.entity import Entity
from sayso.model.reading import Reading
from sayso.record import custody, days, names, store
from sayso.record.database import Database, Value
from sayso.record.store import ELSEWHERE, Stored

REMEMBERED = 50_000
"""Entities kept in memory."""


class Captured(NamedTuple):
    """A capture in the record: its row, the number of its bytes (`store.number_of`), and whether
    the record never had these bytes before."""

    seq: int
    payload: int
    fresh: bool


class Adder:
    """Adds readings in one transaction after another; see the module's docstring.

    Rows are numbered here and wait in memory until `write`, many of a table at once. What is asked
    of the record meanwhile is asked of those that wait too, or they are written first."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._log = custody.Log(database)
        self._rebuilt = database.rebuilt
        self._entities: dict[str, str] = {}
        self._next = {table: database.next(table) for table in _NUMBERED}
        self._rows: dict[str, list[tuple[Value, ...]]] = {table: [] for table in _INSERTS}
        self._words: list[tuple[int, str]] = []
        self._waiting: set[str] = set()
        """Payload digests and ids of documents of which rows are not written yet."""
        self._last_of: dict[str, str] = {}
        """The newest payload of each address among those rows."""

    def fits(self) -> bool:
        """True if nothing was done to the record since `flush`."""
        same = self._rebuilt == self._database.rebuilt
        return same and custody.head(self._database) == (self._log.seq, self._log.hash)

    def write(self) -> None:
        """Writes the rows that wait, each table after those that it points at."""
        for table, rows in self._rows.items():
            if rows:
                self._database.many(_INSERTS[table], rows)
                rows.clear()
        if self._words:
            self._database.engine.index_words(self._words)
            self._words = []
        self._waiting.clear()
        self._last_of.clear()

    def flush(self) -> None:
        """Writes what waits and the rows of the log: the last thing before the transaction ends."""
        self.write()
        self._log.flush()

    def add(self, reading: Reading, *, at: str, reader: str, who: str) -> Stored:
        """Stores a reading with its capture and document. Call inside a transaction.

        The same capture, document and reading again add nothing. The reading that comes back
        carries the id under which the document stands in the record.
        """
        database = self._database
        capture = self.capture(reading.capture, at=at, who=who)
        meta = store.meta(reading.document)
        found = None if capture.fresh else self._known(reading, capture.payload, meta)
        document_id, key = (found[1], found[2]) if found else self._named(reading.document)
        if (document_id, key) != (reading.document.id, reading.document.key):
            renamed = dataclasses.replace(reading.document, id=document_id, key=key)
            reading = dataclasses.replace(reading, document=renamed)
        own = custody.canonical({**meta, "id": document_id, "key": key})
        bodies = [store.as_json(a) for a in reading.annotations]
        entities = [store.entity_json(e) for e in reading.entities]
        digest = store.digest_of(reading, bodies, entities, own)
        if found:
            known = database.value(
                "SELECT seq FROM reading WHERE document = ? AND digest = ?", (found[0], digest)
            )
            seq = self._number("reading") if known is None else int(known)
            database.execute("UPDATE document SET reading = ? WHERE seq = ?", (seq, found[0]))
            if known is not None:
                return Stored(reading, False, found[0], seq)
            document_seq = found[0]
        else:
            seq = self._number("reading")
            document_seq = self._document(
                reading, own, at=at, reading_seq=seq, payload=capture.payload
            )
        named = [self._entity(e, body) for e, body in zip(reading.entities, entities, strict=True)]
        self._rows["reading"].append(
            (seq, document_seq, capture.seq, at, reader, store.as_json(reading.issues), digest,
             f"[{','.join(named)}]")
        )  # fmt: skip
        self._rows["annotation"] += [
            (seq, n, a.id, a.kind, a.start, a.end, a.part, a.confidence, body)
            for n, (a, body) in enumerate(zip(reading.annotations, bodies, strict=True))
        ]
        self._log.append(
            at=at, who=who, act="read", subject=document_id, digest=digest,
            detail={"reader": reader, "reading": seq},
        )  # fmt: skip
        page = None if found else (store.held_on(reading.capture, at), store.address(reading))
        return Stored(reading, True, document_seq, seq, alone=capture.fresh, page=page)

    def capture(self, capture: Capture, *, at: str, who: str) -> Captured:
        """Stores the bytes and what is known of them; the same capture again adds nothing."""
        database, digest = self._database, capture.payload_digest
        if digest in self._waiting:
            self.write()
        payload = store.number_of(database, digest)
        known = store.capture_seq(database, capture, payload)
        if known is not None and payload is not None:
            return Captured(known, payload, False)
        seq, fresh = self._number("capture"), payload is None
        if payload is None:
            payload = seq
            self._rows["payload"].append((*_payload(capture), payload))
        self._waiting.add(digest)
        supersedes, uri = capture.supersedes, capture.target_uri
        if supersedes is None and uri:
            supersedes = self._last_of.get(uri) or database.value(
                "SELECT digest FROM capture WHERE target_uri = ? ORDER BY seq DESC LIMIT 1", (uri,)
            )
        if uri:
            self._last_of[uri] = digest
        self._rows["capture"].append(
            (
                seq,
                digest,
                capture.record_id,
                uri,
                capture.key,
                capture.captured_at,
                at,
                capture.media_type,
                capture.charset,
                capture.status,
                custody.canonical([list(h) for h in capture.headers]) if capture.headers else "[]",
                supersedes,
                store.identity(capture, payload),
                payload,
            )
        )
        self._log.append(
            at=at, who=who, act="capture", subject=f"capture:{seq}", digest=digest,
            detail={"uri": uri, "captured_at": capture.captured_at},
        )  # fmt: skip
        return Captured(seq, payload, fresh)

    def _number(self, table: str) -> int:
        seq = self._next[table]
        self._next[table] = seq + 1
        return seq

    def _known(
        self, reading: Reading, payload: int, meta: dict[str, Any]
    ) -> tuple[int, str, str | None] | None:
        """(row, id, key) of the document as the record has it; None if it has no such text of
        these bytes."""
        bare, text_digest = _without_id(meta), reading.document.text_digest
        for row in self._database.rows(
            "SELECT seq, id, key, text_digest, meta FROM document WHERE payload = ? AND stated = ?",
            (payload, reading.capture.operator_published or ""),
        ):
            same = row["text_digest"] == text_digest
            if same and _without_id(json.loads(row["meta"])) == bare:
                return int(row["seq"]), str(row["id"]), row["key"]
        return None

    def _named(self, document: Document) -> tuple[str, str | None]:
        """(id, key) of a document that the record does not have yet."""
        name, n = document.id, 1
        while name in self._waiting or self._has_document(name):
            n += 1
            name = f"{document.id}-{n}"
        self._waiting.add(name)
        return name, document.key

    def _has_document(self, name: str) -> bool:
        sql = "SELECT 1 FROM document WHERE id = ?"
        return self._database.value(sql, (name,)) is not None

    def _document(
        self, reading: Reading, meta: str, *, at: str, reading_seq: int, payload: int
    ) -> int:
        """The row of a new document, under the id that it has, with its newest reading."""
        document, capture = reading.document, reading.capture
        said_from, said_to = days.said(document.published)
        seq = self._number("document")
        self._rows["document"].append(
            (
                seq,
                document.id,
                capture.payload_digest,
                capture.operator_published or "",
                document.key,
                store.address(reading),
                document.headline,
                document.publisher,
                document.published,
                said_from,
                said_to,
                store.held_on(capture, at),
                document.language,
                document.text,
                document.text_digest,
                meta,
                reading_seq,
                payload,
            )
        )
        for n, p in enumerate(document.parts):
            part = self._number("part")
            self._rows["part"].append(
                (part, seq, n, p.id, p.kind, p.start, p.end, p.key, p.author, p.published,
                 p.reply_to, p.depth, p.ordinal, p.decided_by)
            )  # fmt: skip
            self._words.append((part, document.text[p.start : p.end]))
        return seq

    def _entity(self, entity: Entity, body: str) -> str:
        """The entity as `reading.entities` has it: the number of its row, with its JSON where that
        is not the row's own."""
        found = self._entities.get(body)
        if found is None:
            found = self._stored(entity, body)
            if len(self._entities) >= REMEMBERED:
                self._entities.clear()
            self._entities[body] = found
        return found

    def _stored(self, entity: Entity, body: str) -> str:
        database, record_id = self._database, names.record_id(entity)
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
        spellings = {names.fold(name) for name in (entity.name, *entity.aliases)} - {""}
        database.many(
            "INSERT INTO entity_name VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(name, row["seq"]) for name in sorted(spellings)],
        )
        return str(row["seq"]) if row["body"] == body else f"[{row['seq']},{body}]"


_INSERTS = {
    table: f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(columns.split(',')))})"
    for table, columns in (
        ("payload", "digest, bytes, packed, size, number"),
        ("capture", "seq, digest, record_id, target_uri, key, captured_at, recorded_at,"
         " media_type, charset, status, headers, supersedes, identity, payload"),
        ("document", "seq, id, digest, stated, key, uri, headline, publisher, published,"
         " said_from, said_to, held_on, language, text, text_digest, meta, reading, payload"),
        ("part", "seq, document, n, id, kind, start, stop, key, author, published, reply_to,"
         " depth, ordinal, decided_by"),
        ("reading", "seq, document, capture, read_at, reader, issues, digest, entities"),
        ("annotation", "reading, n, id, kind, start, stop, part, confidence, body"),
    )
}  # fmt: skip
_NUMBERED = ("capture", "document", "part", "reading")


def _payload(capture: Capture) -> tuple[Value, ...]:
    """The row of a capture's bytes."""
    if not capture.payload and capture.payload_digest != sha256(b""):
        return capture.payload_digest, None, ELSEWHERE, 0
    data = capture.payload
    return capture.payload_digest, packed(data), "zlib", len(data)


def packed(data: bytes) -> bytes:
    """Bytes as zlib packs them. A window no larger than the data loses nothing, and setting a
    large one up takes longer than packing a short page."""
    bits = min(15, max(9, len(data).bit_length()))
    packer = zlib.compressobj(6, zlib.DEFLATED, bits, max(1, min(8, bits - 7)))
    return packer.compress(data) + packer.flush()


def _without_id(meta: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in meta.items() if k not in ("id", "key")}
