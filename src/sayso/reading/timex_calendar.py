"""Calendars: feasts to days, and the nearest of what comes back each week, month or year.

Gregorian days as `datetime.date`. Hijri by the tabular calendar, Hebrew by its fixed rules,
Easter by computus, all after Reingold & Dershowitz, Calendrical Calculations (2018); the Persian
new year as the day of the March equinox at Tehran by a fit that holds for 1900-2100.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal

Direction = Literal["past", "future"] | None

_ISLAMIC_EPOCH = date(622, 7, 19).toordinal()
_HEBREW_EPOCH = -1373427  # the day before 1 Tishri of year 1, as a proleptic ordinal


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None for one that does not exist (31 February, the year 0)."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def add_days(day: date, days: int) -> date | None:
    """The day that many days on; None outside the years 1 to 9999."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """(year, month) that many months on; the year may leave 1 to 9999."""
    total = year * 12 + month - 1 + months
    return total // 12, total % 12 + 1


def clip_day(year: int, month: int, day: int) -> date | None:
    """The day, or the month's last one where it is too short."""
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def nearest(days: Iterable[date], to: date, direction: Direction) -> date | None:
    """The day nearest to `to`; with a direction the nearest on that side, `to` itself included,
    unless there is none on that side."""
    found = sorted(days)
    if not found:
        return None
    if direction == "past":
        side = [d for d in found if d <= to]
    elif direction == "future":
        side = [d for d in found if d >= to]
    else:
        side = found
    return min(side or found, key=lambda d: abs((d - to).days))


def easter(year: int) -> date:
    """Western Easter Sunday of a Gregorian year (anonymous computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def pascha(year: int) -> date:
    """Orthodox Easter Sunday as a Gregorian day (Meeus; the gap of the Julian calendar added)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    gap = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(gap)


def hijri_ordinal(year: int, month: int, day: int) -> int:
    """The proleptic Gregorian ordinal of a day of the tabular Hijri calendar."""
    return (
        day + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
        + _ISLAMIC_EPOCH - 1
    )  # fmt: skip


def hijri(year: int, month: int, day: int) -> list[date]:
    """The days of a Gregorian year that are that day of the tabular Hijri calendar (0 to 2)."""
    guess = (year - 622) * 33 // 32
    ordinals = [hijri_ordinal(y, month, day) for y in range(guess - 1, guess + 4) if y > 0]
    days = [date.fromordinal(n) for n in ordinals if n > 0]
    return [d for d in days if d.year == year]


def _hebrew_leap(year: int) -> bool:
    return (7 * year + 1) % 19 < 7


def _hebrew_new_year(year: int) -> int:
    def elapsed(y: int) -> int:
        months = (235 * y - 234) // 19
        parts = 12084 + 13753 * months
        day = 29 * months + parts // 25920
        return day + 1 if (3 * (day + 1)) % 7 < 3 else day

    this, before, after = elapsed(year), elapsed(year - 1), elapsed(year + 1)
    shift = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return _HEBREW_EPOCH + this + shift


def hebrew(year: int, month: int, day: int) -> list[date]:
    """The days of a Gregorian year that are that day of the Hebrew calendar; month 1 is Nisan, 7
    Tishri, 12 the Adar in which Purim falls."""
    found = []
    for h in (year + 3760, year + 3761):
        start, length = _hebrew_new_year(h), _hebrew_new_year(h + 1) - _hebrew_new_year(h)
        long_heshvan, short_kislev = length % 10 == 5, length % 10 == 3
        lengths = {7: 30, 8: 30 if long_heshvan else 29, 9: 29 if short_kislev else 30, 10: 29,
                   11: 30, 12: 29, 1: 30, 2: 29, 3: 30, 4: 29, 5: 30, 6: 29}  # fmt: skip
        at = start
        for m in (7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6):
            if m == 12 and _hebrew_leap(h):
                at += 30  # the first Adar of a leap year
            if m == month:
                found.append(date.fromordinal(at + day - 1))
            at += lengths[m]
    return [d for d in found if d.year == year]


def nowruz(year: int) -> date:
    """The Persian new year's day: the equinox at Tehran, to the next day if after noon."""
    # Mean March equinox, Meeus 1991 table 27.B, in days; Tehran is 3.5 hours ahead of UTC.
    y = (year - 2000) / 1000
    jde = 2451623.80984 + 365242.37404 * y + 0.05169 * y * y - 0.00411 * y**3
    local = jde + 3.5 / 24
    ordinal = int(local + 0.5) - 1721425
    after_noon = (local + 0.5) % 1 >= 0.5
    return date.fromordinal(ordinal + int(after_noon))


def persian(year: int, month: int, day: int) -> list[date]:
    """That day of the Persian calendar in a Gregorian year: its first six months have 31 days, the
    next five 30, and the last one the rest of the year."""
    found = [persian_day(y - 621, month, day) for y in (year - 1, year)]
    return [d for d in found if d and d.year == year]


def persian_day(year: int, month: int, day: int) -> date | None:
    """The day of a year of the Persian calendar; None outside the years 1 to 9999."""
    before = (month - 1) * 31 if month < 8 else 186 + (month - 7) * 30
    return add_days(nowruz(year + 621), before + day - 1)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th Monday (1) to Sunday (7) of a month; -1 is the last."""
    if n > 0:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (n - 1))
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta((last.isoweekday() - weekday) % 7)


def feast(rule: str, year: int) -> list[date]:
    """The first days of a feast in a Gregorian year, by a rule of `time_holidays.csv`. Years
    outside 1583 to 4000 give none. Raises ValueError for a rule that is none."""
    if not 1583 <= year <= 4000:
        return []
    for prefix, sunday in (("easter", easter), ("pascha", pascha)):
        if rule.startswith(prefix):
            found = add_days(sunday(year), int(rule.removeprefix(prefix)))
            return [found] if found else []
    by_calendar: dict[str, Callable[[int, int, int], list[date]]] = {
        "hijri": hijri, "hebrew": hebrew, "persian": persian,
    }  # fmt: skip
    name, _, rest = rule.partition(" ")
    if name in by_calendar:
        month, _, day = rest.partition("/")
        return by_calendar[name](year, int(month), int(day))
    if rule.startswith("nth:"):
        of_month, weekday, n = (int(v) for v in rule[4:].split("/"))
        return [nth_weekday(year, of_month, weekday, n)]
    month, _, day = rule.removeprefix("within ").partition("-")
    fixed = make_day(year, int(month), int(day))
    return [fixed] if fixed else []
