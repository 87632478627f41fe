"""What a small trained model makes of talk: what replies do, which figure they challenge, which
sentences foresee something and which of their words say how sure, by when and on what condition.

A MiniLM encoder (6 layers, int8) with one sigmoid for each label of a text and for each tag of a
word piece, trained by `tools/train_talk.py` on the project's own texts (`training/talk`), run with
onnxruntime; for sentences of articles its first 3 layers, trained by themselves to do as well
(`tools/train_brief.py`). They read words only: no network, no names of people. Without onnxruntime
or the files, `default_model()` is None and the rules of the reading stages stand alone;
SAYSO_TALK=rules asks for that.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from sayso.knowledge.tables import load_yaml
from sayso.language.encoder import Encoder, Offsets, Pair, WordPieces, vocabulary_of

FOLDER = ("models", "talk")
_PARENT, _PARENT_TAIL, _TEXT, _OWN, _BEFORE, _SENTENCE = 112, 24, 80, 30, 16, 60
"""How many word pieces (words, for `_OWN`) of each text are read."""
SIGNS = ("own", "direct", "opens", "same", "before", "sentence")
"""What `labels.yaml` has a word piece for."""
Spans = Sequence[tuple[int, int]]
Scores = tuple[list[float], list[list[float]]]
_Piece = TypeVar("_Piece")
_TAGGED = 0.5
CHALLENGED = "figure"
"""What a word piece of the answered comment is tagged with."""
COMING = "coming"
"""The label of a sentence that says what will be."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A reply in its place: the comment that it answers, its own words without what it quotes,
    what its author wrote last further up in the branch ("" for nothing), whether the parent
    answers just that, whether the parent answers nobody, and whether both have one author."""

    parent: str
    text: str
    own: str = ""
    direct: bool = False
    opens: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely a reply does each act (0 to 1), and "number": that it is about a figure of the
    comment that it answers; and how likely it challenges each of the figures that were asked
    about, in their order: None for one in what is left out of a long comment."""

    acts: dict[str, float]
    figures: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words of a sentence at [start, end) in it, what they say ("hedge": how sure; "due": by when;
    "condition")."""

    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coming:
    """How likely a sentence says what will be, and which of its words say how sure, by when and on
    what condition, if it does."""

    likely: float
    words: tuple[Tagged, ...] = ()


class Pieces:
    """Texts as the numbers that the model takes; the same for training and for use."""

    def __init__(self, vocabulary: Sequence[str], signs: dict[str, str]) -> None:
        self._pieces = WordPieces(vocabulary)
        self._of = self._pieces.of
        self._pair = self._pieces.pair
        self._signs = {name: self._pieces.number(signs[name]) for name in SIGNS}

    def exchange(self, one: Exchange) -> Pair:
        """A reply with its parent: numbers, and 0 or 1 for the two texts."""
        parent = _ends(self._of(one.parent))
        return self._pair(parent, self._answer(one))

    def figures(self, parent: str, spans: Spans) -> list[list[int]]:
        """At which pieces of `exchange()` the words of the answered comment at each [start, end)
        stand; none of what is left out of a long one."""
        places = list(enumerate(_ends(self._pieces.cut(parent)[1]), 1))
        return [[n for n, (a, b) in places if a < end and start < b] for start, end in spans]

    def _answer(self, one: Exchange) -> list[int]:
        text = [self._signs[n] for n in ("own", "direct", "opens", "same") if getattr(one, n)]
        text += self._of(one.text)
        if one.own:
            text += [self._signs["before"], *self._of(" ".join(one.own.split()[:_OWN]))]
        return text[:_TEXT]

    def sentence(self, before: str, sentence: str) -> Pair:
        """A sentence with what stands before it."""
        return self.placed(before, sentence)[0]

    def placed(self, before: str, sentence: str) -> tuple[Pair, Offsets]:
        """`sentence`, and where its word pieces stand in the sentence, as far as it takes them."""
        found, places = self._pieces.cut(sentence)
        text = [self._signs["sentence"], *found][:_SENTENCE]
        return self._pair(self._of(before)[-_BEFORE:], text), places[: _SENTENCE - 1]


def _ends(pieces: list[_Piece]) -> list[_Piece]:
    """What is read of an answered comment: a long one without its middle."""
    if len(pieces) <= _PARENT:
        return pieces
    return pieces[: _PARENT - _PARENT_TAIL] + pieces[-_PARENT_TAIL:]


def first_word(pair: Pair) -> int:
    """At which piece of `Pieces.sentence()` the words of the sentence begin: behind its sign."""
    return pair[1].index(1) + 1


class TalkModel:
    """The trained model. Safe to share between threads."""

    def __init__(self) -> None:
        """Raises ImportError without onnxruntime or tokenizers, OSError without its file."""
        self._encoder = Encoder(FOLDER, "talk.onnx", ["logits", "tags"])
        self._brief = Encoder(FOLDER, "brief.onnx", ["logits", "tags"])
        given = load_yaml(*FOLDER, "labels.yaml")
        self._pieces = Pieces(vocabulary_of(FOLDER), given["signs"])
        self.labels: tuple[str, ...] = tuple(given["labels"])
        self.tags: tuple[str, ...] = tuple(given["tags"])

    def replies(self, exchanges: Sequence[Exchange], figures: Sequence[Spans] = ()) -> list[Likely]:
        """What each reply does, and which of the `figures`, at [start, end) of the comment that it
        answers, it challenges: of each reply as many as are asked about."""
        rows = _run(self._encoder, [self._pieces.exchange(e) for e in exchanges])
        at, out = self.tags.index(CHALLENGED), []
        for n, (one, (row, tags)) in enumerate(zip(exchanges, rows, strict=True)):
            asked = self._pieces.figures(one.parent, figures[n]) if n < len(figures) else []
            likely = (
                sum(tags[k][at] for k in places) / len(places) if places else None
                for places in asked
            )
            out.append(Likely(dict(zip(self.labels, row, strict=True)), tuple(likely)))
        return out

    def coming(self, sentences: Sequence[tuple[str, str]]) -> list[Coming]:
        """For each (sentence before, sentence) of a comment, how likely it says what will be, and
        its words."""
        at = self.labels.index(COMING)
        return self._told(self._encoder, sentences, at, self.tags)

    def coming_briefly(self, sentences: Sequence[str]) -> list[Coming]:
        """The same for sentences of articles, by the short model, without what stands before."""
        alone = [("", text) for text in sentences]
        return self._told(self._brief, alone, 0, sentence_tags(self.tags))

    def _told(
        self, encoder: Encoder, asked: Sequence[tuple[str, str]], at: int, tags: Sequence[str]
    ) -> list[Coming]:
        given = [self._pieces.placed(*one) for one in asked]
        out: list[Coming] = []
        for (pair, places), (row, tagged) in zip(
            given, _run(encoder, [pair for pair, _ in given]), strict=True
        ):
            first = first_word(pair)
            words = _spans(places, tagged[first : first + len(places)], tags)
            out.append(Coming(row[at], words))
        return out


def sentence_tags(tags: Sequence[str]) -> list[str]:
    """The tags of the word pieces of a sentence: all but that of a challenged figure."""
    return [t for t in tags if t != CHALLENGED]


def _spans(offsets: Offsets, tagged: list[list[float]], tags: Sequence[str]) -> tuple[Tagged, ...]:
    """Runs of word pieces that are likelier to have a tag than not."""
    found: list[Tagged] = []
    for tag in sentence_tags(tags):
        n = tags.index(tag)
        run: list[int] = []
        for k in range(len(tagged) + 1):
            if k < len(tagged) and tagged[k][n] >= _TAGGED:
                run.append(k)
            elif run:
                found.append(Tagged(tag, offsets[run[0]][0], offsets[run[-1]][1]))
                run = []
    return tuple(found)


def _run(encoder: Encoder, pairs: list[Pair]) -> list[Scores]:
    return [(row.tolist(), tags.tolist()) for row, tags in encoder.run(pairs)]


@cache
def default_model() -> TalkModel | None:
    """The model that comes with the program, loaded once a process; None where it cannot run."""
    if os.environ.get("SAYSO_TALK", "").strip().lower() == "rules":
        return None
    try:
        return TalkModel()
    except (ImportError, OSError):
        return None
