"""Dates as pages print them, in the languages of the pages -> ISO 8601 and EDTF.

Only what is written is read: a date without a year keeps its year open (`XXXX-07-17`), and
"3 hours ago" gives nothing. Days run in the page's own time; an offset is kept where it is
printed. Whether 04/05 is the 4th of May or the 5th of April is for the caller to say (`order`),
who can look at all the dates of a page (`day_order`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sayso.knowledge import tables

Order = Literal["dmy", "mdy"]

_LONGEST = 4000
"""A date stands in a short line; longer strings are cut before they are searched."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in a text: half-open offsets of the words, and what they say."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    hour: int | None = None
    minute: int | None = None
    offset: str = ""

    @property
    def edtf(self) -> str:
        """The day as EDTF; `XXXX` for a year that is not printed."""
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        return f"{year}-{self.month:02d}" + ("" if self.day is None else f"-{self.day:02d}")

    @property
    def iso(self) -> str | None:
        """ISO 8601 with the time and offset that are printed, or None without year and day."""
        if self.year is None or self.day is None:
            return None
        time = "" if self.hour is None else f"T{self.hour:02d}:{self.minute or 0:02d}{self.offset}"
        return self.edtf + time


@cache
def _months() -> dict[str, int]:
    rows = tables.load_yaml("threads", "months.yaml")
    return {
        name.casefold(): number
        for number, names in rows.items()
        if number != tables.LINE
        for name in names
    }


_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBERS = re.compile(r"\d[-./]\d|\d\s?[年년]")


@cache
def _month_words() -> frozenset[str]:
    """The first words of all names of months: a line without one of them has no such date."""
    return frozenset(m[0] for name in _months() if (m := _LETTERS.match(name)))


_CLOCK = r"(?P<h>[0-2]?\d)(?:[:.h]|\s?h\s?|\s:\s)(?P<m>[0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?"
_HALF = r"(?:\s?(?P<ap>[ap])\.?\s?m\b\.?)?"
_OFF = r"(?:\s?(?P<off>Z\b|[+-][01]\d:?[0-5]\d\b|UTC\b|GMT\b))?"
_JOIN = (
    r"(?:\s*(?:,|/{1,2}|\||@|\(|–|—|-|·|•|at|um|à|a las|a la|alle(?: ore)?|ore|om|kl\.?|klo|às|as|"
    r"saat|o|u|v|в|о|الساعة|ו|בשעה|T)\s*)?\s{0,3}"
)
_TIME = rf"(?:{_JOIN}(?<![\d]){_CLOCK}{_HALF}{_OFF}(?!\d))?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>[0-3]?\d)"


