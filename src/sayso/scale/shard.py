"""One archive -> one Parquet shard and one manifest line.

A pure function of the archive's bytes, the code and the knowledge: the shard's name is a hash of
the three, so a second run, another engine or a restart after a kill finds what is done by its name.
A shard is written beside its name and renamed in one step; its manifest line comes last. A row of a
shard is one document; its annotations are a list in the row, and the whole reading stands in
`reading` as the contract's JSON.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sayso import __version__
from sayso.capture.sources import items
from sayso.errors import SourceError, UsageError
from sayso.knowledge import tables
from sayso.language.syntax import Parser, default_parser
from sayso.model import codec
from sayso.model.capture import GONE, Capture
from sayso.model.pseudonyms import without_names
from sayso.model.reading import Reading
from sayso.scale.arrows import Item, chunks, read_items

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Which captures of an archive are read: at most `limit`, captured on or after `since` (an ISO
    date), of one `host` and its subdomains. None = no such limit. Raises UsageError.

    With `names` the shard keeps commenters' names and the bytes of each page. Without, they are
    "reader 1", "reader 2" … within their page, and the bytes stay in the archive.
    """

    limit: int | None = None
    since: str | None = None
    host: str | None = None
    names: bool = False

    def __post_init__(self) -> None:
        if self.since is not None:
            try:
                date.fromisoformat(self.since)
            except ValueError as error:
                raise UsageError(
                    f"--since {self.since}: no day; write it like 2019-01-06"
                ) from error

    def takes(self, capture: Capture) -> bool:
        """True if the capture is asked for; one without a time or address is not held to it."""
        if self.since and capture.captured_at and capture.captured_at < self.since:
            return False
        if self.host and capture.target_uri:
            found = urlsplit(capture.target_uri).hostname or ""
            return found == self.host or found.endswith("." + self.host)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the manifest: what went in, what came out, what went wrong."""

    shard: str
    source: str
    input_digest: str
    code: str
    knowledge: str
    parser: str
    documents: int
    annotations: int
    failed: int
    seconds: float
    issues: tuple[str, ...]
    cpu: float | None = None
    """Seconds of CPU time of the process that read it; `seconds` are by the clock."""


def digest_of(path: Path) -> str:
    """`sha256:` of a file's bytes. Raises SourceError."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                found.update(block)
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror})") from error
    return "sha256:" + found.hexdigest()


def name_of(input_digest: str, parser: str, choice: Choice) -> str:
    """The shard's name: 20 hexadecimal digits of what determines its rows."""
    seed = json.dumps(
        [input_digest, __version__, tables.version(), parser, choice.limit, choice.since,
         choice.host, choice.names]
    )  # fmt: skip
    return hashlib.sha256(seed.encode()).hexdigest()[:20]


def read_archive(source: str, folder: Path, choice: Choice, parser: Parser | None = None) -> Line:
    """Reads one archive (or any other source that is one file) into `folder`. Raises UsageError
    without pyarrow; an archive that is damaged gives the rows before the damage, and says so."""
    started, worked = time.monotonic(), time.process_time()
    parser = parser or default_parser()
    path = Path(source)
    input_digest = digest_of(path)
    name = name_of(input_digest, parser.name.split("-")[0], choice)
    issues: list[str] = []
    documents = annotations = failed = 0

    def readings() -> Iterator[Reading]:
        nonlocal documents, annotations, failed
        for chunk in chunks(choose(source, choice)):
            for outcome in read_items(chunk, parser):
                if isinstance(outcome, SourceError):
                    failed += 1
                    issues.append(str(outcome))
                    continue
                documents += 1
                annotations += len(outcome.annotations)
                yield outcome

    write(folder / f"{name}.parquet", readings(), names=choice.names)
    return Line(
        shard=f"{name}.parquet",
        source=path.name,
        input_digest=input_digest,
        code=__version__,
        knowledge=tables.version(),
        parser=parser.name,
        documents=documents,
        annotations=annotations,
        failed=failed,
        seconds=round(time.monotonic() - started, 3),
        issues=tuple(issues[:1000]),
        cpu=round(time.process_time() - worked, 3),
    )


