"""Builders of durations and sets: how long, how often; and of words such as "now" and "soon"."""

from __future__ import annotations

from dataclasses import replace

from sayso.model import edtf
from sayso.reading.timex_calendar import add_days
from sayso.reading.timex_context import Context
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
)
from sayso.reading.timex_tokens import Word

# unit code -> (prefix, letter, factor) of an ISO 8601 duration
_PERIOD: dict[str, tuple[str, str, int]] = {
    "S": ("PT", "S", 1), "M": ("PT", "M", 1), "H": ("PT", "H", 1), "D": ("P", "D", 1),
    "NI": ("P", "D", 1), "W": ("P", "W", 1), "F": ("P", "W", 2), "WE": ("P", "D", 2),
    "MO": ("P", "M", 1), "Q": ("P", "Q", 1), "Y": ("P", "Y", 1), "E": ("P", "Y", 10),
    "C": ("P", "Y", 100), "L": ("P", "Y", 1000), "WD": ("P", "D", 1),
}  # fmt: skip


def unit_code(word: Word) -> str | None:
    """The code of a unit of time ("MO" for a month), or None."""
    for name in ("UNIT", "UNITS"):
        value = grammar().value(name, word)
        if isinstance(value, str):
            return value
    return None


def unit_of(context: Context, name: str = "unit") -> str | None:
    """The unit's code in a named group."""
    words = group(context, name)
    return unit_code(words[0]) if words else None


def amount(context: Context, name: str = "n") -> float | None:
    """How many: a number, 1 for "a", 2 for "a couple", None for "several"."""
    words = group(context, name)
    if not words:
        return None
    word = words[0]
    if word.value is not None:
        return word.value
    if word.lower in ("a", "an", "another"):
        return 1.0
    value = grammar().value("FEW", word)
    return float(value) if isinstance(value, int) else None


def shown(count: float) -> str:
    """A count as durations write it: no ".0"."""
    return str(int(count)) if count == int(count) else f"{count:g}"


def period(count: float | None, unit: str) -> str:
    """An ISO 8601 duration; `PXD` for an unknown number of days."""
    prefix, letter, factor = _PERIOD[unit]
    if count is None:
        return f"{prefix}X{'E' if unit == 'E' else 'C' if unit == 'C' else letter}"
    if unit == "D" and 0 < count < 1:
        return f"PT{shown(count * 24)}H"
    return f"{prefix}{shown(count * factor)}{letter}"


@builder("duration")
def duration(context: Context) -> Meaning | None:
    unit = unit_of(context)
    words = group(context, "n")
    if unit is None or not words or group(context, "age") or not _plausible(context, words[0]):
        return None
    if _is_rate(context, words[0]):
        return Meaning("SET", period(1, unit), None)
    count, second = amount(context), amount(context, "n2")
    rule = context.match.rule.name
    if rule == "short-hours" and not _adjacent(context):
        return None
    if rule == "units-and-a-half":
        return _with_half(context, (count or 1) + 0.5, unit)
    if rule == "half-a-unit":
        return _with_half(context, 0.5, unit)
    unit2 = unit_of(context, "unit2")
    if unit2 is not None:
        return _compound(count, unit, second, unit2)
    if second is not None:
        count = second
    if count is not None and not 0 <= count < 1e9:
        return None
    meaning = Meaning("DURATION", period(count, unit), None)
    if low(context, "this") == "last" and words[0].lower in ("a", "an"):
        return replace(meaning, cut=(1, 0))  # "it will last a fortnight"
    return _placed(context, count, unit, meaning)


def _placed(context: Context, count: float | None, unit: str, meaning: Meaning) -> Meaning:
    """ "the past two weeks", "the next 24 hours": the length, and the days it covers from the day
    of writing."""
    this, base = low(context, "this"), context.ref.day
    sign = {"past": -1, "last": -1, "next": 1, "coming": 1, "upcoming": 1}.get(this)
    days = {"H": 1 / 24, "D": 1, "NI": 1, "W": 7, "MO": 30.44, "Y": 365.25}.get(unit)
    if sign is None or base is None or count is None or days is None or count * days > 40000:
        return meaning
    exact = unit in ("D", "W", "H")
    far = add_days(base, sign * max(1, round(count * days)))
    if far is None:
        return meaning
    ends = (far, base) if sign < 0 else (base, far)
    text = edtf.interval(*ends, "" if exact else "~")
    return from_ref(context.ref, Meaning("DURATION", meaning.value, text))


def _adjacent(context: Context) -> bool:
    """True if the last two words touch ("48h")."""
    return context.words[context.match.last - 1].start == context.words[context.match.last - 2].end


_SHIFTS = {"ago": -1, "back": -1, "earlier": -1, "later": 1}


