"""Deadlines in words that hold no date: "before the week is out", "by morning", "around the 22nd".

Which words these are is data (`worded` in lang/en/time_deadlines.yaml): a pattern, and what its
group names: a unit of time that ends, a season, half of a year or month, a day, or so many days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.model import edtf
from sayso.reading.timex_calendar import add_days, add_months, clip_day, month_end
from sayso.reading.timex_context import Ref
from sayso.reading.timex_deadline_phrases import phrases

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF's numbers."""
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_FEW = {"hours": "PTXH", "days": "PXD", "weeks": "PXW", "months": "PXM", "years": "PXY"}
_LENGTHS = {"month": 1, "quarter": 3, "year": 12}
_WEEKS = {"first": 1, "second": 8, "third": 15}
"""The first day of a week of a month."""


@dataclass(frozen=True, slots=True)
class Worded:
    """One phrase: where it stands, its first day where it has one, its last day, how it is read."""

    start: int
    end: int
    first: str | None
    last: str
    note: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    days: int
    month: int
    day: int


@cache
def _rules() -> tuple[_Rule, ...]:
    rows = load_yaml("lang", "en", "time_deadlines.yaml")["worded"]
    return tuple(
        _Rule(
            r["kind"],
            re.compile(r["pattern"], re.IGNORECASE),
            *(int(r.get(k, 0)) for k in ("days", "month", "day")),
        )
        for r in rows
    )


def worded(text: str, ref: Ref, start: int, end: int) -> list[Worded]:
    """The phrases of [start, end) that a day of writing dates; none without one."""
    out: list[Worded] = []
    if ref.day is None:
        return out
    for rule in _rules():
        for found in rule.pattern.finditer(text, start, end):
            span = found.span("words" if "words" in rule.pattern.groupindex else 0)
            if any(span[0] < w.end and w.start < span[1] for w in out):
                continue
            days = _days(rule, found, ref.day)
            if days is None or days[1] < ref.day:
                continue
            first = edtf.of_day(days[0]) if days[0] is not None else None
            note = f"{found.group()!r} counted from the day of writing"
            mark = "~" if rule.kind == "few" else ""
            out.append(Worded(*span, first, edtf.of_day(days[1]), note, mark))
    return sorted(out, key=lambda w: w.start)


def _days(rule: _Rule, found: re.Match[str], day: date) -> tuple[date | None, date] | None:
    of = found.groupdict().get("of", "").lower()
    before, by = _is_before(found), _is_by(found)
    if rule.kind == "month-day":
        to_the_day = by and not found.group().lower().startswith("come")
        return _on_the(int(of), day, before=before, by=to_the_day)
    if rule.kind == "half":
        return _between(day.year, 1 if of == "first" else 7, 1, 6, by)
    if rule.kind in ("half-month", "week-of"):
        half, month = rule.kind == "half-month", found["month"].lower()
        return _part_of_month(of, month, day, half=half, before=before, by=by)
    if rule.kind == "season-of":
        return _season_of(of, found["year"].lower(), day, before=before, by=by)
    if rule.kind == "season":
        return _season(of, day, before=before, by=by)
    last: date | None = None
    if rule.kind == "days":
        last = add_days(day, rule.days)
    elif rule.kind == "unit":
        last = _end_of(of, day)
    elif rule.kind == "few":
        last = add_days(day, phrases().few[_FEW[of]])
    elif rule.kind == "length":
        last = add_days(day, 7) if of == "week" else _months_on(day, _LENGTHS[of])
    elif rule.kind == "day-of-year":
        last = _next_of_year(rule.month, rule.day, day)
        last = add_days(last, -1) if last is not None and before else last
    return (None, last) if last is not None else None


def _months_on(day: date, months: int) -> date | None:
    return clip_day(*add_months(day.year, day.month, months), day.day)


def _next_of_year(month: int, number: int, day: date) -> date | None:
    here = date(day.year, month, number)
    ahead = here >= day and not month == day.month == 1  # "into the new year", said in January
    return here if ahead else clip_day(day.year + 1, month, number)


def _between(year: int, month: int, first: int, months: int, by: bool) -> tuple[date | None, date]:
    last = month_end(year, month + months - 1)
    return (None if by else date(year, month, first)), last


def _part_of_month(
    of: str, month: str, day: date, *, half: bool, before: bool, by: bool
) -> tuple[date | None, date] | None:
    """Half or a week of a month: the running one, the next one, or the next of that name."""
    year, number = day.year, day.month
    if month == "next month":
        year, number = add_months(year, number, 1)
    elif month in _MONTHS:
        number = _MONTHS.index(month) + 1
        year += number < day.month
    end = month_end(year, number)
    if half:
        low, high = (1, 15) if of == "first" else (16, end.day)
    else:
        low = _WEEKS.get(of, end.day - 6)
        high = low + 6
    return _stretch(date(year, number, low), date(year, number, high), before=before, by=by)


def _stretch(first: date, last: date, *, before: bool, by: bool) -> tuple[date | None, date] | None:
    if before:
        end = add_days(first, -1)
        return (None, end) if end is not None else None
    return (None if by else first), last


def _season_of(
    of: str, year: str, day: date, *, before: bool, by: bool
) -> tuple[date | None, date] | None:
    number = day.year + {"this year": 0, "next year": 1}.get(year, 2)
    first, last = edtf.bounds(f"{number:04}-{_SEASONS[of]}")
    if first is None or last is None:
        return None
    return _stretch(first, last, before=before, by=by)


def _is_before(found: re.Match[str]) -> bool:
    return found.group().lower().startswith("before")


def _is_by(found: re.Match[str]) -> bool:
    return (
        found.group()
        .lower()
        .startswith(("by", "until", "till", "come", "before", "into", "well into"))
    )


def _end_of(unit: str, day: date) -> date | None:
    """The last day of the running week (it ends on Sunday), month, quarter, year, decade or
    century."""
    if unit in ("week", "weekend"):
        return add_days(day, 6 - day.weekday())
    if unit == "month":
        return month_end(day.year, day.month)
    if unit == "quarter":
        return month_end(day.year, (day.month - 1) // 3 * 3 + 3)
    span = {"year": 1, "decade": 10, "century": 100}.get(unit)
    return date(day.year // span * span + span - 1, 12, 31) if span else day


def _on_the(number: int, day: date, *, before: bool, by: bool) -> tuple[date | None, date] | None:
    """The next day of a month with that number."""
    for months in range(3):
        year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
        found = clip_day(year, month, number)
        if found is None or found.day != number or found < day:
            continue
        last = add_days(found, -1) if before else found
        return (None if before or by else found, last) if last is not None else None
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
