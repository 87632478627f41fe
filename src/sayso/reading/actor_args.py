"""From a syntactic head to the words that fill a role, and who they are.

`actor_arg` is what events and attributions call for a subject, object or agent. It gives one
`Arg` per party: "the X Movement and its allies" are two, "dozens of militants" are the militants,
"militants of the X Movement" are the Movement.
"""

from __future__ import annotations

import re

from sayso.knowledge.lexicon import word_list
from sayso.knowledge.registry import registry
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg
from sayso.reading import actor_owner as owner
from sayso.reading import actor_phrases as phrases
from sayso.reading.actor_cast import Cast, Member, cast
from sayso.reading.actor_owner import attached
from sayso.reading.draft import Draft

_OWNED_CLASSES = frozenset(["force", "relation"])
_MAX_ARGS = 12
_TITLE_WORDS = 10
"""A title after a name is no longer than so many tokens; what is longer is a remark."""


def actor_arg(draft: Draft, sentence: Sentence, token: Token) -> list[Arg]:
    """The parties that a nominal head stands for, in text order; [] if it stands for none.

    `token` is the head of a subject, object, agent, possessor …; coordinated heads below it are
    included. A party without an entity is unresolved: unknown here, or meant loosely.
    """
    known = cast(draft)
    out: list[Arg] = []
    for head in phrases.heads(sentence, token):
        for counted in phrases.counted(sentence, head):
            for arg in _party(draft, known, sentence, counted):
                if all(arg.end <= a.start or a.end <= arg.start for a in out):
                    out.append(arg)
        if len(out) >= _MAX_ARGS:
            break
    return sorted(out, key=lambda a: a.start)


def _arg(draft: Draft, start: int, end: int, entity: str | None) -> Arg:
    if entity is not None and draft.entity(entity) is None:
        new = cast(draft).new.get(entity)
        draft.add_entity(new.entity() if new else registry().entity(entity))
    return Arg(start=start, end=end, exact=draft.text[start:end], entity=entity)


def _party(draft: Draft, known: Cast, sentence: Sentence, head: Token) -> list[Arg]:
    """One head (already uncounted) as one party, or as several that own it."""
    if phrases.is_pronoun(head):
        return _pronoun(draft, known, sentence, head)
    if head.pos not in ("NOUN", "PROPN", "ADJ", "NUM", "X", "VERB") or not any(
        map(str.isalnum, head.text)
    ):
        return []
    members = _owners(draft, known, sentence, head)
    if members:
        return members
    sides = _sides(draft, known, sentence, head)
    if sides:
        return sides
    member = known.headed_by(head)
    if member is not None and member.form in ("name", "demonym"):
        start, end = _named(sentence, head, member)
        if _is_person(draft, member):
            end = _title_after(draft, sentence, head, end)
        return [_arg(draft, start, end, member.entity)]
    entity = member.entity if member is not None else _entity_of(draft, known, sentence, head)
    first, last = phrases.left_edge(sentence, head), phrases.right_edge(sentence, head)
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    appositive = _apposition(known, sentence, head)
    if appositive is not None and entity is None and phrases.nominal(sentence, head):
        entity = appositive.entity
    noun = phrases.nominal(sentence, head)
    titled = appositive is not None and noun is not None and noun.cls == "person"
    if titled and appositive is not None and _is_person(draft, appositive):
        # "The army chief, General Karim Saleh": one person, title first.
        if re.fullmatch(r",? ?(?:[^\W\d_]+\.? ){0,4}", draft.text[end : appositive.start]):
            end = appositive.end
        entity = appositive.entity
    return [_arg(draft, start, end, entity)]


def _is_person(draft: Draft, member: Member) -> bool:
    new = cast(draft).new.get(member.entity or "")
    if new is not None:
        return new.schema == "Person"
    actor = registry().get(member.entity)
    return actor is not None and actor.schema == "Person"


def _title_after(draft: Draft, sentence: Sentence, head: Token, end: int) -> int:
    """Where "Kenzo Oda, the relief coordinator" ends: a person's title may follow the name."""
    for child in sentence.children(head, "appos"):
        if phrases.nominal(sentence, child) is None:
            continue
        first = sentence.tokens[phrases.left_edge(sentence, child)]
        before = draft.text[end : first.start].strip()
        last = sentence.tokens[phrases.right_edge(sentence, child)]
        if before in (",", ", a", ", an", ", the") and child.i - head.i <= _TITLE_WORDS:
            return last.end
    return end


def _named(sentence: Sentence, head: Token, member: Member) -> tuple[int, int]:
    """The words of a name with what stands before it as a title ("Foreign Minister X"); "the"
    and "Turkish-backed" are left out."""
    start, end = member.start, max(member.end, head.end if member.head == head.i else member.end)
    for child in sorted(sentence.children(head, "compound", "amod", "nmod"), key=lambda t: -t.i):
        if child.ent in ("DATE", "TIME"):
            continue
        if child.end <= start and start - child.end <= 1 and not _ends_in_participle(child):
            inner = [t for t in sentence.subtree(child) if t.i <= child.i]
            if inner and child.i - inner[0].i == len(inner) - 1:
                start = min(start, inner[0].start)
    return start, end


