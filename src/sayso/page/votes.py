"""Who answers whom: several kinds of evidence, asked in a platform's order.

The first kind that knows decides; kinds that agree with it are named beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sayso.page import dom
from sayso.page.dom import Element
from sayso.page.found import Comment
from sayso.page.platforms import Place, Vote
from sayso.page.selectors import Page

UNKNOWN = -1
"""A vote without an opinion; `None` is the opinion that a comment is no reply."""


class Owners(Protocol):
    """Which comment each element of a page belongs to."""

    page: Page
    elements: list[Element]

    def owner(self, element: Element) -> int | None: ...

    def of(self, selector: str, side: str = "") -> list[list[Element]]: ...

    def parent(self, index: int) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """The parent of a comment, and which evidence decided it."""

    parent: int | None
    decided_by: str


def decide(tree: Sequence[Vote], owners: Owners, comments: Sequence[Comment]) -> list[Decision]:
    """The parent of every comment. A parent always stands before its reply."""
    ballots = [(vote.by, _VOTES[vote.by](vote, owners, comments)) for vote in tree]
    out = []
    for n in range(len(comments)):
        opinions = [(by, ballot[n]) for by, ballot in ballots if ballot[n] != UNKNOWN]
        opinions = [(by, p) for by, p in opinions if p is None or p < n]
        if not opinions:
            out.append(Decision(None, "flat"))
            continue
        parent = opinions[0][1]
        agreed = dict.fromkeys(by for by, p in opinions if p == parent)
        out.append(Decision(parent, ", ".join(agreed)))
    return out


def levels(depths: Sequence[int | None]) -> list[int | None]:
    """Parents by level: the nearest comment above with a lower level; UNKNOWN for no level."""
    out: list[int | None] = []
    stack: list[tuple[int, int]] = []
    for n, depth in enumerate(depths):
        if depth is None:
            out.append(UNKNOWN)
            continue
        while stack and stack[-1][0] >= depth:
            stack.pop()
        out.append(stack[-1][1] if stack else None)
        stack.append((depth, n))
    return out


def _values(owners: Owners, place: Place) -> list[list[str]]:
    out = []
    for elements in owners.of(place.selector, place.side):
        found = (
            (dom.attribute(e, place.attribute) if place.attribute else dom.line(e))
            for e in elements
        )
        out.append([value for value in found if value])
    return out


def _nest(vote: Vote, owners: Owners, comments: Sequence[Comment]) -> list[int | None]:
    return [owners.parent(n) for n in range(len(comments))]


def _depth(vote: Vote, owners: Owners, comments: Sequence[Comment]) -> list[int | None]:
    depths: list[int | None] = []
    for values in _values(owners, vote.at):
        depths.append(
            next((d for v in values if (d := _number(vote.pattern, v)) is not None), None)
        )
    return levels(depths)


def _number(pattern: re.Pattern[str] | None, value: str) -> int | None:
    found = (pattern or _DIGITS).search(value)
    if not found:
        return None
    digits = found[1] if found.groups() else found[0]
    try:
        return int(float(digits))
    except (TypeError, ValueError):
        return None


_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def _parent(vote: Vote, owners: Owners, comments: Sequence[Comment]) -> list[int | None]:
    known: dict[str, int] = {}
    for n, comment in enumerate(comments):
        if comment.key:
            known.setdefault(comment.key, n)
    out: list[int | None] = []
    for n, values in enumerate(_values(owners, vote.at)):
        opinion: int | None = UNKNOWN
        for value in values:
            found = vote.pattern.search(value) if vote.pattern else None
            key = (found[1] if found.groups() else found[0]) if found else value
            if vote.pattern and not found:
                continue
            if key in known and known[key] != n:
                opinion = known[key]
                break
            if key in ("", "0", "null", "None"):
                opinion = None
        out.append(opinion)
    return out


def _numbered(vote: Vote, owners: Owners, comments: Sequence[Comment]) -> list[int | None]:
    """ "#4.1" answers "#4"."""
    numbers: list[str | None] = []
    for values in _values(owners, vote.at):
        found = next((m for v in values if (m := (vote.pattern or _DOTTED).search(v))), None)
        numbers.append(found[1] if found else None)
    where = {number: n for n, number in reversed(list(enumerate(numbers))) if number}
    out: list[int | None] = []
    for number in numbers:
        if number is None:
            out.append(UNKNOWN)
        elif "." in number:
            out.append(where.get(number.rpartition(".")[0], UNKNOWN))
        else:
            out.append(None)
    return out


_DOTTED = re.compile(r"#?(\d+(?:\.\d+)*)")


def _after(vote: Vote, owners: Owners, comments: Sequence[Comment]) -> list[int | None]:
    """Replies stand in an element of their own, right after the comment that they answer."""
    holders = set(owners.page.select(vote.at.selector))
    last: dict[Element | None, int] = {}
    answered: dict[Element | None, int | None] = {None: None}
    out: list[int | None] = []
    for n, element in enumerate(owners.elements):
        around = [a for a in element.iterancestors() if a in holders]
        holder = around[0] if around else None
        if holder not in answered:
            answered[holder] = last.get(around[1] if len(around) > 1 else None)
        out.append(answered[holder])
        last[holder] = n
    return out


_VOTES: dict[str, Callable[[Vote, Owners, Sequence[Comment]], list[int | None]]] = {
    "nest": _nest,
    "depth": _depth,
    "margin": _depth,
    "parent": _parent,
    "number": _numbered,
    "after": _after,
}
