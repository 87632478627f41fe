"""Every rule finds its own example and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from sayso.reading.forecast_plain import plain
from sayso.reading.reply_lexicon import FIRST_CHARS, ActRule, act_rules


def found(rule: ActRule, text: str) -> bool:
    words = plain(text, 0, len(text)).text
    end = FIRST_CHARS if rule.where == "first" else len(words)
    return rule.pattern.search(words, 0, end) is not None


@pytest.mark.parametrize("rule", act_rules(), ids=lambda r: r.id)
def test_a_rule_finds_its_example(rule: ActRule) -> None:
    assert found(rule, rule.example)


@pytest.mark.parametrize("rule", act_rules(), ids=lambda r: r.id)
def test_a_rule_leaves_its_counter_example(rule: ActRule) -> None:
    assert not found(rule, rule.counter)
