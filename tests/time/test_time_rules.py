"""Each time rule reads its own examples, and stays out of its counter-examples."""

from __future__ import annotations

import pytest
from time_reading import timexes

from sayso.reading.timex_grammar import rules

WEDNESDAY = "2019-01-09"
CASES = [(rule.name, case) for rule in rules() for case in rule.examples]
COUNTER = [(rule.name, text) for rule in rules() for text in rule.counter]


@pytest.mark.parametrize(
    ("rule", "case"), CASES, ids=lambda v: v if isinstance(v, str) else v["exact"]
)
def test_example(rule: str, case: dict[str, str]) -> None:
    found = timexes(case["text"], case.get("published", WEDNESDAY) or None)
    hits = [t for t in found if t.exact == case["exact"]]
    assert hits, f"{case['exact']!r} is not among {[t.exact for t in found]}"
    assert (hits[0].type, hits[0].value) == (case["type"], case["value"])
    assert hits[0].made_by.rule == rule


@pytest.mark.parametrize(("rule", "text"), COUNTER)
def test_counter_example(rule: str, text: str) -> None:
    assert [t.exact for t in timexes(text, WEDNESDAY) if t.made_by.rule == rule] == []
