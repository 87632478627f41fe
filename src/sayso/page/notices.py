"""Words in which an outlet corrects, updates or withdraws what it printed.

A notice stands at the start of a paragraph of the body or a caption; what readers write under
comments is theirs, not the outlet's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sayso.knowledge import tables
from sayso.model.document import Notice, NoticeKind, Part

_KINDS: tuple[NoticeKind, ...] = (
    "correction",
    "clarification",
    "update",
    "retraction",
    "editor_note",
)


@cache
def _openings() -> tuple[tuple[NoticeKind, re.Pattern[str]], ...]:
    rows = tables.load_yaml("threads", "notices.yaml")
    return tuple(
        (kind, re.compile("|".join(f"(?:{p})" for p in rows[kind]["patterns"]), re.IGNORECASE))
        for kind in _KINDS
    )


def kind_of(paragraph: str) -> NoticeKind | None:
    """The kind of notice that a paragraph opens with, or None."""
    opening = paragraph.lstrip(" *_[(—–-•")[:200]
    for kind, pattern in _openings():
        if pattern.match(opening):
            return kind
    return None


def notices(text: str, parts: Sequence[Part]) -> Iterator[Notice]:
    """The notices of a text, in order; each span is the whole paragraph."""
    for part in parts:
        if part.kind not in ("body", "caption"):
            continue
        for match in re.finditer(r"[^\n]+", text[part.start : part.end]):
            kind = kind_of(match[0])
            if kind:
                yield Notice(kind, part.start + match.start(), part.start + match.end())
