"""The event in ACLED's words, by the crosswalk `knowledge/data/plover/acled.yaml`.

None where the codebook's conditions are not shown by the text: less often wrong than guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.knowledge.tables import LINE, load_yaml
from sayso.model.annotation import Acled, Count
from sayso.reading.event_lexicon import words_of
from sayso.reading.event_reality import Reality


@dataclass(frozen=True, slots=True)
class Facts:
    """What the conditions of the crosswalk ask about an event."""

    type: str | None
    mode: str | None
    rule: str
    two_sided: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    words: frozenset[str]
    counts: tuple[Count, ...]


@cache
def crosswalk() -> tuple[dict[str, Any], ...]:
    """The rows, first match wins."""
    return tuple(load_yaml("plover", "acled.yaml"))


@cache
def _set(text: str) -> frozenset[str]:
    return words_of(text)


def _holds(row: dict[str, Any], facts: Facts) -> bool:
    for key, have in (
        ("type", facts.type), ("mode", facts.mode), ("rule", facts.rule),
    ):  # fmt: skip
        if key in row and (have is None or have not in _set(row[key])):
            return False
    if "not_rule" in row and facts.rule in _set(row["not_rule"]):
        return False
    if "two_sided" in row and bool(row["two_sided"]) != facts.two_sided:
        return False
    for key, kinds in (
        ("actor", facts.actors),
        ("recipient", facts.recipients),
        ("words", facts.words),
    ):
        if key in row and not kinds & _set(row[key]):
            return False
        if f"not_{key}" in row and kinds & _set(row[f"not_{key}"]):
            return False
    if "min_count" in row:
        need = float(row["min_count"])
        return any((c.low or 0) >= need for c in facts.counts)
    return True


def acled(facts: Facts, reality: Reality) -> Acled | None:
    """The sub-event type, or None unless it occurred or is ongoing and ACLED records its kind."""
    if reality.polarity != "positive" or reality.status not in ("occurred", "ongoing"):
        return None
    for row in crosswalk():
        if _holds(row, facts):
            if row.get("sub") is None:
                return None
            return Acled(event_type=row["event"], sub_event_type=row["sub"])
    return None


__all__ = ["LINE", "Facts", "acled", "crosswalk"]
