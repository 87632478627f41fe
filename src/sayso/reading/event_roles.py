"""Who, whom, where and when of a selected trigger, as `Arg`s with the words that fill each role."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from sayso.knowledge.placewords import words
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg, Attribution, Timex
from sayso.reading.actor_owner import attached
from sayso.reading.actor_phrases import nominal
from sayso.reading.draft import Draft
from sayso.reading.event_frames import (
    Frame,
    content_head,
    noun_frame,
    preps_of,
    spoken_of,
    verb_frame,
)
from sayso.reading.event_kinds import Kinds, can_act, joined
from sayso.reading.event_lexicon import word_set
from sayso.reading.event_select import CAUSATIVE, carrier
from sayso.reading.event_triggers import Match
from sayso.reading.event_weapons import handles, is_means, means
from sayso.reading.toponym_anaphora import place_before

_PLACE_PREPS = (
    "on",
    "in",
    "at",
    "near",
    "inside",
    "outside",
    "around",
    "across",
    "along",
    "throughout",
    "over",
    "off",
)
_DESTINATION = ("to", "into", "toward", "towards")
_CONCERNS = word_set(
    """AGREE SUPPORT CONCEDE COOPERATE AID REQUEST ACCUSE REJECT THREATEN SANCTION COERCE PROTEST
    CONSULT"""
)
_ON_A_PLACE = frozenset(
    [
        "coerce.curfew",
        "coerce.martial-law",
        "coerce.restrict",
        "retreat.lift",
        "aid.give",
        "aid.help",
    ]
)
_INTO_A_STATE = frozenset(
    ["retreat.withdraw", "sanction.withdraw-mission", "retreat.ceasefire", "concede.concede",
     "mobilize.troops", "mobilize.police", "aid.give", "aid.help", "aid.peacekeeping"]
)  # fmt: skip
"""Acts that concern the state in whose land they are done, where nobody else is named."""
_GIVEN_BACK = frozenset(
    ["retreat.lift", "retreat.release", "retreat.bail", "retreat.return-property", "retreat.access"]
)
_MOVED_ACT = frozenset(
    ["retreat.disarm", "mobilize.troops", "mobilize.police", "mobilize.militia", "aid.peacekeeping"]
)
_OWN_MOVE = frozenset(
    ["retreat.withdraw", "retreat.surrender", "retreat.flight", "retreat.rout", "retreat.resign",
     "mobilize.troops", "mobilize.police", "mobilize.militia", "mobilize.weapons"]
)  # fmt: skip
"""Nouns whose "of" is who does it: "the withdrawal of the brigade"."""
_HELD = frozenset(["hold", "control", "occupy", "run", "defend"])
_DRIVES_OFF = frozenset(["disperse", "scatter"])
"""What force is used for: "opened fire to disperse the crowd"."""
_HANDED = word_set("send deploy withdraw pull give provide return supply contribute dispatch lend")
_ASIDE_MARKS = word_set("as after since because while when before although though whereas once")
_ASIDE_PREPS = word_set("after since following before during amid despite")
_STATE_OF = frozenset(["state"])
_SHOWS = frozenset(["evidence", "report", "investigation", "study", "document", "it", "this"])
_OWN_FUTURE = word_set("AGREE REJECT THREATEN CONCEDE")
_ASKED = word_set("REQUEST AGREE THREATEN CONCEDE")
_DESCRIBED = 4
"""How much less a party counts that stands in a relative clause."""
_PARTY_DEPS = word_set("dobj pobj dative poss nsubj nsubjpass compound amod appos nmod")
_ARRIVE = frozenset(["arrive", "reach", "enter", "land", "settle", "come", "go", "move"])
_NO_PARTY = word_set("suicide air drone missile artillery tank jet terrorist terror armed")
_SETTLEMENT = frozenset(["town", "city", "village", "district", "province", "area", "island"])
_NO_PLACE_ENTS = frozenset(["PERSON", "NORP", "DATE", "TIME", "EVENT", "LAW", "WORK_OF_ART"])
_WHERE = frozenset(
    ["in", "at", "near", "inside", "outside", "across", "throughout", "around", "during", "since"]
)
_JUDGED = frozenset(["ACCUSE", "SUPPORT"])
_SUFFERED = word_set(
    """killing murder massacre death abduction kidnapping assassination beheading arrest execution
    torture bombing shelling detention treatment persecution destruction"""
)
_PEOPLE_STOP = frozenset(["it", "this", "that", "there", "what", "which", "who", "everything"])
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


def _optional(module: str, name: str) -> Callable[..., Any] | None:
    """A function of a sister module, or None while that module is not there."""
    try:
        return getattr(import_module(f"sayso.reading.{module}"), name, None)
    except ImportError:
        return None


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
            if new and any(c.isalnum() for c in arg.exact):
                have.append(arg)


class Filler:
    """Fills roles for the sentences of one draft."""

    def __init__(self, draft: Draft, kinds: Kinds) -> None:
        self.draft = draft
        self.kinds = kinds
        spans = sorted(
            (a.source.start, a.source.end) for a in draft.of(Attribution) if a.source is not None
        )
        self._source_starts = [s for s, _ in spans]
        self._source_ends = [e for _, e in spans]
        self._actor_arg = _optional("actor_args", "actor_arg")
        self._time_of = _optional("timex_events", "time_of_event")
        self._places_of = _optional("toponym_events", "places_of_event")

    # -- words ---------------------------------------------------------------------------------

    def people(self, sentence: Sentence, token: Token) -> list[Arg]:
        """Args for a participant: entities known to the reading, or the noun phrase."""
        if self._actor_arg is not None:
            found = self._actor_arg(self.draft, sentence, token)
            if found:
                return list(found)
        out = []
        for noun in joined(sentence, token):
            if noun.pos == "PRON" and noun.lower in _PEOPLE_STOP:
                continue
            out.append(self.phrase(sentence, noun))
        return out

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
        return Arg(
            start=start, end=end, exact=self.draft.text[start:end],
            entity=mention.entity if mention else None,
        )  # fmt: skip

    def place_args(self, sentence: Sentence, token: Token) -> list[Arg]:
        """Args for a place: its name where the reading knows one, else the phrase."""
        out = []
        for noun in joined(sentence, token):
            named = self._place_name(sentence, noun)
            out.append(named or self._place_phrase(sentence, noun))
        return out

    def _place_name(self, sentence: Sentence, noun: Token) -> Arg | None:
        for token in sentence.subtree(noun, ("relcl", "acl", "conj", "cc", "appos", "advcl")):
            mention = self.kinds.place_mention(token)
            if mention:
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

    # -- roles ---------------------------------------------------------------------------------

    def fill(self, sentence: Sentence, match: Match) -> Roles:
        """All roles of one selected match, its merged parts included."""
        roles = Roles()
        if match.verbal:
            self._verb(sentence, match, roles)
        else:
            self._noun(sentence, match, roles)
        for part in match.merged:
            self._merged(sentence, part, roles)
        for token in match.extra_actors:
            roles.add("actor", self.people(sentence, token))
        if match.type == "ASSAULT":
            self._weapons(sentence, match, roles)
        self._where_when(sentence, match, roles)
        if match.verbal and (match.rule.type in _JUDGED or match.rule.name == "consult.discuss"):
            self._only_own_places(sentence, match, roles)
        self._untangle(match, roles)
        self._place_as_recipient(match, roles)
        self._only_named_places(sentence, roles)
        roles.recipient = [
            r
            for r in roles.recipient
            if not any(r.start < a.end and a.start < r.end for a in roles.actor)
        ]
        if roles.mutual and not roles.recipient:
            roles.recipient = list(roles.actor)
        return roles

    def _is_mutual(self, sentence: Sentence, match: Match, roles: Roles) -> bool:
        """ "A and B met": several parties of an act that needs another side, with none named."""
        rule = match.rule
        if not (match.token.lemma in rule.mutual or "*" in rule.mutual):
            return False
        if any(can_act(self.kinds, sentence, t) for t in roles.recipient_tokens):
            return False
        if len({a.entity or a.exact for a in roles.actor}) > 1:
            return True
        subjects = (match.light_frame or match.frame).subjects
        return any(
            t.lower in ("two", "both", "three", "rival", "warring")
            for s in subjects
            for t in sentence.children(s, "nummod", "det", "amod", "predet")
        )

    def _only_own_places(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """Praise and blame are given where the speaker is, not where the deed was: of places, those
        under the verb itself stay."""
        own = {
            t.start
            for name in _PLACE_PREPS
            for noun in match.frame.preps.get(name, [])
            for t in sentence.subtree(noun)
        }
        inside = {t.start for t in sentence.subtree(match.token) if t.i > match.token.i} - own
        roles.place = [a for a in roles.place if a.start not in inside]

    def _place_as_recipient(self, match: Match, roles: Roles) -> None:
        """Where nobody is named, those done to are the people of the place: "stormed the mosque",
        "a curfew in the port". The place keeps its own role too."""
        if roles.recipient or match.rule.act or match.rule.mode == "capture":
            return  # a town that is captured is taken from somebody; it is not whom it is done to
        taken = match.verbal and match.rule.roles.get("obj") == "place"
        if taken or match.rule.name in _ON_A_PLACE:
            roles.recipient = roles.place[:2]
        elif match.rule.name == "consult.visit":
            roles.recipient = (roles.destination or roles.place)[:2]  # who is visited, hosts
        elif match.rule.name in _INTO_A_STATE:
            # "withdrew from Norvia": a state's name means the state and its land.
            where = roles.origin or roles.destination or roles.place
            roles.recipient = [a for a in where if a.precision == "country"][:2]

    def _only_named_places(self, sentence: Sentence, roles: Roles) -> None:
        """A place can be looked up: "a market" or "four towns" says where only to who was there."""
        for role in ("place", "origin", "destination"):
            args: list[Arg] = getattr(roles, role)
            setattr(roles, role, [a for a in args if self._is_named(sentence, a)])

    def _is_named(self, sentence: Sentence, arg: Arg) -> bool:
        if arg.entity is not None:
            return self._kind(arg.entity) == "place"
        tokens = sentence.within(arg.start, arg.end)
        head = sentence.span_head(arg.start, arg.end)
        if head is None or (head.pos != "PROPN" and head.lemma not in words().sites):
            return False
        return any(t.pos == "PROPN" and t.ent not in _NO_PLACE_ENTS for t in tokens)

    def _untangle(self, match: Match, roles: Roles) -> None:
        """No words are both a party's name and a place, or both origin and place; but what is
        bombed or visited is where that is, whoever's seat it is."""
        hit = match.rule.type == "ASSAULT" or match.rule.name == "consult.visit"
        parties = [a for a in (*roles.actor, *roles.recipient) if self._kind(a.entity) == "actor"]
        for role in ("place", "origin", "destination"):
            args: list[Arg] = [
                replace(a, entity=None) if self._kind(a.entity) == "actor" else a
                for a in getattr(roles, role)
                # "outside the embassy" is a place, "driven out the Front" is none.
                if self._kind(a.entity) != "actor" or a.exact.split()[-1].lower() in words().sites
            ]
            kept = [
                a
                for a in args
                if not _meets(a, roles.actor)
                and (not _meets(a, parties) or (hit and self._kind(a.entity) == "place"))
            ]
            setattr(roles, role, kept)
        roles.place = [a for a in roles.place if not _meets(a, roles.origin + roles.destination)]

    def _kind(self, entity: str | None) -> str | None:
        found = self.draft.entity(entity)
        return found.kind if found else None

    def _side(self, match: Match) -> tuple[str, str]:
        rule = match.rule
        if rule.subject_is == "recipient":
            return "recipient", "recipient"
        return "actor", "actor" if rule.two_sided else "recipient"

    def _verb(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        rule, frame = match.rule, match.frame
        subject, object_ = self._side(match)
        if rule.name == "accuse.blamed":
            self._blamer(sentence, match, roles)
        for token in frame.subjects:
            if self.is_time(token) or _near_place(sentence, token):
                continue
            noun = spoken_of(sentence, match.token, token)
            if rule.type == "ASSAULT" and subject == "actor":
                self._doer(sentence, noun, roles)
            else:
                for party in _parties_between(sentence, noun):
                    self._party(sentence, party, subject, roles)
        if not frame.subjects and frame.passive and rule.name in _MOVED_ACT:
            for token in frame.objects:
                self._party(sentence, token, "actor", roles)
        target = rule.roles.get("obj", object_)
        for token in frame.objects:
            self._object(sentence, match, token, target, roles)
        for token in frame.datives:
            self._party(sentence, token, rule.dative or "recipient", roles)
        self._preps(sentence, match, frame, roles)
        if frame.passive and not frame.subjects and rule.type in ("ASSAULT", "COERCE"):
            for hands in frame.prep("at"):
                if hands.lemma in ("hand", "hands"):  # "killed at the hands of X"
                    for noun in preps_of(sentence, hands).get("of", []):
                        self._party(sentence, noun, "actor", roles)
        if rule.type == "ASSAULT":
            for clause in sentence.subtree(match.token, ("conj", "relcl")):
                if clause.lemma in _DRIVES_OFF and clause.tag == "VB":
                    for token in verb_frame(sentence, clause).objects:
                        self._party(sentence, token, "recipient", roles)
            self._far_recipient(sentence, match, roles)
        if rule.type == "MOBILIZE" and not roles.recipient:
            self._against(sentence, match, roles)
        if rule.mode == "capture" and not roles.recipient:
            self._taken_from(sentence, match, roles)
        if rule.type == "RETREAT":
            self._journey(sentence, match, roles)
        if rule.type == "REQUEST" and not roles.recipient:
            self._asked(sentence, match, roles)
        roles.mutual = self._is_mutual(sentence, match, roles)
        if roles.mutual:
            return
        if (
            rule.name != "consult.discuss"
            and not rule.two_sided
            and (rule.type in _CONCERNS or rule.name in _GIVEN_BACK)
        ):
            self._inner_recipient(sentence, match, roles)
            self._far_recipient(sentence, match, roles)
            self._topic_recipient(sentence, match, roles)
        if not roles.recipient:
            for token in roles.things:
                self._party(sentence, token, "recipient", roles)

    def _doer(self, sentence: Sentence, token: Token, roles: Roles) -> None:
        """The subject of an assault. A deed or a weapon that "kills" is no party: its owner is."""
        nouns = joined(sentence, token)
        if not any(is_means(sentence, t) for t in nouns):
            deed = _deed_above(sentence, token)
            if deed is not None and not can_act(self.kinds, sentence, token):
                self._owners(sentence, deed, roles)
            elif can_act(self.kinds, sentence, token):
                self._party(sentence, token, "actor", roles)
            return
        for noun in nouns:
            if is_means(sentence, noun):
                self._owners(sentence, content_head(sentence, noun), roles)
            else:
                args = self.people(sentence, noun)
                roles.add("actor", [a for a in args if a.start <= noun.start < a.end])
                roles.actor_tokens.append(noun)

    def _owners(self, sentence: Sentence, deed: Token, roles: Roles) -> None:
        """Whose deed or weapon it is: "Norvian air strikes", "an attack by the Dawn Front"."""
        for child in _modifiers_of(sentence, deed):
            if (
                child.i < deed.i
                and not self.is_time(child)
                and self._acts_as_modifier(sentence, child)
            ):
                self._party(sentence, child, "actor", roles)
        claimed = [
            noun
            for clause in sentence.children(deed, "acl")
            if clause.lemma == "claim"
            for noun in verb_frame(sentence, clause).subjects
            if noun.i != deed.i
        ]  # "attacks claimed by the Front"
        for noun in (*preps_of(sentence, deed).get("by", []), *claimed):
            if not self.is_time(noun) and noun.pos != "VERB":
                self._party(sentence, noun, "actor", roles)

    def _weapons(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """The means, and the mode that they tell where the trigger tells none."""
        for noun, weapon in means(sentence, match):
            arg = self.phrase(sentence, noun)
            taken = (*roles.actor, *roles.recipient)
            if not any(a.start < arg.end and arg.start < a.end for a in taken):
                roles.add("weapon", [arg])
                match.mode = match.mode or weapon.mode

    def _blamer(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "X said that Y was behind it": X blames."""
        if match.token.dep != "ccomp":
            return
        for up in sentence.ancestors(match.token)[:6]:
            subjects = verb_frame(sentence, up).subjects if up.pos == "VERB" else []
            if any(can_act(self.kinds, sentence, t) and t.lemma not in _SHOWS for t in subjects):
                for token in subjects:
                    self._party(sentence, spoken_of(sentence, up, token), "actor", roles)
                return

    def _taken_from(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "captured the town in the western hills from X": X, however deep the parser hung it."""
        for object_ in match.frame.objects:
            for token in _modifiers_of(sentence, object_):
                # "an army base", "the rebels' stronghold"
                if token.i < object_.i and self._holds(sentence, token):
                    self._party(sentence, token, "recipient", roles)
            for clause in sentence.children(object_, "acl", "relcl"):
                if clause.lemma in _HELD:  # "the town held by the Front"
                    for noun in verb_frame(sentence, clause).subjects:
                        self._party(sentence, noun, "recipient", roles)
            for token in sentence.subtree(object_, ("relcl", "conj", "advcl")):
                if token.lower == "from" and token.dep == "prep":
                    for noun in sentence.children(token, "pobj"):
                        if can_act(self.kinds, sentence, noun):
                            self._party(sentence, noun, "recipient", roles)

    def _holds(self, sentence: Sentence, token: Token) -> bool:
        if attached(self.draft.text, token.end) or token.ent in ("GPE", "LOC"):
            return False
        return any(self.kinds.is_a(sentence, token, c) for c in ("armed", "police")) and (
            token.lemma not in ("air", "security", "guard", "tank", "artillery", "drone", "unit")
        )

    def _against(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "massed troops for a war against X": X."""
        for token in sentence.subtree(match.token, ("conj", "relcl")):
            if token.lower == "against" and token.i > match.token.i:
                for noun in sentence.children(token, "pobj"):
                    self._party(sentence, noun, "recipient", roles)

    def _asked(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "requested that the council condemn the raid": the council."""
        for kind, clause in match.frame.complements:
            if kind == "that":
                for token in sentence.children(clause, "nsubj", "nsubjpass"):
                    deed = any(
                        self.kinds.is_a(sentence, token, c) for c in ("deed", "talks", "agreement")
                    )
                    if can_act(self.kinds, sentence, token) and token.pos != "PRON" and not deed:
                        self._party(sentence, token, "recipient", roles)

    def _journey(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """What other verbs of the clause tell of a withdrawal: "arrived in X after withdrawing"
        gives the destination, "forced X to surrender" to whom, "X, which held the town" where."""
        if match.token.head == match.token.i:
            return
        head = sentence.head(match.token)
        if head.pos == "ADP":
            head = sentence.head(head)
        if head.lemma in _ARRIVE and not roles.destination:
            frame = verb_frame(sentence, head)
            for token in [t for name in ("in", "at", "to", "into") for t in frame.prep(name)] + (
                frame.objects if head.lemma in ("reach", "enter") else []
            ):
                if not self.is_time(token):
                    roles.add("destination", self.place_args(sentence, token))
        if match.rule.mode == "surrender":
            if head.lemma in CAUSATIVE and not roles.recipient:
                for token in verb_frame(sentence, head).subjects:
                    self._party(sentence, token, "recipient", roles)
            self._held_place(sentence, match, roles)

    def _held_place(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        for subject in match.frame.subjects:
            for noun in joined(sentence, subject):
                for clause in sentence.children(noun, "relcl"):
                    if clause.lemma in ("control", "hold", "occupy", "rule", "defend"):
                        for token in verb_frame(sentence, clause).objects:
                            roles.add("place", self.place_args(sentence, token))

    def _party(self, sentence: Sentence, token: Token, role: str, roles: Roles) -> None:
        if role not in ("actor", "recipient"):
            if role in ("place", "origin", "destination"):
                roles.add(role, self.place_args(sentence, token))
            return
        roles.add(role, self.people(sentence, token))
        (roles.actor_tokens if role == "actor" else roles.recipient_tokens).append(token)

    def _object(
        self, sentence: Sentence, match: Match, token: Token, role: str, roles: Roles
    ) -> None:
        if role == "place":
            if self.kinds.is_a(sentence, token, "armed") and not self.is_place(sentence, token):
                self._party(sentence, token, "recipient", roles)  # "pushed the rebels out"
                return
            roles.add("place", self.place_args(sentence, token))
            roles.recipient_tokens.append(token)
        elif role in ("origin", "destination"):
            if self.is_place(sentence, token):
                roles.add(role, self.place_args(sentence, token))
        elif role == "none":
            if match.rule.result or match.rule.size:
                roles.recipient_tokens.append(token)
        elif not self.kinds.is_a(sentence, token, "deed") and not handles(sentence, match, token):
            if role == "recipient" and match.type in _ASKED and self._mere_thing(sentence, token):
                roles.things.append(token)
            else:
                self._party(sentence, token, role, roles)

    def _mere_thing(self, sentence: Sentence, token: Token) -> bool:
        """ "demanded the resignation of X": what is asked for is not whom it is asked of."""
        return not can_act(self.kinds, sentence, token) and not self.is_place(sentence, token)

    def _preps(self, sentence: Sentence, match: Match, frame: Frame, roles: Roles) -> None:
        rule = match.rule
        names = [*frame.preps, *(n for n in frame.inner if n not in frame.preps)]
        for name in names:
            role = rule.roles.get(name)
            if role is None:
                continue
            bearer = role == "actor" and rule.subject_is == "recipient"
            if name not in frame.preps and role != "recipient" and not bearer:
                continue
            for token in frame.prep(name):
                if self.is_time(token) or token.pos in ("VERB", "NUM"):
                    continue
                if role in ("recipient", "actor"):
                    if rule.type not in _JUDGED or not _suffers_only(sentence, token):
                        self._party(sentence, token, role, roles)
                elif role != "place" or self.is_place(sentence, token):
                    roles.add(role, self.place_args(sentence, token))

    def _inner_recipient(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "agreed to release two nurses": those to whom what is agreed on would be done."""
        if match.rule.type not in _OWN_FUTURE or any(
            can_act(self.kinds, sentence, t) for t in roles.recipient_tokens
        ):
            return
        for inner in match.inner:
            rule, frame = inner.rule, inner.frame
            if rule.two_sided or rule.subject_is:
                continue
            tokens = list(frame.datives)
            if rule.roles.get("obj", "recipient") == "recipient":
                tokens += frame.objects
            for name, nouns in (*frame.preps.items(), *frame.inner.items()):
                tokens += nouns if rule.roles.get(name) == "recipient" else []
            for token in tokens:
                if (
                    token.pos not in ("PRON", "VERB", "NUM")
                    and not self.kinds.is_a(sentence, token, "deed")
                    and can_act(self.kinds, sentence, token)
                ):
                    self._party(sentence, token, "recipient", roles)

    def _far_recipient(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "imposed sanctions over the case, bans included, on X": X, wherever it was hung."""
        if any(can_act(self.kinds, sentence, t) for t in roles.recipient_tokens):
            return
        if match.rule.type not in ("SANCTION", "COERCE", "PROTEST") and (
            match.rule.name != "assault.attack" or roles.recipient
        ):
            return
        names = [n for n in ("against", "on") if match.rule.roles.get(n) == "recipient"]
        for token in _clause(sentence, match.token) if names else ():
            if token.lower not in names or token.dep != "prep" or token.i < match.token.i:
                continue
            for noun in sentence.children(token, "pobj"):
                attacked = match.rule.type == "ASSAULT" and noun.pos != "PRON"
                if attacked or self._party_rank(sentence, noun) == 1:
                    self._party(sentence, noun, "recipient", roles)
                    return

    def _topic_recipient(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """Whom a promise, refusal, charge … concerns: the first party inside what it is about,
        where no party is named outright ("rejected a call by X", "vowed to punish X")."""
        if any(can_act(self.kinds, sentence, t) for t in roles.recipient_tokens):
            return
        objects = {t.i for t in match.frame.objects}
        root, subjects = match.token, match.frame.subjects
        if match.light_frame is not None:
            subjects = [*subjects, *match.light_frame.subjects]
            root = match.light_frame.head if match.light == "does" else root
        own: set[int] = set()
        for subject in subjects:
            inside = {t.i for t in sentence.subtree(subject)}
            own |= inside if root.i not in inside else set()
        aside = self._asides(sentence, match, root)
        judged = match.rule.type in _JUDGED
        best: tuple[int, Token] | None = None
        for token in _clause(sentence, root):
            if token.i <= match.token.i or token.i in own or token.dep not in _PARTY_DEPS:
                continue
            if token.i in aside.without:
                continue
            if judged and _suffers_only(sentence, token):
                continue
            rank = self._party_rank(sentence, token)
            if rank == 0 or any(
                a.start <= token.start < a.end for a in (*roles.actor, *roles.recipient)
            ):
                continue
            up = sentence.head(token)
            if (rank == 3 and token.head in objects) or (
                rank == 2 and self._owned(sentence, token)
            ):
                rank = 1  # "a Norvian proposal": whose it is; "vowed to shell the towns"
            elif rank == 1 and token.dep == "nsubj" and up.dep == "ccomp" and match.rule.threat:
                rank = 3  # "warned that police will stop the Front": the Front rather
            rank += _DESCRIBED if token.i in aside.described else 0
            if best is None or rank < best[0]:
                best = (rank, token)
        if best is not None:
            roles.add("recipient", self.people(sentence, best[1]))
            roles.guessed = True

    def _owned(self, sentence: Sentence, token: Token) -> bool:
        """ "to shell Norvian towns": an object whose people are named with it."""
        return token.dep == "dobj" and any(
            t.ent in ("NORP", "GPE") for t in sentence.children(token, "amod", "compound", "poss")
        )

    def _asides(self, sentence: Sentence, match: Match, root: Token) -> _Asides:
        """What stands aside in the clause of a trigger, `root` being its verb."""
        without: set[int] = set()
        described: set[int] = set()
        for token in sentence.subtree(root):
            if token.i == root.i:
                continue
            if token.dep == "relcl":
                without |= {t.i for t in sentence.subtree(token)}
            elif token.dep == "advcl":
                marks = sentence.children(token, "mark", "advmod")
                if any(m.lower in _ASIDE_MARKS for m in marks):
                    without |= {t.i for t in sentence.subtree(token)}
            elif token.dep == "prep" and token.lower in _ASIDE_PREPS:
                described |= {t.i for t in sentence.subtree(token)}
            elif token.dep == "prep" and self._only_where(sentence, match, root, token):
                without |= {t.i for t in sentence.subtree(token, ("acl", "advcl"))}
        return _Asides(frozenset(without), frozenset(described))

    def _only_where(self, sentence: Sentence, match: Match, root: Token, prep: Token) -> bool:
        """ "agreed in Tarun to meet": a phrase that only says where."""
        role = match.rule.roles.get(prep.lower)
        if prep.lower not in (*_PLACE_PREPS, "through") or role in ("recipient", "actor"):
            return False
        if match.rule.type == "PROTEST":
            return any(
                self.kinds.place_mention(t) is not None
                for noun in sentence.children(prep, "pobj")
                for t in (noun, *preps_of(sentence, noun).get("of", []))
            )
        return prep.head in (root.i, match.token.i) and any(
            self.is_place(sentence, t) for t in sentence.children(prep, "pobj")
        )

    def _party_rank(self, sentence: Sentence, token: Token) -> int:
        """1 a named or nominal party, 2 a place, 3 a nationality or body before a noun, 4 who is
        only sent or given ("to send observers to X"), 0 none of these."""
        if token.pos in ("PRON", "NUM") or self.is_time(token) or _under_source(sentence, token):
            return 0
        if self._is_source(token) and token.dep != "poss":
            return 0
        possessed = any(t.tag == "PRP$" for t in sentence.children(token, "poss"))
        if possessed:
            return 0
        if token.dep in ("compound", "amod", "nmod"):
            return 3 if token.ent in ("NORP", "GPE", "ORG") else 0
        if token.dep == "dobj" and sentence.head(token).lemma in _HANDED:
            return 4
        if token.ent in ("GPE", "PERSON", "ORG") or self._can_be_party(sentence, token):
            return 0 if token.lemma in _STATE_OF and _state_of(sentence, token) else 1
        if self.kinds.is_a(sentence, token, "deed"):
            return 0
        if self.is_place(sentence, token):
            return 2
        unknown = token.pos == "PROPN" and not token.ent and token.dep == "pobj"
        return 1 if unknown and sentence.head(token).lower in ("by", "against", "with") else 0

    def _is_source(self, token: Token) -> bool:
        """True if the reading holds the words for somebody who only says it."""
        n = bisect_left(self._source_starts, token.end)
        return any(e > token.start for e in self._source_ends[max(0, n - 2) : n])

    def _can_be_party(self, sentence: Sentence, token: Token) -> bool:
        if token.pos == "PRON":
            return False
        if any(
            self.kinds.is_a(sentence, token, c)
            for c in ("state", "armed", "person", "office", "group")
        ):
            return True
        known = nominal(sentence, content_head(sentence, token))
        return known is not None and known.cls in ("person", "people", "force", "organ", "group")

    def _noun(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        frame, light = match.frame, match.light_frame
        if light is not None and match.light in ("does", "stops"):
            for token in light.subjects:
                if token.i != match.token.i and not _near_place(sentence, token):
                    subject = spoken_of(sentence, light.head, token)
                    self._light_subject(sentence, match, subject, roles)
            self._preps(sentence, match, light, roles)
        elif light is not None and match.light == "suffers":
            for token in light.subjects:
                self._party(sentence, token, "recipient", roles)
        self._modifiers(sentence, match, roles)
        self._noun_preps(sentence, match, frame, roles)
        roles.mutual = self._is_mutual(sentence, match, roles)
        if not roles.mutual and not match.rule.two_sided and match.type in _CONCERNS:
            self._topic_recipient(sentence, match, roles)

    def _light_subject(self, sentence: Sentence, match: Match, token: Token, roles: Roles) -> None:
        side = self._side(match)[0]
        if match.type == "ASSAULT" and side == "actor":
            self._doer(sentence, token, roles)
        else:
            self._party(sentence, token, side, roles)

    def _modifiers(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "HTS' attack", "Israeli air strikes", "rebel shelling": whose it is."""
        for child in _modifiers_of(sentence, match.token):
            if child.i >= match.token.i or self.is_time(child):
                continue
            if child.pos == "PRON" and (match.light == "does" or roles.actor):
                continue
            generic = child.dep != "poss" and not child.ent
            if self._acts_as_modifier(sentence, child) and not (generic and roles.actor):
                done_to = _done_to(match, child)
                role = "recipient" if done_to else _other_side(match, roles)
                if self.is_place(sentence, child) and child.ent == "GPE" and roles.actor:
                    continue
                self._party(sentence, child, role, roles)

    def _acts_as_modifier(self, sentence: Sentence, child: Token) -> bool:
        """True for the "rebel" of "rebel shelling", not for the "tank" of "tank shelling"."""
        if child.lemma in _NO_PARTY or is_means(sentence, child):
            return False
        return (
            child.dep == "poss"
            or child.ent in ("NORP", "GPE", "ORG", "PERSON")
            or self.kinds.is_a(sentence, child, "armed")
            or child.lower in ("government", "police", "army")
        )

    def _noun_preps(self, sentence: Sentence, match: Match, frame: Frame, roles: Roles) -> None:
        rule = match.rule
        both = "actor" if rule.two_sided else "recipient"
        mutual = rule.two_sided or rule.type in ("AGREE", "CONSULT", "COOPERATE")
        default = {
            "by": "actor", "against": both, "on": both, "upon": both, "between": "actor",
            "among": "actor", "with": both if mutual else "none",
            "of": "actor" if rule.name in _OWN_MOVE or mutual else "recipient",
            "from": "origin" if rule.type == "RETREAT" else "none",
            "to": "destination" if rule.type in ("RETREAT", "MOBILIZE") else "recipient",
            "at": "place", "in": "place", "near": "place",
        }  # fmt: skip
        for name, tokens in frame.preps.items():
            role = rule.roles.get(name, default.get(name, "none"))
            for token in tokens:
                if self.is_time(token) or token.pos in ("VERB", "NUM"):
                    continue
                if role in ("actor", "recipient"):
                    if mutual and name == "of":
                        if not can_act(self.kinds, sentence, token):
                            continue
                        role = _other_side(match, roles)
                    if (
                        role == "actor"
                        and name not in ("by", "between", "among")
                        and self._only_place(sentence, token)
                    ):
                        roles.add("place", self.place_args(sentence, token))
                        continue
                    self._party(sentence, token, role, roles)
                elif self.is_place(sentence, token):
                    roles.add(role, self.place_args(sentence, token))

    def _only_place(self, sentence: Sentence, token: Token) -> bool:
        return self.is_place(sentence, token) and not self.kinds.is_a(sentence, token, "armed")

    def _merged(self, sentence: Sentence, part: Match, roles: Roles) -> None:
        if part.verbal:
            for token in part.frame.objects:
                if self.kinds.is_a(sentence, token, "deed"):
                    continue  # "opened fire, killing one": the fire is no one
                if part.rule.result != "destroyed" or not roles.recipient:
                    roles.add("recipient", self.people(sentence, token))
                roles.recipient_tokens.append(token)
            if not roles.actor:
                for token in part.frame.subjects:
                    if not self._deed(token, part):
                        self._doer(sentence, token, roles)
            self._preps(sentence, part, part.frame, roles)
            return
        if self.kinds.is_a(sentence, part.token, "person"):
            return  # "a suicide bomber" says how and acts
        # A noun that says how: it is not itself the one who acts.
        roles.actor = [a for a in roles.actor if not a.start <= part.token.start < a.end]
        self._modifiers(sentence, part, roles)
        self._noun_preps(sentence, part, part.frame, roles)
        bearer = carrier(sentence, part.token)
        if bearer.i != part.token.i:  # "a series of strikes against the Front"
            self._noun_preps(sentence, part, noun_frame(sentence, bearer), roles)

    def _deed(self, token: Token, part: Match) -> bool:
        return any(m.token.i == token.i for m in part.merged)

    # -- where and when ------------------------------------------------------------------------

    def _where_when(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        frames = [match.frame, *(p.frame for p in match.merged)]
        if match.light_frame is not None:
            frames.append(match.light_frame)
        if match.frame.passive:
            # "abandoned by the militants on the road": the parser hangs the place on the agent.
            frames += [noun_frame(sentence, agent) for agent in match.frame.subjects]
        if self._places_of is not None:
            self._known_places(sentence, match, roles)
        for frame in frames:
            for name in _PLACE_PREPS:
                if match.rule.roles.get(name) in ("recipient", "actor"):
                    continue
                for token in frame.prep(name):
                    if not self.is_time(token) and self.is_place(sentence, token):
                        args = self.place_args(sentence, token)
                        taken = roles.origin + roles.destination
                        roles.add(
                            "place", [a for a in args if all(a.start != b.start for b in taken)]
                        )
        if self._time_of is not None and roles.time is None:
            timex = self._time_of(self.draft, sentence, match.token)
            if isinstance(timex, Timex):
                roles.time = Arg(
                    start=timex.start, end=timex.end, exact=timex.exact, edtf=timex.edtf
                )

    def _known_places(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        assert self._places_of is not None
        found = self._places_of(self.draft, sentence, match.token)
        if isinstance(found, dict):
            for role, args in found.items():
                roles.add(role, args)


@dataclass(frozen=True, slots=True)
class _Asides:
    """Tokens that stand in what only adds to the act (`without`: when and why it was; they name
    nobody whom it concerns), and in what only describes a party (`described`)."""

    without: frozenset[int]
    described: frozenset[int]


def _other_side(match: Match, roles: Roles) -> str:
    """ "attended a Norvian meeting": whose meeting it is, where another is named who attends."""
    talks = match.rule.type in ("CONSULT", "AGREE", "SUPPORT", "COOPERATE")
    return "recipient" if talks and roles.actor else "actor"


def _parties_between(sentence: Sentence, token: Token) -> list[Token]:
    """ "the summit between X and Y failed": X and Y; else the subject itself."""
    if token.pos != "NOUN":
        return [token]
    return preps_of(sentence, token).get("between", []) or [token]


def _modifiers_of(sentence: Sentence, noun: Token) -> list[Token]:
    """What stands before a noun; of "Norvian drone strikes" the "Norvian" too where the parser
    makes it part of the drone."""
    out = []
    for child in sentence.children(noun, "poss", "compound", "amod", "nmod"):
        inner: list[Token] = []
        if child.dep == "compound" and child.ent not in ("NORP", "GPE", "ORG", "PERSON"):
            inner = sentence.children(child, "compound", "amod", "nmod")
        out.append(next((t for t in inner if t.ent in ("NORP", "GPE")), child))
    return out


def _clause(sentence: Sentence, root: Token) -> list[Token]:
    """The words of a verb's own clause, without those of verbs joined to it."""
    found = [root]
    for token in found:
        found.extend(
            k
            for k in sentence.children(token)
            if k.dep != "conj" or (k.pos not in ("VERB", "AUX") and token.i != root.i)
        )
    return sorted(found, key=lambda t: t.i)


def _state_of(sentence: Sentence, token: Token) -> bool:
    """ "a state of siege" is no state."""
    return any(p.lower == "of" for p in sentence.children(token, "prep"))


def _suffers_only(sentence: Sentence, token: Token) -> bool:
    """True for what only says where a deed was, or who suffered it: "the attack in Belan", "the
    attack on the clinic"; neither is praised or blamed for it."""
    for up in (token, *sentence.ancestors(token)[:4]):
        prep = sentence.head(up)
        if up.dep != "pobj":
            continue
        if prep.lower in _WHERE:
            return True
        if prep.lower in ("on", "against", "of", "upon") and is_means(
            sentence, sentence.head(prep)
        ):
            return True
        if prep.lower == "of" and sentence.head(prep).lemma in _SUFFERED:
            return True
    return False


def _done_to(match: Match, owner: Token) -> bool:
    """ "Their abduction" is done to them; "the army's killing of a clerk" by the army."""
    result = match.rule.result in ("killed", "injured", "abducted", "arrested", "displaced")
    return result and owner.dep == "poss" and not match.frame.preps.get("of")


def _near_place(sentence: Sentence, token: Token) -> bool:
    """ "Near Belan, one strike …": the parser may take a place before the comma for a subject."""
    inside = sentence.subtree(token)
    first, after = inside[0], sentence.tokens[inside[-1].i + 1 : inside[-1].i + 2]
    near = first.lower in ("near", "outside", "inside", "around", "north", "south")
    return near and first.i < 2 and any(t.text == "," for t in (inside[-1], *after))


def _deed_above(sentence: Sentence, token: Token) -> Token | None:
    """The deed that a place hangs on: "attacks in the quarter which killed two"."""
    if token.dep != "pobj":
        return None
    noun = sentence.head(sentence.head(token))
    return noun if noun.pos == "NOUN" and is_means(sentence, noun) else None


def _meets(arg: Arg, others: list[Arg]) -> bool:
    return any(arg.start < o.end and o.start < arg.end for o in others)


def _under_source(sentence: Sentence, token: Token) -> bool:
    """True for words that only name a source: "according to X"."""
    for up in sentence.ancestors(token)[:4]:
        if up.lower == "according":
            return True
        if up.pos == "VERB":
            return False
    return False


def _run(tokens: list[Token], noun: Token) -> list[Token]:
    """The unbroken run of tokens around the noun."""
    at = next((n for n, t in enumerate(tokens) if t.i == noun.i), 0)
    first = at
    while first > 0 and tokens[first].i - tokens[first - 1].i <= 2:
        first -= 1
    return tokens[first : at + 1]
