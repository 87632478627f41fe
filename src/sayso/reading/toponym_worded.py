"""Names that no gazetteer knows but whose words leave no doubt: "the village of X", "the X
district"; and what kind of place the words beside a name say it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sayso.knowledge.placewords import words
from sayso.reading import toponym_evidence as evidence
from sayso.reading.toponym_tokens import ARTICLES, Site, Word, of_settlement

MAX_WORDS = 6
INSIDE = frozenset(["-", "‑", "–", ".", "'", "’", "‘", "`"])
UNKNOWN = frozenset(["parser-locative", "worded", "generic-of"])
"""Rules whose names count as places although no gazetteer knows them."""
_POINTING = frozenset(
    ["this", "that", "these", "those", "his", "her", "their", "our", "my", "its", "your"]
)
_NO_NAME = frozenset(["DET", "PRON", "ADP", "SCONJ", "CCONJ", "ADV", "NUM", "VERB", "AUX"])
_OTHER = frozenset(["PERSON", "DATE", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"])
_STRICT = frozenset(["in", "near", "outside", "inside", "around"])

Hint = Literal["city", "admin", ""]


def unknown_reach(site: Site, at: int) -> int:
    """Where the run of capitals that starts at `at` ends; joints inside it may be small."""
    tokens = site.tokens
    stop = end = at
    while stop < min(len(tokens), at + MAX_WORDS) and (stop == at or site.joined(stop)):
        if site.capital(stop):
            end = stop + 1
        elif not (tokens[stop].text in INSIDE or tokens[stop].lower in ARTICLES):
            break
        stop += 1
    return max(end, at + 1)


def unknown_rule(site: Site, at: int) -> str:
    return "generic-of" if of_settlement(site, at) else "worded"


def telling(tokens: Sequence[Word]) -> bool:
    """True if a word is there that makes a name beside it a place's ("district", "mount")."""
    w = words()
    return any(
        t.lower in w.settlement_after or t.lower in w.named_kinds or t.lower in w.name_openers
        for t in tokens
    )


def may_be_worded(site: Site, at: int) -> bool:
    """False if `worded` is false wherever the name that starts at the token ends; costs little."""
    return site.telling or site.lower(at - 1) in _STRICT or of_settlement(site, at)


def worded(site: Site, at: int, stop: int) -> bool:
    """True if the words beside or in an unknown name make it a place: "the village of X", "X
    district", "near X", "stormed the X Mountains".

    The whole run has to be capitalised but for joints ("Jisr al-Shughur").
    """
    w = words()
    run = [t for t in site.tokens[at:stop] if t.text[0].isalnum()]
    generic = bool(run) and run[0].lower in w.settlement_after | w.named_kinds
    if generic and not any(t.capital for t in run[1:]):
        return False  # "in District 16"
    if site.lower(stop) in ("'s", "’s"):
        return False  # "in Tchaikovsky's first concerto"
    if not run or len(run) > 4 or len(site.exact(at, stop)) < 4:
        return False
    if not all(t.capital or len(t.text) < 4 for t in run):
        return False
    if run[0].lower.rstrip(".") in w.titles or run[0].lower in _POINTING:
        return False  # "the village of President Doe", "This area"
    if of_settlement(site, at):
        return run[0].pos not in ("DET", "PRON")
    if run[0].pos in _NO_NAME:
        return False
    before = site.lower(at - 1 if site.lower(at - 1) != "the" else at - 2)
    if run[0].lower in w.name_openers and len(run) > 1:  # whomever the parser takes it for
        return before in w.locative | w.taking | w.entering or before in ("of", "on")
    ents = {t.ent for t in run}
    if ents & _OTHER:
        return False
    if site.joined(stop) and site.lower(stop) in w.settlement_after:
        return True
    last = run[-1].lower
    if len(run) > 1 and last in w.named_kinds:
        return before in w.locative | w.taking | w.entering or before == "of"
    plain = not site.exact(at, stop).isupper() and not evidence.is_common(last, known=False)
    return plain and site.lower(at - 1) in _STRICT and "ORG" not in ents


def hint(site: Site, at: int, stop: int) -> Hint:
    """What kind of place the words beside the name say it is."""
    w = words()
    nouns = {site.lower(stop)} if site.joined(stop) else set()
    nouns.add(site.tokens[stop - 1].lower)
    if site.lower(at - 1) == "of":
        nouns.add(site.lower(at - 2))
    if nouns & w.admin_nouns:
        return "admin"
    return "city" if nouns & w.city_nouns else ""
