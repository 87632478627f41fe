"""How the numbers of a comment stand to those of the comment that it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log10

from sayso.reading.reply_lexicon import form
from sayso.reading.reply_numbers import Number, numbers
from sayso.reading.reply_rivals import (
    Echo,
    echoed,
    framed,
    not_own,
    part_of,
    rivals,
    same,
    same_thing,
)

_FIRST = 20
"""A number that is taken up within so many characters of the beginning is what the comment is
about, before any other that it gives."""
_COUNTS = re.compile(r"\b([a-z][\w'-]{2,}) (?:only )?(?:counts?|counted|includes?|included)\b")
_SHORT = 20
"""Words of a comment whose only number is what it is about."""


@dataclass(frozen=True, slots=True)
class Figures:
    """`pairs` are rivals (ours, theirs), the surest first; `echo` is a number of theirs that the
    comment takes up to doubt or narrow it; `theirs` are the numbers of the answered comment that
    it does not take from its addressee; `kept` says that the author gives a number of their own
    again, against another one or against a doubt of it (`doubted`: theirs, then); `taken_over`,
    that the author gives the other's number for one of their own; `replaced`, that beside the one
    that is taken up stands another one for it."""

    ours: tuple[Number, ...] = ()
    theirs: tuple[Number, ...] = ()
    pairs: tuple[tuple[Number, Number], ...] = ()
    echo: Echo | None = None
    kept: bool = False
    doubted: Number | None = None
    taken_over: bool = False
    replaced: bool = False

    @property
    def rival(self) -> bool:
        """True if the comment gives another value for a number of theirs."""
        return bool(self.pairs)

    @property
    def narrows(self) -> bool:
        """True if it says that their number holds for less."""
        return self.echo is not None and self.echo.narrows

    @property
    def disputed(self) -> Number | None:
        """The number of theirs that is given another value, doubted or narrowed."""
        if self.echo is not None and (not self.pairs or self.echo.given.start <= _FIRST):
            return self.echo.taken
        return self.pairs[0][1] if self.pairs else self.doubted


@dataclass(frozen=True, slots=True)
class Pointed:
    """A figure of the answered comment, and how likely the trained model takes it to be the one
    that a reply challenges."""

    number: Number
    likely: float


def compare(text: str, other: str, before: str = "") -> Figures:
    """The figures of a comment (`text`) against those of the one that it answers (`other`).
    `before` is what the author of the comment wrote further up."""
    ours, theirs = numbers(text), numbers(other)
    mine = numbers(before)
    fresh = not_own(other, theirs, mine)
    pairs = rivals(text, ours, theirs, other, mine)
    echo = echoed(text, ours, fresh) or part_of(text, ours, fresh)
    kept = any(same(a, m) for a, _ in pairs for m in mine)
    doubted = next((b for b in theirs if b not in fresh and any(same(a, b) for a in ours)), None)
    if doubted is not None and not pairs:
        kept = True
    over = not pairs and any(
        same(a, b) and any(same_thing(b, m) and not same(b, m) for m in mine)
        for a in ours
        for b in fresh
    )
    replaced = echo is not None and any(
        a is not echo.given and same_thing(a, echo.taken) and framed(text, a) for a in ours
    )
    return Figures(tuple(ours), tuple(fresh), tuple(pairs), echo, kept, doubted, over, replaced)


def named(figures: Figures, text: str) -> Number | None:
    """The number of theirs that a comment names: the same figure again, or one whose noun stands
    in it ("source for the cities?")."""
    theirs = [n for n in figures.theirs if n.kind != "score"]
    again = next((n for n in theirs if any(same(a, n) for a in figures.ours)), None)
    if again is not None:
        return again
    counted = [n for n in theirs if n.unit and re.search(_stem(n.unit), text)]
    return max(counted, key=lambda n: n.value) if counted else None


def meant(figures: Figures, text: str) -> Number | None:
    """The number of theirs that a comment which speaks of counting means: the one that it disputes
    or names, else the first where it speaks of a part of it, else the only one."""
    found = figures.disputed or named(figures, text)
    theirs = [n for n in figures.theirs if n.kind != "score"]
    if found is not None or not theirs:
        return found
    return theirs[0] if len(theirs) == 1 or form("part_of_that").search(text) else None


def nearest(figures: Figures) -> Number | None:
    """Of their numbers the one that is most like one of ours: of its kind, then of its size; the
    first where we give none."""
    theirs = [n for n in figures.theirs if n.kind != "score"]
    pairs = [(a, b) for a in figures.ours for b in theirs if a.value > 0 and b.value > 0]
    if not pairs:
        return theirs[0] if theirs else None
    _, best = min(
        pairs, key=lambda p: (p[0].kind != p[1].kind, abs(log10(p[0].value / p[1].value)))
    )
    return best


def speaks_of_counting(text: str, other: str) -> bool:
    """True if a comment speaks of the other's figure without giving one: of "that number", of half
    of it, or of how the one who is quoted for it counts ("the police counted tractors")."""
    if form("of_counting").search(text) or form("part_of_that").search(text):
        return True
    counted = _COUNTS.search(text[:80])
    return counted is not None and re.search(rf"\b{counted.group(1)}\b", other) is not None


def alone(figures: Figures, other: str) -> Number | None:
    """The only number of a short comment: what a mere "On paper." is said of."""
    one = len(figures.theirs) == 1 and len(other.split()) <= _SHORT
    return figures.theirs[0] if one else None


def _stem(unit: str) -> str:
    """A pattern for a noun and its plural."""
    return rf"\b{re.escape(unit.removesuffix('y') if len(unit) > 4 else unit)}"
