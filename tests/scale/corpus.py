"""Archives made for the tests: seeded sentences of our own, as JSON Lines and as WARC files."""

from __future__ import annotations

import gzip
import json
import random
import uuid
from pathlib import Path

TOWNS = ("Karvan", "Tel Amra", "Dorsa", "Old Mill", "Sarvik", "Upper Lenn")
GROUPS = ("the Northern Front", "the River Brigade", "the army", "the Border Guard")


def text_of(rng: random.Random) -> str:
    """Three sentences of news."""
    a, b = rng.sample(GROUPS, 2)
    town, day, dead = rng.choice(TOWNS), rng.randint(1, 28), rng.randint(2, 40)
    return (
        f"{a.capitalize()} captured the town of {town} from {b} on January {day}, a monitor said. "
        f"At least {dead} people were killed in the fighting, according to local officials. "
        f"Another {dead + 5} fighters are expected to withdraw within two days."
    )


def archive(path: Path, pages: int, seed: int) -> Path:
    """One archive of `pages` texts; the same seed gives the same bytes."""
    rng = random.Random(seed)
    rows = [
        {"id": f"{seed}-{n}", "text": text_of(rng), "published": "2019-01-29"} for n in range(pages)
    ]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


def html_of(rng: random.Random, title: str, comments: int | None = None) -> str:
    """A page with its headline, date, article and sometimes a discussion."""
    comments = rng.choice((0, 0, 2, 3)) if comments is None else comments
    talk = "".join(
        f'<li class="comment" id="comment-{n}"><div class="comment-author vcard"><cite class="fn">'
        f'Reader {rng.randint(1, 9)}</cite></div><div class="comment-content"><p>'
        f"{rng.choice(('Source?', 'That is not true.', 'They will be gone in ten days.'))}"
        "</p></div></li>"
        for n in range(comments)
    )
    return (
        f"<html lang='en'><head><title>{title}</title>"
        "<meta property='article:published_time' content='2019-01-29T08:00:00Z'></head><body>"
        f"<nav>Home World Local</nav><article><h1>{title}</h1><div class='entry-content'><p>"
        f"{text_of(rng)}</p><p>{text_of(rng)}</p></div></article>"
        f"<ol class='comment-list'>{talk}</ol><footer>All rights reserved.</footer></body></html>"
    )


def record_of(uri: str, body: bytes, at: str, number: int, kind: str = "text/html") -> bytes:
    """One response record of a WARC file, compressed by itself."""
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid.UUID(int=number)}>\r\n"
        f"WARC-Date: {at}\r\nWARC-Target-URI: {uri}\r\nContent-Type: application/http;"
        f" msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode()
    return gzip.compress(head + http + b"\r\n\r\n", 6, mtime=0)


def warc(path: Path, pages: int, seed: int, *, broken: bool = False) -> Path:
    """A WARC file of that many pages on two hosts over two months; the same seed gives the same
    bytes. With `broken` three of four pages hold nothing that can be read."""
    rng = random.Random(seed)
    with path.open("wb") as out:
        for n in range(pages):
            host = ("news.example.org", "www.example.com")[n % 2]
            uri = f"https://{host}/{seed}/{n}"
            at = f"2019-{n % 2 + 1:02}-{n % 28 + 1:02}T10:00:00Z"
            body = html_of(rng, f"Report {seed}-{n}: {rng.choice(TOWNS)} changes hands").encode()
            if broken and n % 4:
                body = (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"<html></html>", b"\0" * 50)[
                    n % 4 - 1
                ]
            out.write(record_of(uri, body, at, seed * 100_000 + n))
    return path


def warcs(folder: Path, pages: int, files: int) -> list[str]:
    """Archives of that many pages in all: one is cut off, one is full of errors, the
    rest are whole."""
    each = pages // files
    found = [warc(folder / f"a{n:02}.warc.gz", each, n) for n in range(files - 2)]
    cut = warc(folder / "cut.warc.gz", each, 77)
    whole = cut.read_bytes()
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    errors = warc(folder / "errors.warc.gz", each, 78, broken=True)
    return [str(p) for p in (*found, cut, errors)]
