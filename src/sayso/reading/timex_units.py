"""Builders of this, last and next week, month or year; of "that day", "the quarter"."""

from __future__ import annotations

from sayso.model import edtf
from sayso.reading.timex_calendar import add_days, add_months
from sayso.reading.timex_context import Context, Ref
from sayso.reading.timex_lengths import period, unit_of
from sayso.reading.timex_meaning import Meaning, builder, from_ref, group, low
from sayso.reading.timex_moves import BACK, ON, moved, nowhere, unit_value, unknown_year
from sayso.reading.timex_parts import parted


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
        ref = same_grain(context, unit) or ref
    base = ref.day
    step = -1 if this in BACK else 1 if this in ON else 0
    step = {"before-last": -2, "after-next": 2}.get(context.match.rule.name, step)
    if unit == "E":
        return _decade(context, step)
    if base is None:
        return without_day(context, ref, unit, step)
    if unit == "Q" and this == "latest":
        step = -1 if (base.month - 1) % 3 == 0 else 0
    if unit == "WE" and step == 0 and base.isoweekday() <= 5 and context.direction() == "past":
        step = -1
    found = moved(base, step, unit)
    value = unit_value(found, unit) if found else None
    return parted(context, from_ref(ref, Meaning("DATE", value))) if value else None


def same_grain(context: Context, unit: str) -> Ref | None:
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


def without_day(context: Context, ref: Ref, unit: str, step: int) -> Meaning | None:
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
        return without_day(context, ref, unit, 0)
    value = unit_value(ref.day, unit)
    return parted(context, from_ref(ref, Meaning("DATE", value))) if value else None


_CLAUSE = frozenset(
    ["the", "he", "she", "they", "we", "i", "it", "you", "his", "her", "their", "our", "my", "a"]
)
"""Behind "the day", the start of a clause that says which day: "the day they left"."""


@builder("the_unit")
def the_unit(context: Context) -> Meaning | None:
    """ "the day", "the weekend", "the quarter": the one spoken of last, else the one of writing.
    Not "the day of", "the year's"."""
    unit = unit_of(context)
    after = context.word(1)
    if (
        unit is None
        or after in _CLAUSE
        or after in ("of", "'s", "when", "that", "-", "after", "before", "'")
    ):
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
        return without_day(context, ref, unit, 0) if unit != "D" else unknown_year(context, ref, 0)
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
