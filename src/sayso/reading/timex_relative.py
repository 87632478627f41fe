"""Builders of what is counted from another time: weekdays, today, last week, three days ago."""

from __future__ import annotations

from datetime import date, timedelta

from sayso.model import edtf
from sayso.reading.timex_calendar import Direction, add_days, add_months, clip_day
from sayso.reading.timex_context import Context, Ref
from sayso.reading.timex_dates import date_meaning, parted
from sayso.reading.timex_grammar import grammar
from sayso.reading.timex_lengths import amount, period, unit_of
from sayso.reading.timex_meaning import (
    Meaning,
    builder,
    from_ref,
    group,
    low,
    weekday_of,
)

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


@builder("weekday")
def weekday(context: Context) -> Meaning | None:
    number, base = weekday_of(context), context.ref.day
    word = group(context, "wd")[0]
    if number is None or not _plausible_weekday(context, word.text):
        return None
    if base is None:
        return nowhere(context, f"XXXX-WXX-{number}", "which week is not known")
    this = low(context, "this").split(" ")[-1]
    found = _weekday_near(base, number, this, context.direction() if not this else None)
    follows = context.word(1) == "week" and low(context, "this")
    if follows:
        found = base
    return from_ref(context.ref, date_meaning(found.year, found.month, found.day))


def _weekday_near(base: date, number: int, this: str, direction: Direction) -> date:
    back = (base.isoweekday() - number) % 7
    if this in BACK:
        return base - timedelta(back or 7)
    if this in ON:
        return base + timedelta((number - base.isoweekday()) % 7 or 7)
    if this == "this":
        return base + timedelta(number - base.isoweekday())
    if direction == "future":
        return base + timedelta((number - base.isoweekday()) % 7)
    return base - timedelta(back)


def _plausible_weekday(context: Context, word: str) -> bool:
    """False for "Robinson met Man Friday", "the Sun", "Sat" at the start of a sentence."""
    name = word.lower()
    before = context.word(-1)
    if name in ("sun", "sat", "wed", "mon", "fri", "thu", "tue"):
        return before in ("on", "since", "until", "by", "last", "next", "this", "(", ",") and not (
            name == "sun" and before in ("this", "(", ",")
        )
    follows = context.word(1)
    after = context.words[context.match.last] if context.match.last < len(context.words) else None
    if before == "the" and after is not None and after.text[:1].isupper():
        return False  # the Sunday Post
    return not (
        before in ("black", "bloody", "super", "good", "palm", "man", "ash") or follows == "times"
    )


@builder("weekday_of_week")
def weekday_of_week(context: Context) -> Meaning | None:
    number, base = weekday_of(context), context.ref.day
    if number is None:
        return None
    if base is None:
        return nowhere(context, f"XXXX-WXX-{number}", "which week is not known")
    weeks = {"last": -1, "next": 1}.get(low(context, "this"), 0)
    found = add_days(base, 7 * weeks + number - base.isoweekday())
    if found is None:
        return None
    return from_ref(context.ref, date_meaning(found.year, found.month, found.day))


@builder("dayref")
def dayref(context: Context) -> Meaning | None:
    word = group(context, "day")[0]
    step = int(grammar().value("DAYREF", word))
    if context.match.rule.options.get("step"):
        step *= 2
    base = context.ref.day
    if base is None:
        return unknown_year(context, context.ref, step) or nowhere(context, "XXXX-XX-XX")
    found = add_days(base, step)
    if found is None:
        return None
    return from_ref(context.ref, date_meaning(found.year, found.month, found.day))


