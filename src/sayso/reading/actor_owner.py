"""Whose the soldiers are: the entity that a nominal phrase means through its owner.

"Turkish troops" are the Turkish armed forces, "HTS fighters" and "fighters of HTS" are HTS;
"Turkish-backed militants" are not Turkey, "Turkish residents" are not the state, and "Turkish
militants" are nobody that is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.knowledge.lexicon import Nominal, word_list
from sayso.knowledge.registry import registry
from sayso.language.syntax import Sentence, Token

_ATTACHED = re.compile(
    r"[-‑–][ ]?(?:backed|led|linked|based|affiliated|aligned|held|controlled|occupied|sponsored"
    r"|allied|trained|run|owned|funded|born|speaking|style|supported|armed|dominated|inspired|supplied"
    r"|imposed|friendly|made|brokered|mediated|supplied|supporting|ruled|administered|supervised"
    r"|mandated|installed|equipped|financed|supplied|era|oriented|educated|registered|flagged)\b",
    re.I,
)
OWNING_PREPS = frozenset(["of", "from", "for", "at", "with", "in", "within"])
_MEMBERS = frozenset(["member", "members", "element", "elements"])
_ANY_OWNER = frozenset(["of", "from"])


@dataclass(frozen=True, slots=True)
class Owned:
    """An entity with how sure it is, and the rule that says so."""

    entity: str
    confidence: float
    rule: str


def attached(text: str, end: int) -> bool:
    """True if the word that ends at `end` goes on as "-backed", "-led", "-held"."""
    return _ATTACHED.match(text, end) is not None


def not_the_owners(sentence: Sentence, head: Token) -> bool:
    """ "its allied forces": a modifier says that they are on somebody's side, not somebody's."""
    others = word_list("not_the_owners")
    return any(t.lower in others for t in sentence.children(head, "amod", "compound"))


def not_the_state(sentence: Sentence, head: Token) -> bool:
    """ "Syrian Kurdish forces", "US-backed Syrian fighters": a modifier says that they are
    somebody else's."""
    others = word_list("not_the_states")
    return any(
        t.lower in others
        or (t.tag in ("VBN", "JJ") and any(c.lower == "-" for c in sentence.children(t)))
        for t in sentence.children(head, "amod", "compound", "nmod")
    )


def is_former(sentence: Sentence, head: Token) -> bool:
    """ "former minister": whoever this is, it is not the body any more."""
    return any(
        t.lower in word_list("former")
        for t in sentence.children(head, "amod", "compound", "advmod")
    )


def owned_by(owner: str, noun: Nominal, head: str) -> Owned | None:
    """The entity of people or bodies of class `noun` (its lemma is `head`) that belong to
    `owner`, or None where the owner says nothing about who acts."""
    known = registry()
    actor = known.get(owner)
    if actor is None:
        return Owned(owner, 0.6, "owner") if noun.cls in ("force", "unit", "person") else None
    if owner in known.aliases and actor.id.removeprefix("actor:").isupper() and "." not in owner:
        return _of_state(owner, noun, head)
    if actor.schema == "Person":
        return _of_person(owner, noun, head)
    if noun.cls in ("force", "unit", "craft", "person", "organ", "group"):
        return Owned(owner, 0.8, "owner")
    if noun.cls == "relation" and head in _MEMBERS:
        return Owned(owner, 0.75, "member")
    return None


def _of_state(owner: str, noun: Nominal, head: str) -> Owned | None:
    known = registry()
    if noun.cls in ("people", "group", "relation") and noun.sector not in ("LEG", "JUD"):
        return None
    if noun.sector in ("REB", "UAF", "PRM", "CRM", "JRN"):
        return None
    if noun.noun in ("country", "nation", "state", "kingdom", "republic", "people"):
        return None
    code = known.organ_of_head(noun.noun) or known.organ_of_head(head)
    if code is None:
        code = noun.sector if noun.sector in known.organs else None
    if code is None:
        return None
    return Owned(known.organ(owner, code).id, 0.8, "state organ")


def _of_person(owner: str, noun: Nominal, head: str) -> Owned | None:
    """ "Assad's forces": those of the body or state that the person leads."""
    known = registry()
    if noun.cls not in ("force", "unit", "organ") or noun.noun in ("country", "nation", "state"):
        return None
    for relation in known.related(owner, "leader_of", "member_of"):
        body = known.get(relation.object)
        if body is not None:
            found = owned_by(relation.object, noun, head)
            if found:
                return Owned(found.entity, 0.6, "leader's body")
    actor = known.get(owner)
    state = known.by_iso2.get(actor.country) if actor and actor.sector == "GOV" else None
    return owned_by(state, noun, head) if state and noun.cls == "organ" else None
