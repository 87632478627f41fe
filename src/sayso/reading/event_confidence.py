"""How often events read like this one are right: the confidence of an event.

The share of plain events of its rule that were right by hand, drawn towards the share of its type,
and that towards the share of all, since most rules were met a few times only; times what each trait
of the construction leaves of it. The counts are data (lang/en/events/confidence.csv).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sayso.knowledge.tables import load_csv
from sayso.language.syntax import Sentence
from sayso.reading.event_lexicon import FOLDER
from sayso.reading.event_reality import Reality
from sayso.reading.event_role_words import Roles
from sayso.reading.event_triggers import Match

LOWEST, HIGHEST = 0.05, 0.97
_DRAWN = 6.0
"""How many cases the share of a type weighs against a rule's own, and that of all against it."""
_DRAWN_TRAIT = 2.0
_LONG = 45
"""Words from which the parser loses its way more often."""

_THROUGH = frozenset(["conj", "xcomp", "advcl", "pcomp"])
"""What a subject is inherited through."""

Share = tuple[float, float]


@cache
def shares() -> dict[tuple[str, str], Share]:
    """(kind, key) -> (right, total)."""
    rows = load_csv(*FOLDER, "confidence.csv", required=("kind", "key", "right", "total"))
    return {(r["kind"], r["key"]): (float(r["right"]), float(r["total"])) for r in rows}


def confidence(sentence: Sentence, match: Match, roles: Roles, real: Reality) -> float:
    """The share of events read this way that were right, between `LOWEST` and `HIGHEST`."""
    out = share(match.rule.name, match.type or match.rule.act or "")
    for trait in traits(sentence, match, roles, real):
        out *= left_by(trait)
    return round(min(HIGHEST, max(LOWEST, out)), 2)


def plain() -> float:
    """The share of right events among those without any trait."""
    right, total = shares()["all", "plain"]
    return right / total


@cache
def share(rule: str, kind: str) -> float:
    """How many plain events of a rule, and of its type or act, were right."""
    out = plain()
    for key in (("type", kind), ("rule", rule)):
        right, total = shares().get(key, (0.0, 0.0))
        out = (right + _DRAWN * out) / (total + _DRAWN)
    return out


@cache
def left_by(trait: str) -> float:
    """What a trait leaves of the share of plain events; 1 for one that was never counted."""
    right, total = shares().get(("trait", trait), (0.0, 0.0))
    return min(1.0, (right + _DRAWN_TRAIT * plain()) / (total + _DRAWN_TRAIT) / plain())


def traits(sentence: Sentence, match: Match, roles: Roles, real: Reality) -> Iterator[str]:
    """What in the construction makes a reading less sure, the gravest first."""
    if real.status in ("hypothetical", "planned", "expected"):
        yield real.status
    if not match.verbal and not roles.actor and not roles.recipient:
        yield "noun without parties"
    if match.verbal and match.type != "ASSAULT" and not roles.actor and not roles.recipient:
        yield "verb without parties"
    if not match.verbal and match.light_frame is None:
        yield "noun of no verb"
    if roles.guessed:
        yield "recipient from the topic"
    if len(sentence) > _LONG:
        yield "long sentence"
    if match.verbal:
        yield from _distant(sentence, match)


def _distant(sentence: Sentence, match: Match) -> Iterator[str]:
    """Parties that no subject of the verb's own names: the further the parser had to look, the
    more often it erred."""
    token, frame = match.token, match.frame
    if token.dep == "acl" and token.tag in ("VBN", "VBD", "VBG"):
        yield "participle"
    elif (
        not sentence.children(token, "nsubj", "nsubjpass")
        and frame.subjects
        and (not frame.passive)
    ):
        yield f"subject through {token.dep if token.dep in _THROUGH else 'other'}"
    if any(t.text in "[]" for t in sentence):
        yield "brackets"
