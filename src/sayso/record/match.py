"""Do two tellings tell of one event? A score from type, place, time, actors, counts and words.

The weights were set on the project's own generated corpus (tests/record/corpus.py), whose seeds
for setting and for testing differ; each is a plain number so that it can be disputed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.record import days, names
from sayso.record.facts import Facts, Number, Where
from sayso.record.standing import SHORTEST, same_text

ENOUGH = 0.6
"""From this score on a telling joins an event."""
OPEN = "|XXXX"
"""Ends the blocks of what was on some day of an unknown year."""
LONGEST_WINDOW = 10
"""Days; a time less certain than that is compared by its EDTF text alone."""

_PLACE, _ACTOR_ONLY = 0.35, 0.2
_SAME_DAY, _WITHIN, _TOUCHING = 0.25, 0.15, 0.05
_ACTORS, _ACTORS_OPEN, _ACTORS_OTHER = 0.25, 0.05, -0.15
_RECIPIENTS, _RECIPIENTS_OTHER = 0.12, -0.12
_MODE, _MODE_OTHER = 0.1, -0.15
_COUNT, _COUNT_FAR = 0.15, -0.15
_SAME_TEXT = 0.4
_FAR = 4.0  # counts further apart than this factor speak against one event

# Modes that name different acts, whoever tells it; the other modes are shades of one act.
_APART = frozenset(("capture", "withdraw", "surrender", "flight", "seize", "arrest", "abduct"))
_SETTLED = frozenset(("occurred", "ongoing", "historical"))
_AHEAD = frozenset(("expected", "planned"))
_PRECISE = frozenset(("exact", "town", "near", "route", None))


@dataclass(slots=True, eq=False)
class Profile:
    """What is known of one event so far, from all its tellings."""

    kind: str
    reality: str
    wide: bool
    first: str | None
    last: str | None
    modes: set[str]
    actors: set[str]
    recipients: set[str]
    places: set[str]
    numbers: dict[tuple[str, str], list[Number]]
    sentences: list[str]
    documents: set[int]
    edtf: str | None = None
    open: tuple[str, str] | None = None

    def add(self, other: Profile) -> None:
        """Takes another telling in; the time narrows to what both allow."""
        if other.first and other.last:
            if not (self.first and self.last):
                self.first, self.last = other.first, other.last
            elif other.first <= self.last and self.first <= other.last:
                self.first = max(self.first, other.first)
                self.last = min(self.last, other.last)
        self.modes |= other.modes
        self.actors |= other.actors
        self.recipients |= other.recipients
        self.places |= other.places
        for key, numbers in other.numbers.items():
            self.numbers.setdefault(key, []).extend(numbers)
        if len(self.sentences) < 12:
            self.sentences += [s for s in other.sentences if s not in self.sentences]
        self.documents |= other.documents


def reality(status: str) -> str:
    """Three worlds that are never joined: what is said to be so, to be coming, to be supposed."""
    if status in _SETTLED:
        return "so"
    return "ahead" if status in _AHEAD else "supposed"


def main_places(facts: Facts) -> list[Where]:
    """The places that say where the event is: its place; for movements without one, where they
    end and begin."""
    places = facts.places
    if len(places) == 1:
        return [places[0]] if places[0].id else []
    for role in ("place", "destination", "origin"):
        found = [p for p in places if p.role == role and p.id]
        if found:
            return found
    return []


def profile(
    facts: Facts,
    first: str | None,
    last: str | None,
    document: int,
    same: Mapping[str, str] | None = None,
) -> Profile:
    """A telling on its own, as the start of an event. `same` maps ids to those that stand for
    them by a person's judgement."""
    sentence = names.fold(facts.sentence)
    actors: set[str] = set()
    recipients: set[str] = set()
    for who in facts.actors:
        if who.id:
            mine = same.get(who.id, who.id) if same else who.id
            (actors if who.role == "actor" else recipients).add(mine)
    numbers: dict[tuple[str, str], list[Number]] = {}
    for number in facts.numbers:
        if not number.subset and number.scope == "event":
            numbers.setdefault((number.role, number.civilian), []).append(number)
    # By position: it is made for every telling.
    return Profile(
        facts.event_type or f"act:{facts.act}",
        reality(facts.status),
        facts.granularity != "event",
        first,
        last,
        {facts.mode} if facts.mode else set(),
        actors,
        recipients,
        {p.id for p in main_places(facts) if p.id and p.precision in _PRECISE},
        numbers,
        [sentence] if len(sentence) >= SHORTEST else [],
        {document},
        facts.edtf,
        facts.open_days,
    )