@builder("relative_unit")
def relative_unit(context: Context) -> Meaning | None:
    """ "last week", "this month", "the previous year", "the end of next year"."""
    unit = unit_of(context)
    this = low(context, "this").split(" ")[-1]
    if unit is None or unit in ("S", "M", "H", "F", "L") or (unit == "NI" and this != "previous"):
        return None
    noun = group(context, "unit")[0].text
    if noun[0].isupper() and noun[1:].islower() and context.match.first > 0:
        return None  # a programme or a paper: "Last Week Tonight"
    ref = context.ref
    if this in ("previous", "preceding", "following", "before", "after", "prior") and unit != "C":
        ref = _same_grain(context, unit) or ref
    base = ref.day
    step = -1 if this in BACK else 1 if this in ON else 0
    if context.match.rule.name == "before-last":
        step = -2
    if unit == "E":
        return _decade(context, step)
    if base is None:
        return _without_day(context, ref, unit, step)
    if unit == "Q" and this == "latest":
        step = -1 if (base.month - 1) % 3 == 0 else 0
    if unit == "WE" and step == 0 and base.isoweekday() <= 5 and context.direction() == "past":
        step = -1
    found = moved(base, step, unit)
    value = unit_value(found, unit) if found else None
    return parted(context, from_ref(ref, Meaning("DATE", value))) if value else None


def _same_grain(context: Context, unit: str) -> Ref | None:
    """For "the previous year": the last year (month, week …) that the text spoke of."""
    shapes = {"Y": ("dddd",), "MO": ("dddd-dd",), "Q": ("dddd-Qd",)}.get(unit, ())
    earlier = context.last_value(*shapes) if shapes else None
    if earlier is None:
        return context.last_day() if unit in ("D", "W", "NI") else None
    first, _ = edtf.bounds(earlier.text)
    return Ref(earlier.id, earlier.value, first, earlier.mark) if first else None


