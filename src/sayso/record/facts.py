"""What one telling of an event says, in the form in which tellings are compared and joined.

A telling is one event annotation of the newest reading of a document. Its facts are worked out
once, when it enters the record, and kept as JSON, so that joining, standing and control never
need to read the document again. Named tuples: they are made by the million, and the order of their
fields is the order in which `packed.pack` writes them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from sayso.language.sentences import sentences
from sayso.model.annotation import AnyAnnotation, Arg, Count, Event, SaidBy, Timex
from sayso.model.document import Document
from sayso.model.reading import Reading
from sayso.record import days, names

LONGEST = 600
"""Longest sentence kept beside a telling, in characters; longer ones are cut around the words."""


class Who(NamedTuple):
    """An actor of a telling. `id` is the record's id, None where the words stay unresolved."""

    role: str
    id: str | None
    name: str
    words: str
    blame: str | None = None
    schema: str | None = None


class Where(NamedTuple):
    """A place of a telling. Coordinates in degrees (WGS 84), None for what has no point."""

    role: str
    id: str | None
    name: str
    words: str
    precision: str | None = None
    radius_km: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    admin1: str | None = None
    feature: str | None = None


class Number(NamedTuple):
    """A count as one source gives it. `said_by` only where it differs from the telling's own."""

    role: str
    of: str
    civilian: str
    unit: str | None
    low: float | None
    high: float | None
    low_exclusive: bool
    approximate: bool
    scope: str
    words: str
    subset: bool = False
    said_by: tuple[Link, ...] = ()


class Link(NamedTuple):
    """One link of a said-by chain: `id` is the record's entity id where it is resolved."""

    who: str | None
    id: str | None
    tier: str
    access: str


class Facts(NamedTuple):
    """What a telling says (see the module's docstring). `open_days`: the first and last day
    (`01-06`) on which it can have been, in a year that nobody gives; None where a year is known,
    or nothing is."""

    event_type: str | None
    mode: str | None
    act: str | None
    granularity: str
    status: str
    polarity: str
    certainty: str
    edtf: str | None
    trigger: str
    sentence: str
    civilian_targeting: str = "unknown"
    actors: tuple[Who, ...] = ()
    places: tuple[Where, ...] = ()
    numbers: tuple[Number, ...] = ()
    said_by: tuple[Link, ...] = ()
    winner: str | None = None
    loser: str | None = None
    acled_type: str | None = None
    acled_sub: str | None = None
    context: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    notice: str | None = None
    open_days: tuple[str, str] | None = None


class Known:
    """The entities of a reading by their ids, and their ids in the record."""

    def __init__(self, reading: Reading) -> None:
        self.by_id = {e.id: e for e in reading.entities}
        self.ids = {e.id: names.record_id(e) for e in reading.entities}
        self.notice = _notice(reading.document)

    def id(self, entity_id: str | None) -> str | None:
        return self.ids.get(entity_id) if entity_id else None


def of_event(event: Event, entities: Known, sentence: str) -> Facts:
    """The facts of one event annotation."""
    outcome, time, acled = event.outcome, event.time, event.acled
    actors = [_who("actor", a, entities) for a in event.actor]
    if event.recipient:
        actors += [_who("recipient", a, entities) for a in event.recipient]
    places = [_where("place", a, entities) for a in event.place]
    if event.origin:
        places += [_where("origin", a, entities) for a in event.origin]
    if event.destination:
        places += [_where("destination", a, entities) for a in event.destination]
    # By position: with names it takes twice as long, and a million are made.
    return Facts(
        event.event_type,
        event.mode,
        event.act,
        event.granularity,
        event.status,
        event.polarity,
        event.certainty,
        time.edtf if time else None,
        event.exact,
        sentence,
        event.civilian_targeting,
        tuple(actors),
        tuple(places),
        tuple([_number(c, entities) for c in event.quantities]),
        links(event.said_by, entities),
        _key(outcome.winner, entities) if outcome and outcome.winner else None,
        _key(outcome.loser, entities) if outcome and outcome.loser else None,
        acled.event_type if acled else None,
        acled.sub_event_type if acled else None,
        event.context,
        tuple([w.exact for w in event.weapon]) if event.weapon else (),
        entities.notice,
    )


def _number(count: Count, entities: Known) -> Number:
    said_by = count.said_by
    return Number(
        count.role, count.of, count.civilian, count.unit, count.low, count.high,
        count.low_exclusive, count.approximate, count.scope, count.exact,
        count.subset_of is not None, links(said_by, entities) if said_by else (),
    )  # fmt: skip


