"""The comments of a dump that kept nothing of a thread but its paragraphs.

What a page prints with every comment tells them apart: buttons that come again and again, or the
authors' names on lines of their own. Without these each paragraph is a comment, except what
belongs to the one before: the rest of a letter after its greeting, a sign-off, a name under it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from sayso.page import words
from sayso.page.dump import answers, voice
from sayso.page.dump.lines import Line
from sayso.page.found import Comment

_LONG = 25
"""Lines between two buttons above which they do not part comments."""

_ITEM = re.compile(r"(?:[-–*•#]|\d{1,2}[a-z]?[.)]) ?(?=\w)")
"""How an item of a list begins; it belongs to the comment that holds the list."""


def comments(lines: Sequence[Line]) -> list[Comment]:
    """The comments of the lines below the article, and who answers whom by their words."""
    rows = _until_form([line.text for line in lines if line])
    named = voice.author_lines(rows)
    parted = bool(named.authors) or _parted(rows)
    out: list[list[str]] = []
    authors: list[str | None] = []
    closed = True
    for n, row in enumerate(rows):
        if n in named.authors:
            out.append([])
            authors.append(named.authors[n])
            closed = False
        elif n in named.labels:
            continue
        elif (words.is_furniture(row) and not row.isdigit()) or voice.is_pingback(row):
            closed = True
        elif out and _belongs(out[-1], row, closed=closed, parted=parted):
            out[-1].append(row)
        else:
            out.append([row])
            authors.append(None)
            closed = False
    found = [
        Comment(text="\n".join(text), author=author or _signature(text), decided_by="flat")
        for text, author in zip(out, authors, strict=True)
        if text
    ]
    _link(found)
    return found


def _until_form(rows: list[str]) -> list[str]:
    return next((rows[:n] for n, row in enumerate(rows) if words.is_form(row)), rows)


def _parted(rows: Sequence[str]) -> bool:
    """True if buttons come again and again, as they do under each comment."""
    buttons = [n for n, row in enumerate(rows) if words.is_furniture(row) and not row.isdigit()]
    alone = [b for a, b in pairwise([-1, *buttons]) if b - a > 1]
    return len(alone) >= 3 and len(rows) <= _LONG * len(alone)


def _belongs(text: Sequence[str], row: str, *, closed: bool, parted: bool) -> bool:
    """True if a line belongs to the comment above it, also behind a button if it signs it."""
    if text and voice.signs(text[-1]) and voice.is_name(row):
        return True
    return not closed and _continues(text, row, parted)


def _continues(text: Sequence[str], row: str, parted: bool) -> bool:
    """True if a paragraph belongs to the comment above it."""
    if not text:
        return True
    last = text[-1]
    if voice.signs(row) or _ITEM.match(row) or (row[0].islower() and last[-1] not in ".!?…"):
        return True
    if voice.greets(row) or row.startswith("@"):
        return False
    return parted or last[-1] in ",:;" or (len(text) == 1 and len(last) < 50 and voice.greets(last))


def _signature(text: Sequence[str]) -> str | None:
    """The name under a sign-off, as the reader wrote it."""
    if len(text) > 1 and voice.signs(text[-2]) and voice.is_name(text[-1]):
        return text[-1]
    return voice.signed(text[-1])


def _link(found: list[Comment]) -> None:
    """Who answers whom. The name that is greeted most is the writer of the page; a comment that
    greets somebody else answers the comment before it, if no author above has that name."""
    greeted = [voice.greeted(c.text) for c in found]
    counts = Counter(g for g in greeted if g)
    host, most = counts.most_common(1)[0] if counts else (None, 0)
    root = 0
    for n, answer in enumerate(answers.by_words([None] * len(found), found)):
        name = greeted[n]
        if answer is None and n and name and (name != host or most < 3):
            answer = root, "greeting"
        if answer is None:
            root = n
        else:
            found[n].parent, found[n].decided_by = answer