def _decade(context: Context, step: int) -> Meaning | None:
    if step < 0:
        return Meaning("DURATION", "P10Y", None)
    year = context.ref.year
    if year is None:
        return None
    return from_ref(context.ref, Meaning("DATE", str(year // 10 + step)))


def _without_day(context: Context, ref: Ref, unit: str, step: int) -> Meaning | None:
    year = ref.year
    if unit == "Y" and year is not None:
        return parted(context, from_ref(ref, Meaning("DATE", f"{year + step:04}")))
    month = (ref.text or "")[5:7]
    if unit == "MO" and month.isdigit() and (ref.text or "")[:4] == "XXXX":
        shifted = (int(month) - 1 + step) % 12 + 1
        return from_ref(ref, Meaning("DATE", f"XXXX-{shifted:02}"))
    if unit == "MO" and month.isdigit() and year is not None:
        year, shifted = add_months(year, int(month), step)
        return parted(context, from_ref(ref, Meaning("DATE", f"{year:04}-{shifted:02}")))
    if unit == "D":
        return unknown_year(context, ref, step) or nowhere(context, "XXXX-XX-XX")
    values = {"Y": "XXXX", "MO": "XXXX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "Q": "XXXX-QX"}
    return nowhere(context, values.get(unit, "XXXX-XX-XX"))


@builder("this_time")
def this_time(context: Context) -> Meaning | None:
    """ "this time next year": the day of writing, a year on, roughly."""
    unit, base = unit_of(context), context.ref.day
    step = -1 if low(context, "this") == "last" else 1
    found = moved(base, step, unit) if base and unit else None
    if found is None:
        return nowhere(context, "PAST_REF" if step < 0 else "FUTURE_REF")
    meaning = Meaning("DATE", found.isoformat(), edtf.of_day(found, "~"))
    return from_ref(context.ref, meaning)


@builder("that_unit")
def that_unit(context: Context) -> Meaning | None:
    """ "that day", "the same year", "later that month": the last one the text spoke of."""
    unit = unit_of(context)
    if unit is None or unit in ("S", "M", "H", "F", "L"):
        return None
    if unit == "D":
        ref = context.base()
        if ref.day is None:
            return unknown_year(context, ref, 0) or nowhere(context, "XXXX-XX-XX")
    else:
        ref = (context.last_day() if low(context, "that") else None) or context.ref
        if (earlier := context.last_value("dddd", "dddd-dd", "dddd-dd-dd")) and not group(
            context, "part"
        ):
            first, _ = edtf.bounds(earlier.text)
            ref = Ref(earlier.id, earlier.value, first, earlier.mark)
    if ref.day is None:
        return _without_day(context, ref, unit, 0)
    value = unit_value(ref.day, unit)
    return parted(context, from_ref(ref, Meaning("DATE", value))) if value else None


@builder("the_unit")
def the_unit(context: Context) -> Meaning | None:
    """ "the day", "the weekend", "the quarter": the one spoken of last, else the one of writing.
    Not "the day of", "the year's"."""
    unit = unit_of(context)
    after = context.word(1)
    if unit is None or after in ("of", "'s", "when", "that", "-", "after", "before", "'"):
        return None
    if context.word(-1) in ("of", "by") and unit in ("D", "Y", "W", "MO"):
        return None
    if unit == "Q":
        earlier = context.last_value("dddd-Qd")
        if earlier is not None:
            return Meaning("DATE", earlier.value, anchor=earlier.id)
        base = context.ref.day
        found = moved(base, -1, "Q") if base else None
        value = unit_value(found, "Q") if found else "XXXX-QX"
        return from_ref(context.ref, Meaning("DATE", value))
    if unit == "Y":
        return Meaning("DURATION", "P1Y", None)
    if unit == "MO":
        return None
    ref = context.base() if unit == "D" else context.ref
    if ref.day is None:
        return _without_day(context, ref, unit, 0) if unit != "D" else unknown_year(context, ref, 0)
    day = ref.day
    if unit == "WE" and day.isoweekday() <= 5 and context.direction() != "future":
        day = add_days(day, -7) or day
    return from_ref(ref, Meaning("DATE", unit_value(day, unit)))


@builder("unit_of_ref")
def unit_of_ref(context: Context) -> Meaning | None:
    """ "year-end": the end of the year of writing."""
    year = context.ref.year
    if year is None:
        return nowhere(context, "XXXX")
    return parted(context, from_ref(context.ref, Meaning("DATE", f"{year:04}")))


def _counted(context: Context, ref: Ref, sign: int, vague: str) -> Meaning | None:
    """So many units before or after a day."""
    unit, count = unit_of(context), amount(context)
    if unit is None:
        return None
    if count is None or count != int(count):
        return _vague_count(context, ref, sign, vague, unit, count)
    if abs(count) > 10000:
        return Meaning("DURATION", vague, None)
    if unit in ("S", "M", "H"):
        return _hours(context, ref, sign * count, unit, vague)
    if ref.day is None:
        if unit in ("D", "W") and ref.text:
            days = int(count) * (7 if unit == "W" else 1) * sign
            return unknown_year(context, ref, days) or nowhere(context, vague)
        if unit == "Y" and ref.year is not None:
            return from_ref(ref, Meaning("DATE", f"{ref.year + sign * int(count):04}"))
        return nowhere(context, vague)
    found = moved(ref.day, sign * int(count), unit)
    if found is None:
        return nowhere(context, vague)
    exact_day = unit == "W" and (ref.anchor != "published" or sign > 0)
    value = found.isoformat() if exact_day else unit_value(found, unit)
    if unit == "Y" and count == 1 and (earlier := context.last_value("dddd-Qd")):
        value = f"{int(earlier.value[:4]) - 1:04}{earlier.value[4:]}"
    if unit == "F":
        value = found.isoformat()
    if unit == "E":
        value = f"{found.year:04}"
    return from_ref(ref, Meaning("DATE", value)) if value else None


def _vague_count(
    context: Context, ref: Ref, sign: int, vague: str, unit: str, count: float | None
) -> Meaning:
    del context
    text = None
    if ref.day is not None:
        text = edtf.interval(None, ref.day) if sign < 0 else edtf.interval(ref.day, None)
    if count is not None and unit == "Y" and ref.day is not None:
        year = ref.day.year + int(sign * count)
        return from_ref(ref, Meaning("DATE", f"{year:04}", f"{year:04}~"))
    return from_ref(ref, Meaning("DATE", vague, text))


def _hours(context: Context, ref: Ref, count: float, unit: str, vague: str) -> Meaning:
    """Hours and minutes need a time of day to count from; without one the day is given where the
    count cannot leave it by more than one."""
    hours = count * {"S": 1 / 3600, "M": 1 / 60, "H": 1.0}[unit]
    if ref.day is None:
        return nowhere(context, vague)
    if ref.clock:
        minutes = int(ref.clock[:2]) * 60 + int(ref.clock[3:5]) + round(hours * 60)
        day = add_days(ref.day, minutes // 1440)
        if day:
            value = f"{day}T{minutes % 1440 // 60:02}:{minutes % 60:02}"
            return from_ref(ref, Meaning("TIME", value))
    far = add_days(ref.day, int(hours // 24) if hours < 0 else int(-(-hours // 24)))
    if far is None:
        return nowhere(context, vague)
    ends = (far, ref.day) if hours < 0 else (ref.day, far)
    value = ref.day.isoformat() if abs(hours) < 12 else vague
    return from_ref(ref, Meaning("DATE", value, edtf.one_of(*ends)))


@builder("year_ago_period")
def year_ago_period(context: Context) -> Meaning | None:
    """ "the year-ago quarter": a year before the one spoken of last."""
    earlier = context.last_value("dddd-Qd", "dddd-Hd")
    if earlier is None:
        return None
    value = f"{int(earlier.value[:4]) - 1:04}{earlier.value[4:]}"
    return Meaning("DATE", value, anchor=earlier.id)


@builder("ago")
def ago(context: Context) -> Meaning | None:
    return _counted(context, context.ref, -1, "PAST_REF")


@builder("from_now")
def from_now(context: Context) -> Meaning | None:
    ref = context.ref
    shift = {"yesterday": -1, "tomorrow": 1}.get(low(context, "day"), 0)
    if shift and ref.day and (day := add_days(ref.day, shift)):
        ref = Ref(ref.anchor, day.isoformat(), day, ref.mark)
    return _counted(context, ref, 1, "FUTURE_REF")


def _without_count(context: Context, ref: Ref, that: str) -> Meaning:
    """ "weeks ago", "hours later"."""
    back = that in ("ago", "earlier")
    text = None
    if ref.day is not None:
        text = edtf.interval(None, ref.day) if back else edtf.interval(ref.day, None)
    return from_ref(ref, Meaning("DATE", "PAST_REF" if back else "FUTURE_REF", text))


@builder("earlier")
def earlier(context: Context) -> Meaning | None:
    """ "a day earlier", "two weeks later": from the last day the text spoke of."""
    that = low(context, "that")
    sign = -1 if that in ("earlier", "before", "previously") else 1
    unit = unit_of(context)
    if unit is None:
        return None
    if context.match.rule.name == "units-ago":
        return _without_count(context, context.ref if that == "ago" else context.base(), that)
    ref = context.base()
    if unit in ("Y", "MO", "Q") and context.last_day() is None:
        ref = context.ref
    if unit in ("Y", "MO") and (spoken := _same_grain(context, unit)):
        ref = spoken
    return _counted(context, ref, sign, "PAST_REF" if sign < 0 else "FUTURE_REF")


@builder("that_day")
def that_day(context: Context) -> Meaning | None:
    """ "the next day", "the day before"."""
    that = low(context, "that")
    step = -1 if that in BACK else 1
    follows = context.word(1)
    if that in ("before", "after") and follows not in (
        "",
        ".",
        ",",
        ";",
        "that",
        "and",
        "by",
        "in",
    ):
        return None
    ref = context.base()
    if ref.day is None:
        return unknown_year(context, ref, step) or nowhere(context, "XXXX-XX-XX")
    found = add_days(ref.day, step)
    return from_ref(ref, Meaning("DATE", found.isoformat())) if found else None


@builder("vague_units")
def vague_units(context: Context) -> Meaning | None:
    """ "recent years", "the coming days", "the weeks ahead"."""
    this = low(context, "this")
    past = this in ("recent", "past")
    day = context.ref.day
    text = None
    if day is not None:
        text = edtf.interval(None, day) if past else edtf.interval(day, None)
    unit = unit_of(context)
    if this in ("recent", "coming", "upcoming", "") and unit:
        return from_ref(context.ref, Meaning("DURATION", period(None, unit), text))
    return from_ref(context.ref, Meaning("DATE", "PAST_REF" if past else "FUTURE_REF", text))
