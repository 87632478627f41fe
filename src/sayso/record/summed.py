"""What the tellings of one event say together: every value kept with who says it, nothing averaged.

`sum_up` works on tellings in memory alone; `summary` keeps what it gives. Plain lists and single
passes, since it is done for every event that a reading touches.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sayso.record import links, names, standing
from sayso.record import told as told_
from sayso.record.facts import Link, Number
from sayso.record.standing import Voice
from sayso.record.told import Told

_TIERS = ("official", "monitor", "media", "witness", "party", "publisher", "anonymous", "reader")
_RANK = {tier: n for n, tier in enumerate(_TIERS)}
_MAIN = {"place": 0, "destination": 1, "origin": 2}
_PINNED = frozenset(("exact", "town", "near", None))


def sum_up(told: Sequence[Told], *, confirmed: bool = False) -> dict[str, Any]:
    """The summary of an event's tellings (at least one), as plain JSON values."""
    best = told[0] if len(told) == 1 else max(told, key=_weight)
    facts = best.facts
    every = [t.facts for t in told]
    first, last, edtf = _time(told)
    counted = _Counted()
    numbers = _numbers(told, counted)
    polarities = {f.polarity for f in every}
    disputed = [n["role"] for n in numbers if n["disputed"]]
    if len(polarities) > 1:
        disputed.insert(0, "polarity")
    said = [t.voice() for t in told]
    count = counted.of([v for v in said if v.positive] or said)
    places = _places(told)
    point = next((p for p in places if p["latitude"] is not None and p["pin"]), None)
    tiers = sorted({t.tier for t in told}, key=_RANK.__getitem__)
    return {
        "event_type": facts.event_type,
        "mode": _most([f.mode for f in every]),
        "act": facts.act,
        "granularity": facts.granularity,
        "status": _most([f.status for f in every]) or facts.status,
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
        "weapons": list(facts.weapons),
        "words": best.words,
        "document": best.document,
        "annotation": best.annotation,
        "tellings": len(told),
        "pages": len({t.document for t in told}),
        "publishers": sorted({t.publisher for t in told if t.publisher}),
        "chains": count,
        "standing": standing.words(said, count, disputed=bool(disputed), confirmed=confirmed),
        "disputed": disputed,
        "tier": tiers[0],
        "tiers": tiers,
        "said_by": [_link(x) for x in facts.said_by],
        "notices": sorted({f.notice for f in every if f.notice}),
        "civilian_targeting": _most([f.civilian_targeting for f in every]) or "unknown",
        "acled_type": facts.acled_type,
        "acled_sub": facts.acled_sub,
        "context": sorted({c for f in every for c in f.context}),
        "confidence": max([t.confidence for t in told]),
    }


def _weight(told: Told) -> tuple[float, ...]:
    """Which telling speaks for the event in lists: a named source's before a reader's, the fuller
    before the poorer, the earlier before the later."""
    facts = told.facts
    filled = len(facts.actors) + len(facts.places) + len(facts.numbers) + bool(facts.edtf)
    return (
        not standing.by_reader(facts.said_by),
        facts.polarity == "positive",
        filled,
        -_RANK[told.tier],
        told.confidence,
        -told.seq,
    )


def _time(told: Sequence[Told]) -> tuple[str | None, str | None, str | None]:
    """(first day, last day, EDTF), see `told.window`. EDTF is None where no telling dates the
    event."""
    first, last, dated = told_.window(told)
    if not dated:
        return first, last, _most([t.facts.edtf for t in told])
    narrow = [t.facts.edtf for t in told if t.time_from == first and t.time_to == last]
    return first, last, _most(narrow) or f"{first}/{last}"


def _actors(told: Sequence[Told]) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for t in told:
        for who in t.facts.actors:
            key = (who.role, who.id or f"~{names.fold(who.words)}")
            row = rows.get(key)
            if row is None:
                row = rows[key] = {
                    "role": who.role, "id": who.id, "name": who.name, "told": 0, "blame": [],
                    "schema": who.schema, "words": who.words,
                }  # fmt: skip
            row["told"] += 1
            if who.blame and who.blame not in row["blame"]:
                row["blame"].append(who.blame)
    if len(rows) < 2:
        return list(rows.values())
    return sorted(rows.values(), key=lambda r: (r["role"], r["id"] is None, -r["told"], r["name"]))


