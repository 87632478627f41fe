"""Who answers whom in a dump: nested lists, printed levels and numbers, or the words themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.page.dump.answers import by_words
from sayso.page.dump.heads import Head
from sayso.page.found import Comment
from sayso.page.votes import UNKNOWN, levels


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands: the index of its parent, what decided it, and how many numbers of
    its list are missing before it."""

    parent: int | None
    decided_by: str
    missing: int = 0


def columns(heads: list[Head]) -> list[int]:
    """The column that tells the level of each head.

    Some text browsers set the numbers of a list flush left, some flush right; in the second
    case the full stop after the number is what stands in one column.
    """
    one = Counter(h.column for h in heads if h.ordinal is not None and h.at == 2)
    two = Counter(h.column for h in heads if h.ordinal is not None and h.at == 3)
    right = sum(n for c, n in two.items() if c + 1 in one)
    left = sum(n for c, n in two.items() if c in one)
    if right > left:
        return [h.column + h.at - 2 if h.ordinal is not None else h.column for h in heads]
    return [h.column for h in heads]


def places(heads: list[Head], comments: Sequence[Comment]) -> list[Place]:
    """The parent of each comment: by printed level or number, by indent, else by its words."""
    numbered = _numbered(heads)
    if numbered:
        return numbered
    if sum(h.level is not None for h in heads) * 2 > len(heads):
        parents = levels([h.level for h in heads])
        return [Place(None if p == UNKNOWN else p, "depth") for p in parents]
    depths = columns(heads)
    if _telling(heads, depths):
        return _by_indent(heads, depths)
    return _by_words(heads, comments)


def _telling(heads: list[Head], depths: list[int]) -> bool:
    """True if the columns say something: there are several, and the leftmost comes first."""
    return len(set(depths)) > 1 and depths[0] <= min(depths) + 1


def _by_indent(heads: list[Head], depths: list[int]) -> list[Place]:
    out: list[Place] = []
    stack: list[tuple[int, int, int]] = []
    for index, (head, column) in enumerate(zip(heads, depths, strict=True)):
        previous = 0
        while stack and stack[-1][0] >= column:
            previous = stack.pop()[2]
        parent = stack[-1][1] if stack else None
        missing = 0
        if head.ordinal is not None and head.ordinal > previous + 1:
            missing = head.ordinal - previous - 1
        decided = "indent" if head.ordinal is None else "indent, ordinal"
        out.append(Place(parent, decided, missing))
        stack.append((column, index, head.ordinal or 0))
    return out


def _numbered(heads: list[Head]) -> list[Place] | None:
    """ "#4.1" answers "#4", where the page prints such numbers."""
    numbers = [h.number for h in heads]
    if sum(n is not None for n in numbers) * 2 <= len(heads):
        return None
    if not any(n and "." in n for n in numbers):
        return None
    where: dict[str, int] = {}
    out = []
    for index, number in enumerate(numbers):
        parent = where.get(number.rpartition(".")[0]) if number and "." in number else None
        out.append(Place(parent, "number"))
        if number:
            where[number] = index
    return out


def _by_words(heads: list[Head], comments: Sequence[Comment]) -> list[Place]:
    """Replies of a flat dump, by what the comments say."""
    out = []
    for n, answer in enumerate(by_words([h.answers for h in heads], comments)):
        parent, decided = answer or (None, "flat")
        out.append(Place(parent, decided, _gap(heads, n)))
    return out


def _gap(heads: list[Head], index: int) -> int:
    number = heads[index].ordinal
    if number is None or not index or heads[index - 1].ordinal is None:
        return 0
    return max(0, number - (heads[index - 1].ordinal or 0) - 1)
