"""Every rule finds its own example and leaves its counter-example alone."""

from __future__ import annotations

import pytest
from forecast_reading import body, comment

from sayso.reading.forecast_cues import may_forecast
from sayso.reading.forecast_lexicon import (
    ConditionRule,
    CueRule,
    DueRule,
    Guard,
    Hedge,
    condition_rules,
    cue_rules,
    due_rules,
    guards,
    hedges,
)
from sayso.reading.forms import FormRule, forms

pytestmark = pytest.mark.usefixtures("rules_alone")


@pytest.mark.parametrize("rule", cue_rules(), ids=lambda r: r.id)
def test_a_cue_finds_its_example(rule: CueRule) -> None:
    assert may_forecast(rule.example)
    assert rule.id in [f.made_by.rule for f in comment(rule.example)]


@pytest.mark.parametrize("rule", cue_rules(), ids=lambda r: r.id)
def test_a_cue_leaves_its_counter_example(rule: CueRule) -> None:
    assert comment(rule.counter) == []


@pytest.mark.parametrize("guard", guards(), ids=lambda g: g.id)
def test_a_guard_stops_its_example(guard: Guard) -> None:
    read = body if guard.parts == "body" else comment
    assert read(guard.example) == []


@pytest.mark.parametrize("guard", guards(), ids=lambda g: g.id)
def test_a_guard_lets_its_counter_example_pass(guard: Guard) -> None:
    read = body if guard.parts == "body" else comment
    assert read(guard.counter)


@pytest.mark.parametrize("hedge", hedges(), ids=lambda h: h.pattern.pattern[16:50])
def test_a_hedge_is_found_in_its_example(hedge: Hedge) -> None:
    found = comment(hedge.example)
    assert found
    words = found[0].probability_words
    assert words is not None
    assert hedge.pattern.search(hedge.example.lower().rstrip("."))
    if hedge.word:
        assert found[0].probability is not None


@pytest.mark.parametrize("rule", due_rules(), ids=lambda r: r.id)
def test_words_of_time_are_found_in_their_example(rule: DueRule) -> None:
    found = comment(rule.example)
    assert found
    words = found[0].due_words
    match = rule.pattern.search(rule.example.lower())
    assert words is not None
    assert match is not None
    assert words.exact.lower().startswith(match.group().strip().rstrip("."))


@pytest.mark.parametrize("rule", condition_rules(), ids=lambda r: r.id)
def test_a_condition_is_found_in_its_example(rule: ConditionRule) -> None:
    found = comment(rule.example)
    assert found
    assert found[0].condition is not None


@pytest.mark.parametrize(
    "form", forms("lang", "en", "forecasts", "forms.yaml").values(), ids=lambda f: f.id
)
def test_a_form_finds_its_example_and_leaves_its_counter_example(form: FormRule) -> None:
    assert form.pattern.search(form.example)
    assert not form.pattern.search(form.counter)
