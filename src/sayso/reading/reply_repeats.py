"""Words of the answered comment that a reply repeats: between quotation marks, or a long run of
them without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKED = re.compile(
    r"[\"“”«»„]([^\"“”«»„\n]{2,600})[\"“”«»„]|(?<![\w'’])['‘]([^'‘’\n]{2,200})['’](?!\w)"
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SHORTEST = 4
"""Letters of a word that stands alone between the marks: shorter ones are often no quotation."""
_LONG = 7
"""Words in a row that nobody repeats by chance."""


def repeats(text: str, answered: str) -> Iterator[tuple[int, int]]:
    """Where words of the answered comment stand again, as [start, end) of `text`, in text order:
    two or more between quotation marks, or one that the other did not put between marks
    itself; seven or more without marks."""
    theirs = _joined(answered)
    marked = {_joined(m.group(1) or m.group(2)) for m in _MARKED.finditer(answered)}
    last = 0
    for match in _MARKED.finditer(text):
        words = _joined(match.group(1) or match.group(2))
        if len(words.strip()) < _SHORTEST or words not in theirs:
            continue
        if " " not in words.strip() and words in marked:
            continue
        yield from _runs(text, last, match.start(), theirs)
        yield match.span()
        last = match.end()
    yield from _runs(text, last, len(text), theirs)


def _runs(text: str, low: int, high: int, theirs: str) -> Iterator[tuple[int, int]]:
    """The longest runs of words of [low, high) that stand in theirs too."""
    found = list(_WORD.finditer(text, low, high))
    at = 0
    while at + _LONG <= len(found):
        stop = at + _LONG
        if _joined(text[found[at].start() : found[stop - 1].end()]) not in theirs:
            at += 1
            continue
        while stop < len(found) and _joined(text[found[at].start() : found[stop].end()]) in theirs:
            stop += 1
        yield found[at].start(), found[stop - 1].end()
        at = stop


def _joined(text: str) -> str:
    """The words in lower case, a blank before and behind each."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return f" {' '.join(words)} "
