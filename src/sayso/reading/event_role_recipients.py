"""To whom, where no object says it: whom a promise, a refusal or a demand concerns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from sayso.language.syntax import Sentence, Token
from sayso.reading.actor_phrases import nominal
from sayso.reading.event_arguments import content_head, preps_of
from sayso.reading.event_kinds import can_act
from sayso.reading.event_lexicon import light_verbs, word_set
from sayso.reading.event_role_words import Phrases, Roles
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match
from sayso.reading.event_weapons import is_means

PLACE_PREPS = (
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
_HANDED = terms("handed")
_ASIDE_MARKS = word_set("as after since because while when before although though whereas once")
_ASIDE_PREPS = word_set("after since following before during amid despite")
_STATE_OF = frozenset(["state"])
_OWN_FUTURE = word_set("AGREE REJECT THREATEN CONCEDE")
_DESCRIBED = 4
"""How much less a party counts that stands in a relative clause."""
_PARTY_DEPS = word_set("dobj pobj dative poss nsubj nsubjpass compound amod appos nmod")
WHERE = frozenset(
    ["in", "at", "near", "inside", "outside", "across", "throughout", "around", "during", "since"]
)
JUDGED = frozenset(["ACCUSE", "SUPPORT"])
SUFFERED = terms("suffered")


UNDERGONE = SUFFERED | word_set(
    """disbandment dissolution dismissal removal extradition expulsion trial punishment prosecution
    exclusion ouster elimination abolition liberation freeing isolation replacement suspension
    dispatch deployment sending appointment transfer purchase delivery
    overthrow dismantling demobilisation demobilization disarmament eviction deportation release
    return restoration reinstatement repatriation handover protection evacuation safety"""
)
"""What is done to those who stand under its "of"."""


_LEAVING = terms("leaving")
_LINKS = terms("ties")


@dataclass(frozen=True, slots=True)
class _Asides:
    """Tokens that stand in what only adds to the act (`without`: when and why it was; they name
    nobody whom it concerns), and in what only describes a party (`described`)."""

    without: frozenset[int]
    described: frozenset[int]


class Recipients(Phrases):
    """Recipients that hang far from their trigger."""

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
        if match.token.lemma in light_verbs()["suffers"]:
            return  # "repelled an attack on the town"
        names = [n for n in ("against", "on") if match.rule.roles.get(n) == "recipient"]
        for token in _clause(sentence, match.token) if names else ():
            if token.lower not in names or token.dep != "prep" or token.i < match.token.i:
                continue
            if any(_beside(sentence, up) for up in _up_to(sentence, token, match.token)):
                continue  # "closed the road after gunmen fired on a patrol"
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
        judged = match.rule.type in JUDGED
        best: tuple[int, Token] | None = None
        for token in _clause(sentence, root):
            if token.i <= match.token.i or token.i in own or token.dep not in _PARTY_DEPS:
                continue
            if token.i in aside.without:
                continue
            if judged and suffers_only(sentence, token):
                continue
            if match.rule.type == "REQUEST" and (
                undergoes(sentence, token)
                or _only_linked(sentence, token)
                or self._left(sentence, token)
            ):
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

    def _left(self, sentence: Sentence, token: Token) -> bool:
        """ "That they be released from the hospital": nobody asks the hospital."""
        prep = sentence.head(token)
        somewhere = self.is_place(sentence, token) or self.kinds.is_a(sentence, token, "facility")
        return somewhere and prep.lower == "from" and leaving(sentence, prep)

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
        if prep.lower not in (*PLACE_PREPS, "through") or role in ("recipient", "actor"):
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


def _up_to(sentence: Sentence, token: Token, top: Token) -> list[Token]:
    """The ancestors of a token below another."""
    out = []
    for up in sentence.ancestors(token):
        if up.i == top.i:
            break
        out.append(up)
    return out


def _beside(sentence: Sentence, clause: Token) -> bool:
    """A finite clause that tells something else."""
    return clause.dep == "relcl" or (
        clause.dep == "advcl" and bool(sentence.children(clause, "nsubj", "nsubjpass", "mark"))
    )


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


def leaving(sentence: Sentence, token: Token) -> bool:
    """ "Demanded the withdrawal of troops from Belan": Belan is not asked."""
    return any(t.lemma in _LEAVING for t in sentence.ancestors(token)[:4])


def suffers_only(sentence: Sentence, token: Token) -> bool:
    """True for what only says where a deed was, or who suffered it: "the attack in Belan", "the
    attack on the clinic"; neither is praised or blamed for it."""
    for up in (token, *sentence.ancestors(token)[:4]):
        prep = sentence.head(up)
        if up.dep != "pobj":
            continue
        if prep.lower in WHERE:
            return True
        if prep.lower in ("on", "against", "of", "upon") and is_means(
            sentence, sentence.head(prep)
        ):
            return True
        if prep.lower == "of" and sentence.head(prep).lemma in SUFFERED:
            return True
    return False


def undergoes(sentence: Sentence, token: Token) -> bool:
    """ "Demanded the disbandment of the squads", "that the squads be disbanded": done to the
    squads, and not asked of them."""
    of = sentence.head(token)
    if token.dep == "nsubjpass":
        return True
    return token.dep == "pobj" and of.lower == "of" and sentence.head(of).lemma in UNDERGONE


def _only_linked(sentence: Sentence, token: Token) -> bool:
    """ "For his links with the cartel": nobody asks the cartel."""
    noun = sentence.head(token) if token.dep == "compound" else token
    prep = sentence.head(noun)
    return noun.dep == "pobj" and sentence.head(prep).lemma in _LINKS


def _under_source(sentence: Sentence, token: Token) -> bool:
    """True for words that only name a source: "according to X"."""
    for up in sentence.ancestors(token)[:4]:
        if up.lower == "according":
            return True
        if up.pos == "VERB":
            return False
    return False
