"""Builders of years, spans of years, decades, centuries, eras."""

from __future__ import annotations

import re

from sayso.reading.timex_context import Context, neighbours
from sayso.reading.timex_grammar import grammar
from sayso.reading.timex_meaning import OF_VALUE, Meaning, builder, group, low, number_of, year_of
from sayso.reading.timex_parts import parted


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


def _plausible_year(context: Context, found: int) -> bool:
    """True for a four-digit number that its neighbours allow to be a year."""
    before, after = context.word(-1), context.word(1)
    if group(context, "part") or (
        context.match.last - context.match.first > 1 and not group(context, "quote")
    ):
        return True
    first = context.match.first
    word = context.words[first]
    if after in neighbours("not_after_year") or before in neighbours("not_before_year"):
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
    if plural and before not in neighbours("before_year"):
        return False
    if 1900 <= found <= 2050:
        return True
    return before in neighbours("before_year") - {"the", "to", "and", "for", "than", "from"} and (
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
