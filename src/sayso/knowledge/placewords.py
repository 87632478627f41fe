"""Words that stand beside place names: directions, generic nouns, prepositions, titles.

Read from `knowledge/data/places/words.yaml`; `event_places.yaml` has those that tell which place an
event has.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from sayso.knowledge.tables import data_file, load_yaml


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Sets of lower-cased words by what they do beside a name; see the data file."""

    directions: frozenset[str]
    generic_after: frozenset[str]
    generic_before: frozenset[str]
    institutions: frozenset[str]
    locative: frozenset[str]
    titles: frozenset[str]
    countryside: frozenset[str]
    near: frozenset[str]
    route: frozenset[str]
    common: frozenset[str]
    calendar: frozenset[str]
    settlement: frozenset[str]
    settlement_after: frozenset[str]
    named_kinds: frozenset[str]
    taking: frozenset[str]
    entering: frozenset[str]
    assaults: frozenset[str]
    belonging: frozenset[str]
    admin_nouns: frozenset[str]
    city_nouns: frozenset[str]
    sites: frozenset[str]
    parts: frozenset[str]
    ways_to: frozenset[str]
    papers: frozenset[str]
    ways: frozenset[str]
    offices: frozenset[str]
    languages: frozenset[str]
    unmoving: frozenset[str]
    rather_towns: frozenset[str]
    origins: frozenset[str]
    incidents: frozenset[str]
    casualties: frozenset[str]
    leaving: frozenset[str]
    blows: frozenset[str]
    name_openers: frozenset[str]
    called: frozenset[str]
    schools: frozenset[str]
    ships: frozenset[str]
    ailments: frozenset[str]
    prefixes: frozenset[str]
    given_names: frozenset[str]

    def strip_generic(self, name_key: str) -> str | None:
        """The key without a generic noun behind or in front ("idlib province" -> "idlib",
        "city of homs" -> "homs"), or None if there is none."""
        parts = name_key.split(" ")
        if len(parts) > 1 and parts[-1] in self.generic_after:
            return " ".join(parts[:-1])
        if len(parts) > 2 and parts[0] in self.generic_before and parts[1] == "of":
            return " ".join(parts[2:])
        if len(parts) > 1 and parts[0] in self.generic_before:
            return " ".join(parts[1:])
        if len(parts) > 1 and parts[0] in self.directions:
            return " ".join(parts[1:])
        return None


@dataclass(frozen=True, slots=True)
class TieWords:
    """Sets of lemmas by what they do between an event and a place; see the data file."""

    speech: frozenset[str]
    posts: frozenset[str]
    bodies: frozenset[str]
    abroad: frozenset[str]
    reactions: frozenset[str]
    done_to: frozenset[str]
    fights: frozenset[str]
    striking: frozenset[str]
    blasts: frozenset[str]
    done_at_once: frozenset[str]
    taken_away: frozenset[str]
    leads_to: frozenset[str]
    states: frozenset[str]
    outcomes: frozenset[str]
    pacts: frozenset[str]
    counts: frozenset[str]
    talks: frozenset[str]
    leave: frozenset[str]
    reach: frozenset[str]
    move: frozenset[str]
    nameless: frozenset[str]


@cache
def ties() -> TieWords:
    """The words of `event_places.yaml`."""
    return TieWords(**_sets("event_places.yaml", TieWords))


@cache
def common_words() -> frozenset[str]:
    """English words that are also names of small places; see `tools/build_gazetteer.py`."""
    text = data_file("places", "index", "common.txt").read_text(encoding="utf-8")
    return (frozenset(text.split()) - words().rather_towns) | words().common


@cache
def words() -> PlaceWords:
    """The words of `words.yaml`."""
    return PlaceWords(**_sets("words.yaml", PlaceWords))


@cache
def site_words() -> frozenset[str]:
    """Words in which the name of a site ends ("hospital", "bridge"), and no body's."""
    return (words().sites | words().named_kinds) - ties().bodies


def _sets(name: str, kind: type[PlaceWords] | type[TieWords]) -> dict[str, frozenset[str]]:
    """The word sets of a data file, one for each field of `kind`."""
    data = load_yaml("places", name)
    return {f.name: frozenset(str(w) for w in data[f.name]["words"]) for f in fields(kind)}
