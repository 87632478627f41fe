"""Builders of calendar days: "January 6, 2019", "6/1/2019", "January 6", "the 14th"."""

from __future__ import annotations

import re

from sayso.model import edtf
from sayso.reading.timex_calendar import add_months, make_day, nearest
from sayso.reading.timex_context import Context, neighbours
from sayso.reading.timex_grammar import grammar
from sayso.reading.timex_meaning import (
    Meaning,
    builder,
    from_ref,
    group,
    month_of,
    number_of,
    weekday_of,
    year_of,
)
from sayso.reading.timex_parts import date_meaning

FAR = 120
"""Days from which the tense, not nearness, decides which year a bare "August 6" is of."""


def no_such_day(context: Context, month: int, day: int, year: int | None) -> Meaning:
    """For 31 February and its like: the words are kept, the value is open, the issue says why."""
    words = context.text[context.words[context.match.first].start :][:60].split("\n")[0]
    shown = f"{month}/{day}" + (f" of {year}" if year else "")
    return Meaning(
        "DATE",
        None,
        None,
        note=f"there is no day {shown} (month/day)",
        issue=("no-such-day", f"{words[:40]!r}: there is no day {shown} (month/day)"),
        confidence=0.5,
    )


@builder("iso")
def iso(context: Context) -> Meaning | None:
    text = group(context, "iso")[0].text.replace(" ", "T")
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
    if make_day(year, month, day) is None:
        return no_such_day(context, month, day, year)
    return Meaning("TIME" if "T" in text else "DATE", text)


@builder("slash")
def slash(context: Context) -> Meaning | None:
    """Numeric dates. Where both orders are possible and the day of writing does not decide, the
    value is open and the note gives both."""
    words = group(context, "slash")[0].text
    a, b, c = (int(p) for p in re.split(r"[/.-]", words))
    if a > 999:
        options = [(a, b, c)]
    elif re.match(r"\d{3}", words):
        return None
    else:
        year = c if c > 99 else (2000 if c < 70 else 1900) + c
        options = [(year, a, b), (year, b, a)] if "." not in words else [(year, b, a)]
    days = sorted({d for o in options for d in [make_day(*o)] if d})
    if not days:
        return None
    if len(days) == 1:
        return date_meaning(days[0].year, days[0].month, days[0].day)
    note = f"month and day are in either order: {days[0]} or {days[1]}"
    if context.ref.day:
        near = sorted(days, key=lambda d: abs((d - context.ref.day).days))  # type: ignore[operator]
        first = abs((near[0] - context.ref.day).days)
        if first <= 10 and abs((near[1] - context.ref.day).days) > 3 * (first + 3):
            found = date_meaning(near[0].year, near[0].month, near[0].day)
            return Meaning("DATE", found.value, note=note + "; the one near the day of writing")
    return Meaning(
        "DATE", f"{days[0].year:04}-XX-XX", edtf=f"{days[0].year:04}", note=note, confidence=0.5
    )


@builder("day")
def day(context: Context) -> Meaning | None:
    month, dom, weekday = month_of(context), number_of(context, "day"), weekday_of(context)
    if dom is None or not capital(context):
        return None
    year = year_of(context)
    if month is None:
        return _nth_of_month(context, dom, weekday)
    if year is not None:
        return _full_day(context, year, month, dom, weekday)
    if not edtf.valid_day("XXXX", f"{month:02}", f"{dom:02}"):
        return no_such_day(context, month, dom, None)
    return day_without_year(context, month, dom, weekday)


def capital(context: Context) -> bool:
    """False for "may 6", "5 march" in lower case, unless a preposition or an ordinal shows that a
    month is meant."""
    month = group(context, "month")
    if not month or month[0].text[0].isupper() or month[0].lower not in ("may", "march", "mar"):
        return True
    ordinal = any(w.kind == "ordinal" for w in group(context, "day"))
    return ordinal or context.word(-1) in neighbours("before_day")


def _full_day(
    context: Context, year: int, month: int, dom: int, weekday: int | None
) -> Meaning | None:
    found = make_day(year, month, dom)
    if found is None:
        return no_such_day(context, month, dom, year)
    meaning = date_meaning(year, month, dom)
    if weekday and found.isoweekday() != weekday:
        name = found.strftime("%A")
        return Meaning(
            "DATE",
            meaning.value,
            mark="?",
            note=f"{found} was a {name}; the text names another day of the week",
            issue=("date-contradiction", f"{found} was a {name}; the text names another weekday"),
            confidence=0.6,
        )
    return meaning


