"""One event summed up from its tellings: every value kept with who says it, nothing averaged.

`write` fills the event's row (what lists show and filters ask); `values` gives the field-by-field
account (what the page of one event shows).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sayso.record import claims as claims_
from sayso.record import days, judgements, links, match, names, standing
from sayso.record import told as told_
from sayso.record.database import Database, Value
from sayso.record.facts import Facts, Link, Number
from sayso.record.standing import Voice
from sayso.record.told import Told

_TIERS = ("official", "monitor", "media", "witness", "party", "publisher", "anonymous", "reader")
_MAIN = ("place", "destination", "origin")


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
    for at in range(0, len(events), told_.CHUNK):
        some = list(events[at : at + told_.CHUNK])
        _write_some(database, some, new, decided, known or {})


def drop(database: Database, event: int) -> None:
    """Takes out the row of an event, and what hangs on it."""
    _count(database, _bring(database, "event_entity", _LINK_COLUMNS, [event], set()))
    moved = _bring(database, "control_claim", claims_.COLUMNS, [event], set())
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
    marks = query_marks(old)
    ids = {
        r[0]: r[1] for r in database.rows(f"SELECT seq, id FROM event WHERE seq IN {marks}", old)
    }
    ids.update((event, new[event]) for event in some if event in new)
    added: list[tuple[Value, ...]] = []
    changed: list[tuple[Value, ...]] = []
    links_: set[tuple[Value, ...]] = set()
    claims: set[tuple[Value, ...]] = set()
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
        links_.update([(key, role, order, event, *clocks) for key, role in _links_of(own, body)])
        if "reject" not in acts:
            claims.update(claims_.rows_of(event, ids[event], own))
    _widest(database, [row[2:] for row in added] + [row[:-1] for row in changed])
    if added:
        database.many(_ADD, added)
    if changed:
        database.many(_CHANGE, changed)
    _count(database, _bring(database, "event_entity", _LINK_COLUMNS, old, links_))
    _places_held(database, _bring(database, "control_claim", claims_.COLUMNS, old, claims))


def _bring(
    database: Database, table: str, columns: str, old: list[int], wanted: set[tuple[Value, ...]]
) -> Moved:
    """Makes the rows of events those that are wanted; what is so already is left alone. Gives
    the rows that went and those that came."""
    names_ = columns.split(", ")
    marks = ", ".join("?" * len(names_))
    there: set[tuple[Value, ...]] = set()
    if old:
        sql = f"SELECT {columns} FROM {table} WHERE event IN {query_marks(old)}"
        there = {tuple(row) for row in database.rows(sql, old)}
    gone = there - wanted
    if gone:
        keys = KEYS[table]
        at = [names_.index(k) for k in keys]
        database.many(
            f"DELETE FROM {table} WHERE " + " AND ".join(f"{k} = ?" for k in keys),
            [tuple(row[n] for n in at) for row in gone],
        )
    fresh = wanted - there
    if fresh:
        # In the order of the table's key: neighbours are written together.
        database.many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", sorted(fresh))
    return gone, fresh


def _widest(database: Database, rows: Sequence[tuple[Value, ...]]) -> None:
    """Keeps how many days the longest event spans: a list from a day on need not look for what
    began longer before that. It only ever grows."""
    first, last = _COLUMNS.index("time_from"), _COLUMNS.index("time_to")
    spans = [days.width(str(r[first]), str(r[last])) for r in rows if r[first] and r[last]]
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
Moved = tuple[set[tuple[Value, ...]], set[tuple[Value, ...]]]


def _count(database: Database, moved: Moved) -> None:
    """Keeps count of the events of each actor, place and source."""
    gone, fresh = moved
    change: Counter[tuple[Value, Value]] = Counter((row[0], row[1]) for row in fresh)
    change.subtract((row[0], row[1]) for row in gone)
    database.many(
        "INSERT INTO entity_role VALUES (?, ?, ?) ON CONFLICT (entity, role)"
        " DO UPDATE SET events = entity_role.events + excluded.events",
        [(*key, n) for key, n in sorted(change.items(), key=lambda item: str(item[0])) if n],
    )


def _places_held(database: Database, moved: Moved) -> None:
    """Keeps the list of the places that anything is said to hold."""
    gone, fresh = ({row[0] for row in rows} for rows in moved)
    database.many(_PLACE_COMES, [(place,) for place in sorted(map(str, fresh))])
    database.many(_PLACE_GOES, [(place, place) for place in sorted(map(str, gone - fresh))])


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


def query_marks(items: Sequence[object]) -> str:
    """`(?, ?)`, or what matches nothing."""
    return "(" + ", ".join("?" * len(items)) + ")" if items else "(NULL)"


def _row(told: Sequence[Told], body: dict[str, Any]) -> tuple[Value, ...]:
    said, held = [t.known_on for t in told], [t.row["held_on"] for t in told]
    return (
        body["event_type"], body["mode"], body["act"], body["granularity"], body["status"],
        body["polarity"], body["edtf"], body["time_from"], body["time_to"],
        body["time_from"] or body["time_to"] or days.UNDATED,
        body["latitude"], body["longitude"], len(told), body["chains"], body["standing"],
        body["tier"], body["confidence"], min(said), min(held), max(said), max(held), _json(body),
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
        source = t.row["source"]
        if source:
            found.add((f"source:{source}", "source"))
    return found


def sum_up(told: Sequence[Told], *, confirmed: bool = False) -> dict[str, Any]:
    """The summary of an event's tellings (at least one), as plain JSON values."""
    best = max(told, key=_weight)
    facts = best.facts
    first, last, edtf = _time(told)
    counted = _Counted()
    numbers = _numbers(told, counted)
    polarities = {t.facts.polarity for t in told}
    disputed = [f"{n['role']}" for n in numbers if n["disputed"]]
    if len(polarities) > 1:
        disputed.insert(0, "polarity")
    said = [t.voice() for t in told]
    count = counted.of([v for v in said if v.positive] or said)
    places = _places(told)
    point = next((p for p in places if p["latitude"] is not None and p["pin"]), None)
    return {
        "event_type": facts.event_type,
        "mode": _most(t.facts.mode for t in told),
        "act": facts.act,
        "granularity": facts.granularity,
        "status": _most(t.facts.status for t in told) or facts.status,
        "polarity": "positive" if "positive" in polarities else "negative",
        "edtf": edtf,
        "time_from": first,
        "time_to": last,
        "actors": _actors(told),
        "places": places,
        "latitude": point["latitude"] if point else None,
        "longitude": point["longitude"] if point else None,
        "numbers": numbers,
        "trigger": facts.trigger,
        "words": best.row["words"],
        "document": best.row["document"],
        "annotation": best.row["annotation"],
        "tellings": len(told),
        "pages": len({t.row["document"] for t in told}),
        "publishers": sorted({t.publisher for t in told if t.publisher}),
        "chains": count,
        "standing": standing.words(said, count, disputed=bool(disputed), confirmed=confirmed),
        "disputed": disputed,
        "tier": min([t.tier for t in told], key=_TIERS.index),
        "tiers": sorted({t.tier for t in told}, key=_TIERS.index),
        "said_by": [_link(x) for x in facts.said_by],
        "notices": sorted({t.facts.notice for t in told if t.facts.notice}),
        "civilian_targeting": _most(t.facts.civilian_targeting for t in told) or "unknown",
        "acled_type": facts.acled_type,
        "acled_sub": facts.acled_sub,
        "context": sorted({c for t in told for c in t.facts.context}),
        "confidence": max([t.confidence for t in told]),
    }


