"""Forecasts that articles report: what sources said would happen."""

from __future__ import annotations

from forecast_reading import body


def test_what_a_source_said_would_happen_is_foreseen_by_it() -> None:
    (found,) = body("Analysts said on Monday that the currency would collapse by spring.")
    assert found.exact == "the currency would collapse by spring"
    assert found.question == "Will the currency collapse by spring?"


def test_what_was_foretold_long_ago_or_promised_is_not_foreseen() -> None:
    assert body("Two years ago analysts said that the currency would collapse.") == []
    assert body("Analysts had said that the currency would collapse.") == []
    assert body("The prefect said that tankers would be sent to the villages.") == []
