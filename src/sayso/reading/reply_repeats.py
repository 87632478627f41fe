"""Words of the answered comment that a reply repeats between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKED = re.compile(
    r"\"([^\"\n]{1,600})\"|“([^“”\n]{1,600})”|„([^„“”\n]{1,600})[“”]|«([^«»\n]{1,600})»"
    r"|(?<![\w'’])['‘](?!\d0s)([^'‘’\n]{2,200})['’](?!\w)"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST = 4
"""Letters of a word that stands alone between the marks: shorter ones are often no quotation."""

_MOST = 200
"""Marks of a comment that are looked at in vain before the rest is left."""


def repeats(text: str, answered: str) -> Iterator[tuple[int, int]]:
    """Where words of the answered comment stand again, as [start, end) of `text` with the marks, in
    text order: two or more, a figure, or one longer word that the other did not put between
    marks itself. A mark that closes nothing of that may open the next quotation (5" is none)."""
    match = _MARKED.search(text)
    if match is None:
        return
    theirs = _joined(answered)
    marked = {_joined(_between(m)) for m in _MARKED.finditer(answered)}
    refused = 0
    while match is not None and refused < _MOST:
        if _repeated(_joined(_between(match)), theirs, marked):
            yield match.span()
            match = _MARKED.search(text, match.end())
        else:
            refused += 1
            match = _MARKED.search(text, match.start() + 1)


def _between(match: re.Match[str]) -> str:
    """The words between the marks, whichever those are."""
    return next(g for g in match.groups() if g is not None)


def _repeated(words: str, theirs: str, marked: set[str]) -> bool:
    count = words.count(" ") - 1
    if count < 1 or words not in theirs:
        return False
    if count > 1 or any(c.isdigit() for c in words):
        return True
    return len(words.strip()) >= _SHORTEST and words not in marked


def _joined(text: str) -> str:
    """The words in lower case, a blank before and behind each."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return f" {' '.join(words)} " if words else ""
