"""The mentions of places of one draft, found by offset without a walk over all of them."""

from __future__ import annotations

from bisect import bisect_left
from weakref import WeakKeyDictionary

from sayso.model.annotation import Mention
from sayso.reading.draft import Draft


class _Index:
    """Place mentions by name (no demonyms) in text order, and the spans that name an actor who is
    no place: those that the registry knows, and all of them."""

    def __init__(self, draft: Draft, mentions: list[Mention]) -> None:
        self.seen = len(mentions)
        places = []
        actors: list[tuple[int, int]] = []
        named: list[tuple[int, int]] = []
        for m in mentions:
            entity = draft.entity(m.entity)
            if entity is None:
                continue
            if entity.kind == "place" and m.form != "demonym":
                places.append(m)
            elif entity.kind == "actor" and m.form == "name":
                named.append((m.start, m.end))
                if not entity.id.startswith("new:"):
                    actors.append((m.start, m.end))
        self.places = sorted(places, key=lambda m: (m.start, m.end))
        self.starts = [m.start for m in self.places]
        self.actors = sorted(actors)
        self.named = sorted(named)
        self.longest = max((m.end - m.start for m in places), default=0)


_INDEX: WeakKeyDictionary[Draft, _Index] = WeakKeyDictionary()


def place_mentions(draft: Draft, start: int, end: int) -> list[Mention]:
    """The mentions of places by name that share a character with [start, end), in text order."""
    index = _index(draft)
    first = bisect_left(index.starts, start - index.longest)
    last = bisect_left(index.starts, end)
    return [m for m in index.places[first:last] if m.end > start]


def names_actor(draft: Draft, start: int, end: int, *, introduced: bool = True) -> bool:
    """True if a name of an actor lies over the end of [start, end); without `introduced`, only one
    that the registry knows."""
    index = _index(draft)
    actors = index.named if introduced else index.actors
    n = bisect_left(actors, (end, 0))
    return any(s < end <= e and start < e for s, e in actors[max(0, n - 3) : n])


def _index(draft: Draft) -> _Index:
    mentions = draft.of(Mention)
    index = _INDEX.get(draft)
    if index is None or index.seen != len(mentions):
        index = _INDEX[draft] = _Index(draft, mentions)
    return index
