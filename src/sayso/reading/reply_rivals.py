"""Whether two comments give rival numbers.

Two numbers are rivals when they measure the same thing differently: the same noun, people and
people, two spans of time, two shares, two scores, the object of the same verb. A number of nothing
("more like 12") is a rival only where words put it against another one (`numbers.yaml`, `frames`),
where it is all that is said, or where its author gave it before. A comment that only takes the
other's number up ("ten battalions?") disputes it too (`echoes`), or narrows it ("ten on paper").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log10

from sayso.reading.reply_lexicon import words
from sayso.reading.reply_numbers import Number, tables

_OPENING = 80
_FRAGMENT = 4
"""Words of a sentence that says nothing but its number: "Fifteen.", "Three, maybe four." """
_LONG_WORD = re.compile(r"[a-z][\w'-]{4,}")
_SENTENCE = re.compile(r"[^.!?;]+")
_PRONOUN = re.compile(r"(?:^|[.!?;,] )(?:no,? |well,? )*(?:it|they|he|she|we) [a-z']+ $")
_OWNED = re.compile(r"\b(?:i|we)(?:'ve| have|'d| had)(?: had)?(?: about| at least| only)? $")
_NOT = re.compile(r"\b(?:not|never)(?: the| just| about| only)? $")
_NAMED = 4.0
"""How much surer a rival is whose number the comment itself refuses: "four dead, not two"."""
_NEXT_TO = re.compile(r"([a-z][\w'-]*) \W*$")


@dataclass(frozen=True, slots=True)
class Echo:
    """A number of the other comment that this one takes up: `taken` there, `given` here.
    `narrows`: it is not denied, only said to hold for less ("640 in phase one")."""

    taken: Number
    given: Number
    narrows: bool = False


def rivals(
    text: str,
    ours: list[Number],
    theirs: list[Number],
    other: str = "",
    mine: list[Number] | None = None,
) -> list[tuple[Number, Number]]:
    """Pairs (ours, theirs) that give another value for the same thing, the surest first. `text`
    is where ours stand, `other` where theirs do: two numbers beside the same words ("surrender")
    are rivals before others. `mine` are the numbers that the author of ours gave before."""
    out: list[tuple[float, Number, Number]] = []
    theirs = not_own(other, theirs, mine or [])
    for a in ours:
        if any(_same(a, b) for b in theirs):
            continue  # their own number, taken up
        if _partitive(text, a):
            continue  # a part of theirs
        put = framed(text, a) or any(_same(a, m) for m in mine or [])
        for b in theirs:
            strength = _against(a, b, put, a.start <= _OPENING)
            if a.bare and b.kind != "count" and _OWNED.search(text[: a.start]):
                strength = 0  # "I've had four" is no time
            if not strength and a.bare and b.kind == "times" and _alone(text, a):
                strength = 2 if _close(a.value, b.value) else 0
            if not strength and _objects(text, a, other, b):
                strength = 2 if _close(a.value, b.value) else 0
            if strength:
                shared = len(beside(text, a) & beside(other, b))
                near = _word_before(text, a) == _word_before(other, b) != ""
                close = min(shared, 2) / 4 + near - _apart(a, b)
                close += _NAMED * any(_refused(text, n, b) for n in ours)
                out.append((strength + 2 * (shared > 0) + close, a, b))
    out.sort(key=lambda p: (-p[0], p[1].start))
    return [(a, b) for _, a, b in out]


def not_own(other: str, theirs: list[Number], mine: list[Number]) -> list[Number]:
    """The numbers of the other comment without those that it only takes up from its addressee
    ("30,000? More like 12,000": the 12,000)."""
    return [
        b
        for b in theirs
        if not (any(_same(b, m) for m in mine) and _framed(other, b, "echoes") is not None)
    ]


def _refused(text: str, ours: Number, theirs: Number) -> bool:
    """ "Four dead, not two": two is what is refused."""
    return _same(ours, theirs) and _NOT.search(text[: ours.start]) is not None


def echoed(text: str, ours: list[Number], theirs: list[Number]) -> Echo | None:
    """The number of theirs that a comment takes up to doubt or narrow it, or None."""
    for a in ours:
        for b in theirs:
            if _same(a, b):
                rule = _framed(text, a, "echoes")
                narrows = rule in tables().narrowing
                if rule is not None and not (narrows and _too_common(a, b)):
                    return Echo(b, a, narrows)
    return None


def _too_common(a: Number, b: Number) -> bool:
    """True for a "two" that need not take up the other's "two options"."""
    return a.kind == "count" and a.value <= 3 and a.unit != b.unit


def part_of(text: str, ours: list[Number], theirs: list[Number]) -> Echo | None:
    """The number of theirs of which a comment takes a part out: "some 400 of those came by
    purchase"."""
    counts = [b for b in theirs if b.kind == "count" and (b.unit or b.value >= 100)]
    for a in ours:
        if _partitive(text, a):
            wholes = [b for b in counts if a.kind == "share" or b.value > a.value]
            if wholes:
                return Echo(max(wholes, key=lambda b: b.value), a, True)
    return None