@cache
def _named(word: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of dates with a month whose name has that first word, day first and month
    first. One pattern for all names of all languages would try hundreds at every letter."""
    own = [name for name in _months() if (m := _LETTERS.match(name)) and m[0] == word]
    names = "|".join(sorted(map(re.escape, own), key=len, reverse=True))
    month = rf"(?P<mon>{names})\b\.?"
    return (
        re.compile(
            rf"(?<!\d){_DAY}(?:\.|st|nd|rd|th|er|º|ª|-|/)?,?\s{{0,2}}(?:of\s|de\s|d['’]|di\s|-|/)?"
            rf"{month},?(?:\s{{0,2}}(?:de\s|del\s|-|/)?['’]?{_YEAR}(?:\s?г\.?)?(?!\d)|(?!\w)){_TIME}",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<!\w){month}\s{{0,2}}{_DAY}(?:\.|st|nd|rd|th)?(?!\d)"
            rf"(?:,?\s{{0,2}}{_YEAR}(?!\d))?{_TIME}",
            re.IGNORECASE,
        ),
    )


_NUMERIC_DATES = (
    re.compile(
        rf"(?<!\d){_YEAR}(?P<sep>[-/.])(?P<mo>[01]?\d)(?P=sep){_DAY}(?!\d){_TIME}", re.IGNORECASE
    ),
    re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<mo>[01]?\d)\s?[月월]\s?{_DAY}\s?[日일]{_TIME}"),
    re.compile(
        rf"(?<![\d.,:/])(?P<a>[0-3]?\d)(?P<sep>[./-])(?P<b>[0-3]?\d)(?P=sep)"
        rf"(?P<y>(?:19|20)\d\d|\d\d)(?![\d])(?!\.\d){_TIME}",
        re.IGNORECASE,
    ),
)


_CLOCK_BEFORE = re.compile(
    rf"(?<![\d:.]){_CLOCK}{_HALF}(?:\s?Uhr)?\s?(?:,|on|am|le|-|–|\|)?\s?$", re.IGNORECASE
)
_MONTH_YEAR = r"^\W*(?P<mon>{names})\.?,?\s+(?P<y>(?:19|20)\d\d)\W*$"


def month_year(text: str) -> str | None:
    """EDTF of a line that is a month and a year and nothing else ("May 2021"), or None."""
    return _month_year(text) if len(text) < 40 else None


@cache
def _month_year_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(_MONTH_YEAR.format(names=names), re.IGNORECASE)


def _month_year(text: str) -> str | None:
    found = _month_year_pattern().match(text)
    if not found:
        return None
    return f"{int(found['y']):04d}-{_months()[found['mon'].casefold()]:02d}"


def find(text: str, order: Order = "dmy") -> Stamp | None:
    """The first date of a text, or None. `order` decides 04/05/2019 and nothing else."""
    return next(find_all(text, order), None)


_ISO = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<mo>[01]\d)-(?P<d>[0-3]\d)(?:[T ](?P<h>[0-2]\d):(?P<m>[0-5]\d)"
    r"(?::[0-5]\d(?:\.\d+)?)?(?P<ap>)(?P<off>Z|[+-][01]\d:?[0-5]\d)?)?"
)
"""How pages that are well made write times for programs; read without further search."""


def find_all(text: str, order: Order = "dmy") -> Iterator[Stamp]:
    """The dates of a text, left to right, without overlaps."""
    text = text[:_LONGEST]
    written = _ISO.fullmatch(text)
    stamp = _stamp(written, text, order) if written else None
    if stamp:
        yield stamp
        return
    if not any(c.isdigit() for c in text):
        return
    patterns: tuple[re.Pattern[str], ...] = _NUMERIC_DATES if _NUMBERS.search(text) else ()
    for word in sorted(_month_words() & set(_LETTERS.findall(text.casefold()))):
        patterns += _named(word)
    matches = sorted(
        (m for pattern in patterns for m in pattern.finditer(text)),
        key=lambda m: (m.start(), m.start() - m.end()),
    )
    done = 0
    for match in matches:
        if match.start() >= done:
            stamp = _stamp(match, text, order)
            if stamp:
                done = stamp.end
                yield stamp


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _stamp(match: re.Match[str], text: str, order: Order) -> Stamp | None:
    group = match.groupdict()
    year = int(group["y"]) if group.get("y") else None
    if year is not None and year < 100:
        year += 2000 if year < 70 else 1900
    if group.get("mon"):
        month, day = _months()[group["mon"].casefold()], int(group["d"])
    elif "a" in group:
        first, second = int(group["a"]), int(group["b"])
        month_first = second > 12 or (order == "mdy" and group["sep"] != "." and first <= 12)
        month, day = (first, second) if month_first else (second, first)
    else:
        month, day = int(group["mo"]), int(group["d"])
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return None
    start, clock = match.start(), match
    if group.get("h") is None:
        before = _CLOCK_BEFORE.search(text[max(0, start - 24) : start])
        if before:
            clock, start = before, start - (min(24, start) - before.start())
    hour, minute = _clock(clock)
    offset = _offset(group.get("off"))
    return Stamp(start, match.end(), year, month, day, hour, minute, offset)


def _clock(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["h"] is None:
        return None, None
    hour, half = int(match["h"]), (match["ap"] or "").casefold()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, int(match["m"])) if hour < 24 else (None, None)


def _offset(words: str | None) -> str:
    if not words:
        return ""
    if words[0] in "+-":
        return words if ":" in words else f"{words[:3]}:{words[3:]}"
    return "Z"


_NUMERIC = re.compile(r"(?<![\d.,:/])([0-3]?\d)([/-])([0-3]?\d)\2(?:(?:19|20)\d\d|\d\d)(?!\d)")


def day_order(texts: Iterable[str], language: str | None) -> Order:
    """Which of 04/05 is the day, judged over all the dates of a page.

    A number over 12 settles it. Where none does, the order in which the dates run on (comments
    stand by time) is tried both ways; English without any sign is read month first.
    """
    pairs = [(int(m[1]), int(m[3])) for text in texts for m in _NUMERIC.finditer(text[:_LONGEST])]
    if any(a > 12 for a, _ in pairs):
        return "dmy"
    if any(b > 12 for _, b in pairs):
        return "mdy"
    return "mdy" if language == "en" else "dmy"
