"""Where an event was: which places are its own, which only describe a party, and where a place
stands for the people of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.knowledge.placewords import site_words, ties, words
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg
from sayso.reading.event_frames import noun_frame
from sayso.reading.event_role_nouns import NounRoles
from sayso.reading.event_role_recipients import PLACE_PREPS
from sayso.reading.event_role_words import Roles
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match
from sayso.reading.timex_events import time_of_event
from sayso.reading.toponym_clause import led_up_to
from sayso.reading.toponym_events import places_of_event
from sayso.reading.toponym_sites import is_country, is_site, worded

_ON_A_PLACE = frozenset(
    [
        "coerce.curfew",
        "coerce.martial-law",
        "coerce.restrict",
        "retreat.lift",
        "aid.give",
        "aid.help",
        "aid.peacekeeping",
    ]
)
_INTO_A_STATE = frozenset(
    ["retreat.withdraw", "sanction.withdraw-mission", "retreat.ceasefire", "concede.concede",
     "mobilize.troops", "mobilize.police", "aid.give", "aid.help", "aid.peacekeeping"]
)  # fmt: skip
"""Acts that concern the state in whose land they are done, where nobody else is named."""
_DISTANCE = re.compile(
    r"\b\d[\d.,]*[\s-]*(?:km|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s|yards|blocks)\.?\s+"
    r"(?:away\s+)?(?:(?:to\s+the\s+)?[\w-]+\s+of|from)\s+(?:the\s+(?:[\w-]+\s+){0,4})?$",
    re.IGNORECASE,
)
_SEATED = terms("seated")
_OF_A_STATE = terms("of_a_state")
_SENT = terms("sent")
_SEATS = terms("seats")
_TALKING = frozenset(["CONSULT", "AGREE", "REJECT", "REQUEST"])
_FROM_THERE = re.compile(r"(?:ian|an|ese|i)$", re.IGNORECASE)
"""Ends of words for the people of a place ("San Salvadoran youths")."""
_NO_PLACE_ENTS = frozenset(["PERSON", "NORP", "DATE", "TIME", "EVENT", "LAW", "WORK_OF_ART"])


class PlaceRoles(NounRoles):
    """The places of an event."""

    def _only_own_places(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """Praise and blame are given where the speaker is, not where the deed was: of places, those
        under the verb itself stay."""
        own = {
            t.start
            for name in PLACE_PREPS
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
        if any(self.is_time(t) for t in sentence.within(arg.start, arg.end)):
            return False  # "early this morning"
        if arg.exact.lower() in ties().nameless:
            return False  # "First Avenue West", "on the Caribbean coast"
        if arg.entity is not None:
            return self._kind(arg.entity) == "place"
        tokens = sentence.within(arg.start, arg.end)
        head = sentence.span_head(arg.start, arg.end)
        if head is None or (head.pos != "PROPN" and head.lemma not in words().sites):
            return False
        site = head.lower in site_words()
        if site and any(t.pos == "PROPN" and t.text[:1].isupper() for t in tokens if t.i != head.i):
            return True  # "Tarun Hospital", whatever the parser takes it for
        if head.pos == "PROPN" and worded(sentence, head):
            return True
        return any(t.pos == "PROPN" and t.ent not in _NO_PLACE_ENTS for t in tokens)

    def _untangle(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """No words are both a party's name and a place, or both origin and place; but what is
        bombed or visited is where that is, whoever's seat it is."""
        self._towns_are_no_parties(sentence, roles)
        if match.rule.mode == "capture":  # "captured the hill from Norvia": Norvia lost it
            roles.origin = [
                a
                for a in roles.origin
                if not (is_country(self.draft, a) and meets(a, roles.recipient))
            ]
        hit = match.rule.type == "ASSAULT" or match.rule.name == "consult.visit"
        parties = [a for a in (*roles.actor, *roles.recipient) if self._kind(a.entity) == "actor"]
        for role in ("place", "origin", "destination"):
            args: list[Arg] = [
                replace(a, entity=None) if self._kind(a.entity) == "actor" else a
                for a in getattr(roles, role)
                # "outside the embassy" is a place, "driven out the Front" is none.
                if self._kind(a.entity) != "actor" or is_site(a)
            ]
            kept = [
                a
                for a in args
                if not meets(a, roles.actor)
                and not (match.rule.result and any(_same_words(a, r) for r in roles.recipient))
                and (
                    not meets(a, parties)
                    or (hit and (self._kind(a.entity) == "place" or is_site(a)))
                )
            ]
            setattr(roles, role, kept)
        self._by_distance(roles)
        roles.place = [a for a in roles.place if not meets(a, roles.origin + roles.destination)]

    def _towns_are_no_parties(self, sentence: Sentence, roles: Roles) -> None:
        """ "Marched in Tarun", "towards Tarun": a capital stands for its government only where no
        preposition of place leads up to it."""
        where = [
            a
            for a in (*roles.place, *roles.destination)
            if a.precision == "town" and led_up_to(sentence, a)
        ]
        roles.recipient = [
            r
            for r in roles.recipient
            if self._kind(r.entity) != "actor"
            or not any(a.start <= r.start and r.end <= a.end for a in where)
        ]

    def _by_distance(self, roles: Roles) -> None:
        """ "In Luma, 130 km from Tarun": nobody comes from Tarun; it happened so far from there."""
        for role in ("origin", "destination"):
            for arg in list(getattr(roles, role)):
                found = _DISTANCE.search(self.draft.text[max(0, arg.start - 60) : arg.start])
                if found is None:
                    continue
                getattr(roles, role).remove(arg)
                words = " ".join(found[0].split())
                near = replace(arg, precision="near", relation=arg.relation or words)
                if not roles.place:
                    roles.add("place", [near])

    def _describes(self, sentence: Sentence, place: Arg) -> bool:
        """ "Troops based in Belan", "a Norvian base": where somebody is from, whose a thing is."""
        head = sentence.span_head(place.start, place.end)
        if head is None:
            return False
        if head.dep in ("compound", "amod", "nmod"):
            noun = sentence.head(head)
            if is_country(self.draft, place):
                return noun.pos in ("NOUN", "PROPN") and noun.lemma in _OF_A_STATE
            return _FROM_THERE.search(place.exact) is not None and self._is_civilian(sentence, noun)
        while head.dep == "conj":
            head = sentence.head(head)
        if head.dep != "pobj":
            return False
        whose = sentence.head(sentence.head(head))
        if is_country(self.draft, place) and (
            whose.lemma in _SENT or (whose.lemma in _SEATS and sentence.head(head).lower == "of")
        ):
            return True
        for up in sentence.ancestors(head)[:6]:
            if up.pos == "VERB" and up.dep not in ("acl", "amod"):
                return False
            if up.lemma == "close" and not self.kinds.is_a(sentence, sentence.head(up), "person"):
                return False  # "a shop close to Tarun"
            if up.lemma in _SEATED and (up.dep in ("acl", "amod") or up.pos == "ADJ"):
                return True
        return False

    def _of_people(self, sentence: Sentence, origin: Arg) -> bool:
        """ "Shot nine labourers from Belan": where they are from, not where they were taken."""
        head = sentence.span_head(origin.start, origin.end)
        if head is None or head.dep != "pobj" or sentence.head(head).lower != "from":
            return False
        prep = sentence.head(head)
        before = sentence.tokens[prep.i - 1 : prep.i]  # the parser hangs it on the verb too
        return any(self._is_civilian(sentence, noun) for noun in (sentence.head(prep), *before))

    def _is_civilian(self, sentence: Sentence, noun: Token) -> bool:
        return noun.pos == "NOUN" and self.kinds.is_a(sentence, noun, "civilian")

    def _names_place(self, sentence: Sentence, arg: Arg) -> bool:
        """Whether the words of a party are the name of a place and of nobody known."""
        head = sentence.span_head(arg.start, arg.end)
        if head is None or self._kind(arg.entity) == "actor":
            return False
        return head.ent in ("GPE", "LOC") or self.kinds.place_mention(head) is not None

    def _where_when(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        frames = [match.frame, *(p.frame for p in match.merged)]
        if match.light_frame is not None:
            frames.append(match.light_frame)
        if match.frame.passive:
            # "abandoned by the militants on the road": the parser hangs the place on the agent.
            frames += [noun_frame(sentence, agent) for agent in match.frame.subjects]
        for role, found in places_of_event(self.draft, sentence, match.token).items():
            roles.add(role, found)
        for frame in frames:
            for name in PLACE_PREPS:
                if match.rule.roles.get(name) in ("recipient", "actor"):
                    continue
                if name == "on" and match.rule.type in _TALKING:
                    continue  # "talks on Norvia"
                for token in frame.prep(name):
                    if not self.is_time(token) and self.is_place(sentence, token):
                        args = self.place_args(sentence, token)
                        taken = roles.origin + roles.destination
                        roles.add(
                            "place", [a for a in args if all(a.start != b.start for b in taken)]
                        )
        roles.place = [a for a in roles.place if not self._describes(sentence, a)]
        roles.origin = [a for a in roles.origin if not self._of_people(sentence, a)]
        if roles.time is None:
            timex = time_of_event(self.draft, sentence, match.token)
            if timex is not None:
                roles.time = Arg(
                    start=timex.start, end=timex.end, exact=timex.exact, edtf=timex.edtf
                )


def _same_words(arg: Arg, other: Arg) -> bool:
    """Whether two arguments are the same words: what is killed is no place, whatever its name."""
    return (arg.start, arg.end) == (other.start, other.end)


def meets(arg: Arg, others: list[Arg]) -> bool:
    return any(arg.start < o.end and o.start < arg.end for o in others)
