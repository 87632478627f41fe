"""Capitals where they tell nothing: names keep theirs, words lose them, the length stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.casing import Casing
from sayso.language.syntax import default_parser

CASES = yaml.safe_load((Path(__file__).parent / "casing.yaml").read_text(encoding="utf-8"))
PLAIN = ("the", "plan", "was", "read", "out")


@pytest.mark.parametrize(
    "case", [c for kind in ("capitals", "titles", "small") for c in CASES[kind]],
    ids=lambda c: c["text"][:40],
)  # fmt: skip
def test_running_text_would_write_it_so(case: dict[str, str]) -> None:
    assert default_parser().form(case["text"]) == case["form"]


@pytest.mark.parametrize("case", CASES["left alone"], ids=lambda c: c["text"][:40])
def test_running_text_is_left_alone(case: dict[str, str]) -> None:
    assert default_parser().form(case["text"]) == case["text"]


@given(st.text(max_size=200))
def test_the_length_stays(text: str) -> None:
    casing = Casing(lambda word: word in PLAIN)
    for version in (text, text.upper(), text.title(), text.lower()):
        assert len(casing.form(version)) == len(version)


def test_a_headline_in_title_case_has_its_verb() -> None:
    text = CASES["titles"][1]["text"]
    (tree,) = default_parser().parse(text, [(0, len(text))])
    assert tree.root().lemma == "withdraw"
    assert tree.root().text == "Withdraw"
