"""What was found on a page -> one canonical text, cut into parts.

The text runs headline, byline, body, captions, comments in page order, with an empty line
between them. Parts are numbered p1, p2 … in that order.
"""

from __future__ import annotations

import re

from sayso.model.capture import Capture
from sayso.model.document import Document, Media, Part, PartKind
from sayso.page.found import Comment, Found
from sayso.page.notices import notices

_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\n{3,}")
_UNPRINTED = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\ufeff\ufffe\uffff]"
)


def tidy(text: str) -> str:
    """Text with single spaces, at most one empty line, and no control characters."""
    text = _UNPRINTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SPACES.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    return _BREAKS.sub("\n\n", text).strip()


class _Text:
    """The text so far, and its parts."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.parts: list[Part] = []

    def add(self, kind: PartKind, words: str, comment: Comment | None = None) -> None:
        if words and self.length:
            self.pieces.append("\n\n")
            self.length += 2
        start = self.length
        self.pieces.append(words)
        self.length += len(words)
        identifier = f"p{len(self.parts) + 1}"
        if comment is None:
            self.parts.append(Part(id=identifier, kind=kind, start=start, end=self.length))
            return
        self.parts.append(
            Part(
                id=identifier,
                kind=kind,
                start=start,
                end=self.length,
                key=comment.key,
                author=comment.author,
                published=comment.published,
                depth=comment.depth,
                decided_by=comment.decided_by,
            )
        )


def document(found: Found, capture: Capture) -> Document:
    """The document of what was found. An empty comment keeps its place with `start == end`."""
    text = _Text()
    headline = _line(found.headline)
    if headline:
        text.add("headline", headline)
    byline = tidy(found.byline_words or found.byline or "")
    if byline:
        text.add("byline", byline)
    body = tidy(found.body)
    if body:
        text.add("body", body)
    for caption in dict.fromkeys(map(tidy, found.captions)):
        if caption and caption not in body:
            text.add("caption", caption)
    first = len(text.parts) + 1
    _set_depths(found.comments)
    for comment in found.comments:
        text.add("comment", tidy(comment.text), comment)
    whole = "".join(text.pieces)
    parts = _linked(text.parts, found.comments, first)
    return Document(
        id=capture.payload_digest[7:19],
        key=capture.key,
        text=whole,
        parts=tuple(parts),
        headline=headline,
        byline=_line(found.byline),
        publisher=_line(found.publisher),
        canonical_uri=found.canonical_uri,
        section=_line(found.section),
        published=found.published,
        published_evidence=tuple(found.evidence),
        language=found.language,
        translated_from=found.translated_from,
        media=tuple(_media(found, whole)),
        notices=tuple(notices(whole, parts)),
        issues=tuple(found.issues),
    )


def _line(words: str | None) -> str | None:
    return " ".join(tidy(words).split()) or None if words else None


def _set_depths(comments: list[Comment]) -> None:
    """Depths that agree with the parents. Parents stand before their replies, or are dropped."""
    for index, comment in enumerate(comments):
        if comment.parent is not None and not 0 <= comment.parent < index:
            comment.parent = None
        above = comments[comment.parent].depth if comment.parent is not None else 0
        comment.depth = (above or 0) + 1


def _linked(parts: list[Part], comments: list[Comment], first: int) -> list[Part]:
    """The parts with `reply_to` and the ordinal among the replies to the same comment."""
    counts: dict[int | None, int] = {}
    out = parts[: first - 1]
    for part, comment in zip(parts[first - 1 :], comments, strict=True):
        counts[comment.parent] = counts.get(comment.parent, 0) + 1
        reply_to = None if comment.parent is None else f"p{first + comment.parent}"
        out.append(
            Part(
                id=part.id,
                kind=part.kind,
                start=part.start,
                end=part.end,
                key=part.key,
                author=_line(part.author),
                published=part.published,
                reply_to=reply_to,
                depth=part.depth,
                ordinal=counts[comment.parent],
                decided_by=part.decided_by,
            )
        )
    return out


def _media(found: Found, text: str) -> list[Media]:
    out = []
    for picture in found.media:
        words = tidy(picture.words or "")
        start = text.find(words) if words else -1
        span = (start, start + len(words)) if start >= 0 else (None, None)
        out.append(
            Media(
                kind=picture.kind,
                uri=picture.uri,
                start=span[0],
                end=span[1],
                maker=picture.maker,
                released_by=picture.released_by,
            )
        )
    return out
