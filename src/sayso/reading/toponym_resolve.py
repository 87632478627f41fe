"""Which place each name means: the whole document has to make sense together.

Scores every candidate by how likely it is at all, and by what else the document names: places of
the same country and division, what stands right behind the name ("Bangor, Maine"), the
publisher's home. One name has one meaning in a document unless its own words say otherwise.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.knowledge.gazetteer import Place, containers, prior
from sayso.knowledge.placenames import key
from sayso.reading.toponym_spans import Found

MAX_CANDIDATES = 80
COUNTRY_WEIGHT = 0.45
ADMIN1_WEIGHT = 0.35
HOME_WEIGHT = 0.5
HOME_COUNTRY_WEIGHT = 0.3
ROUNDS = 3
HINT_WEIGHT = 0.4
NEAR_WEIGHT = 0.3
LEANING_WEIGHT = 0.3
BESIDE_WEIGHT = 0.15
BESIDE = 4
SAME_NAME_PENALTY = 0.25

LIST_MARGIN = 0.15
_JOINT = re.compile(r", ?|,? (?:and|or|&) ")
_END = re.compile(r"[.!?]\s|\n")
Name = tuple[str, str]
"""A name and the kind that the words beside it give it: the unit that has one meaning."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A name with its place; `place` is None where nothing is known by that name."""

    found: Found
    place: Place | None
    confidence: float
    reason: str


def _name(item: Found) -> Name:
    return key(item.name), item.hint


def _fits(place: Place, holder: Place) -> bool:
    """True if the place lies in the holder, by country and division codes."""
    if holder.kind == "country":
        return place.country == holder.country and place.kind != "country"
    if holder.kind == "admin1":
        return (
            place.country == holder.country
            and place.admin1 == holder.admin1
            and place.kind not in ("country", "admin1")
        )
    if holder.kind == "admin2":
        return (
            place.country == holder.country
            and place.admin1 == holder.admin1
            and place.admin2 == holder.admin2
            and place.kind == "city"
        )
    return False


def _narrow(found: Sequence[Found], text: str) -> dict[int, tuple[Place, Place]]:
    """For names that stand before their holder ("Bangor, Maine"): number -> (place, holder)."""
    out: dict[int, tuple[Place, Place]] = {}
    for n in range(len(found) - 1):
        a, b = found[n], found[n + 1]
        gap = text[a.end : b.start]
        if b.form == "demonym" or a.form == "demonym" or len(gap) > 3:
            continue
        if gap.strip() not in (",", "(", "") or "\n" in gap:
            continue
        if gap.strip() == "," and _listed(found, n, text):
            continue
        best: tuple[float, Place, Place] | None = None
        for holder in b.candidates[:8]:
            for place in a.candidates[:MAX_CANDIDATES]:
                if _fits(place, holder):
                    score = prior(place) + prior(holder)
                    if best is None or score > best[0]:
                        best = (score, place, holder)
        if best:
            out[n] = best[1], best[2]
    return out


def _listed(found: Sequence[Found], n: int, text: str) -> bool:
    """True if the names n and n + 1 stand in a list of towns ("Washington, New York and Boston"):
    the second means a town sooner than a holder, and another name goes on from it."""
    a, b = found[n], found[n + 1]
    if not a.candidates or not b.candidates or b.candidates[0].kind != "city":
        return False
    goes_on = n + 2 < len(found) and _JOINT.fullmatch(text[b.end : found[n + 2].start])
    came = n > 0 and _JOINT.fullmatch(text[found[n - 1].end : a.start])
    if not goes_on and not came:
        return False
    inside = [p for p in a.candidates if any(_fits(p, h) for h in b.candidates[:8])]
    return not inside or prior(a.candidates[0]) - prior(inside[0]) > LIST_MARGIN


