"""The stage `replies`: what a comment does to what it answers.

Acts are read from words (`acts.yaml`) and from the tree of the discussion: who defends a claim of
their own further up, whether the answered comment asks something. A comment can do several things.
Where nothing says what a reply does, it gets no act, or a doubtful one with a low confidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.model.annotation import AnyAnnotation, Reply, ReplyAct
from sayso.model.document import Part
from sayso.model.span import Span
from sayso.reading.draft import Draft, made_by
from sayso.reading.forecast_plain import Plain, plain
from sayso.reading.forecast_quotes import Quotes
from sayso.reading.reply_acts import GUESSED, Act, Move, contentious
from sayso.reading.reply_article import Article
from sayso.reading.reply_figures import (
    Figures,
    alone,
    compare,
    meant,
    named,
    speaks_of_counting,
)
from sayso.reading.reply_numbers import Number
from sayso.reading.reply_settle import acts_of
from sayso.reading.reply_targets import quoted, taken_up

_VERSION = "1"
_made = made_by("replies", _VERSION)
_GRANTING = {"retracts", "maintains", "qualifies"}
"""Beside agreement these are about what was said, and not against its figure."""
_ABOUT_NUMBERS = {"asks_source", "disputes", "corrects", "qualifies", "maintains", "retracts"}


@dataclass(slots=True)
class Turn:
    """One comment as a move in the discussion."""

    part: Part
    words: Plain
    parent: Part | None
    above: list[Part]
    acts: list[Act] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)

    @property
    def opens(self) -> bool:
        """True for a comment that answers nobody."""
        return self.parent is None

    @property
    def defends(self) -> bool:
        """True if the author wrote a comment further up in this branch, and somebody else's stands
        between."""
        author = self.part.author
        if author is None or self.parent is None or self.parent.author == author:
            return False
        return any(p.author == author for p in self.above)


class Replies:
    """The stage `replies`."""

    name = "replies"
    version = _VERSION

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        quotes = Quotes(draft)
        comments = draft.document.comments()
        by_id = {p.id: p for p in comments}
        body = next((p for p in draft.document.parts if p.kind == "body"), None)
        answers = addressees(comments, draft.text)
        turns: dict[str, Turn] = {}
        for part in sorted(comments, key=lambda p: (p.depth or 1, p.start)):  # answered first
            turn = turns[part.id] = _turn(draft, part, by_id, answers, quotes)
            answered = turns.get(answers.get(part.id, ""))
            if answered is not None and turn.words.text.strip():
                _decide(turn, answered, turns)
        article = Article(draft)
        argued = contentious([t.acts for t in turns.values() if t.parent is not None])
        out: list[Reply] = []
        for part in comments:
            turn = turns[part.id]
            if not argued:
                turn.acts = [a for a in turn.acts if a.rule not in GUESSED]
            out.extend(_quotations(draft, turn, quotes, body))
            answered = turns.get(answers.get(part.id, ""))
            if answered is not None:
                out.extend(_replies(draft, turn, answered, quotes))
            elif turn.opens and article and turn.words.text.strip():
                out.extend(_reply(draft, part, *given) for given in article.acts(turn.words))
        return out


def _decide(turn: Turn, answered: Turn, turns: dict[str, Turn]) -> None:
    """Works out what a comment does to the one that it answers."""
    before = _own_before(turn, turns)
    turn.figures = compare(
        turn.words.text, answered.words.text, before.text if before is not None else ""
    )
    direct = bool(turn.above) and turn.above[0].author == turn.part.author
    turn.acts = acts_of(Move(turn.words, answered, before, direct, turn.figures))


def _own_before(turn: Turn, turns: dict[str, Turn]) -> Plain | None:
    """What the author of a comment wrote last, further up in the same branch."""
    if not turn.defends:
        return None
    return next(
        (turns[p.id].words for p in turn.above if p.author == turn.part.author and p.id in turns),
        None,
    )


def addressees(comments: tuple[Part, ...], text: str) -> dict[str, str]:
    """Whom each comment answers, by part id. A platform that nests no deeper puts what follows
    side by side under one comment: there, a comment answers the one before it whose author it
    names first ("@Name", "Name,"), else the last one before it by somebody else, if its author or
    the parent's has written among them already."""
    deepest = max((p.depth or 1 for p in comments), default=1)
    earlier: dict[str | None, list[Part]] = {}
    by_id = {p.id: p for p in comments}
    out: dict[str, str] = {}
    for part in comments:
        if part.reply_to is None:
            continue
        out[part.id] = part.reply_to
        before = earlier.setdefault(part.reply_to, [])
        parent = by_id.get(part.reply_to)
        if deepest >= 4 and part.depth == deepest and before and parent is not None:
            known = {parent.author, *(p.author for p in before)}
            last = next((p for p in reversed(before) if p.author != part.author), None)
            named = next((p for p in reversed(before) if _names_first(text, part, p)), None)
            if named is not None:
                out[part.id] = named.id
            elif last is not None and part.author in known and part.author is not None:
                out[part.id] = last.id
        before.append(part)
    return out


def _names_first(text: str, part: Part, other: Part) -> bool:
    """True if the comment opens with the name of the other's author: "@Name", "Name, no"."""
    if not other.author or other.author == part.author:
        return False
    words = text[part.start : part.end].lstrip()
    at = words.startswith("@")
    rest = words[1:] if at else words
    if not rest.casefold().startswith(other.author.casefold()):
        return False
    after = rest[len(other.author) : len(other.author) + 1]
    return not after.isalnum() if at else after in (",", ":")


def _turn(
    draft: Draft, part: Part, by_id: dict[str, Part], answers: dict[str, str], quotes: Quotes
) -> Turn:
    above: list[Part] = []
    seen = {part.id}
    node = by_id.get(answers.get(part.id, ""))
    parent = node
    while node is not None and node.id not in seen and len(above) < 50:
        seen.add(node.id)
        node = by_id.get(answers.get(node.id, ""))
        if node is not None:
            above.append(node)
    return Turn(part, own_words(draft, part, quotes), parent, above)


def own_words(draft: Draft, part: Part, quotes: Quotes) -> Plain:
    """A comment in plain form without what it quotes."""
    pieces: list[Plain] = []
    at = part.start
    for start, end in sorted(quotes.spans(part.id)):
        if start > at:
            pieces.append(plain(draft.text, at, start))
        at = max(at, end)
    if at < part.end:
        pieces.append(plain(draft.text, at, part.end))
    text = "".join(p.text for p in pieces)
    offsets = [o for p in pieces for o in p.offsets[:-1]]
    lead = len(text) - len(text.lstrip())
    return Plain(text[lead:], (*offsets[lead:], part.end))


def _quotations(draft: Draft, turn: Turn, quotes: Quotes, body: Part | None) -> Iterable[Reply]:
    """Each comment quoted from, or the article."""
    candidates = [p for p in (turn.parent, *turn.above, body) if p is not None]
    seen: set[str] = set()
    for start, end in quotes.spans(turn.part.id):
        for target in candidates:
            to = quoted(draft, draft.text[start:end], target)
            if to is None:
                continue
            if target.id not in seen:
                seen.add(target.id)
                yield _reply(
                    draft, turn.part, target, Act("quotes", 0.95, "quotes", start, end), to
                )
            break


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
    if any(a.number or a.act == "asks_source" for a in acts):
        found = turn.figures.disputed or named(turn.figures, text)
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
