"""The rows of numbers.yaml: each reads its own example and stays out of its counter-example."""

from __future__ import annotations

import pytest
from test_quantities import quantities

from sayso.knowledge.tables import load_yaml
from sayso.model.annotation import Quantity

DATA = load_yaml("lang", "en", "numbers.yaml")
HOLDS = {
    "more": lambda q: q.low is not None and q.high is None and q.low_exclusive,
    "least": lambda q: q.low is not None and q.high is None and not q.low_exclusive,
    "most": lambda q: q.low is None and q.high is not None,
    "less": lambda q: q.low is None and q.high is not None,
    "about": lambda q: q.approximate and q.low == q.high,
    "plain": lambda q: q.low == q.high and not q.approximate,
}


@pytest.mark.parametrize("row", DATA["vague"], ids=lambda r: r["words"][0])
def test_vague_amounts(row: dict[str, str]) -> None:
    [found] = quantities(row["example"])
    assert (found.low, found.high) == (row.get("low"), row.get("high"))
    assert found.approximate and found.made_by.rule == "vague"
    assert [q.exact for q in quantities(row["not"]) if q.made_by.rule == "vague"] == []


@pytest.mark.parametrize("row", DATA["modifiers"], ids=lambda r: r["gives"])
def test_modifiers(row: dict[str, str]) -> None:
    holds = HOLDS[row["gives"]]
    [found] = quantities(row["example"])
    assert holds(found), found
    others: list[Quantity] = quantities(row["not"])
    assert row["gives"] == "plain" or not any(holds(q) for q in others)
