"""Where readers begin to speak in a dump that kept nothing of a thread but its paragraphs.

A heading tells it, or what a page prints with every comment: the same button again and again, the
name of somebody who answers. Else how readers write: of all places the one below which the
weights of the lines (`words.yaml`, voice) add up highest, for such dumps end with their comments.
Nothing is guessed unless several lines are plainly a reader's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from sayso.knowledge import tables
from sayso.page import words
from sayso.page.dump import answers, heads
from sayso.page.dump.lines import Line

_LEAST = 8.0
"""The weight that all lines of a guessed thread must have together; half of it is enough where the
first line is plainly a reader's ("Thanks for this, I love it!")."""
_PLAINLY = 2.8
_PLAIN = -0.5
_STRONG = 1.4
_NEAR = 8
"""Lines from one name to the next, above the first name that comes again."""


@cache
def _cues() -> tuple[tuple[float, re.Pattern[str]], ...]:
    rows = tables.load_yaml("threads", "words.yaml")["voice"]["cues"]
    return tuple((float(r["weight"]), re.compile(r["pattern"])) for r in rows)


@cache
def _greeting() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{words.alternation('greeting')})(?:[ ,]+(?P<name>[^\W\d_][\w’'-]+))?", re.IGNORECASE
    )


@cache
def _sign_off() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{words.alternation('sign_off')})\b[\s,.!:]*(?P<name>[^\W\d_][\w’'-]*"
        rf"(?: [^\W\d_][\w’'-]*)?)?[\s.!:)^]*$",
        re.IGNORECASE,
    )


def _weight(text: str) -> float:
    total = sum(weight for weight, pattern in _cues() if pattern.search(text))
    if _greeting().match(text):
        total += 2.0
    if len(text) < 60 and _sign_off().match(text):
        total += 2.0
    if answers.is_answer(text):
        total += 1.8
    if words.is_furniture(text):
        total += 1.0
    if is_pingback(text):
        total += 2.5
    return total if total else _PLAIN - (0.5 if len(text) > 500 else 0.0)


def start(lines: Sequence[Line]) -> int | None:
    """The first line of the readers, or None if they cannot be told apart."""
    filled = [n for n, line in enumerate(lines) if line]
    rows = [lines[n].text for n in filled]
    headings = [n for n, row in enumerate(rows) if words.is_heading(row)]
    if headings and headings[-1] > len(rows) // 10 and headings[-1] + 1 < len(rows):
        return filled[headings[-1] + 1]
    weights = [_weight(row) for row in rows]
    shown = (_first_name(rows), _first_button(rows, weights), _by_voice(rows, weights))
    return next((filled[n] for n in shown if n is not None), None)


def _by_voice(rows: Sequence[str], weights: Sequence[float]) -> int | None:
    """The line from which on readers speak, or None.

    A page that is all in a reader's voice, from its top, is a diary and no thread, unless the
    voice gets stronger on the way and what follows has letters to somebody in it.
    """
    even = [max(min(weight, 3.0), -2.0) for weight in weights]
    at, total = _best_end(even)
    if at is None:
        return None
    plain = even[at] >= _PLAINLY
    strong = sum(weight >= _STRONG for weight in even[at:])
    if total < (_LEAST / 2 if plain else _LEAST) or strong < (2 if plain else 3):
        return None
    if at >= max(3, len(rows) // 10):
        return at if plain or any(map(_is_letter, rows[at:])) else None
    mean = sum(even) / len(even)
    at, _ = _best_end([weight - mean for weight in even])
    letters = sum(map(_is_letter, rows[at:])) if at is not None and at >= 3 else 0
    return at if letters >= 3 else None


def _best_end(weights: Sequence[float]) -> tuple[int | None, float]:
    """Where the end of a list with the highest sum begins, and that sum."""
    total = best = 0.0
    at = None
    for n in range(len(weights) - 1, 0, -1):
        total += weights[n]
        if total > best and weights[n] > 0:
            best, at = total, n
    return at, best


def _is_letter(row: str) -> bool:
    """True for what is said to somebody: a greeting, its end, an answer."""
    return greets(row) or signs(row) or answers.is_answer(row) or row.startswith("@")


def _first_button(rows: Sequence[str], weights: Sequence[float]) -> int | None:
    """The paragraph above the first of at least three lines that are one and the same button."""
    buttons = [n for n, row in enumerate(rows) if len(row) > 2 and words.is_furniture(row)]
    counts = Counter(rows[n] for n in buttons)
    first = next((n for n in buttons if counts[rows[n]] >= 3), None)
    if not first:
        return None
    first -= 1
    while first > 1 and weights[first - 1] > 0:
        first -= 1
    return first


def _first_name(rows: Sequence[str]) -> int | None:
    """The first of the lines that are an author's name, if somebody's comes again and again."""
    return min(author_lines(rows).authors, default=None)


@dataclass(slots=True)
class Names:
    """The lines above comments that name their authors, and the labels below these names."""

    authors: dict[int, str] = field(default_factory=dict)
    labels: set[int] = field(default_factory=set)


def author_lines(rows: Sequence[str]) -> Names:
    """The lines that are an author's name above a comment.

    A name on a line of its own is one only if somebody's name comes so at least three times, as
    the name of who answers does; or if labels stand below names ("Member", "Posts") at least three
    times. What stands between two of them is a comment.
    """
    found = _named(rows)
    counts = Counter(found.authors.values())
    labelled = {n for n in found.authors if n + 1 in found.labels}
    if len(labelled) < 3:
        labelled = set()
    again = [n for n, row in found.authors.items() if counts[row] >= 3 or n in labelled]
    if not again:
        return Names()
    first = again[0]
    for n in sorted((n for n in found.authors if n < first), reverse=True):
        if labelled or first - n > _NEAR or _weight_of(rows[n + 1 : first]) <= 0:
            break
        first = n
    authors = {n: row for n, row in found.authors.items() if n >= first}
    if labelled:
        authors = {n: row for n, row in authors.items() if n in labelled}
    return Names(authors, {n for n in found.labels if n > first})


def _named(rows: Sequence[str]) -> Names:
    """Every line that may be an author's name: alone above words, or with labels below it that
    come at least three times on the page."""
    out = Names()
    name = [is_name(row) for row in rows]
    short = [one or row.casefold() in _TITLES for one, row in zip(name, rows, strict=True)]
    counts = Counter(row for row, one in zip(rows, short, strict=True) if one)
    n = 0
    while n < len(rows):
        end = n
        while end < len(rows) and short[end]:
            end += 1
        letter_ends = n < end and (signs(rows[n]) or (n > 0 and signs(rows[n - 1])))
        if letter_ends or end == len(rows) or not name[n]:
            pass
        elif end == n + 1:
            out.authors[n] = rows[n]
        elif end > n + 1 and sum(counts[row] >= 3 for row in rows[n + 1 : end]) * 2 >= end - n - 1:
            out.authors[n] = rows[n]
            out.labels.update(range(n + 1, end))
        n = max(end, n + 1)
    return out


def _weight_of(rows: Sequence[str]) -> float:
    return sum(map(_weight, rows))


def is_pingback(row: str) -> bool:
    """True for the excerpt of another page that links to this one: no reader wrote it here."""
    return len(row) > 20 and row.startswith(("[…]", "[...]")) and row.endswith(("]", "…", "..."))


_TITLES = frozenset(
    {"member", "mitglied", "membre", "miembro", "guest", "gast", "moderator", "admin"}
)
"""What forums print below every name; "Author" only marks the writer of the page."""

_INITIAL = re.compile(r" [^\W\d_]\.$")


def is_name(row: str) -> bool:
    """True if a line may be a person's name, and nothing else."""
    return (
        len(row) <= 40
        and len(row.split()) <= 4
        and row[:1].isalpha()
        and (row[-1] not in ".!?,:;)" or _INITIAL.search(row) is not None)
        and not words.is_furniture(row)
        and heads.name(row) is not None
    )


def signs(row: str) -> bool:
    """True for a line that ends a letter: "Cheers", "Viele Grüße, Rana"."""
    return len(row) < 60 and bool(_sign_off().match(row))


def signed(row: str) -> str | None:
    """The name after a sign-off on its line, or None."""
    found = _sign_off().match(row) if len(row) < 60 else None
    return found["name"] if found else None


def greets(row: str) -> bool:
    """True for a line that opens by greeting somebody."""
    return bool(_greeting().match(row))


def greeted(text: str) -> str | None:
    """The name in a greeting at the start of a text, case-folded, or None."""
    match = _greeting().match(text)
    name = match["name"] if match else None
    return name.casefold() if name and name[0].isupper() else None
