"""Which place the words right beside a name say it is: "Bangor, Maine", "Marburg, a German town",
"the Danish port of Esbjerg".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.knowledge.gazetteer import Place, prior
from sayso.knowledge.placewords import words
from sayso.reading.toponym_spans import Found

MAX_CANDIDATES = 80
LIST_MARGIN = 0.15
_JOINT = re.compile(r", ?|,? (?:and|or|&) ")


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


def narrow(found: Sequence[Found], text: str) -> dict[int, tuple[Place, Place]]:
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


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(between a name and the demonym behind it, what follows that demonym, what stands between a
    demonym and the name behind it)."""
    nouns = "|".join(sorted(words().city_nouns | words().admin_nouns | words().called))
    return (
        re.compile(r", (?:an?|the) (?:\w+ ){0,2}", re.IGNORECASE),
        re.compile(rf"(?:[ -][\w-]+){{0,2}} (?:{nouns})\b", re.IGNORECASE),
        re.compile(rf"(?:[ -][\w-]+){{0,2}} (?:{nouns}),?(?: of)? ", re.IGNORECASE),
    )


def called(found: Sequence[Found], text: str) -> dict[int, Place]:
    """For names that a nation's adjective places ("Marburg, a German town", "the Danish port of
    Esbjerg"): number -> the likeliest place of that name there."""
    between, after, ahead = _patterns()
    out: dict[int, Place] = {}
    for n in range(len(found) - 1):
        a, b = found[n], found[n + 1]
        gap = text[a.end : b.start]
        if b.form == "demonym" and a.form == "name":
            if between.fullmatch(gap) and after.match(text, b.end):
                name, nation = n, b
            else:
                continue
        elif a.form == "demonym" and b.form == "name" and ahead.fullmatch(gap):
            name, nation = n + 1, a
        else:
            continue
        codes = {p.country for p in nation.candidates} - {""}
        inside = [p for p in found[name].candidates[:MAX_CANDIDATES] if p.country in codes]
        if inside and inside[0].kind != "country":
            out[name] = inside[0]
    return out
