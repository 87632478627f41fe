"""Filters and paging, the same in terminal, API, browser and exports.

All filters are joined by "and". Times overlap: `since`..`until` finds whatever can lie, even in
part, inside. Lists come in the order of time (undated last); `after` is the cursor that the page
before gave out.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, fields

from sayso.errors import UsageError
from sayso.record import days, names, summary
from sayso.record import entities as same
from sayso.record.database import Database
from sayso.record.engines import Engine
from sayso.record.where import Asked as Asked
from sayso.record.where import Where as Where

KEEP = 0.6
"""Confidence from which a reading is kept by maps, summaries and exports unless drafts are asked
for; for events it is `KEEP_EVENT`."""

KEEP_EVENT = 0.86
"""The same for events: their confidence is counted on events judged by hand (docs/quality.md)."""


ACTS = frozenset(
    ("symbolic", "control", "claims_responsibility", "denies_responsibility", "joins", "dissolves")
)
"""What `type` may name beside PLOVER's types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for. Text filters are folded; ids are taken as they are.

    `actor`, `place`, `source`: an id or a name (a place that is a country or a first-level area
    takes in all within). `bbox`: west, south, east, north in degrees. `since`, `until`, `on`,
    `known_by`: days (`2019-01-06`). `on` = it was so that day; `known_by` = it had been said
    (`basis` "said") or was held (`basis` "captured") by then. `type`: a PLOVER type or an act.
    `keep` leaves out what stands below `KEEP` (events: `KEEP_EVENT`). `readers`: "hide" leaves
    out events that only readers tell of, "alone" leaves nothing else.
    """

    actor: str | None = None
    place: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    since: str | None = None
    until: str | None = None
    on: str | None = None
    known_by: str | None = None
    basis: str = "said"
    type: str | None = None
    mode: str | None = None
    status: str | None = None
    source: str | None = None
    publisher: str | None = None
    tier: str | None = None
    standing: str | None = None
    readers: str | None = None
    text: str | None = None
    page: str | None = None
    author: str | None = None
    act: str | None = None
    keep: bool = False

    def __post_init__(self) -> None:
        for name in ("since", "until", "on", "known_by"):
            value = getattr(self, name)
            if value is not None and days.valid(value) is None:
                raise UsageError(f"{name}: {value!r} is no day; write it like 2019-01-06")
        if self.basis not in ("said", "captured"):
            raise UsageError(f"basis: {self.basis!r} is neither said nor captured")
        if self.readers not in (None, "hide", "alone"):
            raise UsageError(f"readers: {self.readers!r} is neither hide nor alone")
        if self.bbox is not None:
            west, south, east, north = self.bbox
            if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
                raise UsageError("bbox: west,south,east,north in degrees, south not above north")

    def given(self) -> dict[str, object]:
        """The filters that are set, by name."""
        return {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if getattr(self, f.name) != f.default
        }


def bbox(text: str) -> tuple[float, float, float, float]:
    """`west,south,east,north` as numbers. Raises UsageError."""
    try:
        west, south, east, north = (float(x) for x in text.split(","))
    except ValueError as error:
        raise UsageError(f"bbox: {text!r} is not west,south,east,north") from error
    return west, south, east, north


def entities(database: Database, words: str, kind: str | None = None) -> list[str]:
    """Ids of the entities of that id or name (folded; every spelling known counts)."""
    found = [
        str(r[0])
        for r in database.rows(
            "SELECT e.id FROM entity_name n JOIN entity e ON e.seq = n.entity WHERE n.folded = ?"
            + (" AND e.kind = ?" if kind else ""),
            (names.fold(words), kind) if kind else (names.fold(words),),
        )
    ]
    if ":" in words:
        found.append(words)
    known = same.canonical(database)
    return sorted({i for entity in found for i in same.same_as(database, entity, known)})


def areas(database: Database, ids: list[str]) -> list[str]:
    """The `in:` keys of those places that are countries or first-level areas."""
    out: list[str] = []
    for place in ids:
        row = database.one(
            "SELECT country, admin1, feature_code FROM entity WHERE id = ?", (place,)
        )
        if row is None or not row["country"]:
            continue
        if str(row["feature_code"] or "").startswith("PCL"):
            out.append(f"in:{row['country']}")
        elif row["feature_code"] == "ADM1" and row["admin1"]:
            out.append(f"in:{row['country']}.{row['admin1']}")
    return out


def marks(items: list[str]) -> str:
    """`(?, ?, ?)`; a list that matches nothing where it is empty."""
    return "(" + ", ".join("?" * len(items)) + ")" if items else "(NULL)"


def fts(words: str) -> str:
    """A full-text query from what a person typed: every word must be there; words in double
    quotes stand together, and so do the pieces of one word (`al-Sham`, `Hay'at`). Cutting and
    folding is left to the engine, which did it to the texts; none of its syntax is let through."""
    phrases: list[str] = []
    for n, piece in enumerate(words.replace("\0", " ").split('"')):
        found = [w for w in piece.split() if any(c.isalnum() for c in w)]
        if not found:
            continue
        phrases += [" ".join(found)] if n % 2 else found
    return " ".join(f'"{p}"' for p in phrases)


def events(database: Database, filters: Filters) -> Where:
    """Conditions on `event e`."""
    where = Where()
    if filters.actor:
        ids = entities(database, filters.actor, "actor" if ":" not in filters.actor else None)
        where.link(f"role IN ('actor', 'recipient') AND entity IN {marks(ids)}", *ids)
    if filters.place:
        ids = entities(database, filters.place, "place" if ":" not in filters.place else None)
        inside = areas(database, ids)
        where.link(
            "role IN ('place', 'origin', 'destination', 'within')"
            f" AND entity IN {marks(ids + inside)}",
            *ids,
            *inside,
        )
    if filters.source:
        ids = entities(database, filters.source) or [names.fold(filters.source)]
        keys = [f"source:{i}" for i in [*ids, names.fold(filters.source)]]
        where.link(f"role = 'source' AND entity IN {marks(keys)}", *keys)
    if filters.bbox:
        box(where, filters.bbox, "e", database.engine)
    _times(where, filters, database)
    if filters.publisher:
        where.add("e.seq IN (SELECT event FROM telling WHERE publisher = ?)", filters.publisher)
    if filters.page:
        where.add(
            "e.seq IN (SELECT t.event FROM telling t JOIN document d ON d.seq = t.document"
            " WHERE d.id = ?)",
            filters.page,
        )
    if filters.text:
        query = fts(filters.text)
        if query:
            sql, values = database.engine.matching(query)
            where.add(
                "e.seq IN (SELECT t.event FROM part p JOIN telling t ON t.document = p.document"
                f" AND t.part = p.id WHERE p.seq IN ({sql}))",
                *values,
            )
    _kinds(where, filters)
    return where


def _times(where: Where, filters: Filters, database: Database) -> None:
    # What begins by a day stands in the list by that day (`order_day` is the first day).
    first = filters.on or filters.since
    if first:  # nothing that ends then or later began longer before
        where.clock("e.order_day >= ?", days.plus(first, -summary.days_of_the_longest(database)))
    if filters.since:
        where.clock("e.time_to >= ?", filters.since)
    if filters.until:
        where.clock("e.order_day <= ?", filters.until)
        where.clock("e.time_from <= ?", filters.until)
    if filters.on:
        where.clock("e.order_day <= ?", filters.on)
        where.clock("e.time_from <= ? AND e.time_to >= ?", filters.on, filters.on)
    if filters.known_by:
        held = filters.basis == "captured"
        where.clock(f"e.{'first_held' if held else 'first_said'} <= ?", filters.known_by)
        asked = "SELECT 1 FROM document WHERE held_on <= ? LIMIT 1"
        if held and not database.value(asked, (filters.known_by,)):
            where.clock("e.order_day < ''")  # nothing was held by then: no list need be walked


def _kinds(where: Where, filters: Filters) -> None:
    """What is asked of an event's own columns. One alone is looked up in the index of its column;
    several are asked of rows found otherwise (by words, an actor, in the order of time), since an
    index of one of them would have every row read for the others: `COALESCE` keeps it out."""
    asked = [
        (column, value)
        for column in ("mode", "status", "tier", "standing")
        if (value := getattr(filters, column))
    ]
    if filters.type:
        act = filters.type.lower() in ACTS
        asked.append(("act", filters.type.lower()) if act else ("event_type", filters.type.upper()))
    alone = len(asked) == 1 and not (filters.keep or filters.bbox or where.narrowed)
    for column, value in asked:
        where.add(f"e.{column} = ?" if alone else f"COALESCE(e.{column}, '') = ?", value)
    readers(where, filters.readers)
    if filters.keep:
        where.add("e.confidence >= ?", KEEP_EVENT)


def readers(where: Where, which: str | None) -> None:
    """Adds that only readers tell of an event ("alone"), or that somebody else does ("hide")."""
    if which == "alone":
        where.add("e.standing = 'reader'", listed="x.reader = 1")
    elif which == "hide":
        where.add("e.standing <> 'reader'", listed="x.reader = 0")


def box(where: Where, sides: tuple[float, float, float, float], table: str, engine: Engine) -> None:
    """Adds the condition that a point of that table lies inside."""
    sql, values = engine.within(table, sides)
    where.add(sql, *values)


def cursor(*fields: object) -> str:
    """An opaque place in a list."""
    text = "\x1f".join(str(f) for f in fields)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def uncursor(text: str, count: int) -> list[str]:
    """The fields of a cursor. Raises UsageError for one that this program did not give out."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError as error:
        raise UsageError(f"after: {text!r} is no cursor of this program") from error
    found = raw.split("\x1f")
    # The last field is always the number of a row.
    if len(found) != count or not found[-1].isdecimal() or len(found[-1]) > 18:
        raise UsageError(f"after: {text!r} is no cursor of this list")
    return found
