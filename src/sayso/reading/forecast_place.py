"""Where a forecast stands: the sentence with all that was made of it, and the clause in it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.language.syntax import Sentence
from sayso.language.talk import Coming
from sayso.model.document import Part
from sayso.reading import forecast_model
from sayso.reading.draft import SentenceSpan
from sayso.reading.forecast_clauses import Clause
from sayso.reading.forecast_cues import Cue
from sayso.reading.forecast_plain import Plain
from sayso.reading.forecast_words import Words


@dataclass(frozen=True, slots=True)
class Found:
    """One forecast in a sentence, before its surroundings are read."""

    cue: Cue
    clause: Clause


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence with what reading it needs; `cues`: those that the trained model does not rule
    out, `seen`: what it made of the sentence, `sure`: that it takes it for a forecast without a
    cue."""

    span: SentenceSpan
    part: Part
    tree: Sentence
    plain: Plain
    cues: tuple[Cue, ...] = ()
    seen: Coming | None = None
    sure: bool = False

    def tagged(self, tag: str, clause: Clause, low: int, high: int) -> Words | None:
        """Words of the sentence within [low, high) that the model has a tag for: whole ones, and
        not a bare "in" or "the"."""
        found = forecast_model.words_of(self.seen, tag, self.span.start, clause, low, high)
        if found is None:
            return None
        inside = [t for t in self.tree.tokens if t.start < found.end and found.start < t.end]
        if all(t.pos in _EMPTY for t in inside):
            return None
        return Words(inside[0].start, inside[-1].end, found.rule)


_EMPTY = frozenset({"ADP", "DET", "PUNCT", "CCONJ", "SCONJ", "PART", "PRON", "SPACE", "X"})
