"""What one event says of who holds which place: somebody took it, holds it, or left it.

Kept as rows of `control_claim`, worked out whenever the event changes, so that the timeline of a
place is walked without reading the tellings again (`control.timeline`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sayso.knowledge import tables
from sayso.record import standing
from sayso.record import told as told_
from sayso.record.database import Database, Value
from sayso.record.facts import Facts, Where, Who
from sayso.record.plain import compact
from sayso.record.told import Told

# fmt: off
_HOLDABLE = (
    "PPL", "FT", "MLTY", "AIRB", "AIRF", "AIRP", "CMP", "BDG", "HLL", "MT", "PASS", "DAM", "BLDG",
    "FRM", "INSM", "PRN", "STLMT", "PRT", "RSTN", "OILR", "OILF", "GASF",
)
# fmt: on
_ENDING = frozenset(("withdraw", "surrender", "flight"))


@dataclass(frozen=True, slots=True)
class Holder:
    """One holder, or several that hold together."""

    ids: tuple[str, ...]
    name: str


ANYBODY = Holder((), "")


@dataclass(slots=True, kw_only=True, eq=False)
class Claim:
    """One event seen from one place. Days are the window in which it was; None = undated.

    `pages` are the documents that tell it, `timed` says whether any gives a time of its own,
    `denied` whether any tells the contrary. `told` and `against` are the tellings themselves,
    empty until `fill` has read them.
    """

    effect: str  # take | end | hold
    holder: Holder
    basis: str  # stated | inferred
    first: str | None
    last: str | None
    edtf: str | None
    event: str
    number: int
    pages: tuple[int, ...]
    timed: bool
    denied: bool
    successor: Holder | None = None
    told: tuple[Told, ...] = ()
    against: tuple[Told, ...] = ()

    @property
    def order(self) -> tuple[str, int, str]:
        return (self.last or f"~{self.edtf}", _RANK[self.effect], self.event)


_RANK = {"hold": 0, "end": 1, "take": 2}


def is_claim(facts: Facts) -> bool:
    """True if events of this sort say who holds a place."""
    if facts.status not in ("occurred", "ongoing", "historical"):
        return False
    return (
        facts.act == "control"
        or facts.mode == "capture"
        or (facts.event_type == "RETREAT" and facts.mode in _ENDING)
        or (facts.event_type == "ASSAULT" and bool(facts.winner or facts.loser))
    )


def places(facts: Facts) -> list[Where]:
    """The places whose holder such an event may change."""
    if facts.event_type == "RETREAT":
        # Where a withdrawal "is" may be where it ends; a surrender is where it is made.
        roles = ("origin", "place") if facts.mode == "surrender" else ("origin",)
    else:
        roles = ("place", "destination")
    for role in roles:
        found = [p for p in facts.places if p.role == role and _holdable(p)]
        if found:
            return found
    return []


def _holdable(where: Where) -> bool:
    if where.id is None or where.precision not in ("exact", "town", None):
        return False
    return where.feature is None or _held(where.feature)


@lru_cache(maxsize=1024)
def _held(feature: str) -> bool:
    return feature.startswith(_HOLDABLE)


def claims(number: int, event: str, told: Sequence[Told]) -> dict[str, list[Claim]]:
    """place id -> what one event says of who holds it. Readers' tellings are left out."""
    for_it, against = _sides(told)
    if not for_it:
        return {}
    out: dict[str, list[Claim]] = {}
    first, last, text = _window(for_it)
    effects = list(_effects(_merged(for_it)))
    pages, timed = tuple(sorted({t.document for t in for_it})), any(t.facts.edtf for t in for_it)
    for where in {w.id: w for t in for_it for w in places(t.facts)}.values():
        for effect, holder, basis, successor in effects:
            claim = Claim(
                effect=effect, holder=holder, basis=basis, first=first, last=last, edtf=text,
                event=event, number=number, told=for_it, against=against, successor=successor,
                pages=pages, timed=timed, denied=bool(against),
            )  # fmt: skip
            out.setdefault(str(where.id), []).append(claim)
    return out


