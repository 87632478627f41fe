"""Builders of what is counted from another time: "three days ago", "a day earlier"."""

from __future__ import annotations

from sayso.model import edtf
from sayso.reading.timex_calendar import add_days
from sayso.reading.timex_context import Context, Ref
from sayso.reading.timex_lengths import amount, unit_of
from sayso.reading.timex_meaning import Meaning, builder, from_ref, low
from sayso.reading.timex_moves import BACK, moved, nowhere, unit_value, unknown_year
from sayso.reading.timex_units import same_grain


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
    if unit in ("Y", "MO") and (spoken := same_grain(context, unit)):
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
