"""WARC files (ISO 28500): reading the pages of one, and keeping captures in one.

Read with FastWARC, written with warcio. Records are read whole and within bounds; a file that
was cut in the middle gives everything before the cut, and then an ArchiveError that says so.
"""

from __future__ import annotations

import hashlib
import io
import os
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.capture import http_message
from sayso.errors import ArchiveError
from sayso.model.capture import GONE, Capture

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})

MAX_RECORD = 96_000_000
"""Bytes of one record; a longer one is passed over and named."""

MAX_RATIO = 250
"""How far an archive may expand. Pages compress 4 to 20 times; a bomb about 1,000 times."""

_SLACK = 64_000_000
_OWN = "urn:sayso:"
_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "warc.sayso")
_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived(Capture):
    """A capture that came out of an archive, and so is kept there."""


def captures(
    stream: BinaryIO, source: str, size: int | None = None
) -> Iterator[Capture | ArchiveError]:
    """The pages of a WARC, plain or compressed, in file order; then what was wrong with it.

    The answers 404, 410 and 451 come too, as evidence that there was no page. Redirects, errors of
    servers, and what is no page (pictures, scripts) are passed over. `size` is the length of the
    file in bytes, against which its expansion is measured.
    """
    records = read = last = 0
    limit = None if size is None else size * MAX_RATIO + _SLACK
    try:
        for record in ArchiveIterator(stream, record_types=_TYPES, parse_http=False):
            records += 1
            last = int(record.stream_pos)
            length = int(record.content_length)
            if length > MAX_RECORD:
                yield ArchiveError(
                    source, f"record {record.record_id} is too long ({length} bytes)"
                )
                continue
            block = record.reader.read(length)
            read += len(block)
            if len(block) < length:
                yield ArchiveError(
                    source,
                    f"the file is cut in record {record.record_id}; the pages before it were read",
                )
                return
            found = _capture(record, block)
            if found is not None:
                yield found
            if limit is not None and read > limit:
                yield ArchiveError(source, "the file expands too far to be an archive of pages")
                return
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        reason = str(error).split("\n", 1)[0]
        yield ArchiveError(source, f"the file is damaged after record {records} ({reason})")
        return
    if not records and not _has_records(stream):
        yield ArchiveError(source, "the file holds no WARC record")
    elif isinstance(stream, io.BufferedReader) and _is_cut(stream, last):
        yield ArchiveError(source, "the file is cut at its end; the pages before it were read")


def _is_cut(stream: BinaryIO, last: int) -> bool:
    """True if what follows the record at `last` ends in the middle of a record.

    FastWARC stops without a word where a record's head is cut.
    """
    stream.seek(last)
    if stream.read(2) != b"\x1f\x8b":
        stream.seek(0, io.SEEK_END)
        stream.seek(max(0, stream.tell() - 4))
        return stream.read(4) != b"\r\n\r\n"
    stream.seek(last)
    machine = zlib.decompressobj(31)
    while piece := stream.read(1 << 16):
        while piece.strip(b"\0"):
            if machine.eof:
                machine = zlib.decompressobj(31)
            try:
                machine.decompress(piece, 1 << 20)
            except zlib.error:
                return True
            piece = machine.unused_data if machine.eof else machine.unconsumed_tail
    return not machine.eof


def _has_records(stream: BinaryIO) -> bool:
    """True if there is any record at all, of whatever type."""
    try:
        stream.seek(0)
        return next(iter(ArchiveIterator(stream, parse_http=False)), None) is not None
    except (OSError, ValueError, RuntimeError, EOFError):
        return False


def _capture(record: Any, block: bytes) -> Capture | None:
    headers = dict(record.headers.items())
    address = headers.get("WARC-Target-URI")
    content_type = headers.get("Content-Type") or ""
    if record.record_type == WarcRecordType.response:
        message = http_message.parse(block)
        if message.status != 200 and message.status not in GONE:
            return None
        content_type = message.header("content-type") or ""
    else:
        message = http_message.Message(None, (), block)
    media_type, charset = media(content_type)
    # What `Archive` kept of a file or a line of JSON Lines has no address of its own.
    own = (address or "").startswith(_OWN)
    gone = message.status in GONE
    page = own or media_type in PAGE_TYPES
    if not gone and (not page or not message.body.strip()):
        return None
    return Archived(
        payload=message.body,
        key=address,
        record_id=str(record.record_id),
        target_uri=None if own else address,
        captured_at=headers.get("WARC-Date"),
        media_type=media_type,
        charset=charset,
        status=message.status,
        headers=message.headers,
    )


def media(content_type: str) -> tuple[str | None, str | None]:
    """The media type in lower case and the charset of a Content-Type, None where missing."""
    first, *parameters = content_type.split(";")
    charset = None
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().casefold() == "charset":
            charset = value.strip().strip("\"'") or None
    return first.strip().casefold() or None, charset


