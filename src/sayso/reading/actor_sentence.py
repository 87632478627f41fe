"""One parsed sentence: its names, its nouns for actors, its pronouns, and whom they mean.

Read in text order, so that a phrase can only mean what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from sayso.knowledge.lexicon import Nominal, word_list
from sayso.knowledge.registry import registry
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Form
from sayso.reading import actor_context
from sayso.reading import actor_coref as coref
from sayso.reading import actor_owner as owner
from sayso.reading import actor_phrases as phrases
from sayso.reading import actor_unknown as unknown
from sayso.reading.actor_members import Member, is_state
from sayso.reading.draft import SentenceSpan
from sayso.reading.mention_names import Name

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj"])
_NP_INSIDE = frozenset(["compound", "amod", "nmod", "npadvmod", "nummod", "quantmod"])
_FEMALE = frozenset(["female"])
_THIRD_ORG = frozenset(["it", "its", "itself"])
_THIRD_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
_THIRD_PERSON = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
_DEFINITE = frozenset(["the", "this", "that", "these", "those"])
_OTHERS = frozenset(["other", "rival", "another", "new", "first", "second", "third", "last"])
_STATES = frozenset(["country", "nation", "kingdom", "republic", "state"])


class Reading(Protocol):
    """What a sentence needs to know of its document, and where it puts what it finds."""

    text: str
    members: list[Member]
    book: unknown.Book
    article: set[str]
    state: str | None

    def context(self, part: str) -> list[coref.Antecedent]: ...


class SentenceReader:
    """Reads one parsed sentence."""

    def __init__(
        self, builder: Reading, span: SentenceSpan, tree: Sentence, found: list[Name]
    ) -> None:
        self.b = builder
        self.span = span
        self.tree = tree
        self.before = builder.context(span.part)
        self.comment = span.part not in builder.article
        self.by_token: dict[int, Member] = {}
        self.name_at: dict[int, Name] = {}
        self.head_name: dict[int, Name] = {}
        for name in found:
            inside = [t for t in tree.tokens if t.start < name.end and name.start < t.end]
            for token in inside:
                self.name_at[token.i] = name
            ids = {t.i for t in inside}
            head = next((t for t in inside if t.head not in ids or t.head == t.i), None)
            if head is not None:
                self.head_name[head.i] = name

    def read(self) -> None:
        for token in self.tree.tokens:
            if token.i in self.head_name:
                self._name(token, self.head_name[token.i])
            elif token.i in self.name_at:
                continue
            elif token.tag in ("PRP", "PRP$"):
                self._pronoun(token)
            elif token.pos in ("NOUN", "PROPN"):
                if token.dep not in ("compound", "amod", "nmod"):
                    self._nominal(token)
            elif token.pos == "ADJ" and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj"):
                self._nominal(token)

    # -- names ---------------------------------------------------------------------------------

    def _name(self, token: Token, name: Name) -> None:
        if owner.attached(self.b.text, name.end):
            return
        form: Form = "name"
        entity, confidence, rule = name.actor, 0.9, name.form
        if name.form == "unknown":
            confidence = 0.6
        elif name.form == "short":
            confidence = 0.75
        if name.form in ("demonym", "people"):
            if token.dep in _NP_INSIDE and token.head != token.i:
                return
            form = "demonym"
            definite = any(d.lower == "the" for d in self.tree.children(token, "det"))
            counted = bool(self.tree.children(token, "nummod", "amod", "compound"))
            if not definite or counted:
                entity = None
            confidence = 0.5
        elif is_state(entity):
            if not self._acts(token) or (token.dep in _NP_INSIDE and token.head != token.i):
                return
            if name.form == "capital":
                confidence = 0.65
                if not self._governs(token, name):
                    return
        elif token.dep in _NP_INSIDE and token.head != token.i:
            confidence -= 0.05
        reason = None
        if len(name.actors) > 1:
            reason = "may be " + " or ".join(name.actors[:4])
            confidence = 0.5
        if rule in ("introduced", "unknown"):
            title = unknown.title_of(self.tree, token)
            if entity and title:
                self.b.book.describe(entity, title)
        self._add(token, name.start, name.end, entity, form, confidence, rule, reason)

    def _is_subject(self, token: Token) -> bool:
        dep, head = self._function(token)
        if dep == "agent":
            return True
        return dep in _SUBJECTS and head is not None and head.lemma not in ("be", "lie", "fall")

    def _governs(self, token: Token, name: Name) -> bool:
        """Whether a capital stands for its government: "Ankara rejected", "Ankara's envoy"; not
        "Ankara was shelled", "Ankara's streets", and not in a dateline."""
        if name.start == self.span.start and re.match(
            r"[^\S\n]*(?:,|\(|--|[-–—]\s)", self.b.text[name.end : name.end + 8]
        ):
            return False
        if token.dep == "poss":
            noun = phrases.nominal(self.tree, self.tree.head(token))
            return noun is not None and noun.cls in ("organ", "person", "unit", "force")
        dep, _ = self._function(token)
        return dep != "nsubjpass" and self._is_subject(token)

    def _acts(self, token: Token) -> bool:
        """Whether a state's name stands for the state rather than for where something is."""
        dep, head = self._function(token)
        if dep == "pobj" and head is not None:
            verb = self.tree.head(head)
            if head.lower in word_list("locatives"):
                return False
            if head.lower in ("to", "from") and verb.lemma in word_list("motions"):
                return False
        return (
            not (dep == "dobj" and head is not None and head.lemma in word_list("motions"))
            and dep != "npadvmod"
        )

    def _function(self, token: Token) -> tuple[str, Token | None]:
        """The label of the first of a coordination and its head; "agent" for "by X"."""
        for _ in range(24):
            if token.dep != "conj":
                break
            token = self.tree.head(token)
        head = self.tree.head(token) if token.head != token.i else None
        if token.dep == "pobj" and head is not None and head.dep == "agent":
            return "agent", head
        return token.dep, head

    # -- nouns ---------------------------------------------------------------------------------

    def _nominal(self, token: Token) -> None:
        noun = phrases.nominal(self.tree, token)
        if noun is not None and owner.attached(self.b.text, token.end):
            return
        if noun is not None and noun.noun in ("opposition", "force") and self._abstract(token):
            return
        if noun is None or (noun.cls == "craft" and not self._is_subject(token)):
            return
        tokens = self.tree.tokens
        first, last = phrases.left_edge(self.tree, token), phrases.right_edge(self.tree, token)
        start, end = tokens[first].start, tokens[last].end
        found = self._same_person(token, noun) or self._owned(token, noun)
        entity, confidence, rule = None, 0.6, "noun"
        if found is not None:
            entity, confidence, rule = found.entity, found.confidence, found.rule
        elif noun.cls in ("group", "organ", "unit", "person"):
            answer = self._description(token, noun)
            if answer is not None:
                entity, confidence, rule = answer.entity, answer.confidence, "description"
            elif not self.comment:
                entity = actor_context.organ_spoken_of(
                    self.tree, token, noun, self.b.state, self._known_before()
                )
                if entity is not None:
                    confidence, rule = 0.55, "the state spoken of"
        if entity is None and noun.noun in _STATES:
            return
        if entity is None and last > token.i:
            end = tokens[token.i].end if noun.cls == "relation" else end
        self._add(token, start, end, entity, "label", confidence, rule)

    def _known_before(self) -> list[tuple[str, str]]:
        """The words and the entity of each mention of somebody known so far."""
        return [
            (self.b.text[m.start : m.end], m.entity)
            for m in self.b.members
            if m.entity is not None and m.form != "pronoun"
        ]

    def _same_person(self, token: Token, noun: Nominal) -> owner.Owned | None:
        """ "The army chief, Karim Saleh", "Karim Saleh, the army chief": he is the chief."""
        if noun.cls != "person":
            return None
        beside = self.tree.children(token, "appos")
        if token.dep == "appos":
            beside.append(self.tree.head(token))
        for other in beside:
            name = self.name_at.get(other.i)
            entity = name.actor if name is not None else None
            if entity and self.b.book.kind_and_tags(entity)[0] == "person":
                return owner.Owned(entity, 0.8, "apposition")
        return None

    def _titles(self, token: Token) -> frozenset[str]:
        """What a person is called beside the name ("President X", "X, the mayor")."""
        beside = self.tree.children(token, "compound", "appos", "nmod")
        if token.dep == "appos":
            beside.append(self.tree.head(token))
        found = (phrases.nominal(self.tree, t) for t in beside)
        return frozenset(n.noun for n in found if n is not None and n.cls == "person")

    def _abstract(self, token: Token) -> bool:
        """ "opposition to the plan", "by force": no body."""
        if any(p.lower == "to" for p in self.tree.children(token, "prep")):
            return True
        return token.lower == "force" and not self.tree.children(token)

    def _owned(self, token: Token, noun: Nominal) -> owner.Owned | None:
        if owner.is_former(self.tree, token) or owner.not_the_owners(self.tree, token):
            return None
        for child in self.tree.children(token):
            if child.dep in ("poss", "compound", "amod", "nmod", "appos"):
                entity = self._meant(child, noun)
            elif child.dep == "prep" and child.i > token.i and child.lower in ("of", "from", "for"):
                objects = self.tree.children(child, "pobj")
                entity = self._meant(objects[0], noun) if objects else None
                if child.lower == "for" and noun.cls != "person":
                    entity = None
            else:
                continue
            if entity is None:
                continue
            if child.dep == "appos":
                if token.tag not in ("NNS", "NNPS") and noun.cls in ("group", "organ", "unit"):
                    return owner.Owned(entity, 0.85, "apposition")
                continue
            found = owner.owned_by(entity, noun, token.lemma)
            if found is not None and not (
                is_state(entity) and owner.not_the_state(self.tree, token)
            ):
                return found
        return None

    def _meant(self, token: Token, noun: Nominal) -> str | None:
        """The entity of a modifier: a name (demonyms included) or an earlier member. A capital
        owns only governments: "the Kabul court" is one of the town."""
        name = self.name_at.get(token.i)
        if name is not None:
            if owner.attached(self.b.text, name.end):
                return None
            if name.form == "capital" and noun.noun not in word_list("capital_owns"):
                return None
            return name.actor
        member = self.by_token.get(token.i)
        return member.entity if member else None

    def _description(self, token: Token, noun: Nominal) -> coref.Answer | None:
        """ "the group", "the radical group", "the UK-based monitoring group"."""
        tree = self.tree
        if token.tag in ("NNS", "NNPS") or not any(
            d.lower in _DEFINITE for d in tree.children(token, "det")
        ):
            return None
        fits = _fits(noun)
        if fits is None:
            return None
        modifiers = tree.children(token, "amod", "compound", "nmod", "npadvmod")
        inside = noun.noun.split()
        if any(t.lower in _OTHERS for t in modifiers) or any(
            t.dep == "compound" and t.lower not in inside for t in modifiers
        ):
            return None
        lead = self.b.text[tree.tokens[phrases.left_edge(tree, token)].start : token.start]
        traits = frozenset(t.casefold() for t in re.split(r"[\s,]+", lead) if t) - _DEFINITE
        foreign = any(
            registry().demonym(t.text) and not owner.attached(self.b.text, t.end) for t in modifiers
        )
        if noun.noun in _STATES and (foreign or any(t.text[:1].isupper() for t in modifiers)):
            return None
        if noun.cls == "person" and (modifiers or foreign):
            return None
        if any(p.lower == "of" for p in tree.children(token, "prep")) and noun.cls != "group":
            return None
        if noun.sector == "MED" and any(d.lower == "this" for d in tree.children(token, "det")):
            return None  # the page speaks of itself
        title = noun.cls == "person"
        return coref.resolve(
            self._recent(),
            sentence=self.span.index,
            fits=fits,
            traits=frozenset([noun.noun, token.lemma]) if title else traits,
            only_matching=title,
            window=coref.WINDOW if not self.comment else 1,
            margin=coref.STATE_MARGIN if noun.noun in _STATES else coref.MARGIN,
        )

    def _recent(self) -> Iterator[coref.Antecedent]:
        for mention in reversed(self.before):
            if self.span.index - mention.sentence > coref.FAR_WINDOW:
                return
            yield mention

    # -- pronouns ------------------------------------------------------------------------------

    def _pronoun(self, token: Token) -> None:
        word = token.lower
        if word in _THIRD_ORG:
            fits = coref.FITS["any"]
            if word == "it" and self._empty_it(token):
                return
        elif word in _THIRD_PLURAL:
            # In comments "they" is mostly a people or nobody in particular.
            fits = coref.FITS["they in a comment" if self.comment else "they"]
        elif word in _THIRD_PERSON:
            fits = coref.FITS["person"]
        else:
            return
        clauses: frozenset[int] = frozenset()
        if token.dep in ("dobj", "pobj", "dative"):
            if word == "it":
                return
            clauses = self._own_clauses(token)
        beside = self._beside(token)
        if beside is not None:
            self._add(token, token.start, token.end, beside, "pronoun", 0.75, "beside its owner")
            return
        answer = coref.resolve(
            self._recent(),
            sentence=self.span.index,
            fits=fits,
            not_subject_of=clauses,
            window=0 if self.comment else 1,
            without=frozenset(["male"]) if word in word_list("she") else _FEMALE,
        )
        if answer is None or (self.comment and answer.confidence < 0.7):
            return
        self._add(
            token,
            token.start,
            token.end,
            answer.entity,
            "pronoun",
            round(answer.confidence - 0.1, 2),
            "pronoun",
        )

    def _beside(self, token: Token) -> str | None:
        """ "the Movement and its allies": the Movement."""
        noun = self.tree.head(token)
        if token.i > 1 and self.tree.tokens[token.i - 1].lower == "and":
            name = self.name_at.get(token.i - 2)
            if name is not None and name.actor and token.tag == "PRP$":
                return name.actor
        if token.dep != "poss" or noun.dep != "conj":
            return None
        member = self.by_token.get(self.tree.head(noun).i)
        if member is None or member.end >= token.start or member.form == "pronoun":
            return None
        return member.entity

    def _empty_it(self, token: Token) -> bool:
        """ "it is expected that", "it rained": nobody."""
        head = self.tree.head(token)
        if token.dep == "expl":
            return True
        if token.dep not in _SUBJECTS:
            return False
        if token.dep == "nsubjpass" and self.tree.children(head, "ccomp", "csubj"):
            return True
        doing = head.lemma in word_list("sayings") or head.lemma in word_list("doings")
        return not doing

    def _own_clauses(self, token: Token) -> frozenset[int]:
        """The verbs whose subject does what is done to the token: its own, and those above as
        long as the lower has no subject ("he called her to thank her")."""
        found: list[int] = []
        for ancestor in self.tree.ancestors(token):
            if ancestor.pos not in ("VERB", "AUX"):
                continue
            found.append(ancestor.i)
            if self.tree.children(ancestor, "nsubj", "nsubjpass"):
                break
        return frozenset(found)

    def _clause(self, token: Token) -> int:
        for ancestor in self.tree.ancestors(token):
            if ancestor.pos in ("VERB", "AUX"):
                return ancestor.i
        return -1

    # -- keeping -------------------------------------------------------------------------------

    def _add(
        self,
        token: Token,
        start: int,
        end: int,
        entity: str | None,
        form: Form,
        confidence: float,
        rule: str,
        reason: str | None = None,
    ) -> None:
        member = Member(
            start,
            end,
            entity,
            form,
            confidence,
            rule,
            self.span.index,
            token.i,
            reason,
        )
        self.by_token[token.i] = member
        self.b.members.append(member)
        dep, _ = self._function(token)
        role = (
            "subject" if dep in _SUBJECTS
            else "owner" if dep == "poss"
            else "agent" if dep == "agent"
            else "object" if dep in ("dobj", "pobj", "dative")
            else "other"
        )  # fmt: skip
        if entity is None:
            if form == "pronoun":
                return
            # Somebody that stays open can still be the one that a later phrase means.
            noun = phrases.nominal(self.tree, token)
            kind = coref.kind_of_noun(noun.cls if noun else "people")
            entity, tags = coref.OPEN + str(start), frozenset[str]()
        else:
            kind, tags = self.b.book.kind_and_tags(entity)
            if kind == "person":
                tags = tags | self._titles(token)
        self.before.append(
            coref.Antecedent(start, self.span.index, entity, kind, role, self._clause(token), tags)
        )


def _fits(noun: Nominal) -> frozenset[str] | None:
    """Which kinds a description headed by the noun may mean; None for nouns that name nobody."""
    if noun.noun in _STATES:
        return coref.FITS["state"] if noun.noun != "state" else None
    if noun.cls == "group":
        return coref.FITS.get(noun.sector)
    if noun.cls == "person":
        return coref.FITS["person"] if noun.sector in ("GOV", "MIL", "REB") else None
    return None