def choose(source: str, choice: Choice) -> Iterator[Item]:
    """The captures of an archive that are asked for, and what could not be read of it. Answers that
    there is no page are left to the archive."""
    taken = 0
    for item in items(source):
        if isinstance(item, SourceError):
            yield item
        elif item.status in GONE:
            continue
        elif choice.limit is not None and taken >= choice.limit:
            return
        elif choice.takes(item):
            taken += 1
            yield item


_COLUMNS = ("id", "key", "uri", "captured_at", "payload_digest", "headline", "publisher",
            "published", "language", "comments", "text", "annotations", "reading", "capture",
            "payload")  # fmt: skip


def row_of(reading: Reading, *, names: bool) -> dict[str, Any]:
    """A reading as a row of a shard."""
    reading = reading if names else without_names(reading)
    document, capture = reading.document, reading.capture
    return {
        "id": document.id,
        "key": document.key,
        "uri": capture.target_uri or document.canonical_uri,
        "captured_at": capture.captured_at,
        "payload_digest": capture.payload_digest,
        "headline": document.headline,
        "publisher": document.publisher,
        "published": document.published,
        "language": document.language,
        "comments": len(document.comments()),
        "text": document.text,
        "annotations": [_annotation(codec.encode(a)) for a in reading.annotations],
        "reading": codec.line(codec.reading_json(reading)),
        "capture": codec.line(capture_row(capture)),
        "payload": capture.payload if names else None,
    }


def capture_row(capture: Capture) -> dict[str, Any]:
    """What is known of a capture beside its bytes."""
    return {
        f.name: codec.encode(getattr(capture, f.name))
        for f in dataclasses.fields(capture)
        if f.name != "payload"
    } | {"payload": ""}


def _annotation(row: dict[str, Any]) -> dict[str, Any]:
    plain = {k: row.get(k) for k in ("id", "kind", "start", "end", "exact", "part", "confidence")}
    for key in ("event_type", "mode", "act", "status", "polarity", "certainty"):
        plain[key] = row.get(key) if row["kind"] in ("event", "reply") else None
    plain["said_by"] = [s.get("who") or s["tier"] for s in row.get("said_by") or ()]
    return plain


def write(path: Path, readings: Iterable[Reading], *, names: bool) -> None:
    """Writes a shard and puts it in place in one step. Raises UsageError without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError("shards need pyarrow: pip install 'sayso[parquet]'") from error
    text = pa.string()
    annotation = pa.struct(
        [(k, text) for k in ("id", "kind")]
        + [("start", pa.int64()), ("end", pa.int64())]
        + [(k, text) for k in ("exact", "part")]
        + [("confidence", pa.float64())]
        + [(k, text) for k in ("event_type", "mode", "act", "status", "polarity", "certainty")]
        + [("said_by", pa.list_(text))]
    )
    kinds = {
        "comments": pa.int64(),
        "annotations": pa.list_(annotation),
        "payload": pa.binary(),
    }
    schema = pa.schema([(name, kinds.get(name, text)) for name in _COLUMNS])
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        with pq.ParquetWriter(beside, schema, compression="zstd") as writer:
            batch: list[dict[str, Any]] = []
            for reading in readings:
                batch.append(row_of(reading, names=names))
                if len(batch) >= 200:
                    writer.write_table(pa.Table.from_pylist(batch, schema=schema))
                    batch = []
            if batch:
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def rows(path: Path) -> Iterator[Reading]:
    """The readings of a shard, with the bytes of their captures. Raises SourceError for a file
    that is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(
                batch_size=100, columns=["reading", "capture", "payload"]
            ):
                for row in batch.to_pylist():
                    reading = codec.reading_from(json.loads(row["reading"]))
                    capture = codec.decode(Capture, json.loads(row["capture"]))
                    capture = dataclasses.replace(capture, payload=row["payload"] or b"")
                    yield dataclasses.replace(reading, capture=capture)
    except (pa.ArrowInvalid, KeyError, ValueError) as error:
        raise SourceError(str(path), f"is no shard of Sayso ({error})") from error
