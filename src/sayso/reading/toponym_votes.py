"""How far the other names of a document speak for a place: its country, its division, its
surroundings. Each name has one vote, shared among the places that it may mean.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from sayso.knowledge.gazetteer import Place, distance_km

Name = tuple[str, str]
"""A name and the kind that the words beside it give it: the unit that has one meaning."""
Beliefs = dict[Name, dict[str, tuple[float, Place]]]
"""For each name its places by id, each with the belief in it; those of a name sum to 1."""
COUNTRY_HALF = 3.0
DIVISION_HALF = 2.0
SHARE_POWER = 0.5
"""How much a country loses by sharing the document with others: 0 nothing, 1 in proportion."""
NATIONS_KM = 1500.0


_FEW = 6
"""So many squares are looked through one by one."""


class Votes:
    """The votes of all names; what is asked for a name never counts its own."""

    def __init__(self, beliefs: Beliefs) -> None:
        self._country: dict[str, float] = defaultdict(float)
        self._division: dict[tuple[str, str], float] = defaultdict(float)
        self._square: dict[tuple[int, int], float] = defaultdict(float)
        self._own_country: dict[tuple[Name, str], float] = defaultdict(float)
        self._own_division: dict[tuple[Name, str, str], float] = defaultdict(float)
        self._own_square: dict[Name, dict[tuple[int, int], float]] = defaultdict(dict)
        self._around: dict[tuple[int, int], float] = {}
        self._nations: list[tuple[float, Place]] = []
        for name, shares in beliefs.items():
            for weight, place in shares.values():
                self._add(name, weight, place)
        self._all = sum(w for code, w in self._country.items() if code)

    def _add(self, name: Name, weight: float, place: Place) -> None:
        self._country[place.country] += weight
        self._own_country[name, place.country] += weight
        if place.admin1:
            self._division[place.country, place.admin1] += weight
            self._own_division[name, place.country, place.admin1] += weight
        square = _square(place)
        if square is not None:
            self._square[square] += weight
            own = self._own_square[name]
            own[square] = own.get(square, 0.0) + weight
        if place.kind == "country":
            self._nations.append((weight, place))

    def country(self, name: Name, place: Place) -> float:
        """0 to 1: how many other names lie in its country, and how much of the document that is."""
        votes = self._country[place.country] - self._own_country[name, place.country]
        return self._weighed(votes, COUNTRY_HALF)

    def division(self, name: Name, place: Place) -> float:
        """0 to 1: likewise for its first-level division."""
        held = place.country, place.admin1
        votes = self._division[held] - self._own_division[name, *held]
        return self._weighed(votes, DIVISION_HALF)

    def _weighed(self, votes: float, half: float) -> float:
        if votes <= 0:
            return 0.0
        share = min(1.0, votes / max(votes, self._all - 1))
        return float(votes / (votes + half) * share**SHARE_POWER)

    def near(self, name: Name, place: Place) -> float:
        """The belief in towns of other names in the place's square degree and the eight around."""
        square = _square(place)
        if square is None:
            return 0.0
        if square not in self._around:
            self._around[square] = _and_around(self._square, square)
        return self._around[square] - _and_around(self._own_square[name], square)

    def nations(self, name: Name, place: Place) -> float:
        """The belief in other countries within NATIONS_KM of a country: where Armenia and
        Azerbaijan are named, Georgia is the third."""
        total = 0.0
        for weight, other in self._nations:
            away = distance_km(place, other) if other.id != place.id else None
            if away is not None and away <= NATIONS_KM:
                total += weight
        return total


def _and_around(squares: Mapping[tuple[int, int], float], at: tuple[int, int]) -> float:
    x, y = at
    if len(squares) < _FEW:
        own = (w for (a, b), w in squares.items() if abs(a - x) <= 1 and abs(b - y) <= 1)
        return math.fsum(own)
    near = [squares.get((x + i, y + j), 0.0) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return math.fsum(near)


def _square(place: Place) -> tuple[int, int] | None:
    if place.kind not in ("city", "admin2", "facility", "natural"):
        return None
    if place.latitude is None or place.longitude is None:
        return None
    return math.floor(place.latitude), math.floor(place.longitude)
