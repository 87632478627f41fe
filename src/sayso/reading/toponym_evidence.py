"""What in the wording says that a capitalised name of the gazetteer is meant as a place.

Most names of places are also names of people, firms and things ("Jordan", "Reading", "Mobile"):
without evidence a name is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.knowledge.gazetteer import Place, prior
from sayso.knowledge.placewords import common_words, words

SURE_PRIOR = 0.9
BARE_PRIOR = 0.5
WEAK = "coherent"
"""The rule of names that count only if the rest of the document speaks for them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A token as this stage sees it: of the tree, or of a plain cut where there is no tree."""

    start: int
    end: int
    text: str
    ent: str = ""
    pos: str = ""

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def joined(text: str, a: Word, b: Word) -> bool:
    """True if only blanks or a hyphen stand between the two tokens."""
    gap = text[a.end : b.start]
    return not gap.strip() and "\n" not in gap


def _lower(tokens: Sequence[Word], at: int) -> str:
    return tokens[at].text.lower() if 0 <= at < len(tokens) else ""


def sure(place: Place) -> bool:
    """True for a country, a large state or a region of our own tables under its main name."""
    return prior(place) >= SURE_PRIOR


def demonym(tokens: Sequence[Word], at: int, stop: int) -> bool:
    """False for languages ("in English") and for "African American"."""
    before, after = _lower(tokens, at - 1), _lower(tokens, stop)
    if before in ("in", "into", "speak", "speaks", "spoke", "speaking", "fluent") and not (
        stop < len(tokens) and tokens[stop].pos in ("NOUN", "PROPN", "ADJ")
    ):
        return False
    if after in ("language", "american", "americans") or before in ("african", "native"):
        return False
    return not (stop < len(tokens) and tokens[stop].ent == tokens[at].ent == "PERSON")


def after_comma(text: str, tokens: Sequence[Word], at: int) -> bool:
    """True if a comma and, before it, a capitalised word stand in front ("Paris, Texas")."""
    return at > 1 and tokens[at - 1].text == "," and tokens[at - 2].capital


def name(
    text: str,
    tokens: Sequence[Word],
    at: int,
    stop: int,
    places: tuple[Place, ...],
    after_place: bool,
) -> str | None:
    """The rule by which tokens[at:stop] name a place, or None if nothing says so."""
    w = words()
    best = prior(places[0])
    before, after = _lower(tokens, at - 1), _lower(tokens, stop)
    ents = {t.ent for t in tokens[at:stop]}
    left = at > 0 and tokens[at - 1].capital and joined(text, tokens[at - 1], tokens[at])
    right = (
        stop < len(tokens) and tokens[stop].capital and joined(text, tokens[stop - 1], tokens[stop])
    )
    if before in w.titles or (before == "." and _lower(tokens, at - 2) in w.titles):
        return None
    if left and before not in w.directions and before not in w.generic_before and at > 1:
        return None
    locative = before in w.locative or (before == "the" and _lower(tokens, at - 2) in w.locative)
    known = best >= SURE_PRIOR
    exact = text[tokens[at].start : tokens[stop - 1].end]
    common = exact.lower() in common_words() or (exact.isupper() and len(exact) < 5 and not known)
    if right:
        nested = (
            not common
            and after in w.institutions
            and (known or best >= BARE_PRIOR or "ORG" in ents)
        )
        return "nested" if nested else None
    if "PERSON" in ents and not locative:
        return None
    if after_place and best >= 0.3 and ents <= {"", "GPE", "ORG", "LOC"}:
        return "after-comma"
    if locative and not common:
        return "locative"
    if known and not common:
        return "known"
    if before == "of" and _lower(tokens, at - 2) in w.generic_before:
        return "generic-of"
    if best >= BARE_PRIOR and not common and at > 0 and ents <= {"", "ORG"}:
        return "bare"
    plain = ents <= {"", "ORG"} and at > 0 and before != "the" and not exact.isupper()
    return WEAK if plain and not common and len(exact) > 3 else None


def people(tokens: Sequence[Word]) -> set[str]:
    """Lower-cased words that stand in names of people: the parser's, and those after a title."""
    out: set[str] = set()
    titles = words().titles
    for n, token in enumerate(tokens):
        titled = n > 0 and tokens[n - 1].text.lower().rstrip(".") in titles
        if token.capital and (titled or token.ent == "PERSON"):
            out.add(token.text.lower())
    return out
