"""Who answers whom in a dump: the indent and the numbers of nested lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sayso.page.dump.heads import Head


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands: the index of its parent, and what decided it."""

    parent: int | None
    decided_by: str
    missing: int = 0


def columns(heads: list[Head]) -> list[int]:
    """The column that tells the level of each head.

    Some text browsers set the numbers of a list flush left, some flush right; in the second
    case the full stop after the number is what stands in one column.
    """
    one = Counter(h.column for h in heads if h.at == 2)
    two = Counter(h.column for h in heads if h.at == 3)
    right = sum(n for c, n in two.items() if c + 1 in one)
    left = sum(n for c, n in two.items() if c in one)
    if right > left:
        return [h.column + h.at - 2 if h.at else h.column for h in heads]
    return [h.column for h in heads]


def places(heads: list[Head]) -> list[Place]:
    """The parent of each head: the nearest one above that stands further left.

    Numbers that leave a gap are comments that the dump lost; they are counted in `missing`.
    """
    out: list[Place] = []
    stack: list[tuple[int, int, int]] = []
    depths = columns(heads)
    flat = len(set(depths)) == 1
    for index, (head, column) in enumerate(zip(heads, depths, strict=True)):
        previous = 0
        while stack and stack[-1][0] >= column:
            previous = stack.pop()[2]
        parent = stack[-1][1] if stack else None
        missing = 0
        if head.ordinal is not None and head.ordinal > previous + 1:
            missing = head.ordinal - previous - 1
        decided = "flat" if flat and head.ordinal is None else "indent"
        if head.ordinal is not None:
            decided = "indent and ordinal"
        out.append(Place(parent, decided, missing))
        stack.append((column, index, head.ordinal or 0))
    return out