def _ends_in_participle(token: Token) -> bool:
    return token.tag in ("VBN", "VBG", "VBD", "JJS") or token.lower in word_list(
        "no_part_of_a_title"
    )


def _owners(draft: Draft, known: Cast, sentence: Sentence, head: Token) -> list[Arg]:
    """ "militants of the X Movement and its allies": the Movement, and its allies. Only for
    members of bodies that are named."""
    noun = phrases.nominal(sentence, head)
    if noun is None or noun.cls not in _OWNED_CLASSES or sentence.children(head, "poss"):
        return []
    if owner.is_former(sentence, head):
        return []  # "a former member of the Front" is not the Front's
    for prep in sentence.children(head, "prep"):
        if prep.lower not in ("of", "from") or prep.i < head.i:
            continue
        objects = sentence.children(prep, "pobj")
        if not objects:
            continue
        member = known.headed_by(objects[0])
        if member is None or member.entity is None:
            continue
        if owner.owned_by(member.entity, noun, head.lemma) is None:
            continue
        return [
            arg
            for target in phrases.heads(sentence, objects[0])
            for arg in _party(draft, known, sentence, target)
        ]
    return []


def _sides(draft: Draft, known: Cast, sentence: Sentence, head: Token) -> list[Arg]:
    """ "U.S. and Russian negotiators" are two parties; [] for fewer."""
    noun = phrases.nominal(sentence, head)
    if noun is None:
        return []
    modifiers = sentence.children(head, "amod", "compound", "nmod", "poss")
    for child in modifiers:
        sides = [child, *sentence.children(child, "conj")]
        if len(sides) < 2 and sentence.children(child, "cc"):
            sides += [t for t in modifiers if t.i > child.i][:1]  # "UK and EU negotiators"
        if len(sides) < 2 or any(t.i > head.i for t in sides):
            continue
        states = [known.name_of(t) for t in sides]
        if any(s is None or attached(draft.text, s.end) for s in states):
            continue
        out: list[Arg] = []
        for token, name in zip(sides, states, strict=True):
            assert name is not None
            body = owner.owned_by(name.actor, noun, head.lemma) if name.actor else None
            entity = body.entity if body else None
            end = head.end if token is sides[-1] else name.end
            out.append(_arg(draft, name.start, end, entity))
        return out
    return []


def _apposition(known: Cast, sentence: Sentence, head: Token) -> Member | None:
    """The name that stands beside a noun: "the ruling party, the Ba'ath"."""
    for child in sentence.children(head, "appos"):
        member = known.headed_by(child)
        if member is not None and member.entity is not None and member.form == "name":
            return member
    return None


def _pronoun(draft: Draft, known: Cast, sentence: Sentence, head: Token) -> list[Arg]:
    """A pronoun as its own words, with the entity that it means; a relative pronoun is the noun
    that its clause hangs on."""
    if head.tag in ("WP", "WDT", "WP$") or head.lower in ("who", "which", "that"):
        clause = next((a for a in sentence.ancestors(head) if a.dep == "relcl"), None)
        if clause is None:
            return []
        return [
            arg
            for noun in phrases.counted(sentence, sentence.head(clause))
            for arg in _party(draft, known, sentence, noun)
            if not phrases.is_pronoun(noun)
        ]
    if head.lower in word_list("first_person"):
        part = draft.part_of(head.start)
        author = part.id if part is not None and part.kind == "comment" else None
        return [
            Arg(
                start=head.start,
                end=head.end,
                exact=draft.text[head.start : head.end],
                part=author,
            )
        ]
    if head.lower in ("you", "your", "yours", "yourself", "one"):
        return []
    if head.tag not in ("PRP", "PRP$"):
        return [_arg(draft, head.start, head.end, None)] if head.tag in ("NN", "NNS") else []
    if head.lower in ("it", "there") and known.headed_by(head) is None and not does(sentence, head):
        return []
    member = known.headed_by(head)
    return [_arg(draft, head.start, head.end, member.entity if member else None)]


def does(sentence: Sentence, head: Token) -> bool:
    """ "It demanded", "it has arrested": an "it" that does something on purpose."""
    verb = sentence.head(head)
    active = head.lower == "it" and head.dep == "nsubj" and verb.i != head.i
    return active and verb.lemma in word_list("agent_verbs")


def _entity_of(draft: Draft, known: Cast, sentence: Sentence, head: Token) -> str | None:
    """The state of a demonym or a country's name that is no member (it stands for the place in
    the text, but was asked for as an actor)."""
    name = known.name_of(head)
    if name is None or attached(draft.text, name.end) or name.form == "people":
        return None
    return name.actor