def _weight(told: Told) -> tuple[float, ...]:
    """Which telling speaks for the event in lists: a named source's before a reader's, the fuller
    before the poorer, the earlier before the later."""
    facts = told.facts
    tier = _TIERS.index(told.tier)
    reader = standing.by_reader(facts.said_by)
    filled = len(facts.actors) + len(facts.places) + len(facts.numbers) + bool(facts.edtf)
    return (
        -float(reader),
        float(facts.polarity == "positive"),
        float(filled),
        -float(tier),
        told.confidence,
        -float(told.row["seq"]),
    )


def _time(told: Sequence[Told]) -> tuple[str | None, str | None, str | None]:
    """(first day, last day, EDTF): what all dated tellings allow together; where they contradict
    each other, all that any of them allows. EDTF is None where no telling dates the event."""
    dated = [t for t in told if t.row["time_from"] and t.row["time_to"]]
    used = dated or [t for t in told if t.row["near_from"] and t.row["near_to"]]
    open_texts = [t.facts.edtf for t in told if t.facts.edtf]
    if not used:
        return None, None, _most(open_texts)
    side = "time" if dated else "near"
    first = max(t.row[f"{side}_from"] for t in used)
    last = min(t.row[f"{side}_to"] for t in used)
    if first > last:
        first = min(t.row[f"{side}_from"] for t in used)
        last = max(t.row[f"{side}_to"] for t in used)
    if not dated:
        return first, last, _most(open_texts)
    narrow = [t.facts.edtf for t in dated
              if (t.row["time_from"], t.row["time_to"]) == (first, last)]  # fmt: skip
    return first, last, _most(narrow) or f"{first}/{last}"


