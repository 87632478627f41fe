"""What a second look at events makes of them: how sure they are.

Rules read events off the tree; the trained model (`language/verifier.py`) sees the words. The
confidence of an event weighs what both say (`event_confidence.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.language.verifier import Reading, default_verifier
from sayso.model.annotation import Event
from sayso.reading.event_confidence import Look, likely


@dataclass(frozen=True, slots=True)
class Drafted:
    """An event, the sentence it stands in at [start, end) of the text, and the log-odds by its
    traits that it is read right."""

    event: Event
    start: int
    end: int
    odds: float


def looked_at(text: str, drafted: Sequence[Drafted]) -> list[Event]:
    """The events with their confidence; by the rules alone where there is no model."""
    verifier = default_verifier()
    if verifier is None:
        return [_sure(d, None) for d in drafted]
    looks = verifier.likely([reading_of(text, d.start, d.end, d.event) for d in drafted])
    return [_sure(d, look) for d, look in zip(drafted, looks, strict=True)]


def reading_of(text: str, start: int, end: int, event: Event) -> Reading:
    """What the second look sees of an event in the sentence at [start, end): its words, and those
    of the roles that stand in the same sentence."""
    said = [event.event_type or event.act or "", event.mode or ""]
    if event.status != "occurred":
        said.append(event.status)
    if event.polarity == "negative":
        said.append(event.polarity)
    places = (*event.place, *event.origin, *event.destination)
    roles = [("actor", event.actor), ("recipient", event.recipient), ("place", places)]
    marks = [("trigger", event.start - start, event.end - start)]
    marks += [
        (role, arg.start - start, arg.end - start)
        for role, args in roles
        for arg in args
        if start <= arg.start and arg.end <= end
    ]
    words = " ".join(word for word in said if word).replace("_", " ").replace("-", " ").lower()
    return Reading(text[start:end], words, tuple(marks))


def _sure(drafted: Drafted, look: Look | None) -> Event:
    event = drafted.event
    return replace(event, confidence=likely(drafted.odds, look, event.certainty))
