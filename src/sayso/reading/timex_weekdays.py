"""Builders of weekdays, "today", "yesterday", "tomorrow"."""

from __future__ import annotations

from datetime import date

from sayso.model import edtf
from sayso.reading.timex_calendar import Direction, add_days
from sayso.reading.timex_context import Context
from sayso.reading.timex_grammar import grammar
from sayso.reading.timex_meaning import Meaning, builder, from_ref, group, low, weekday_of
from sayso.reading.timex_moves import BACK, ON, nowhere, unknown_year
from sayso.reading.timex_parts import date_meaning


@builder("weekday")
def weekday(context: Context) -> Meaning | None:
    number, base = weekday_of(context), context.ref.day
    word = group(context, "wd")[0]
    if number is None or not _plausible_weekday(context, word.text):
        return None
    if base is None:
        return nowhere(context, f"XXXX-WXX-{number}", "which week is not known")
    this = low(context, "this").split(" ")[-1]
    opened = _opened(context)
    if opened is not None and not this:
        found = weekday_near(opened, number, "", "future")
    else:
        found = weekday_near(base, number, this, context.direction() if not this else None)
    follows = context.word(1) == "week" and low(context, "this")
    if follows:
        found = base
    return from_ref(context.ref, date_meaning(found.year, found.month, found.day))


def _opened(context: Context) -> date | None:
    """The day from which a stretch runs to this one: "from Monday to Friday"."""
    if not context.before:
        return None
    earlier = context.before[-1]
    between = context.text[earlier.end : context.words[context.match.first].start]
    joined = between.strip().lower() in ("to", "through", "thru", "until", "till", "-", "–", "—")
    return edtf.day((earlier.text or "").rstrip("?~%")) if joined else None


def weekday_near(base: date, number: int, this: str, direction: Direction) -> date:
    """The Monday (1) to Sunday (7) meant by "last", "next", "this" or the tense; the day of writing
    itself counts on both sides. At the edge of the calendar, the day of writing."""
    back, on = (base.isoweekday() - number) % 7, (number - base.isoweekday()) % 7
    if this in BACK:
        step = -(back or 7)
    elif this in ON:
        step = on or 7
    elif this == "this":
        step = number - base.isoweekday()
    else:
        step = on if direction == "future" else -back
    return add_days(base, step) or base


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


@builder("week_off")
def week_off(context: Context) -> Meaning | None:
    """ "a week ago Tuesday", "a week from Friday": a week beyond the last or the next one."""
    number, base = weekday_of(context), context.ref.day
    if number is None:
        return None
    if base is None:
        return nowhere(context, f"XXXX-WXX-{number}", "which week is not known")
    back = low(context, "that") == "ago"
    near = weekday_near(base, number, "last" if back else "next", None)
    found = add_days(near, -7 if back else 7) or near
    return from_ref(context.ref, date_meaning(found.year, found.month, found.day))
