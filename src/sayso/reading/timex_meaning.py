"""The meaning of a time expression, and the registry of builders that give it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from sayso.model.annotation import TimexType
from sayso.reading import timex_edtf
from sayso.reading.timex_context import Context, Ref
from sayso.reading.timex_grammar import grammar
from sayso.reading.timex_tokens import Word

OF_VALUE = "="
"""`Meaning.edtf` when it is what the value says."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a time expression means. `value` is TIMEX3; `edtf` EDTF, None where there is none.

    `anchor` is what it was counted from, `mark` "?" where that is doubtful. `note` says in words
    what is open and why. `issue` is (code, message) for the document's list. `confidence` is how
    sure the value is. `cut` shortens the span: (words off the front, words off the end).
    """

    type: TimexType
    value: str | None
    edtf: str | None = OF_VALUE
    anchor: str | None = None
    mark: str = ""
    note: str | None = None
    issue: tuple[str, str] | None = None
    confidence: float = 0.9
    cut: tuple[int, int] = (0, 0)

    def settled(self) -> Meaning:
        """With its EDTF worked out and marked."""
        if self.value and re.match(r"\d{5}|0000", self.value):
            return replace(self, value=None, edtf=None, note="outside the years 1 to 9999")
        text = timex_edtf.of_value(self.value) if self.edtf == OF_VALUE else self.edtf
        if text and self.mark:
            text = timex_edtf.marked(text, self.mark)
        return replace(self, edtf=text)


Builder = Callable[[Context], Meaning | None]
BUILDERS: dict[str, Builder] = {}
"""Name in the rules -> builder. Filled by the modules that define them."""


def builder(name: str) -> Callable[[Builder], Builder]:
    """Registers a builder under its name in the rules."""

    def register(function: Builder) -> Builder:
        BUILDERS[name] = function
        return function

    return register


def group(context: Context, name: str) -> list[Word]:
    """The words of a named group of the match; empty if it took no part."""
    return context.match.groups.get(name, [])


def low(context: Context, name: str) -> str:
    """The words of a named group in lower case, with single spaces."""
    return " ".join(w.lower for w in group(context, name))


def month_of(context: Context, name: str = "month") -> int | None:
    """The month of a group, 1 to 12."""
    words = group(context, name)
    value = grammar().value("MONTH", words[0]) if words else None
    return value if isinstance(value, int) else None


def weekday_of(context: Context, *names: str) -> int | None:
    """The weekday of the first group present, Monday 1 to Sunday 7."""
    for name in names or ("wd",):
        words = group(context, name)
        if words:
            for table in ("WEEKDAY", "WEEKDAYS"):
                value = grammar().value(table, words[0])
                if isinstance(value, int):
                    return value
    return None


def number_of(context: Context, name: str) -> int | None:
    """The whole number of a group, or None."""
    words = group(context, name)
    value = words[0].value if words else None
    return int(value) if value is not None and value == int(value) else None


def year_of(context: Context, name: str = "year") -> int | None:
    """The year of a group; two digits mean the century nearest to the day of writing's last
    thirty years."""
    year = number_of(context, name)
    if year is None or year >= 100:
        return year
    if len(group(context, name)[0].text.strip("'’")) != 2:
        return year
    now = context.ref.year or 2030
    century = now // 100 * 100
    return century + year if century + year <= now + 10 else century - 100 + year


def from_ref(ref: Ref, meaning: Meaning) -> Meaning:
    """The meaning as counted from a day: its anchor, and its doubt."""
    return replace(meaning, anchor=ref.anchor, mark=meaning.mark or ref.mark)