def _partitive(text: str, number: Number) -> bool:
    if not tables().partitive.match(text, _bare_end(text, number)):
        return False
    return tables().before_part.search(text[: number.start]) is not None


def _bare_end(text: str, number: Number) -> int:
    """Where the figure of a number ends, without the noun that it counts."""
    at = text.find(" of ", number.start, number.end + 8)
    return at if at >= 0 else number.end


def framed(text: str, number: Number) -> bool:
    """True if words put the number against another one, or it is all that its sentence says."""
    return _alone(text, number) or _framed(text, number, "frames") is not None


def set_against(text: str, number: Number) -> bool:
    """True if words put the number against another one that need not stand near."""
    return _framed(text, number, "frames") in tables().against


def same_thing(a: Number, b: Number) -> bool:
    """True if two numbers can measure the same: one kind, and units that do not differ."""
    if a.bare or b.bare:
        return _near(a, b)
    return a.kind == b.kind and not _different_units(a, b)


def same(a: Number, b: Number) -> bool:
    """True if two comments give the same number, as far as one can tell."""
    return _same(a, b)


def beside(text: str, number: Number) -> set[str]:
    """The first letters of the longer words next to a number, without its noun."""
    around = text[max(0, number.start - 50) : number.start] + text[number.end : number.end + 50]
    found = (w for w in _LONG_WORD.findall(around) if w not in words("common"))
    return {w[:5] for w in found}


def _word_before(text: str, number: Number) -> str:
    match = _NEXT_TO.search(text, max(0, number.start - 25), number.start)
    return match.group(1) if match else ""


def _objects(text: str, a: Number, other: str, b: Number) -> bool:
    """True if both are what the same verb takes ("win 5 games", "we won eleven"), and the first
    has no noun or its verb a pronoun for a subject ("it had 9,000 samples")."""
    verb = tables().verbs.get(_word_before(text, a), "")
    if not verb or verb != tables().verbs.get(_word_before(other, b), ""):
        return False
    return a.bare or bool(a.kind == b.kind and _PRONOUN.search(text[: a.start]))


def _apart(a: Number, b: Number) -> float:
    """A little for numbers that are far from each other: the nearer is the likelier rival."""
    one, two = (_face(a), _face(b)) if a.kind != b.kind else (a.value, b.value)
    if one <= 0 or two <= 0:
        return 0.0
    return min(abs(log10(one / two)), 4.0) / 5


def _same(a: Number, b: Number) -> bool:
    if (a.kind == "score") != (b.kind == "score"):
        return False
    if a.kind == "score":
        return {a.value, a.other} == {b.value, b.other}
    alike = a.kind == b.kind or a.bare or b.bare
    if not alike or _different_units(a, b):
        return False
    if a.value == b.value:
        return True
    # "12" takes "12 million" or "12 per cent" up.
    mine = _face(a), _face(b)
    return (a.bare or b.bare) and mine[0] == mine[1]


def _different_units(a: Number, b: Number) -> bool:
    """True for five goals and five games."""
    if a.kind != "count" or b.kind != "count" or not (a.unit and b.unit):
        return False
    return a.unit != b.unit and not (a.people and b.people)


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
    if a.bare and put and b.kind != "times" and (b.kind != "share" or b.unit == "%"):
        return 2 if _close(a.value, _face(b)) else 0
    return 0


def _near(a: Number, b: Number) -> bool:
    """True if two numbers can count the same; "12" may stand for 12 thousand or million."""
    if _close(a.value, b.value):
        return True
    small, large = sorted((a, b), key=lambda n: n.value)
    face = _face(large)
    return 3 <= small.value < 1000 <= large.value and max(small.value, face) <= 5 * min(
        small.value, face
    )


def _close(one: float, two: float) -> bool:
    low, high = sorted((one, two))
    return low > 0 and high / low <= 20


def _alone(text: str, number: Number) -> bool:
    """True if the number stands in a sentence of a few words without a verb of its own."""
    start = max(text.rfind(mark, 0, number.start) for mark in ".!?;:") + 1
    match = _SENTENCE.match(text, number.end)
    end = match.end() if match else number.end
    rest = (text[start : number.start] + " " + text[number.end : end]).split()
    return len(rest) <= _FRAGMENT and not any(w in words("verbs") for w in rest)


def _framed(text: str, number: Number, table: str) -> str | None:
    """The id of the first frame around a number."""
    start = max(0, number.start - 80)
    around = text[start : number.start] + "\0" + text[number.end : number.end + 60]
    patterns = tables().frames if table == "frames" else tables().echoes
    return next((name for name, p in patterns if p.search(around)), None)
