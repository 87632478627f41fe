"""Sentences and the attributions that must come out of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from attribution_reading import attributions, words

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_case(case: dict[str, Any]) -> None:
    found = [words(a) for a in attributions(case["text"])]
    want = [(w[0], w[1], tuple(w[2:])) for w in case["want"]]
    for one in want:
        assert one in found
    if case.get("only"):
        assert len(found) == len(want), found
