"""One event summed up from its tellings: every value kept with who says it, nothing averaged.

`write` fills the event's row (what lists show and filters ask); `values` gives the field-by-field
account (what the page of one event shows).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.record import days, index, judgements, links, match, names, standing
from sayso.record.database import Database, Row
from sayso.record.facts import Facts, Link, Number
from sayso.record.standing import Voice

_TIERS = ("official", "monitor", "media", "witness", "party", "publisher", "anonymous", "reader")
_MAIN = ("place", "destination", "origin")


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of an event with the row it stands in."""

    row: Row
    facts: Facts

    @property
    def known_on(self) -> str:
        """The day by which it had been said: when it was said, else when the page was held."""
        return str(self.row["said_on"] or self.row["held_on"])

    def voice(self, said_by: tuple[Link, ...] = ()) -> Voice:
        return Voice(
            said_by=said_by or self.facts.said_by,
            outlet=self.row["publisher"],
            sentence=names.fold(self.facts.sentence),
            positive=self.facts.polarity == "positive",
        )


def tellings(database: Database, event: int, known_by: str | None = None,
             basis: str = "said") -> list[Told]:  # fmt: skip
    """The tellings of an event, first said first; only those known by a day, if one is given
    (`basis` said: had been said by then; captured: the page was held by then)."""
    rows = database.rows(
        "SELECT * FROM telling WHERE event = ? ORDER BY COALESCE(said_on, held_on), publisher, id",
        (event,),
    )
    told = [Told(row, index.unpack(row["body"])) for row in rows]
    if known_by is None:
        return told
    if basis == "captured":
        return [t for t in told if t.row["held_on"] <= known_by]
    return [t for t in told if t.known_on <= known_by]


def write(database: Database, event: int) -> list[Told]:
    """Sums an event up into its row; takes the row out where no telling is left. Gives the
    tellings."""
    told = tellings(database, event)
    database.execute("DELETE FROM event_entity WHERE event = ?", (event,))
    if not told:
        database.execute("DELETE FROM control_claim WHERE event = ?", (event,))
        database.execute("DELETE FROM event WHERE seq = ?", (event,))
        return told
    row = database.one("SELECT id FROM event WHERE seq = ?", (event,))
    assert row is not None
    decided = judgements.standing(database, row["id"])
    body = sum_up(told, confirmed=any(j.act == "confirm" for j in decided))
    body["rejected"] = any(j.act == "reject" for j in decided)
    database.execute(
        "UPDATE event SET event_type=?, mode=?, act=?, granularity=?, status=?, polarity=?, edtf=?,"
        " time_from=?, time_to=?, order_day=?, latitude=?, longitude=?, tellings=?, chains=?,"
        " standing=?, tier=?, confidence=?, first_said=?, first_held=?, body=? WHERE seq=?",
        (
            body["event_type"], body["mode"], body["act"], body["granularity"], body["status"],
            body["polarity"], body["edtf"], body["time_from"], body["time_to"],
            body["time_from"] or body["time_to"] or days.UNDATED,
            body["latitude"], body["longitude"], len(told), body["chains"], body["standing"],
            body["tier"], body["confidence"], min(t.known_on for t in told),
            min(t.row["held_on"] for t in told), _json(body), event,
        ),
    )  # fmt: skip
    order = body["time_from"] or body["time_to"] or days.UNDATED
    found = {(a["id"], a["role"]) for a in body["actors"] if a["id"]}
    found |= {(p["id"], p["role"]) for p in body["places"] if p["id"]}
    for p in body["places"]:
        if p["country"]:
            found.add((f"in:{p['country']}", "within"))
            if p["admin1"]:
                found.add((f"in:{p['country']}.{p['admin1']}", "within"))
    found |= {(f"source:{s}", "source") for s in {t.row["source"] for t in told} if s}
    database.many(
        "INSERT INTO event_entity VALUES (?, ?, ?, ?)",
        [(entity, role, order, event) for entity, role in sorted(found)],
    )
    return told


def sum_up(told: Sequence[Told], *, confirmed: bool = False) -> dict[str, Any]:
    """The summary of an event's tellings (at least one), as plain JSON values."""
    best = max(told, key=_weight)
    facts = best.facts
    first, last, edtf = _time(told)
    numbers = _numbers(told)
    polarities = {t.facts.polarity for t in told}
    disputed = [f"{n['role']}" for n in numbers if n["disputed"]]
    if len(polarities) > 1:
        disputed.insert(0, "polarity")
    voices = [t.voice() for t in told if t.facts.polarity == "positive"] or [
        t.voice() for t in told
    ]
    count = standing.chains(voices, links.roots())
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
        "publishers": sorted({t.row["publisher"] for t in told if t.row["publisher"]}),
        "chains": count,
        "standing": standing.words(
            [t.voice() for t in told], count, disputed=bool(disputed), confirmed=confirmed
        ),
        "disputed": disputed,
        "tier": min((str(t.row["tier"]) for t in told), key=_TIERS.index),
        "tiers": sorted({str(t.row["tier"]) for t in told}, key=_TIERS.index),
        "said_by": [_link(x) for x in facts.said_by],
        "notices": sorted({t.facts.notice for t in told if t.facts.notice}),
        "civilian_targeting": _most(t.facts.civilian_targeting for t in told) or "unknown",
        "acled_type": facts.acled_type,
        "acled_sub": facts.acled_sub,
        "context": sorted({c for t in told for c in t.facts.context}),
        "confidence": max(float(t.row["confidence"]) for t in told),
    }


def _weight(told: Told) -> tuple[float, ...]:
    """Which telling speaks for the event in lists: a named source's before a reader's, the fuller
    before the poorer, the earlier before the later."""
    facts = told.facts
    tier = _TIERS.index(str(told.row["tier"]))
    reader = any(link.tier == "reader" for link in facts.said_by)
    filled = len(facts.actors) + len(facts.places) + len(facts.numbers) + bool(facts.edtf)
    return (
        -float(reader),
        float(facts.polarity == "positive"),
        float(filled),
        -float(tier),
        float(told.row["confidence"]),
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


def _numbers(told: Sequence[Told]) -> list[dict[str, Any]]:
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
                source = (inner.id or inner.who if inner else None) or t.row["publisher"]
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
                        "chains": standing.chains(
                            [t.voice(n.said_by) for t, n in group], links.roots()
                        ),
                        "first_said": min(t.known_on for t, _ in group),
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
    counts = Counter(i for i in items if i)
    return counts.most_common(1)[0][0] if counts else None


def _link(link: Link) -> dict[str, Any]:
    return {"who": link.who, "id": link.id, "tier": link.tier, "access": link.access}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def reality_of(facts: Facts) -> str:
    """See `match.reality`."""
    return match.reality(facts.status)
