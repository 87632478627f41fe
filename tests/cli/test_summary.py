"""What a person at a terminal is shown of a page."""

import io

import pytest
from rich.console import Console
from tests.events.reading import read

from sayso.cli import summary
from sayso.service import words


def shown(text: str) -> str:
    out = io.StringIO()
    summary.show(Console(file=out, width=100), read(text, "2024-03-12"))
    return " ".join(out.getvalue().split())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The river office said the Sall will probably crest on Friday.", "· “probably” ("),
        ("The dam will burst on Friday.", "· unhedged · due"),
        ("The Sall may crest on Friday, the river office warned.", "· “may” ("),
    ],
)
def test_a_forecast_is_shown_with_the_words_that_say_how_sure(text: str, line: str) -> None:
    found = shown(text)
    assert line in found, found
    assert "due 2024-03-15 (“on Friday”)" in found


@pytest.mark.parametrize(
    ("interval", "told"),
    [
        (None, "no date given"),
        ("2024-03-15", "2024-03-15"),
        ("2024-03-15/2024-03-15", "2024-03-15"),
        ("2024-03-15/2024-05-31", "2024-03-15 to 2024-05-31"),
        ("../2024-05-31", "by 2024-05-31"),
        ("2024-03-15/..", "from 2024-03-15"),
        ("2019-01-06/2019-01-16~", "2019-01-06 to about 2019-01-16"),
        ("XXXX-01-09/XXXX-01-11?", "01-09 to perhaps 01-11, year not said"),
        ("XXXX-01-09", "01-09, year not said"),
        ("2019-22/2019-22", "2019-22"),
    ],
)
def test_a_due_date_for_people(interval: str | None, told: str) -> None:
    assert words.due(interval) == told