class Archive:
    """A WARC file to which captures are appended, each as one compressed record.

    A record is built in memory and written in one go, so that a kill leaves at most one cut record
    at the end: it is taken off before the next one is appended. `cut` says how many bytes were.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.cut = 0
        self._whole = False

    def keep(self, capture: Capture, at: str | None = None) -> str:
        """Appends a capture and gives the id of its record. `at` is the time of a capture that
        says none of its own. Raises OSError, and ArchiveError for a file that is no such archive.
        """
        buffer = io.BytesIO()
        writer = _Writer(buffer, gzip=True)
        record = _record(writer, capture, at)
        writer.write_record(record)
        self._repair()
        with self.path.open("ab") as out:
            out.write(buffer.getvalue())
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def forget(self, digest: str) -> int:
        """Takes the records of a payload out of the file; gives how many. A file that is empty then
        goes too. Raises OSError."""
        if not self.path.exists():
            return 0
        mark = f"WARC-Payload-Digest: {digest}".encode()
        found = [(a, b) for a, b, head in members(self.path) if mark in head]
        if found:
            fresh = self.path.with_name(self.path.name + ".part")
            with self.path.open("rb") as old, fresh.open("wb") as new:
                done = 0
                for a, b in [*found, (self.path.stat().st_size, 0)]:
                    old.seek(done)
                    new.write(old.read(a - done))
                    done = b
            empty = not fresh.stat().st_size
            fresh.replace(self.path)
            if empty:
                self.path.unlink()
        return len(found)

    def _repair(self) -> None:
        """Makes the file end with a whole record; done once, before the first is appended."""
        if self._whole:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        size = self.path.stat().st_size if self.path.exists() else 0
        end = max((b for _, b, _ in members(self.path)), default=0) if size else 0
        if size and not end and not self._is_compressed():
            raise ArchiveError(str(self.path), "is no compressed WARC file; nothing is appended")
        if end < size:
            self.cut = size - end
            os.truncate(self.path, end)
        self._whole = True

    def _is_compressed(self) -> bool:
        with self.path.open("rb") as file:
            return file.read(2) == b"\x1f\x8b"


class _Sha256:
    """A digest as warcio wants it, written as the record writes its own."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def update(self, piece: bytes) -> None:
        self._digest.update(piece)

    def __str__(self) -> str:
        return "sha256:" + self._digest.hexdigest()


class _Writer(WARCWriter):  # type: ignore[misc]
    """Writes records with SHA-256 digests; warcio's own are SHA-1."""

    @staticmethod
    def _create_digester() -> _Sha256:
        return _Sha256()


def members(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """The whole records of a compressed WARC: where each starts and ends in the file, and its first
    bytes. What comes after damage is not looked at."""
    start = at = 0
    machine, head = zlib.decompressobj(31), b""
    with path.open("rb") as file:
        while piece := file.read(1 << 18):
            while piece:
                try:
                    words = machine.decompress(piece, 1 << 20)
                except zlib.error:
                    return
                head = (head + words)[:_HEAD] if len(head) < _HEAD else head
                rest = machine.unused_data if machine.eof else machine.unconsumed_tail
                at += len(piece) - len(rest)
                piece = rest
                if machine.eof:
                    yield start, at, head
                    start, machine, head = at, zlib.decompressobj(31), b""


_HEAD = 4096


def _record(writer: Any, capture: Capture, at: str | None = None) -> Any:
    extra = {}
    when = capture.captured_at or at
    if when:
        extra["WARC-Date"] = when
    # The same page given twice has the same name, also where nothing named it.
    name = f"{capture.payload_digest} {capture.target_uri or ''} {when or ''}"
    extra["WARC-Record-ID"] = capture.record_id or f"<urn:uuid:{uuid.uuid5(_NAMES, name)}>"
    address = capture.target_uri or f"{_OWN}{capture.payload_digest}"
    if capture.status is None:
        kind = capture.media_type or "application/octet-stream"
        return writer.create_warc_record(
            address,
            "resource",
            payload=io.BytesIO(capture.payload),
            warc_content_type=kind,
            warc_headers_dict=extra,
        )
    # The payload is kept decoded, so headers about its coding keep their words under other names.
    coded = {"content-encoding", "transfer-encoding", "content-length"}
    rows = [(f"X-Archive-Orig-{n}" if n.casefold() in coded else n, v) for n, v in capture.headers]
    head = StatusAndHeaders(f"{capture.status} -", rows, protocol="HTTP/1.1")
    return writer.create_warc_record(
        address,
        "response",
        payload=io.BytesIO(capture.payload),
        http_headers=head,
        warc_headers_dict=extra,
    )
