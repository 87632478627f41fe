"""The gold set is well formed, and half A (on which the rules were developed) stays as good."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("half_*.jsonl"))


def scorer() -> ModuleType:
    path = FOLDER.parent.parent / "tools" / "score_gold.py"
    spec = importlib.util.spec_from_file_location("score_gold", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_gold"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_gold_word_stands_in_its_text(path: Path) -> None:
    tool = scorer()
    for row in tool.rows(path):
        doc = tool.document_of(row)
        for gold in [*row["forecasts"], *row["not_forecasts"]]:
            start, end = tool.place(doc, gold)
            assert start < end
            for key in ("due_words", "condition_words", "hedge_words"):
                assert gold.get(key) is None or gold[key] in doc.text
        parents = {c["id"]: c["parent"] for c in row["comments"]}
        for reply in row["replies"]:
            assert parents[reply["from"]] == reply["to"]


def test_half_a_stays_as_good() -> None:
    tool = scorer()
    score = tool.Score()
    for row in tool.rows(FOLDER / "half_a.jsonl"):
        tool.add(score, row)
    assert score.tallies["forecasts"].f1() >= 0.95
    assert score.tallies["look-alikes taken"].rate() <= 0.03
    assert score.tallies["forecaster"].rate() >= 0.95
    assert score.tallies["due interval"].rate() >= 0.9
    assert score.tallies["probability words"].rate() >= 0.95
    assert score.tallies["number disputes"].f1() >= 0.65
    acts = [t.f1() for t in score.acts.values() if t.of]
    assert sum(acts) / len(acts) >= 0.8