def _actors(told: Sequence[Told]) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for t in told:
        for who in t.facts.actors:
            key = (who.role, who.id or f"~{names.fold(who.words)}")
            row = rows.setdefault(
                key,
                {
                    "role": who.role,
                    "id": who.id,
                    "name": who.name,
                    "told": 0,
                    "blame": [],
                    "schema": who.schema,
                    "words": who.words,
                },
            )
            row["told"] += 1
            if who.blame and who.blame not in row["blame"]:
                row["blame"].append(who.blame)
    return sorted(rows.values(), key=lambda r: (r["role"], r["id"] is None, -r["told"], r["name"]))


def _places(told: Sequence[Told]) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for t in told:
        for where in t.facts.places:
            key = (where.role, where.id or f"~{names.fold(where.words)}")
            row = rows.setdefault(
                key,
                {
                    "role": where.role, "id": where.id, "name": where.name,
                    "words": where.words, "feature": where.feature,
                    "precision": where.precision, "radius_km": where.radius_km,
                    "latitude": where.latitude, "longitude": where.longitude,
                    "country": where.country, "admin1": where.admin1,
                    "pin": where.precision in ("exact", "town", "near", None)
                    and where.latitude is not None, "told": 0,
                },
            )  # fmt: skip
            row["told"] += 1
    return sorted(
        rows.values(), key=lambda r: (_MAIN.index(r["role"]), not r["pin"], -r["told"], r["name"])
    )


class _Counted:
    """Counts the separate chains of voices; the same voices again cost nothing."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], int] = {}
        self._held: list[Sequence[Voice]] = []  # so that no id is used twice

    def of(self, voices: Sequence[Voice]) -> int:
        key = tuple([id(v) for v in voices])
        if key not in self._known:
            self._held.append(voices)
            self._known[key] = standing.chains(voices, links.roots())
        return self._known[key]


def _numbers(told: Sequence[Told], counted: _Counted) -> list[dict[str, Any]]:
    """One row per thing counted, with each value, how many tell it, and by how many chains.

    Disputed: values that cannot both be true, from different sources at the same time. A source's
    own later figure replaces its earlier one for that question; both stay in the list.
    """
    groups: dict[tuple[str, str, str, str], list[tuple[Told, Number]]] = {}
    for t in told:
        for number in t.facts.numbers:
            key = (number.role, number.of, number.civilian, number.scope)
            groups.setdefault(key, []).append((t, number))
    out = []
    for (role, of, civilian, scope), items in sorted(groups.items()):
        values: dict[tuple[Any, ...], list[tuple[Told, Number]]] = {}
        for t, n in items:
            values.setdefault((n.low, n.high, n.low_exclusive), []).append((t, n))
        latest: dict[str, Number] = {}
        for t, n in items:
            if not n.subset:
                said_by = n.said_by or t.facts.said_by
                inner = said_by[-1] if said_by else None
                source = (inner.id or inner.who if inner else None) or t.publisher
                latest[source] = n
        out.append(
            {
                "role": role, "of": of, "civilian": civilian, "scope": scope,
                "unit": _most(n.unit for _, n in items),
                "disputed": scope == "event" and _rivals(list(latest.values())),
                "values": [
                    {
                        "low": low, "high": high, "low_exclusive": exclusive,
                        "approximate": any(n.approximate for _, n in group),
                        "words": group[0][1].words, "tellings": len(group),
                        "chains": counted.of([t.voice(n.said_by) for t, n in group]),
                        "first_said": min([t.known_on for t, _ in group]),
                    }
                    for (low, high, exclusive), group in sorted(values.items(), key=_by_size)
                ],
            }
        )  # fmt: skip
    return out


def _by_size(item: tuple[tuple[Any, ...], Any]) -> tuple[float, float]:
    low, high, _ = item[0]
    return (low if low is not None else 0.0, high if high is not None else float("inf"))


def _rivals(numbers: Sequence[Number]) -> bool:
    """True if two of them cannot both be right. An approximate number allows a tenth each way."""
    spans = []
    for n in numbers:
        low = n.low if n.low is not None else float("-inf")
        high = n.high if n.high is not None else float("inf")
        if n.approximate:
            low, high = low * 0.9, high * 1.1
        spans.append((low, high))
    return bool(spans) and max(s[0] for s in spans) > min(s[1] for s in spans)


def _most(items: Iterable[str | None]) -> str | None:
    """The most frequent text; of equals the first met."""
    counts: dict[str, int] = {}
    for item in items:
        if item:
            counts[item] = counts.get(item, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else None


def _link(link: Link) -> dict[str, Any]:
    return {"who": link.who, "id": link.id, "tier": link.tier, "access": link.access}


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def reality_of(facts: Facts) -> str:
    """See `match.reality`."""
    return match.reality(facts.status)