def resolve(found: Sequence[Found], text: str, home: Place | None = None) -> list[Resolved]:
    """One result per name, in the order given."""
    pairs = _narrow(found, text)
    fixed: dict[int, Place] = {}
    for n, (place, holder) in pairs.items():
        fixed.setdefault(n, place)
        if n + 1 not in pairs:
            fixed[n + 1] = holder
    by_key: dict[Name, list[int]] = defaultdict(list)
    for n, item in enumerate(found):
        by_key[_name(item)].append(n)
    senses, leanings = _senses(by_key, fixed)
    options = {k: found[numbers[0]].candidates[:MAX_CANDIDATES] for k, numbers in by_key.items()}
    weights = _weights(options, senses)
    beside = _beside(found, text, fixed)
    for _ in range(ROUNDS):
        scores = _score(options, senses, leanings, beside, weights, home)
        weights = {k: _shares(s) for k, s in scores.items()}
    out = []
    for n, item in enumerate(found):
        k = _name(item)
        if n in fixed:
            out.append(Resolved(item, fixed[n], 0.93, f"the words say it: {containers(fixed[n])}"))
        else:
            out.append(_choice(item, scores.get(k, []), senses.get(k)))
    return out


def _senses(
    by_key: dict[Name, list[int]], fixed: dict[int, Place]
) -> tuple[dict[Name, Place], dict[Name, Place]]:
    """(what a name means throughout, what it leans to): a name that is first given with its holder
    means that place from then on; where it stood alone before, the holder may be there to tell
    another place apart ("Springfield ... Springfield, Missouri")."""
    senses: dict[Name, Place] = {}
    leanings: dict[Name, Place] = {}
    for name, numbers in by_key.items():
        said = next((n for n in numbers if n in fixed), None)
        if said is not None:
            (senses if said == numbers[0] else leanings)[name] = fixed[said]
    return senses, leanings


def _beside(
    found: Sequence[Found], text: str, fixed: dict[int, Place]
) -> dict[Name, set[tuple[str, str]]]:
    """The states, as (country, division), that the same sentence names by each name: "Kentucky
    opened shelters in Ashland"."""
    out: dict[Name, set[tuple[str, str]]] = defaultdict(set)
    for n, item in enumerate(found):
        if not item.candidates or item.candidates[0].kind != "admin1" or item.form == "demonym":
            continue
        state = item.candidates[0].country, item.candidates[0].admin1
        for m in range(max(0, n - BESIDE), min(len(found), n + BESIDE + 1)):
            other = found[m]
            first, last = sorted((item, other), key=lambda f: f.start)
            if m != n and m not in fixed and not _END.search(text, first.end, last.start):
                out[_name(other)].add(state)
    return out


Scored = list[tuple[float, Place]]


def _shares(scored: Scored) -> dict[str, tuple[float, Place]]:
    """Scores as shares of belief that sum to 1; sharp, so that a clear winner takes nearly all."""
    if not scored:
        return {}
    top = max(s for s, _ in scored)
    raw = [(2.0 ** ((s - top) * 12), p) for s, p in scored]
    total = sum(w for w, _ in raw)
    return {p.id: (w / total, p) for w, p in raw}


def _weights(
    options: dict[Name, tuple[Place, ...]], senses: dict[Name, Place]
) -> dict[Name, dict[str, tuple[float, Place]]]:
    out = {}
    for k, places in options.items():
        if k in senses:
            out[k] = {senses[k].id: (1.0, senses[k])}
        else:
            out[k] = _shares([(prior(p), p) for p in places])
    return out


