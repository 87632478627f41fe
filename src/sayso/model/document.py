"""One page as text: a canonical text that never changes, cut into parts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from sayso.model.span import Span

PartKind = Literal["headline", "byline", "body", "caption", "comment"]
EvidenceFrom = Literal["meta", "json-ld", "url", "visible", "archive-heading", "operator"]
MediaKind = Literal["video", "photo", "document"]
NoticeKind = Literal["correction", "clarification", "update", "retraction", "editor_note"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a publication date is what it is.

    `source` is where the words stand (printed as `from`), `words` are the page's own, `edtf` what
    they say as EDTF, or None where they say nothing that can be dated.
    """

    source: EvidenceFrom
    words: str
    edtf: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the text with one author: headline, byline, body, caption, or one comment.

    A comment's span is its own words: no ordinal, author line or replies; an empty comment has
    `start == end`. `reply_to` is the id of the parent comment's part, `depth` 1 is the top level
    (None for what is no comment). `published` keeps time and offset when the page gives them.
    `decided_by` says which evidence made the tree what it is ("dom", "indent", "ordinal" …).
    """

    id: str
    kind: PartKind
    start: int
    end: int
    key: str | None = None
    author: str | None = None
    published: str | None = None
    reply_to: str | None = None
    depth: int | None = None
    ordinal: int | None = None
    decided_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A video, photo or document that the page names. The span is of the words that name it."""

    kind: MediaKind
    uri: str | None = None
    start: int | None = None
    end: int | None = None
    maker: str | None = None
    released_by: str | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Words in which the outlet corrects, updates or withdraws."""

    kind: NoticeKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Issue:
    """What was skipped or is doubtful, in words. `part` is a part id, or None for the whole."""

    code: str
    message: str
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One recovered page. Offsets everywhere are half-open code points into `text`.

    `published` is EDTF; None or open where the page does not say: no year is ever invented.
    """

    id: str
    text: str
    parts: tuple[Part, ...]
    key: str | None = None
    headline: str | None = None
    byline: str | None = None
    publisher: str | None = None
    canonical_uri: str | None = None
    section: str | None = None
    published: str | None = None
    published_evidence: tuple[Evidence, ...] = ()
    language: str | None = None
    translated_from: str | None = None
    media: tuple[Media, ...] = ()
    notices: tuple[Notice, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def text_digest(self) -> str:
        """`sha256:` of the text as UTF-8."""
        data = self.text.encode("utf-8", "surrogatepass")
        return "sha256:" + hashlib.sha256(data).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The words at [start, end). Raises ValueError for offsets outside the text."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}:{end} lies outside a text of {len(self.text)}")
        return Span(start, end, self.text[start:end])

    def part(self, part_id: str) -> Part:
        """The part of that id. Raises KeyError."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)

    def part_at(self, offset: int) -> Part | None:
        """The part whose span holds the offset, or None (between parts)."""
        for part in self.parts:
            if part.start <= offset < part.end:
                return part
        return None

    def comments(self) -> tuple[Part, ...]:
        """The comments, in page order."""
        return tuple(part for part in self.parts if part.kind == "comment")
