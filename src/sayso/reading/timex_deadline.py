"""Deadline phrases to EDTF intervals: by when must it have happened?

`deadline(draft, start, end)` looks at the words of one statement about the future. It knows times
with a word in front ("by the end of", "within 4 weeks", "37 days from now", "before Nowruz"), sums
of times ("30 days after January 7th and a week"), and phrases that name no day ("soon", "sooner or
later", "when they enter the city"). Where a statement gives its deadline twice, both are worked out
and must agree; if they do not, the one that spells out the other counts and the note says so.

The interval starts on the day of writing, if that is known, and ends on the last day on which the
statement can still come true. `XXXX` is an unknown year; `..` an end that nothing states.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.model import edtf
from sayso.model.annotation import Timex
from sayso.model.span import Span
from sayso.reading.draft import Draft
from sayso.reading.timex_calendar import add_days
from sayso.reading.timex_context import Ref, ref_of
from sayso.reading.timex_deadline_days import Statement, statements
from sayso.reading.timex_deadline_phrases import phrases


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when. `edtf` is an interval, None where only an event dates it. `words` are the text's;
    `restated` are those of a second statement of the same deadline. `anchor` is `published`, a
    timex id, or None. `vague` is True where no day is named. `note` tells how it was read."""

    edtf: str | None
    words: Span
    anchor: str | None
    note: str
    vague: bool = False
    restated: Span | None = None


def deadline(draft: Draft, start: int, end: int) -> Deadline | None:
    """The deadline of the statement at [start, end), or None if it names none."""
    part = draft.part_of(start)
    ref, borrowed = ref_of(draft.document, part)
    times = sorted(draft.over(Timex, start, end), key=lambda t: t.start)
    found_here = statements(draft, times, ref, start, end)
    if found_here:
        found = _settled(draft, found_here, ref)
        if borrowed and found.anchor == "published":
            note = f"{found.note}; {borrowed}"
            return Deadline(
                found.edtf, found.words, found.anchor, note, found.vague, found.restated
            )
        return found
    return _vague(draft, start, end, ref) or _by_event(draft, start, end)


# -- one deadline out of several statements --------------------------------------------------------


def _settled(draft: Draft, found: list[Statement], ref: Ref) -> Deadline:
    """The statement that counts, and the one that says the same again."""
    best = max(found, key=lambda s: (s.last_day is not None, s.rank))
    for statement in found:
        between = draft.text[best.end : statement.start]
        if (
            statement.start > best.end
            and statement.last_day is not None
            and phrases().restates.search(between + " ")
        ):
            best = statement
    again, note = None, best.note
    for other in found:
        if other is best:
            continue
        verdict = _agree(best, other)
        if verdict is True:
            again = other
            note = f"{note}; {draft.text[other.start : other.end]!r} says the same day"
        elif verdict is False and other.rank >= 4:
            note = f"{note}; {draft.text[other.start : other.end]!r} would give {other.last_day}"
            if other.rank == best.rank:
                draft.issue(
                    "deadline-contradiction",
                    f"{draft.text[best.start : best.end]!r} ends {best.last_day}, "
                    f"{draft.text[other.start : other.end]!r} ends {other.last_day}",
                    part=_part(draft, best.start),
                )
    text = _interval(best, ref)
    return Deadline(
        edtf=text,
        words=draft.span(best.start, best.end),
        anchor=best.anchor,
        note=note,
        vague=best.last_day is None,
        restated=draft.span(again.start, again.end) if again else None,
    )


def _part(draft: Draft, offset: int) -> str | None:
    part = draft.part_of(offset)
    return part.id if part else None


def _agree(a: Statement, b: Statement) -> bool | None:
    """True if both end on the same day, False if not, None if that cannot be known. A count from
    an unknown day of writing agrees if it leads back to the day that the other starts from."""
    if a.last_day and b.last_day:
        if a.last_day == b.last_day:
            return True
        x, y = (_month_day(s.last_day) for s in (a, b))
        return x == y if "X" in a.last_day + b.last_day else False
    known, counted = (a, b) if a.last_day else (b, a)
    if counted.from_now is None or known.last_day is None or known.first_day is None:
        return None
    back = edtf.shift(known.last_day, -counted.from_now)
    return True if back == known.first_day else None


def _month_day(day: str | None) -> str:
    return (day or "")[4:]


def _is_day(text: str | None) -> bool:
    return text is not None and len(text) == 10 and text[5:7].isdigit()


def _interval(statement: Statement, ref: Ref) -> str | None:
    """`2019-01-07/2019-02-13`: from the first day it can come true to the last."""
    first = statement.first_day
    written = edtf.of_day(ref.day) if ref.day else ref.text if _is_day(ref.text) else None
    first = first or written
    starts_later = first is not None and ref.day is not None and first > edtf.of_day(ref.day)
    if not starts_later and ref.day is not None:
        first = edtf.of_day(ref.day)
    if first is None and statement.last_day is None:
        return None
    mark = statement.mark
    left = (first + (ref.mark if first and ref.mark else "")) if first else ".."
    right = statement.last_day + mark if statement.last_day else ".."
    text = f"{left}/{right}"
    return text if edtf.parse(text) else None


# -- deadlines without a day -----------------------------------------------------------------------


_NAMED = re.compile(r"\s+[A-Z]")
""" "Next Carnival" is a day that the calendars here do not know."""


def _vague(draft: Draft, start: int, end: int, ref: Ref) -> Deadline | None:
    found = phrases().vague.search(draft.text, start, end)
    named = found is not None and start < found.start() and found.group().lower() == "next"
    if found is None or (named and _NAMED.match(draft.text, found.end())):
        return None
    days = phrases().vague_days.get(re.sub(r"\s+", " ", found.group().lower().replace("’", "'")))
    words = draft.span(*found.span())
    if ref.day is None:
        return Deadline(None, words, None, "no day is named", vague=True)
    last = add_days(ref.day, days) if days else None
    text = edtf.of_day(ref.day, ref.mark) + "/" + (edtf.of_day(last, "~") if last else "..")
    note = f"no day is named; read as {days} days at most" if last else "no day is named"
    return Deadline(text, words, ref.anchor, note, vague=True)


def _by_event(draft: Draft, start: int, end: int) -> Deadline | None:
    """ "when they enter the city": the words only; the event sets the day."""
    found = phrases().event.search(draft.text, start, end)
    if found is None:
        return None
    stop = re.compile(r"[,;.!?\n]").search(draft.text, found.end(), end)
    last = stop.start() if stop else end
    while last > found.end() and draft.text[last - 1].isspace():
        last -= 1
    if last - found.end() < 3:
        return None
    words = draft.span(found.start(), last)
    return Deadline(None, words, None, "an event sets the day, not a date", vague=True)
