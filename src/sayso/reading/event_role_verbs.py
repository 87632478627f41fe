"""The roles of a verb: who does it, to whom, with what, from where to where."""

from __future__ import annotations

from dataclasses import replace

from sayso.language.syntax import Sentence, Token
from sayso.reading.actor_cast import cast
from sayso.reading.actor_members import is_state
from sayso.reading.event_arguments import content_head, preps_of
from sayso.reading.event_frames import Frame, verb_frame
from sayso.reading.event_kinds import can_act, joined
from sayso.reading.event_lexicon import classes, word_set
from sayso.reading.event_role_checks import (
    came_of_it,
    deed_above,
    issuers,
    modifiers_of,
    near_place,
    on_what,
    parties_between,
    power_of,
)
from sayso.reading.event_role_clauses import ClauseRoles
from sayso.reading.event_role_recipients import JUDGED, leaving, suffers_only, undergoes
from sayso.reading.event_role_words import Roles, is_abstract, no_party
from sayso.reading.event_subjects import spoken_of
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match
from sayso.reading.event_weapons import handles, is_means, means

CONCERNS = word_set(
    """AGREE SUPPORT CONCEDE COOPERATE AID REQUEST ACCUSE REJECT THREATEN SANCTION COERCE PROTEST
    CONSULT"""
)
_GIVEN_BACK = frozenset(
    ["retreat.lift", "retreat.release", "retreat.bail", "retreat.return-property", "retreat.access"]
)
_MOVED_ACT = frozenset(
    ["retreat.disarm", "mobilize.troops", "mobilize.police", "mobilize.militia", "aid.peacekeeping"]
)
_DRIVES_OFF = terms("drives_off")
_SHOWS = terms("shows")
_HAPPENINGS = terms("happenings")
_OF_PEOPLE = frozenset(
    ["assault.kill", "assault.wound", "assault.torture", "assault.beat", "assault.abduct",
     "assault.assassinate", "assault.sexual", "assault.capture-person", "coerce.arrest"]
)  # fmt: skip
_PAPERS = terms("papers")
_HELD = terms("held_people")
_ASKED = word_set("REQUEST AGREE THREATEN CONCEDE")
_FOR_WHOM = terms("for_whom")
_NO_PARTY = terms("no_party")


_WAYS = terms("ways")


def _bare(sentence: Sentence, token: Token) -> bool:
    """ "Called on soldiers to desert": a verb that the parser takes for a noun."""
    return token.tag == "NN" and token.ent == "" and not sentence.children(token)


def _sent(frame: Frame) -> bool:
    """Whether what is done to something is asked for: "the sending of letters"."""
    return any(t.pos == "NOUN" and t.lower.endswith("ing") for t in frame.objects)


