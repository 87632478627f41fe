"""Steps from one day to another by units of time, and the value of the unit that holds a day."""

from __future__ import annotations

from datetime import date

from sayso.model import edtf
from sayso.reading.timex_calendar import add_days, add_months, clip_day
from sayso.reading.timex_context import Context, Ref
from sayso.reading.timex_meaning import Meaning, from_ref

BACK = frozenset(["last", "past", "previous", "preceding", "prior", "before", "earlier"])


ON = frozenset(["next", "coming", "following", "upcoming", "forthcoming", "after", "later"])


def week_value(day: date) -> str:
    """The ISO week of a day, `2019-W02`."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def unit_value(day: date, unit: str) -> str | None:
    """The day, week, month, quarter, year … that holds a day, as a TIMEX3 value."""
    if unit in ("D", "NI"):
        return day.isoformat()
    if unit == "W":
        return week_value(day)
    if unit == "WE":
        return week_value(day) + "-WE"
    if unit == "MO":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if unit == "Y":
        return f"{day.year:04}"
    if unit == "E":
        return f"{day.year:04}"[:3]
    if unit == "C":
        return f"{day.year:04}"[:2]
    return None


def moved(day: date, count: int, unit: str) -> date | None:
    """The day that many units on; months and years keep the day of the month where they can."""
    days = {"D": 1, "NI": 1, "W": 7, "F": 14, "WE": 7}.get(unit)
    if days:
        return add_days(day, days * count)
    months = {"MO": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}.get(unit)
    if months is None or abs(count) > 100000:
        return None
    year, month = add_months(day.year, day.month, months * count)
    return clip_day(year, month, day.day)


def unknown_year(context: Context, ref: Ref, days: int) -> Meaning | None:
    """A day counted from a day of an unknown year ("XXXX-01-06", a day earlier)."""
    text = edtf.shift(ref.text, days) if ref.text else None
    if text is None:
        return None
    return from_ref(ref, Meaning("DATE", text, mark=ref.mark))


def nowhere(
    context: Context, value: str, note: str = "the page gives no date to count from"
) -> Meaning:
    """A relative time with nothing to count from: the words stay, the value is open."""
    del context
    return Meaning("DATE", value, None, note=note, confidence=0.7)
