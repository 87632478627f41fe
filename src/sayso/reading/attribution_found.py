"""What the rules of attribution find, before it becomes an annotation."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Certainty, Polarity

Offsets = tuple[int, int]


@dataclass(slots=True)
class Found:
    """One attribution in the making: offsets into the document, half-open.

    `source` is None where nobody is named ("is expected to"). `source_head` is the noun that
    names the source. `open_quote` marks speech, to which quotations nearby can still be added.
    `thing` is the kind of the noun that the content is ("footage" for a video released), or "".
    """

    cue: Offsets
    content: list[Offsets]
    source: Offsets | None
    rule: str
    cls: str
    certainty: Certainty
    polarity: Polarity
    confidence: float
    sentence: Sentence
    source_head: Token | None = None
    words: str = ""
    weight: float = 1.0
    open_quote: bool = False
    thing: str = ""
    notes: set[str] = field(default_factory=set)

    @property
    def start(self) -> int:
        spans = [self.cue, *self.content]
        return min(s for s, _ in spans + ([self.source] if self.source else []))

    @property
    def end(self) -> int:
        spans = [self.cue, *self.content]
        return max(e for _, e in spans + ([self.source] if self.source else []))

    @property
    def content_length(self) -> int:
        return sum(e - s for s, e in self.content)


def runs(tokens: list[Token], cut: set[int]) -> list[Offsets]:
    """The offsets of the tokens as few spans: parted where a token of another role (an index in
    `cut`) stands between, without punctuation at either end of a span."""
    out: list[list[Token]] = []
    last = -2
    for token in sorted(tokens, key=lambda t: t.i):
        if token.i in cut:
            continue
        between = range(last + 1, token.i)
        if out and not any(i in cut for i in between):
            out[-1].append(token)
        else:
            out.append([token])
        last = token.i
    spans: list[Offsets] = []
    for run in out:
        while run and _is_edge(run[0], first=True):
            run.pop(0)
        while run and _is_edge(run[-1], first=False):
            run.pop()
        if run:
            spans.append((run[0].start, run[-1].end))
    return spans


def _is_edge(token: Token, *, first: bool) -> bool:
    """True for punctuation that belongs to no content; quotation marks stay."""
    if any(c.isalnum() for c in token.text):
        return False
    return not any(c in "\"“”„«»‘’'$€£#@([%)]" for c in token.text)
