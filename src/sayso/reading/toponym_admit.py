"""Which doubtful names count as places: those that the rest of the document speaks for.

A bare capitalised name ("Keene", "Bend") may be a person, a firm or an English word. It counts if
the same name stands elsewhere with evidence of its own, or if a place of that name lies where the
names that are certain put the document: in the same state, or a short way from a town it names.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.knowledge.gazetteer import Place, distance_km, prior
from sayso.knowledge.placenames import key
from sayso.knowledge.placewords import words
from sayso.reading import toponym_evidence as evidence
from sayso.reading.toponym_resolve import Resolved, resolve
from sayso.reading.toponym_spans import Found

WEAK_PRIOR = 0.35
NEAR_KM = 80.0
CLOSE_KM = 60.0
CLOSE_TOWNS = 2
CERTAIN = 0.6
_TOWNS = ("city", "admin2")


def admitted(
    found: Sequence[Found], text: str, home: Place | None, paper: tuple[Place, ...] = ()
) -> list[Found]:
    """The names without the doubtful ones that nothing speaks for; the candidates of those that
    stay are narrowed to the places that the document speaks for."""
    strong = [f for f in found if f.rule not in evidence.DOUBTFUL]
    if len(strong) == len(found):
        return list(found)
    ground = Ground(resolve(strong, text, home, paper), home)
    return [f for f in found if f.rule not in evidence.DOUBTFUL or ground.speaks_for(f)]


class Ground:
    """Where the certain names put a document."""

    def __init__(self, settled: Sequence[Resolved], home: Place | None) -> None:
        self._names = {key(r.found.name) for r in settled}
        places = {r.place.id: r.place for r in settled if r.place is not None}
        self._countries = {p.country for p in places.values()} - {""}
        self._states = {(p.country, p.admin1) for p in places.values() if p.admin1}
        sure = {r.place.id for r in settled if r.place is not None and r.confidence >= CERTAIN}
        self._towns = [p for p in places.values() if p.kind in _TOWNS and p.id in sure]
        if home is not None and home.kind in _TOWNS:
            self._towns.append(home)

    def speaks_for(self, item: Found) -> bool:
        """True if the name counts; narrows its candidates."""
        if key(item.name) in self._names:
            return True
        if item.rule == evidence.AGAIN:
            close = tuple(p for p in item.candidates if self._lies_close(p))
            item.candidates = close or item.candidates
            return bool(close)
        if item.rule == evidence.COMMON and item.name.lower() in words().common:
            return False
        return self._narrowed(item)

    def _lies_close(self, place: Place) -> bool:
        """True for a place that a name which looks like a person's may still mean: a division of
        a country that is named, a fair-sized town of a state that is, one amid towns that are."""
        if place.kind == "admin1":
            return place.main and place.country in self._countries
        held = (place.country, place.admin1) in self._states and prior(place) >= WEAK_PRIOR
        return held or self._beside(place, CLOSE_KM) >= CLOSE_TOWNS

    def _narrowed(self, item: Found) -> bool:
        inside = [p for p in item.candidates if p.country in self._countries]
        near = [p for p in inside if self._beside(p, NEAR_KM)]
        beside = [p for p in inside if p.admin1 and (p.country, p.admin1) in self._states]
        if not near and not beside and (not inside or prior(inside[0]) < WEAK_PRIOR):
            return False
        item.candidates = tuple(near or beside or inside)
        return True

    def _beside(self, place: Place, reach: float) -> int:
        """How many certain towns lie within that many km of a town; itself does not count."""
        if place.kind not in _TOWNS:
            return 0
        away = (distance_km(place, t) for t in self._towns if t.id != place.id)
        return sum(1 for km in away if km is not None and km <= reach)
