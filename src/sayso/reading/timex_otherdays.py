"""Days of calendars other than the Gregorian: "12 Rajab 1440", "20 Mordad 1388", "5 Iyar 5708".

Hijri days are worked out by the tabular calendar, and the sighting of the moon may move them by a
day either way: their EDTF is one of three days. Hebrew, Persian, Coptic and Ethiopian days are
exact (a Hebrew day begins on the evening before). Without a year the one nearest to the day of
writing is meant, as for feasts; without a day of writing the day stays open.
After Reingold & Dershowitz, Calendrical Calculations (2018).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_csv, where
from sayso.model import edtf
from sayso.reading import timex_calendar as calendars
from sayso.reading.timex_calendar import nearest
from sayso.reading.timex_context import Context
from sayso.reading.timex_meaning import Meaning, builder, from_ref, group, number_of

_FILE = ("lang", "en", "time_calendars.csv")
_COPTIC_EPOCH = 103605  # 29 August 284, Julian, as a proleptic Gregorian ordinal
_ETHIOPIAN_EPOCH = 2796  # 29 August 8, Julian
_OFFSETS = {"hijri": 622, "persian": 621, "hebrew": -3761, "coptic": 283, "ethiopian": 7}
MOON = timedelta(1)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of another calendar: its everyday name, its calendar, its number from 1."""

    name: str
    calendar: str
    number: int


@cache
def other_months() -> dict[str, Month]:
    """Lower-cased names with plain apostrophes. Raises KnowledgeError naming the line."""
    out: dict[str, Month] = {}
    for row in load_csv(*_FILE, required=("name", "calendar", "month")):
        if row["calendar"] not in _DAYS:
            raise KnowledgeError(f"{where(*_FILE)}:{row[LINE]}: unknown calendar")
        month = Month(row["name"], row["calendar"], int(row["month"]))
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            out[name.lower()] = month
    return out


def _hijri(year: int, month: int, day: int) -> date | None:
    return _of_ordinal(calendars.hijri_ordinal(year, month, day))


def _coptic(year: int, month: int, day: int) -> date | None:
    return _of_ordinal(_COPTIC_EPOCH + _egyptian(year, month, day))


def _ethiopian(year: int, month: int, day: int) -> date | None:
    return _of_ordinal(_ETHIOPIAN_EPOCH + _egyptian(year, month, day))


def _egyptian(year: int, month: int, day: int) -> int:
    """Days since the epoch: twelve months of 30 days, and five or six days more."""
    return 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1


def _hebrew(year: int, month: int, day: int) -> date | None:
    turn = calendars.hebrew(year - 3761, 7, 1)[0]
    around = [d for y in (turn.year, turn.year + 1) for d in calendars.hebrew(y, month, day)]
    return next((d for d in around if turn <= d < turn + timedelta(386)), None)


def _of_ordinal(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None


_DAYS: dict[str, Callable[[int, int, int], date | None]] = {
    "hijri": _hijri, "hebrew": _hebrew, "persian": calendars.persian_day, "coptic": _coptic,
    "ethiopian": _ethiopian,
}  # fmt: skip
"""For each calendar: the day of a year, a month and a day of its own."""
_YEARS = {
    "hijri": range(1, 1601), "hebrew": range(4000, 6500), "persian": range(1250, 1500),
    "coptic": range(1, 1900), "ethiopian": range(1200, 2100),
}  # fmt: skip
"""The years of its own that a calendar is read with."""


def in_year(month: Month, year: int, day: int) -> date | None:
    """The day of that month in a year of its own calendar; None where there is none."""
    found = year in _YEARS[month.calendar]
    return _DAYS[month.calendar](year, month.number, day) if found else None


def near_year(month: Month, year: int, day: int) -> list[date]:
    """The days of that month that fall in a Gregorian year or in the ones beside it."""
    guess = year - _OFFSETS[month.calendar]
    if month.calendar == "hijri":
        guess = guess * 33 // 32
    days = (in_year(month, y, day) for y in range(guess - 3, guess + 5))
    return [d for d in days if d is not None and abs(d.year - year) < 2]


@builder("other_day")
def other_day(context: Context) -> Meaning | None:
    words = group(context, "cal")
    month = other_months().get(words[0].lower.replace("’", "'")) if words else None
    if month is None or not words[0].text[0].isupper():
        return None
    dom, year = number_of(context, "day"), number_of(context, "year")
    if year is not None and year < 1000:
        return None  # "12 Rajab 40 men came"
    if dom is not None and not 1 <= dom <= (31 if month.calendar == "persian" else 30):
        return None
    first = _first(context, month, dom or 1, year)
    shown = f"{month.name}, a month of the {month.calendar.capitalize()} calendar"
    if first is None:
        return Meaning("DATE", "XXXX-XX-XX", None, note=f"{shown}; the year is not known")
    meaning = _day(month, first, shown) if dom else _month(month, first, shown)
    return meaning if year is not None else from_ref(context.ref, meaning)


def _first(context: Context, month: Month, day: int, year: int | None) -> date | None:
    """The day meant, of the year given, else the nearest to the day of writing."""
    if year is not None and month.calendar != "ethiopian" and 1900 <= year <= 2100:
        return next((d for d in near_year(month, year, day) if d.year == year), None)
    if year is not None:
        return in_year(month, year, day)
    base = context.ref.about
    if base is None:
        return None
    return nearest(near_year(month, base.year, day), base, context.direction())


def _day(month: Month, day: date, shown: str) -> Meaning:
    if month.calendar == "hijri":
        text = edtf.one_of(day - MOON, day + MOON)
        note = f"{shown}, by its tables; the sighting of the moon may move it by a day"
        return Meaning("DATE", day.isoformat(), text, note=note, confidence=0.7)
    note = shown + ("; it begins on the evening before" if month.calendar == "hebrew" else "")
    return Meaning("DATE", day.isoformat(), note=note)


def _month(month: Month, first: date, shown: str) -> Meaning:
    """The whole month, from its first day to its thirtieth or so: marked approximate."""
    last = first + timedelta(30 if month.calendar == "persian" and month.number < 7 else 29)
    return Meaning("DATE", first.isoformat(), edtf.interval(first, last, "~"), note=shown)
