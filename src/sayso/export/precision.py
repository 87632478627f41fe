"""How exact places and times are, in the codes of ACLED and UCDP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.errors import KnowledgeError
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


@dataclass(frozen=True, slots=True)
class TimeClass:
    """One row of `time_precision.csv`: a time that at most `days` days may hold (None: any number),
    in ACLED's 1-3 and UCDP's 1-5."""

    days: int | None
    acled: int
    ucdp: int


@cache
def time_classes() -> tuple[TimeClass, ...]:
    """The rows of `time_precision.csv`, in its order; the last one holds every time. Raises
    KnowledgeError, with file and line, where the rows do not say that."""
    name = ("record", "time_precision.csv")
    rows = tables.load_csv(*name, required=("acled", "ucdp"))
    out: list[TimeClass] = []
    for row in rows:
        try:
            days = int(row["days"]) if row.get("days") else None
            out.append(TimeClass(days, int(row["acled"]), int(row["ucdp"])))
        except ValueError as error:
            raise KnowledgeError(f"{tables.where(*name)}:{row[tables.LINE]}: {error}") from None
    growing = [c.days or 0 for c in out[:-1]]
    if not out or out[-1].days is not None or 0 in growing or growing != sorted(growing):
        raise KnowledgeError(f"{tables.where(*name)}: days must grow and the last row be open")
    return tuple(out)


def time_class(days: int | None) -> TimeClass:
    """The class of a time that so many days may hold; None where that is open or unknown."""
    rows = time_classes()
    if days is None:
        return rows[-1]
    return next(c for c in rows if c.days is None or days <= c.days)


def acled_time(days: int | None) -> int:
    """ACLED's time_precision."""
    return time_class(days).acled


def ucdp_time(days: int | None) -> int:
    """UCDP's date_prec."""
    return time_class(days).ucdp
