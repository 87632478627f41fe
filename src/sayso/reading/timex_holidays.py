"""Feasts and national days that a text names, from `time_holidays.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_csv, where
from sayso.reading.timex_calendar import Direction, feast, nearest
from sayso.reading.timex_tokens import Kind, Word

_FILE = ("lang", "en", "time_holidays.csv")
_NATIONAL = ("lang", "en", "time_national_days.csv")
_MONTHS = ("lang", "en", "time_calendars.csv")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that calendars name. `sure` is False where observance moves it by a day or so."""

    name: str
    rule: str
    days: int
    sure: bool
    tradition: str
    lower: bool = False

    def fixed(self) -> tuple[int, int] | None:
        """(month, day) if it is the same in each year."""
        found = re.fullmatch(r"(\d\d)-(\d\d)", self.rule)
        return (int(found[1]), int(found[2])) if found else None

    def near(self, day: date, direction: Direction) -> date | None:
        """Its first day nearest to a day (on one side of it, if a direction is given)."""
        years = (day.year - 1, day.year, day.year + 1)
        return nearest([d for y in years for d in feast(self.rule, y)], day, direction)

    def in_year(self, year: int) -> date | None:
        """Its first day in a Gregorian year, or None."""
        days = feast(self.rule, year)
        return days[0] if days else None


@cache
def holidays() -> dict[str, Holiday]:
    """All names in lower case, with plain apostrophes. Raises KnowledgeError naming the line."""
    out: dict[str, Holiday] = {}
    for row in load_csv(*_FILE, required=("name", "rule", "days", "sure", "tradition")):
        try:
            feast(row["rule"], 2019)
            days = int(row["days"])
        except ValueError as error:
            raise KnowledgeError(f"{where(*_FILE)}:{row[LINE]}: {error}") from error
        holiday = Holiday(
            row["name"],
            row["rule"],
            days,
            row["sure"] == "yes",
            row["tradition"],
            row["lower"] == "yes",
        )
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            out[name.lower()] = holiday
    return out


@cache
def national_days() -> dict[str, dict[str, Holiday]]:
    """Days that many countries call by one name: name in lower case -> country code -> the day.
    Raises KnowledgeError naming the line."""
    out: dict[str, dict[str, Holiday]] = {}
    for row in load_csv(*_NATIONAL, required=("country", "name", "rule")):
        try:
            feast(row["rule"], 2019)
        except ValueError as error:
            raise KnowledgeError(f"{where(*_NATIONAL)}:{row[LINE]}: {error}") from error
        day = Holiday(f"{row['name']} ({row['country']})", row["rule"], 1, True, "civil")
        out.setdefault(row["name"].lower(), {})[row["country"]] = day
    return out


@cache
def named() -> dict[str, Kind]:
    """All names in lower case that are joined into one word, and the kind of word each is: feasts
    and national days, months of other calendars. Ramadan and the like are feasts."""
    rows = load_csv(*_MONTHS, required=("name",))
    months = [n for row in rows for n in (row["name"], *row["aliases"].split("|")) if n]
    return {
        **{name.lower(): "othermonth" for name in months},
        **dict.fromkeys(national_days(), "holiday"),
        **dict.fromkeys(holidays(), "holiday"),
    }


@cache
def _by_first_word() -> dict[str, list[str]]:
    """First word -> the names that start with it, the longest first."""
    out: dict[str, list[str]] = {}
    for name in sorted(named(), key=len, reverse=True):
        first = re.match(r"[^\W\d_]+", name)
        if first:
            out.setdefault(first.group(), []).append(name)
    return out


def merged(text: str, words: list[Word]) -> list[Word]:
    """The words with those that name a feast, or a month of another calendar, joined into one of
    kind `holiday` or `othermonth`. Most names count only with a capital."""
    starts = _by_first_word()
    out: list[Word] = []
    until = -1
    for word in words:
        if word.start < until:
            continue
        if word.lower not in starts:
            out.append(word)
            continue
        name = next((n for n in starts.get(word.lower, ()) if _stands(text, word.start, n)), None)
        if name is None:
            out.append(word)
        else:
            until = word.start + len(name)
            out.append(Word(word.start, until, text[word.start : until], named()[name]))
    return out


def _stands(text: str, at: int, name: str) -> bool:
    shown = text[at : at + len(name)]
    follow = text[at + len(name) : at + len(name) + 1]
    return (
        shown.lower().replace("’", "'") == name
        and (_in_lower_case(name) or any(c.isupper() for c in shown))
        and not follow.isalnum()
    )


def _in_lower_case(name: str) -> bool:
    return name in holidays() and holidays()[name].lower
