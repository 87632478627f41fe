"""Builders of calendar dates: days, months, years, quarters, seasons, decades, feasts."""

from __future__ import annotations

import re
from datetime import date

from sayso.model import edtf
from sayso.reading import timex_calendar, timex_edtf
from sayso.reading.timex_calendar import Direction, make_day, nearest
from sayso.reading.timex_context import Context
from sayso.reading.timex_grammar import grammar
from sayso.reading.timex_holidays import Holiday, holidays
from sayso.reading.timex_meaning import (
    OF_VALUE,
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


def date_meaning(year: int | None, month: int, day: int) -> Meaning:
    """A day as a value; the year is XXXX where it is None."""
    shown = f"{year:04}" if year is not None else "XXXX"
    return Meaning("DATE", f"{shown}-{month:02}-{day:02}")


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
    if dom is None or not _capital(context):
        return None
    year = year_of(context)
    if month is None:
        return _nth_of_month(context, dom, weekday)
    if year is not None:
        return _full_day(context, year, month, dom, weekday)
    if not edtf.valid_day("XXXX", f"{month:02}", f"{dom:02}"):
        return no_such_day(context, month, dom, None)
    return day_without_year(context, month, dom, weekday)


_BEFORE_DAY = frozenset(
    [
        "on",
        "since",
        "by",
        "until",
        "till",
        "of",
        "from",
        "before",
        "after",
        "in",
        "dated",
        "to",
        "(",
    ]
)


def _capital(context: Context) -> bool:
    """False for "may 6", "5 march" in lower case, unless a preposition or an ordinal shows that a
    month is meant."""
    month = group(context, "month")
    if not month or month[0].text[0].isupper() or month[0].lower not in ("may", "march", "mar"):
        return True
    ordinal = any(w.kind == "ordinal" for w in group(context, "day"))
    return ordinal or context.word(-1) in _BEFORE_DAY


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


@builder("days")
def days(context: Context) -> Meaning | None:
    month, first, last = month_of(context), number_of(context, "day"), number_of(context, "day2")
    if month is None or first is None or last is None or first >= last or not _capital(context):
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


def parted(context: Context, meaning: Meaning) -> Meaning:
    """The meaning with the EDTF of its early, middle or late part, if the words say so."""
    part = low(context, "part")
    if not part or meaning.edtf != OF_VALUE:
        return meaning
    text = timex_edtf.of_value(meaning.value)
    if part in ("earlier", "later") and context.ref.day and text:
        first, last = edtf.bounds(text)
        if first and last and first <= context.ref.day <= last:
            ends = (first, context.ref.day) if part == "earlier" else (context.ref.day, last)
            text = edtf.interval(*ends)
    else:
        text = timex_edtf.part_of(text, part)
    return Meaning(
        meaning.type, meaning.value, text, meaning.anchor, meaning.mark, meaning.note,
        meaning.issue, meaning.confidence, meaning.cut,
    )  # fmt: skip


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
    if not _capital(context) or (bare and not _plausible_month(context, word.text)):
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


_BEFORE_MONTH = frozenset(
    ["in", "of", "since", "until", "till", "by", "from", "to", "before", "after", "during", "for",
     "through", "throughout", "between", "and", "or", "this", "last", "early", "late", "mid", "-",
     "–", ",", "(", "the", "a", "every", "each", "until", "around", "about", "as", "its", "their"]
)  # fmt: skip
_HAZARDS = frozenset(["may", "march", "mar", "sep", "dec", "jan", "jun", "april", "june", "august"])


_AFTER_A_MARCH = frozenset(
    ["of", "for", "on", "to", "in", "was", "is", "were", "began", "started", "by", "through", "and",
     "against", "from", "that", "which", "will", "has", "had", "took", "at", "with", "into", "s"]
)  # fmt: skip


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
        return before == "the" and after.isalpha() and after not in _AFTER_A_MARCH
    if name == "march" and before not in _BEFORE_MONTH:
        return False
    if name == "march" and before in ("of", "and", "to", "for", "or") and after.isalpha():
        return False
    named = previous is not None and previous.kind == "word" and previous.text[:1].isupper()
    if named and before not in _BEFORE_MONTH and name in _HAZARDS:
        return False
    if name == "may":
        return before in _BEFORE_MONTH - {"the", "a", ",", "and", "or", "("}
    surname = follows is not None and follows.kind == "word" and follows.text[0].isupper()
    if name in _HAZARDS and surname and before not in _BEFORE_MONTH:
        return False
    return len(name) > 3 or (before in _BEFORE_MONTH and not surname)


@builder("year")
def year(context: Context) -> Meaning | None:
    era = low(context, "era")
    if era:
        if not group(context, "era")[0].text.isupper():
            return None
        number = number_of(context, "n")
        if number is None or number > 9998:
            return None
        if era == "ah":
            return _hijri_year(number)
        bc = era.startswith("b")
        return Meaning("DATE", f"BC{number:04}" if bc else f"{number:04}", None if bc else OF_VALUE)
    found = year_of(context)
    if found is None or not _plausible_year(context, found):
        return None
    return parted(context, Meaning("DATE", f"{found:04}"))


def _hijri_year(number: int) -> Meaning | None:
    """A year of the Hijri calendar: the two Gregorian years in which it lies."""
    first = int(622 + (number - 1) * 354.367 / 365.2425)
    return Meaning("DATE", f"{first:04}/{first + 1:04}") if 1 <= number <= 1600 else None


_BEFORE_YEAR = frozenset(
    ["in", "of", "since", "until", "till", "by", "from", "before", "after", "during", "year",
     "early", "late", "mid", "fiscal", "(", "summer", "winter", "spring", "autumn", "fall",
     "between", "circa", "through", "the", "to", "and", "for", "than"]
)  # fmt: skip
_NOT_BEFORE_YEAR = frozenset(
    ["$", "£", "€", "#", "no", "resolution", "page", "flight", "unit", "room", "some", "about",
     "over", "nearly", "almost", "least", "approximately", "around", "highway", "article", "law",
     "boeing",
     "airbus", "another", "additional", "roughly", "only", "model", "decree", "order", "number",
     "+", "up", "or", "."]
)  # fmt: skip
_NOT_AFTER_YEAR = frozenset(
    ["%", "percent", "per", "men", "women", "people", "troops", "soldiers", "fighters", "militants",
     "civilians", "points", "point", "km", "kilometers", "kilometres", "miles", "metres", "meters",
     "feet", "tons", "tonnes", "pounds", "dollars", "euros", "hours", "days", "years", "million",
     "billion", "jobs", "units", "shares", "refugees", "prisoners", "families", "children", "more",
     "or", "yards", "vehicles", "tanks", "houses", "homes", "lb", "kg", "mph", "rounds", "others",
     "workers", "employees", "members", "students", "dead", "wounded", "of"]
)  # fmt: skip


def _plausible_year(context: Context, found: int) -> bool:
    """True for a four-digit number that its neighbours allow to be a year."""
    before, after = context.word(-1), context.word(1)
    if group(context, "part") or (
        context.match.last - context.match.first > 1 and not group(context, "quote")
    ):
        return True
    first = context.match.first
    word = context.words[first]
    if after in _NOT_AFTER_YEAR or before in _NOT_BEFORE_YEAR:
        return False
    if (
        before == "-"
        and first >= 2
        and context.words[first - 2].end == context.words[first - 1].start
    ):
        return context.words[first - 2].lower in ("mid", "pre", "post", "early", "late")
    if group(context, "quote"):
        return True
    if before in "/:" and before:
        return False
    follows = context.words[context.match.last] if context.match.last < len(context.words) else None
    plural = follows is not None and re.fullmatch(r"[a-z]{4,}s", follows.text) is not None
    if plural and before not in _BEFORE_YEAR:
        return False
    if 1900 <= found <= 2050:
        return True
    return before in _BEFORE_YEAR - {"the", "to", "and", "for", "than", "from"} and (
        found >= 1000 and word.kind == "number"
    )


@builder("years")
def years(context: Context) -> Meaning | None:
    first, last = number_of(context, "year"), number_of(context, "year2")
    if first is None or last is None:
        return None
    if last < 100:
        last += first // 100 * 100
    if not (1000 <= first < last <= first + 200 and 1500 <= first <= 2200):
        return None
    return Meaning("DATE", f"{first:04}/{last:04}")


@builder("decade")
def decade(context: Context) -> Meaning | None:
    words = group(context, "decade")
    if words:
        digits = re.sub(r"\D", "", words[0].text)
        if digits == "1000" or context.word(1) == "of":
            return None  # "1000s of people"
        number = int(digits) // 10
        if number < 100:
            number += 190 if number >= 2 else 200
    else:
        tens = grammar().value("DECADEWORD", group(context, "decadeword")[0])
        number = 190 + int(tens)
    return parted(context, Meaning("DATE", str(number)))


@builder("century")
def century(context: Context) -> Meaning | None:
    number = number_of(context, "n")
    if number is None or not 1 <= number <= 40:
        return None
    return parted(context, Meaning("DATE", f"{number - 1:02}"))


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
    first = date(year, number, 7 * nth - 6) if nth < 5 else timex_calendar.month_end(year, number)
    if nth == 5:
        first = date.fromordinal(first.toordinal() - 6)
    last = date.fromordinal(first.toordinal() + 6)
    iso_year, week, _ = date.fromordinal(first.toordinal() + 3).isocalendar()
    text = edtf.interval(first, last, "~")
    return from_ref(context.ref, Meaning("DATE", f"{iso_year:04}-W{week:02}", text))


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
    around = [timex_calendar.add_months(base.year, base.month, k) for k in (-1, 0, 1)]
    days = [d for y, m in around for d in [make_day(y, m, dom)] if d]
    found = nearest(days, base, context.direction() or "past")
    return (
        from_ref(context.ref, date_meaning(found.year, found.month, found.day)) if found else None
    )


_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


@builder("season")
def season(context: Context) -> Meaning | None:
    word = group(context, "season")[0]
    code = grammar().value("SEASON", word)
    this = low(context, "this").split(" ")[-1]
    found, base = year_of(context), context.ref.about
    if found is not None:
        if context.word(1) in _NOT_AFTER_YEAR:
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


_SIDES: dict[str, Direction] = {"last": "past", "next": "future", "coming": "future"}


@builder("holiday")
def holiday(context: Context) -> Meaning | None:
    name = group(context, "holiday")[0].lower
    feast: Holiday = holidays()[name]
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
    meaning = Meaning(
        "DATE", start.isoformat(), text, note=f"{feast.name} ({feast.tradition})" + _orthodox(feast)
    )
    return meaning if year_of(context) else from_ref(context.ref, meaning)


def _orthodox_text(context: Context) -> bool:
    """True if the sentence speaks of Orthodox or Coptic Christians."""
    return any(w.lower in ("orthodox", "coptic", "copts") for w in context.words)


def _orthodox(feast: Holiday) -> str:
    return "; Orthodox Christmas is 7 January" if feast.name == "Christmas" else ""
