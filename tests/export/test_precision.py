"""The crosswalks of how exact places and times are, into ACLED's and UCDP's codes."""

from __future__ import annotations

from typing import get_args

import pytest

from sayso.export import precision
from sayso.knowledge import tables
from sayso.model import edtf
from sayso.model.annotation import Precision


@pytest.mark.parametrize("name", get_args(Precision))
def test_every_class_of_place_has_its_codes(name: str) -> None:
    row = precision.of(name)
    assert row.acled in (1, 2, 3)
    assert row.ucdp in range(1, 8)
    assert row.radius_km > 0


@pytest.mark.parametrize(
    ("days", "acled", "ucdp"),
    [(1, 1, 1), (2, 2, 2), (6, 2, 2), (7, 2, 3), (8, 3, 4), (28, 3, 4), (31, 3, 4), (32, 3, 5),
     (365, 3, 5), (None, 3, 5)],
)  # fmt: skip
def test_times(days: int | None, acled: int, ucdp: int) -> None:
    assert (precision.acled_time(days), precision.ucdp_time(days)) == (acled, ucdp)


@pytest.mark.parametrize(
    "row", tables.load_csv("record", "time_precision.csv", required=("example",))
)
def test_the_example_of_each_class_is_of_it(row: dict[str, str]) -> None:
    first, last = edtf.bounds(row["example"])
    assert first
    assert last
    days = (last - first).days + 1
    assert precision.acled_time(days) == int(row["acled"])
    assert precision.ucdp_time(days) == int(row["ucdp"])
