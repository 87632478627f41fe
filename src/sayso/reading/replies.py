"""The stage `replies`: what a comment does to what it answers.

Acts are read from words (`acts.yaml`) and from the tree of the discussion: who defends a claim of
their own further up, whether the answered comment asks something. A comment can do several things.
Where nothing says what a reply does, it gets no act, or a doubtful one with a low confidence.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.language.talk import default_model
from sayso.model.annotation import AnyAnnotation, Reply, ReplyAct
from sayso.model.document import Part
from sayso.model.span import Span
from sayso.reading.draft import Draft, made_by
from sayso.reading.forecast_quotes import Quotes
from sayso.reading.reply_acts import GUESSED, Act, contentious
from sayso.reading.reply_article import Article
from sayso.reading.reply_figures import (
    Pointed,
    alone,
    meant,
    named,
    nearest,
    speaks_of_counting,
)
from sayso.reading.reply_model import ABOUT, FIGURE, FIGURE_FLAGGED, figure_of, weighed
from sayso.reading.reply_numbers import Number, candidates
from sayso.reading.reply_repeats import repeats
from sayso.reading.reply_targets import quoted, taken_up
from sayso.reading.reply_turns import Turn, addressees, exchange_of, turns_of

_VERSION = "1"
_made = made_by("replies", _VERSION)
_GRANTING = {"retracts", "maintains", "qualifies"}
"""Beside agreement these are about what was said, and not against its figure."""
_ABOUT_NUMBERS = {"asks_source", "disputes", "corrects", "qualifies", "maintains", "retracts"}


class Replies:
    """The stage `replies`."""

    name = "replies"
    version = _VERSION

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        quotes = Quotes(draft)
        comments = draft.document.comments()
        body = next((p for p in draft.document.parts if p.kind == "body"), None)
        answers = addressees(comments, draft.text)
        turns = turns_of(draft, answers, quotes)
        _settle(turns, answers)
        article = Article(draft)
        out: list[Reply] = []
        for part in comments:
            turn = turns[part.id]
            out.extend(_quotations(draft, turn, quotes, body))
            answered = turns.get(answers.get(part.id, ""))
            if answered is not None:
                out.extend(_replies(draft, turn, answered, quotes))
            elif turn.opens and article and turn.words.text.strip():
                out.extend(_reply(draft, part, *given) for given in article.acts(turn.words))
        return out


def _settle(turns: dict[str, Turn], answers: dict[str, str]) -> None:
    """The acts that stay: by rules and model together, or by the rules alone."""
    replies = [t for n, t in turns.items() if answers.get(n) in turns and t.words.text.strip()]
    argued = contentious([t.acts for t in turns.values() if t.parent is not None])
    model = default_model() if replies else None  # an article alone does not load it
    if model is None:
        for turn in replies:
            if not argued:
                turn.acts = [a for a in turn.acts if a.rule not in GUESSED]
        return
    exchanges = [exchange_of(t, turns[answers[t.part.id]]) for t in replies]
    figures = [candidates(one.parent) for one in exchanges]
    spans = [[(n.start, n.end) for n in each] for each in figures]
    found = model.replies(exchanges, spans)
    for turn, numbers, likely in zip(replies, figures, found, strict=True):
        disputed = turn.figures.disputed is not None
        if likely.acts["number"] >= ABOUT or disputed:
            turn.pointed = [
                Pointed(n, p) for n, p in zip(numbers, likely.figures, strict=True) if p is not None
            ]
        turn.acts = weighed(
            turn.acts, likely.acts, spoke=turn.spoke, argued=argued, disputed=disputed
        )


def _quotations(draft: Draft, turn: Turn, quotes: Quotes, body: Part | None) -> Iterable[Reply]:
    """Each comment quoted from, or the article."""
    targets = [p for p in (turn.parent, *turn.above, body) if p is not None]
    seen: set[str] = set()
    for start, end in quotes.spans(turn.part.id):
        for target in targets:
            to = quoted(draft, draft.text[start:end], target)
            if to is None:
                continue
            if target.id not in seen:
                seen.add(target.id)
                yield _reply(
                    draft, turn.part, target, Act("quotes", 0.95, "quotes", start, end), to
                )
            break
    if turn.parent is not None and turn.parent.id not in seen:
        yield from _repeated(draft, turn.part, turn.parent)


def _repeated(draft: Draft, part: Part, parent: Part) -> Iterable[Reply]:
    """The first words of the answered comment that are repeated, if they are found in it."""
    given, theirs = (draft.text[p.start : p.end] for p in (part, parent))
    for start, end in repeats(given, theirs):
        to = quoted(draft, given[start:end], parent)
        if to is not None:
            act = Act("quotes", 0.8, "repeats", part.start + start, part.start + end)
            yield _reply(draft, part, parent, act, to)
            return


def _replies(draft: Draft, turn: Turn, answered: Turn, quotes: Quotes) -> Iterable[Reply]:
    number = _number(draft, turn, answered)
    sentence = taken_up(draft, turn.words, answered.part)
    held = quotes.spans(turn.part.id)
    quote = next((q for s, e in held if (q := quoted(draft, draft.text[s:e], answered.part))), None)
    granted = "agrees" in {a.act for a in turn.acts}
    for act in turn.acts:
        to: Span | None = None
        if act.act in _ABOUT_NUMBERS:
            figure = act.act not in _GRANTING or not granted
            to = (number if figure else None) or quote or sentence
        yield _reply(draft, turn.part, answered.part, act, to)


def _number(draft: Draft, turn: Turn, answered: Turn) -> Span | None:
    """The figure of the answered comment that a comment is about, if it is about one."""
    text, acts = turn.words.text, turn.acts
    found: Number | None = None
    own = turn.before.text if turn.before is not None else ""
    best = figure_of(turn.pointed, turn.figures, text, answered.words.text, own)
    flagged = any(a.number for a in acts)
    if best is not None:
        found = best.number if best.likely >= (FIGURE_FLAGGED if flagged else FIGURE) else None
    elif flagged or any(a.act == "asks_source" for a in acts):
        found = turn.figures.disputed or named(turn.figures, text)
        if found is None and flagged:
            found = meant(turn.figures, text) or nearest(turn.figures)
    if found is None and speaks_of_counting(text, answered.words.text):
        found = meant(turn.figures, text)
    if found is None and any(a.rule == "scope-fragment" for a in acts):
        found = alone(turn.figures, answered.words.text)
    if found is None:
        return None
    return draft.span(answered.words.start(found.start), answered.words.end(found.end))


def _reply(draft: Draft, part: Part, target: Part, act: Act, to: Span | None) -> Reply:
    start, end = act.start, act.end
    if start >= end:
        start, end = part.start, part.end
    return Reply(
        id=draft.new_id("reply"),
        start=start,
        end=end,
        exact=draft.text[start:end],
        part=part.id,
        confidence=act.confidence,
        made_by=_made(act.rule),
        act=act.act,
        from_part=part.id,
        to_part=target.id,
        to=to,
    )


__all__ = ["Replies", "ReplyAct"]