def _sides(told: Sequence[Told]) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """The tellings that say it was so, and those that say it was not."""
    used = [t for t in told if is_claim(t.facts) and not standing.by_reader(t.facts.said_by)]
    return (
        tuple([t for t in used if t.facts.polarity == "positive"]),
        tuple([t for t in used if t.facts.polarity == "negative"]),
    )


# -- kept in the record ------------------------------------------------------------------------

COLUMNS = "place, event, n, said_first, said_all, held_first, held_all, body"


def rows_of(number: int, event: str, told: Sequence[Told]) -> list[tuple[Value, ...]]:
    """The rows of `control_claim` (in the order of `COLUMNS`) of an event."""
    if True not in [is_claim(t.facts) for t in told]:
        return []
    out: list[tuple[Value, ...]] = []
    for place, found in claims(number, event, told).items():
        for n, claim in enumerate(found):
            used = (*claim.told, *claim.against)
            out.append(
                (
                    place, number, n,
                    min([t.known_on for t in claim.told]), max([t.known_on for t in used]),
                    min([t.held_on for t in claim.told]), max([t.held_on for t in used]),
                    _packed(claim),
                )
            )  # fmt: skip
    return out


def _packed(claim: Claim) -> str:
    after = claim.successor
    return compact(
        [
            claim.effect, claim.holder.ids, claim.holder.name, claim.basis, claim.first,
            claim.last, claim.edtf, claim.event, claim.pages, claim.timed, claim.denied,
            [after.ids, after.name] if after else None,
        ]
    )  # fmt: skip


def _unpacked(number: int, body: list[Any]) -> Claim:
    effect, ids, name, basis, first, last, edtf, event, pages, timed, denied, after = body
    return Claim(
        effect=effect, holder=_held_by(tuple(ids), name) if ids else ANYBODY, basis=basis,
        first=first, last=last, edtf=edtf, event=event, number=number, pages=tuple(pages),
        timed=timed, denied=denied,
        successor=_held_by(tuple(after[0]), after[1]) if after else None,
    )  # fmt: skip


_held_by = lru_cache(maxsize=4096)(Holder)


class Kept(NamedTuple):
    """A claim as the record keeps it: from which day on it was known, and all that is told of it
    by `whole`."""

    first: str
    whole: str
    claim: Claim


def kept(
    database: Database, places_: Sequence[str], known_by: str | None = None, basis: str = "said"
) -> dict[str, list[Kept]]:
    """place id -> the claims on it that are kept; those first known later are left out."""
    out: dict[str, list[Kept]] = {place: [] for place in places_}
    side = "held" if basis == "captured" else "said"
    for at in range(0, len(places_), told_.CHUNK):
        some = list(places_[at : at + told_.CHUNK])
        where, values = f"place IN ({', '.join('?' * len(some))})", list(some)
        if known_by is not None:
            where, values = f"{where} AND {side}_first <= ?", [*values, known_by]
        rows = database.rows(
            f"SELECT place, event, {side}_first AS first, {side}_all AS whole, body"
            f" FROM control_claim WHERE {where} ORDER BY place, event, n",
            values,
        )
        # Decoded at one go: a call for each would take three times as long.
        bodies = json.loads(f"[{','.join([row['body'] for row in rows])}]")
        for (place, number, first, whole, _), body in zip(rows, bodies, strict=True):
            out[place].append(Kept(first, whole, _unpacked(number, body)))
    return out


def known(
    database: Database, found: Mapping[str, Sequence[Kept]], known_by: str | None, basis: str
) -> dict[str, list[Claim]]:
    """place id -> the claims as they were known by a day; what was told of them in part only is
    worked out from the tellings of then."""
    if known_by is None:
        return {place: [k.claim for k in some] for place, some in found.items()}
    out: dict[str, list[Claim]] = {}
    partly: dict[int, set[str]] = {}
    for place, some in found.items():
        mine = out[place] = []
        for k in some:
            if k.whole <= known_by:
                mine.append(k.claim)
            elif k.first <= known_by:
                partly.setdefault(k.claim.number, set()).add(place)
    told = told_.of_events(database, sorted(partly), known_by, basis) if partly else {}
    for number, where in partly.items():
        if number in told:
            made = claims(number, _name_of(database, number), told[number])
            for place in where:
                out[place] += made.get(place, [])
    return out


