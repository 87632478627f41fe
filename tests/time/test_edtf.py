"""What Sayso writes as EDTF: read back, bounded, stepped, and accepted by another reader."""

from __future__ import annotations

from datetime import date

import edtf as other_reader
import pytest

from sayso.model import edtf

WRITTEN = {
    "2019-01-06": (date(2019, 1, 6), date(2019, 1, 6)),
    "2019-01": (date(2019, 1, 1), date(2019, 1, 31)),
    "2019": (date(2019, 1, 1), date(2019, 12, 31)),
    "2019-01-06?": (date(2019, 1, 6), date(2019, 1, 6)),
    "2019-02~": (date(2019, 2, 1), date(2019, 2, 28)),
    "2019-03-01%": (date(2019, 3, 1), date(2019, 3, 1)),
    "XXXX-01-06": (None, None),
    "201X": (date(2010, 1, 1), date(2019, 12, 31)),
    "20XX": (date(2000, 1, 1), date(2099, 12, 31)),
    "2019-XX": (date(2019, 1, 1), date(2019, 12, 31)),
    "2019-01-07/2019-02-13": (date(2019, 1, 7), date(2019, 2, 13)),
    "2019-01-07/..": (date(2019, 1, 7), None),
    "../2019-02-13": (None, date(2019, 2, 13)),
    "[2019-01-06..2019-01-13]": (date(2019, 1, 6), date(2019, 1, 13)),
    "2019-22": (date(2019, 6, 1), date(2019, 8, 31)),
    "2019-24": (date(2019, 12, 1), date(2020, 2, 29)),
    "2019-34": (date(2019, 4, 1), date(2019, 6, 30)),
    "2019-41": (date(2019, 7, 1), date(2019, 12, 31)),
    "2019-01-07T18:02:00+03:00": (date(2019, 1, 7), date(2019, 1, 7)),
    "XXXX-01-07/XXXX-02-13": (None, None),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_read_back(text: str) -> None:
    value = edtf.parse(text)
    assert value is not None
    assert str(value) == text
    assert value.bounds() == WRITTEN[text]


@pytest.mark.parametrize("text", WRITTEN)
def test_another_reader_accepts_it(text: str) -> None:
    assert other_reader.parse_edtf(text) is not None


@pytest.mark.parametrize(
    "text", ["2019-02-31", "2019-13", "X019", "2019-1-6", "yesterday", "", "[2019-01,2019-03]", "/"]
)
def test_none_for_what_is_not_written(text: str) -> None:
    assert edtf.parse(text) is None


@pytest.mark.parametrize(
    ("text", "days", "moved"),
    [
        ("2019-01-06", -1, "2019-01-05"),
        ("2019-01-06?", 1, "2019-01-07?"),
        ("XXXX-01-06", -1, "XXXX-01-05"),
        ("XXXX-01-07", 37, "XXXX-02-13"),
        ("XXXX-02-27", 3, None),
        ("2019-01", 1, None),
        ("9999-12-31", 1, None),
    ],
)
def test_shift(text: str, days: int, moved: str | None) -> None:
    assert edtf.shift(text, days) == moved


def test_overlap_is_unknown_where_a_year_is() -> None:
    assert edtf.overlap("2019-01", "2019-01-06") is True
    assert edtf.overlap("2019-01", "2019-02-01/..") is False
    assert edtf.overlap("XXXX-01-06", "2019-01-06") is None


def test_pages_dates_become_edtf() -> None:
    assert str(edtf.from_iso("2019-01-07T18:02:11.000Z")) == "2019-01-07T18:02:11.000Z"
    assert str(edtf.from_iso("20190107")) == "2019-01-07"
    assert str(edtf.from_iso("2019-01-07 18:02")) == "2019-01-07T18:02"
    assert edtf.from_iso("last Monday") is None