def links(said_by: SaidBy, entities: Known) -> tuple[Link, ...]:
    """A said-by chain with the record's own ids, outermost first."""
    ids = entities.ids
    return tuple(
        [Link(s.who, ids.get(s.entity) if s.entity else None, s.tier, s.access) for s in said_by]
    )


def publisher_of(document: Document, uri: str | None) -> str:
    """The outlet: its name, else the host of its address, else ""."""
    if document.publisher:
        return document.publisher
    host = urlsplit(uri or document.canonical_uri or "").hostname or ""
    return host.removeprefix("www.")


class Sentences:
    """The sentence around a place in a document; each part is cut once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parts = {part.id: part for part in document.parts}
        self._cut: dict[str, tuple[list[int], list[int]]] = {}

    def at(self, start: int, end: int, part_id: str | None = None) -> str:
        """The sentence that holds [start, end), at most `LONGEST` characters around it. `part_id`
        is the part that holds it, where that is known."""
        part = self._parts.get(part_id) if part_id else None
        if part is None or not part.start <= start < part.end:
            part = self._document.part_at(start)
        if part is None:
            return self._document.text[start:end]
        if part.id not in self._cut:
            spans = sentences(self._document.text, part.start, part.end)
            self._cut[part.id] = [s for s, _ in spans], [e for _, e in spans]
        starts, ends = self._cut[part.id]
        n = bisect_right(starts, start) - 1
        left, right = (starts[n], ends[n]) if n >= 0 else (start, end)
        right = max(right, end)
        if right - left > LONGEST:
            left = max(left, start - LONGEST // 2)
            right = min(right, max(end, left + LONGEST))
        return self._document.text[left:right]


def _who(role: str, arg: Arg, entities: Known) -> Who:
    own = arg.entity
    entity = entities.by_id.get(own) if own else None
    if entity is None:
        return Who(role, entities.id(own), arg.exact, arg.exact, arg.blame)
    return Who(role, entities.ids[entity.id], entity.name, arg.exact, arg.blame, entity.schema)


def _where(role: str, arg: Arg, entities: Known) -> Where:
    own = arg.entity
    entity = entities.by_id.get(own) if own else None
    if entity is None:
        return Where(role, entities.id(own), arg.exact, arg.exact, arg.precision, arg.radius_km)
    return Where(
        role, entities.ids[entity.id], entity.name, arg.exact, arg.precision, arg.radius_km,
        entity.latitude, entity.longitude, entity.country, entity.admin1_code,
        entity.feature_code,
    )  # fmt: skip


def _key(arg: Arg, entities: Known) -> str:
    return entities.id(arg.entity) or arg.exact


def _notice(document: Document) -> str | None:
    """The gravest thing that the outlet itself says about its page."""
    kinds = {n.kind for n in document.notices}
    for kind in ("retraction", "correction"):
        if kind in kinds:
            return kind
    return None


def open_days(document: Document, annotations: Iterable[AnyAnnotation]) -> tuple[str, str] | None:
    """What a page of unknown date allows for what it reports: from a few days before the first
    day without a year that its article names to the last of them. None where it names none, or
    days too far apart to be of one report."""
    if days.said_on(document, None):
        return None
    comments = {p.id for p in document.parts if p.kind == "comment"}
    named = sorted(
        day
        for a in annotations
        if isinstance(a, Timex) and a.part not in comments and (day := days.open_day(a.edtf))
    )
    first = days.open_before(named[0], RECENT) if named else None
    if first is None or days.width(f"2000-{named[0]}", f"2000-{named[-1]}") > OPEN_SPAN:
        return None
    return first, named[-1]


def window(facts: Facts, said_on: str | None) -> tuple[str | None, str | None]:
    """First and last day on which the event can have been, as far as can be told: its own time;
    else, for what has happened, the days up to its being said. (None, None) if open."""
    first, last = days.bounds(facts.edtf)
    if first and last:
        return first, last
    if facts.edtf and not (first or last):
        return None, None  # an open year: no day
    if first or last:
        return first, last
    if said_on and facts.status in ("occurred", "ongoing") and facts.granularity == "event":
        return days.plus(said_on, -RECENT), said_on
    return None, None


OPEN_SPAN = 10
"""Days; a page that names days without a year further apart than that tells of no one time."""
RECENT = 3
"""Days before the report in which an event without a time of its own is looked for: news reports
what is at most a few days old; older things are dated in words."""
