"""What in the wording says that a capitalised name is meant as a place.

Most names of places are also names of people, firms and things ("Jordan", "Reading", "Mobile"):
without evidence a name is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.knowledge import gazetteer
from sayso.knowledge.gazetteer import Place, prior
from sayso.knowledge.placewords import common_words, words
from sayso.reading.toponym_tokens import Site, Word, of_settlement

SURE_PRIOR = 0.9
BARE_PRIOR = 0.5
COMMA_PRIOR = 0.3
WEAK = "coherent"
"""The rule of names that count only if the rest of the document speaks for them."""
COMMON = "common-word"
"""Likewise for an English word with a capital where a place is due."""
AGAIN = "again"
"""The rule of names that look like a person's but are a place elsewhere in the document."""
DOUBTFUL = (WEAK, COMMON, AGAIN)
TRUST = {
    "parser": 0.97, "parser-locative": 0.97, "capital": 1.0, "postal": 1.0, "generic-of": 1.0,
    "again": 0.75, "demonym": 0.85, "known": 0.85, "locative": 0.85, "after-comma": 0.8,
    "bare": 0.75, "nested": 0.7, "coherent": 0.6, "worded": 1.0, "dateline": 0.95,
    "common-word": 0.5, "division": 0.85,
}  # fmt: skip
"""What a rule's finds are worth, times the confidence of the resolution: set so that of those at .8
eight in ten are right on GeoWebNews and TUD-Loc2013."""
_NAMED_AFTER = frozenset(
    ["bank", "council", "church", "battle", "treaty", "house", "duke", "prince"]
)
_SPEAKING = frozenset(["in", "into", "speak", "speaks", "spoke", "speaking", "fluent", "learn"])
_PEOPLE_BEFORE = frozenset(
    ["the", "is", "are", "was", "were", "be", "been", "being", "becoming", "many", "some", "most"]
)
_NOT_PLACES = frozenset(["PERSON", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"])


def sure(place: Place) -> bool:
    """True for a country, a large state or a region of our own tables under its main name."""
    return prior(place) >= SURE_PRIOR


def demonym(site: Site, at: int, stop: int) -> bool:
    """False for languages ("in English") and for "African American"."""
    before, after = site.lower(at - 1), site.lower(stop)
    following = site.tokens[stop] if stop < len(site.tokens) else None
    noun_follows = following is not None and following.pos in ("NOUN", "PROPN", "ADJ")
    spoken = before in _SPEAKING and site.exact(at, stop).lower() in words().languages
    if not noun_follows and (spoken or _language(site, at, stop)):
        return False
    if before == "-" and site.lower(at - 2) in words().prefixes and not site.spaced(at):
        return False  # "Pan-American", "Afro-Cuban"
    if after in ("language", "american", "americans") or before in ("african", "native"):
        return False
    return not (following is not None and following.ent == site.tokens[at].ent == "PERSON")


def _language(site: Site, at: int, stop: int) -> bool:
    """True for a nation's adjective that stands as a noun of its own and so names the language:
    "the status of English", "English is taught". Not for "the English", "he is English"."""
    if site.exact(at, stop).lower() not in words().languages or site.lower(stop) in ("and", "or"):
        return False
    if site.lower(at - 1) in _PEOPLE_BEFORE or site.lower(stop) == "-":
        return False
    return site.tokens[at].pos in ("NOUN", "PROPN")


def is_common(name: str, *, known: bool) -> bool:
    """True for an English word, and for a short word in capitals (an abbreviation, mostly)."""
    lower = name.lower()
    if lower in common_words() or lower.rstrip(".") in words().calendar:
        return True
    return name.isupper() and len(name) < 5 and not known


def name_rule(site: Site, at: int, stop: int, best: Place) -> str | None:
    """The rule by which tokens[at:stop] name a place, or None if nothing says so. `best` is the
    likeliest place of that name."""
    w = words()
    value = prior(best)
    known = value >= SURE_PRIOR
    before = site.lower(at - 1)
    ents = {t.ent for t in site.tokens[at:stop]}
    exact = site.exact(at, stop)
    if before in w.titles or (before == "." and site.lower(at - 2) in w.titles):
        return None
    if site.joined(at) and site.capital(at - 1) and not site.opens(at - 1):
        passing = before in w.directions or before in w.generic_before
        if not passing and not sites_of_nation(site, at):
            return None
    settled = site.lower(at - 2) in w.city_nouns | w.admin_nouns | w.settlement_after
    if of_settlement(site, at) and not site.starts_right(stop):
        plain = not is_common(exact, known=known)
        return "generic-of" if settled or plain else COMMON  # "the early part of Rod's career"
    if namesake(site, at, stop):
        return None
    if named_division(site, at, stop, best):
        return "division"
    common = is_common(exact, known=known)
    if opens_report(site, at, stop, common=common):
        return "dateline"
    locative = site.locative(at) or site.home_of_person(at)
    if not known and (site.hyphened(stop) or (value < BARE_PRIOR and site.owns_name(stop))):
        return None
    if site.starts_right(stop):
        return None if common else _before_capital(site, at, stop, best)
    if site.origin_of(stop) and not common:
        return "known"
    certain = known and stop - at > 1  # "Tamil Nadu", whomever the parser takes it for
    if "PERSON" in ents and not locative and not certain:
        apart = not ({site.ent(at - 1), site.ent(stop)} & {"PERSON"})
        if ents != {"PERSON"} or not apart or common:
            return None
        return "known" if known and exact.lower() not in w.given_names else AGAIN
    if site.after_comma(at) and value >= COMMA_PRIOR and not common and not ents & _NOT_PLACES:
        return "after-comma"
    if locative and not common:
        return "locative"
    bank = site.lower(at - 2) == "bank" and best.kind == "country" and exact != "America"
    if before == "of" and site.lower(at - 2) in _NAMED_AFTER and not bank:
        return None
    if known and not common:
        return "known"
    if common and locative and at > 0 and not ents - {"GPE", "LOC", "ORG", "PERSON", ""}:
        # "a clinic in Winder": an English word, but with a capital after "in".
        if exact.isupper():
            return None
        return "locative" if value >= BARE_PRIOR and before in ("in", "near") else COMMON
    if common or (ents & _NOT_PLACES):
        return None
    if value >= BARE_PRIOR and at > 0:
        return "bare"
    weak = before != "the" and not exact.isupper() and len(exact) > 3
    return WEAK if weak else None


def _before_capital(site: Site, at: int, stop: int, best: Place) -> str | None:
    """The rule of a name with another capitalised word right behind it, or None: an institution of
    the place ("Aleppo University"), or one who holds an office there ("Manitoba Premier"); for a
    country or a state, whatever is named after it ("the Jamaica Cancer Society")."""
    w = words()
    after = site.lower(stop).rstrip(".")
    ents = {t.ent for t in site.tokens[at:stop]}
    if after in w.schools and (best.kind in ("admin1", "country") or prior(best) < BARE_PRIOR):
        return None  # "Ohio State University", "Cornell University": not named after a town
    if after in w.ways:
        return None  # "U.S. Highway 82"
    large = prior(best) >= BARE_PRIOR
    if (large or "ORG" in ents) and after in w.institutions - w.ways:
        return "nested"
    if large and after in w.offices:
        return "known"
    state = sure(best) and best.kind in ("country", "admin1")
    a_person = "PERSON" in ents | {site.ent(stop)}
    if state and not a_person and site.exact(at, stop).lower() not in w.given_names:
        return "nested"
    return None


def namesake(site: Site, at: int, stop: int) -> bool:
    """True for what is only called after a place: a ship ("the ferry Isle of Arran"), an illness
    ("Marburg fever")."""
    w = words()
    ill = site.joined(stop) and site.lower(stop) in w.ailments
    set_off = [site.lower(n) for n in range(at - 3, at)]
    ship = site.lower(at - 1) if site.joined(at) else ""
    if set_off[1:] == [",", "the"]:
        ship = set_off[0]  # "a freighter, the Alabama Star"
    return ill or ship in w.ships


def named_division(site: Site, at: int, stop: int, best: Place) -> bool:
    """True for "Orange County": a known division whose name ends in what it is."""
    return (
        stop - at > 1
        and best.kind in ("admin1", "admin2")
        and site.lower(stop - 1) in words().admin_nouns
        and site.tokens[stop - 1].capital
    )


def opens_report(site: Site, at: int, stop: int, *, common: bool) -> bool:
    """True in a dateline ("PORTLAND, Maine - ", "NAIROBI: "), where an English word in capitals
    may be a town too ("READING, Pa.")."""
    exact = site.exact(at, stop)
    capitals = at == 0 and exact.isupper() and len(exact) > 3
    if site.tokens[stop - 1].end <= site.dateline:
        return site.lower(at - 1) not in ("(", "/") and (not common or capitals)
    if not capitals or len(site.tokens) < stop + 2:
        return False
    if site.lower(stop) == "(":
        return not common and site.tokens[stop + 1].text.isupper()  # "ATLANTA (AP)"
    if site.lower(stop) == ":":
        if site.text.count(f"{exact}:") > 1:
            return False  # who speaks, in an interview
        return not common and not site.tokens[stop + 1].text.isupper()
    state = site.tokens[stop + 1].text
    known = state in gazetteer.short_forms() or f"{state}." in gazetteer.short_forms()
    return site.lower(stop) == "," and known


def sites_of_nation(site: Site, at: int) -> bool:
    """True if the word in front is a nation's adjective ("Syrian Kobani" is still Kobani)."""
    return site.tokens[at - 1].ent == "NORP"


@dataclass(slots=True)
class People:
    """Lower-cased words of names of people in a document: `any` that the parser or a title shows,
    `full` those in a name of two words or more, or after a title."""

    any: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)

    def add(self, tokens: Sequence[Word]) -> None:
        """Adds those of a sentence."""
        titles = words().titles
        for n, token in enumerate(tokens):
            if not token.capital:
                continue
            titled = n > 0 and tokens[n - 1].lower.rstrip(".") in titles
            person = token.ent == "PERSON"
            if titled or person:
                self.any.add(token.lower)
            beside = (*tokens[max(0, n - 1) : n], *tokens[n + 1 : n + 2])
            if titled or (person and any(t.ent == "PERSON" and t.capital for t in beside)):
                self.full.add(token.lower)
