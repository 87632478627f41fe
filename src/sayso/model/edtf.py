"""EDTF (ISO 8601-2:2019), as far as Sayso writes it: reading it back, its bounds, simple steps.

    2019-01-06          a day           2019-01~   approximate      2019-01?   uncertain
    XXXX-01-06          year unknown    201X       a decade         2019-XX    some month of 2019
    2019-24             winter          2019-33    first quarter    2019-40    first half
    2019-01-07/..       from that day on               [2019-01-06..2019-01-13]  one day of these
    2019-01-07T18:02:00+03:00   a moment

Codes 21-24 are seasons that depend on the hemisphere: their bounds are those of the north,
by meteorological months, and winter 2019 ends in February 2020. Sets of more than one range,
exponential years and significant digits are not read: `parse` gives None for them.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

_POINT = re.compile(
    r"(?P<year>[0-9X]{4})"
    r"(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?"
    r"(?P<time>T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    r"(?P<qualifier>[?~%])?\Z"
)

Kind = Literal["point", "interval", "one-of"]
Bounds = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Point:
    """One date as EDTF writes it. Year, month and day are text, since any digit may be `X`;
    month and day may be "". `time` starts with `T` or is ""; `qualifier` is "", "?", "~" or "%"."""

    year: str
    month: str = ""
    day: str = ""
    time: str = ""
    qualifier: str = ""

    def __str__(self) -> str:
        parts = [p for p in (self.year, self.month, self.day) if p]
        return "-".join(parts) + self.time + self.qualifier

    def bounds(self) -> Bounds:
        """The first and the last day that it can mean, inclusive; (None, None) for an unknown
        year."""
        if self.year == "XXXX":
            return None, None
        first = int(self.year.replace("X", "0"))
        last = int(self.year.replace("X", "9"))
        if not 1 <= first <= last <= 9999:
            return None, None
        if first != last or not self.month or "X" in self.month:
            return date(first, 1, 1), date(last, 12, 31)
        months = _MONTHS.get(int(self.month))
        if months:
            (y1, m1), (y2, m2) = months
            if first + y2 > 9999:
                return date(first + y1, m1, 1), None
            return date(first + y1, m1, 1), _month_end(first + y2, m2)
        month = int(self.month)
        if not self.day or "X" in self.day:
            return date(first, month, 1), _month_end(first, month)
        day = date(first, month, int(self.day))
        return day, day


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date, an interval, or one day of a range. An end of None is open (`..`)."""

    kind: Kind
    start: Point | None
    end: Point | None

    def __str__(self) -> str:
        if self.kind == "point":
            return str(self.start)
        left, right = str(self.start or ".."), str(self.end or "..")
        if self.kind == "interval":
            return f"{left}/{right}"
        return f"[{left if self.start else ''}..{right if self.end else ''}]"

    def bounds(self) -> Bounds:
        """The first and the last day that it can mean, inclusive; None where it is open or the
        year is unknown."""
        first = self.start.bounds()[0] if self.start else None
        last = self.end.bounds()[1] if self.end else None
        return first, last

    def qualified(self, qualifier: str) -> Edtf:
        """The same with its ends marked `?`, `~` or `%`; marks add up."""
        return Edtf(self.kind, _mark(self.start, qualifier), _mark(self.end, qualifier))

    @property
    def qualifier(self) -> str:
        """The mark of its ends: "", "?", "~" or "%"."""
        marks = {p.qualifier for p in (self.start, self.end) if p} - {""}
        if not marks:
            return ""
        return marks.pop() if len(marks) == 1 else "%"


# Month codes of ISO 8601-2: seasons, quarters, thirds, halves; (years on, month) first and last.
_MONTHS: dict[int, tuple[tuple[int, int], tuple[int, int]]] = {
    21: ((0, 3), (0, 5)),
    22: ((0, 6), (0, 8)),
    23: ((0, 9), (0, 11)),
    24: ((0, 12), (1, 2)),
    **{33 + n: ((0, 3 * n + 1), (0, 3 * n + 3)) for n in range(4)},
    **{37 + n: ((0, 4 * n + 1), (0, 4 * n + 4)) for n in range(3)},
    **{40 + n: ((0, 6 * n + 1), (0, 6 * n + 6)) for n in range(2)},
}


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _mark(point: Point | None, qualifier: str) -> Point | None:
    if point is None or not qualifier or point.qualifier == qualifier:
        return point
    both = "%" if point.qualifier else qualifier
    return Point(point.year, point.month, point.day, point.time, both)


