"""The roles of a noun that tells an event: "the army's attack on the town"."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_frames import Frame
from sayso.reading.event_kinds import can_act
from sayso.reading.event_role_checks import modifiers_of, near_place
from sayso.reading.event_role_verbs import CONCERNS, VerbRoles
from sayso.reading.event_role_words import Roles
from sayso.reading.event_subjects import spoken_of
from sayso.reading.event_triggers import Match
from sayso.reading.event_weapons import is_means

_OWN_MOVE = frozenset(
    ["retreat.withdraw", "retreat.surrender", "retreat.flight", "retreat.rout", "retreat.resign",
     "mobilize.troops", "mobilize.police", "mobilize.militia", "mobilize.weapons"]
)  # fmt: skip
"""Nouns whose "of" is who does it: "the withdrawal of the brigade"."""


class NounRoles(VerbRoles):
    """Roles around a noun."""

    def _noun(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        frame, light = match.frame, match.light_frame
        if light is not None and match.light in ("does", "stops"):
            for token in light.subjects:
                if token.i != match.token.i and not near_place(sentence, token):
                    subject = spoken_of(sentence, light.head, token)
                    self._light_subject(sentence, match, subject, roles)
            self._preps(sentence, match, light, roles)
        elif light is not None and match.light == "suffers":
            for token in light.subjects:
                self._party(sentence, token, "recipient", roles)
        self._modifiers(sentence, match, roles)
        self._noun_preps(sentence, match, frame, roles)
        roles.mutual = self._is_mutual(sentence, match, roles)
        if not roles.mutual and not match.rule.two_sided and match.type in CONCERNS:
            self._topic_recipient(sentence, match, roles)

    def _light_subject(self, sentence: Sentence, match: Match, token: Token, roles: Roles) -> None:
        side = self._side(match)[0]
        if match.type == "ASSAULT" and side == "actor":
            self._doer(sentence, token, roles)
        else:
            self._party(sentence, token, side, roles)

    def _modifiers(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "HTS' attack", "Israeli air strikes", "rebel shelling": whose it is."""
        for child in modifiers_of(sentence, match.token):
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
                if token.i == match.token.i:
                    continue  # "one of the explosions" is not done to them
                if (role == "actor" or name == "of") and is_means(sentence, token):
                    continue  # "the attack by rifle fire", "the explosion of a mine"
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


def _other_side(match: Match, roles: Roles) -> str:
    """ "attended a Norvian meeting": whose meeting it is, where another is named who attends."""
    talks = match.rule.type in ("CONSULT", "AGREE", "SUPPORT", "COOPERATE")
    return "recipient" if talks and roles.actor else "actor"


def _done_to(match: Match, owner: Token) -> bool:
    """ "Their abduction" is done to them; "the army's killing of a clerk" by the army."""
    result = match.rule.result in ("killed", "injured", "abducted", "arrested", "displaced")
    return result and owner.dep == "poss" and not match.frame.preps.get("of")
