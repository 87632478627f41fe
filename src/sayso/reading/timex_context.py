"""What a time expression is read against: the day of writing, the times before it, the tense.

The day of writing (`Ref`) is what the page or the comment says of its own date. It may be a day,
a month, a day of an unknown year, or nothing: each answers some questions and not others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.language.syntax import Sentence
from sayso.model import edtf
from sayso.model.document import Document, Part
from sayso.reading import timex_tense
from sayso.reading.timex_calendar import Direction
from sayso.reading.timex_grammar import Match
from sayso.reading.timex_tokens import Word


@cache
def neighbours(name: str) -> frozenset[str]:
    """A list of `time_neighbours.yaml`: words beside a name or number that make it a time, or
    not."""
    return frozenset(load_yaml("lang", "en", "time_neighbours.yaml")[name])


@dataclass(frozen=True, slots=True)
class Ref:
    """A day to count from. `day` is known to the day; `text` is its EDTF (which may be coarser or
    lack the year); `anchor` is `published` or a timex id; `mark` is "?" or "~" if it is doubtful;
    `clock` is a time of day "18:02" or ""."""

    anchor: str | None
    text: str | None
    day: date | None
    mark: str = ""
    clock: str = ""

    @property
    def year(self) -> int | None:
        """The year, if the date says it."""
        if self.day:
            return self.day.year
        year = (self.text or "")[:4]
        return int(year) if year.isdigit() and len(year) == 4 else None

    @property
    def about(self) -> date | None:
        """A day near enough to choose a year by: the day, or the middle of a known month."""
        if self.day is None and re.match(r"\d{4}-\d\d$", self.text or ""):
            return date(int(self.text[:4]), int(self.text[5:7]), 15)  # type: ignore[index]
        return self.day


NOWHERE = Ref(None, None, None)


def ref_of(document: Document, part: Part | None) -> tuple[Ref, str | None]:
    """The day of writing of a part, and a note where it is borrowed.

    A comment's own date counts first. A comment without one is taken to be near its article: the
    article's date, marked uncertain.
    """
    own = _ref(part.published) if part is not None and part.published else None
    if own is not None:
        return own, None
    whole = _ref(document.published)
    if whole is None:
        return NOWHERE, None
    if part is not None and part.kind == "comment":
        note = "the comment has no date of its own; counted from the article's"
        return Ref(whole.anchor, whole.text, whole.day, "?"), note
    return whole, None


def _ref(published: str | None) -> Ref | None:
    value = edtf.from_iso(published)
    if value is None or value.start is None:
        return None
    first, last = value.bounds()
    day = first if first is not None and first == last else None
    clock = value.start.time[1:6] if value.kind == "point" else ""
    text = str(value) if value.kind == "point" else None
    if value.kind != "point" and first and last and (last - first).days <= 3:
        day = first
        return Ref("published", day.isoformat(), day, value.qualifier or "?")
    if text and value.qualifier:
        text = text.rstrip("?~%")
    return Ref("published", text, day, value.qualifier, clock)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A time already read in this part: its id, value and place. `given` is True if the words say
    it outright, so that it was counted from nothing."""

    id: str
    value: str
    text: str | None
    end: int
    mark: str
    given: bool = False
    rule: str = ""


_COMPARED = frozenset(["year-ago-period", "ago", "a-unit-earlier"])
"""Rules of times that the text only compares with; it goes on to speak of the one before."""


@dataclass(slots=True)
class Context:
    """What a builder may look at: the words of the sentence, the day of writing, what came
    before."""

    text: str
    words: list[Word]
    ref: Ref
    match: Match
    before: list[Earlier] = field(default_factory=list)
    tree: Sentence | None = None
    country: str | None = None
    """The country that the sentence is about (ISO 3166-1), if that is known."""

    def last_day(self) -> Ref | None:
        """The last calendar day read before, as something to count from."""
        for earlier in reversed(self.before[-12:]):
            if earlier.value[:4] in ("PAST", "PRES", "FUTU"):
                continue
            head = earlier.value.split("/")[0][:10]
            point = edtf.parse(head) if len(head) == 10 else None
            if point is not None and point.kind == "point" and head[5:7].isdigit():
                day = edtf.day(head)
                return Ref(earlier.id, head, day, earlier.mark)
        return None

    def last_value(self, *shapes: str) -> Earlier | None:
        """The last time read before whose value has one of the shapes (`d` a digit: "dddd-Qd")."""
        for earlier in reversed(self.before[-6:]):
            shape = "".join("d" if c.isdigit() else c for c in earlier.value)
            if shape in shapes and earlier.rule not in _COMPARED:
                return earlier
        return None

    def base(self) -> Ref:
        """What "a day earlier" counts from: the last day read before, else the day of writing."""
        return self.last_day() or self.ref

    def word(self, at: int) -> str:
        """The word so many places before (-1) or after (1) the match, in lower case, or ""."""
        n = self.match.first + at if at < 0 else self.match.last + at - 1
        return self.words[n].lower if 0 <= n < len(self.words) else ""

    def direction(self) -> Direction:
        """Where the sentence looks: by the tree, else by the words of tense nearby."""
        first, last = self.match.first, self.match.last
        if self.tree is not None:
            start, end = self.words[first].start, self.words[last - 1].end
            found = timex_tense.by_tree(self.tree, start, end)
            if found:
                return found
        return timex_tense.by_words(self.words, first, last)
