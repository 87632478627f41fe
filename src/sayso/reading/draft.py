"""A reading in the making: the document, its sentences and trees, and what stages added so far.

A stage gets a Draft, looks at what is there and yields annotations; `chain` adds them. Nothing
that was added is ever changed or taken away.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sayso.language.sentences import sentences
from sayso.language.syntax import Parser, Sentence
from sayso.model.annotation import Annotation, AnyAnnotation, MadeBy
from sayso.model.document import Document, Issue, Part
from sayso.model.entity import Entity
from sayso.model.span import Span

A = TypeVar("A", bound=Annotation)

_LETTER = {
    "mention": "m", "timex": "t", "quantity": "q", "attribution": "a", "event": "e",
    "forecast": "f", "reply": "r",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name or phrase that stages may take for an actor or a place.

    `label` is a hint: person, group, place, facility, nationality, nominal, other. `source` says
    who proposed it (parser, registry, gazetteer, pattern, introduced).
    """

    start: int
    end: int
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence before parsing: where it stands and in which part."""

    start: int
    end: int
    part: str
    index: int


class Draft:
    """See the module's docstring."""

    def __init__(self, document: Document, parser: Parser) -> None:
        self.document = document
        self.parser = parser
        self.candidates: list[Candidate] = []
        self.issues: list[Issue] = []
        self.wanted: Callable[[str], bool] | None = None
        self._entities: dict[str, Entity] = {}
        self._annotations: list[AnyAnnotation] = []
        self._by_kind: dict[str, list[AnyAnnotation]] = {}
        self._counters: dict[str, int] = {}
        self._spans: list[SentenceSpan] | None = None
        self._trees: dict[int, Sentence] | None = None

    @property
    def text(self) -> str:
        return self.document.text

    # -- words ---------------------------------------------------------------------------------

    def span(self, start: int, end: int) -> Span:
        """The words at [start, end) of the document."""
        return self.document.span(start, end)

    def part_of(self, offset: int) -> Part | None:
        """The part that holds the offset."""
        return self.document.part_at(offset)

    # -- sentences and trees -------------------------------------------------------------------

    def sentences(self) -> list[SentenceSpan]:
        """All sentences of all parts, in text order; headline and captions included, the byline
        left out."""
        if self._spans is None:
            found: list[tuple[int, int, str]] = []
            for part in self.document.parts:
                if part.kind != "byline":
                    found += [
                        (s, e, part.id) for s, e in sentences(self.text, part.start, part.end)
                    ]
            found.sort()
            self._spans = [SentenceSpan(s, e, p, n) for n, (s, e, p) in enumerate(found)]
        return self._spans

    def sentence_at(self, offset: int) -> SentenceSpan | None:
        """The sentence that holds the offset, or None (between sentences)."""
        spans = self.sentences()
        n = bisect_right([s.start for s in spans], offset) - 1
        return spans[n] if n >= 0 and spans[n].end > offset else None

    def trees(self) -> list[Sentence]:
        """The trees of the sentences worth parsing, in text order. Parsed together at the first
        call; `wanted` (set by the chain) decides which are worth it."""
        return [self._parsed()[n] for n in sorted(self._parsed())]

    def tree_at(self, offset: int) -> Sentence | None:
        """The tree of the sentence that holds the offset; None if there is none or it was not
        worth parsing."""
        span = self.sentence_at(offset)
        return self._parsed().get(span.index) if span else None

    def tree_of(self, span: SentenceSpan) -> Sentence | None:
        """The tree of a sentence; None if it was not worth parsing."""
        return self._parsed().get(span.index)

    def late_trees(self, spans: Sequence[SentenceSpan]) -> dict[int, Sentence]:
        """The trees of sentences that turn out to matter after all, parsed together, by index;
        those without a word are left out."""
        index = {(s.start, s.end): s.index for s in spans}
        trees = self.parser.parse(self.text, list(index)) if index else []
        return {index[t.start, t.end]: t for t in trees}

    def chosen(self) -> list[SentenceSpan]:
        """The sentences worth parsing."""
        wanted = self.wanted
        return [s for s in self.sentences() if wanted is None or wanted(self.text[s.start : s.end])]

    def prime(self, trees: Sequence[Sentence]) -> None:
        """Hands in the trees of the chosen sentences, parsed together with other documents'."""
        index = {(s.start, s.end): s.index for s in self.sentences()}
        self._trees = {index[t.start, t.end]: t for t in trees}

    def _parsed(self) -> dict[int, Sentence]:
        if self._trees is None:
            self.prime(self.parser.parse(self.text, [(s.start, s.end) for s in self.chosen()]))
        assert self._trees is not None
        return self._trees

    # -- entities ------------------------------------------------------------------------------

    def entity(self, entity_id: str | None) -> Entity | None:
        """The entity of that id, or None."""
        return self._entities.get(entity_id) if entity_id else None

    def add_entity(self, entity: Entity) -> Entity:
        """Makes the entity known to this reading; the first one of an id stays."""
        return self._entities.setdefault(entity.id, entity)

    def replace_entity(self, entity: Entity) -> None:
        """A richer version of an entity (an alias found later in the text)."""
        self._entities[entity.id] = entity

    def entities(self) -> tuple[Entity, ...]:
        """The entities that an annotation points at, in order of first addition."""
        return tuple(self._entities.values())

    # -- annotations ---------------------------------------------------------------------------

    def new_id(self, kind: str) -> str:
        """The next id for an annotation of that kind ("e1", "e2" …)."""
        self._counters[kind] = self._counters.get(kind, 0) + 1
        return f"{_LETTER[kind]}{self._counters[kind]}"

    def add(self, annotation: AnyAnnotation) -> None:
        """Adds an annotation. Raises ValueError if its words are not those of the text."""
        if self.text[annotation.start : annotation.end] != annotation.exact:
            raise ValueError(f"{annotation.id}: {annotation.exact!r} is not what the text says")
        self._annotations.append(annotation)
        self._by_kind.setdefault(annotation.kind, []).append(annotation)

    def annotations(self) -> tuple[AnyAnnotation, ...]:
        """All annotations, in order of addition."""
        return tuple(self._annotations)

    def of(self, cls: type[A]) -> list[A]:
        """The annotations of one class that stages before this one added, in order of addition."""
        return list(self._by_kind.get(cls.kind, []))  # type: ignore[arg-type]

    def over(self, cls: type[A], start: int, end: int) -> list[A]:
        """Those of one class that share a character with [start, end)."""
        return [a for a in self.of(cls) if a.start < end and start < a.end]

    def issue(self, code: str, message: str, part: str | None = None) -> None:
        """Records, in words, what was skipped or is doubtful."""
        issue = Issue(code, message, part)
        if issue not in self.issues:
            self.issues.append(issue)


def made_by(stage: str, version: str) -> Callable[[str], MadeBy]:
    """A maker of `MadeBy` for the rules of one stage."""

    def of_rule(rule: str) -> MadeBy:
        return MadeBy(stage, rule, version)

    return of_rule


def spans_clear(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """True if [start, end) shares no character with any span taken."""
    return all(not (s < end and start < e) for s, e in taken)
