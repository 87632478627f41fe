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
    marks itself."""
    theirs = _joined(answered)
    marked = {_joined(words) for _, _, words in _quotations(answered, None)}
    for start, end, _ in _quotations(text, (theirs, marked)):
        yield start, end


def _quotations(text: str, among: tuple[str, set[str]] | None) -> Iterator[tuple[int, int, str]]:
    """What stands between marks. With `among`, only what is repeated of it; a mark that closes
    nothing of that may open the next quotation (5" is no quotation)."""
    at = refused = 0
    while refused < _MOST and (match := _MARKED.search(text, at)):
        words = next(g for g in match.groups() if g is not None)
        if among is None or _repeated(words, *among):
            yield match.start(), match.end(), words
            at = match.end()
        else:
            at = match.start() + 1
            refused += 1


def _repeated(words: str, theirs: str, marked: set[str]) -> bool:
    joined = _joined(words)
    count = joined.count(" ") - 1
    if count < 1 or joined not in theirs:
        return False
    if count > 1 or any(c.isdigit() for c in joined):
        return True
    return len(joined.strip()) >= _SHORTEST and joined not in marked


def _joined(text: str) -> str:
    """The words in lower case, a blank before and behind each."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return f" {' '.join(words)} " if words else ""
