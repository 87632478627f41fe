"""TIMEX3 values to EDTF."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sayso.model import edtf
from sayso.reading.timex_calendar import make_day

_SEASON = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


def of_value(value: str | None) -> str | None:
    """The EDTF of a TIMEX3 value, or None where EDTF cannot say it (a bare duration, a set, a
    weekday of an unknown week) or the value names no day that exists."""
    if not value or value[0] == "P" or value.endswith("_REF") or value.startswith("BC"):
        return None
    if "/" in value:
        left, _, right = value.partition("/")
        first, last = of_value(left), of_value(right)
        return f"{first}/{last}" if first and last and "/" not in first + last else None
    text = _special(value) or _moment(value)
    return text if text and edtf.parse(text) else None


def _special(value: str) -> str | None:
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        return _week(int(found[1]), int(found[2]), bool(found[3]))
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return f"{found[1]}-{32 + int(found[2])}"
    if found := re.fullmatch(r"(\d{4})-H([12])", value):
        return f"{found[1]}-{39 + int(found[2])}"
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{found[1]}-{_SEASON[found[2]]}"
    if found := re.fullmatch(r"FY(\d{4})", value):
        return found[1] + "~"
    if re.fullmatch(r"\d{2,3}", value):
        return value + "X" * (4 - len(value))
    return None


def _week(year: int, week: int, weekend: bool) -> str | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    if monday > date.max - timedelta(7):
        return None
    return edtf.interval(monday + timedelta(5 if weekend else 0), monday + timedelta(6))


def _moment(value: str) -> str | None:
    day, _, clock = value.partition("T")
    if day in ("XXXX", "XXXX-XX", "XXXX-XX-XX"):
        return None
    if not clock:
        return day
    if clock == "NI" and (start := _date(day)):
        return edtf.interval(start, start + timedelta(1))
    if clock.startswith("24:00") and (start := _date(day)):
        return edtf.one_of(start, start + timedelta(1))
    found = re.fullmatch(r"(\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?", clock)
    if not found or not _date(day):
        return day
    return f"{day}T{found[1]}{found[2] or ':00'}{found[3] or ''}"


def _date(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    day = make_day(int(found[1]), int(found[2]), int(found[3])) if found else None
    return day if day and day < date.max else None


def part_of(text: str | None, part: str) -> str | None:
    """An early, middle or late part of a year, season, month or week as an approximate interval.

    `part` is one of early, beginning, start, turn, mid, middle, height, late, end, close. Thirds
    are meant; what has no bounds stays as it is.
    """
    first, last = edtf.bounds(text)
    if first is None or last is None or first == last:
        return text
    third = max(1, ((last - first).days + 1) // 3)
    if part in ("early", "beginning", "start", "turn"):
        last = first + timedelta(third - 1)
    elif part in ("late", "end", "close"):
        first = last - timedelta(third - 1)
    elif part in ("mid", "middle", "height"):
        first, last = first + timedelta(third), last - timedelta(third)
    else:
        return text
    return edtf.interval(first, last, "~")


def marked(text: str, mark: str) -> str:
    """The EDTF text with each end marked "?" or "~".

    Marks stand behind days, months and years only, since other readers of EDTF take them nowhere
    else: a doubtful time of day becomes its day, a season its first and last day, one day of a
    range an interval.
    """
    value = edtf.parse(text)
    if value is None:
        return text
    first, last = value.bounds()
    season = any(p and p.month.isdigit() and int(p.month) > 12 for p in (value.start, value.end))
    if first and last and (season or value.kind == "one-of"):
        return edtf.interval(first, last, mark)
    if value.kind == "point" and value.start and value.start.time and first:
        return edtf.of_day(first, mark)
    return str(value.qualified(mark))