def _with_half(context: Context, count: float, unit: str) -> Meaning:
    """ "a year and a half", "half an hour"; and the same with "ago" or "later" behind it."""
    sign = _SHIFTS.get(context.words[context.match.last - 1].lower)
    if sign is None:
        half_hour = unit == "H" and count == 0.5
        return Meaning("DURATION", "PT30M" if half_hour else period(count, unit), None)
    days = int(count * {"Y": 365.25, "MO": 30.4, "W": 7, "D": 1}.get(unit, 0))
    base = context.ref.day
    found = add_days(base, sign * days) if base and 0 < days < 400000 else None
    text = f"{found.year:04}-{found.month:02}~" if found else None
    return from_ref(context.ref, Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", text))


def _compound(count: float | None, unit: str, second: float | None, unit2: str) -> Meaning | None:
    first, last = period(count, unit), period(second if second is not None else 1, unit2)
    if "X" in first or first[:2] == last[:2] == "PT" or not last.startswith("PT"):
        return Meaning("DURATION", first + last.lstrip("PT"), None)
    return Meaning("DURATION", first + last[1:], None)


def _plausible(context: Context, word: Word) -> bool:
    """False for "in the second place", "a second", "a night watchman", "one day"."""
    low_word, after = word.lower, context.word(1)
    noun = group(context, "unit")[0].lower
    if noun == "day" and context.word(-1) == "it" and low_word == "a":
        return False  # "calls it a day"
    single = low_word in ("a", "an", "one")
    if single and noun in ("second", "quarter", "min", "night"):
        return False
    if single and noun == "minute" and after not in ("", ".", ",", "and"):
        return False
    if (
        noun == "night"
        and context.match.last - context.match.first == 2
        and low_word in ("a", "one")
    ):
        return False
    if low_word in ("some", "many") and noun in ("day", "second", "time"):
        return False
    if noun.startswith("quarter") and after == "of" and word.value in (1, 2, 3):
        return False  # three quarters of the food
    if low_word == "one" and noun == "day" and context.match.last - context.match.first == 2:
        return context.word(-1) in ("in", "for", "within", "after", "only", "just", "than", "least")
    return not (noun == "min" and not after)


def _is_rate(context: Context, word: Word) -> bool:
    """True for "four flights a week", "$2 a day"."""
    first = context.match.first
    if word.lower not in ("a", "an") or first < 1 or context.match.last - first != 2:
        return False
    before = context.words[max(0, first - 3) : first]
    counted = any(w.kind == "number" for w in before[:-1]) and before[-1].lower.endswith("s")
    return counted or (before[-1].kind == "number" and before[-1].plain)


@builder("bare_units")
def bare_units(context: Context) -> Meaning | None:
    """ "for years", "decades-long", "weeks": an unknown number of them."""
    unit = unit_of(context)
    if unit is None or context.word(1) == "old":
        return None
    if context.match.rule.name == "bare-within":
        cut = context.match.last - context.match.first - 1
        return Meaning("DURATION", period(None, unit), None, cut=(cut, 0))
    if context.match.rule.name == "long-unit":
        noun = group(context, "unit")[0].lower
        return Meaning("DURATION", period(None if noun.endswith("s") else 1, unit), None)
    before, after = context.word(-1), context.word(1)
    if before in (
        "light",
        "school",
        "teenage",
        "working",
        "no",
        "his",
        "her",
        "their",
        "of",
        "old",
        "-",
    ):
        return None
    if after in ("of",) and before in ("the",):
        return None
    return Meaning("DURATION", period(None, unit), None)


@builder("set")
def every(context: Context) -> Meaning | None:
    adverb = group(context, "adverb")
    if adverb:
        if adverb[0].text[:1].isupper() and context.match.first > 0:
            return None  # the Daily Star
        return Meaning("SET", str(grammar().value("ADVERBSET", adverb[0])), None)
    if low(context, "unit") in ("weekends", "weekdays"):
        return Meaning("SET", "XXXX-WXX-WE" if unit_of(context) == "WE" else "P1D", None)
    if (month := month_of(context)) is not None:
        if group(context, "month")[0].text.islower():
            return None
        return Meaning("SET", f"XXXX-{month:02}", None)
    if (weekday := weekday_of(context)) is not None:
        return Meaning("SET", f"XXXX-WXX-{weekday}", None)
    unit = unit_of(context)
    if unit is None:
        return None
    words = group(context, "n")
    count = 2.0 if words and words[0].lower == "other" else number_of(context, "n") or 1
    if words and words[0].lower == "few":
        return Meaning("SET", period(None, unit), None)
    return Meaning("SET", period(count, unit), None)


@builder("rate")
def rate(context: Context) -> Meaning | None:
    """ "twice a day": the whole; "15 a year": the unit only."""
    unit = unit_of(context)
    if unit is None:
        return None
    times = group(context, "times")[0]
    if times.value is not None and "times" not in [
        w.lower for w in context.words[context.match.first : context.match.last]
    ]:
        return Meaning("SET", period(1, unit), None, cut=(1, 0))
    return Meaning("SET", period(1, unit), None)


@builder("ref")
def ref(context: Context) -> Meaning | None:
    """ "now", "recently", "soon", "for a while"."""
    options = context.match.rule.options
    value = options["value"]
    words = [w.lower for w in context.words[context.match.first : context.match.last]]
    if not _plausible_ref(context, words):
        return None
    if options.get("type") == "DURATION":
        return Meaning("DURATION", value, None)
    day = context.ref.day
    text = None
    if day is not None and value == "PRESENT_REF":
        text = edtf.of_day(day, "~")
    elif day is not None and value == "PAST_REF":
        text = edtf.interval(None, day)
    elif day is not None:
        text = edtf.interval(day, None)
    return from_ref(context.ref, Meaning("DATE", value, text))


def _plausible_ref(context: Context, words: list[str]) -> bool:
    """False for "an electric current", "Now, Sir", "as soon as", "the Future Movement"."""
    before, after = context.word(-1), context.word(1)
    word = words[-1]
    exact = context.words[context.match.last - 1].text
    if exact[:1].isupper() and context.match.first > 0 and word in ("future", "current", "now"):
        return False
    if word == "current" and (not after.isalpha() or before in ("electric", "alternating")):
        return False
    if word == "recent" and not after.isalpha():
        return False
    if word == "soon" and (before == "as" or after in ("as", "after", "before")):
        return False
    if word == "now" and (before in ("from", "until", "till") and words == ["now"]):
        return before != "from"
    if words == ["future"] and (
        before in ("no", "a", "bright") or after in ("contract", "contracts")
    ):
        return False
    return not (word == "shortly" and after in ("after", "before"))
