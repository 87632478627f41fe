"""What the words around a place name do to it: near it, on the road to it, only a part of it.

A part ("western Aleppo countryside", "the north of Syria") is a phrase of its own without a point;
near and road are said of the name's own mention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.knowledge.placewords import words
from sayso.model.annotation import Precision
from sayso.reading.toponym_resolve import Resolved

LOOK_BACK = 70
LOOK_AHEAD = 40
NEAR_KM = 15.0
PART_KM = {"country": 400.0, "admin1": 100.0, "admin2": 40.0, "city": 40.0, "continent": 1500.0,
           "region": 250.0, "sea": 400.0, "natural": 100.0, "facility": 5.0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """How a mention of a name lies to the place: its words, a precision class, a radius in km."""

    words: str
    precision: Precision
    radius_km: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """A vague part of a named place, as half-open offsets of the whole phrase."""

    start: int
    end: int
    radius_km: float


def _any(options: frozenset[str]) -> str:
    longest = sorted(options, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in longest) + ")"


@dataclass(frozen=True, slots=True)
class _Patterns:
    direction: re.Pattern[str]
    part_of: re.Pattern[str]
    near: re.Pattern[str]
    route: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    w = words()
    side = _any(w.directions)
    noun = _any(w.countryside)
    settled = r"(?:the\s+)?(?:(?:town|city|village|province|governorate|district)\s+of\s+)?"
    compass = r"(?:north|south|east|west)(?:[- ]?(?:east|west))?"
    flags = re.IGNORECASE
    return _Patterns(
        direction=re.compile(rf"\b(?P<from>{side}(?:(?:\s+and\s+|-){side})?)\s+$", flags),
        part_of=re.compile(
            rf"\bthe\s+(?P<from>(?:{side}\s+)?(?:{noun}|{compass}|parts?|half|centre|center|edges?|"
            rf"fringes)(?:\s+and\s+{noun})?)\s+of\s+{settled}$",
            flags,
        ),
        near=re.compile(
            rf"\b(?P<near>(?:\d[\d.,]*\s*(?:km|kilomet\w+|miles?|mi)\s+)?"
            rf"(?:(?:to\s+the\s+)?{compass}\s+of|{_any(w.near)}))\s+{settled}$",
            flags,
        ),
        route=re.compile(rf"\b(?P<route>{_any(w.route)})\s+{settled}$", flags),
        after=re.compile(rf"(?:['’]s)?\s+(?:{side}\s+)?{noun}\b", flags),
    )


def relation_of(text: str, start: int) -> Relation | None:
    """How the name that starts there is related to, if the words before it say so."""
    before = text[max(0, start - LOOK_BACK) : start]
    p = _patterns()
    if match := p.route.search(before):
        return Relation(" ".join(match["route"].split()), "route", None)
    if match := p.near.search(before):
        return Relation(" ".join(match["near"].split()), "near", _distance(match["near"]))
    return None


def _distance(phrase: str) -> float:
    match = re.match(r"(\d+(?:\.\d+)?)", phrase.replace(",", ""))
    if match is None:
        return NEAR_KM
    number = float(match[1])
    return round(number * (1.609 if "mi" in phrase else 1.0), 1) or NEAR_KM


def part_of(text: str, result: Resolved) -> Part | None:
    """The phrase that means a part of the named place, or None where the place itself is meant."""
    item = result.found
    if item.form == "demonym":
        return None
    start, end = item.start, item.end
    before = text[max(0, start - LOOK_BACK) : start]
    p = _patterns()
    offset = max(0, start - LOOK_BACK)
    if match := p.part_of.search(before) or p.direction.search(before):
        start = offset + match.start("from")
    if match := p.after.match(text, item.end, item.end + LOOK_AHEAD):
        end = match.end()
    if (start, end) == (item.start, item.end) or "\n\n" in text[start:end]:
        return None
    kind = result.place.kind if result.place else "city"
    return Part(start, end, PART_KM[kind])
