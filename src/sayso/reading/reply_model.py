"""The trained model beside the rules: how likely each act of a reply is, by both.

Rules see marks ("Source?"), the model sees the rest of what people write. For each act the two are
weighed against each other (`weights.csv`, fitted on texts that neither was made from).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from sayso.knowledge.tables import load_csv
from sayso.language.talk import FOLDER
from sayso.model.annotation import ReplyAct
from sayso.reading.reply_acts import GUESSED, Act
from sayso.reading.reply_figures import Figures, Pointed, named
from sayso.reading.reply_numbers import Number

RULE = "model"
_BY_RULES_ALONE = {"quotes"}
"""Acts that the words themselves show, mark by mark."""
_MOST = 3
_TAKEN = 0.5
_TAKEN_ALONE = {"asks_source": 0.75}
"""Where the model alone has to be surer: who asks what is meant does not ask for proof."""
ASKED = 0.1
"""How likely a reply has to be about a figure for the model to be asked which: to ask it for every
figure would take twice as long as all the rest."""
FIGURE, FIGURE_FLAGGED = 0.6, 0.3
"""How likely a figure has to be the one that a reply challenges; `FIGURE_FLAGGED`: where the reply
as a whole is taken to be about a figure."""
_MARKED = 3.0
"""How much more the rules count in taking an act than the fit says: who wrote the texts of training
was asked not to repeat a phrase, so marks ("Source?", "no way") are rarer there than where people
argue. The confidence is as fitted."""
_LOWEST, _HIGHEST = 0.02, 0.97


def figure_of(pointed: Sequence[Pointed], figures: Figures, text: str) -> Pointed | None:
    """The figure that a reply challenges, and how likely it does, by rules and model together. None
    where the answered comment has no figure, or without the model."""
    meant = by_rule(figures, text)
    weight = weights()["figure"]
    weighed_ = (replace(p, likely=weight.of(p.likely, *over(meant, p.number))) for p in pointed)
    return max(weighed_, key=lambda p: p.likely, default=None)


def by_rule(figures: Figures, text: str) -> tuple[Number | None, Number | None]:
    """The figure that a reply disputes by the rules, and the one that it names."""
    return figures.disputed, named(figures, text)


def over(meant: tuple[Number | None, Number | None], number: Number) -> tuple[float, float]:
    """1 or 0 for each of `meant`: whether it stands where `number` does."""
    disputed, called = (
        float(one is not None and one.start < number.end and number.start < one.end)
        for one in meant
    )
    return disputed, called


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
        least = _TAKEN if rule is not None else _TAKEN_ALONE.get(act, _TAKEN)
        taken = weight.of(*given, marked=_MARKED)
        if taken < least:
            continue
        sure = weight.of(*given)
        words = (rule.rule, rule.start, rule.end) if rule is not None else (RULE, 0, 0)
        # Words that show it make an act at least as likely as not, once it is taken.
        lowest = _TAKEN if rule is not None else _LOWEST
        made = round(min(max(sure, lowest), _HIGHEST), 2)
        out.append((taken, Act(act, made, *words, number >= _TAKEN)))
    found = [a for _, a in sorted(out, key=lambda pair: -pair[0])]
    if "disputes" in by_rule and "answers" not in by_rule:
        # Words that dispute, under a question: it was a rhetorical one.
        found = [a for a in found if a.act != "answers"]
    return _beside(found)[:_MOST]


def _beside(acts: list[Act]) -> list[Act]:
    """Who agrees does not dispute: the surer stays."""
    made = [a.act for a in acts]
    if "agrees" in made and "disputes" in made:
        gone = "agrees" if made.index("agrees") > made.index("disputes") else "disputes"
        return [a for a in acts if a.act != gone]
    return acts
