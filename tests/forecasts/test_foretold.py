"""Forecasts that articles report: what sources said would happen."""

from __future__ import annotations

import pytest
from forecast_reading import body, comment, whole


def test_what_a_source_said_would_happen_is_foreseen_by_it() -> None:
    (found,) = body("Analysts said on Monday that the currency would collapse by spring.")
    assert found.exact == "the currency would collapse by spring"
    assert found.question == "Will the currency collapse by spring?"


def test_what_was_foretold_long_ago_or_promised_is_not_foreseen() -> None:
    assert body("Two years ago analysts said that the currency would collapse.") == []
    assert body("Analysts had said that the currency would collapse.") == []
    assert body("The prefect said that tankers would be sent to the villages.") == []


def test_words_of_time_end_before_the_full_stop() -> None:
    (found,) = body("Diplomats said the truce would collapse before the end of April.")
    assert found.due_words is not None and found.due_words.exact == "before the end of April"
    (found,) = body("The talks will collapse by Dec.")
    assert found.due_words is not None and found.due_words.exact == "by Dec."


def test_what_a_side_says_of_its_own_men_is_a_plan() -> None:
    assert body('"Our units will attack the ferry," the commander said.') == []
    assert body('"Their units will lose the ferry by May," the commander said.')


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("The town will fall within days, a rebel commander predicted on Monday.",
         "The town will fall within days", "a rebel commander"),
        ("Women and children will be let through, predicted a UN official in Zagreb.",
         "Women and children will be let through", "a UN official"),
        ("The world will have nine billion people in 2043, demographers at the bureau estimate.",
         "The world will have nine billion people in 2043", "demographers at the bureau"),
        ("BELVAR, June 20 - The town will fall within days, a rebel commander predicted.",
         "The town will fall within days", "a rebel commander"),
        ('"The crowds may thin out in a week, or they may not," said a diplomat.',
         "The crowds may thin out in a week", "a diplomat"),
    ],
)  # fmt: skip
def test_who_foretells_behind_the_words(text: str, words: str, who: str) -> None:
    found = whole(text)[0]
    assert found.proposition.exact == words
    assert found.forecaster.exact == who


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("There will be no war.", "negative"),
        ("The shrimpers will have no season this year.", "negative"),
        ("There will be no doubt about it by May.", "positive"),
        ("There will be war.", "positive"),
    ],
)
def test_no_war_is_negative(text: str, sign: str) -> None:
    assert [f.polarity for f in body(text)] == [sign]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("More snow is likely on Thursday, the weather office said.", "2024-01-11/2024-01-11"),
        ("Oil could go to seventy-five dollars on Monday.", "2024-01-15/2024-01-15"),
    ],
)
def test_a_day_that_something_can_come_on_is_the_next_one(text: str, due: str | None) -> None:
    assert [f.due for f in whole(text, "2024-01-10")] == [due]


@pytest.mark.parametrize(
    ("text", "words", "interval"),
    [
        ("They will not close it. Not a chance, the lobby won't have it.", "Not a chance", None),
        (
            "There will be a metre of snow by Thursday. Ninety percent.",
            "Ninety percent",
            (0.9, 0.9),
        ),
        ("Safe bet. They will be gone by Halloween.", "Safe bet", None),
        ("They will be gone by Halloween. Easy.", "Easy", None),
        ("I think bread will be at 1,100 in four years.", "I think", None),
    ],
)
def test_odds_that_stand_alone(
    text: str, words: str | None, interval: tuple[float, float] | None
) -> None:
    found = comment(text)[0]
    assert (found.probability_words.exact if found.probability_words else None) == words
    assert found.probability == interval
