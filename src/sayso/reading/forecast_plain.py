"""A sentence as rules read it: lower case, straight quotes, single spaces, with the way back."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
     "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "…": ".", "\u200b": " ", "\ufeff": " "}
)  # fmt: skip


_BLANKS = re.compile(r"\s{2,}")
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` for matching; `offsets[i]` is where its character i stands in the document."""

    text: str
    offsets: Sequence[int]

    def start(self, i: int) -> int:
        """The document offset of character i (of the end, for i past the last one)."""
        return self.offsets[i]

    def end(self, i: int) -> int:
        """The document offset just after the character before i."""
        return self.offsets[i - 1] + 1 if i else self.offsets[0]

    def index(self, offset: int) -> int:
        """The first character that stands at the document offset or after it."""
        return bisect_left(self.offsets, offset, 0, len(self.text))


def plain(document: str, start: int, end: int) -> Plain:
    """document[start:end] for matching. White space in a row becomes one space."""
    text = document[start:end].translate(_PLAIN)
    if text.isascii() and not _BLANKS.search(text):  # nothing moves: most sentences
        return Plain(_BLANK.sub(" ", text.lower()), range(start, end + 1))
    chars: list[str] = []
    offsets: list[int] = []
    space = False
    for i, char in enumerate(text, start):
        if char.isspace():
            if not space:
                chars.append(" ")
                offsets.append(i)
            space = True
            continue
        space = False
        low = char.lower()
        chars.append(low if len(low) == 1 else char)
        offsets.append(i)
    offsets.append(end)
    return Plain("".join(chars), tuple(offsets))
