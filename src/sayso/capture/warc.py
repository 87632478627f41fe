"""WARC files (ISO 28500): reading the pages of one, and keeping captures in one.

Read with FastWARC, written with warcio. Records are read whole and within bounds; a file that
was cut in the middle gives everything before the cut, and then an ArchiveError that says so.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.capture import http_message
from sayso.errors import ArchiveError
from sayso.model.capture import Capture

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})

MAX_RECORD = 96_000_000
"""Bytes of one record; a longer one is passed over and named."""

MAX_RATIO = 250
"""How far an archive may expand. Pages compress 4 to 20 times; a bomb about 1,000 times."""

_SLACK = 64_000_000
_OWN = "urn:sayso:"
_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion


def captures(
    stream: BinaryIO, source: str, size: int | None = None
) -> Iterator[Capture | ArchiveError]:
    """The pages of a WARC, plain or compressed, in file order; then what was wrong with it.

    Redirects, errors of servers, and what is no page (pictures, scripts) are passed over. `size`
    is the length of the file in bytes, against which its expansion is measured.
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
        if message.status is None or message.status != 200:
            return None
        content_type = message.header("content-type") or ""
    else:
        message = http_message.Message(None, (), block)
    media_type, charset = media(content_type)
    # What `Archive` kept of a file or a line of JSON Lines has no address of its own.
    own = (address or "").startswith(_OWN)
    if (media_type not in PAGE_TYPES and not own) or not message.body.strip():
        return None
    return Capture(
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

    A record is built in memory and written in one go, so that a kill leaves at most one cut
    record at the end, which readers report and pass over.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def keep(self, capture: Capture) -> str:
        """Appends a capture and gives the id of its record."""
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True)
        record = _record(writer, capture)
        writer.write_record(record)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as out:
            out.write(buffer.getvalue())
        return str(record.rec_headers.get_header("WARC-Record-ID"))


def _record(writer: Any, capture: Capture) -> Any:
    extra = {"WARC-Payload-Digest": capture.payload_digest}
    if capture.captured_at:
        extra["WARC-Date"] = capture.captured_at
    if capture.record_id:
        extra["WARC-Record-ID"] = capture.record_id
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
