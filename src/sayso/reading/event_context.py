"""What stands around a trigger: PLOVER's contexts, whether civilians are the target, and blame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.language.syntax import Sentence
from sayso.model.annotation import Arg, Blame, CivilianTargeting
from sayso.reading.event_acled import Facts
from sayso.reading.event_lexicon import words_of
from sayso.reading.event_role_words import Roles
from sayso.reading.event_triggers import Match

_MAX_CONTEXTS = 4
_BLAME: dict[str, Blame] = {
    "suspected": "suspected", "presumed": "suspected", "alleged": "alleged", "supposed": "alleged",
    "accused": "alleged",
}  # fmt: skip


def near_words(sentence: Sentence, match: Match) -> set[str]:
    """Forms and lemmas of the words under a trigger, its relative and joined clauses left out."""
    near: set[str] = set()
    for part in (match, *match.merged):
        for token in sentence.subtree(part.token, ("relcl", "conj"))[:60]:
            near |= {token.lower, token.lemma}
    return near


@cache
def _contexts() -> tuple[tuple[str, frozenset[str]], ...]:
    rows = load_yaml("plover", "contexts.yaml")
    return tuple((row["context"], words_of(row["words"])) for row in rows)


def contexts(near: frozenset[str]) -> tuple[str, ...]:
    """The contexts whose words stand near, in PLOVER's order; at most four."""
    return tuple(name for name, words in _contexts() if words & near)[:_MAX_CONTEXTS]


def targeting(facts: Facts) -> CivilianTargeting:
    """Yes for an assault on those called civilians, no on armed parties or positions."""
    if facts.type != "ASSAULT" or facts.two_sided:
        return "unknown"
    kinds = facts.recipients
    if kinds & {"combatant", "military_target"} and "civil" not in kinds:
        return "no"
    return "yes" if "civil" in kinds and "combatant" not in kinds else "unknown"


def blamed(sentence: Sentence, roles: Roles) -> Iterator[Arg]:
    """The actors, with `blame` where the text only suspects or alleges them."""
    found: dict[int, Blame] = {}
    for token in roles.actor_tokens:
        for child in sentence.children(token, "amod"):
            if child.lower in _BLAME:
                found[token.start] = _BLAME[child.lower]
        by = sentence.head(token)
        if token.dep == "pobj" and by.dep == "agent" and sentence.head(by).lemma == "claim":
            found[token.start] = "claimed"  # "attacks claimed by the Front"
    for arg in roles.actor:
        blame = next((b for at, b in found.items() if arg.start <= at < arg.end), None)
        yield replace(arg, blame=blame) if blame else arg
