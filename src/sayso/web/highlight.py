"""Text cut into runs for display: each run knows which annotations stand over it.

Offsets are code points, as everywhere; nothing here is HTML, templates escape every word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sayso.model.annotation import AnyAnnotation, Attribution, Event, Forecast, Mention, Reply
from sayso.model.document import Part
from sayso.service import words

ORDER = ("forecast", "attribution", "event", "quantity", "timex", "place", "actor")
"""Layers from the outermost to the innermost; a run shows the classes of all of them."""


BESIDE = ("content", "own")
"""Layers that are no place to jump to: the words of a source, and what the page adds to them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to highlight: offsets, the layer, and the annotation they belong to."""

    start: int
    end: int
    layer: str
    annotation: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same marks. `opens` are the annotations that begin here."""

    text: str
    layers: tuple[str, ...]
    annotations: tuple[str, ...]
    opens: tuple[str, ...]


def marks(annotations: Iterable[AnyAnnotation], places: frozenset[str]) -> list[Mark]:
    """What is highlighted for each annotation: its own span; the source and cue words of an
    attribution; the proposition of a forecast. `places` are the ids of entities that are places.
    """
    out: list[Mark] = []
    for a in annotations:
        if isinstance(a, Reply):
            if a.to is not None and a.to.start < a.to.end:
                out.append(Mark(a.to.start, a.to.end, "reply", a.id))
            continue
        if isinstance(a, Mention):
            layer = "place" if a.entity in places else "actor"
            out.append(Mark(a.start, a.end, layer, a.id))
        elif isinstance(a, Attribution):
            if a.source is not None:
                out.append(Mark(a.source.start, a.source.end, "source", a.id))
            out.append(Mark(a.cue.start, a.cue.end, "cue", a.id))
        elif isinstance(a, Forecast):
            out.append(Mark(a.proposition.start, a.proposition.end, "forecast", a.id))
        elif isinstance(a, Event):
            out.append(Mark(a.start, a.end, "event", a.id))
        else:
            out.append(Mark(a.start, a.end, a.kind, a.id))
    return [m for m in out if m.start < m.end]


def own_words(text: str, annotations: Iterable[AnyAnnotation]) -> list[Mark]:
    """In each sentence that quotes somebody: the source's words ("content"), and what the page
    itself adds to them ("own"): all the rest but the source's name and the cue."""
    out: list[Mark] = []
    sentences: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for a in annotations:
        if not isinstance(a, Attribution) or not a.content:
            continue
        said = [(c.start, c.end) for c in a.content if c.start < c.end]
        out += [Mark(low, high, "content", a.id) for low, high in said]
        known = [*said, (a.cue.start, a.cue.end)]
        if a.source is not None:
            known.append((a.source.start, a.source.end))
        low = min(s for s, _ in known)
        high = max(e for _, e in known)
        sentences.setdefault(words.sentence_around(text, low, high), []).extend(known)
    for (low, high), known in sentences.items():
        at = low
        for start, end in [*sorted(known), (high, high)]:
            if at < start and any(c.isalnum() for c in text[at:start]):
                out.append(Mark(at, start, "own", f"own-{at}"))
            at = max(at, end)
    return out


def runs(text: str, start: int, end: int, found: Iterable[Mark]) -> list[Run]:
    """text[start:end] as runs: together they are exactly that text, in order."""
    inside = [m for m in found if m.start < end and start < m.end]
    cuts = {start, end}
    for m in inside:
        cuts.update((max(m.start, start), min(m.end, end)))
    at = sorted(cuts)
    out: list[Run] = []
    inside.sort(key=lambda m: (m.start, -m.end, m.annotation))
    live: list[Mark] = []
    upcoming = 0
    for low, high in pairwise(at):
        live = [m for m in live if m.end > low]
        opened: list[str] = []
        while upcoming < len(inside) and inside[upcoming].start <= low:
            if inside[upcoming].end > low:
                live.append(inside[upcoming])
                if inside[upcoming].start >= start and inside[upcoming].layer not in BESIDE:
                    opened.append(inside[upcoming].annotation)
            upcoming += 1
        layers = tuple(dict.fromkeys(m.layer for m in live))
        ids = tuple(dict.fromkeys(m.annotation for m in live))
        out.append(Run(text[low:high], layers, ids, tuple(opened)))
    return out


@dataclass(frozen=True, slots=True)
class Branch:
    """A comment with what answers it, in page order."""

    part: Part
    replies: tuple[Branch, ...]


def tree(parts: Iterable[Part]) -> tuple[Branch, ...]:
    """The discussion as a tree. Built without recursion: threads may be thousands deep."""
    comments = [p for p in parts if p.kind == "comment"]
    known = {p.id for p in comments}
    below: dict[str | None, list[Part]] = {}
    for part in comments:
        parent = part.reply_to if part.reply_to in known else None
        below.setdefault(parent, []).append(part)
    built: dict[str, Branch] = {}
    order: list[Part] = []
    stack = list(reversed(below.get(None, [])))
    while stack:
        part = stack.pop()
        order.append(part)
        stack.extend(reversed(below.get(part.id, [])))
    for part in reversed(order):
        built[part.id] = Branch(part, tuple(built[p.id] for p in below.get(part.id, [])))
    return tuple(built[p.id] for p in below.get(None, []))
