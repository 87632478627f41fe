"""Small trained encoders: word pieces as numbers, and a model file run on one core.

A folder in `knowledge/data/models` has a vocabulary, the vectors of its word pieces (words.onnx),
one model or more that take them (ONNX, int8), and what their outputs mean. No network, no torch;
onnxruntime and tokenizers are asked for at first use.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from sayso.knowledge.tables import data_file, where

if TYPE_CHECKING:
    from numpy import ndarray
    from onnxruntime import InferenceSession

WORDS = "words"
"""What a model takes: the vectors of word pieces, and the file of its folder that gives them."""
_BATCH = 16
_SLACK, _MORE = 1.15, 2
"""How much longer than the shortest the longest input of a batch may be: padding costs too."""

Pair = tuple[list[int], list[int]]
"""Two texts as one row of numbers; 0 or 1 for each says to which of the two it belongs."""
Offsets = list[tuple[int, int]]


class WordPieces:
    """Texts as numbers of word pieces; the same for training and for use."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Raises ImportError without tokenizers, KeyError without the pieces that part texts."""
        from tokenizers import BertWordPieceTokenizer

        self._known = {piece: n for n, piece in enumerate(vocabulary)}
        self._tokens = BertWordPieceTokenizer(self._known, lowercase=True)
        self._first, self._end = self._known["[CLS]"], self._known["[SEP]"]

    def number(self, piece: str) -> int:
        """The number of a piece. Raises KeyError."""
        return self._known[piece]

    def of(self, text: str) -> list[int]:
        """The numbers of a text's pieces."""
        return self.cut(text)[0]

    def cut(self, text: str) -> tuple[list[int], Offsets]:
        """The numbers of a text's pieces, and where each stands in it."""
        found = self._tokens.encode(text, add_special_tokens=False)
        return found.ids, found.offsets

    def pair(self, one: list[int], two: list[int]) -> Pair:
        """Two texts of pieces as one input."""
        ids = [self._first, *one, self._end, *two, self._end]
        return ids, [0] * (len(one) + 2) + [1] * (len(two) + 1)


def vocabulary_of(folder: tuple[str, ...]) -> list[str]:
    """The word pieces of a model, in the order of their numbers. Raises OSError."""
    return data_file(*folder, "vocab.txt").read_text(encoding="utf-8").split("\n")


class Encoder:
    """A model that gives likelihoods. Safe to share between threads."""

    def __init__(self, folder: tuple[str, ...], name: str, outputs: Sequence[str]) -> None:
        """`outputs` are log-odds. Raises ImportError without onnxruntime, OSError without the
        files."""
        self._words = _session(folder, f"{WORDS}.onnx")
        self._session = _session(folder, name)
        self._outputs = list(outputs)

    def run(self, pairs: Sequence[Pair]) -> list[tuple[ndarray, ...]]:
        """For each input what each output says of it, from 0 to 1. Inputs of like length go
        together."""
        out: list[tuple[ndarray, ...]] = [()] * len(pairs)
        order = sorted(range(len(pairs)), key=lambda n: len(pairs[n][0]))
        at = 0
        while at < len(order):
            widest = len(pairs[order[at]][0]) * _SLACK + _MORE
            stop = at + 1
            while stop < min(len(order), at + _BATCH) and len(pairs[order[stop]][0]) <= widest:
                stop += 1
            batch = order[at:stop]
            for n, row in zip(batch, self._batch([pairs[n] for n in batch]), strict=True):
                out[n] = row
            at = stop
        return out

    def _batch(self, pairs: list[Pair]) -> list[tuple[ndarray, ...]]:
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
        (fed[WORDS],) = self._words.run([WORDS], {"input_ids": fed.pop("input_ids")})
        made = [1.0 / (1.0 + np.exp(-x)) for x in self._session.run(self._outputs, fed)]
        return list(zip(*made, strict=True))


@cache
def _session(folder: tuple[str, ...], name: str) -> InferenceSession:
    """A file of a model on one core, loaded once. Raises ImportError without onnxruntime, OSError
    where the file is missing or damaged."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    data = data_file(*folder, name).read_bytes()
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its own errors have no common base but this
        raise OSError(f"{where(*folder, name)}: cannot be read ({error})") from error
