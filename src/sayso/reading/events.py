"""The stage `events`: who did what to whom, how many, whether it happened, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sayso.language.syntax import Sentence, Token
from sayso.model import edtf
from sayso.model.annotation import (
    AnyAnnotation,
    Arg,
    Attribution,
    Certainty,
    Count,
    Event,
    Granularity,
    Polarity,
    SaidBy,
    Status,
    Timex,
)
from sayso.model.span import Span
from sayso.reading.draft import Draft, made_by
from sayso.reading.event_acled import Facts, acled
from sayso.reading.event_arguments import TRANSPARENT, content_head
from sayso.reading.event_confidence import likely, odds, rule_of
from sayso.reading.event_context import blamed, contexts, near_words, targeting
from sayso.reading.event_counts import Counter
from sayso.reading.event_kinds import Kinds
from sayso.reading.event_outcome import outcome
from sayso.reading.event_reality import Reality, reality
from sayso.reading.event_role_words import Roles
from sayso.reading.event_roles import Filler
from sayso.reading.event_select import select
from sayso.reading.event_terms import terms
from sayso.reading.event_tolls import Tolls
from sayso.reading.event_triggers import Match
from sayso.reading.event_words import told_of, weight
from sayso.reading.saidby import position, said_by

_FACT_KINDS = (
    "armed",
    "state_force",
    "police",
    "civil",
    "combatant",
    "person",
    "state",
    "military_target",
)


_HISTORY = 730
"""Days after which what is told in passing is history."""
_SEVERAL = terms("several")
_PROTESTERS = terms("protesters")


class Events:
    """Reads events off the trees, by the lexicon of triggers."""

    name = "events"
    version = "1"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        """The events in text order. A sentence that has no tree gives none."""
        kinds = Kinds(draft)
        maker = _Maker(draft, kinds)
        found: list[Event] = []
        for sentence in draft.trees():
            told = maker.events(sentence, select(sentence, kinds))
            tolled = maker.tolls.tolled(sentence, told)
            found += tolled
            for one in tolled[: len(told)]:  # behind them stand tolls alone
                maker.tolls.remember(one)
        return found


class _Maker:
    def __init__(self, draft: Draft, kinds: Kinds) -> None:
        self.draft = draft
        self.kinds = kinds
        self.filler = Filler(draft, kinds)
        self.counter = Counter(draft, kinds)
        self.made = made_by(Events.name, Events.version)
        self.tolls = Tolls(draft, self.made("assault.toll"))
        self.written = edtf.bounds(draft.document.published)[0]

    def events(self, sentence: Sentence, matches: list[Match]) -> list[Event]:
        return [e for e in (self._event(sentence, m) for m in matches) if e is not None]

    def _event(self, sentence: Sentence, match: Match) -> Event | None:
        if self._only_talk(match):
            return None
        roles = self.filler.fill(sentence, match)
        real = reality(sentence, match)
        counts = self.counter.counts(sentence, match, roles)
        start, end = _trigger(match)
        certainty, polarity = self._as_told(start, end, real, _taken_for_granted(sentence, match))
        draft = self.draft
        facts = self._facts(sentence, match, roles, counts)
        part = draft.part_of(start)
        chain = said_by(draft, start, end)
        event = Event(
            id=draft.new_id("event"), start=start, end=end, exact=draft.text[start:end],
            part=part.id if part else None, confidence=0.0,
            made_by=self.made(rule_of(match)),
            event_type=match.type, mode=match.mode,
            act=match.rule.act, actor=tuple(blamed(sentence, roles)),
            recipient=tuple(roles.recipient),
            place=tuple(roles.place), origin=tuple(roles.origin),
            destination=tuple(roles.destination), weapon=tuple(roles.weapon), time=roles.time,
            quantities=tuple(self._told_by(c, chain) for c in counts),
            outcome=outcome(draft, match, roles),
            granularity=_granularity(sentence, match, counts),
            status=self._when_told(real, roles), polarity=polarity, certainty=certainty,
            reality_words=tuple(_spans(draft, real)),
            said_by=chain,
            civilian_targeting=targeting(facts), context=contexts(facts.words),
            acled=acled(facts, real),
        )  # fmt: skip
        words = weight(told_of(draft.text, sentence.start, sentence.end, event))
        sure = likely(odds(sentence, match, roles, real), words, certainty)
        return replace(event, confidence=sure)

    def _told_by(self, count: Count, chain: SaidBy) -> Count:
        """The figure with its own chain, where that is not the event's."""
        own = said_by(self.draft, count.start, count.end)
        return count if own == chain else replace(count, said_by=own)

    def _when_told(self, real: Reality, roles: Roles) -> Status:
        """ "In 1981 … were arrested", told in 1988: history."""
        if real.status != "occurred" or roles.time is None or self.written is None:
            return real.status
        when = roles.time
        timex = next((t for t in self.draft.over(Timex, when.start, when.end)), None)
        last = edtf.bounds(timex.edtf)[1] if timex is not None else None
        long_ago = last is not None and (self.written - last).days > _HISTORY
        return "historical" if long_ago else real.status

    def _only_talk(self, match: Match) -> bool:
        """ "I agree", "you attacked me": what a writer and readers do to each other in words is no
        event; a quoted "I will resign" is."""
        frame = match.light_frame or match.frame
        if not frame.subjects and any(t.lower == "you" for t in frame.objects):
            return not frame.passive  # "thank you"
        if not frame.subjects or any(t.lower not in ("i", "you") for t in frame.subjects):
            return False
        token = match.token
        return len(said_by(self.draft, token.start, token.end)) == len(
            position(self.draft, token.start)
        )

    def _as_told(
        self, start: int, end: int, real: Reality, granted: bool
    ) -> tuple[Certainty, Polarity]:
        """The certainty and polarity that the innermost source leaves of them. `granted`: what a
        denial of the clause around it does not deny."""
        told = [
            a
            for a in self.draft.over(Attribution, start, end)
            if a.source is not None and any(c.covers(start, end) for c in a.content)
        ]
        if not told:
            return real.certainty, real.polarity
        inner = min(told, key=lambda a: sum(c.end - c.start for c in a.content))
        doubt: Certainty = real.certainty
        if doubt == "certain" and inner.certainty in ("probable", "possible"):
            doubt = inner.certainty
        polarity: Polarity = real.polarity
        if (
            inner.polarity == "negative"
            and not granted
            and not any(inner.cue.start < w.end and w.start < inner.cue.end for w in real.words)
        ):
            polarity = "negative" if real.polarity == "positive" else "positive"
        return doubt, polarity

    def _facts(
        self, sentence: Sentence, match: Match, roles: Roles, counts: tuple[Count, ...]
    ) -> Facts:
        near = near_words(sentence, match)
        return Facts(
            type=match.type, mode=match.mode,
            rule="reject.will-not" if match.refused else match.rule.name,
            two_sided=match.rule.two_sided,
            actors=self._kinds_of(sentence, roles.actor_tokens, roles.actor),
            recipients=self._kinds_of(sentence, roles.recipient_tokens, roles.recipient),
            words=frozenset(near), counts=counts,
        )  # fmt: skip

    def _kinds_of(self, sentence: Sentence, tokens: list[Token], args: list[Arg]) -> frozenset[str]:
        out = set()
        for token in tokens:
            out |= {k for k in _FACT_KINDS if self.kinds.is_a(sentence, token, k)}
            if content_head(sentence, token).lemma in _PROTESTERS:
                out.add("protester")
        del args
        return frozenset(out)


