"""Each comment as a move in its discussion: whom it answers, what its author wrote before, its
acts by the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.language.talk import Exchange
from sayso.model.document import Part
from sayso.reading.draft import Draft
from sayso.reading.forecast_plain import Plain, plain
from sayso.reading.forecast_quotes import Quotes
from sayso.reading.reply_acts import Act, Move
from sayso.reading.reply_figures import Figures, Pointed, compare
from sayso.reading.reply_settle import acts_of


@dataclass(slots=True)
class Turn:
    """One comment as a move in the discussion."""

    part: Part
    words: Plain
    parent: Part | None
    above: list[Part]
    acts: list[Act] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    pointed: list[Pointed] = field(default_factory=list)
    """The figures of the answered comment with how likely each is meant; empty without the
    trained model."""
    before: Plain | None = None
    """What its author wrote last further up, where somebody else's comment stands between."""

    @property
    def opens(self) -> bool:
        """True for a comment that answers nobody."""
        return self.parent is None

    @property
    def spoke(self) -> bool:
        """True if the author wrote a comment further up in this branch."""
        author = self.part.author
        above = [p for p in (self.parent, *self.above) if p is not None]
        return author is not None and any(p.author == author for p in above)

    @property
    def direct(self) -> bool:
        """True if the answered comment answers the author of this one."""
        return bool(self.above) and self.above[0].author == self.part.author

    @property
    def defends(self) -> bool:
        """True if the author wrote a comment further up in this branch, and somebody else's stands
        between."""
        author = self.part.author
        if author is None or self.parent is None or self.parent.author == author:
            return False
        return any(p.author == author for p in self.above)


def turns_of(draft: Draft, answers: dict[str, str], quotes: Quotes) -> dict[str, Turn]:
    """Every comment by part id, with its acts by the rules."""
    comments = draft.document.comments()
    by_id = {p.id: p for p in comments}
    turns: dict[str, Turn] = {}
    for part in sorted(comments, key=lambda p: (p.depth or 1, p.start)):  # answered first
        turn = turns[part.id] = _turn(draft, part, by_id, answers, quotes)
        answered = turns.get(answers.get(part.id, ""))
        if answered is not None and turn.words.text.strip():
            _decide(turn, answered, turns)
    return turns


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


def _decide(turn: Turn, answered: Turn, turns: dict[str, Turn]) -> None:
    """Works out what a comment does to the one that it answers."""
    before = turn.before = _own_before(turn, turns)
    turn.figures = compare(
        turn.words.text, answered.words.text, before.text if before is not None else ""
    )
    turn.acts = acts_of(Move(turn.words, answered, before, turn.direct, turn.figures))


def _own_before(turn: Turn, turns: dict[str, Turn]) -> Plain | None:
    """What the author of a comment wrote last, further up in the same branch."""
    if not turn.defends:
        return None
    return next(
        (turns[p.id].words for p in turn.above if p.author == turn.part.author and p.id in turns),
        None,
    )


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


def exchanges(draft: Draft) -> dict[tuple[str, str], Exchange]:
    """What the trained model reads of each reply, by the keys of reply and answered comment."""
    answers = addressees(draft.document.comments(), draft.text)
    turns = turns_of(draft, answers, Quotes(draft))
    return {
        (turn.part.key or "", turns[answers[n]].part.key or ""): exchange_of(
            turn, turns[answers[n]]
        )
        for n, turn in turns.items()
        if n in answers and turn.words.text.strip()
    }


def exchange_of(turn: Turn, answered: Turn) -> Exchange:
    """What the trained model reads of a reply."""
    return Exchange(
        answered.words.text,
        turn.words.text,
        turn.before.text if turn.before is not None else "",
        direct=turn.direct,
        opens=answered.opens,
        same=turn.part.author is not None and turn.part.author == answered.part.author,
    )