def _score(
    options: dict[Name, tuple[Place, ...]],
    senses: dict[Name, Place],
    leanings: dict[Name, Place],
    beside: dict[Name, set[tuple[str, str]]],
    weights: dict[Name, dict[str, tuple[float, Place]]],
    home: Place | None,
) -> dict[Name, Scored]:
    around = _Around(weights)
    country: dict[str, float] = defaultdict(float)
    admin1: dict[tuple[str, str], float] = defaultdict(float)
    own_country: dict[tuple[Name, str], float] = defaultdict(float)
    own_admin1: dict[tuple[Name, str, str], float] = defaultdict(float)
    for k, shares in weights.items():
        for weight, place in shares.values():
            country[place.country] += weight
            own_country[k, place.country] += weight
            if place.admin1:
                admin1[place.country, place.admin1] += weight
                own_admin1[k, place.country, place.admin1] += weight
    out: dict[Name, Scored] = {}
    for k, places in options.items():
        scored: Scored = []
        for place in places:
            score = prior(place) + _kind_bonus(place, k[1], places)
            if k in leanings and leanings[k].id == place.id:
                score += LEANING_WEIGHT
            if (place.country, place.admin1) in beside.get(k, ()) and place.kind != "admin1":
                score += BESIDE_WEIGHT
            votes = around.votes(k, place)
            score += NEAR_WEIGHT * votes / (votes + 1)
            if place.country:
                votes = country[place.country] - own_country[k, place.country]
                score += COUNTRY_WEIGHT * votes / (votes + 2)
                if place.admin1:
                    votes = admin1[place.country, place.admin1]
                    votes -= own_admin1[k, place.country, place.admin1]
                    score += ADMIN1_WEIGHT * votes / (votes + 2)
                if home is not None and place.country == home.country:
                    near = bool(home.admin1) and place.admin1 == home.admin1
                    score += HOME_WEIGHT if near else HOME_COUNTRY_WEIGHT
            scored.append((score, place))
        scored.sort(key=lambda s: -s[0])
        out[k] = [(9.0, senses[k])] if k in senses else scored
    return out


class _Around:
    """How much of what else is named lies near a point, by squares of one degree."""

    def __init__(self, weights: dict[Name, dict[str, tuple[float, Place]]]) -> None:
        self._all: dict[tuple[int, int], float] = defaultdict(float)
        self._own: dict[tuple[Name, int, int], float] = defaultdict(float)
        for k, shares in weights.items():
            for weight, place in shares.values():
                square = _square(place)
                if square is not None:
                    self._all[square] += weight
                    self._own[k, *square] += weight

    def votes(self, name: Name, place: Place) -> float:
        """The belief in towns of other names in the place's square and the eight around it."""
        square = _square(place)
        if square is None:
            return 0.0
        x, y = square
        return sum(
            self._all.get((x + i, y + j), 0.0) - self._own.get((name, x + i, y + j), 0.0)
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
        )


def _square(place: Place) -> tuple[int, int] | None:
    if place.kind not in ("city", "admin2", "facility", "natural"):
        return None
    if place.latitude is None or place.longitude is None:
        return None
    return math.floor(place.latitude), math.floor(place.longitude)


def _kind_bonus(place: Place, hint: str, others: tuple[Place, ...]) -> float:
    """For what the words say it is ("Idlib province", "the city of Idlib"); where they say nothing,
    a division stands back behind the town that gave it its name."""
    admin = place.kind in ("admin1", "admin2")
    if hint == "admin":
        return HINT_WEIGHT if admin else 0.0
    if hint == "city":
        return HINT_WEIGHT if place.kind == "city" else 0.0
    if not admin or place.source != "geonames":
        return 0.0
    division = (place.country, place.admin1)
    namesake = any(
        o.kind == "city" and o.main and (o.country, o.admin1) == division for o in others
    )
    return -SAME_NAME_PENALTY if namesake else 0.0


def _choice(item: Found, scored: Scored, sense: Place | None) -> Resolved:
    if not scored:
        return Resolved(item, None, 0.5, "no place of that name is known")
    if sense is not None:
        return Resolved(item, sense, 0.9, "named with what holds it elsewhere in the text")
    top, place = scored[0]
    holder = containers(place) or place.kind
    if len(scored) == 1:
        return Resolved(item, place, 0.9, f"the only one known: {holder}")
    margin = top - scored[1][0]
    confidence = 0.55 + min(0.38, margin)
    return Resolved(
        item,
        place,
        round(confidence, 2),
        f"{holder}; likeliest of {max(len(item.candidates), len(scored))} of that name",
    )