def _granularity(sentence: Sentence, match: Match, counts: tuple[Count, ...]) -> Granularity:
    """summary: a war summed up, or a figure since some day; episode: several of a kind told as
    one ("carried out forty attacks"); event: else."""
    if match.rule.granularity == "summary" or any(c.scope == "cumulative" for c in counts):
        return "summary"
    if match.verbal or match.token.tag not in ("NNS", "NNPS"):
        return "event"
    several = sentence.children(match.token, "nummod") or any(
        c.lower in _SEVERAL for c in sentence.children(match.token)
    )
    return "episode" if several or _counts_them(sentence, match.token) else "event"


def _taken_for_granted(sentence: Sentence, match: Match) -> bool:
    """ "Denied having a part in the murder of two nuns": the murder is not denied. "Denied the
    murder" denies it, and so does "denied that he had fired"."""
    token = match.token
    for up in (token, *sentence.ancestors(token)):
        if up.dep in ("ccomp", "pcomp"):
            return not match.verbal and _definite(sentence, token)
        if up.dep == "xcomp" or up.head == up.i:
            return False
        if up.dep in ("relcl", "acl") and up.pos == "VERB":
            return True
    return False


def _definite(sentence: Sentence, noun: Token) -> bool:
    """ "The murder", "his arrest"."""
    return any(
        t.lower in ("the", "this", "that") or t.dep == "poss"
        for t in sentence.children(noun, "det", "poss")
    )


def _counts_them(sentence: Sentence, noun: Token) -> bool:
    """ "Dozens of raids", "a series of attacks"."""
    head = sentence.head(noun)
    return noun.dep == "pobj" and head.lower == "of" and sentence.head(head).lemma in TRANSPARENT


def _trigger(match: Match) -> tuple[int, int]:
    """From the first to the last word of the trigger, particle or light verb included."""
    centre = match.content or match.token
    words = [w for w in match.words if abs(w.i - centre.i) <= 6] or [centre]
    if match.verbal and match.rule.result == "killed":
        words += [t for t in match.frame.sentence.children(match.token) if t.lower == "dead"]
    return min(w.start for w in words), max(w.end for w in words)


def _spans(draft: Draft, real: Reality) -> Iterable[Span]:
    for token in real.words:
        yield draft.span(token.start, token.end)
