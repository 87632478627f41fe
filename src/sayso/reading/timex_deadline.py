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
from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.model import edtf
from sayso.model.annotation import Timex
from sayso.model.span import Span
from sayso.reading.draft import Draft
from sayso.reading.timex_calendar import add_days, add_months, clip_day
from sayso.reading.timex_context import Ref, ref_of

_CHAIN_BACK = re.compile(r"\s+(?:after|from|following|past)\s+(?:the\s+)?\Z", re.IGNORECASE)
_CHAIN_ON = re.compile(r"\s*,?\s*(?:and|plus|\+)(?:\s+then)?\s+\Z", re.IGNORECASE)
_PERIOD = re.compile(r"P(T?)(X|\d+(?:\.\d+)?)([A-Z])\Z")


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


@dataclass(frozen=True, slots=True)
class _Statement:
    """One deadline phrase: its last day (EDTF day, with `XXXX` or None where open)."""

    start: int
    end: int
    first_day: str | None
    last_day: str | None
    anchor: str | None
    note: str
    rank: int
    mark: str = ""
    from_now: int | None = None


@dataclass(frozen=True)
class _Phrases:
    lead: tuple[tuple[str, str], ...]
    few: dict[str, int]
    restates: re.Pattern[str]
    vague: re.Pattern[str]
    vague_days: dict[str, int | None]
    event: re.Pattern[str]


def _either(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w).replace("\\ ", r"\s+").replace("'", "['’]") for w in longest_first)


@cache
def _phrases() -> _Phrases:
    data = load_yaml("lang", "en", "time_deadlines.yaml")
    lead = [(w, row["gives"]) for row in data["lead"] for w in row["words"]]
    lead.sort(key=lambda pair: -len(pair[0]))
    vague_days = {w: row.get("days") for row in data["vague"] for w in row["words"]}
    few = {k: v for k, v in data["few"].items() if not k.startswith("__")}
    return _Phrases(
        tuple(lead),
        few,
        re.compile(rf"(?:^|\W)(?:{_either(data['restates'])})\s", re.IGNORECASE),
        re.compile(rf"\b(?:{_either(list(vague_days))})\b", re.IGNORECASE),
        vague_days,
        re.compile(rf"\b(?:{_either(data['event'])})\s+(?=\w)", re.IGNORECASE),
    )


def deadline(draft: Draft, start: int, end: int) -> Deadline | None:
    """The deadline of the statement at [start, end), or None if it names none."""
    part = draft.part_of(start)
    ref, borrowed = ref_of(draft.document, part)
    times = sorted(draft.over(Timex, start, end), key=lambda t: t.start)
    statements = _statements(draft, times, ref, start)
    if statements:
        found = _settled(draft, statements, ref)
        if borrowed and found.anchor == "published":
            note = f"{found.note}; {borrowed}"
            return Deadline(
                found.edtf, found.words, found.anchor, note, found.vague, found.restated
            )
        return found
    return _vague(draft, start, end, ref) or _by_event(draft, start, end)


# -- single statements -----------------------------------------------------------------------------


def _statements(draft: Draft, times: list[Timex], ref: Ref, start: int) -> list[_Statement]:
    out: list[_Statement] = []
    skip = 0
    for n, timex in enumerate(times):
        if n < skip:
            continue
        chain = _chain(draft, times, n)
        if chain is not None:
            statement, skip = chain
            out.append(statement)
            continue
        found = _statement(draft, timex, ref, start)
        if found is not None:
            out.append(found)
    return out


def _lead(draft: Draft, timex: Timex, start: int) -> tuple[str, int]:
    """(what the words in front give, where they start)."""
    before = draft.text[max(start, timex.start - 40) : timex.start]
    folded = re.sub(r"\s+", " ", before.lower()).rstrip() + " "
    for words, gives in _phrases().lead:
        if words and re.search(rf"(?:^|\W){re.escape(words)} $", folded):
            found = re.search(rf"(?:{_either([words])})\s*\Z", before, re.IGNORECASE)
            at = timex.start - len(found.group()) if found else timex.start
            negated = re.search(
                r"\b(?:not|never|n't)\s*\Z", before[: at - timex.start], re.IGNORECASE
            )
            if gives == "before" and negated:
                return "after", at
            if gives == "takes":
                return "within", timex.start
            return gives, at
    return "on", timex.start


