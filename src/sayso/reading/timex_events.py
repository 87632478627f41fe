"""Which time belongs to which event: the time of happening, apart from the time of saying.

`time_of_event(draft, sentence, trigger)` climbs from each time expression of the sentence to what
it is said of. "Militants arrived in Afrin, the monitor reported on January 6" gives no time for
the arrival: January 6 is the day of the report.

Knowingly missed: a time in an earlier sentence that goes on to hold ("On Monday they came. They
burned the town."), and bounds ("since", "until", "before"), which are no time of happening.
"""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Attribution, Timex
from sayso.reading.draft import Draft
from sayso.reading.timex_grammar import grammar

_BOUNDS = frozenset(["since", "until", "till", "before", "by", "after", "from", "prior"])
_NAMING = frozenset(["poss", "compound", "nmod", "amod", "nummod"])
_SHARING = frozenset(["xcomp", "conj"])
_IN_THE_COURSE = frozenset(
    ["in", "during", "by", "with", "amid", "at", "from", "of", "on", "near", "over"]
)
_VAGUE = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")


def time_of_event(draft: Draft, sentence: Sentence, trigger: Token) -> Timex | None:
    """The time at which the event of this trigger happened (or will), or None if the sentence
    does not say. Of several the closest tie counts, then the nearest."""
    found: list[tuple[int, int, Timex]] = []
    for timex in draft.over(Timex, sentence.start, sentence.end):
        placed = timex.type == "DURATION" and timex.edtf is not None  # "in the past 24 hours"
        if timex.value is None or not (placed or timex.type in ("DATE", "TIME")):
            continue
        tie = _tie(draft, sentence, trigger, timex)
        if tie:
            rank = -tie + (10 if timex.value in _VAGUE else 0)
            found.append((rank, abs(timex.start - trigger.start), timex))
    found.sort(key=lambda f: f[:2])
    return found[0][2] if found else None


def _tie(draft: Draft, sentence: Sentence, trigger: Token, timex: Timex) -> int:
    """How closely a time is tied to a trigger: 3 said of it, 2 shared with it, 0 not at all."""
    head = sentence.span_head(timex.start, timex.end)
    if head is None or (trigger.start < timex.end and timex.start < trigger.end):
        return 0
    before = [t for t in sentence.tokens if t.end <= timex.start][-1:]
    if before and before[0].lower in _BOUNDS:
        return 0
    if head.dep in _NAMING and sentence.head(head).pos in ("NOUN", "PROPN"):
        owner = sentence.head(head)
        return 3 if owner.i == trigger.i else 0
    owners = _climb(sentence, head)
    governor = owners[-1]
    saying = is_saying(draft, governor)
    if trigger.i in {t.i for t in owners}:
        return 0 if saying and trigger.i == governor.i and _has_content(sentence, governor) else 3
    if saying or timex.value in _VAGUE:
        return 0
    return 2 if _shares(sentence, trigger, governor) else 0


def _climb(sentence: Sentence, head: Token) -> list[Token]:
    """What stands above a time up to the first verb, or to the root where there is none."""
    out: list[Token] = []
    token = head
    while token.head != token.i:
        token = sentence.head(token)
        out.append(token)
        if token.pos in ("VERB", "AUX"):
            break
    return out or [head]


def is_saying(draft: Draft, verb: Token) -> bool:
    """True for a verb that says what somebody says, shows or believes."""
    if any(c.cue.start <= verb.start < c.cue.end for c in draft.over(
        Attribution, verb.start, verb.end
    )):  # fmt: skip
        return True
    return verb.pos == "VERB" and verb.lemma in grammar().classes["SAYING"]


def _has_content(sentence: Sentence, verb: Token) -> bool:
    return bool(sentence.children(verb, "ccomp"))


def _shares(sentence: Sentence, trigger: Token, governor: Token) -> bool:
    """True if a time said of the governor holds for the trigger too: "seized on Monday and burned
    it", "forced them to surrender on Monday", "shelled it on Monday, killing two", "clashes broke
    out on Monday"."""
    if trigger.pos in ("NOUN", "PROPN"):
        if governor.lemma in grammar().classes["ABOUT"]:
            return False
        token = trigger
        for _ in range(6):
            if token.i == governor.i:
                return True
            if token.pos in ("VERB", "AUX") or token.head == token.i:
                return False
            if token.dep in ("poss", "compound", "relcl", "acl"):
                return False
            if token.dep == "prep" and token.lower not in _IN_THE_COURSE:
                return False
            token = sentence.head(token)
        return False
    for lower, upper in ((trigger, governor), (governor, trigger)):
        token = lower
        for _ in range(4):
            if token.i == upper.i:
                return True
            loose = token.dep == "advcl" and _same_time(sentence, token)
            if token.dep not in _SHARING and not loose:
                break
            token = sentence.head(token)
    return False


def _same_time(sentence: Sentence, verb: Token) -> bool:
    """True for a clause that tells of the same moment: ", killing two"; "when two shells hit"."""
    joints = {t.lower for t in sentence.children(verb, "mark", "advmod", "prep")}
    if joints & {"when", "as", "while"}:
        return "after" not in joints and "before" not in joints
    return verb.tag == "VBG" and not sentence.children(verb, "mark", "prep")
