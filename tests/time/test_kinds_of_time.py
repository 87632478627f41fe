"""Every kind of time that a page may give, in one list: words, type, value, EDTF."""

from __future__ import annotations

import re

import pytest
from time_reading import timexes

WRITTEN = "2019-01-09"  # a Wednesday
CASES = [
    # full and partial dates
    ("They met on 6 January 2019.", [("6 January 2019", "DATE", "2019-01-06", "2019-01-06")]),
    ("The raid was in March 2018.", [("March 2018", "DATE", "2018-03", "2018-03")]),
    # weekdays, and what is counted from the day of writing or from another time
    ("They left on Tuesday.", [("Tuesday", "DATE", "2019-01-08", "2019-01-08")]),
    ("They left last night.", [("last night", "TIME", "2019-01-08TNI", "2019-01-08/2019-01-09")]),
    ("They left on January 3. It fell a day earlier.",
     [("January 3", "DATE", "2019-01-03", "2019-01-03"),
      ("a day earlier", "DATE", "2019-01-02", "2019-01-02")]),
    ("It comes in the upcoming few hours.",
     [("the upcoming few hours", "DURATION", "PTXH", None)]),
    # seasons, centuries, decades
    ("It began in the winter of 2018.", [("the winter of 2018", "DATE", "2018-WI", "2018-24")]),
    ("It was built in the 12th century.", [("the 12th century", "DATE", "11", "11XX")]),
    ("The 1990s were calm.", [("The 1990s", "DATE", "199", "199X")]),
    # durations, sets, ranges, "since"
    ("It lasted three weeks.", [("three weeks", "DURATION", "P3W", None)]),
    ("They meet every Friday.", [("every Friday", "SET", "XXXX-WXX-5", None)]),
    ("They meet twice a week.", [("twice a week", "SET", "P1W", None)]),
    ("It ran from 3 to 7 May 2018.",
     [("3 to 7 May 2018", "DATE", "2018-05-03/2018-05-07", "2018-05-03/2018-05-07")]),
    ("It ran from Sunday through Tuesday.",
     [("Sunday", "DATE", "2019-01-06", "2019-01-06"),
      ("Tuesday", "DATE", "2019-01-08", "2019-01-08")]),
    ("It ran from Monday to Friday.",
     [("Monday", "DATE", "2019-01-07", "2019-01-07"),
      ("Friday", "DATE", "2019-01-11", "2019-01-11")]),
    ("It fell in 2017-2018.", [("2017-2018", "DATE", "2017/2018", "2017/2018")]),
    ("It has raged since 2011.", [("2011", "DATE", "2011", "2011")]),
    # religious and national calendars
    ("They gathered on Orthodox Christmas.",
     [("Orthodox Christmas", "DATE", "2019-01-07", "2019-01-07")]),
    ("They fasted during Ramadan.",
     [("Ramadan", "DATE", "2018-05-16", "2018-05-16~/2018-06-14~")]),
    ("They will fast during Ramadan.",
     [("Ramadan", "DATE", "2019-05-06", "2019-05-06~/2019-06-04~")]),
    ("They met on Hanukkah.", [("Hanukkah", "DATE", "2018-12-03", "2018-12-03/2018-12-10")]),
    ("They will meet at Nowruz.", [("Nowruz", "DATE", "2019-03-21", "2019-03-21~")]),
    ("They met on Ukraine's Independence Day.",
     [("Ukraine's Independence Day", "DATE", "2018-08-24", "2018-08-24")]),
    ("It was Bastille Day.", [("Bastille Day", "DATE", "2018-07-14", "2018-07-14")]),
    # a feast that no calendar here works out: the days it may fall on, not one of them
    ("They will meet at Lunar New Year.",
     [("Lunar New Year", "DATE", "2019", "[2019-01-21..2019-02-20]")]),
    ("They met on Diwali.", [("Diwali", "DATE", "2018", "[2018-10-15..2018-11-14]")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_kind(text: str, wanted: list[tuple[str, str, str, str | None]]) -> None:
    found = timexes(text, WRITTEN)
    assert [(t.exact, t.type, t.value, t.edtf) for t in found] == wanted


def test_what_each_was_counted_from() -> None:
    left, fell = timexes("They left on January 3. It fell a day earlier.", WRITTEN)
    assert left.anchor == "published"
    assert fell.anchor == left.id


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_without_a_day_of_writing_no_year_is_invented(text: str, wanted: object) -> None:
    del wanted
    if re.search(r"\d{4}|century", text):
        return  # the words give the year
    for found in timexes(text, None):
        assert found.edtf is None or found.edtf.startswith("XXXX"), found
        assert found.value is None or not found.value[:4].isdigit(), found
