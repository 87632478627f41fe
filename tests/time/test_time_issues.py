"""Bad dates: an issue in words, never an exception, never an invented value."""

from __future__ import annotations

import pytest
from time_reading import draft_of, with_times

from sayso.model.annotation import Timex


def read(text: str, published: str | None = "2019-01-09") -> tuple[list[Timex], list[str]]:
    draft = with_times(draft_of(text, published))
    return draft.of(Timex), [issue.code for issue in draft.issues]


@pytest.mark.parametrize(
    "text",
    ["It fell on 31 February.", "It fell on February 31, 2018.", "Dated 2018-02-31 by hand."],
)
def test_a_day_that_does_not_exist(text: str) -> None:
    [found], issues = read(text)
    assert (found.value, found.edtf) == (None, None)
    assert found.note is not None and "no day" in found.note
    assert issues == ["no-such-day"]


def test_29_february_needs_a_leap_year() -> None:
    [found], issues = read("It fell on 29 February.", "2019-06-01")
    assert found.edtf == "2020-02-29" and not issues
    [found], issues = read("It fell on February 29, 2019.")
    assert found.edtf is None and issues == ["no-such-day"]
    [found], issues = read("It fell on 29 February.", None)
    assert found.edtf == "XXXX-02-29" and not issues


def test_a_weekday_that_does_not_fit() -> None:
    [found], issues = read("It fell on Monday, January 6, 2019.")
    assert found.edtf == "2019-01-06?"
    assert issues == ["date-contradiction"]


def test_a_past_that_lies_ahead_of_the_page() -> None:
    [found], issues = read("The town was lost on March 3, 2021.")
    assert found.edtf == "2021-03-03"
    assert issues == ["date-contradiction"]
    assert read("The town will vote on March 3, 2021.")[1] == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The fort was built on 3 May 1799.", "1799-05-03"),
        ("The fort was built in 1187.", "1187"),
        ("The lease ends on 1 July 2197.", "2197-07-01"),
        ("They will rest in 2150.", "2150"),
        ("The wall of 300 BC stands.", None),
    ],
)
def test_far_years(text: str, edtf: str | None) -> None:
    [found], issues = read(text)
    assert found.edtf == edtf
    assert not issues


def test_the_weekday_narrows_an_unknown_year() -> None:
    [found], _ = read("It fell on Sunday, January 6.", None)
    assert found.edtf == "XXXX-01-06"
    assert found.note is not None
    assert "2019" in found.note and "2018" not in found.note


def test_both_orders_of_a_numeric_date_stay_open() -> None:
    [found], _ = read("It fell on 3/4/2017 there.")
    assert found.edtf == "2017"
    assert found.note is not None and "2017-03-04 or 2017-04-03" in found.note


def test_a_dateline_is_counted_from_with_doubt() -> None:
    text = "Town falls\n\nJanuary 9, 2019\n\nTwo were killed yesterday, after a raid in December."
    found, _ = read(text, None)
    assert [t.edtf for t in found] == ["2019-01-09", "2019-01-08?", "2018-12?"]
    assert found[1].anchor == found[0].id


def test_an_agency_s_dateline() -> None:
    found, _ = read("PUERTO SOL, 3 FEB 89 (RADIO) -- TWO WERE KILLED YESTERDAY.", None)
    assert [t.edtf for t in found] == ["1989-02-03", "1989-02-02?"]


def test_a_month_above_a_text_is_no_dateline() -> None:
    text = "MAY 2021\n\nTwo were killed yesterday, and two on January 6."
    found, _ = read(text, None)
    assert [t.edtf for t in found] == ["2021-05", None, "XXXX-01-06"]


def test_a_day_inside_a_sentence_is_no_dateline() -> None:
    found, _ = read("On May 3, 2016 they fled.\nTwo were killed yesterday.", None)
    assert found[-1].edtf is None
