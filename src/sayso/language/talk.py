"""What a small trained model makes of talk: what replies do, which sentences foresee something.

A MiniLM encoder (6 layers, int8) with one sigmoid for each label, trained by `tools/train_talk.py`
on the project's own texts (`training/talk`), run with onnxruntime. It reads words only: no network,
no names of people. Without onnxruntime or the file, `default_model()` is None and the rules of the
reading stages stand alone; SAYSO_TALK=rules asks for that.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.knowledge.tables import data_file, load_yaml

FOLDER = ("models", "talk")
_BATCH = 16
_PARENT, _PARENT_TAIL, _TEXT, _OWN, _BEFORE, _SENTENCE = 48, 16, 80, 30, 16, 60
"""How many word pieces (words, for `_OWN`) of each text are read."""
SIGNS = ("own", "direct", "opens", "same", "before", "sentence")
"""What `labels.yaml` has a word piece for."""
Pair = tuple[list[int], list[int]]


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


class Pieces:
    """Texts as the numbers that the model takes; the same for training and for use."""

    def __init__(self, vocabulary: Sequence[str], signs: dict[str, str]) -> None:
        from tokenizers import BertWordPieceTokenizer

        known = {piece: n for n, piece in enumerate(vocabulary)}
        self._tokens = BertWordPieceTokenizer(known, lowercase=True)
        self._signs = {name: known[signs[name]] for name in SIGNS}
        self._first, self._end = known["[CLS]"], known["[SEP]"]

    def exchange(self, one: Exchange) -> Pair:
        """A reply with its parent: numbers, and 0 or 1 for the two texts."""
        parent = self._of(one.parent)
        if len(parent) > _PARENT:
            parent = parent[: _PARENT - _PARENT_TAIL] + parent[-_PARENT_TAIL:]
        text = [self._signs[n] for n in ("own", "direct", "opens", "same") if getattr(one, n)]
        text += self._of(one.text)
        if one.own:
            text += [self._signs["before"], *self._of(" ".join(one.own.split()[:_OWN]))]
        return self._pair(parent, text[:_TEXT])

    def sentence(self, before: str, sentence: str) -> Pair:
        """A sentence with what stands before it."""
        text = [self._signs["sentence"], *self._of(sentence)][:_SENTENCE]
        return self._pair(self._of(before)[-_BEFORE:], text)

    def _of(self, text: str) -> list[int]:
        ids: list[int] = self._tokens.encode(text, add_special_tokens=False).ids
        return ids

    def _pair(self, one: list[int], two: list[int]) -> Pair:
        ids = [self._first, *one, self._end, *two, self._end]
        return ids, [0] * (len(one) + 2) + [1] * (len(two) + 1)


class TalkModel:
    """The trained model. Safe to share between threads."""

    def __init__(self) -> None:
        """Raises ImportError without onnxruntime or tokenizers, OSError without its file."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            data_file(*FOLDER, "talk.onnx").read_bytes(),
            options,
            providers=["CPUExecutionProvider"],
        )
        given = load_yaml(*FOLDER, "labels.yaml")
        vocabulary = data_file(*FOLDER, "vocab.txt").read_text(encoding="utf-8").split("\n")
        self._pieces = Pieces(vocabulary, given["signs"])
        self.labels: tuple[str, ...] = tuple(given["labels"])

    def replies(self, exchanges: Sequence[Exchange]) -> list[dict[str, float]]:
        """For each reply, how likely each act is (0 to 1), and "number": that it is about a figure
        of the comment that it answers."""
        rows = self._run([self._pieces.exchange(e) for e in exchanges])
        return [dict(zip(self.labels[:-1], row, strict=False)) for row in rows]

    def coming(self, sentences: Sequence[tuple[str, str]]) -> list[float]:
        """For each (sentence before, sentence), how likely it says what will be."""
        return [row[-1] for row in self._run([self._pieces.sentence(*s) for s in sentences])]

    def _run(self, pairs: list[Pair]) -> list[list[float]]:
        out: list[list[float]] = [[]] * len(pairs)
        order = sorted(range(len(pairs)), key=lambda n: len(pairs[n][0]))
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            for n, row in zip(batch, self._batch([pairs[n] for n in batch]), strict=True):
                out[n] = row
        return out

    def _batch(self, pairs: list[Pair]) -> list[list[float]]:
        import numpy as np  # here, so that the commands that read nothing start without it

        width = max(len(ids) for ids, _ in pairs)
        fed = {
            name: np.zeros((len(pairs), width), dtype=np.int64)
            for name in ("input_ids", "token_type_ids", "attention_mask")
        }
        for n, (ids, types) in enumerate(pairs):
            fed["input_ids"][n, : len(ids)] = ids
            fed["token_type_ids"][n, : len(ids)] = types
            fed["attention_mask"][n, : len(ids)] = 1
        scores = self._session.run(["logits"], fed)[0]
        return [[float(x) for x in row] for row in 1.0 / (1.0 + np.exp(-scores))]


@cache
def default_model() -> TalkModel | None:
    """The model that comes with the program, loaded once a process; None where it cannot run."""
    if os.environ.get("SAYSO_TALK", "").strip().lower() == "rules":
        return None
    try:
        return TalkModel()
    except (ImportError, OSError):
        return None
