"""Each rule of the lexicon is tested by its own example and counter-example."""

from __future__ import annotations

import pytest
from tests.events.reading import events

from sayso.reading.event_lexicon import Rule, lexicon

RULES = lexicon().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_example_gives_the_event(rule: Rule) -> None:
    assert rule.examples, "each rule carries an example"
    for text in rule.examples:
        found = [(e.event_type, e.mode, e.act, e.made_by.rule) for e in events(text)]
        # A result ("wounded") that tells an attack goes by the one name, with the other's mode.
        assert any(
            f[3] == rule.name
            or (rule.type and f[0] == rule.type and (rule.mode is None or f[1] == rule.mode))
            for f in found
        ), found


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_counter_example_gives_none(rule: Rule) -> None:
    assert rule.counter, "each rule carries a counter-example"
    for text in rule.counter:
        found = [(e.event_type, e.mode, e.exact, e.made_by.rule) for e in events(text)]
        assert not any(f[3] == rule.name for f in found), found
