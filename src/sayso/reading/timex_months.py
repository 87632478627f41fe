"""Builders of months, quarters, seasons and weeks of a month."""

from __future__ import annotations

from datetime import date

from sayso.model import edtf
from sayso.reading.timex_calendar import Direction, month_end
from sayso.reading.timex_context import Context, neighbours
from sayso.reading.timex_days import capital, shared_year
from sayso.reading.timex_grammar import grammar
from sayso.reading.timex_meaning import (
    Meaning,
    builder,
    from_ref,
    group,
    low,
    month_of,
    number_of,
    year_of,
)
from sayso.reading.timex_parts import parted


def pick_year(context: Context, month: int, direction: Direction) -> int | None:
    """The year of a bare month: the nearest on the side that the sentence looks to; the month of
    writing itself counts on both sides."""
    base = context.ref.about
    if base is None:
        return context.ref.year
    if direction == "future":
        return base.year if month >= base.month else base.year + 1
    return base.year if month <= base.month else base.year - 1


@builder("month")
def month(context: Context) -> Meaning | None:
    number, year = month_of(context), year_of(context)
    if number is None:
        return None
    word = group(context, "month")[0]
    this, that = low(context, "this").split(" ")[-1], low(context, "that")
    bare = year is None and not this and not that
    if not capital(context) or (bare and not _plausible_month(context, word.text)):
        return None
    if year is not None:
        return parted(context, Meaning("DATE", f"{year:04}-{number:02}"))
    base = context.ref.day
    shared = shared_year(context) if bare else None
    if shared is not None:
        note = "the year that the sentence names"
        return parted(context, Meaning("DATE", f"{shared:04}-{number:02}", note=note))
    if base is None and context.ref.year is None:
        note = "the year is not known: the page gives no date"
        return parted(context, Meaning("DATE", f"XXXX-{number:02}", note=note))
    if that and context.ref.year is not None:
        found: int | None = context.ref.year + {"last": -1, "next": 1}.get(that, 0)
    elif this in ("last", "past", "previous"):
        found = pick_year(context, number, "past")
        if base is not None and number == base.month and this != "past":
            found = base.year - 1
    elif this in ("next", "coming", "following"):
        found = pick_year(context, number, "future")
        if base is not None and number == base.month:
            found = base.year + 1
    elif this:
        found = context.ref.year
    else:
        found = pick_year(context, number, context.direction())
    return parted(context, from_ref(context.ref, Meaning("DATE", f"{found:04}-{number:02}")))


def _plausible_month(context: Context, word: str) -> bool:
    """False for "May they", "the Long March", "Theresa May", "June Carter"."""
    name = word.lower()
    if group(context, "part"):
        return True
    before, after = context.word(-1), context.word(1)
    first = context.match.first
    previous = context.words[first - 1] if first else None
    follows = context.words[context.match.last] if context.match.last < len(context.words) else None
    if name == "march" and before in ("the", "a", ",", "(", "their", "its"):
        return before == "the" and after.isalpha() and after not in neighbours("after_a_march")
    if name == "march" and before not in neighbours("before_month"):
        return False
    joined = before in ("of", "and", "to", "for", "or") and after.isalpha()
    if name == "march" and joined and after not in neighbours("after_the_month"):
        return False
    named = previous is not None and previous.kind == "word" and previous.text[:1].isupper()
    if named and before not in neighbours("before_month") and name in neighbours("like_names"):
        return False
    if name == "may":
        return before in neighbours("before_month") - {"the", "a", ",", "and", "or", "("}
    surname = follows is not None and follows.kind == "word" and follows.text[0].isupper()
    if name in neighbours("like_names") and surname and before not in neighbours("before_month"):
        return False
    return len(name) > 3 or (before in neighbours("before_month") and not surname)


