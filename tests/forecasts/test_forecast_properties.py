"""No text breaks the stages, and every forecast says only what the text says."""

from __future__ import annotations

import time

from forecast_reading import comment, discussion, forecasts, replies
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reading.forecast_cues import may_forecast

PLAIN = "will won't they the army fall by May if unless Source? > 32.000 8 12 % no yes wrong 1. 2)"
MORE = 'going to might likely I you think that is was 4 weeks from now " “ ” 😀 ﷺ ЖЖ . , ... ? ;'
WORDS = st.sampled_from([*PLAIN.split(), *MORE.split(), "\n", ""])
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_gives_spans_that_match(first: str, second: str) -> None:
    doc = discussion(("Anna", None, first), ("Bo", "0", second), ("Anna", "1", first))
    for forecast in forecasts(doc):
        for span in (forecast.proposition, forecast.due_words, forecast.condition,
                     forecast.probability_words):  # fmt: skip
            assert span is None or doc.text[span.start : span.end] == span.exact
        assert forecast.proposition.exact.strip()
        assert forecast.probability is None or 0 <= forecast.probability[0] <= 1
        who = forecast.forecaster  # the writer, or somebody whom the words name
        named = who.exact is not None and doc.text[who.start : who.end] == who.exact
        assert who.part == forecast.part or named
    parts = {p.id for p in doc.parts}
    for reply in replies(doc):
        assert reply.from_part in parts
        assert reply.to_part in parts
        assert reply.to is None or doc.text[reply.to.start : reply.to.end] == reply.to.exact


def test_hostile_texts_take_bounded_time() -> None:
    started = time.process_time()
    for text in (
        "they will " * 2500,
        "if " * 5000 + "it will fall",
        "will" * 5000,
        "1\n" * 3000,
        "> " * 3000 + "they will fall",
        '"' * 6000 + " will",
        "THEY WILL ALL FALL BY MAY " * 200,
        "will 你好 будет " * 500,
        "a " * 5000,
    ):
        comment(text)
        replies(discussion(("A", None, text), ("B", "0", text)))
    assert time.process_time() - started < 60


def test_the_gate_is_open_for_what_a_rule_could_take_and_shut_for_the_rest() -> None:
    assert may_forecast("The bridge will fall.")
    assert may_forecast("They'll leave.")
    assert not may_forecast("The bridge fell on Monday.")
    assert not may_forecast("")
