"""From the words of a comment and its place in the discussion to its acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from sayso.model.annotation import ReplyAct
from sayso.reading.forecast_plain import Plain
from sayso.reading.reply_lexicon import FIRST_CHARS, ActRule, act_rules, form
from sayso.reading.reply_lexicon import words as word_list
from sayso.reading.reply_numbers import numbers
from sayso.reading.reply_rivals import echoed, rivals

TAKEN = 0.5
BOTH = 0.65
"""From this strength on each, a comment narrows a claim and disputes it as well."""
# Corrections that put a detail right and leave the claim standing.
_CHALLENGES = {"disputes", "corrects", "asks_source", "maintains", "retracts"}
_MILD = {"spelling", "misquote"}
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_LONG = re.compile(r"[a-z][\w'-]{3,}")


GUESSED = {"contrast", "unmarked", "defends-own"}
"""Rules that go by the mere fact of a reply. They count only where people argue."""


def contentious(acts: list[list[Act]]) -> bool:
    """True if at least every sixth reply of a discussion challenges another in so many words."""
    plain = sum(any(a.act in _CHALLENGES and a.rule not in GUESSED for a in one) for one in acts)
    return plain > 0 and plain * 6 >= len(acts)


@dataclass(frozen=True, slots=True)
class Act:
    """One act with the words that do it (document offsets; start == end for the whole comment)."""

    act: ReplyAct
    confidence: float
    rule: str
    start: int = 0
    end: int = 0
    number: bool = False


class Answered(Protocol):
    """What is needed of the comment that is answered."""

    words: Plain
    acts: list[Act]

    @property
    def opens(self) -> bool:
        """True if it answers nobody itself."""


def acts_of(
    words: Plain, answered: Answered | None, defends: bool, before: Plain | None = None
) -> list[Act]:
    """The acts of a comment towards the comment that it answers; empty for none. `before` is what
    its author wrote further up."""
    if answered is None:
        return []
    theirs = {a.act for a in answered.acts}
    ours, others = numbers(words.text), numbers(answered.words.text)
    rival = bool(rivals(words.text, ours, others, answered.words.text))
    echo = not rival and echoed(words.text, ours, others) is not None
    ends_asking = answered.words.text.rstrip(" \"')").endswith("?")
    found = _by_words(
        words, theirs, defends=defends, rival=rival, number=rival or echo, asked=ends_asking
    )
    if echo and not found.keys() & {"asks_source", "agrees", "retracts"}:
        known = found.get("disputes")
        if known is None or known.confidence < 0.6:
            found["disputes"] = Act("disputes", 0.6, "echoes-number", number=True)
    challenges = bool(theirs & {"asks_source", "disputes", "maintains", "corrects"})
    asked = is_question(answered.words.text) and (not challenges or asks(answered.words.text))
    acts = _settled(
        words, answered, found, theirs,
        defends=defends, asked=asked, ends_asking=ends_asking, rival=rival,
    )  # fmt: skip
    made = {a.act for a in acts}
    if (
        before is not None
        and made <= {"disputes", "corrects", "qualifies"}
        and repeats(words, before, answered)
    ):
        acts.append(Act("maintains", 0.55, "repeats-own"))
    return acts


def repeats(words: Plain, before: Plain, answered: Answered) -> bool:
    """True if a comment says again what its author said further up: the same figure, or two words
    that the comment between does not have."""
    ours, mine = numbers(words.text), numbers(before.text)
    if {n.value for n in ours} & {n.value for n in mine}:
        return True
    common = word_list("common")
    shared = (set(_LONG.findall(words.text)) & set(_LONG.findall(before.text))) - common
    return len(shared - set(_LONG.findall(answered.words.text))) >= 2


def _by_words(
    words: Plain,
    theirs: set[ReplyAct],
    *,
    defends: bool,
    rival: bool,
    number: bool,
    asked: bool,
) -> dict[ReplyAct, Act]:
    """The strongest rule of each act."""
    found: dict[ReplyAct, Act] = {}
    for rule in act_rules():
        if (rule.own and not defends) or (rule.others and defends):
            continue
        if rule.parent and rule.parent not in theirs:
            continue
        if rule.needs == "rival" and not rival:
            continue
        if rule.needs == "question" and not asked:
            continue
        known = found.get(rule.act)
        if known is not None and known.confidence >= rule.weight:
            continue
        match = _match(rule, words.text)
        if match is not None and rule.act == "agrees" and _asked_at_once(words.text):
            continue
        weight = rule.weight - _distance(match.start()) if match is not None else 0.0
        if match is not None and weight >= TAKEN and weight > _strength(found, rule.act):
            found[rule.act] = Act(
                rule.act,
                round(weight, 2),
                rule.id,
                words.start(match.start()),
                words.end(match.end()),
                number,
            )
    return found


def contradicts(text: str, other: str) -> bool:
    """True if a comment denies a word that the other affirms ("he did not resign" to "he
    resigned"). Words count as the same by their first letters."""
    common = word_list("common")
    theirs: dict[str, bool] = {}
    for match in _LONG.finditer(other):
        if match.group() not in common:
            before = other[max(0, match.start() - 25) : match.start()]
            theirs.setdefault(match.group()[:5], bool(form("negated").search(before)))
    for match in form("denied").finditer(text, 0, FIRST_CHARS):
        for word in match.group(1).split():
            if len(word) > 3 and word not in common and theirs.get(word[:5]) is False:
                return True
    return False


def _asked_at_once(text: str) -> bool:
    """True if the first sentence is a question; "right?" and the like are none."""
    first = _SENTENCE.match(text)
    return first is not None and first.group().rstrip().endswith("?") and len(first.group()) > 12


def _distance(at: int) -> float:
    """What a comment does to another it does early; words further on speak to other things."""
    return 0.0 if at < FIRST_CHARS else 0.2 if at < 3 * FIRST_CHARS else 0.35


def _match(rule: ActRule, text: str) -> re.Match[str] | None:
    if rule.where == "first":
        return rule.pattern.search(text, 0, FIRST_CHARS)
    return rule.pattern.search(text)


def is_question(text: str) -> bool:
    """True if a comment ends in a question, or is made of questions for the most part."""
    pieces = [s for s in (m.group().strip() for m in _SENTENCE.finditer(text)) if s]
    if not pieces or "?" not in text:
        return False
    asked = [s for s in pieces if "?" in s]
    opens = (
        "?" in pieces[0]
        and form("genuine").match(pieces[0])
        and not form("rhetorical").match(pieces[0])
    )
    return "?" in pieces[-1] or len(asked) * 2 > len(pieces) or (bool(opens) and len(pieces) <= 4)


def _counters(text: str) -> bool:
    """True if a request for a source goes on with a statement of its own."""
    for piece in _SENTENCE.findall(text):
        words = piece.split()
        if "?" not in piece and len(words) >= 5 and not form("no_counter").match(piece):
            return True
        if "last i heard" in piece or "last time i" in piece:
            return True
    return False


def asks(text: str) -> bool:
    """True if a comment is a question that wants an answer."""
    pieces = [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
    asked = [s for s in pieces if "?" in s]
    if not asked or len(asked) * 2 < len(pieces):
        return False
    return any(form("genuine").match(s) and not form("rhetorical").match(s) for s in asked)


def _settled(
    words: Plain,
    answered: Answered,
    found: dict[ReplyAct, Act],
    theirs: set[ReplyAct],
    *,
    defends: bool,
    asked: bool,
    ends_asking: bool,
    rival: bool,
) -> list[Act]:
    """The acts that stand beside each other."""
    text = words.text
    if "retracts" in found:
        kept: list[ReplyAct] = ["retracts"]
        return [found[a] for a in kept] + [Act("agrees", 0.6, "retracting-agrees")]
    if "asks_source" in found:
        strong = [found["asks_source"]]
        if rival or _counters(text):
            strong.append(Act("disputes", 0.65, "asks-and-counters", number=rival))
        return strong
    if "asks_source" in theirs and "answers" in found:
        return [found["answers"]]
    if ends_asking and _strength(found, "answers") >= 0.75:
        return [found["answers"]]
    if "asks" in found and not rival and _strength(found, "disputes") < 0.85:
        return [found["asks"]]
    found.pop("asks", None)
    if asked and _strength(found, "disputes") < 0.85:
        return [found.get("answers") or Act("answers", 0.65, "question-answered")]
    if rival and not {"corrects", "agrees", "qualifies"} & set(found):
        found["corrects"] = Act("corrects", 0.6, "rival-number", number=True)
    if asks(text) and _strength(found, "disputes") < 0.7 and "agrees" not in found:
        return [Act("asks", 0.6, "question")]
    if not {"agrees", "disputes"} & set(found) and contradicts(text, answered.words.text):
        found["disputes"] = Act("disputes", 0.65, "denies-its-words", number=rival)
    _weigh(found)
    challenged = bool(theirs & {"disputes", "corrects", "asks_source"})
    conceding = {"agrees", "qualifies"} & set(found)
    if defends and challenged and not conceding and not form("idle").search(text):
        found.setdefault("disputes", Act("disputes", 0.55, "defends-own"))
    if "corrects" in found and found["corrects"].rule not in _MILD:
        found.setdefault("disputes", Act("disputes", 0.5, "corrects-disputes", number=rival))
    if not found:
        return _fallback(text, answered)
    return sorted(found.values(), key=lambda a: -a.confidence)[:2]


def _strength(found: dict[ReplyAct, Act], act: ReplyAct) -> float:
    return found[act].confidence if act in found else 0.0


def _weigh(found: dict[ReplyAct, Act]) -> None:
    """Takes out what a stronger act beside it rules out."""
    found.pop("answers", None)
    if "agrees" in found and "disputes" in found:
        if found["agrees"].confidence >= found["disputes"].confidence:
            del found["disputes"]
        else:
            del found["agrees"]
    if "disputes" in found and "qualifies" in found:
        if min(found["disputes"].confidence, found["qualifies"].confidence) >= BOTH:
            return
        if found["disputes"].confidence >= found["qualifies"].confidence:
            del found["qualifies"]
        else:
            del found["disputes"]


def _fallback(text: str, answered: Answered) -> list[Act]:
    """Without any word that shows it: who answers a statement disputes it about every second time,
    the more so with a negation or a contrast. What stands under an opening comment and takes
    nothing of it up speaks to the page, not to the comment."""
    if len(text.split()) < 4 or form("idle").search(text):
        return []
    if form("negated").search(text[:200]) or form("contrast").search(text[:200]):
        return [Act("disputes", 0.45, "contrast")]
    if (
        answered.opens
        and not form("taken_up").match(text)
        and not _stems(text) & _stems(answered.words.text)
    ):
        return []
    return [Act("disputes", 0.3, "unmarked")]


def _stems(text: str) -> set[str]:
    """The first letters of its longer words, without those that every text has."""
    common = word_list("common")
    return {w[:5] for w in _LONG.findall(text) if w not in common}
