"""The words that fill a role: the phrase of a party, the name of a place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sayso.knowledge.placewords import words
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg, Attribution
from sayso.reading.actor_args import actor_arg
from sayso.reading.actor_phrases import nominal
from sayso.reading.draft import Draft
from sayso.reading.event_arguments import content_head, preps_of
from sayso.reading.event_kinds import Kinds, can_act, joined
from sayso.reading.event_lexicon import lexicon
from sayso.reading.event_terms import terms
from sayso.reading.event_weapons import is_means, weapon_of
from sayso.reading.toponym_anaphora import place_before

_SETTLEMENT = terms("settlements")
_PEOPLE_STOP = frozenset(["it", "this", "that", "there", "what", "which", "who", "everything"])
_NO_NOUNS = frozenset(["VERB", "AUX", "ADV", "ADP", "PART", "CCONJ", "SCONJ"])
_NOBODY = terms("nobody")
_ABSTRACT = re.compile(
    r"(?:tion|sion|ment|ness|ity|ance|ence|ism|ship|dom|ure)$|^(?:end|start|lack|fact|way|use|"
    r"loss|need|idea|plan|hope|threat|peace|role|rise|fall|trade|crisis|future|right|talk)$"
)
"""Nouns that name no party, however joined. Bodies end so too ("government", "delegation"): what a
list of actors knows is asked first."""
_DISTANCES = terms("distances")
_SPOTS = terms("spots")
_IN_LAW = "-in-law"
_POINTS = frozenset(
    ["east", "west", "north", "south", "eastern", "western", "northern", "southern", "far"]
)
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|d)")
_LEFT_OUT = (
    "relcl",
    "acl",
    "appos",
    "punct",
    "advcl",
    "cc",
    "conj",
    "prep",
    "ccomp",
    "parataxis",
    "dep",
)


@dataclass(slots=True)
class Roles:
    """The filled roles of one event."""

    actor: list[Arg] = field(default_factory=list)
    recipient: list[Arg] = field(default_factory=list)
    place: list[Arg] = field(default_factory=list)
    origin: list[Arg] = field(default_factory=list)
    destination: list[Arg] = field(default_factory=list)
    weapon: list[Arg] = field(default_factory=list)
    time: Arg | None = None
    actor_tokens: list[Token] = field(default_factory=list)
    recipient_tokens: list[Token] = field(default_factory=list)
    things: list[Token] = field(default_factory=list)
    """What is asked, refused, blamed …: recipients only where no party is named with it."""
    guessed: bool = False
    """True if a recipient is taken from what the act is about, not named with it."""
    mutual: bool = False
    """True if the actors do it to each other."""

    def add(self, role: str, args: Iterable[Arg]) -> None:
        """Adds those whose words are not there yet and that have a letter or figure. Unknown roles
        ("none") are left out."""
        if role not in ("actor", "recipient", "place", "origin", "destination", "weapon"):
            return
        have: list[Arg] = getattr(self, role)
        for arg in args:
            new = not any(a.start < arg.end and arg.start < a.end for a in have)
            first = arg.exact.lower().split()[:1]
            other_name = first == ["no"] or (
                first == ["alias"] and (bool(have) or arg.exact.lower() == "alias")
            )
            if new and not other_name and any(c.isalnum() for c in arg.exact):
                have.append(arg)


class Phrases:
    """What every role needs. Made once for a draft."""

    def __init__(self, draft: Draft, kinds: Kinds) -> None:
        self.draft = draft
        self.kinds = kinds
        spans = sorted(
            (a.source.start, a.source.end) for a in draft.of(Attribution) if a.source is not None
        )
        self._source_starts = [s for s, _ in spans]
        self._source_ends = [e for _, e in spans]

    def people(self, sentence: Sentence, token: Token) -> list[Arg]:
        """Args for a participant: entities known to the reading, or the noun phrase."""
        if token.pos in _NO_NOUNS and not token.ent and self.kinds.mention(token) is None:
            return []  # a verb or adverb that the parser put where a party stands
        if token.lower == "front" and token.dep == "pobj" and sentence.head(token).lower == "in":
            return []  # "in front of the court"
        if token.lemma in _NOBODY or token.lower in _NOBODY or no_party(sentence, token):
            return []
        found = actor_arg(self.draft, sentence, token)
        if found:
            own = (token.start, token.end)
            return [
                self._whole(a)
                for a in found
                if (a.start < own[1] and own[0] < a.end) or self._alike(sentence, token, a)
            ]
        out = []
        for noun in joined(sentence, token):
            if noun.pos == "PRON" and noun.lower in _PEOPLE_STOP:
                continue
            arg = self.phrase(sentence, noun)
            if noun.i == token.i or self._alike(sentence, token, arg):
                out.append(arg)
        return out

    def _alike(self, sentence: Sentence, first: Token, arg: Arg) -> bool:
        """False for what the parser joined to a party although it is none: "attacks on buses and
        clashes", "those who were abducted and the end of the trade"."""
        noun = sentence.span_head(arg.start, arg.end)
        if noun is not None and noun.ent == "PERSON" and first.pos == "NOUN":
            # "raided farms owned by Oda and Lund": people among things were joined to others
            return can_act(self.kinds, sentence, first)
        if noun is not None and self._second_name(sentence, first, noun):
            return False
        if noun is None or noun.pos != "NOUN" or noun.ent:
            return True
        if noun.i > first.i and _past_a_clause(sentence, first, noun):
            return not can_act(self.kinds, sentence, first) or can_act(self.kinds, sentence, noun)
        if noun.i != first.i and _bare_deed(sentence, noun):
            return False
        if self.kinds.is_a(sentence, noun, "deed") or weapon_of(sentence, noun) is not None:
            return self.kinds.is_a(sentence, first, "deed") or is_means(sentence, first)
        acting = first.pos in ("PROPN", "PRON", "DET") or can_act(self.kinds, sentence, first)
        if not acting or nominal(sentence, noun) is not None:
            return True
        return not is_abstract(noun) or can_act(self.kinds, sentence, noun)

    def _second_name(self, sentence: Sentence, first: Token, noun: Token) -> bool:
        """ "The post at Tovel, Marsk was hit": Marsk is where Tovel is, and was not hit as well."""
        if noun.i < 2 or noun.i == first.i or sentence.tokens[noun.i - 1].text != ",":
            return False
        before = sentence.tokens[noun.i - 2]
        under = before.dep == "pobj" and before.i > first.i
        places = all(self.kinds.place_mention(t) is not None for t in (before, noun))
        return under and places and not self.is_place(sentence, first)

    def phrase(self, sentence: Sentence, token: Token) -> Arg:
        """The noun phrase of a head without its clauses, determiner or joined nouns."""
        noun = content_head(sentence, token)
        tokens = _run(sentence.subtree(noun, _LEFT_OUT), noun)
        while len(tokens) > 1 and tokens[0].dep in ("det", "case", "punct"):
            tokens = tokens[1:]
        while len(tokens) > 1 and tokens[-1].dep in ("case", "punct"):
            tokens = tokens[:-1]
        start, end = tokens[0].start, tokens[-1].end
        mention = self.kinds.mention(noun)
        if mention is not None:
            start, end = min(start, mention.start), max(end, mention.end)
        return self._whole(Arg(
            start=start, end=end, exact=self.draft.text[start:end],
            entity=mention.entity if mention else None,
        ))  # fmt: skip

    def _whole(self, arg: Arg) -> Arg:
        """ "His brother-in-law": the parser cuts it off."""
        text, end = self.draft.text, arg.end + len(_IN_LAW)
        if text[arg.end : end].lower() != _IN_LAW:
            return arg
        return replace(arg, end=end, exact=text[arg.start : end])

    def place_args(self, sentence: Sentence, token: Token) -> list[Arg]:
        """Args for a place: its name where the reading knows one, else the phrase."""
        out = []
        for noun in joined(sentence, token):
            named = self._place_name(sentence, noun)
            out.append(named or self._place_phrase(sentence, noun))
        return out

    def _place_name(self, sentence: Sentence, noun: Token) -> Arg | None:
        taken_from = {
            t.i
            for prep in sentence.children(noun, "prep")
            if prep.lower == "from" and noun.lemma not in words().ways_to
            for t in sentence.subtree(prep)
        }  # "captured the islands from Norvia"
        for token in sentence.subtree(noun, ("relcl", "acl", "conj", "cc", "appos", "advcl")):
            mention = self.kinds.place_mention(token)
            if mention and token.i not in taken_from:
                return Arg(
                    start=mention.start, end=mention.end, exact=mention.exact,
                    entity=mention.entity, precision=mention.precision,
                    relation=mention.relation, radius_km=mention.radius_km,
                )  # fmt: skip
        return None

    def _place_phrase(self, sentence: Sentence, noun: Token) -> Arg:
        named = [
            t
            for p in sentence.children(noun, "prep")
            if p.lower == "of"
            for t in sentence.children(p, "pobj")
            if t.pos == "PROPN" and (noun.lemma in _SETTLEMENT or self.is_place(sentence, t))
        ]
        if not named and noun.pos == "NOUN":
            # "all of their positions in the western countryside": the place is the countryside.
            named = [
                t
                for name in ("in", "of", "at", "near", "around")
                for t in preps_of(sentence, content_head(sentence, noun)).get(name, [])
                if self.is_place(sentence, t)
            ]
        return self._anaphor(sentence, noun) if not named else self.phrase(sentence, named[0])

    def _anaphor(self, sentence: Sentence, noun: Token) -> Arg:
        """ "the town": the settlement named last before it in the same part, if there is one."""
        arg = self.phrase(sentence, noun)
        definite = any(t.lower in ("the", "this", "that") for t in sentence.children(noun, "det"))
        if arg.entity is not None or not definite or noun.lemma not in _SETTLEMENT:
            return arg
        found = place_before(self.draft, noun)
        return replace(arg, entity=found.entity, precision=found.precision) if found else arg

    def is_place(self, sentence: Sentence, token: Token) -> bool:
        return self.kinds.is_a(sentence, token, "place")

    def is_time(self, token: Token) -> bool:
        return token.ent in ("DATE", "TIME")

    def _kind(self, entity: str | None) -> str | None:
        found = self.draft.entity(entity)
        return found.kind if found else None

    def _party(self, sentence: Sentence, token: Token, role: str, roles: Roles) -> None:
        if role not in ("actor", "recipient"):
            if role in ("place", "origin", "destination"):
                roles.add(role, self.place_args(sentence, token))
            return
        roles.add(role, self.people(sentence, token))
        (roles.actor_tokens if role == "actor" else roles.recipient_tokens).append(token)


