"""An HTTP response as an archive keeps it -> status, headers, and the decoded body, bounded."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

MAX_BODY = 64_000_000
"""Bytes of one page after decoding; more is cut off and said so."""

Headers = tuple[tuple[str, str], ...]

_STATUS = re.compile(rb"^HTTP/\d(?:\.\d)? +(\d{3})")
_CHUNK = re.compile(rb"^\s*([0-9a-fA-F]{1,8})")


@dataclass(frozen=True, slots=True)
class Message:
    """A response: `cut` if its body is longer than MAX_BODY or ends before it should."""

    status: int | None
    headers: Headers
    body: bytes
    cut: bool = False

    def header(self, name: str) -> str | None:
        """The first header of a name, whatever its case, or None."""
        folded = name.casefold()
        return next((v for n, v in self.headers if n.casefold() == folded), None)


def parse(block: bytes) -> Message:
    """The response in a block of bytes; a block without a status line is all body."""
    status = _STATUS.match(block)
    if not status:
        return Message(None, (), block[:MAX_BODY], len(block) > MAX_BODY)
    head, mark, body = block.partition(b"\r\n\r\n")
    if not mark:
        head, _, body = block.partition(b"\n\n")
    rows = (line.partition(b":") for line in head.splitlines()[1:])
    headers = tuple((_text(name), _text(value)) for name, colon, value in rows if colon)
    message = Message(int(status[1]), headers, b"")
    if (message.header("transfer-encoding") or "").casefold() == "chunked":
        body = _unchunked(body)
    body, cut = decoded(body, message.header("content-encoding"))
    return Message(message.status, headers, body, cut)


def _text(value: bytes) -> str:
    return value.strip().decode("utf-8", "replace")


def _unchunked(body: bytes) -> bytes:
    """The body of chunks; what is no chunk is left as it stands."""
    out: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\n", at)
        size = _CHUNK.match(body[at : end if end > 0 else at])
        if not size or end < 0:
            return b"".join(out) if out else body
        length = int(size[1], 16)
        if length == 0:
            break
        out.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length
        while body[at : at + 1] in (b"\r", b"\n") and at < len(body):
            at += 1
    return b"".join(out)


def decoded(body: bytes, encoding: str | None, limit: int = MAX_BODY) -> tuple[bytes, bool]:
    """The body without its content encoding, and True if it was cut at the limit or is damaged.

    gzip and deflate are undone, within the limit, whatever the body would expand to; other
    encodings are left as they stand.
    """
    kind = (encoding or "").casefold().strip()
    if kind in ("gzip", "x-gzip", "deflate"):
        wbits = 47 if kind != "deflate" or body[:1] == b"\x78" else -15
        return _inflated(body, wbits, limit)
    return body[:limit], len(body) > limit


def gunzipped(body: bytes, limit: int = MAX_BODY) -> tuple[bytes, bool]:
    """The bytes of a gzip file, and True if it was cut at the limit or is damaged."""
    return _inflated(body, 47, limit)


def _inflated(body: bytes, wbits: int, limit: int) -> tuple[bytes, bool]:
    out: list[bytes] = []
    total, rest = 0, body
    while rest:
        machine = zlib.decompressobj(wbits)
        try:
            piece = machine.decompress(rest, limit - total + 1)
        except zlib.error:
            return b"".join(out) or body[:limit], True
        out.append(piece)
        total += len(piece)
        if total > limit:
            return b"".join(out)[:limit], True
        if not machine.eof:
            return b"".join(out), True
        rest = machine.unused_data
    return b"".join(out), False
