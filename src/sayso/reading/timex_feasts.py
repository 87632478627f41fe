"""The builder of feasts and national days."""

from __future__ import annotations

from datetime import date

from sayso.model import edtf
from sayso.reading.timex_calendar import Direction
from sayso.reading.timex_context import Context
from sayso.reading.timex_days import FAR
from sayso.reading.timex_holidays import Holiday, holidays, national_days
from sayso.reading.timex_meaning import Meaning, builder, from_ref, group, low, year_of
from sayso.reading.timex_parts import date_meaning

_SIDES: dict[str, Direction] = {"last": "past", "next": "future", "coming": "future"}


@builder("holiday")
def holiday(context: Context) -> Meaning | None:
    name = group(context, "holiday")[0].lower.replace("’", "'")
    feast = holidays().get(name) or national_days()[name].get(context.country or "")
    if feast is None:
        note = f"{name} of a country that the text does not name, or whose day is not known here"
        return Meaning("DATE", "XXXX-XX-XX", None, note=note, confidence=0.5)
    if f"orthodox {name}" in holidays() and _orthodox_text(context):
        feast = holidays()[f"orthodox {name}"]
    found, base = year_of(context), context.ref.about
    this = (low(context, "this") or low(context, "that")).split(" ")[-1]
    if found is None and context.ref.year is not None and base is None:
        found = context.ref.year
    if found is not None:
        start = feast.in_year(found)
    elif base is None:
        fixed = feast.fixed()
        note = f"{feast.name}; the year is not known"
        if fixed is None:
            return Meaning("DATE", "XXXX-XX-XX", None, note=note)
        return Meaning("DATE", date_meaning(None, *fixed).value, note=note + _orthodox(feast))
    else:
        side = _SIDES.get(this)
        start = feast.near(base, side)
        if start is not None and not side and abs((start - base).days) > FAR:
            start = feast.near(base, context.direction() or "past")
        elif start is not None and not side and _against(context.direction(), start, base, feast):
            start = feast.near(base, context.direction())
    if start is None:
        return None
    length = feast.days
    if nth_word := group(context, "nth"):
        step = int(nth_word[0].value or feast.days) - 1
        if not 0 <= step < feast.days:
            return None
        start, length = date.fromordinal(start.toordinal() + step), 1
    end = date.fromordinal(start.toordinal() + length - 1)
    mark = "" if feast.sure else "~"
    text = edtf.of_day(start, mark) if length == 1 else edtf.interval(start, end, mark)
    value = start.isoformat()
    if feast.rule.startswith("within "):
        value, text = str(start.year), edtf.one_of(start, end)
    meaning = Meaning(
        "DATE", value, text, note=f"{feast.name} ({feast.tradition})" + _orthodox(feast)
    )
    return meaning if year_of(context) else from_ref(context.ref, meaning)


def _against(direction: Direction, start: date, base: date, feast: Holiday) -> bool:
    """True if the sentence looks the other way: "they fasted during Ramadan" is no Ramadan that is
    still to come."""
    if direction == "past":
        return start > base
    return direction == "future" and (base - start).days >= feast.days


def _orthodox_text(context: Context) -> bool:
    """True if the sentence speaks of Orthodox or Coptic Christians."""
    return any(w.lower in ("orthodox", "coptic", "copts") for w in context.words)


def _orthodox(feast: Holiday) -> str:
    return "; Orthodox Christmas is 7 January" if feast.name == "Christmas" else ""
