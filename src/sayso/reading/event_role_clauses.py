"""Parties and places that other clauses tell: who held what was taken, who is asked, where one went
after leaving.
"""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.actor_owner import attached
from sayso.reading.event_frames import verb_frame
from sayso.reading.event_kinds import can_act, joined
from sayso.reading.event_role_checks import (
    modifiers_of,
)
from sayso.reading.event_role_recipients import Recipients
from sayso.reading.event_role_words import Roles
from sayso.reading.event_select import CAUSATIVE
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match

_HELD = terms("held_places")
_ARRIVE = terms("arrives")


class ClauseRoles(Recipients):
    """Roles that stand beside the verb's own clause."""

    def _taken_from(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "captured the town in the western hills from X": X, however deep the parser hung it."""
        for object_ in match.frame.objects:
            for token in modifiers_of(sentence, object_):
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
            token.lemma
            not in ("military", "air", "security", "guard", "tank", "artillery", "drone", "unit")
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
                for token in sentence.children(clause, "nsubj"):  # not "that experts be sent"
                    deed = any(
                        self.kinds.is_a(sentence, token, c) for c in ("deed", "talks", "agreement")
                    )
                    if sentence.children(clause, "auxpass"):
                        continue  # "that the envoys be let in"
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
