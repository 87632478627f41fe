"""What recovery finds on a page, before it becomes one text with parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.model.document import Evidence, Issue, MediaKind


@dataclass(slots=True)
class Comment:
    """One comment. `parent` is the index of the comment that it answers, in page order.

    `published` is ISO 8601 or None. `mark` is the parent as the mark-up names it, until the tree
    is built; `depth` likewise what the mark-up says (1 = top level).
    """

    text: str
    author: str | None = None
    published: str | None = None
    key: str | None = None
    parent: int | None = None
    decided_by: str | None = None
    depth: int | None = None
    mark: str | None = None
    quoted: str | None = None
    when: str | None = None
    opening: bool = False


@dataclass(slots=True)
class Picture:
    """A video, photo or document that the page names; `words` are searched for in the text."""

    kind: MediaKind
    uri: str | None
    words: str | None = None
    maker: str | None = None
    released_by: str | None = None


@dataclass(slots=True)
class Found:
    """The article and its thread."""

    headline: str | None = None
    byline: str | None = None
    byline_words: str | None = None
    publisher: str | None = None
    canonical_uri: str | None = None
    section: str | None = None
    published: str | None = None
    evidence: list[Evidence] = field(default_factory=list)
    language: str | None = None
    translated_from: str | None = None
    body: str = ""
    captions: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    media: list[Picture] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