def of_places(
    database: Database, places_: Sequence[str], known_by: str | None = None, basis: str = "said"
) -> dict[str, list[Claim]]:
    """place id -> what all events say of who holds it, as far as it was known by a day."""
    return known(database, kept(database, places_, known_by, basis), known_by, basis)


def _name_of(database: Database, number: int) -> str:
    return str(database.value("SELECT id FROM event WHERE seq = ?", (number,)))


def fill(
    database: Database, found: Iterable[Claim], known_by: str | None = None, basis: str = "said"
) -> None:
    """Reads the tellings of claims, as far as they were known by a day."""
    open_ = [c for c in found if not c.told]
    told = told_.of_events(database, sorted({c.number for c in open_}), known_by, basis)
    sides = {number: _sides(own) for number, own in told.items()}
    for claim in open_:
        claim.told, claim.against = sides.get(claim.number, ((), ()))


# -- what an event does to a place -------------------------------------------------------------


def _merged(told: Sequence[Told]) -> Facts:
    """The event's facts with the actors of each role from the telling that names them best: one
    may say who came, another who left."""

    def named(t: Told, role: str) -> tuple[int, int]:
        found = [w for w in t.facts.actors if w.role == role]
        return sum([w.id is not None for w in found]), len(found)

    facts = other = told[0].facts
    if len(told) > 1:
        facts = max(told, key=lambda t: (named(t, "actor"), t.facts.winner is not None)).facts
        other = max(told, key=lambda t: named(t, "recipient")).facts
    actors = tuple([w for w in facts.actors if w.role == "actor"])
    mine = {_name(w) for w in actors}
    recipients = tuple([w for w in other.actors if w.role == "recipient" and _name(w) not in mine])
    return facts._replace(actors=actors + recipients)


def _effects(facts: Facts) -> Iterable[tuple[str, Holder, str, Holder | None]]:
    """(effect, holder, basis, inferred successor) of an event. Only who is known by name holds a
    place: "the militants" are whoever the speaker means, so where they took it nobody is its
    holder, and where they left it nobody in particular did."""
    losers = {facts.loser} if facts.loser else set()
    actors = [w for w in facts.actors if w.id and w.role == "actor" and _name(w) not in losers]
    recipients = [w for w in facts.actors if w.id and w.role == "recipient"]
    if facts.act == "control":
        if actors:
            yield ("take" if entering(facts.trigger) else "hold"), _holder(actors), "stated", None
    elif facts.mode == "capture":
        if actors:
            yield "take", _holder(actors), "stated", None
        else:  # taken, and nobody says by whom: whoever held it does not any more
            yield "end", _holder(recipients) if recipients else ANYBODY, "stated", None
    elif facts.event_type == "RETREAT" and facts.mode in _ENDING:
        gone = [w for w in facts.actors if w.id and w.role == "actor"]
        if gone:
            after = _holder(recipients) if facts.mode == "surrender" and recipients else None
            yield "end", _holder(gone), "stated", after
    elif facts.winner:
        won = [w for w in facts.actors if w.id and _name(w) == facts.winner]
        if won:
            yield "take", _holder(won), "inferred", None


@cache
def _entering() -> frozenset[str]:
    rows = tables.load_csv("record", "control_words.csv", required=("word", "effect"))
    return frozenset(r["word"] for r in rows if r["effect"] == "enter")


def entering(trigger: str) -> bool:
    """True if the words of an `act: control` event tell of coming in, not of holding."""
    return " ".join(trigger.casefold().split()) in _entering()


def _name(who: Who) -> str:
    return who.id or who.words


def _holder(actors: Sequence[Who]) -> Holder:
    named = {w.id: w.name for w in actors if w.id}
    ids = tuple(sorted(named))
    return Holder(ids, " and ".join(named[i] for i in ids))


def _window(told: Sequence[Told]) -> tuple[str | None, str | None, str | None]:
    """The window of the event in days, and its EDTF. Own times go before the day of the report;
    of contradicting ones the earliest begin and the latest end."""
    first, last, _ = told_.window(told)
    return first, last, next((t.facts.edtf for t in told if t.facts.edtf), None)
