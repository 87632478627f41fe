"""A second look at an event that was read: how likely the sentence says so.

A small encoder (the first layers of a MiniLM, int8) that sees the sentence with the words of the
trigger and of each role marked, and in short what was made of them. Trained by
`tools/train_events.py` on judged events of the project's own texts (`training/events`), run with
onnxruntime. It reads words, where the rules go by the tree, so that the two err in different
places. It makes reading a quarter dearer and is asked for by SAYSO_EVENTS=look; without that, and
without onnxruntime or the file, `default_verifier()` is None and the rules stand alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.language.encoder import Encoder, Pair, WordPieces, vocabulary_of

FOLDER = ("models", "events")
SIDE = 34
"""How many pieces are read on each side of the trigger."""
_HEAD = 8
"""How many pieces say what was made of it."""
ROLES = ("trigger", "actor", "recipient", "place")
"""What is marked in the sentence; places of origin and destination are marked as places."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a sentence: type and mode as words, with what is said of its reality where
    that is not plain ("assault abduct planned negative"), and where trigger and roles stand."""

    sentence: str
    said: str
    marks: tuple[tuple[str, int, int], ...]


class Inputs:
    """Readings as the numbers that the model takes; the same for training and for use."""

    def __init__(self, vocabulary: Sequence[str], signs: dict[str, str]) -> None:
        self._pieces = WordPieces(vocabulary)
        self._signs = {role: self._pieces.number(signs[role]) for role in (*ROLES, "end")}

    def of(self, reading: Reading) -> Pair:
        """The numbers of one reading."""
        ids, offsets = self._pieces.cut(reading.sentence)
        opened: dict[int, list[int]] = {}
        closed: dict[int, int] = {}
        trigger = 0
        for role, start, end in reading.marks:
            first = next((n for n, (_, e) in enumerate(offsets) if e > start), len(ids))
            last = next((n for n, (s, _) in enumerate(offsets) if s >= end), len(ids))
            opened.setdefault(first, []).append(self._signs[role])
            closed[last] = closed.get(last, 0) + 1
            trigger = first if role == "trigger" else trigger
        out: list[int] = []
        centre = 0
        for n in range(len(ids) + 1):
            out += [self._signs["end"]] * closed.get(n, 0)
            centre = len(out) if n == trigger else centre
            out += opened.get(n, ())
            out += ids[n : n + 1]
        first = max(0, centre - SIDE)
        return self._pieces.pair(
            self._pieces.of(reading.said)[:_HEAD], out[first : first + 2 * SIDE]
        )


class Verifier:
    """The trained model. Safe to share between threads."""

    def __init__(self) -> None:
        """Raises ImportError without onnxruntime or tokenizers, OSError without its file."""
        given = load_yaml(*FOLDER, "labels.yaml")
        self._encoder = Encoder(FOLDER, "events.onnx", ["logits"])
        self._inputs = Inputs(vocabulary_of(FOLDER), given["signs"])
        self.labels: tuple[str, ...] = tuple(given["labels"])

    def likely(self, readings: Sequence[Reading]) -> list[dict[str, float]]:
        """For each reading how likely it is right, and how likely each thing about it is wrong (0
        to 1), by `labels`."""
        rows = self._encoder.run([self._inputs.of(r) for r in readings])
        return [dict(zip(self.labels, row.tolist(), strict=True)) for (row,) in rows]


@cache
def default_verifier() -> Verifier | None:
    """The model that comes with the program, loaded once a process; None where it is not asked for
    or cannot run."""
    if os.environ.get("SAYSO_EVENTS", "").strip().lower() != "look":
        return None
    try:
        return Verifier()
    except (ImportError, OSError):
        return None