def _point(text: str) -> Point | None:
    found = _POINT.match(text)
    if not found:
        return None
    year, month, day, time, mark = (found[g] or "" for g in _POINT.groupindex)
    if "X" in year and not re.fullmatch(r"[0-9]*X*", year):
        return None
    if time and not (day and (year + month + day).isdigit()):
        return None
    if month.isdigit() and not (1 <= int(month) <= 12 or int(month) in _MONTHS):
        return None
    if day and not valid_day(year, month, day):
        return None
    return Point(year, month, day, time, mark)


def valid_day(year: str, month: str, day: str) -> bool:
    """True if the day can exist: 29 February of an unknown year can, 31 of any February cannot.
    Digits may be `X`."""
    if not day.isdigit():
        return re.fullmatch(r"[0-3X]X", day) is not None
    if not month.isdigit():
        return month == "XX" and 1 <= int(day) <= 31
    if not 1 <= int(month) <= 12:
        return False
    leap = int(year) if year.isdigit() and int(year) >= 1 else 2000
    return 1 <= int(day) <= calendar.monthrange(leap, int(month))[1]


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf | None:
    """The EDTF text as an object, or None for what Sayso does not write (and for a day that does
    not exist). White space around it is allowed."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and ".." in text:
        left, right = text[1:-1].split("..", 1)
        return _pair("one-of", left, right)
    if "/" in text:
        left, right = text.split("/", 1)
        return _pair("interval", left, right)
    point = _point(text)
    return Edtf("point", point, point) if point else None


def _pair(kind: Kind, left: str, right: str) -> Edtf | None:
    start, end = _point(left), _point(right)
    if (start is None and left not in ("", "..")) or (end is None and right not in ("", "..")):
        return None
    if start is None and end is None:
        return None
    return Edtf(kind, start, end)


def bounds(text: str | None) -> Bounds:
    """The first and last day, inclusive, that an EDTF text can mean; (None, None) for None, an
    unknown year and text that is no EDTF."""
    value = parse(text) if text else None
    return value.bounds() if value else (None, None)


def day(text: str | None) -> date | None:
    """The one day that it means (marks ignored), or None if it means more than one."""
    first, last = bounds(text)
    return first if first is not None and first == last else None


def from_iso(text: str | None) -> Edtf | None:
    """An EDTF text, or an ISO 8601 date-time as pages give it (`2019-01-07 18:02`, `20190107`)."""
    if not text:
        return None
    text = text.strip()
    if re.fullmatch(r"[0-9]{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = re.match(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})", text)
    if found and parse(text.replace(" ", "T")) is None:
        text = found[1]
    return parse(text.replace(" ", "T") if found else text)


def of_day(value: date, qualifier: str = "") -> str:
    """`2019-01-06`, with a mark if one is given."""
    return value.isoformat() + qualifier


def interval(start: date | None, end: date | None, qualifier: str = "") -> str:
    """`2019-01-07/2019-02-13`; None is an open end."""
    left = of_day(start, qualifier) if start else ".."
    right = of_day(end, qualifier) if end else ".."
    return f"{left}/{right}"


def one_of(start: date, end: date) -> str:
    """`[2019-01-06..2019-01-13]`: one day of these; a day alone if they are the same."""
    return of_day(start) if start == end else f"[{of_day(start)}..{of_day(end)}]"


def shift(text: str, days: int) -> str | None:
    """A day of a known or unknown year moved by days, its mark kept; None for anything coarser.

    In an unknown year the move is made where no 29 February and no turn of the year is passed;
    otherwise the answer would depend on the year: None.
    """
    value = parse(text)
    if value is None or value.kind != "point" or value.start is None:
        return None
    point = value.start
    if not (point.month.isdigit() and point.day.isdigit()):
        return None
    if point.year == "XXXX":
        moved = {
            (d.month, d.day)
            for y in (2023, 2024)
            if valid_day(str(y), point.month, point.day)
            for d in [date(y, int(point.month), int(point.day)) + timedelta(days)]
        }
        if len(moved) != 1 or abs(days) > 330:
            return None
        month, dom = moved.pop()
        return str(Point("XXXX", f"{month:02}", f"{dom:02}", "", point.qualifier))
    if not point.year.isdigit():
        return None
    try:
        moved_day = date(int(point.year), int(point.month), int(point.day)) + timedelta(days)
    except (ValueError, OverflowError):
        return None
    return of_day(moved_day, point.qualifier)


def overlap(a: str | None, b: str | None) -> bool | None:
    """True if the two can mean the same day, False if not, None if either is unknown."""
    (a1, a2), (b1, b2) = bounds(a), bounds(b)
    if (a1 is None and a2 is None) or (b1 is None and b2 is None):
        return None
    low = max((d for d in (a1, b1) if d), default=date.min)
    high = min((d for d in (a2, b2) if d), default=date.max)
    return low <= high
