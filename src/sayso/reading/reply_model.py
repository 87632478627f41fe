"""The trained model beside the rules: how likely each act of a reply is, by both.

Rules see marks ("Source?"), the model sees the rest of what people write. For each act the two are
weighed against each other (`weights.csv`, fitted on texts that neither was made from).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import get_args

from sayso.knowledge.tables import load_csv
from sayso.language.talk import FOLDER
from sayso.model.annotation import ReplyAct
from sayso.reading.reply_acts import GUESSED, Act

RULE = "model"
_BY_RULES_ALONE = {"quotes"}
"""Acts that the words themselves show, mark by mark."""
_MOST = 3
_TAKEN = 0.5
_LOWEST, _HIGHEST = 0.02, 0.97


@dataclass(frozen=True, slots=True)
class Weight:
    """log-odds = bias + model * (the model's log-odds) + rule * (the rule's strength, 0 to 1)
    + guess * (the strength of a rule that goes by the mere fact of a reply)."""

    bias: float
    model: float
    rule: float
    guess: float

    def of(self, likely: float, rule: float, guess: float = 0.0) -> float:
        """How likely an act is."""
        p = min(max(likely, 0.001), 0.999)
        odds = self.bias + self.model * math.log(p / (1 - p))
        return 1 / (1 + math.exp(-odds - self.rule * rule - self.guess * guess))


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
    number = weights()["number"].of(likely["number"], float(disputed))
    out: list[Act] = []
    for act in get_args(ReplyAct):
        rule, guess = by_rule.get(act), guessed.get(act)
        if act in _BY_RULES_ALONE:
            out += [rule] if rule is not None else []
            continue
        if act in ("maintains", "retracts") and not spoke:
            continue
        sure = weights()[act].of(
            likely[act],
            rule.confidence if rule is not None else 0.0,
            guess.confidence if guess is not None else 0.0,
        )
        if sure < _TAKEN:
            continue
        out.append(
            Act(
                act,
                round(min(max(sure, _LOWEST), _HIGHEST), 2),
                rule.rule if rule is not None else RULE,
                rule.start if rule is not None else 0,
                rule.end if rule is not None else 0,
                number >= _TAKEN,
            )
        )
    if "disputes" in by_rule and "answers" not in by_rule:
        # Words that dispute, under a question: it was a rhetorical one.
        out = [a for a in out if a.act != "answers"]
    return _beside(sorted(out, key=lambda a: -a.confidence))[:_MOST]


def _beside(acts: list[Act]) -> list[Act]:
    """Who agrees does not dispute: the surer stays."""
    made = [a.act for a in acts]
    if "agrees" in made and "disputes" in made:
        gone = "agrees" if made.index("agrees") > made.index("disputes") else "disputes"
        return [a for a in acts if a.act != gone]
    return acts
