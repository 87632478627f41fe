"""A part of what is counted is no probability, whatever the trained model takes it for."""

from __future__ import annotations

import pytest
from forecast_reading import body, comment

SHARES = [
    "At least one in five shops will close by May, the chamber said.",
    "Around 40 percent of the flats will be empty by May, the council said.",
    "Two in ten of the older bridges will have to close by May.",
]


@pytest.mark.parametrize("text", SHARES)
def test_a_share_is_no_probability(text: str) -> None:
    for found in [*body(text), *comment(text)]:
        assert found.probability is None
        assert found.probability_words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("There is a one in five chance that the shop will close by May.", "one in five chance"),
        ("The odds are one in five that he will win.", "one in five"),
        ("Nine times out of ten they will fold.", "Nine times out of ten"),
    ],
)
def test_odds_stay_odds(text: str, words: str) -> None:
    (found,) = comment(text)
    assert found.probability is not None
    assert words in found.probability_words.exact