def _places(told: Sequence[Told]) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for t in told:
        for where in t.facts.places:
            key = (where.role, where.id or f"~{names.fold(where.words)}")
            row = rows.get(key)
            if row is None:
                row = rows[key] = {
                    "role": where.role, "id": where.id, "name": where.name,
                    "words": where.words, "feature": where.feature,
                    "precision": where.precision, "radius_km": where.radius_km,
                    "latitude": where.latitude, "longitude": where.longitude,
                    "country": where.country, "admin1": where.admin1,
                    "pin": where.precision in _PINNED and where.latitude is not None,
                    "told": 0,
                }  # fmt: skip
            row["told"] += 1
    if len(rows) < 2:
        return list(rows.values())
    return sorted(
        rows.values(), key=lambda r: (_MAIN[r["role"]], not r["pin"], -r["told"], r["name"])
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
        for n in t.facts.numbers:
            groups.setdefault((n.role, n.of, n.civilian, n.scope), []).append((t, n))
    return [
        {
            "role": role, "of": of, "civilian": civilian, "scope": scope,
            "unit": _most([n.unit for _, n in items]),
            "disputed": scope == "event" and _disputed(items),
            "values": _values(items, counted),
        }
        for (role, of, civilian, scope), items in sorted(groups.items(), key=_first)
    ]  # fmt: skip


_first = itemgetter(0)


def _values(items: Sequence[tuple[Told, Number]], counted: _Counted) -> list[dict[str, Any]]:
    """What is given for one thing counted: each value, the smallest first."""
    values: dict[tuple[Any, ...], list[tuple[Told, Number]]] = {}
    for t, n in items:
        values.setdefault((n.low, n.high, n.low_exclusive), []).append((t, n))
    return [
        {
            "low": low, "high": high, "low_exclusive": exclusive,
            "approximate": True in [n.approximate for _, n in group],
            "words": group[0][1].words, "tellings": len(group),
            "chains": counted.of([t.voice(n.said_by) for t, n in group]),
            "first_said": min([t.known_on for t, _ in group]),
        }
        for (low, high, exclusive), group in (
            values.items() if len(values) == 1 else sorted(values.items(), key=_by_size)
        )
    ]  # fmt: skip


def _by_size(item: tuple[tuple[Any, ...], Any]) -> tuple[float, float]:
    low, high, _ = item[0]
    return (low if low is not None else 0.0, high if high is not None else float("inf"))


def _disputed(items: Sequence[tuple[Told, Number]]) -> bool:
    """True if values contradict each other; of one source the last counts."""
    given = {(n.low, n.high) for _, n in items}
    if len(given) == 1 and (one := given.pop())[0] == one[1]:
        return False  # one and the same figure: most often so
    latest: dict[str, Number] = {}
    for t, n in items:
        if not n.subset:
            said_by = n.said_by or t.facts.said_by
            inner = said_by[-1] if said_by else None
            latest[(inner.id or inner.who if inner else None) or t.publisher] = n
    return _rivals(list(latest.values()))


def _rivals(numbers: Sequence[Number]) -> bool:
    """True if two of them cannot both be right. An approximate number allows a tenth each way."""
    spans = []
    for n in numbers:
        low = n.low if n.low is not None else float("-inf")
        high = n.high if n.high is not None else float("inf")
        if n.approximate:
            low, high = low * 0.9, high * 1.1
        spans.append((low, high))
    return bool(spans) and max([s[0] for s in spans]) > min([s[1] for s in spans])


def _most(items: Sequence[str | None]) -> str | None:
    """The most frequent text; of equals the first met."""
    if items and items.count(items[0]) == len(items):
        return items[0] or None
    counts: dict[str, int] = {}
    for item in items:
        if item:
            counts[item] = counts.get(item, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else None


def _link(link: Link) -> dict[str, Any]:
    return {"who": link.who, "id": link.id, "tier": link.tier, "access": link.access}
