"""Whose government "the government" is, where the document speaks of one state only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from sayso.knowledge import gazetteer
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


def state_spoken_of(names: Iterable[Name], trees: Iterable[Sentence] = ()) -> str | None:
    """The id of the state that the names of a document belong to, or None where they belong to
    several. A state's own names, demonyms and capitals count, its parties, and the places that
    the parser marks; not media and organisations that only report. So a page on Ukraine whose
    only named party is the Russian ministry speaks of two states."""
    known = registry()
    counts: Counter[str] = Counter()
    taken: set[int] = set()
    for name in names:
        actor = known.get(name.actor)
        if actor and actor.country and actor.sector not in _NEUTRAL:
            counts[actor.country] += 1
            taken |= set(range(name.start, name.end))
    for start, place in _places(trees):
        found = gazetteer.lookup(place) if start not in taken else ()
        if found:
            counts[found[0].country] += 1
    if not counts:
        return None
    (country, most), *_ = counts.most_common(1)
    if most < SHARE * sum(counts.values()):
        return None
    return known.by_iso2.get(country)


def _places(trees: Iterable[Sentence]) -> Iterator[tuple[int, str]]:
    """The offset and the words of each run of tokens that the parser takes for a place, and of
    each single name after "in", "near" and the like."""
    for tree in trees:
        run: list[Token] = []
        for token in tree.tokens:
            follows = bool(run) and token.ent_iob == "I" and token.ent == run[-1].ent
            if run and not follows:
                yield run[0].start, " ".join(t.text for t in run)
                run = []
            named = token.pos == "PROPN" and token.dep == "pobj" and token.ent == ""
            if token.ent == "GPE" or (named and tree.head(token).lower in word_list("locatives")):
                run.append(token)
        if run:
            yield run[0].start, " ".join(t.text for t in run)


def sole_candidate(
    state: str | None, noun: Nominal, code: str, before: Iterable[tuple[str, str]]
) -> str | None:
    """The id of the one state whose organ "the army" can mean: that of which the document
    speaks, or one that was named before with that very noun ("the Sudanese army"); None where two
    fit. `before` are the words and entities of earlier mentions."""
    known = registry()
    word = noun.noun.split()[-1]
    fits = {state} if state is not None else set()
    for words, entity in before:
        actor = known.get(entity)
        owner = known.by_iso2.get(actor.country) if actor and actor.country else None
        if owner is None and "." in entity:
            owner = entity.rpartition(".")[0]  # "actor:KEN.COP"
        if owner and word in words.casefold() and known.organ(owner, code).id == entity:
            fits.add(owner)
    return fits.pop() if len(fits) == 1 else None


def organ_spoken_of(
    tree: Sentence,
    head: Token,
    noun: Nominal,
    state: str | None,
    before: Iterable[tuple[str, str]] = (),
) -> str | None:
    """The organ which an unmodified "the army", "the government", "police" means, where exactly
    one state fits (`sole_candidate`); None where the phrase names another owner, or is no organ."""
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
    sole = sole_candidate(state, noun, code, before)
    return known.organ(sole, code).id if sole is not None else None
