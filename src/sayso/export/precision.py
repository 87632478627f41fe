"""How exact places and times are, in the codes of ACLED and UCDP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.knowledge import tables


@dataclass(frozen=True, slots=True)
class Exactness:
    """One row of `precision.csv`: km, ACLED's 1-3, UCDP's 1-7."""

    radius_km: float
    acled: int
    ucdp: int


@cache
def _rows() -> dict[str, Exactness]:
    return {
        r["precision"]: Exactness(float(r["radius_km"]), int(r["acled"]), int(r["ucdp"]))
        for r in tables.load_csv("record", "precision.csv", required=("precision", "ucdp"))
    }


def of(precision: str | None) -> Exactness:
    """The codes of a place's precision; those of a country for what is not known."""
    return _rows().get(precision or "", _rows()["country"])


def span_days(first: str | None, last: str | None) -> int | None:
    """Days from the first to the last, both counted; None where either is open."""
    if not first or not last:
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


def acled_time(days: int | None) -> int:
    """1 a day, 2 within a week, 3 within a month or less exact."""
    if days == 1:
        return 1
    return 2 if days is not None and days <= 7 else 3


def ucdp_time(days: int | None) -> int:
    """1 a day, 2 two to six days, 3 a week, 4 within a month, 5 less exact."""
    if days is None:
        return 5
    if days == 1:
        return 1
    if days <= 6:
        return 2
    if days == 7:
        return 3
    return 4 if days <= 31 else 5