def _bare_deed(sentence: Sentence, noun: Token) -> bool:
    """ "They persecute and murder": a verb that the parser takes for a joined noun."""
    if noun.tag != "NN" or noun.dep != "conj" or noun.lemma not in lexicon().verbs:
        return False
    return noun.lemma in lexicon().nouns and not sentence.children(noun, "det", "amod", "poss")


def is_abstract(noun: Token) -> bool:
    """Whether a common noun ends like a name of what nobody can be."""
    return _ABSTRACT.search(noun.lemma) is not None


def _run(tokens: list[Token], noun: Token) -> list[Token]:
    """The unbroken run of tokens around the noun."""
    at = next((n for n, t in enumerate(tokens) if t.i == noun.i), 0)
    first = at
    while first > 0 and tokens[first].i - tokens[first - 1].i <= 2:
        first -= 1
    return tokens[first : at + 1]


def no_party(sentence: Sentence, token: Token) -> bool:
    """ "Each other"; "90 km from the capital"; the "3d" of "3d Brigade"."""
    before = [t.lower for t in sentence.tokens[max(0, token.i - 4) : token.i]]
    if token.lower in ("other", "another") and before[-1:] in (["each"], ["one"]):
        return True
    after = sentence.tokens[token.i + 1 : token.i + 2]
    if token.lemma in ("block", "mile", "street") and any(t.lower == "away" for t in after):
        return True
    if token.lemma == "part" and sentence.head(token).lemma == "take":
        return True
    on = token.dep == "pobj" and sentence.head(token).lower in ("on", "at", "in")
    if on and (token.lemma in _SPOTS or (token.lemma == "side" and before[-1] in _POINTS)):
        return True  # "on the sixth floor", "on the east side"
    far = token.dep == "pobj" and sentence.head(token).lower in ("from", "of")
    if far and not _DISTANCES.isdisjoint(before):
        return True
    return bool(_ORDINAL.fullmatch(token.lower))


def _past_a_clause(sentence: Sentence, first: Token, noun: Token) -> bool:
    """ "Workers who marched to demand raises and an opening": the parser may join the opening to
    the workers."""
    clauses = sentence.children(first, "relcl", "acl")
    return any(first.i < c.i < noun.i for c in clauses)