def _statement(draft: Draft, timex: Timex, ref: Ref, start: int) -> _Statement | None:
    gives, at = _lead(draft, timex, start)
    if timex.type == "SET" or timex.value in ("PAST_REF", "PRESENT_REF"):
        return None
    rule = timex.made_by.rule
    if rule in ("from-now", "from-day"):
        return _from_now(draft, timex, ref)
    if timex.type == "DURATION":
        relative = rule in ("duration-relative", "recent-units")
        if gives != "within" and not relative:
            return None
        return _length(draft, timex, ref, at if gives == "within" else timex.start)
    if timex.value == "FUTURE_REF" or timex.edtf is None:
        return None
    return _date(timex, ref, gives, at)


def _date(timex: Timex, ref: Ref, gives: str, at: int) -> _Statement | None:
    assert timex.edtf is not None
    first, last = _ends(timex.edtf)
    if last is None:
        return None
    mark = "?" if "?" in timex.edtf else ""
    note = f"{timex.exact!r} is {timex.edtf}"
    if ref.day is not None and (known := edtf.bounds(last)[1]) is not None and known < ref.day:
        return None  # over before it was written: no deadline
    if gives == "before" and timex.exact.lower().startswith(("the end", "end")):
        gives = "by"
    if gives == "after":
        return _Statement(at, timex.end, last, None, timex.anchor, note + ", from then on", 1, mark)
    if gives == "before" and first is not None:
        last, first = edtf.shift(first, -1), None
    elif gives == "by":
        first = None
    rank = 4 if gives in ("by", "before") else 3
    return _Statement(at, timex.end, first, last, timex.anchor, note, rank, mark)


def _ends(text: str) -> tuple[str | None, str | None]:
    """The first and last day of an EDTF text as EDTF days; an unknown year stays unknown."""
    low, high = edtf.bounds(text)
    if low is not None or high is not None:
        return (edtf.of_day(low) if low else None), (edtf.of_day(high) if high else None)
    value = edtf.parse(text)
    if value is None:
        return None, None
    ends = [str(p).rstrip("?~%") if p and p.month else None for p in (value.start, value.end)]
    return ends[0], ends[1]


def _from_now(draft: Draft, timex: Timex, ref: Ref) -> _Statement | None:
    del draft
    days = _days_of_words(timex.exact)
    note = f"{timex.exact!r} counted from the day of writing"
    if timex.edtf and timex.value != "FUTURE_REF":
        first, last = _ends(timex.edtf)
        del first
        return _Statement(timex.start, timex.end, None, last, timex.anchor, note, 5, ref.mark, days)
    return _Statement(
        timex.start, timex.end, None, None, None, note + ", which is not known", 2, "", days
    )


def _days_of_words(words: str) -> int | None:
    """37 for "37 days from now": the count in days, where it is one."""
    found = re.match(r"(?:\D*)(\d{1,4})\s+(day|week)", words)
    return int(found[1]) * (7 if found[2] == "week" else 1) if found else None


def _length(draft: Draft, timex: Timex, ref: Ref, at: int) -> _Statement | None:
    """ "within 4 weeks", "in the next few hours": that long from the day of writing."""
    if timex.value is None:
        return None
    note, mark = f"{timex.value} from the day of writing", ref.mark
    base, anchor = (edtf.of_day(ref.day) if ref.day else ref.text), ref.anchor
    if base is None:
        spoken = _spoken_day(draft, timex)
        if spoken is None:
            return _Statement(at, timex.end, None, None, None, note + ", which is not known", 2)
        base, anchor, mark = spoken[0], spoken[1], "?"
        note = f"{timex.value} from {base}, the day that the text itself gives"
    last = _after(base, timex.value)
    if "X" in timex.value:
        note += f", read as {_phrases().few.get(timex.value, 0)} days at most"
        mark = "%" if mark == "?" else "~"
    first = base if anchor != "published" else None
    return _Statement(at, timex.end, first, last, anchor, note, 3, mark)


def _spoken_day(draft: Draft, timex: Timex) -> tuple[str, str] | None:
    """(EDTF day, timex id) to count from where the day of writing is not known: in an article the
    last day named before; in a comment only a day that its own words give away as today."""
    part = draft.part_of(timex.start)
    times = [t for t in draft.of(Timex) if t.part == timex.part]
    if part is not None and part.kind == "comment":
        return _today_by_sums(draft, times)
    for other in reversed(times):
        if other.end <= timex.start and other.edtf and "holiday" not in other.made_by.rule:
            point = edtf.parse(other.edtf)
            if point and point.kind == "point" and point.start and point.start.day.isdigit():
                return other.edtf.rstrip("?~%"), other.id
    return None


