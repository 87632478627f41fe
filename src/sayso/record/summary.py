"""Keeps what events come to (`summed.sum_up`) in their rows, with all that lists find them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sayso.record import claims as claims_
from sayso.record import days, judgements
from sayso.record import told as told_
from sayso.record.database import Database, Row, Value
from sayso.record.plain import compact
from sayso.record.summed import sum_up as sum_up
from sayso.record.told import Told

AT_ONCE = 4000
"""Events summed up together: the more, the more of their rows lie side by side."""


def write(database: Database, event: int) -> None:
    """`write_all` for one event that has its row."""
    write_all(database, [event], {}, judgements.decided(database))


def write_all(
    database: Database,
    events: Sequence[int],
    new: Mapping[int, str],
    decided: Mapping[str, frozenset[str]],
    known: Mapping[int, list[Told]] | None = None,
) -> None:
    """Sums events up into their rows; takes the rows out where no telling is left. `new` has the
    ids of those that have no row yet, `decided` what people decided on them, `known` all tellings
    of those whose tellings are at hand."""
    for at in range(0, len(events), AT_ONCE):
        some = list(events[at : at + AT_ONCE])
        _write_some(database, some, new, decided, known or {})


def drop(database: Database, event: int) -> None:
    """Takes out the row of an event, and what hangs on it."""
    _count(database, _bring(database, "event_entity", _LINK_COLUMNS, [event], Wanted()))
    moved = _bring(database, "control_claim", claims_.COLUMNS, [event], Wanted())
    _places_held(database, moved)
    database.execute("DELETE FROM event_block WHERE event = ?", (event,))
    database.execute("DELETE FROM event WHERE seq = ?", (event,))


def _write_some(
    database: Database,
    some: list[int],
    new: Mapping[int, str],
    decided: Mapping[str, frozenset[str]],
    known: Mapping[int, list[Told]],
) -> None:
    told = told_.of_events(database, [event for event in some if event not in known])
    told.update((event, told_.in_order(known[event])) for event in some if event in known)
    old = [event for event in some if event not in new]
    rows = _rows_in(database, "SELECT seq, id FROM event WHERE seq IN", old)
    ids = {row[0]: row[1] for row in rows}
    ids.update((event, new[event]) for event in some if event in new)
    added: list[tuple[Value, ...]] = []
    changed: list[tuple[Value, ...]] = []
    links_, claims = Wanted(), Wanted()
    for event in some:
        if event not in told:
            if event in ids:
                drop(database, event)
            continue
        own = told[event]
        acts = decided.get(ids[event], frozenset())
        body = sum_up(own, confirmed="confirm" in acts)
        body["rejected"] = "reject" in acts
        row = _row(own, body)
        if event in new:
            added.append((event, ids[event], *row))
        else:
            changed.append((*row, event))
        clocks = (*(row[n] for n in _CLOCKS), int(body["standing"] == "reader"))
        order = row[_ORDER_DAY]
        links_.of(event in new).extend(
            [(key, role, order, event, *clocks) for key, role in _links_of(own, body)]
        )
        if "reject" not in acts:
            claims.of(event in new).extend(claims_.rows_of(event, ids[event], own))
    _widest(database, [row[2:] for row in added] + [row[:-1] for row in changed])
    if added:
        database.many(_ADD, added)
    if changed:
        database.many(_CHANGE, changed)
    _count(database, _bring(database, "event_entity", _LINK_COLUMNS, old, links_))
    _places_held(database, _bring(database, "control_claim", claims_.COLUMNS, old, claims))


class Wanted:
    """The rows that a table is to have of some events: of new ones, and of those that have some
    already."""

    def __init__(self) -> None:
        self.new: list[tuple[Value, ...]] = []
        self.old: list[tuple[Value, ...]] = []

    def of(self, new: bool) -> list[tuple[Value, ...]]:
        return self.new if new else self.old


def _bring(database: Database, table: str, columns: str, old: list[int], wanted: Wanted) -> Moved:
    """Makes the rows of events those that are wanted; what is so already is left alone. Gives
    the rows that went and those that came."""
    names_ = columns.split(", ")
    marks = ", ".join("?" * len(names_))
    gone: set[tuple[Value, ...]] = set()
    fresh = wanted.new
    if old:
        rows = _rows_in(database, f"SELECT {columns} FROM {table} WHERE event IN", old)
        there, after = {tuple(row) for row in rows}, set(wanted.old)
        gone = there - after
        fresh = [*fresh, *(after - there)]
    if gone:
        keys = KEYS[table]
        at = [names_.index(k) for k in keys]
        database.many(
            f"DELETE FROM {table} WHERE " + " AND ".join(f"{k} = ?" for k in keys),
            [tuple(row[n] for n in at) for row in gone],
        )
    if fresh:
        # In the order of the table's key: neighbours are written together.
        database.many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", sorted(fresh))
    return gone, fresh


def _widest(database: Database, rows: Sequence[tuple[Value, ...]]) -> None:
    """Keeps how many days the longest event spans: a list from a day on need not look for what
    began longer before that. It only ever grows."""
    first, last = _COLUMNS.index("time_from"), _COLUMNS.index("time_to")
    spans = [
        days.width(str(r[first]), str(r[last]))
        for r in rows
        if r[first] != r[last] and r[first] and r[last]
    ]
    found = max(spans, default=0)
    if found > days_of_the_longest(database):
        database.execute(
            "INSERT INTO setting VALUES ('widest', ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (str(found),),
        )


def days_of_the_longest(database: Database) -> int:
    """No event of the record spans more days."""
    return int(database.value("SELECT value FROM setting WHERE name = 'widest'") or 0)


_LINK_COLUMNS = "entity, role, order_day, event, time_from, time_to, first_said, first_held, reader"
Moved = tuple[Collection[tuple[Value, ...]], Collection[tuple[Value, ...]]]


def _count(database: Database, moved: Moved) -> None:
    """Keeps count of the events of each actor, place and source."""
    gone, fresh = moved
    change: Counter[tuple[Value, ...]] = Counter([row[:2] for row in fresh])
    change.subtract([row[:2] for row in gone])
    database.many(
        "INSERT INTO entity_role VALUES (?, ?, ?) ON CONFLICT (entity, role)"
        " DO UPDATE SET events = entity_role.events + excluded.events",
        [(*key, n) for key, n in sorted(change.items(), key=lambda item: str(item[0])) if n],
    )


def _places_held(database: Database, moved: Moved) -> None:
    """Keeps the list of the places that anything is said to hold."""
    gone, fresh = ({str(row[0]) for row in rows} for rows in moved)
    coming = sorted(fresh)
    rows = _rows_in(database, "SELECT place FROM control_place WHERE place IN", coming)
    there = {row[0] for row in rows}
    database.many(_PLACE_COMES, [(place,) for place in coming if place not in there])
    database.many(_PLACE_GOES, [(place, place) for place in sorted(gone - fresh)])


_PLACE_COMES = (
    "INSERT INTO control_place (place, folded, seq, country, admin1, latitude, longitude)"
    " SELECT id, folded, seq, country, admin1, latitude, longitude FROM entity WHERE id = ?"
    " ON CONFLICT (place) DO NOTHING"
)
_PLACE_GOES = (
    "DELETE FROM control_place WHERE place = ?"
    " AND NOT EXISTS (SELECT 1 FROM control_claim WHERE place = ?)"
)
KEYS = {
    "event_entity": ("entity", "role", "order_day", "event"),
    "control_claim": ("place", "event", "n"),
}
_COLUMNS = (
    "event_type", "mode", "act", "granularity", "status", "polarity", "edtf", "time_from",
    "time_to", "order_day", "latitude", "longitude", "tellings", "chains", "standing", "tier",
    "confidence", "first_said", "first_held", "last_said", "last_held", "body",
)  # fmt: skip
_ORDER_DAY = _COLUMNS.index("order_day")
_CLOCKS = [_COLUMNS.index(c) for c in ("time_from", "time_to", "first_said", "first_held")]
"""What stands of an event beside each actor, place and source that lists it."""
_ADD = (
    f"INSERT INTO event (seq, id, {', '.join(_COLUMNS)})"
    f" VALUES (?, ?, {', '.join('?' * len(_COLUMNS))})"
)
_CHANGE = f"UPDATE event SET {', '.join(f'{c} = ?' for c in _COLUMNS)} WHERE seq = ?"


def _rows_in(database: Database, sql: str, keys: Sequence[Value]) -> list[Row]:
    """The rows of a query that ends in `IN`, a few keys at a time."""
    rows: list[Row] = []
    for at in range(0, len(keys), told_.CHUNK):
        some = keys[at : at + told_.CHUNK]
        rows += database.rows(f"{sql} {query_marks(some)}", some)
    return rows


def query_marks(items: Sequence[object]) -> str:
    """`(?, ?)`, or what matches nothing."""
    return "(" + ", ".join("?" * len(items)) + ")" if items else "(NULL)"


def _row(told: Sequence[Told], body: dict[str, Any]) -> tuple[Value, ...]:
    said, held = [t.known_on for t in told], [t.held_on for t in told]
    return (
        body["event_type"], body["mode"], body["act"], body["granularity"], body["status"],
        body["polarity"], body["edtf"], body["time_from"], body["time_to"],
        body["time_from"] or body["time_to"] or days.UNDATED,
        body["latitude"], body["longitude"], len(told), body["chains"], body["standing"],
        body["tier"], body["confidence"], min(said), min(held), max(said), max(held), compact(body),
    )  # fmt: skip


def _links_of(told: Sequence[Told], body: dict[str, Any]) -> set[tuple[str, str]]:
    """(key, role) of all that the event is found by."""
    found = {(a["id"], a["role"]) for a in body["actors"] if a["id"]}
    for p in body["places"]:
        if p["id"]:
            found.add((p["id"], p["role"]))
        if p["country"]:
            found.add((f"in:{p['country']}", "within"))
            if p["admin1"]:
                found.add((f"in:{p['country']}.{p['admin1']}", "within"))
    for t in told:
        if t.source:
            found.add((f"source:{t.source}", "source"))
    return found