@builder("quarter")
def quarter(context: Context) -> Meaning | None:
    letter, limit = ("Q", 4) if low(context, "unit") == "quarter" else ("H", 2)
    words = group(context, "n")
    number = number_of(context, "n") if words and words[0].kind == "ordinal" else limit
    if number is None or not 1 <= number <= limit:
        return None
    found = year_of(context)
    base = context.ref.day
    relative = low(context, "that") or low(context, "this")
    if found is not None:
        return parted(context, Meaning("DATE", f"{found:04}-{letter}{number}"))
    if relative and context.ref.year is not None:
        found = context.ref.year + {"last": -1, "next": 1}.get(relative, 0)
        return from_ref(context.ref, Meaning("DATE", f"{found:04}-{letter}{number}"))
    if letter == "H":
        return None  # of a match, of a book
    if base is None:
        return parted(context, Meaning("DATE", f"XXXX-Q{number}", note="the year is not known"))
    now = (base.month - 1) // 3 + 1
    found = base.year
    if (number > now and context.direction() != "future" and number - now > 1) or (
        number == 4 and now == 1
    ):
        found -= 1
    return parted(context, from_ref(context.ref, Meaning("DATE", f"{found:04}-Q{number}")))


@builder("quarter_letter")
def quarter_letter(context: Context) -> Meaning | None:
    """ "Q3 2018", "H1"."""
    letter, number = group(context, "letter")[0], number_of(context, "n")
    digit = group(context, "n")[0]
    if number is None or letter.end != digit.start or not letter.text.isupper():
        return None
    found, base = year_of(context), context.ref.about
    if not 1 <= number <= (4 if letter.text == "Q" else 2):
        return None
    if found is None:
        if context.word(-1) not in ("in", "for", "by", "of", "during", "since", "until", "the"):
            return None
        if base is None:
            return Meaning("DATE", f"XXXX-{letter.text}{number}", note="the year is not known")
        return from_ref(context.ref, Meaning("DATE", f"{base.year:04}-{letter.text}{number}"))
    return Meaning("DATE", f"{found:04}-{letter.text}{number}")


@builder("week_of_month")
def week_of_month(context: Context) -> Meaning | None:
    """ "the second week of March": days 8 to 14; the last week: the last seven days."""
    number = month_of(context)
    nth = number_of(context, "nth") if group(context, "nth")[0].kind == "ordinal" else 5
    year = year_of(context) or (number and pick_year(context, number, context.direction()))
    if number is None or nth is None or not 1 <= nth <= 5 or not year or not 1 <= year <= 9999:
        return None
    first = date(year, number, 7 * nth - 6) if nth < 5 else month_end(year, number)
    if nth == 5:
        first = date.fromordinal(first.toordinal() - 6)
    last = date.fromordinal(first.toordinal() + 6)
    iso_year, week, _ = date.fromordinal(first.toordinal() + 3).isocalendar()
    text = edtf.interval(first, last, "~")
    return from_ref(context.ref, Meaning("DATE", f"{iso_year:04}-W{week:02}", text))


_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


@builder("season")
def season(context: Context) -> Meaning | None:
    word = group(context, "season")[0]
    code = grammar().value("SEASON", word)
    this = low(context, "this").split(" ")[-1]
    found, base = year_of(context), context.ref.about
    if found is not None:
        if context.word(1) in neighbours("not_after_year"):
            return None
        return parted(context, Meaning("DATE", f"{found:04}-{code}"))
    if not this and word.lower in ("fall", "spring"):
        if context.word(1) == "of" or context.match.last - context.match.first < 2:
            return None
        if context.word(-1) not in ("in", "during", "by", "until", "since", "of", "from", "for"):
            return None
    if base is None:
        return parted(context, Meaning("DATE", f"XXXX-{code}", note="the year is not known"))
    first = _SEASON_MONTHS[code][0]
    year = base.year
    direction = context.direction()
    if this in ("last", "previous") or (this == "past") or (not this and direction != "future"):
        if base.month < first or (this == "last" and first <= base.month <= first + 2):
            year -= 1
    elif this in ("next", "coming", "following") and base.month >= first:
        year += 1
    elif this == "this" and code == "WI" and base.month <= 2:
        year -= 1
    return parted(context, from_ref(context.ref, Meaning("DATE", f"{year:04}-{code}")))