def _today_by_sums(draft: Draft, times: list[Timex]) -> tuple[str, str] | None:
    """ "30 days after January 7th and a week, that makes it 37 days from now" was written on
    January 7th."""
    counts = [d for t in times if "from-now" in t.made_by.rule and (d := _days_of_words(t.exact))]
    if not counts:
        return None
    for n in range(len(times)):
        chain = _chain(draft, times, n)
        if chain is None or chain[0].first_day is None or chain[0].last_day is None:
            continue
        first, last = chain[0].first_day, chain[0].last_day
        if chain[0].anchor and any(edtf.shift(last, -days) == first for days in counts):
            return first, chain[0].anchor
    return None


def _after(day: str | None, period: str) -> str | None:
    """The EDTF day that long after a day; None where that cannot be said."""
    if day is None:
        return None
    few = _phrases().few.get(period)
    if few is not None:
        return edtf.shift(day, few)
    found = _PERIOD.match(period)
    if found is None or found[2] == "X":
        return None
    count = float(found[2])
    if found[1]:
        hours = count * {"S": 1 / 3600, "M": 1 / 60, "H": 1.0}.get(found[3], 1.0)
        return edtf.shift(day, max(1, int(-(-hours // 24)))) if hours < 1e5 else None
    if found[3] in "DW":
        days = int(count * (7 if found[3] == "W" else 1))
        return edtf.shift(day, days) if days < 400000 else None
    months = round(count * {"M": 1, "Q": 3, "Y": 12}.get(found[3], 0))
    known = edtf.day(day)
    if known is None or not 0 < months < 12000:
        return None
    moved = clip_day(*add_months(known.year, known.month, months), known.day)
    return edtf.of_day(moved) if moved else None


def _chain(draft: Draft, times: list[Timex], n: int) -> tuple[_Statement, int] | None:
    """ "30 days after January 7th and a week": the sum, and the index behind its last time."""
    if n + 1 >= len(times) or times[n].type != "DURATION":
        return None
    length, date = times[n], times[n + 1]
    between = draft.text[length.end : date.start]
    if date.edtf is None or date.type == "DURATION" or not _CHAIN_BACK.match(between):
        return None
    day = _after(_ends(date.edtf)[1], length.value or "")
    note = f"{date.exact!r} + {length.value}"
    k, end = n + 2, date.end
    while k < len(times) and times[k].type == "DURATION":
        if not _CHAIN_ON.match(draft.text[end : times[k].start]):
            break
        day = _after(day, times[k].value or "")
        note, end, k = f"{note} + {times[k].value}", times[k].end, k + 1
    if day is None:
        return None
    mark = "?" if "?" in date.edtf else ""
    first = _ends(date.edtf)[0]
    return _Statement(length.start, end, first, day, date.id, f"{note} = {day}", 5, mark), k


# -- one deadline out of several statements --------------------------------------------------------


def _settled(draft: Draft, statements: list[_Statement], ref: Ref) -> Deadline:
    """The statement that counts, and the one that says the same again."""
    best = max(statements, key=lambda s: (s.last_day is not None, s.rank))
    for statement in statements:
        between = draft.text[best.end : statement.start]
        if (
            statement.start > best.end
            and statement.last_day is not None
            and _phrases().restates.search(between + " ")
        ):
            best = statement
    again, note = None, best.note
    for other in statements:
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


def _agree(a: _Statement, b: _Statement) -> bool | None:
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


def _interval(statement: _Statement, ref: Ref) -> str | None:
    """`2019-01-07/2019-02-13`: from the first day it can come true to the last."""
    first = statement.first_day
    if statement.anchor == "published" or first is None:
        first = edtf.of_day(ref.day) if ref.day else first
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


def _vague(draft: Draft, start: int, end: int, ref: Ref) -> Deadline | None:
    found = _phrases().vague.search(draft.text, start, end)
    if found is None:
        return None
    days = _phrases().vague_days.get(re.sub(r"\s+", " ", found.group().lower().replace("’", "'")))
    words = draft.span(*found.span())
    if ref.day is None:
        return Deadline(None, words, None, "no day is named", vague=True)
    last = add_days(ref.day, days) if days else None
    text = edtf.of_day(ref.day, ref.mark) + "/" + (edtf.of_day(last, "~") if last else "..")
    note = f"no day is named; read as {days} days at most" if last else "no day is named"
    return Deadline(text, words, ref.anchor, note, vague=True)


def _by_event(draft: Draft, start: int, end: int) -> Deadline | None:
    """ "when they enter the city": the words only; the event sets the day."""
    found = _phrases().event.search(draft.text, start, end)
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
