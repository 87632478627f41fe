"""Deadlines in words that hold no date: "before the week is out", "by morning", "around the 22nd".

Which words these are is data (`worded` in lang/en/time_deadlines.yaml): a pattern, and what its
group names: a unit of time that ends, a season, half of a year, a day of a month, or so many days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.model import edtf
from sayso.reading.timex_calendar import add_days, clip_day, month_end
from sayso.reading.timex_context import Ref

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF's numbers."""


@dataclass(frozen=True, slots=True)
class Worded:
    """One phrase: where it stands, its first day where it has one, its last day, how it is read."""

    start: int
    end: int
    first: str | None
    last: str
    note: str


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    days: int


@cache
def _rules() -> tuple[_Rule, ...]:
    rows = load_yaml("lang", "en", "time_deadlines.yaml")["worded"]
    return tuple(
        _Rule(r["kind"], re.compile(r["pattern"], re.IGNORECASE), int(r.get("days", 0)))
        for r in rows
    )


def worded(text: str, ref: Ref, start: int, end: int) -> list[Worded]:
    """The phrases of [start, end) that a day of writing dates; none without one."""
    out: list[Worded] = []
    if ref.day is None:
        return out
    for rule in _rules():
        for found in rule.pattern.finditer(text, start, end):
            if any(found.start() < w.end and w.start < found.end() for w in out):
                continue
            days = _days(rule, found, ref.day)
            if days is None or days[1] < ref.day:
                continue
            first = edtf.of_day(days[0]) if days[0] is not None else None
            note = f"{found.group()!r} counted from the day of writing"
            out.append(Worded(*found.span(), first, edtf.of_day(days[1]), note))
    return sorted(out, key=lambda w: w.start)


def _days(rule: _Rule, found: re.Match[str], day: date) -> tuple[date | None, date] | None:
    if rule.kind == "days":
        last = add_days(day, rule.days)
    elif rule.kind == "unit":
        last = _end_of(found["of"].lower(), day)
    elif rule.kind == "half":
        low = 1 if found["of"].lower() == "first" else 7
        return date(day.year, low, 1), date(day.year, 6, 30) if low == 1 else date(day.year, 12, 31)
    elif rule.kind == "month-day":
        return _on_the(int(found["of"]), day, before=_is_before(found))
    else:
        return _season(found["of"].lower(), day, before=_is_before(found), by=_is_by(found))
    return (None, last) if last is not None else None


def _is_before(found: re.Match[str]) -> bool:
    return found.group().lower().startswith("before")


def _is_by(found: re.Match[str]) -> bool:
    return found.group().lower().startswith(("by", "until", "till", "come", "before"))


def _end_of(unit: str, day: date) -> date | None:
    """The last day of the running week (it ends on Sunday), month, quarter, year, decade."""
    if unit in ("week", "weekend"):
        return add_days(day, 6 - day.weekday())
    if unit == "month":
        return month_end(day.year, day.month)
    if unit == "quarter":
        return month_end(day.year, (day.month - 1) // 3 * 3 + 3)
    year = day.year if unit == "year" else day.year // 10 * 10 + 9
    return date(year, 12, 31) if unit in ("year", "decade") else day


def _on_the(number: int, day: date, *, before: bool) -> tuple[date | None, date] | None:
    """The next day of a month with that number."""
    for months in range(3):
        year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
        found = clip_day(year, month, number)
        if found is None or found.day != number or found < day:
            continue
        last = add_days(found, -1) if before else found
        return (None if before else found, last) if last is not None else None
    return None


def _season(name: str, day: date, *, before: bool, by: bool) -> tuple[date | None, date] | None:
    """The next end of a season of the north; before it, the day before it begins."""
    for year in (day.year - 1, day.year, day.year + 1):
        first, last = edtf.bounds(f"{year:04}-{_SEASONS[name]}")
        if first is None or last is None:
            continue
        if before and first > day:
            end = add_days(first, -1)
            return (None, end) if end is not None else None
        if not before and last >= day:
            return None if by else max(first, day), last
    return None
