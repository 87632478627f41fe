"""The trained model beside the rules: how likely each act of a reply is, by both.

Rules see marks ("Source?"), the model sees the rest of what people write. For each act the two are
weighed against each other (`weights.csv`, fitted on texts that neither was made from).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from sayso.knowledge.tables import load_csv, load_yaml
from sayso.language.talk import FOLDER
from sayso.model.annotation import ReplyAct
from sayso.reading.reply_acts import GUESSED, Act
from sayso.reading.reply_figures import Figures, Pointed, named
from sayso.reading.reply_numbers import Number

RULE = "model"
_BY_RULES_ALONE = {"quotes"}
"""Acts that the words themselves show, mark by mark."""
_MOST = 3
_LIKELY = 0.5
ABOUT = 0.1
"""How likely a reply has to be about a figure for what the model says of each to count."""
FIGURE, FIGURE_FLAGGED = 0.7, 0.35
"""How likely a figure has to be the one that a reply challenges; `FIGURE_FLAGGED`: where the reply
as a whole is taken to be about a figure."""
_MARKED = 6.0
"""How much more the rules count in taking an act than the fit says: who wrote the texts of training
was asked not to repeat a phrase, so marks ("Source?", "no way") are rarer there than where people
argue. The confidence is as fitted."""
_LOWEST, _HIGHEST = 0.02, 0.97


def figure_of(
    pointed: Sequence[Pointed], figures: Figures, text: str, other: str, own: str
) -> Pointed | None:
    """The figure of `other` that a reply challenges, and how likely it does, by rules and model
    together; `own`: what its author wrote before. None where the answered comment has no figure,
    the reply is hardly about one, or without the model."""
    given = by_rule(figures, text)
    weight = weights()["figure"]
    found = (
        replace(p, likely=weight.of(p.likely, *signs(given, p.number, text, other, own)))
        for p in pointed
    )
    return max(found, key=lambda p: p.likely, default=None)


def by_rule(figures: Figures, text: str) -> tuple[Number | None, Number | None]:
    """The figure that a reply disputes by the rules, and the one that it names."""
    return figures.disputed, named(figures, text)


def signs(
    given: tuple[Number | None, Number | None], number: Number, text: str, other: str, own: str
) -> tuple[float, float]:
    """Whether the rules take a number of the answered comment for the one that is disputed, and
    whether the reply names it or says its words again, which are not its author's own: 1 or 0
    each."""
    disputed, called = (
        float(one is not None and one.start < number.end and number.start < one.end)
        for one in given
    )
    again = " ".join(_SAID.sub("", _plain(other[number.start : number.end]).strip()).split())
    theirs = bool(again) and _says(text, again) and not _says(own, again)
    return disputed, max(called, float(theirs))


def _says(text: str, words: str) -> bool:
    return f" {words} " in f" {' '.join(_plain(text).split())} "


_SAID = re.compile(r"^(?:an?|the|some|about|around|over|nearly|almost|only) ")


def _plain(text: str) -> str:
    """Words and figures alone: "1,300 firms!" is "1300 firms"."""
    return re.sub(r"[^\w%.]+|\.(?!\d)", " ", re.sub(r"(?<=\d),(?=\d{3})", "", text.lower()))


@dataclass(frozen=True, slots=True)
class Weight:
    """log-odds = bias + model * (the model's log-odds) + rule * (the rule's strength, 0 to 1)
    + guess * (the strength of a rule that goes by the mere fact of a reply)."""

    bias: float
    model: float
    rule: float
    guess: float

    def of(self, likely: float, rule: float, guess: float = 0.0, marked: float = 1.0) -> float:
        """How likely an act is; `marked`: how much more the rules count than was fitted."""
        p = min(max(likely, 0.001), 0.999)
        odds = self.bias + self.model * math.log(p / (1 - p))
        return 1 / (1 + math.exp(-odds - marked * (self.rule * rule + self.guess * guess)))


@cache
def weights() -> dict[str, Weight]:
    """By act, and for "number"."""
    names = ("bias", "model", "rule", "guess")
    rows = load_csv(*FOLDER, "weights.csv", required=("label", *names))
    return {r["label"]: Weight(*(float(r[n]) for n in names)) for r in rows}


def weighed(
    acts: list[Act], likely: dict[str, float], *, spoke: bool, argued: bool, disputed: bool
) -> list[Act]:
    """The acts of a reply by rules and model together, the surest first. `spoke`: its author wrote
    further up in the branch, without which there is nothing to hold on to or to take back.
    `argued`: the discussion is an argument, so that the mere fact of a reply says something.
    `disputed`: a figure of its own stands against one of theirs."""
    by_rule = {a.act: a for a in acts if a.rule not in GUESSED}
    guessed = {a.act: a for a in acts if a.rule in GUESSED and argued}
    number = weights()["number"].of(likely["number"], float(disputed), marked=_MARKED)
    out: list[tuple[float, Act]] = []
    for act in get_args(ReplyAct):
        rule, guess = by_rule.get(act), guessed.get(act)
        if act in _BY_RULES_ALONE:
            out += [(rule.confidence, rule)] if rule is not None else []
            continue
        if act in ("maintains", "retracts") and not spoke:
            continue
        given = (
            likely[act],
            rule.confidence if rule is not None else 0.0,
            guess.confidence if guess is not None else 0.0,
        )
        weight = weights()[act]
        taken = weight.of(*given, marked=_MARKED)
        if taken < _least(act, alone=rule is None):
            continue
        sure = weight.of(*given)
        words = (rule.rule, rule.start, rule.end) if rule is not None else (RULE, 0, 0)
        # Words that show it make an act at least as likely as not, once it is taken.
        lowest = _LIKELY if rule is not None else _LOWEST
        made = round(min(max(sure, lowest), _HIGHEST), 2)
        out.append((taken, Act(act, made, *words, number >= _LIKELY)))
    found = [a for _, a in sorted(out, key=lambda pair: -pair[0])]
    if "disputes" in by_rule and "answers" not in by_rule:
        # Words that dispute, under a question: it was a rhetorical one.
        found = [a for a in found if a.act != "answers"]
    return _beside(found)[:_MOST]


@cache
def _least(act: str, *, alone: bool) -> float:
    """How likely an act has to be to be taken; `alone`: without a word that shows it."""
    limits = load_yaml(*FOLDER, "limits.yaml")
    found = limits["acts"].get(act, limits["acts"]["other"])
    return float(limits["alone"].get(act, found) if alone else found)


_TOGETHER = 0.03
"""Two acts of which the rarer has the other beside it less often than this are not done at once."""


@cache
def _apart() -> frozenset[frozenset[str]]:
    """Acts that one reply does not do at once ("answers" and "asks_source"), as readers of the
    texts of training see it: `beside.csv`."""
    rows = load_csv(*FOLDER, "beside.csv", required=("act", "other", "together", "of"))
    return frozenset(
        frozenset((r["act"], r["other"]))
        for r in rows
        if int(r["together"]) < _TOGETHER * int(r["of"])
        and _BY_RULES_ALONE.isdisjoint((r["act"], r["other"]))
    )


def _beside(acts: list[Act]) -> list[Act]:
    """The acts, the surest first, without those that do not go with a surer one."""
    out: list[Act] = []
    for act in acts:
        if not any(frozenset((act.act, other.act)) in _apart() for other in out):
            out.append(act)
    return out
