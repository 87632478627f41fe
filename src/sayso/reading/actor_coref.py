"""Who "the group", "the radical group", "its", "they" mean: rules over what was named before.

A candidate's weight comes from how near it stands and what it did in its sentence (subjects
first, as in centering); a description must fit the candidate's kind, and its adjectives count for
those of whom the registry knows them ("UK-based", "radical"). What stays close is left open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.knowledge.registry import registry

WINDOW = 4
"""Sentences back that a pronoun or plain description may reach."""

FAR_WINDOW = 12
"""Sentences back for a description that fits only one candidate, or names its traits."""

DECAY = 0.6
MARGIN = 1.2
"""The best must weigh so many times the second; less is a guess."""

OPEN = "open:"
"""How the antecedents begin that have no entity: they compete, and leave it open if they win."""

STATE_MARGIN = 2.2
"""The same for "the country": where two are spoken of, it is as often the one acted upon."""

_ROLE_WEIGHT = {"subject": 3.0, "owner": 2.4, "agent": 2.2, "object": 1.6, "other": 1.0}


@dataclass(frozen=True, slots=True)
class Antecedent:
    """An earlier mention with an entity. `kind`: group, state, organ, person, monitor, media,
    other. `clause` is the index of the verb that it depends on (-1 unknown)."""

    start: int
    sentence: int
    entity: str
    kind: str
    role: str
    clause: int
    tags: frozenset[str]
    plural: bool = False
    female: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The entity found, and how sure it is."""

    entity: str
    confidence: float


def kind_of(schema: str | None, sector: str | None, tier: str | None, entity_id: str) -> str:
    """The kind of an entity, as descriptions tell kinds apart."""
    if schema == "Person":
        return "person"
    if tier == "monitor" or sector == "NGO":
        return "monitor"
    if tier == "media" or sector == "MED":
        return "media"
    tail = entity_id.removeprefix("actor:")
    if tail.isupper() and "." not in tail:
        return "state"
    if "." in tail:
        return "organ"
    if sector in ("IGO", "EUR", "UNO"):
        return "igo"
    if sector == "PTY":
        return "party"
    if sector in ("REB", "PRM", "UAF", "CRM", "OPP", "PRE"):
        return "group"
    if sector in ("GOV", "MIL", "COP", "SPY", "LEG", "JUD"):
        return "body"
    return "other"


def kind_of_noun(cls: str) -> str:
    """The kind of somebody without an entity, by the class of the noun."""
    return {
        "people": "people", "force": "members", "person": "someone", "group": "group",
        "unit": "members", "organ": "organ", "relation": "people",
    }.get(cls, "other")  # fmt: skip


FITS: dict[str, frozenset[str]] = {
    "REB": frozenset(["group", "party", "other"]),
    "CRM": frozenset(["group", "other"]),
    "PTY": frozenset(["party", "other"]),
    "OPP": frozenset(["group", "party"]),
    "NGO": frozenset(["monitor"]),
    "MED": frozenset(["media"]),
    "IGO": frozenset(["igo"]),
    "BUS": frozenset(["company"]),
    "state": frozenset(["state"]),
    "person": frozenset(["person", "someone"]),
    "any": frozenset(
        ["group", "party", "state", "organ", "body", "igo", "monitor", "media", "other", "company"]
    ),
    "they in a comment": frozenset(["group", "people", "members"]),
    "they": frozenset(["group", "party", "organ", "body", "people", "members"]),
}


def resolve(
    before: Iterable[Antecedent],
    *,
    sentence: int,
    fits: frozenset[str],
    traits: frozenset[str] = frozenset(),
    not_subject_of: frozenset[int] = frozenset(),
    window: int = WINDOW,
    without: frozenset[str] = frozenset(),
    margin: float = MARGIN,
    only_matching: bool = False,
) -> Answer | None:
    """The entity that a phrase in that sentence means, among the mentions before it.

    `traits` are the phrase's adjectives, `without` tags that rule a candidate out;
    `only_matching` leaves out those without one of the traits (a title for a person).
    `not_subject_of` are the verbs whose subject an object pronoun cannot mean. None where nothing
    fits or two are too close.
    """
    weights: dict[str, float] = {}
    named: dict[str, bool] = {}
    for mention in before:
        distance = sentence - mention.sentence
        if (
            mention.kind not in fits
            or without & mention.tags
            or distance > (FAR_WINDOW if traits else window)
        ):
            continue
        if distance == 0 and mention.role == "subject" and mention.clause in not_subject_of:
            continue
        weight = _ROLE_WEIGHT[mention.role] * DECAY**distance
        matching = len(traits & mention.tags)
        if only_matching and not matching:
            continue
        weight += 3.0 * matching
        named[mention.entity] = named.get(mention.entity, False) or matching > 0
        # Being spoken of again and again counts a little, standing near counts most.
        weights[mention.entity] = max(weights.get(mention.entity, 0.0), weight) + 0.05
    if not weights:
        return None
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    entity, best = ranked[0]
    if entity.startswith(OPEN):
        return None
    if len(ranked) > 1 and best < margin * ranked[1][1]:
        return None
    confidence = 0.7 if len(ranked) == 1 else 0.55 + 0.25 * (1 - ranked[1][1] / best)
    if named[entity]:
        confidence += 0.1
    return Answer(entity, round(min(confidence, 0.9), 2))


def traits_of(entity_id: str) -> frozenset[str]:
    """The registry's tags of an entity."""
    actor = registry().get(entity_id)
    return actor.tags if actor else frozenset()
