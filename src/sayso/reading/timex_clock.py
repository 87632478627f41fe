"""Builders of times of day: clock times, mornings and nights."""

from __future__ import annotations

import re
from datetime import date

from sayso.model import edtf
from sayso.reading.timex_calendar import add_days, make_day
from sayso.reading.timex_context import Context, Ref
from sayso.reading.timex_days import day_without_year
from sayso.reading.timex_grammar import grammar
from sayso.reading.timex_meaning import (
    Meaning,
    builder,
    from_ref,
    group,
    low,
    month_of,
    number_of,
    weekday_of,
    year_of,
)
from sayso.reading.timex_weekdays import weekday_near


def _named_day(context: Context) -> tuple[str, Ref] | None:
    """The day that the words name beside the time of day, as a value, and what it is counted
    from."""
    ref = context.ref
    month = month_of(context) or month_of(context, "month2")
    dom = number_of(context, "day") or number_of(context, "monthday")
    if month is not None and dom is not None:
        year = year_of(context)
        if year is not None:
            found = make_day(year, month, dom)
            return (found.isoformat(), Ref(None, None, None)) if found else None
        meaning = day_without_year(context, month, dom)
        return (meaning.value, ref) if meaning.value else None
    weekday = weekday_of(context, "wd", "wd2")
    if weekday is not None:
        if ref.day is None:
            return f"XXXX-WXX-{weekday}", ref
        near = weekday_near(ref.day, weekday, "", context.direction())
        return near.isoformat(), ref
    word = low(context, "day") or low(context, "day2") or low(context, "this")
    if word in ("today", "yesterday", "tomorrow"):
        return _moved(ref, {"yesterday": -1, "tomorrow": 1}.get(word, 0)), ref
    return None


def _moved(ref: Ref, days: int) -> str:
    day = add_days(ref.day, days) if ref.day else None
    return day.isoformat() if day else "XXXX-XX-XX"


def _day(context: Context) -> tuple[str, Ref]:
    """The day of a time of day: named beside it, else the last one spoken of, else of writing."""
    named = _named_day(context)
    if named is not None:
        return named
    ref = context.base()
    if ref.day is not None:
        return ref.day.isoformat(), ref
    return ref.text if ref.text and len(ref.text) == 10 else "XXXX-XX-XX", ref


@builder("clock")
def clock(context: Context) -> Meaning | None:
    hour, minute = _hour(context)
    if hour is None:
        return None
    value, ref = _day(context)
    zone = _zone(context)
    return from_ref(ref, Meaning("TIME", f"{value}T{hour:02}:{minute}{zone}"))


def _hour(context: Context) -> tuple[int | None, str]:
    words = group(context, "clock")
    if group(context, "military"):
        text = group(context, "military")[0].text
        return (int(text[:2]), text[2:]) if int(text[:2]) <= 24 else (None, "")
    if words:
        pieces = words[0].text.split(":")
        hour, minute = int(pieces[0]), ":".join(pieces[1:])
        if not group(context, "meridiem") and not _plausible_clock(context):
            return None, ""
    else:
        number = number_of(context, "hour")
        if number is None:
            return None, ""
        hour, minute = number, "00"
        if group(context, "minute"):
            minute = group(context, "minute")[0].text
    meridiem = group(context, "meridiem")
    part = low(context, "part")
    later = bool(meridiem) and grammar().value("MERIDIEM", meridiem[0]) == 12
    if meridiem and (hour > 12 or hour == 0) and not words:
        return None, ""
    spoken = (words or group(context, "minute") or group(context, "hour"))[-1:]
    if meridiem and spoken and meridiem[0].lower == "am" and meridiem[0].start > spoken[0].end + 1:
        return None, ""
    if later or part in ("afternoon", "evening", "night"):
        hour = hour + 12 if hour < 12 else hour
    elif meridiem and hour == 12:
        hour = 0
    return (hour, minute) if hour <= 24 else (None, "")


def _plausible_clock(context: Context) -> bool:
    """False for a score or a verse ("won 3:20", "John 3:16")."""
    if context.match.last - context.match.first > 1:
        return True
    text = group(context, "clock")[0].text
    return bool(re.match(r"\d\d:\d\d", text)) or context.word(-1) in (
        "at",
        "by",
        "until",
        "from",
        "to",
    )


def _zone(context: Context) -> str:
    words = group(context, "zone")
    offset = grammar().value("ZONE", words[0]) if words else None
    return "Z" if offset == 0 else ""


@builder("daypart")
def daypart(context: Context) -> Meaning | None:
    if low(context, "day") == "tonight":
        return from_ref(context.ref, Meaning("TIME", _moved(context.ref, 0) + "TNI"))
    words = group(context, "part")
    code = grammar().value("DAYPART", words[0]) or grammar().value("DAYPARTS", words[0])
    if words[0].lower == "overnight":
        return _night_before(context)
    if words[0].lower == "hours":
        code = "MO"  # "the early hours of Monday"
    if code is None or not _plausible_part(context, words[0].text):
        return None
    this = low(context, "this")
    if this == "last":
        return from_ref(context.ref, Meaning("TIME", f"{_moved(context.ref, -1)}T{code}"))
    if this == "this":
        return from_ref(context.ref, Meaning("TIME", f"{_moved(context.ref, 0)}T{code}"))
    value, ref = _day(context)
    if this in ("next", "following") and ref.day:
        value = _moved(ref, 1)
    elif this in ("previous", "before"):
        if this == "before" and context.word(1) not in ("", ".", ",", ";"):
            return None
        value = _moved(ref, -1) if ref.day else edtf.shift(value, -1) or value
    return from_ref(ref, Meaning("TIME", f"{value}T{code}"))


def _night_before(context: Context) -> Meaning:
    """ "overnight": the night that ends on the day spoken of, or the day of writing."""
    ref = context.base()
    day: date | None = ref.day
    before = add_days(day, -1) if day and ref.anchor == "published" else day
    value = f"{before.isoformat()}TNI" if before else "XXXX-XX-XXTNI"
    return from_ref(ref, Meaning("TIME", value))


def _plausible_part(context: Context, word: str) -> bool:
    """False for a name ("the Night of the Long Knives") and a thing ("the dawn raid")."""
    if word[:1].isupper() and context.match.first > 0 and not _named_day(context):
        return False
    return not (
        context.match.rule.name == "the-daypart" and context.word(1) in ("of", "sky", "watch")
    )
