"""From EDTF to the days that the record's columns hold, and the three clocks.

Days are ISO text (`2019-01-06`), inclusive; None is open or unknown. An open year gives no day at
all: such a time is listed as undated, and never put on a day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from sayso.model import edtf
from sayso.model.document import Document, Part

UNDATED = "9999-12-31"
"""Where things without a day stand in an order by day: after everything dated."""

LAST = "9999-12-30"
"""The last day that something dated can be on."""


@lru_cache(maxsize=8192)
def bounds(text: str | None) -> tuple[str | None, str | None]:
    """First and last day of an EDTF text, inclusive; (None, None) where it gives none."""
    first, last = edtf.bounds(text)
    return (first.isoformat() if first else None), (last.isoformat() if last else None)


@lru_cache(maxsize=8192)
def said(published: str | None) -> tuple[str | None, str | None]:
    """First and last day on which something published then can have been said. ISO date-times of
    pages are understood; (None, None) for an open year or no date at all."""
    value = edtf.from_iso(published)
    first, last = value.bounds() if value else (None, None)
    if first is None or last is None:
        return None, None
    return first.isoformat(), last.isoformat()


def said_on(document: Document, part: Part | None) -> str | None:
    """The day on which words of a part had been said at the latest: the comment's own date, else
    the page's. None where the day is not certain (an open year, a month, a doubtful date): what
    it says is then known only from its capture."""
    for text in (part.published if part and part.kind == "comment" else None, document.published):
        if text:
            return _certain(text)
    return None


@lru_cache(maxsize=8192)
def _certain(text: str) -> str | None:
    """The one day that a date means; None where that is not certain."""
    value = edtf.from_iso(text)
    if value is None or value.qualifier:
        return None
    first, last = value.bounds()
    return last.isoformat() if first and last and first == last else None


def open_day(text: str | None) -> str | None:
    """`01-06` of `XXXX-01-06`: a day whose year nobody gives; None for anything else."""
    found = _OPEN_DAY.fullmatch(text or "")
    return found[1] if found else None


def open_before(day: str, days: int) -> str | None:
    """So many days before an open day; None where that is in the year before."""
    found = (date.fromisoformat(f"2000-{day}") - timedelta(days)).isoformat()
    return found[5:] if found.startswith("2000") else None


_OPEN_DAY = re.compile(r"XXXX-(\d\d-\d\d)[?~%]?")


@lru_cache(maxsize=8192)
def plus(day: str, days: int) -> str:
    """The day so many days later (earlier, if negative), kept within the calendar."""
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return "9999-12-31" if days > 0 else "0001-01-01"


@lru_cache(maxsize=8192)
def width(first: str, last: str) -> int:
    """Days from the first to the last; 0 for one day."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def valid(text: str) -> str | None:
    """The day, if the text is one (`2019-01-06`); None if not."""
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else None
    except ValueError:
        return None
