"""From the words of a comment and its place in the discussion to its acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from sayso.model.annotation import ReplyAct
from sayso.reading.forecast_plain import Plain
from sayso.reading.reply_figures import Figures
from sayso.reading.reply_lexicon import FIRST_CHARS, ActRule, act_rules, form
from sayso.reading.reply_lexicon import words as word_list
from sayso.reading.reply_questions import asked_at_once

TAKEN = 0.5
# Corrections that put a detail right and leave the claim standing.
_CHALLENGES = {"disputes", "qualifies", "corrects", "asks_source", "maintains", "retracts"}
_LONG = re.compile(r"[a-z][\w'-]{3,}")


GUESSED = {"contrast", "unmarked", "defends-own", "defends-claim"}
"""Rules that go by the mere fact of a reply. They count only where people argue."""


def contentious(acts: list[list[Act]]) -> bool:
    """True if at least every eighth reply of a discussion challenges another in so many words."""
    plain = sum(any(a.act in _CHALLENGES and a.rule not in GUESSED for a in one) for one in acts)
    return plain > 0 and plain * 8 >= len(acts)


@dataclass(frozen=True, slots=True)
class Act:
    """One act with the words that do it (document offsets; start == end for the whole comment).
    `number`: it is about a figure of the answered comment."""

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


@dataclass(frozen=True, slots=True)
class Move:
    """A comment in its place: its own words, the comment that it answers, what its author wrote
    last further up in the branch (`before`, None if nothing or if nobody stands between),
    whether the answered comment answers that (`direct`), and the figures of the two."""

    words: Plain
    answered: Answered
    before: Plain | None
    direct: bool
    figures: Figures

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def defends(self) -> bool:
        """True if the author wrote further up and somebody else's comment stands between."""
        return self.before is not None

    @property
    def theirs(self) -> set[ReplyAct]:
        """What the answered comment does itself."""
        return {a.act for a in self.answered.acts}


def by_words(move: Move, wanted: set[ReplyAct] | None = None) -> dict[ReplyAct, Act]:
    """The strongest rule of each act; `wanted` are the acts to look for, None for all."""
    found: dict[ReplyAct, Act] = {}
    for rule in act_rules():
        if (wanted is not None and rule.act not in wanted) or not _may_hold(rule, move):
            continue
        match = _match(rule, move.text)
        if match is None or (rule.act == "agrees" and asked_at_once(move.text)):
            continue
        weight = rule.weight - _distance(match.start())
        for act, strength in ((rule.act, weight), (rule.also, min(weight, 0.6))):
            if act is None or strength < TAKEN:
                continue
            if act not in found or found[act].confidence < strength:
                found[act] = Act(
                    act, round(strength, 2), rule.id,
                    move.words.start(match.start()), move.words.end(match.end()),
                    move.figures.disputed is not None,
                )  # fmt: skip
    return found


def _may_hold(rule: ActRule, move: Move) -> bool:
    if (rule.own and not move.defends) or (rule.others and move.defends):
        return False
    if rule.parent and rule.parent not in move.theirs:
        return False
    if rule.needs == "rival":
        return move.figures.rival
    if rule.needs == "question":
        return move.answered.words.text.rstrip(" \"')").endswith("?")
    return True


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


def _distance(at: int) -> float:
    """What a comment does to another it does early; words further on speak to other things."""
    return 0.0 if at < FIRST_CHARS else 0.2 if at < 3 * FIRST_CHARS else 0.35


def _match(rule: ActRule, text: str) -> re.Match[str] | None:
    if rule.where == "first":
        return rule.pattern.search(text, 0, FIRST_CHARS)
    return rule.pattern.search(text)
