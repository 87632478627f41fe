"""A place in a text and the words that stand there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a document: half-open code-point offsets, and the words themselves.

    `exact == document.text[start:end]` always. Make one with `Document.span`, which cannot break
    that. `start == end` is allowed only for the part of an empty comment.
    """

    start: int
    end: int
    exact: str

    def overlaps(self, start: int, end: int) -> bool:
        """True if at least one character is shared with [start, end)."""
        return self.start < end and start < self.end

    def covers(self, start: int, end: int) -> bool:
        """True if [start, end) lies wholly inside."""
        return self.start <= start and end <= self.end
