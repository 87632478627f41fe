"""Single deadline phrases: from a time and the words around it to a last day.

Days are EDTF days, so that those of an unknown year ("XXXX-02-13") can be counted with too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sayso.model import edtf
from sayso.model.annotation import Timex
from sayso.reading import timex_tense
from sayso.reading.draft import Draft
from sayso.reading.timex_calendar import add_days, add_months, clip_day
from sayso.reading.timex_context import Ref
from sayso.reading.timex_deadline_phrases import is_turn, lead, phrases, tail
from sayso.reading.timex_deadline_worded import Worded, worded
from sayso.reading.timex_holidays import holidays
from sayso.reading.timex_tokens import words

_CHAIN_BACK = re.compile(r"\s+(?:after|from|following|past)\s+(?:the\s+)?\Z", re.IGNORECASE)
_CHAIN_ON = re.compile(r"\s*,?\s*(?:and|plus|\+)(?:\s+then)?\s+\Z", re.IGNORECASE)
_BOTH = re.compile(r"\s*(?:and|or|to|through|[-–])\s*", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:to|until|till|through|[-–])\s*(?:the\s+)?", re.IGNORECASE)
_SAME_MONTH = re.compile(
    r"\b(?:between|from)\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(?:and|to)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no|nobody|nothing|none|hardly|unlikely|nowhere)\b|n['’]t\b)[^.;:]*\Z", re.I
)
_MIDDLE = re.compile(r"(?:the\s+)?mid(?:dle)?\b", re.IGNORECASE)
_LONG = re.compile(
    r"(?:(a|an|one)|(\d{1,2})|(two|three|four|five|six|ten))\s+(years?|months?)\b", re.IGNORECASE
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_PERIOD = re.compile(r"P(T?)(X|\d+(?:\.\d+)?)([A-Z])\Z")
_YEARLY = frozenset(["holiday", "day-of-holiday", "month-day", "day-month", "month", "month-end"])
_SEASONS = frozenset(["season-the", "season-relative"])


@dataclass(frozen=True, slots=True)
class Statement:
    """One deadline phrase. `last_day` is its last day, None where it is open or not known;
    `from_now` how many days it counts from the day of writing. Of several statements of a sentence
    the one of the highest `rank` counts."""

    start: int
    end: int
    first_day: str | None
    last_day: str | None
    anchor: str | None
    note: str
    rank: int
    mark: str = ""
    from_now: int | None = None


def statements(draft: Draft, times: list[Timex], ref: Ref, start: int, end: int) -> list[Statement]:
    """The deadline phrases among the times of [start, end), in order."""
    out: list[Statement] = []
    skip = 0
    for n, timex in enumerate(times):
        if n < skip:
            continue
        summed = chain(draft, times, n)
        if summed is not None:
            statement, skip = summed
            out.append(statement)
            continue
        found = _statement(draft, timex, ref, start, end)
        if found is not None:
            out.append(_opened(draft, found, start))
    return _with_words(_joined(draft, out), worded(draft.text, ref, start, end))


def _with_words(found: list[Statement], more: list[Worded]) -> list[Statement]:
    """The statements with those in words, which take the place of what stands inside them."""
    kept = [
        s for s in found
        if not any(w.start < s.end and s.start < w.end and w.end >= s.end for w in more)
    ]  # fmt: skip
    dated = [w for w in more if not any(s.start < w.end and w.start < s.end for s in kept)]
    kept += [
        Statement(w.start, w.end, w.first, w.last, "published", w.note, 4, w.mark) for w in dated
    ]
    return sorted(kept, key=lambda s: s.start)


def _opened(draft: Draft, found: Statement, start: int) -> Statement:
    """ "between 12 and 15 October": from the 12th on."""
    day = edtf.day(found.last_day) if found.last_day else None
    before = _SAME_MONTH.search(draft.text, start, found.start)
    if day is None or before is None or found.first_day != found.last_day:
        return found
    first = clip_day(day.year, day.month, int(before[1]))
    if first is None or first >= day:
        return found
    return replace(found, start=before.start(), first_day=edtf.of_day(first))


def _joined(draft: Draft, found: list[Statement]) -> list[Statement]:
    """ "July and August", "between April and June": one stretch."""
    out: list[Statement] = []
    for one in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.first_day is not None
            and last.last_day is None
            and one.last_day is not None
            and one.first_day is not None
            and last.first_day <= one.last_day
            and _UNTIL.fullmatch(draft.text[last.end : one.start])
        ):  # "from January to March"
            note = f"{last.note}; {one.note}"
            out[-1] = replace(last, end=one.end, last_day=one.last_day, note=note, rank=3)
        elif (
            last is not None
            and last.rank == one.rank == 3
            and last.last_day is not None
            and one.last_day is not None
            and last.last_day < one.last_day
            and _BOTH.fullmatch(draft.text[last.end : one.start])
        ):
            note = f"{last.note}; {one.note}"
            out[-1] = replace(last, end=one.end, last_day=one.last_day, note=note)
        else:
            out.append(one)
    return out


def _statement(draft: Draft, timex: Timex, ref: Ref, start: int, end: int) -> Statement | None:
    gives, at = lead(draft.text, start, timex.start, turn=is_turn(timex.exact))
    if timex.type == "SET" or timex.value in ("PAST_REF", "PRESENT_REF"):
        return None
    rule = timex.made_by.rule
    if rule in ("from-now", "from-day", "in-time"):
        return _from_now(timex, ref, at if rule == "in-time" else timex.start)
    if timex.type == "DURATION":
        return _of_length(draft, timex, ref, gives, at, end)
    if timex.value == "FUTURE_REF" or timex.edtf is None:
        return None
    if gives in ("within", "takes"):  # "in 2020", "over this year": no length follows
        gives, at = "on", at if gives == "within" else timex.start
    return _of_date(draft, timex, ref, gives, at, start)


# -- dates -----------------------------------------------------------------------------------------


def _half_way(first: str | None, last: str | None) -> str | None:
    """The middle of the month or year whose middle part has these ends: by mid-March is by the
    15th, by mid-2026 by the end of June."""
    low, high = edtf.day(first) if first else None, edtf.day(last) if last else None
    if low is None or high is None:
        return last
    month = low.month if (high - low).days < 20 else 6
    middle = clip_day(low.year, month, 15 if (high - low).days < 20 else 30)
    return edtf.of_day(middle) if middle else last


def _of_date(
    draft: Draft, timex: Timex, ref: Ref, gives: str, at: int, start: int
) -> Statement | None:
    text = timex.edtf
    first, last = ends(text)
    if last is None:
        return None
    over = (known := edtf.bounds(last)[1]) is not None and ref.day is not None and known < ref.day
    if over and ref.day is not None:
        if gives not in ("by", "before", "from", "soonest") and not _ahead(draft, timex):
            return None  # over before it was written: no deadline
        text = _next_time(timex, ref.day)
        first, last = ends(text)
        if last is None:
            return None
    if gives == "by" and draft.text[at : at + 5].lower().startswith(("until", "till")):
        clause = draft.text[max(start, at - 120) : at]
        gives = "before" if _NEGATED.search(clause) else gives
    mark = "?" if "?" in (timex.edtf or "") else ""
    note = f"{timex.exact!r} is {text}"
    if timex.exact.lower() == "tonight":
        last = first
    if gives == "before" and timex.exact.lower().startswith(("the end", "end")):
        gives = "by"
    if gives in ("after", "from", "soonest"):
        opens = last if gives == "after" else first
        note += ", from then on"
        return Statement(at, timex.end, opens, None, timex.anchor, note, 1, mark)
    if gives in ("by", "before") and _MIDDLE.match(timex.exact):
        last, first = _half_way(first, last), None
    elif gives == "before" and first is not None:
        last, first = edtf.shift(first, -1), None
        if last is not None and ref.day is not None and last < edtf.of_day(ref.day):
            return None  # "before the summer", in it: which one is meant is not said
    elif gives == "by":
        first = None
    rank = 4 if gives in ("by", "before") else 3
    return Statement(at, timex.end, first, last, timex.anchor, note, rank, mark)


def _ahead(draft: Draft, timex: Timex) -> bool:
    """True if the time can be said of something to come: its verb is not of the past ("is likely
    on Thursday", "could fall on Monday"), and it names nothing ("Friday's attack")."""
    tree = draft.tree_at(timex.start)
    head = tree.span_head(timex.start, timex.end) if tree is not None else None
    if tree is None or head is None or timex_tense.names(head):
        return False
    return timex_tense.by_tree(tree, timex.start, timex.end) != "past"


def _next_time(timex: Timex, day: date) -> str | None:
    """The next time that a weekday, a day of the year, a month, a season or a feast comes round;
    None for a time that does not."""
    rule = timex.made_by.rule
    first, last = edtf.bounds(timex.edtf)
    if first is None or last is None or (day - last).days > 400:
        return None
    if rule == "weekday":
        moved = add_days(first, 7)
        return edtf.of_day(moved) if moved else None
    if rule in ("holiday", "day-of-holiday"):
        return _next_feast(timex, day, (last - first).days)
    dated = re.search(r"\d{4}", timex.exact) is not None  # "the first quarter of 2018"
    if (rule in _YEARLY | _SEASONS or (rule == "quarter" and not dated)) and first.year < 9990:
        a, b = (
            clip_day(first.year + 1, first.month, first.day),
            clip_day(last.year + 1, last.month, last.day),
        )
        return edtf.interval(a, b) if a != b else edtf.of_day(a) if a else None
    return None


def _next_feast(timex: Timex, day: date, length: int) -> str | None:
    low = timex.exact.lower().replace("’", "'")
    name = max((n for n in holidays() if n in low), key=len, default=None)
    start = holidays()[name].near(day, "future") if name else None
    if start is None or name is None:
        return None
    mark = "" if holidays()[name].sure else "~"
    stop = add_days(start, length)
    return edtf.interval(start, stop, mark) if length and stop else edtf.of_day(start, mark)


def ends(text: str | None) -> tuple[str | None, str | None]:
    """The first and last day of an EDTF text as EDTF days; an unknown year stays unknown."""
    low, high = edtf.bounds(text)
    if low is not None or high is not None:
        return (edtf.of_day(low) if low else None), (edtf.of_day(high) if high else None)
    value = edtf.parse(text) if text else None
    if value is None:
        return None, None
    both = [str(p).rstrip("?~%") if p and p.month else None for p in (value.start, value.end)]
    return both[0], both[1]


# -- lengths ---------------------------------------------------------------------------------------


def _from_now(timex: Timex, ref: Ref, at: int) -> Statement:
    """ "37 days from now", "in two weeks' time"."""
    days = _days_counted(timex.exact)
    note = f"{timex.exact!r} counted from the day of writing"
    if timex.edtf and timex.value != "FUTURE_REF":
        last = _counted_on(timex.exact, ref) or ends(timex.edtf)[1]
        return Statement(at, timex.end, None, last, timex.anchor, note, 5, ref.mark, days)
    return Statement(at, timex.end, None, None, None, note + ", which is not known", 2, "", days)


def _counted_on(shown: str, ref: Ref) -> str | None:
    """The day so many months or years from the day of writing: a year names no year as a whole."""
    found = _LONG.search(shown)
    if found is None or ref.day is None:
        return None
    count = 1 if found[1] else int(found[2]) if found[2] else _NUMBERS[found[3].lower()]
    months = count * (12 if found[4].lower().startswith("year") else 1)
    day = clip_day(*add_months(ref.day.year, ref.day.month, months), ref.day.day)
    return edtf.of_day(day) if day else None


def _days_counted(shown: str) -> int | None:
    """37 for "37 days from now", 14 for "two weeks from now"; None for what is not in days."""
    found = words(shown)
    for number, noun in pairwise(found):
        count = 1.0 if number.lower in ("a", "one") else number.value
        per = {"day": 1, "days": 1, "week": 7, "weeks": 7}.get(noun.lower)
        if count is not None and per and count < 100_000:
            return int(count * per)
    return None


def _of_length(
    draft: Draft, timex: Timex, ref: Ref, gives: str, at: int, end: int
) -> Statement | None:
    """ "within 4 weeks", "in the next few hours", "3 days max": that long from the day of
    writing."""
    relative = timex.made_by.rule in ("duration-relative", "recent-units", "bare-within")
    stop = tail(draft.text, timex.end, end)
    if timex.value is None or not (gives in ("within", "takes") or relative or stop):
        return None
    at = at if gives == "within" else timex.start
    stop = stop or timex.end
    note, mark, anchor = f"{timex.value} from the day of writing", ref.mark, ref.anchor
    base = edtf.of_day(ref.day) if ref.day else ref.text
    if base is None:
        given = _given_day(draft, timex)
        if given is None:
            return Statement(at, stop, None, None, None, note + ", which is not known", 2)
        base, anchor, mark = given[0], given[1], "?"
        note = f"{timex.value} from {base}, the day that the text itself gives"
    last = after(base, timex.value)
    if timex.exact.lower() == "the year" and ref.day is not None:
        last, note = f"{ref.day.year:04}-12-31", "the year of writing"
    if "X" in timex.value:
        note += f", read as {phrases().few.get(timex.value, 0)} days at most"
        mark = "%" if mark == "?" else "~"
    first = base if anchor != "published" else None
    return Statement(at, stop, first, last, anchor, note, 3, mark)


def _given_day(draft: Draft, timex: Timex) -> tuple[str, str] | None:
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
    counts = [d for t in times if t.made_by.rule == "from-now" and (d := _days_counted(t.exact))]
    if not counts:
        return None
    for n in range(len(times)):
        found = chain(draft, times, n)
        if found is None or found[0].first_day is None or found[0].last_day is None:
            continue
        first, last = found[0].first_day, found[0].last_day
        if found[0].anchor and any(edtf.shift(last, -days) == first for days in counts):
            return first, found[0].anchor
    return None


def after(day: str | None, period: str) -> str | None:
    """The EDTF day that long after a day; None where that cannot be said."""
    if day is None:
        return None
    few = phrases().few.get(period)
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
        return edtf.shift(day, days) if days < 400_000 else None
    months = round(count * {"M": 1, "Q": 3, "Y": 12}.get(found[3], 0))
    known = edtf.day(day)
    if known is None or not 0 < months < 12_000:
        return None
    moved = clip_day(*add_months(known.year, known.month, months), known.day)
    return edtf.of_day(moved) if moved else None


# -- sums ------------------------------------------------------------------------------------------


def chain(draft: Draft, times: list[Timex], n: int) -> tuple[Statement, int] | None:
    """ "30 days after January 7th and a week": the sum, and the index behind its last time."""
    if n + 1 >= len(times) or times[n].type != "DURATION":
        return None
    length, named = times[n], times[n + 1]
    between = draft.text[length.end : named.start]
    if named.edtf is None or named.type == "DURATION" or not _CHAIN_BACK.match(between):
        return None
    first, last = ends(named.edtf)
    day = after(last, length.value or "")
    note, end, k = f"{named.exact!r} + {length.value}", named.end, n + 2
    while k < len(times) and times[k].type == "DURATION":
        if not _CHAIN_ON.match(draft.text[end : times[k].start]):
            break
        day = after(day, times[k].value or "")
        note, end, k = f"{note} + {times[k].value}", times[k].end, k + 1
    if day is None:
        return None
    mark = "?" if "?" in named.edtf else ""
    note = f"{note} = {day}"
    return Statement(length.start, end, first, day, named.id, note, 5, mark), k
