"""What a relative time is counted from: the page, the comment, another time, or nothing."""

from __future__ import annotations

import edtf as other_reader
import pytest
from time_reading import NoParser, timexes, with_times

from sayso.model.annotation import Timex
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft

ARTICLE, COMMENT = "They left yesterday.", "They left last night, and will be back tomorrow."


def thread(published: str | None, commented: str | None) -> list[Timex]:
    text = f"{ARTICLE}\n\n{COMMENT}"
    parts = (
        Part(id="p1", kind="body", start=0, end=len(ARTICLE)),
        Part(
            id="p2",
            kind="comment",
            start=len(ARTICLE) + 2,
            end=len(text),
            published=commented,
            depth=1,
        ),
    )
    document = Document(id="d", text=text, parts=parts, published=published)
    return with_times(Draft(document, NoParser())).of(Timex)


def test_a_comment_counts_from_its_own_day() -> None:
    found = thread("2019-01-07", "2019-01-09T00:30:00+03:00")
    assert [t.edtf for t in found] == ["2019-01-06", "2019-01-08/2019-01-09", "2019-01-10"]
    assert {t.anchor for t in found} == {"published"}


def test_a_comment_without_a_day_borrows_the_article_s() -> None:
    found = thread("2019-01-07", None)
    assert [t.edtf for t in found] == ["2019-01-06", "2019-01-06?/2019-01-07?", "2019-01-08?"]
    assert found[0].note is None and "no date of its own" in str(found[1].note)


def test_a_comment_with_a_day_under_an_article_without() -> None:
    found = thread(None, "2019-01-09")
    assert [t.edtf for t in found] == [None, "2019-01-08/2019-01-09", "2019-01-10"]
    assert [t.anchor for t in found] == [None, "published", "published"]


def test_doubt_about_the_page_s_day_is_carried_on() -> None:
    [found] = timexes(ARTICLE, "2019-01-07?")
    assert found.edtf == "2019-01-06?"


def test_a_day_of_an_unknown_year_still_counts() -> None:
    [found] = timexes(ARTICLE, "XXXX-01-07")
    assert found.edtf == "XXXX-01-06"


@pytest.mark.parametrize(
    ("text", "edtf"), [("It fell on December 25.", "2018-12-25"), ("It fell in May.", "2018-05")]
)
def test_a_page_dated_to_the_month_settles_years(text: str, edtf: str) -> None:
    [found] = timexes(text, "2019-01")
    assert found.edtf == edtf


def test_hours_need_a_clock() -> None:
    [found] = timexes("It fell two hours ago.", "2019-01-07T01:30:00Z")
    assert found.value == "2019-01-06T23:30"
    [found] = timexes("It fell two hours ago.", "2019-01-07")
    assert found.edtf == "[2019-01-06..2019-01-07]"


def test_the_last_day_spoken_of_is_the_anchor_of_a_day_earlier() -> None:
    first, second = timexes("It fell on May 3, 2016. They had left a day earlier.", "2019-01-07")
    assert (second.edtf, second.anchor) == ("2016-05-02", first.id)


def test_a_stretch_counted_from_the_page_covers_days() -> None:
    [found] = timexes("Ten died in the past two weeks.", "2019-01-15")
    assert (found.type, found.value, found.edtf) == ("DURATION", "P2W", "2019-01-01/2019-01-15")
    [found] = timexes("Ten died in two weeks.", "2019-01-15")
    assert found.edtf is None


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It fell at noon.", "2019-01-09?"),
        ("It fell last summer.", "2018-06-01?/2018-08-31?"),
        ("It fell at midnight.", "2019-01-09?/2019-01-10?"),
        ("It fell last month.", "2018-12?"),
    ],
)
def test_doubt_stands_only_where_other_readers_take_it(text: str, edtf: str) -> None:
    [found] = timexes(text, "2019-01-09?")
    assert found.edtf == edtf
    assert other_reader.parse_edtf(edtf) is not None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "words", ["last Monday", "next Friday", "this week", "last night", "Purim"]
)
def test_the_edges_of_the_calendar(day: str, words: str) -> None:
    for found in timexes(f"It fell {words}.", day):
        assert found.exact in words
