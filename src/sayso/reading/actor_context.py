"""Whose government "the government" is, where the document speaks of one state only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from sayso.knowledge.lexicon import Nominal, word_list
from sayso.knowledge.registry import registry
from sayso.language.syntax import Sentence, Token
from sayso.reading.mention_names import Name

SHARE = 0.7
"""The share of a document's names that must be of one country before "the army" is its army."""

_NEUTRAL = frozenset(["NGO", "MED", "IGO", "UNO", "EUR", "SOC", "BUS"])
_BARE = frozenset(["police", "security force", "government force", "government troop"])


@cache
def _state_organs() -> frozenset[str]:
    """The nouns, several words joined by "_" in the file."""
    return frozenset(w.replace("_", " ") for w in word_list("organs_spoken_of"))


def state_spoken_of(names: Iterable[Name]) -> str | None:
    """The id of the state that the names of a document belong to, or None where they belong to
    several. A state's own names, demonyms and capitals count, and so do its parties, not media
    and organisations that only report."""
    known = registry()
    counts: Counter[str] = Counter()
    for name in names:
        actor = known.get(name.actor)
        if actor and actor.country and actor.sector not in _NEUTRAL:
            counts[actor.country] += 1
    if not counts:
        return None
    (country, most), *_ = counts.most_common(1)
    if most < SHARE * sum(counts.values()):
        return None
    return known.by_iso2.get(country)


def organ_spoken_of(tree: Sentence, head: Token, noun: Nominal, state: str) -> str | None:
    """The organ of that state which an unmodified "the army", "the government", "police" means;
    None where the phrase names another owner, or is no organ."""
    if noun.noun not in _state_organs():
        return None
    known = registry()
    code = known.organ_of_head(noun.noun) or known.organ_of_head(head.lemma)
    if code is None:
        return None
    inside = len(noun.noun.split()) - 1
    modifiers = [
        t
        for t in tree.children(head, "amod", "compound", "nmod", "poss", "nummod", "relcl", "acl")
        if t.i < head.i - inside or t.i > head.i
    ]
    if modifiers or any(p.lower in ("of", "in", "from") for p in tree.children(head, "prep")):
        return None
    definite = any(d.lower == "the" for d in tree.children(head, "det"))
    if not definite and noun.noun not in _BARE:
        return None
    return known.organ(state, code).id
