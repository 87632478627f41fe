"""Which place each name means: the whole document has to make sense together.

Scores every candidate by how likely it is at all, and by what else the document names: places of
the same country and division, what stands right behind the name ("Bangor, Maine"), the
publisher's home. One name has one meaning in a document unless its own words say otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.knowledge.gazetteer import Place, containers, prior
from sayso.knowledge.placenames import key
from sayso.reading.toponym_holders import MAX_CANDIDATES, called, narrow
from sayso.reading.toponym_spans import Found
from sayso.reading.toponym_votes import Beliefs, Name, Votes

COUNTRY_WEIGHT = 0.4
ADMIN1_WEIGHT = 0.35
HOME_WEIGHT = 0.5
HOME_COUNTRY_WEIGHT = 0.3
ROUNDS = 3
HINT_WEIGHT = 0.4
NEAR_WEIGHT = 0.3
NATIONS_WEIGHT = 0.3
LEANING_WEIGHT = 0.3
BESIDE_WEIGHT = 0.15
BESIDE = 4
HOME_LEAD = 3.0
SPELT_WEIGHT = 0.06
SAME_NAME_PENALTY = 0.25

_END = re.compile(r"[.!?]\s|\n")


_PAPER: Name = ("", "paper")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A name with its place; `place` is None where nothing is known by that name."""

    found: Found
    place: Place | None
    confidence: float
    reason: str


def _name(item: Found) -> Name:
    return key(item.name), item.hint


def resolve(
    found: Sequence[Found],
    text: str,
    home: Place | None = None,
    paper: tuple[Place, ...] = (),
) -> list[Resolved]:
    """One result per name, in the order given. `home` is where the publisher is at home; `paper`
    the towns that it may be called after where that is open."""
    pairs = narrow(found, text)
    fixed: dict[int, Place] = {}
    for n, (place, holder) in pairs.items():
        fixed.setdefault(n, place)
        if n + 1 not in pairs:
            fixed[n + 1] = holder
    for n, place in called(found, text).items():
        fixed.setdefault(n, place)
    by_key: dict[Name, list[int]] = defaultdict(list)
    for n, item in enumerate(found):
        by_key[_name(item)].append(n)
    senses, leanings = _senses(by_key, fixed)
    options = {k: found[numbers[0]].candidates[:MAX_CANDIDATES] for k, numbers in by_key.items()}
    spelt = {k: found[numbers[0]].name for k, numbers in by_key.items()}
    if paper:
        options.setdefault(_PAPER, paper[:MAX_CANDIDATES])
        spelt.setdefault(_PAPER, paper[0].name)
    weights = _weights(options, senses)
    beside = _beside(found, text, fixed)
    for _ in range(ROUNDS):
        scores = _score(options, spelt, senses, leanings, beside, weights, home)
        weights = {k: _shares(s) for k, s in scores.items()}
        home = home or _believed(weights.get(_PAPER, {}))
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


def _weights(options: dict[Name, tuple[Place, ...]], senses: dict[Name, Place]) -> Beliefs:
    out = {}
    for k, places in options.items():
        if k in senses:
            out[k] = {senses[k].id: (1.0, senses[k])}
        else:
            out[k] = _shares([(_likely(k, p), p) for p in places])
    return out


def _score(
    options: dict[Name, tuple[Place, ...]],
    spelt: dict[Name, str],
    senses: dict[Name, Place],
    leanings: dict[Name, Place],
    beside: dict[Name, set[tuple[str, str]]],
    weights: Beliefs,
    home: Place | None,
) -> dict[Name, Scored]:
    votes = Votes(weights)
    out: dict[Name, Scored] = {}
    for k, places in options.items():
        if k in senses:
            out[k] = [(9.0, senses[k])]
            continue
        scored: Scored = []
        for place in places:
            score = _likely(k, place) + _kind_bonus(place, k[1], places)
            if place.name == spelt[k]:
                score += SPELT_WEIGHT
            if k in leanings and leanings[k].id == place.id:
                score += LEANING_WEIGHT
            if (place.country, place.admin1) in beside.get(k, ()) and place.kind != "admin1":
                score += BESIDE_WEIGHT
            score += NEAR_WEIGHT * _full(votes.near(k, place), 1)
            if place.country:
                score += COUNTRY_WEIGHT * votes.country(k, place)
                if place.admin1:
                    score += ADMIN1_WEIGHT * votes.division(k, place)
                if place.kind == "country":
                    score += NATIONS_WEIGHT * _full(votes.nations(k, place), 2)
                if home is not None and place.country == home.country:
                    near = bool(home.admin1) and place.admin1 == home.admin1
                    score += HOME_WEIGHT if near else HOME_COUNTRY_WEIGHT
            scored.append((score, place))
        scored.sort(key=lambda s: -s[0])
        out[k] = scored
    return out


def _believed(shares: dict[str, tuple[float, Place]]) -> Place | None:
    """The place that holds HOME_LEAD times the belief of the next, or None."""
    ranked = sorted(shares.values(), key=lambda s: -s[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] < HOME_LEAD * ranked[1][0]):
        return None
    return ranked[0][1]


def _likely(name: Name, place: Place) -> float:
    """How likely the place is at all. Of towns that a paper may be called after, a large one is no
    likelier: small towns have papers too."""
    return 0.0 if name == _PAPER else prior(place)


def _full(votes: float, half: float) -> float:
    """Votes on a scale from 0 to 1; `half` of them give one half."""
    return votes / (votes + half)


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
