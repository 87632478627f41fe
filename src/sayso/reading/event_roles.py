"""Who, whom, where and when of a selected trigger, as `Arg`s with the words that fill each role."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg
from sayso.reading.event_frames import noun_frame
from sayso.reading.event_kinds import can_act
from sayso.reading.event_lexicon import classes, light_verbs, of_class
from sayso.reading.event_nouns import carrier
from sayso.reading.event_role_checks import came_of_it
from sayso.reading.event_role_places import PlaceRoles, meets
from sayso.reading.event_role_recipients import JUDGED, PLACE_PREPS
from sayso.reading.event_role_words import Roles
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match
from sayso.reading.event_weapons import handles

_WORDS_SAID = terms("words_said")
_PEOPLES = frozenset(["NORP", "GPE", "LOC"])
_LIVES = frozenset(["life", "lives", "the lives", "the life"])
_REASON = frozenset(["for", "over", "about"])


def _in_brackets(marks: list[Token], at: int) -> bool:
    """True if the last bracket before a place in the text is an open one."""
    before = [t for t in marks if t.start < at]
    return bool(before) and before[-1].text == "["


def _arrest(sentence: Sentence, arg: Arg) -> bool:
    head = sentence.span_head(arg.start, arg.end)
    return head is not None and head.lemma in ("arrest", "detention", "custody")


def _own_words(sentence: Sentence, arg: Arg) -> bool:
    """ "Made accusations": what is said is not whom it is said of."""
    head = sentence.span_head(arg.start, arg.end)
    return arg.entity is None and head is not None and head.lemma in _WORDS_SAID


_IN_WORDS = ("AGREE", "CONCEDE", "REQUEST", "CONSULT")
"""Types of acts in words, whose recipients are those who are spoken to."""


class Filler(PlaceRoles):
    """Fills roles for the sentences of one draft."""

    def fill(self, sentence: Sentence, match: Match) -> Roles:
        """All roles of one selected match, its merged parts included."""
        roles = Roles()
        if match.verbal:
            self._verb(sentence, match, roles)
        else:
            self._noun(sentence, match, roles)
        for part in match.merged:
            if not part.verbal and match.token.lemma in light_verbs()["suffers"]:
                self._repelled(sentence, part, roles)
            else:
                self._merged(sentence, part, roles)
        for token in match.extra_actors:
            roles.add("actor", self.people(sentence, token))
        if match.type == "ASSAULT":
            self._weapons(sentence, match, roles)
            self._bombed_by(sentence, match, roles)
        self._where_when(sentence, match, roles)
        if match.verbal and (match.rule.type in JUDGED or match.rule.name == "consult.discuss"):
            self._only_own_places(sentence, match, roles)
        self._untangle(sentence, match, roles)
        self._place_as_recipient(match, roles)
        self._only_named_places(sentence, roles)
        self._only_parties(sentence, match, roles)
        self._no_things(sentence, match, roles)
        roles.recipient = [
            r
            for r in roles.recipient
            if not meets(r, roles.actor)
            and r.exact.split()[0].lower() not in PLACE_PREPS
            and r.exact.lower() != "no one"
        ]
        self._raid_to_search(sentence, match, roles)
        roles.actor = [a for a in roles.actor if not self._no_actor(sentence, match, a)]
        if match.rule.result == "killed":  # "took lives"
            roles.recipient = [a for a in roles.recipient if a.exact.lower() not in _LIVES]
        if match.rule.result == "arrested":  # "ordered the arrest of two": of two
            own = [a for a in roles.recipient if not _arrest(sentence, a)]
            roles.recipient = own or roles.recipient
        self._no_bare_numbers(sentence, roles)
        self._no_labels(sentence, roles)
        if roles.mutual and not roles.recipient:
            roles.recipient = list(roles.actor)
        return roles

    def _raid_to_search(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "The police said they raided a house": as where the police itself is the subject. What
        soldiers raid, or nobody who is named, is searched if it is a house, and nobody was hurt."""
        if match.type != "ASSAULT" or match.token.lemma != "raid":
            return
        heads = [sentence.span_head(a.start, a.end) for a in roles.actor]
        if heads and self._all(sentence, heads, "police"):
            match.type, match.mode = "COERCE", "seize"
        elif not match.merged and (not heads or self._all(sentence, heads, "state_force")):
            raided = [sentence.span_head(a.start, a.end) for a in roles.recipient]
            if raided and self._all(sentence, raided, "premises"):
                match.type, match.mode = "COERCE", "seize"

    def _all(self, sentence: Sentence, heads: list[Token | None], kind: str) -> bool:
        return all(h is not None and self.kinds.is_a(sentence, h, kind) for h in heads)

    def _no_actor(self, sentence: Sentence, match: Match, arg: Arg) -> bool:
        """ "Fierce fighting", "the fliers urged": a quality or a paper is nobody."""
        head = sentence.span_head(arg.start, arg.end)
        if head is None or (arg.entity is not None and not arg.entity.startswith("new:")):
            return False
        quality = head.dep == "amod" and head.head == match.token.i and head.ent not in _PEOPLES
        party = of_class(head.lemma, "armed", "state", "police")
        return (quality and not party) or self.kinds.is_a(sentence, head, "paper")

    def _bombed_by(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "The army's bombing of the valley": armies bomb from the air, others lay bombs."""
        bombing = any(
            m.token.lemma == "bombing" or (m.verbal and m.token.lemma == "bomb")
            for m in (match, *match.merged)
        )
        army = any(self.kinds.is_a(sentence, t, "state_force") for t in roles.actor_tokens)
        if bombing and army and match.mode == "explosives":
            match.mode = "aerial"

    def _repelled(self, sentence: Sentence, part: Match, roles: Roles) -> None:
        """ "Repelled an attack by the Front on the town": the Front is repelled, not the town."""
        attack = Roles()
        self._merged(sentence, part, attack)
        done_to = {a.start for a in attack.recipient}
        roles.recipient = [a for a in roles.recipient if a.start not in done_to]
        roles.recipient_tokens = [t for t in roles.recipient_tokens if t.start not in done_to]
        roles.add("recipient", attack.actor)

    def _no_bare_numbers(self, sentence: Sentence, roles: Roles) -> None:
        """ "Killed seven, … seven of them children": the number is no second party beside the
        noun that it counts."""
        counted: set[str] = set()
        bare: list[Arg] = []
        for arg in roles.recipient:
            head = sentence.span_head(arg.start, arg.end)
            if head is None or head.pos == "NUM":
                bare += [arg] if head is not None else []
                continue
            counted |= {t.lower for t in sentence.subtree(head) if t.pos == "NUM"}
        gone = [a for a in bare if a.exact.lower() in counted]
        if len(roles.recipient) > 1:
            gone += [a for a in roles.recipient if self._of_them(sentence, a)]
        roles.recipient = [a for a in roles.recipient if a not in gone]

    def _no_labels(self, sentence: Sentence, roles: Roles) -> None:
        """ "[BAY] No group has claimed it": a transcript's labels act in nothing. Nor do vehicles
        and weapons: who flew them is not told."""
        marks = [t for t in sentence if t.text in "[]"]
        roles.recipient = [a for a in roles.recipient if not _in_brackets(marks, a.start)]
        roles.actor = [
            a for a in roles.actor
            if not _in_brackets(marks, a.start)
            and (a.entity is not None or not self._vehicle(sentence, a))
        ]  # fmt: skip

    def _vehicle(self, sentence: Sentence, arg: Arg) -> bool:
        head = sentence.span_head(arg.start, arg.end)
        if head is None or head.pos != "NOUN" or head.lemma not in classes()["vehicle"].words:
            return False
        owners = sentence.children(head, "poss", "compound", "amod", "nmod")
        return not any(o.ent or can_act(self.kinds, sentence, o) for o in owners)

    def _of_them(self, sentence: Sentence, arg: Arg) -> bool:
        """ "Eight people, most of them women": they are told already."""
        head = sentence.span_head(arg.start, arg.end)
        return (
            head is not None and head.pos == "PRON" and head.dep == "pobj"
            and sentence.head(head).lower == "of"
        )  # fmt: skip

    def _only_parties(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """Whom words are for or against: where a party is named, without what it is blamed or
        praised for ("criticised the minister for his silence"); of a demand, parties alone."""
        demand = match.rule.name == "request.must"
        if match.rule.type not in JUDGED and not demand:
            return
        roles.recipient = [a for a in roles.recipient if not _own_words(sentence, a)]
        kept = [a for a in roles.recipient if self._may_be_party(sentence, a, demand)]
        if demand:
            asked = {
                t.i
                for _, clause in match.frame.complements
                for subject in sentence.children(clause, "nsubj", "nsubjpass")
                for t in sentence.subtree(subject)
            }
            kept = [a for a in kept if any(t.i in asked for t in sentence.within(a.start, a.end))]
        if kept or demand:
            roles.recipient = kept

    def _no_things(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "Promised to rebuild the houses", "protested against the lack of food": nobody is
        promised anything or protested against by a thing's name."""
        marched = match.type == "PROTEST" and match.mode not in ("obstruct", "riot", "boycott")
        if match.type == "AID":  # "gave the town milk": the milk is no one
            roles.recipient = [a for a in roles.recipient if not self._given(sentence, a)]
        elif (match.type in _IN_WORDS and match.mode != "visit") or marched:
            roles.recipient = [a for a in roles.recipient if not self._a_thing(sentence, a)]

    def _a_thing(self, sentence: Sentence, arg: Arg) -> bool:
        """True for a common noun that nobody owns and that cannot act."""
        head = sentence.span_head(arg.start, arg.end)
        if head is None or head.pos != "NOUN" or arg.entity is not None:
            return False
        return not sentence.children(head, "poss") and not can_act(self.kinds, sentence, head)

    def _given(self, sentence: Sentence, arg: Arg) -> bool:
        head = sentence.span_head(arg.start, arg.end)
        return arg.entity is None and head is not None and self.kinds.is_a(sentence, head, "aid")

    def _may_be_party(self, sentence: Sentence, arg: Arg, demand: bool) -> bool:
        head = sentence.span_head(arg.start, arg.end)
        if arg.entity is not None or head is None:
            return True
        if not demand and not (head.dep == "pobj" and sentence.head(head).lower in _REASON):
            return True
        if any(self.kinds.is_a(sentence, head, c) for c in ("deed", "agent")):
            return self._can_be_party(sentence, head)
        return can_act(self.kinds, sentence, head)

    def _merged(self, sentence: Sentence, part: Match, roles: Roles) -> None:
        if part.verbal:
            for token in part.frame.objects:
                if self.kinds.is_a(sentence, token, "deed") or handles(sentence, part, token):
                    continue  # "opened fire, killing one": the fire is no one
                if token.pos == "PRON" and roles.recipient:
                    continue  # "attacked two nurses, beating them": who they are is said
                if part.rule.result != "destroyed" or not roles.recipient:
                    roles.add("recipient", self.people(sentence, token))
                roles.recipient_tokens.append(token)
            if not roles.actor and not came_of_it(sentence, part):
                for token in part.frame.subjects:
                    if not self._deed(token, part):
                        self._doer(sentence, token, roles)
            self._preps(sentence, part, part.frame, roles)
            return
        if self.kinds.is_a(sentence, part.token, "person"):
            return  # "a suicide bomber" says how and acts
        hurt = list(roles.recipient)
        # A noun that says how: it is not itself the one who acts.
        roles.actor = [a for a in roles.actor if not a.start <= part.token.start < a.end]
        self._modifiers(sentence, part, roles)
        self._noun_preps(sentence, part, part.frame, roles)
        bearer = carrier(sentence, part.token)
        if bearer.i != part.token.i:  # "a series of strikes against the Front"
            self._noun_preps(sentence, part, noun_frame(sentence, bearer), roles)
        if hurt and bearer.dep == "pobj":
            # "shot during a raid on the town": the town is where it was
            roles.recipient = [
                a for a in roles.recipient if a in hurt or not self._names_place(sentence, a)
            ]

    def _deed(self, token: Token, part: Match) -> bool:
        return any(m.token.i == token.i for m in part.merged)