def blocks(facts: Facts, own: Profile, document: int) -> list[tuple[str, str]]:
    """(block, day) under which a telling is looked for; only tellings that share a block are ever
    compared. Undated ones share a block by the text of their open date or inside one page; those
    that can only have been on certain days of an unknown year stand under `OPEN` and that day.

    An act that has a name of its own (a surrender, a capture) is also looked for by who did it:
    one page names the town, another only the group."""
    base = f"{own.kind}|{own.reality}|{'wide' if own.wide else 'event'}"
    keys = {p.id for p in main_places(facts) if p.id and p.precision != "country"}
    if not keys:
        keys = {f"by:{a}" for a in own.actors | own.recipients}
    if facts.mode in _APART:
        keys.update([f"{facts.mode}-by:{actor}" for actor in own.actors])
    if own.open:
        return [(f"{base}|{key}{OPEN}", own.open[0]) for key in sorted(keys)]
    if own.first and own.last and days.width(own.first, own.last) <= LONGEST_WINDOW:
        day, suffix = own.first, ""
    else:
        day, suffix = "", f"|{facts.edtf or f'document {document}'}"
    return [(f"{base}|{key}{suffix}", day) for key in (sorted(keys) if len(keys) > 1 else keys)]


def score(new: Profile, event: Profile) -> float:
    """How well a telling fits an event, roughly in [-1, 1.7]; see `ENOUGH`. What rules an event
    out is asked first, and the texts are compared last: most candidates are of another place."""
    if new.kind != event.kind or new.reality != event.reality or new.wide != event.wide:
        return -1.0
    there = _shared(new.places, event.places)
    if new.places and event.places and not there:
        return -1.0
    alike_mode = _shared(new.modes, event.modes)
    if new.modes and event.modes and not alike_mode and (new.modes | event.modes) & _APART:
        return -1.0
    when = _time(new, event)
    if when is None:
        return -1.0
    counts = _counts(new, event)
    # The same sentence of one page tells of two things; of two pages it is a copy.
    one_page = _shared(new.documents, event.documents)
    alike = not one_page and _same_text(new, event)
    if not there and not (counts > 0 or alike):
        # Who and when alone do not make one event: it has to be the same sort of act too.
        if bool(new.modes) != bool(event.modes):
            return -1.0
        if one_page and not _who(new) & _who(event):
            return -1.0
    if alike_mode:
        total = _MODE
    else:
        total = _MODE_OTHER if new.modes and event.modes else 0.0
    total += when
    total += _PLACE if there else _ACTOR_ONLY
    total += _actors(new, event)
    total += counts
    if alike:
        total += _SAME_TEXT
    return total


def _shared(a: set[Any], b: set[Any]) -> bool:
    return not a.isdisjoint(b)


def _who(profile: Profile) -> set[str]:
    return profile.actors | profile.recipients


def _of_year(profile: Profile) -> tuple[str, str] | None:
    """The days of the year on which it can have been, whatever the year."""
    if profile.open or not (profile.first and profile.last):
        return profile.open
    if days.width(profile.first, profile.last) > LONGEST_WINDOW:
        return None
    first, last = profile.first[5:], profile.last[5:]
    return (first, last) if first <= last else None


def _time(new: Profile, event: Profile) -> float | None:
    if not (new.first and new.last and event.first and event.last):
        if new.edtf and event.edtf and new.edtf == event.edtf:
            return _SAME_DAY
        one, other = _of_year(new), _of_year(event)
        if one and other:
            if one[0] > other[1] or other[0] > one[1]:
                return None
            return _WITHIN if one == other and one[0] == one[1] else _TOUCHING
        return _TOUCHING
    if new.first > event.last or event.first > new.last:
        return None
    if new.first == new.last == event.first == event.last:
        return _SAME_DAY
    inside = new.first >= event.first and new.last <= event.last
    around = event.first >= new.first and event.last <= new.last
    return _WITHIN if inside or around else _TOUCHING


def _actors(new: Profile, event: Profile) -> float:
    if _shared(new.actors, event.actors):
        total = _ACTORS
    elif new.actors and event.actors and not _shared(_who(new), _who(event)):
        total = _ACTORS_OTHER
    else:  # "clashes between A and B" may be told from either side
        total = _ACTORS_OPEN
    if _shared(new.recipients, event.recipients):
        total += _RECIPIENTS
    elif new.recipients and event.recipients and not _shared(_who(new), _who(event)):
        total += _RECIPIENTS_OTHER
    return total


def _counts(new: Profile, event: Profile) -> float:
    best = 0.0
    for key, numbers in new.numbers.items():
        for number in numbers:
            for other in event.numbers.get(key, ()):
                a, b = _value(number), _value(other)
                if a is None or b is None:
                    continue
                far = max(a, b) / max(min(a, b), 1.0)
                if far <= 1.5:
                    return _COUNT
                if far > _FAR and not _allow(number, other):
                    best = _COUNT_FAR
    return best


def _same_text(new: Profile, event: Profile) -> bool:
    for a in new.sentences:
        for b in event.sentences:
            if same_text(a, b):
                return True
    return False


def _allow(a: Number, b: Number) -> bool:
    """True if both can be right: "dozens" and "many" are."""
    low = max(x.low or 0.0 for x in (a, b))
    return low <= min(float("inf") if x.high is None else x.high for x in (a, b))


def _value(number: Number) -> float | None:
    return number.low if number.low is not None else number.high
