"""Destroying words on a named person's reason, so that the record says that it was done.

What goes: the words in the captured text (each character becomes `█`, so that every other span
stays where it is), the annotations that touch them and all that was worked out from those, the
full-text index, and the bytes of the captures, since bytes cannot be cut without being read
again. What stays: the rows, their digests and a tombstone in the log. `verify` then answers
"redacted on D", not "broken". Exports made earlier are outside the record: the log lists them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.record import custody, index, store
from sayso.record.database import Database, Row
from sayso.record.events import Joiner

BLOT = "█"
_NAMES = ("headline", "byline", "publisher", "author")


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was destroyed: characters of text, annotations, captures; and the log's new hash."""

    subject: str
    characters: int
    annotations: int
    captures: int
    hash: str


def redact(database: Database, subject: str, *, reason: str, at: str, who: str) -> Redacted:
    """Destroys a whole page (`DOCUMENT`), one part (`DOCUMENT.p4`), one annotation's words
    (`DOCUMENT.e3`) or a span (`DOCUMENT:10-25`). Raises UsageError."""
    if not reason.strip():
        raise UsageError("redact: a reason is needed; it stays in the log")
    with database.transaction():
        document, start, stop, author = _target(database, subject)
        twins = database.rows("SELECT * FROM document WHERE payload = ?", (document["payload"],))
        whole = (start, stop) == (0, len(document["text"]))
        characters = annotations = 0
        joiner = Joiner(database)
        for twin in twins:
            if twin["seq"] == document["seq"] or twin["text_digest"] == document["text_digest"]:
                spans = [(start, stop)]
            else:
                spans = [(0, len(twin["text"]))]
            characters += sum(b - a for a, b in spans)
            annotations += _blot(database, twin, spans, author, whole, at)
            joiner.forget(_forget(database, twin, spans))
        joiner.sum_up()
        captures = database.execute(
            "UPDATE payload SET bytes = NULL WHERE digest = ?", (document["digest"],)
        )
        if whole:
            database.execute(
                "UPDATE capture SET headers = '[]' WHERE payload = ?", (document["payload"],)
            )
        own = custody.append(
            database, at=at, who=who, act="redact", subject=subject,
            detail={
                "reason": reason, "payload": document["digest"], "start": start, "stop": stop,
                "document": document["id"],
            },
        )  # fmt: skip
    database.compact()
    return Redacted(subject, characters, annotations, captures, own)


def _target(database: Database, subject: str) -> tuple[Row, int, int, str | None]:
    """(document, start, stop, author whose name goes too)."""
    name, _, rest = subject.partition(":")
    name, _, inner = name.partition(".")
    row = database.one("SELECT * FROM document WHERE id = ?", (name,))
    if row is None:
        raise UsageError(f"{subject}: there is no such page in {database.path}")
    if rest:
        first, _, last = rest.partition("-")
        if not (first.isdigit() and last.isdigit() and int(first) < int(last) <= len(row["text"])):
            raise UsageError(f"{subject}: the span must lie inside the text")
        return row, int(first), int(last), None
    if not inner:
        return row, 0, len(row["text"]), None
    part = database.one("SELECT * FROM part WHERE document = ? AND id = ?", (row["seq"], inner))
    if part is not None:
        return row, part["start"], part["stop"], part["author"]
    found = database.one(
        "SELECT start, stop FROM annotation WHERE reading = ? AND id = ?", (row["reading"], inner)
    )
    if found is None:
        raise UsageError(f"{subject}: there is no such part or annotation")
    return row, found["start"], found["stop"], None


def _blot(
    database: Database,
    document: Row,
    spans: list[tuple[int, int]],
    author: str | None,
    whole: bool,
    at: str,
) -> int:
    text: str = document["text"]
    parts = database.rows("SELECT * FROM part WHERE document = ?", (document["seq"],))
    engine = database.engine
    engine.forget_words((p["seq"], text[p["start"] : p["stop"]]) for p in parts)
    gone = [text[a:b] for a, b in spans]
    for start, stop in spans:
        text = text[:start] + BLOT * (stop - start) + text[stop:]
    engine.index_words((p["seq"], text[p["start"] : p["stop"]].replace(BLOT, " ")) for p in parts)
    engine.settle_words()
    meta: dict[str, Any] = json.loads(document["meta"])
    columns = {"headline": document["headline"], "publisher": document["publisher"]}
    for name in _NAMES:
        value = meta.get(name)
        if value and (whole or any(value in words or words in value for words in gone if words)):
            meta[name] = None
            columns.pop(name, None)
    if whole:
        meta["published_evidence"], meta["media"] = [], []
    meta["media"] = [m for m in meta.get("media", []) if not _touched(m, spans)]
    database.execute(
        "UPDATE document SET text = ?, meta = ?, headline = ?, publisher = ?, redacted = ?"
        " WHERE seq = ?",
        (text, custody.canonical(meta), columns.get("headline"), columns.get("publisher"), at,
         document["seq"]),
    )  # fmt: skip
    for start, stop in spans:
        database.execute(
            "UPDATE part SET author = NULL WHERE document = ? AND start >= ? AND stop <= ?"
            " AND stop > start",
            (document["seq"], start, stop),
        )
    if author:
        database.execute(
            "UPDATE part SET author = NULL WHERE document = ? AND author = ?",
            (document["seq"], author),
        )
    return _drop_annotations(database, document["seq"], spans, author)


