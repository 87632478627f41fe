"""What the words of a sentence say for or against an event that the tree gave.

Rules read events off the tree, and most of what they read wrong comes from a wrong tree, which it
cannot say. The words around the trigger and around each party can: "by a roadside" is nobody,
what stands after "alias" is a name. A sum of weights over such words is one trait of the
confidence (`event_confidence.py`); the weights are data (lang/en/events/words.csv), fitted by
`tools/train_events.py` on judged events of the project's own texts (`training/events`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import fsum

from sayso.knowledge.tables import load_csv
from sayso.model.annotation import Event
from sayso.reading.event_lexicon import FOLDER

ROLES = ("actor", "recipient", "place")
"""Whose words count; places of origin and destination count as places."""
_WORD = re.compile(r"[\w'’]+|[^\w\s]")
_NEAR, _AROUND = 4, 6
"""How many words on each side of a trigger count with their place, and without it."""
_BETWEEN = 12
"""How many words between a trigger and a party are looked at."""
_JOINTS = frozenset(
    [",", ":", ";", '"', "-", "--", "who", "which", "that", "and", "by", "in", "of", "to", "for",
     "with", "when", "where", "while", "after", "from", "on", "at", "against"]
)  # fmt: skip
_HELPERS = frozenset(
    ["if", "whether", "would", "could", "may", "might", "not", "never", "no", "should", "must",
     "will", "had", "has", "have", "been", "was", "were", "is", "are"]
)  # fmt: skip
_NONE = "#"


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it was read in a sentence: type, mode and, where they are not plain, status and
    polarity as words ("assault abduct planned negative"); its rule, its type or act, and where
    trigger and parties stand in the sentence."""

    sentence: str
    said: str
    rule: str
    kind: str
    marks: tuple[tuple[str, int, int], ...]


def told_of(text: str, start: int, end: int, event: Event) -> Told:
    """An event in its sentence at [start, end) of the text."""
    places = (*event.place, *event.origin, *event.destination)
    spans = [("trigger", event.start, event.end)]
    spans += [
        (role, arg.start, arg.end)
        for role, args in zip(ROLES, (event.actor, event.recipient, places), strict=True)
        for arg in args
    ]
    kind = event.event_type or event.act or ""
    real = (event.status, event.polarity)
    return told(text, (start, end), (event.made_by.rule, kind, event.mode or ""), real, spans)


def told(
    text: str,
    sentence: tuple[int, int],
    read: tuple[str, str, str],
    real: tuple[str, str],
    spans: Iterable[tuple[str, int, int]],
) -> Told:
    """`read` is rule, type or act, and mode, `real` status and polarity; `spans` are those of
    trigger and parties in the text. What stands outside of the sentence is left out."""
    start, end = sentence
    rule, kind, mode = read
    said = [kind, mode, *(word for word in real if word not in ("occurred", "positive"))]
    marks = [(role, a - start, b - start) for role, a, b in spans if start <= a and b <= end]
    words = " ".join(word for word in said if word).replace("_", " ").replace("-", " ").lower()
    return Told(text[start:end], words, rule, kind, tuple(marks))


def weight(event: Told) -> float:
    """The sum of the weights: above 0 where the words speak for the event as it was read."""
    weights = _weights()
    return fsum(weights[f] for f in features(event) if f in weights)


@cache
def _weights() -> dict[str, float]:
    rows = load_csv(*FOLDER, "words.csv", required=("words", "weight"))
    return {r["words"]: float(r["weight"]) for r in rows}


def features(event: Told) -> set[str]:
    """What counts of an event: its rule, its trigger, the words around them, first, last and
    neighbouring words of each party, how far it stands from the trigger and what lies between."""
    cut = _Cut(event)
    return {
        f"rule {event.rule}", f"said {event.said}", *_of_trigger(event, cut),
        *(f for role, start, end in event.marks if role in ROLES
          for f in _of_party(event, cut, role, start, end)),
        *_of_numbers(event),
    }  # fmt: skip


class _Cut:
    """The words of a sentence, lower case, a number as so many noughts, with their places."""

    def __init__(self, event: Told) -> None:
        found = list(_WORD.finditer(event.sentence.lower()))
        self._spans = [(m.start(), m.end()) for m in found]
        self.words = ["0" * len(m[0]) if m[0].isdigit() else m[0] for m in found]
        trigger = next((m for m in event.marks if m[0] == "trigger"), ("trigger", 0, 0))
        self.first, self.last = self.at(trigger[1], trigger[2])

    def at(self, start: int, end: int) -> tuple[int, int]:
        """The words of [start, end): number of the first, and of the first behind them."""
        count = len(self._spans)
        first = next((n for n, (_, e) in enumerate(self._spans) if e > start), count)
        return first, next((n for n, (s, _) in enumerate(self._spans) if s >= end), count)

    def word(self, n: int) -> str:
        """Word number n, `_NONE` outside of the sentence."""
        return self.words[n] if 0 <= n < len(self.words) else _NONE


def _of_trigger(event: Told, cut: _Cut) -> Iterator[str]:
    first, last, word = cut.first, cut.last, cut.word
    trigger = " ".join(cut.words[first:last])
    yield f"trigger {trigger}"
    for n in range(1, _NEAR + 1):
        yield f"before {n} {word(first - n)}"
        yield f"after {n} {word(last + n - 1)}"
    for n in (1, 2):
        yield f"{event.rule} before {n} {word(first - n)}"
        yield f"{event.rule} after {n} {word(last + n - 1)}"
    before, after = cut.words[max(0, first - _AROUND) : first], cut.words[last : last + _AROUND]
    for side, near in (("before", before), ("after", after)):
        for each in near:
            yield f"{side} {each}"
            yield f"{event.kind} {side} {each}"
    yield from (f"helper {w}" for w in before if w in _HELPERS)
    yield from (f"pair before {a} {b}" for a, b in list(pairwise(before))[-1:])
    yield from (f"pair after {a} {b}" for a, b in list(pairwise(after))[:1])
    yield f"with neighbours {word(first - 1)} {trigger} {word(last)}"


def _of_party(event: Told, cut: _Cut, role: str, start: int, end: int) -> Iterator[str]:
    first, last = cut.at(start, end)
    word = cut.word
    head = word(last - 1)
    yield f"{role} first {word(first)}"
    yield f"{role} last {head}"
    yield f"{role} ending {head[-3:]}"
    yield f"{event.kind} {role} last {head}"
    yield f"{role} words {min(5, last - first)}"
    yield f"{role} behind {word(first - 1)}"
    yield f"{role} behind {word(first - 2)} {word(first - 1)}"
    yield f"{role} before {word(last)}"
    yield f"{event.rule} {role} behind {word(first - 1)}"
    ahead = last <= cut.first
    side = "ahead" if ahead else "after"
    between = cut.words[last : cut.first] if ahead else cut.words[cut.last : first]
    yield f"{role} {side} by {min(4, (1 + len(between)).bit_length() - 1)}"
    yield f"{event.rule} {role} {side}"
    for each in between[:_BETWEEN]:
        if each in _JOINTS:
            yield f"{role} {side} past {each}"


def _of_numbers(event: Told) -> Iterator[str]:
    met = Counter(role for role, _, _ in event.marks)
    for role in ROLES:
        number = min(3, met[role])
        yield f"{role} number {number}"
        yield f"{event.rule} {role} number {number}"
    for sign in ('"', "?", "["):
        if sign in event.sentence:
            yield f"sentence with {sign}"
