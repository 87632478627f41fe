"""What a SOURCE means: a file, a folder, `-`, an address -> captures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from sayso.errors import SourceError
from sayso.model.capture import Capture

_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
}


def captures(source: str) -> Iterator[Capture]:
    """The captures of one source, in a stable order. Raises SourceError."""
    if source == "-":
        yield from _of_bytes("-", sys.stdin.buffer.read(), None)
        return
    path = Path(source)
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if child.is_file() and child.suffix.lower() in _TYPES:
                yield from captures(str(child))
        return
    try:
        payload = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(source, "there is no such file") from error
    except OSError as error:
        raise SourceError(source, f"cannot be read ({error.strerror})") from error
    yield from _of_bytes(source, payload, _TYPES.get(path.suffix.lower()))


def _of_bytes(key: str, payload: bytes, media_type: str | None) -> Iterator[Capture]:
    if media_type == "application/jsonl":
        for line in payload.split(b"\n"):
            if line.strip():
                yield Capture(payload=line, key=key, media_type="application/json")
        return
    yield Capture(payload=payload, key=key, media_type=media_type)
