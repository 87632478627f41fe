"""What a SOURCE means: a file, a folder, `-`, an address, an archive, a feed -> captures."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sayso.capture import feeds, http_message, wacz, warc
from sayso.capture.fetch import Fetcher, HttpFetcher, Settings
from sayso.errors import ArchiveError, SourceError
from sayso.model.capture import Capture

TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".shtml": "text/html",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".warc": "application/warc",
    ".wacz": "application/wacz",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".opml": "text/x-opml",
    ".xml": "application/xml",
}
"""The file names that are taken from a folder, by their ending (`.gz` after it is allowed)."""

MAX_FILE = 256_000_000
"""Bytes of one page or text; archives and JSON Lines may be of any length."""

_FEEDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "text/x-opml", "application/xml", "text/xml"}
)
_STREAMED = frozenset({"application/jsonl", "application/warc", "application/wacz"})

Item = Capture | SourceError


def captures(source: str, fetcher: Fetcher | None = None) -> Iterator[Capture]:
    """The captures of one source, in a stable order; the first thing that fails is raised, after
    the captures before it. Raises SourceError."""
    for item in items(source, fetcher):
        if isinstance(item, SourceError):
            raise item
        yield item


def items(source: str, fetcher: Fetcher | None = None) -> Iterator[Item]:
    """The captures of one source in a stable order, and what failed, each where it failed: one
    bad file in a folder or one dead link of a feed does not end the rest."""
    if source == "-":
        yield from _of_bytes("-", sys.stdin.buffer.read(MAX_FILE + 1), None, fetcher)
        return
    if source.startswith(("http://", "https://")):
        yield from _of_address(source, fetcher)
        return
    path = _path(source)
    if path.is_dir():
        for child in _files(path):
            if media_type(child) is not None:
                yield from items(str(child), fetcher)
        return
    yield from _of_file(source, path, fetcher)


def left_out(source: str) -> list[str]:
    """The files of a folder that are of no known type, and so are not read; [] for no folder."""
    if source == "-" or "://" in source or not Path(source).is_dir():
        return []
    return [str(child) for child in _files(Path(source)) if media_type(child) is None]


def media_type(path: Path) -> str | None:
    """The media type that a file's name promises, or None for an unknown one."""
    suffixes = [s.lower() for s in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return TYPES.get(suffixes[-1]) if suffixes else None


def default_fetcher() -> Fetcher:
    """The fetcher for addresses. SAYSO_ALLOW_PRIVATE=1 lets it read from private networks."""
    return HttpFetcher(Settings(allow_private=os.environ.get("SAYSO_ALLOW_PRIVATE") == "1"))


def _files(folder: Path) -> list[Path]:
    """The files below a folder, by name; hidden ones, links that lead out and the archives of
    records are left alone."""
    home = folder.resolve()
    return [
        child
        for child in sorted(folder.rglob("*"))
        if child.is_file()
        and not any(part.startswith(".") for part in child.relative_to(folder).parts)
        and not any(_is_archive(above) for above in child.parents)
        and (not child.is_symlink() or child.resolve().is_relative_to(home))
    ]


def _is_archive(folder: Path) -> bool:
    """True for the archive beside a record: reading it would read every page again."""
    name = folder.name
    return name.endswith("-archive") and folder.with_name(name.removesuffix("-archive")).is_file()


def _path(source: str) -> Path:
    if source.startswith("file://"):
        return Path(unquote(urlsplit(source).path))
    return Path(source)


def _of_file(source: str, path: Path, fetcher: Fetcher | None) -> Iterator[Item]:
    kind = media_type(path)
    try:
        size = path.stat().st_size
        if kind == "application/wacz":
            yield from wacz.captures(path, source)
        elif kind == "application/warc":
            with path.open("rb") as stream:
                yield from warc.captures(stream, source, size)
        elif kind == "application/jsonl" and path.suffix.lower() != ".gz":
            with path.open("rb") as stream:
                for line in stream:
                    if line.strip():
                        yield _json_line(source, line.rstrip(b"\r\n"))
        elif size > MAX_FILE:
            yield SourceError(source, f"the file is longer than {MAX_FILE} bytes")
        else:
            yield from _of_bytes(source, path.read_bytes(), kind, fetcher)
    except FileNotFoundError:
        yield SourceError(source, "there is no such file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield SourceError(source, f"cannot be read ({reason})")


def _json_line(source: str, line: bytes) -> Capture:
    return Capture(payload=line, key=source, media_type="application/json")


def _of_bytes(
    source: str, payload: bytes, kind: str | None, fetcher: Fetcher | None
) -> Iterator[Item]:
    if payload.startswith(b"\x1f\x8b"):
        payload, cut = http_message.gunzipped(payload)
        if cut:
            yield ArchiveError(source, "the gzip file is damaged, or longer than is allowed")
            return
    if payload.startswith(b"WARC/"):
        import io

        yield from warc.captures(io.BytesIO(payload), source, len(payload))
    elif kind == "application/jsonl" or (kind is None and payload.lstrip()[:1] == b"{"):
        for line in payload.split(b"\n"):
            if line.strip():
                yield _json_line(source, line)
    elif kind in _FEEDS or (kind is None and feeds.is_feed(payload)):
        yield from _of_feed(source, payload, None, fetcher)
    else:
        yield Capture(payload=payload, key=source, media_type=kind)


def _of_address(address: str, fetcher: Fetcher | None) -> Iterator[Item]:
    fetcher = fetcher or default_fetcher()
    try:
        capture = fetcher.fetch(address)
    except SourceError as error:
        yield error
        return
    if capture is None:
        return
    if capture.status == 200 and feeds.is_feed(capture.payload):
        yield from _of_feed(address, capture.payload, capture.target_uri, fetcher)
    else:
        yield capture


def _of_feed(
    source: str, payload: bytes, base: str | None, fetcher: Fetcher | None, depth: int = 2
) -> Iterator[Item]:
    """The pages that a feed names, fetched one after the other; lists of lists are followed."""
    try:
        rows = feeds.entries(payload, source, base)
    except SourceError as error:
        yield error
        return
    fetcher = fetcher or default_fetcher()
    for row in rows:
        try:
            capture = fetcher.fetch(row.uri)
        except SourceError as error:
            yield error
            continue
        if capture is None:
            continue
        if row.feed and depth and capture.status == 200:
            yield from _of_feed(row.uri, capture.payload, capture.target_uri, fetcher, depth - 1)
        else:
            yield capture
