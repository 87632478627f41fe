"""Whether two comments give rival numbers.

Two numbers are rivals when they measure the same thing differently: the same noun, people and
people, two spans of time, two shares, two scores. A number of nothing ("more like 12") is a rival
only where words put it against another one (`numbers.yaml`, `frames`) or it is all that is said.
A comment that only takes the other's number up ("ten battalions?") disputes it too (`echoes`).
"""

from __future__ import annotations

import re

from sayso.reading.reply_lexicon import words
from sayso.reading.reply_numbers import Number, tables

_OPENING = 80
_FRAGMENT = 4
"""Words of a sentence that says nothing but its number: "Fifteen.", "Three, maybe four." """


def rivals(
    text: str, ours: list[Number], theirs: list[Number], other: str = ""
) -> list[tuple[Number, Number]]:
    """Pairs (ours, theirs) that give another value for the same thing, the surest first. `text`
    is where ours stand, `other` where theirs do: two numbers beside the same word ("surrender")
    are rivals before others."""
    out: list[tuple[int, Number, Number]] = []
    for a in ours:
        if any(_same(a, b) for b in theirs):
            continue  # their own number, taken up
        put = framed(text, a)
        for b in theirs:
            strength = _against(a, b, put, a.start <= _OPENING)
            if strength:
                beside = bool(_beside(text, a) & _beside(other, b))
                out.append((strength + 2 * beside, a, b))
    out.sort(key=lambda p: (-p[0], p[1].start))
    return [(a, b) for _, a, b in out]


def _beside(text: str, number: Number) -> set[str]:
    """The first letters of the longer words next to a number, without its noun."""
    around = text[max(0, number.start - 50) : number.start] + text[number.end : number.end + 50]
    found = (w for w in _LONG_WORD.findall(around) if w not in words("common"))
    return {w[:5] for w in found}


def echoed(text: str, ours: list[Number], theirs: list[Number]) -> Number | None:
    """The number of theirs that a comment takes up to doubt it, or None."""
    for a in ours:
        for b in theirs:
            if _same(a, b) and _framed(text, a, "echoes"):
                return b
    return None


def framed(text: str, number: Number) -> bool:
    """True if words put the number against another one, or it is all that its sentence says."""
    return _alone(text, number) or _framed(text, number, "frames")


def _same(a: Number, b: Number) -> bool:
    if (a.kind == "score") != (b.kind == "score"):
        return False
    if a.kind == "score":
        return {a.value, a.other} == {b.value, b.other}
    alike = a.kind == b.kind or a.bare or b.bare
    if not alike:
        return False
    if a.value == b.value:
        return True
    # "12" takes "12 million" or "12 per cent" up.
    mine = _face(a), _face(b)
    return (a.bare or b.bare) and mine[0] == mine[1]


def _face(number: Number) -> float:
    value = number.value * (100 if number.kind == "share" else 1)
    if number.kind in tables().measures and number.unit:
        value /= tables().measures[number.kind].get(number.unit, 1)
    while value >= 1000 and value % 1000 == 0:
        value /= 1000
    return round(value, 3)


def _against(a: Number, b: Number, put: bool, opens: bool) -> int:
    """How surely two numbers that differ measure the same thing: 0 for not at all."""
    if b.other and b.value <= a.value <= b.other:
        return 0
    if a.kind == "count" and b.kind == "count":
        if a.unit and a.unit == b.unit:
            return 4
        if a.people and b.people:
            return 3
        if (a.bare or b.bare) and put and _near(a, b):
            return 2
        return 0
    if a.kind == b.kind:
        if a.kind == "times" or (a.kind == "share" and "%" not in {a.unit, b.unit}):
            return 3 if put or opens else 0
        return 3 if put or (opens and a.kind != "span") else 0
    if a.bare and put and b.kind != "times":
        return 2 if _close(a.value, _face(b)) else 0
    return 0


def _near(a: Number, b: Number) -> bool:
    return _close(a.value, b.value) or _close(_face(a), _face(b))


def _close(one: float, two: float) -> bool:
    low, high = sorted((one, two))
    return low > 0 and high / low <= 20


_LONG_WORD = re.compile(r"[a-z][\w'-]{4,}")
_SENTENCE = re.compile(r"[^.!?;]+")


def _alone(text: str, number: Number) -> bool:
    """True if the number stands in a sentence of a few words without a verb of its own."""
    start = max(text.rfind(mark, 0, number.start) for mark in ".!?;:") + 1
    match = _SENTENCE.match(text, number.end)
    end = match.end() if match else number.end
    rest = (text[start : number.start] + " " + text[number.end : end]).split()
    return len(rest) <= _FRAGMENT and not any(w in words("verbs") for w in rest)


def _framed(text: str, number: Number, table: str) -> bool:
    start = max(0, number.start - 80)
    around = text[start : number.start] + "\0" + text[number.end : number.end + 60]
    patterns = tables().frames if table == "frames" else tables().echoes
    return any(p.search(around) for p in patterns)
