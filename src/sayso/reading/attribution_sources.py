"""Who a source is: its entity, its tier, and by what way it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.knowledge.lexicon import nominals
from sayso.knowledge.registry import registry
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Access, Tier
from sayso.reading.actor_args import actor_arg
from sayso.reading.attribution_found import Found
from sayso.reading.attribution_lexicon import TIERS, SourceNoun, source_nouns
from sayso.reading.draft import Draft

_SECTOR_TIERS: dict[str, Tier] = {
    "GOV": "official",
    "JUD": "official",
    "LEG": "official",
    "COP": "official",
    "SPY": "official",
    "IGO": "official",
    "MIL": "party",
    "REB": "party",
    "UAF": "party",
    "PRM": "party",
    "NGO": "monitor",
    "JRN": "media",
    "SRC": "anonymous",
}
_ANONYMOUS = re.compile(
    r"\b(?:anonymity|anonymously|not to be (?:named|identified)|not be (?:named|identified)"
    r"|declined to be (?:named|identified)|not authori[sz]ed to (?:speak|brief|talk|comment))\b",
    re.IGNORECASE,
)
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PERSONAL = frozenset({"he", "she", "they", "it"})
_SAW = frozenset({"see", "hear", "witness", "notice"})
_SPEAKS_FOR = frozenset({"for", "of", "from", "with", "at"})
_WATCHES = frozenset(
    {"forum", "institute", "observatory", "network", "foundation", "university", "initiative",
     "watch", "project", "college", "centre", "center", "society", "think-tank"}
)  # fmt: skip
"""Last words of bodies that study or watch."""
_TITLES = frozenset({"compound", "appos", "nmod", "amod"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source; None where it is not."""

    entity: str | None = None
    tier: Tier | None = None
    access: Access | None = None


@dataclass(slots=True)
class Seen:
    """What the document said of its sources before: tiers by entity, and by the last word of a
    person's name ("Tal", of Mira Tal, a spokeswoman for the ministry)."""

    entities: dict[str, Tier] = field(default_factory=dict)
    names: dict[str, Tier] = field(default_factory=dict)
    last_person: Known = Known()


def antecedent(sentence: Sentence, head: Token) -> Token:
    """The noun that a relative pronoun stands for, or the head itself."""
    if head.lower in _RELATIVE:
        for above in sentence.ancestors(head):
            if above.dep == "relcl":
                return sentence.head(above)
            if above.dep in {"ccomp", "advcl"}:
                break
    return head


_MANY = frozenset({"NNS", "NNPS"})
_PEOPLE = frozenset({"person", "people"})


def kind_of(sentence: Sentence, noun: Token) -> str:
    """Of those who can say something: "one" for a person, "many" for people, "body" for a group,
    an organ or a document; "" for anything else."""
    known = _noun(sentence, noun)
    nominal = nominals().get(noun.lemma)
    person_behind = any(t.ent == "PERSON" for t in sentence.children(noun, "appos"))
    if noun.ent == "PERSON" or person_behind or _is_named_person(sentence, noun):
        return "one"
    if sentence.children(noun, "conj") and noun.ent != "ORG":
        return "many" if known or nominal else ""
    person = known is not None and known.kind in _PEOPLE
    person = person or (nominal is not None and nominal.cls in _PEOPLE)
    if person:
        return "many" if noun.tag in _MANY else "one"
    if known is not None and known.kind in {"body", "document"}:
        return "body"
    group = nominal is not None and nominal.cls in {"group", "organ", "force"}
    named = noun.pos == "PROPN" and bool(sentence.children(noun, "det"))
    return "body" if noun.ent in {"ORG", "GPE"} or group or named else ""


def _is_named_person(sentence: Sentence, noun: Token) -> bool:
    """ "Team leader Mira Tal", and two or three capitalised words that nothing makes a body."""
    if noun.pos != "PROPN" or sentence.children(noun, "det"):
        return False
    before = [t for t in sentence.children(noun, "compound") if t.i < noun.i]
    for token in before:
        nominal, known = nominals().get(token.lower), source_nouns().get(token.lower)
        if nominal is not None and nominal.cls in _PEOPLE:
            return True
        if known is not None and known.kind in _PEOPLE:
            return True
    bare = noun.ent == "" and noun.lower not in _WATCHES
    return bare and 1 <= len(before) <= 3 and all(t.text[:1].isupper() for t in before)


