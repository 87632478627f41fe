"""What a comment that answers nobody does to the article above it.

Most of what stands under an article speaks to the page and to its other readers, so only what is
plain counts: a request for a source, and a figure given against one of the article's own. Two
figures are only set against each other where they count the same noun, or people, or stand beside
the same words. A forum's opening post is read in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sayso.model.document import Part
from sayso.model.span import Span
from sayso.reading.draft import Draft
from sayso.reading.forecast_plain import Plain, plain
from sayso.reading.reply_acts import Act, Move, by_words
from sayso.reading.reply_figures import Figures, compare
from sayso.reading.reply_numbers import Number
from sayso.reading.reply_rivals import beside, framed, set_against
from sayso.reading.reply_targets import taken_up

_ASKED = 0.8
"""From this strength on a request for a source is taken to be one for the article's."""
_FIRST = 20
"""A number taken up within so many characters of the beginning is the article's."""
_KINDS = ("body", "headline", "caption")


@dataclass(slots=True)
class _Text:
    """A part of the article as what is answered."""

    part: Part
    words: Plain
    acts: list[Act] = field(default_factory=list)
    opens: bool = True


class Article:
    """The article of a page, read once. False where the page has none."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        parts = [p for p in draft.document.parts if p.kind in _KINDS and p.end > p.start]
        self._parts = sorted(parts, key=lambda p: (_KINDS.index(p.kind), p.start))

    def __bool__(self) -> bool:
        return any(p.kind == "body" for p in self._parts)

    @cached_property
    def _texts(self) -> list[_Text]:
        """Made when the first comment asks: most pages have none."""
        draft = self._draft
        return [_Text(p, plain(draft.text, p.start, p.end)) for p in self._parts]

    def acts(self, words: Plain) -> Iterable[tuple[Part, Act, Span | None]]:
        """(part of the article, act, the words of it that are meant) of a comment."""
        move = Move(words, self._texts[0], None, False, Figures())
        source = by_words(move, {"asks_source"}).get("asks_source")
        if source is not None and source.confidence < _ASKED:
            source = None
        text, figures, number = self._figure(words, source is not None)
        to = self._span(text, number) if number is not None else None
        if source is not None:
            yield text.part, source, to or taken_up(self._draft, words, text.part)
        if number is None:
            return
        yield text.part, Act("disputes", 0.6, "article-number", number=True), to
        if source is None and any(b is number for _, b in figures.pairs):
            yield text.part, Act("corrects", 0.55, "article-number", number=True), to

    def _figure(self, words: Plain, asked: bool) -> tuple[_Text, Figures, Number | None]:
        """The part of the article whose figure a comment disputes, with that figure; else the
        first part, without one."""
        for text in self._texts:
            figures = compare(words.text, text.words.text)
            number = _against(words.text, text.words.text, figures, asked)
            if number is not None:
                return text, figures, number
        return self._texts[0], Figures(), None

    def _span(self, text: _Text, number: Number) -> Span:
        return self._draft.span(text.words.start(number.start), text.words.end(number.end))


def _against(text: str, other: str, figures: Figures, asked: bool) -> Number | None:
    """The article's figure that a comment surely gives another value for, or takes up to doubt.
    `asked`: the comment asks for a source, too, so that any figure it gives is set against one."""
    echo = figures.echo
    if echo is not None and not echo.narrows and echo.given.start <= _FIRST:
        return echo.taken
    for ours, theirs in figures.pairs:
        near = ours.kind == theirs.kind and beside(text, ours) & beside(other, theirs)
        if not (near or _counts_alike(ours, theirs)) or not framed(text, ours):
            continue
        if near or asked or set_against(text, ours):
            return theirs
    return None


def _counts_alike(a: Number, b: Number) -> bool:
    """True if two numbers surely count the same: the same noun, or people."""
    return a.kind == b.kind and bool(a.unit) and (a.unit == b.unit or (a.people and b.people))
