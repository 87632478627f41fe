"""Coordinates that a text writes out: "36.20 N, 37.16 E", "36°12'N 37°09'E".

Two bare numbers are coordinates only where degree signs, letters of the compass, or words such as
"coordinates" say so. Numbers off the globe are an issue in words, not a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.model.entity import Entity

_ANGLE = (
    r"(?P<d{n}>-?\d{{1,3}}(?:\.\d{{1,7}})?)\s*(?P<s{n}>°)?\s*(?:(?P<m{n}>\d{{1,2}})\s*['’′]\s*)?"
)
_PAIR = re.compile(
    _ANGLE.format(n=1) + r"(?P<h1>[NS]\b)?\s*[,;/ ]\s*" + _ANGLE.format(n=2) + r"(?P<h2>[EW]\b)?"
)
_SAID = re.compile(r"\b(?:coordinates?|co-ordinates?|lat(?:itude)?|GPS)\b[^.\n]{0,24}$", re.I)
MAX_PAIRS = 200


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A pair as half-open offsets; `entity` is None where the numbers are off the globe."""

    start: int
    end: int
    entity: Entity | None


def find(text: str) -> Iterator[Coordinates]:
    """The pairs of a text in order; at most MAX_PAIRS."""
    count = 0
    for match in _PAIR.finditer(text):
        marked = (match["h1"] and match["h2"]) or (match["s1"] and match["s2"])
        if not marked and not (
            "." in match["d1"]
            and "." in match["d2"]
            and _SAID.search(text[max(0, match.start() - 48) : match.start()])
        ):
            continue
        count += 1
        if count > MAX_PAIRS:
            return
        latitude = _degrees(match, 1, "S")
        longitude = _degrees(match, 2, "W")
        start, end = match.start(), match.end()
        while end > start and text[end - 1].isspace():
            end -= 1
        yield Coordinates(start, end, _entity(text[start:end], latitude, longitude))


def _degrees(match: re.Match[str], n: int, negative: str) -> float:
    value = float(match[f"d{n}"])
    minutes = float(match[f"m{n}"] or 0) / 60
    value = value - minutes if value < 0 else value + minutes
    return -abs(value) if match[f"h{n}"] == negative else value


def _entity(words: str, latitude: float, longitude: float) -> Entity | None:
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Entity(
        id=f"new:place:{latitude:.4f},{longitude:.4f}",
        kind="place",
        name=" ".join(words.split()),
        latitude=round(latitude, 6),
        longitude=round(longitude, 6),
        note="coordinates as the text gives them",
    )