class VerbRoles(ClauseRoles):
    """Roles around a verb."""

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

    def _side(self, match: Match) -> tuple[str, str]:
        rule = match.rule
        if rule.subject_is == "recipient":
            return "recipient", "recipient"
        if match.frame.passive and not match.frame.subjects:
            return "actor", "recipient"  # "the army was crushed": by whom is not said
        return "actor", "actor" if rule.two_sided else "recipient"

    def _verb(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        rule, frame = match.rule, match.frame
        subject, object_ = self._side(match)
        if rule.name == "accuse.blamed":
            self._blamer(sentence, match, roles)
        for token in frame.subjects:
            if self.is_time(token) or near_place(sentence, token):
                continue
            if subject == "actor" and came_of_it(sentence, match):
                continue
            noun = spoken_of(sentence, match.token, token)
            if noun.lemma in _PAPERS and subject == "actor" and not noun.ent:
                for owner in issuers(sentence, noun):
                    self._party(sentence, owner, "actor", roles)
                continue
            if rule.type == "ASSAULT" and subject == "actor":
                self._doer(sentence, noun, roles)
            else:
                for party in parties_between(sentence, noun):
                    if subject == "actor" and party.lemma in _HAPPENINGS and not party.ent:
                        continue
                    if subject != "actor" or not self._mere_talk(sentence, party):
                        self._party(sentence, party, subject, roles)
        if not frame.subjects and frame.passive and rule.name in _MOVED_ACT:
            for token in frame.objects:
                # "Security was tightened", "checkpoints were reinforced": by others
                if token.lemma != "security" and can_act(self.kinds, sentence, token):
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
            and (rule.type in CONCERNS or rule.name in _GIVEN_BACK)
        ):
            self._inner_recipient(sentence, match, roles)
            self._far_recipient(sentence, match, roles)
            self._topic_recipient(sentence, match, roles)
        if not roles.recipient and rule.type != "REQUEST":  # "demanded the tape": of nobody named
            for token in roles.things:
                self._party(sentence, token, "recipient", roles)

    def _doer(self, sentence: Sentence, token: Token, roles: Roles) -> None:
        """The subject of an assault. A deed or a weapon that "kills" is no party: its owner is."""
        nouns = [power_of(sentence, t) for t in joined(sentence, token)]
        if not any(is_means(sentence, t) for t in nouns):
            deed = deed_above(sentence, token)
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
        whose = ""
        for child in modifiers_of(sentence, deed):
            if whose and not child.ent:
                continue  # "a Norvian army jet" is one party's
            if (
                child.i < deed.i
                and not self.is_time(child)
                and self._acts_as_modifier(sentence, child)
            ):
                self._party(sentence, child, "actor", roles)
                whose = child.ent
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
                fired = match.rule.name == "assault.shoot" and noun in match.frame.objects
                match.mode = (weapon.mode if fired else None) or match.mode or weapon.mode

    def _blamer(self, sentence: Sentence, match: Match, roles: Roles) -> None:
        """ "X said that Y was behind it": X blames."""
        if match.token.dep != "ccomp":
            return
        for up in sentence.ancestors(match.token)[:6]:
            subjects = verb_frame(sentence, up).subjects if up.pos == "VERB" else []
            if any(
                can_act(self.kinds, sentence, t)
                and t.lower not in _SHOWS
                and t.lemma not in _PAPERS
                for t in subjects
            ):
                for token in subjects:
                    self._party(sentence, spoken_of(sentence, up, token), "actor", roles)
                return

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
        elif match.rule.name in _OF_PEOPLE and self._lifeless(sentence, token):
            return
        elif token.lemma in _HELD and (
            len(match.frame.objects) > 1 or (match.frame.passive and match.frame.datives)
        ):
            return  # "held 40 people hostage"
        elif match.rule.name == "request.ask" and match.frame.to_be_done:
            return  # "ordered him to be held": others are ordered
        elif not self.kinds.is_a(sentence, token, "deed") and not handles(sentence, match, token):
            if role == "recipient" and match.type in _ASKED and self._mere_thing(sentence, token):
                roles.things.append(token)
            else:
                self._party(sentence, token, role, roles)
                if match.rule.name in _OF_PEOPLE:
                    self._people_alone(sentence, token, roles)
                if match.rule.name == "accuse.accuse":
                    self._without_charge(sentence, token, roles)

    def _without_charge(self, sentence: Sentence, token: Token, roles: Roles) -> None:
        """ "Accused importers of dumping": what they are accused of is no part of them."""
        of = next((t for t in sentence.children(token, "prep") if t.lower == "of"), None)
        noun = sentence.children(of, "pobj") if of is not None else []
        if of is None or not noun or noun[0].ent or can_act(self.kinds, sentence, noun[0]):
            return
        roles.recipient = [
            replace(a, end=token.end, exact=a.exact[: token.end - a.start])
            if a.start <= token.start and of.start < a.end
            else a
            for a in roles.recipient
        ]

    def _people_alone(self, sentence: Sentence, first: Token, roles: Roles) -> None:
        """ "Captured a man who carried a gun and a list": what the parser joins to people whom
        alone that can be done to is nobody."""
        kept = []
        for arg in roles.recipient:
            head = sentence.span_head(arg.start, arg.end)
            thing = head is not None and head.pos == "NOUN" and not head.ent
            joined_on = head is not None and head.dep == "conj" and head.i > first.i
            if not (thing and joined_on and head and not can_act(self.kinds, sentence, head)):
                kept.append(arg)
        roles.recipient = kept

    def _mere_talk(self, sentence: Sentence, token: Token) -> bool:
        """ "When the talks failed", "the truce collapsed": talks and truces are nobody."""
        return (
            token.pos in ("NOUN", "PROPN")
            and not token.ent
            and any(self.kinds.is_a(sentence, token, c) for c in ("talks", "truce", "agreement"))
        )

    def _lifeless(self, sentence: Sentence, token: Token) -> bool:
        """ "pictures of leaders who had been tortured": no picture is."""
        noun = content_head(sentence, token)
        if noun.pos != "NOUN" or noun.ent or can_act(self.kinds, sentence, token):
            return False
        return noun.lemma in classes()["thing"].words or is_abstract(noun)

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
                if role == "origin" and no_party(sentence, token):
                    continue  # "a site 30 km from the city"
                if rule.type == "REQUEST" and name == "from" and leaving(sentence, token):
                    continue
                if name == "from" and role == "recipient" and self._spoken_from(match, token):
                    continue
                if rule.type == "REQUEST" and name == "of" and undergoes(sentence, token):
                    continue
                if rule.type == "REQUEST" and name == "to" and _bare(sentence, token):
                    continue
                if rule.type == "REQUEST" and name not in frame.preps and _sent(frame):
                    continue  # "requested the sending of letters to the embassies"
                if rule.mode == "capture" and role == "recipient" and self._land(sentence, token):
                    roles.add("place", self.place_args(sentence, token))
                    continue
                if rule.type in JUDGED and name == "against" and self._hurt(sentence, frame):
                    continue  # "denounced a crime against merchants"
                if rule.type in JUDGED and on_what(sentence, match.token, token):
                    continue
                if role == "recipient" and self._stands_at(sentence, name, token, roles):
                    roles.add("place", self.place_args(sentence, token))
                elif role in ("recipient", "actor"):
                    if rule.type not in JUDGED or not suffers_only(sentence, token):
                        self._party(sentence, token, role, roles)
                elif role != "place" or self.is_place(sentence, token):
                    roles.add(role, self.place_args(sentence, token))

    def _spoken_from(self, match: Match, token: Token) -> bool:
        """ "From Tarun, a spokesman rejected the charge": where he spoke."""
        after = match.frame.sentence.tokens[token.i + 1 : token.i + 2]
        comma = bool(after) and after[0].text == ","
        return comma and token.i < match.token.i and self.kinds.place_mention(token) is not None

    def _hurt(self, sentence: Sentence, frame: Frame) -> bool:
        """Whether "against" stands under a crime: those whom it hit are not blamed for it."""
        crimes = [t for t in frame.objects if self.kinds.is_a(sentence, t, "crime")]
        return "against" not in frame.preps and bool(crimes)

    def _land(self, sentence: Sentence, token: Token) -> bool:
        """ "Dislodged the rebels from the quarter": nothing is taken from the quarter."""
        return (
            token.pos == "NOUN"
            and self.is_place(sentence, token)
            and not any(self.kinds.is_a(sentence, token, c) for c in ("armed", "person", "state"))
        )

    def _stands_at(self, sentence: Sentence, name: str, token: Token, roles: Roles) -> bool:
        """ "shot two smugglers at the crossing": where, since it is said whom."""
        if name not in ("at", "on", "in"):
            return False
        named = any(
            can_act(self.kinds, sentence, t) and not is_means(sentence, t)
            for t in roles.recipient_tokens
        )
        hit = bool(roles.recipient) and token.lemma in _WAYS  # "a car was blown up on a track"
        return (named or hit) and not can_act(self.kinds, sentence, token)

    def _acts_as_modifier(self, sentence: Sentence, child: Token) -> bool:
        """True for the "rebel" of "rebel shelling", not for the "tank" of "tank shelling"."""
        if child.lemma in _NO_PARTY or is_means(sentence, child):
            return False
        if child.dep == "compound" and child.i + 1 < child.head:
            # "the Oda rescue operation": whom it is for
            between = sentence.tokens[child.i + 1 : child.head]
            if any(t.lemma in _FOR_WHOM for t in between):
                return False
        located = child.ent in ("GPE", "LOC", "FAC") or self.kinds.place_mention(child) is not None
        if child.dep != "poss" and located:
            # "the Belan bombing" is one in Belan; "a U.S. strike" the state's
            name = cast(self.draft).name_of(child)
            state = name is not None and is_state(name.actor) and name.form != "capital"
            return state or self.kinds.entity_kind(child)[0] == "actor"
        return (
            child.dep == "poss"
            or child.ent in ("NORP", "GPE", "ORG", "PERSON")
            or self.kinds.is_a(sentence, child, "armed")
            or child.lower in ("government", "police", "army")
        )