def day_without_year(context: Context, month: int, dom: int, weekday: int | None = None) -> Meaning:
    """ "January 6": of the year nearest to the day of writing, or of no known year.

    The sentence's tense decides only where the nearest is more than `FAR` days off; the weekday,
    if the text gives one, decides before anything else.
    """
    unknown = date_meaning(None, month, dom)
    if (shared := shared_year(context)) is not None and (found := make_day(shared, month, dom)):
        meaning = date_meaning(found.year, month, dom)
        return Meaning("DATE", meaning.value, note="the year that the sentence names")
    base = context.ref.about
    if base is None and context.ref.year is not None:
        found = make_day(context.ref.year, month, dom)
        if found:
            meaning = date_meaning(found.year, month, dom)
            note = "the page's year; it gives no day"
            return from_ref(context.ref, Meaning("DATE", meaning.value, mark="?", note=note))
    if base is None:
        note = "the year is not known: the page gives no date"
        if weekday:
            years = [y for y in range(1990, 2041) if _falls(y, month, dom, weekday)]
            shown = ", ".join(str(y) for y in years)
            note += f"; the weekday fits {shown}"
        return Meaning("DATE", unknown.value, note=note)
    days = [d for y in (-1, 0, 1) for d in [make_day(base.year + y, month, dom)] if d]
    if not days:  # 29 February away from a leap year
        return Meaning("DATE", unknown.value, note="no leap year is near the day of writing")
    if weekday:
        days = [d for d in days if d.isoweekday() == weekday] or days
    near = nearest(days, base, None)
    if near is not None and abs((near - base).days) > FAR:
        near = nearest(days, base, context.direction() or "past")
    assert near is not None
    others = ", ".join(str(d.year) for d in days if d != near)
    note = f"the year nearest to {base}" + (f"; not {others}" if others else "")
    return from_ref(
        context.ref, Meaning("DATE", date_meaning(near.year, month, dom).value, note=note)
    )


def shared_year(context: Context) -> int | None:
    """The year that a date beside it names: "from January 3 to January 9, 2017"; or that opens
    the sentence: "In 2014 they took the city, and on June 29 they ..."."""
    words, at = context.words, context.match.last
    if at < len(words) and words[at].lower in _JOINTS:
        ahead = words[at + 1 : at + 7]
        values = [
            w for w in ahead if w.kind == "number" and w.plain and 1000 <= (w.value or 0) <= 2299
        ]
        dated = any(grammar().value("MONTH", w) for w in ahead[:4])
        if dated and values and values[0].value is not None:
            return int(values[0].value)
    first = next((e for e in context.before[-4:] if e.end > words[0].start), None)
    opens = first is not None and first.given and first.end <= words[min(2, len(words) - 1)].end
    if opens and first is not None and re.match(r"\d{4}$", first.value):
        return int(first.value) if context.direction() != "future" else None
    return None


_JOINTS = frozenset(["to", "until", "till", "through", "and", "-", "–", "or", ","])


def _falls(year: int, month: int, dom: int, weekday: int) -> bool:
    found = make_day(year, month, dom)
    return found is not None and found.isoweekday() == weekday


def _nth_of_month(context: Context, dom: int, weekday: int | None) -> Meaning | None:
    """ "Monday the 7th": the month is the one near the day of writing in which it fits."""
    base = context.ref.day
    if base is None:
        return Meaning("DATE", f"XXXX-XX-{dom:02}", None, note="month and year are not known")
    around = [(base.year, base.month + k) for k in (-1, 0, 1)]
    days = [
        d
        for y, m in around
        for d in [make_day(y + (m - 1) // 12, (m - 1) % 12 + 1, dom)]
        if d and (weekday is None or d.isoweekday() == weekday)
    ]
    found = nearest(days, base, None)
    if found is None:
        return None
    return from_ref(context.ref, date_meaning(found.year, found.month, found.day))


@builder("agency_date")
def agency_date(context: Context) -> Meaning | None:
    """ "3 JAN 90", as agencies date their reports: the month in three capitals."""
    shown = group(context, "month")[0].text
    return day(context) if shown.isupper() and len(shown) == 3 else None


@builder("days")
def days(context: Context) -> Meaning | None:
    month, first, last = month_of(context), number_of(context, "day"), number_of(context, "day2")
    if month is None or first is None or last is None or first >= last or not capital(context):
        return None
    joined = {w.lower for w in context.words[context.match.first : context.match.last]}
    between = context.word(-1) == "between"
    if joined & {"and", "or", "&"} and last != first + 1 and not between:
        return None  # two days, not the days between
    year = year_of(context)
    if year is None:
        start = day_without_year(context, month, first)
        if start.value is None or start.value.startswith("XXXX"):
            left = f"XXXX-{month:02}-{first:02}"
            value = f"{left}/XXXX-{month:02}-{last:02}"
            return Meaning("DATE", value, note=start.note)
        year = int(start.value[:4])
    a, b = make_day(year, month, first), make_day(year, month, last)
    if a is None or b is None:
        return no_such_day(context, month, last, year)
    return Meaning("DATE", f"{a}/{b}")


@builder("nth")
def nth(context: Context) -> Meaning | None:
    """ "on the 14th", at the end of a phrase: of the month that the sentence looks to."""
    follows = context.words[context.match.last] if context.match.last < len(context.words) else None
    digits = group(context, "day")[0].text[0].isdigit()
    ends = follows is None or follows.text in ".,;:!?)"
    if context.word(-1) not in ("on", "by", "until", "since") or not digits or not ends:
        return None
    dom, base = number_of(context, "day"), context.ref.about
    if dom is None:
        return None
    if base is None:
        return Meaning("DATE", f"XXXX-XX-{dom:02}", None, note="month and year are not known")
    around = [add_months(base.year, base.month, k) for k in (-1, 0, 1)]
    days = [d for y, m in around for d in [make_day(y, m, dom)] if d]
    found = nearest(days, base, context.direction() or "past")
    return (
        from_ref(context.ref, date_meaning(found.year, found.month, found.day)) if found else None
    )