def identify(draft: Draft, found: Found, seen: Seen) -> Known:
    """The source's entity as the document means it, its tier from its noun, its entity, its
    titles or what was said of it before, and how it knows."""
    head = found.source_head
    if found.source is None or head is None:
        return Known()
    head = antecedent(found.sentence, head)
    entity = _entity(draft, found.sentence, head)
    noun = _noun(found.sentence, head)
    if entity is not None and head.lower in {"he", "she"}:
        person = draft.entity(entity)
        entity = entity if person is not None and person.schema == "Person" else None
    tier = _tier(draft, found.sentence, head, entity, noun, seen)
    if head.lower in _PERSONAL and entity is None and tier is None:
        entity, tier = seen.last_person.entity, seen.last_person.tier
    if head.pos == "NOUN" and _ANONYMOUS.search(
        draft.text, found.sentence.start, found.sentence.end
    ):
        tier = "anonymous"
    _remember(found.sentence, head, entity, tier, seen)
    return Known(entity, tier, _access(found, noun, tier))


def _entity(draft: Draft, sentence: Sentence, head: Token) -> str | None:
    """The one actor that the source is; None for several, or for nobody known."""
    args = actor_arg(draft, sentence, head)
    found = draft.entity(args[0].entity) if len(args) == 1 else None
    return found.id if found is not None and found.kind == "actor" else None


def _noun(sentence: Sentence, head: Token) -> SourceNoun | None:
    """The kind of source that the noun names, by its last two words or its last."""
    table = source_nouns()
    if head.i:
        pair = table.get(f"{sentence.tokens[head.i - 1].lower} {head.lemma}")
        if pair is not None:
            return pair
    return table.get(head.lemma) or table.get(head.lower)


def _tier(
    draft: Draft,
    sentence: Sentence,
    head: Token,
    entity: str | None,
    noun: SourceNoun | None,
    seen: Seen,
) -> Tier | None:
    if noun is not None and noun.tier in {"witness", "anonymous"}:
        return noun.tier
    if entity is not None:
        known = registry().get(entity)
        if known is not None and TIERS.get(known.tier) is not None:
            return TIERS[known.tier]
        if entity in seen.entities:
            return seen.entities[entity]
    if noun is not None and noun.tier is not None:
        return (_of_body(draft, sentence, head) if noun.tier == "official" else None) or noun.tier
    for title in _titles(sentence, head):
        named = source_nouns().get(title.lemma)
        if named is not None and named.tier is not None:
            return named.tier
    about = draft.entity(entity)
    if about is not None and about.sector in _SECTOR_TIERS:
        return _SECTOR_TIERS[about.sector]
    nominal = nominals().get(head.lemma)
    if noun is None and nominal is not None and nominal.sector in _SECTOR_TIERS:
        return _SECTOR_TIERS[nominal.sector]
    if head.pos != "PROPN":
        return None
    body = _of_body(draft, sentence, head)
    person = head.ent == "PERSON" or (about is not None and about.schema == "Person")
    return seen.names.get(head.lower) or body or ("witness" if person else None)


def _of_body(draft: Draft, sentence: Sentence, head: Token) -> Tier | None:
    """The tier of the body that somebody speaks for or is of: "a spokesman for the group", "Tal of
    the Valley Institute"; None if none is named or nothing is known of it."""
    for prep in sentence.children(head, "prep"):
        if prep.lower not in _SPEAKS_FOR:
            continue
        for noun in sentence.children(prep, "pobj"):
            known = registry().get(_entity(draft, sentence, noun))
            if known is not None and TIERS.get(known.tier) is not None:
                return TIERS[known.tier]
            if known is not None and known.sector in _SECTOR_TIERS:
                return _SECTOR_TIERS[known.sector]
            if noun.lower in _WATCHES:
                return "monitor"
    return None


def _titles(sentence: Sentence, head: Token) -> Iterator[Token]:
    """Words that say what the named one is: "Interior Minister Tal", "Tal, a spokeswoman"; for a
    document, whose it is ("a ministry statement")."""
    kind = source_nouns().get(head.lemma)
    thing = kind is not None and kind.kind in {"document", "words", "footage"}
    for token in sentence.children(head):
        if token.dep in {"poss", "compound"} and thing:
            yield token
        elif token.dep == "appos" or (token.dep in _TITLES and head.pos == "PROPN"):
            yield token
            yield from sentence.children(token, "conj")


def _access(found: Found, noun: SourceNoun | None, tier: Tier | None) -> Access:
    if found.words in _SAW and found.cls == "believe":
        return "eyewitness"
    if found.thing in {"footage"}:
        return "footage"
    if noun is not None and noun.access != "unknown":
        return noun.access
    return "relay" if tier in {"monitor", "media"} else "unknown"


def _remember(
    sentence: Sentence, head: Token, entity: str | None, tier: Tier | None, seen: Seen
) -> None:
    if tier is None:
        return
    if entity is not None:
        seen.entities.setdefault(entity, tier)
    if head.pos == "PROPN":
        seen.names[head.lower] = tier
    if head.ent == "PERSON" or head.lower in {"he", "she"}:
        seen.last_person = Known(entity, tier)
