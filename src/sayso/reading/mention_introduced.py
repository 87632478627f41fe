"""Short names that the text itself gives: "Hay'at Tahrir al-Sham (HTS)", "the Army, or PA,".

The pairing of letters with initials follows Schwartz and Hearst (2003), loosened for names whose
short form is in another language, where the capitals before the bracket must speak for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.knowledge.lexicon import Word, words

_BRACKET = re.compile(
    r"[(\[]\s*(?:(?:also )?known as |or |hereafter |the |locally |formerly )*"
    r"[\"“'‘]?(?P<short>[^\W\d_][\w.&’'\-]{1,11})[\"”'’]?\s*[)\]]"
)
_OR = re.compile(r",\s+or\s+(?P<short>[^\W\d_]{2,8}),")
_SMALL = frozenset(
    ["of", "the", "for", "and", "de", "la", "del", "el", "al", "ul", "in", "on", "to", "li", "wa",
     "du", "des", "les", "y", "e", "der", "und", "a", "ud", "as", "ash", "ad", "ar", "an"]
)  # fmt: skip
_NEVER = frozenset(
    ["was", "were", "is", "are", "be", "been", "being", "has", "have", "had", "will", "would",
     "may", "might", "who", "whom", "which", "that", "this", "by", "with", "from", "at", "in",
     "into", "when", "where", "while", "after", "before", "since", "said", "says", "reported",
     "told", "today", "yesterday", "not", "but", "or"]
)  # fmt: skip
"""Words that no such name holds, though capitals stand all around."""
_REACH = 12
"""A long name has at most so many words; a longer reach only finds the sentence's beginning."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """A long name and the short one given for it: half-open offsets of both."""

    start: int
    end: int
    short_start: int
    short_end: int
    short: str


def _initials(before: list[Word], short: str) -> int | None:
    """Index of the word at which a name with these initials begins, or None."""
    letters = [c for c in short.casefold() if c.isalnum()]
    at = len(letters) - 1
    n = len(before) - 1
    while n >= 0 and at >= 0:
        word = before[n]
        if word.key[:1] == letters[at]:
            at -= 1
            if at < 0:
                return n
        elif word.key not in _SMALL and not word.text[0].isupper():
            return None
        n -= 1
    return None


def _capitals(before: list[Word]) -> int | None:
    """Index at which the capitalised words just before the bracket begin; None for fewer than
    two of them."""
    n, first = len(before) - 1, len(before)
    while n >= 0:
        if before[n].key in _NEVER:
            break  # in a text all in capitals nothing else says where a name begins
        if before[n].text[0].isupper():
            first = n
        elif before[n].key not in _SMALL:
            break
        n -= 1
    if all(w.text.isupper() for w in before):
        first = max(first, _after_the_last_article(before))
    if first < len(before) and before[first].key in ("the", "a", "an", "in", "on"):
        first += 1
    capitals = sum(w.text[0].isupper() for w in before[first:])
    return first if capitals >= 2 else None


def _after_the_last_article(before: list[Word]) -> int:
    """ "ACCUSED THE STATE OF HELPING THE DAWN FRONT": an article opens the name, unless "of" stands
    before it ("LEADERS OF THE FRONT"). 0 for none."""
    for n in range(len(before) - 2, 0, -1):
        if before[n].key in ("the", "a", "an") and before[n - 1].key != "of":
            return n
    return 0


def _after_comma(text: str, before: list[Word]) -> list[Word]:
    """The words after the last comma or bracket before the short form."""
    for n in range(len(before) - 1, 0, -1):
        if any(c in ",;:()[]" for c in text[before[n - 1].end : before[n].start]):
            return before[n:]
    return before


def _named(long_name: list[Word]) -> bool:
    """Whether the long form is written as a name: at least half of its full words in capitals.
    "Improvised explosive device (IED)" is no actor."""
    full = [w for w in long_name if w.key not in _SMALL]
    return 2 * sum(w.text[0].isupper() for w in full) > len(full)


def introduced(text: str, start: int, end: int) -> list[Introduced]:
    """The pairs in text[start:end] (one sentence), in order."""
    out: list[Introduced] = []
    for match in [*_BRACKET.finditer(text, start, end), *_OR.finditer(text, start, end)]:
        short = match.group("short").strip(".'’")
        capitals = sum(c.isupper() for c in short)
        if capitals < 2 or not short[0].isupper():
            continue
        before = words(text, max(start, match.start() - 160), match.start())[-_REACH:]
        if not before or text[before[-1].end : match.start()].strip():
            continue
        before = _after_comma(text, before)
        first = _initials(before, short)
        if first is None or len(before) - first < 2:
            first = _capitals(before)
        if first is None or not _named(before[first:]):
            continue
        at = match.start("short")
        out.append(Introduced(before[first].start, before[-1].end, at, at + len(short), short))
    return out
