"""Any text: no exception, words that match, EDTF that another reader accepts, no invented year."""

from __future__ import annotations

import re
from datetime import date

import edtf as other_reader
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from time_reading import draft_of, timexes, with_times

from sayso.model import edtf
from sayso.reading.timex_deadline import deadline

PIECES = [
    "January", "6", "2019", "31", "February", "last", "next", "week", "night", "a", "day",
    "earlier", "ago", "the", "end", "of", "by", "within", "37", "days", "from", "now", "two",
    "hundred", "and", "half", "million", "years", "'82", "1990s", "10:35", "p.m.", "Monday",
    "Ramadan", "Christmas", "quarter", "third", ",", ".", "-", "(", "2019-01-06", "6/1/2019",
    "0", "99999999999", "millennia", "BC", "\n", "every", "until", "few", "0800", "UTC", "9999",
    "this", "century", "1/2", "½", "Eid al-Adha", "January", "29", "tomorrow", "since",
]  # fmt: skip
DATES = st.one_of(
    st.none(),
    st.dates(min_value=date(1, 1, 1)).map(str),
    st.sampled_from(["2019", "2019-01", "XXXX-01-07", "2019-01-07?", "2019-01-07T23:50:00Z",
                     "9999-12-31", "0001-01-01", "2019-01-01/2019-01-03", "soon", "201X",
                     "../2019-01-07"]),
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join), st.text(max_size=200)
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, DATES)
def test_any_text(text: str, published: str | None) -> None:
    draft = with_times(draft_of(text, published))
    last = 0
    for timex in sorted((t for t in draft.annotations()), key=lambda t: t.start):
        assert text[timex.start : timex.end] == timex.exact
        assert timex.start >= last and timex.exact.strip() == timex.exact
        last = timex.end
        if timex.edtf is not None:  # type: ignore[union-attr]
            assert edtf.parse(timex.edtf) is not None  # type: ignore[union-attr]
    found = deadline(draft, 0, len(text)) if text else None
    if found is not None:
        assert text[found.words.start : found.words.end] == found.words.exact
        assert found.edtf is None or edtf.parse(found.edtf) is not None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join), DATES)
def test_no_year_is_invented(text: str, published: str | None) -> None:
    """A year in a value is in the text, or near the page's own."""
    known = {int(y) for y in re.findall(r"\d{4}", text)} | {1882, 1982, 2082}
    base = edtf.from_iso(published)
    low, high = base.bounds() if base else (None, None)
    if "ago" in text or "from" in text or "earlier" in text or "millennia" in text:
        return
    if "'82" in text:  # two digits leave the century to the day of writing
        return
    for timex in timexes(text, published):
        found = re.match(r"(\d{4})\b", timex.value or "")
        if not found:
            continue
        year = int(found[1])
        near = low is not None and high is not None and low.year - 2 <= year <= high.year + 2
        assert near or any(abs(year - y) <= 1 for y in known), (timex.exact, timex.value)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PIECES), st.sampled_from(PIECES), st.sampled_from(PIECES), st.dates())
def test_another_reader_accepts_the_edtf(a: str, b: str, c: str, published: date) -> None:
    for timex in timexes(f"They left {a} {b} {c} at last", str(published)):
        if timex.edtf is not None:
            assert other_reader.parse_edtf(timex.edtf) is not None


@pytest.mark.parametrize(
    "text",
    [
        "January " * 4000,
        "two " * 4000,
        "the end of " * 2000,
        "1, 2, 3, " * 2000,
        "9" * 9000,
        "LAST NIGHT THE ARMY " * 500,
        "a week and " * 2000,
        "Ramadan " * 2000,
        "昨夜 " * 2000,
    ],
    ids=lambda t: t[:12],
)
def test_hostile_length(text: str) -> None:
    assert all(text[t.start : t.end] == t.exact for t in timexes(text, "2019-01-07"))
