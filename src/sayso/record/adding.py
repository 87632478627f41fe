"""Readings into the record: rows are added; what was stored is never altered.

An `Adder` remembers the entities that it met, so that a town that a thousand pages name is looked
up once. It is good as long as nobody else writes; `Record` asks the log whether that is so.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from typing import Any

from sayso.model.capture import Capture, sha256
from sayso.model.entity import Entity
from sayso.model.reading import Reading
from sayso.record import custody, days, names, store
from sayso.record.database import Database, Value
from sayso.record.store import ELSEWHERE, Stored, identity

REMEMBERED = 50_000
"""Entities kept in memory."""


class Adder:
    """Adds readings in one transaction after another; see the module's docstring."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._log = custody.Log(database)
        self._rebuilt = database.rebuilt
        self._entities: dict[str, tuple[int, str | None]] = {}

    def fits(self) -> bool:
        """True if nothing was done to the record since `flush`."""
        same = self._rebuilt == self._database.rebuilt
        return same and custody.head(self._database) == (self._log.seq, self._log.hash)

    def flush(self) -> None:
        """Writes the rows of the log: the last thing before the transaction ends."""
        self._log.flush()

    def add(self, reading: Reading, *, at: str, reader: str, who: str) -> Stored:
        """Stores a reading with its capture and document. Call inside a transaction.

        The same capture, document and reading again add nothing. The reading that comes back
        carries the id under which the document stands in the record.
        """
        database = self._database
        capture_seq, fresh = self.capture(reading.capture, at=at, who=who)
        meta = store.meta(reading.document)
        document_seq, document_id, key = self._document(reading, meta, at=at, fresh=fresh)
        if (document_id, key) != (reading.document.id, reading.document.key):
            renamed = dataclasses.replace(reading.document, id=document_id, key=key)
            reading = dataclasses.replace(reading, document=renamed)
        bodies = [store.as_json(a) for a in reading.annotations]
        digest = store.digest_of(reading, bodies, {**meta, "id": document_id, "key": key})
        known = None
        if not fresh:
            known = database.value(
                "SELECT seq FROM reading WHERE document = ? AND digest = ?", (document_seq, digest)
            )
        if known is not None:
            database.execute("UPDATE document SET reading = ? WHERE seq = ?", (known, document_seq))
            return Stored(reading, False, document_seq, int(known))
        seq = database.insert(
            "INSERT INTO reading (document, capture, read_at, reader, issues, digest)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (document_seq, capture_seq, at, reader, store.as_json(reading.issues), digest),
        )
        self._add_entities(seq, reading)
        database.many(
            "INSERT INTO annotation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (seq, n, a.id, a.kind, a.start, a.end, a.part, a.confidence, body)
                for n, (a, body) in enumerate(zip(reading.annotations, bodies, strict=True))
            ],
        )
        database.execute("UPDATE document SET reading = ? WHERE seq = ?", (seq, document_seq))
        self._log.append(
            at=at, who=who, act="read", subject=document_id, digest=digest,
            detail={"reader": reader, "reading": seq},
        )  # fmt: skip
        return Stored(reading, True, document_seq, seq, alone=fresh)

    def capture(self, capture: Capture, *, at: str, who: str) -> tuple[int, bool]:
        """Stores the bytes and what is known of them; the same capture again adds nothing. Gives
        the row and whether the record never had these bytes before."""
        database = self._database
        own, digest = identity(capture), capture.payload_digest
        fresh = database.value("SELECT 1 FROM payload WHERE digest = ?", (digest,)) is None
        if not fresh:
            known = database.value("SELECT seq FROM capture WHERE identity = ?", (own,))
            if known is not None:
                return int(known), False
        else:
            elsewhere = not capture.payload and digest != sha256(b"")
            database.execute(
                "INSERT INTO payload VALUES (?, ?, ?, ?)",
                (
                    digest,
                    None if elsewhere else packed(capture.payload),
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
                digest,
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
        self._log.append(
            at=at, who=who, act="capture", subject=f"capture:{seq}", digest=digest,
            detail={"uri": capture.target_uri, "captured_at": capture.captured_at},
        )  # fmt: skip
        return seq, fresh

    def _document(
        self, reading: Reading, meta: dict[str, Any], *, at: str, fresh: bool
    ) -> tuple[int, str, str | None]:
        """(row, id, key) under which the document stands in the record."""
        database, document, capture = self._database, reading.document, reading.capture
        stated = capture.operator_published or ""
        text_digest = document.text_digest
        if not fresh:
            bare = _without_id(meta)
            for row in database.rows(
                "SELECT seq, id, key, text_digest, meta FROM document"
                " WHERE digest = ? AND stated = ?",
                (capture.payload_digest, stated),
            ):
                same = row["text_digest"] == text_digest
                if same and _without_id(json.loads(row["meta"])) == bare:
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
                text_digest,
                custody.canonical({**meta, "id": document_id}),
            ),
        )
        database.many(
            "INSERT INTO part (document, n, id, kind, start, stop, key, author, published,"
            " reply_to, depth, ordinal, decided_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (seq, n, p.id, p.kind, p.start, p.end, p.key, p.author, p.published, p.reply_to,
                 p.depth, p.ordinal, p.decided_by)
                for n, p in enumerate(document.parts)
            ],
        )  # fmt: skip
        database.engine.index_words(
            (row["seq"], document.text[row["start"] : row["stop"]])
            for row in database.rows("SELECT seq, start, stop FROM part WHERE document = ?", (seq,))
        )
        return seq, document_id, document.key

    def _add_entities(self, reading_seq: int, reading: Reading) -> None:
        rows: list[tuple[Value, ...]] = []
        for n, entity in enumerate(reading.entities):
            body = store.entity_json(entity)
            found = self._entities.get(body)
            if found is None:
                found = self._entity(entity, body)
                if len(self._entities) >= REMEMBERED:
                    self._entities.clear()
                self._entities[body] = found
            rows.append((reading_seq, n, *found))
        self._database.many("INSERT INTO reading_entity VALUES (?, ?, ?, ?)", rows)

    def _entity(self, entity: Entity, body: str) -> tuple[int, str | None]:
        """(row of the entity, its JSON where it is not the row's own)."""
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
        return int(row["seq"]), None if row["body"] == body else body


def packed(data: bytes) -> bytes:
    """Bytes as zlib packs them. A window no larger than the data loses nothing, and setting a
    large one up takes longer than packing a short page."""
    bits = min(15, max(9, len(data).bit_length()))
    packer = zlib.compressobj(6, zlib.DEFLATED, bits, max(1, min(8, bits - 7)))
    return packer.compress(data) + packer.flush()


def _without_id(meta: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in meta.items() if k not in ("id", "key")}
