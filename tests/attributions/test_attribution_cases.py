"""Sentences and the attributions that must come out of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from attribution_reading import attributions, words

from sayso.reading.attribution_lexicon import verbs

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_case(case: dict[str, Any]) -> None:
    found = [words(a) for a in attributions(case["text"])]
    want = [(w[0], w[1], tuple(w[2:])) for w in case["want"]]
    for one in want:
        assert one in found
    if case.get("only"):
        assert len(found) == len(want), found


def test_every_rule_has_a_case() -> None:
    """Each class of cue and each frame of the data files comes out of some case."""
    rules = {a.made_by.rule for case in CASES for a in attributions(case["text"])}
    classes = {rule.partition(".")[0] for rule in rules}
    frames = {rule.partition(".")[2].partition("-")[0] for rule in rules}
    assert {c.cls for c in verbs().values()} <= classes
    wanted = set().union(*(c.frames for c in verbs().values())) - {"address", "document"}
    named = {"raise": "raised", "evidence": "object", "figure": "object"}
    assert {named.get(f, f) for f in wanted} <= frames
    assert {"noun", "adjective", "adverb", "citing", "colon", "in", "tail"} <= frames