def _drop_annotations(
    database: Database, document: int, spans: list[tuple[int, int]], author: str | None
) -> int:
    """Takes out every annotation, of every reading, that holds a span of the words destroyed."""
    dropped = 0
    for row in database.rows(
        "SELECT a.reading, a.n, a.body FROM annotation a JOIN reading r ON r.seq = a.reading"
        " WHERE r.document = ?",
        (document,),
    ):
        body = json.loads(row["body"])
        if any(_touched(item, spans) or (author and item.get("who") == author)
               for item in _objects(body)):  # fmt: skip
            database.execute(
                "DELETE FROM annotation WHERE reading = ? AND n = ?", (row["reading"], row["n"])
            )
            dropped += 1
    readings = database.rows("SELECT seq FROM reading WHERE document = ?", (document,))
    for reading in readings:
        _drop_entities(database, reading["seq"])
        database.execute("UPDATE reading SET issues = '[]' WHERE seq = ?", (reading["seq"],))
    return dropped


def _drop_entities(database: Database, reading: int) -> None:
    """Names that a reading made up and that nothing left in it points at."""
    used = set()
    for row in database.rows("SELECT body FROM annotation WHERE reading = ?", (reading,)):
        used |= {item["entity"] for item in _objects(json.loads(row["body"])) if item.get("entity")}
    listed = str(database.value("SELECT entities FROM reading WHERE seq = ?", (reading,)))
    left: list[Any] = []
    gone: set[int] = set()
    for item, one in zip(json.loads(listed), store.named(database, listed), strict=True):
        if one.body["id"] in used:
            left.append(item)
        elif one.known.startswith("name:"):
            gone.add(one.entity)
    database.execute(
        "UPDATE reading SET entities = ? WHERE seq = ?", (store.as_json(left), reading)
    )
    if gone:
        for row in database.stream("SELECT entities FROM reading"):
            gone -= {i if isinstance(i, int) else i[0] for i in json.loads(row["entities"])}
    for entity in sorted(gone):
        database.execute("DELETE FROM entity_name WHERE entity = ?", (entity,))
        database.execute("DELETE FROM entity WHERE seq = ?", (entity,))


def _forget(database: Database, document: Row, spans: list[tuple[int, int]]) -> list[int]:
    """Takes out what was worked out from annotations that are gone; gives the events touched."""
    left = {
        r[0]
        for r in database.rows(
            "SELECT a.id FROM annotation a JOIN document d ON d.reading = a.reading"
            " WHERE d.seq = ?",
            (document["seq"],),
        )
    }
    touched: list[int] = []
    for table in index.DERIVED:
        # `words` of a row is the whole sentence: it may hold what is gone though its own
        # annotation does not, and is cut back to the annotation's own words.
        for row in database.rows(f"SELECT * FROM {table} WHERE document = ?", (document["seq"],)):
            if row["annotation"] in left and not _sentence_touched(database, row, document, spans):
                continue
            if table == "telling" and row["event"] is not None:
                touched.append(int(row["event"]))
            database.execute(f"DELETE FROM {table} WHERE seq = ?", (row["seq"],))
    return touched


def _sentence_touched(
    database: Database, row: Row, document: Row, spans: list[tuple[int, int]]
) -> bool:
    text: str = document["text"]
    at = text.find(row["words"])
    while at >= 0:
        if any(at < b and a < at + len(row["words"]) for a, b in spans):
            return True
        at = text.find(row["words"], at + 1)
    return False


def _objects(value: Any) -> list[dict[str, Any]]:
    """Every object inside a JSON value, itself included."""
    out: list[dict[str, Any]] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            out.append(item)
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return out


def _touched(item: dict[str, Any], spans: list[tuple[int, int]]) -> bool:
    start, end = item.get("start"), item.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return False
    return any(start < b and a < end for a, b in spans)
