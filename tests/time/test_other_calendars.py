"""Days of other calendars, and the days that many countries call by one name."""

from __future__ import annotations

from datetime import date

import pytest
from time_reading import draft_of, timexes, with_times

from sayso.model.annotation import Timex
from sayso.reading.timex_holidays import national_days
from sayso.reading.timex_otherdays import in_year, other_months
from sayso.reading.toponyms import Toponyms

DAYS = [
    ("rajab", 1440, 12, date(2019, 3, 19)),
    ("shawwal", 1443, 1, date(2022, 5, 2)),
    ("mordad", 1388, 20, date(2009, 8, 11)),
    ("bahman", 1357, 22, date(1979, 2, 11)),
    ("esfand", 1399, 30, date(2021, 3, 20)),
    ("iyar", 5708, 5, date(1948, 5, 14)),
    ("tishrei", 5784, 22, date(2023, 10, 7)),
    ("adar", 5782, 14, date(2022, 3, 17)),
    ("koiak", 1735, 29, date(2019, 1, 7)),
    ("meskerem", 2011, 1, date(2018, 9, 11)),
    ("ginbot", 1983, 20, date(1991, 5, 28)),
]


@pytest.mark.parametrize(("name", "year", "day", "wanted"), DAYS)
def test_a_day_of_another_calendar(name: str, year: int, day: int, wanted: date) -> None:
    month = other_months()[name]
    found = in_year(month, year, day)
    assert found is not None
    slack = 1 if month.calendar == "hijri" else 0
    assert abs((found - wanted).days) <= slack


@pytest.mark.parametrize(
    ("text", "exact", "value", "edtf"),
    [
        ("It is dated 12 Rajab 1440.", "12 Rajab 1440", "2019-03-19", "[2019-03-18..2019-03-20]"),
        ("They met on the 10th of Muharram.", "the 10th of Muharram", "2018-09-21",
         "[2018-09-20..2018-09-22]"),
        ("It was written in Shawwal 1439.", "Shawwal 1439", "2018-06-15",
         "2018-06-15~/2018-07-14~"),
        ("They voted on 20 Mordad 1388.", "20 Mordad 1388", "2009-08-11", "2009-08-11"),
        ("It was 5 Iyar 5708 for them.", "5 Iyar 5708", "1948-05-14", "1948-05-14"),
    ],
)  # fmt: skip
def test_its_doubt(text: str, exact: str, value: str, edtf: str) -> None:
    [found] = timexes(text, "2019-01-09")
    assert (found.exact, found.value, found.edtf) == (exact, value, edtf)


def test_without_a_day_of_writing_the_day_stays_open() -> None:
    [found] = timexes("They met on 12 Rajab.", None)
    assert (found.value, found.edtf) == ("XXXX-XX-XX", None)
    assert "Hijri" in (found.note or "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kenya will mark Independence Day with a parade in Nairobi.", "2019-12-12"),
        ("Troops marched through Ankara on Republic Day.", "2018-10-29"),
        ("The Estonian president spoke on Independence Day.", "2018-02-24"),
        ("Crowds met in Dhaka. They sang on Independence Day.", "2018-03-26"),
        ("He spoke on Independence Day.", "XXXX-XX-XX"),
        ("Indians and Nepalis met on Republic Day.", "XXXX-XX-XX"),
    ],
)
def test_a_national_day_is_that_of_the_country(text: str, value: str) -> None:
    draft = draft_of(text, "2019-01-09", parse=True)
    for mention in Toponyms().read(draft):
        draft.add(mention)
    assert [t.value for t in with_times(draft).of(Timex)] == [value]


def test_every_row_is_of_a_country_with_a_code() -> None:
    for days in national_days().values():
        assert all(len(code) == 2 and code.isupper() for code in days)
