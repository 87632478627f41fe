"""The builder of feasts and national days."""

from __future__ import annotations

from datetime import date

from sayso.model import edtf
from sayso.reading.timex_calendar import Direction
from sayso.reading.timex_context import Context
from sayso.reading.timex_days import FAR
from sayso.reading.timex_holidays import Holiday, holidays, national_days
from sayso.reading.timex_meaning import Meaning, builder, from_ref, group, low, number_of, year_of
from sayso.reading.timex_parts import date_meaning

_SIDES: dict[str, Direction] = {"last": "past", "next": "future", "coming": "future"}


@builder("holiday")
def holiday(context: Context) -> Meaning | None:
    feast = _feast(context)
    if feast is None:
        return _of_no_country(context)
    start, known = _start(context, feast)
    if start is None:
        if known:
            return None
        fixed = feast.fixed()
        note = f"{feast.name}; the year is not known"
        if fixed is None:
            return Meaning("DATE", "XXXX-XX-XX", None, note=note)
        return Meaning("DATE", date_meaning(None, *fixed).value, note=note + _orthodox(feast))
    length = feast.days
    if nth_word := group(context, "nth"):
        step = int(nth_word[0].value or feast.days) - 1
        if not 0 <= step < feast.days:
            return None
        start, length = date.fromordinal(start.toordinal() + step), 1
    return _meaning(context, feast, start, length)


@builder("beside_holiday")
def beside_holiday(context: Context) -> Meaning | None:
    """ "the day after Christmas", "two weeks before Easter"."""
    feast, unit = _feast(context), low(context, "unit")
    if feast is None or unit == "weekend":
        return None
    start, _ = _start(context, feast)
    if start is None:
        return Meaning("DATE", "XXXX-XX-XX", None, note=f"{feast.name}; the year is not known")
    count = (number_of(context, "n") or 1) * (7 if unit.startswith("week") else 1)
    days = -count if low(context, "side") == "before" else count + feast.days - 1
    return _meaning(context, feast, date.fromordinal(start.toordinal() + days), 1)


def _feast(context: Context) -> Holiday | None:
    """The feast named; None for a national day of a country that is not known."""
    name = group(context, "holiday")[0].lower.replace("’", "'")
    feast = holidays().get(name) or national_days()[name].get(context.country or "")
    if f"orthodox {name}" in holidays() and _orthodox_text(context):
        return holidays()[f"orthodox {name}"]
    return feast


def _of_no_country(context: Context) -> Meaning:
    name = group(context, "holiday")[0].text
    note = f"{name} of a country that the text does not name, or whose day is not known here"
    return Meaning("DATE", "XXXX-XX-XX", None, note=note, confidence=0.5)


def _start(context: Context, feast: Holiday) -> tuple[date | None, bool]:
    """Its first day in the year meant, and whether anything says which year that is."""
    found, base = year_of(context), context.ref.about
    this = (low(context, "this") or low(context, "that")).split(" ")[-1]
    if found is None and context.ref.year is not None and base is None:
        found = context.ref.year
    if found is not None:
        return feast.in_year(found), True
    if base is None:
        return None, False
    side = _SIDES.get(this)
    start = feast.near(base, side)
    if start is not None and not side and abs((start - base).days) > FAR:
        start = feast.near(base, context.direction() or "past")
    elif start is not None and not side and _against(context.direction(), start, base, feast):
        start = feast.near(base, context.direction())
    return start, True


def _meaning(context: Context, feast: Holiday, start: date, length: int) -> Meaning:
    end = date.fromordinal(start.toordinal() + length - 1)
    mark = "" if feast.sure else "~"
    text = edtf.of_day(start, mark) if length == 1 else edtf.interval(start, end, mark)
    value = start.isoformat()
    if feast.rule.startswith("within "):
        value, text = str(start.year), edtf.one_of(start, end)
    note = f"{feast.name} ({feast.tradition})" + _orthodox(feast)
    meaning = Meaning("DATE", value, text, note=note)
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
