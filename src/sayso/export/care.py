"""What leaves the machine: the rules of care, applied to rows before any format sees them.

1. Positions of forces that are ongoing, expected or planned, and places of shelter, hospitals,
   camps, aid and evacuation, are coarsened to their second-level area (to the first level or the
   country where the second is not known), without their words, and held back for `HOLD` after
   they were first said. Only a named, logged decision lifts that.
2. Commenters are pseudonyms, good inside one page only, in every field, also where another
   reader's words name them.
3. An individual is not named as a perpetrator without a person's judgement.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from sayso.knowledge import tables
from sayso.model.annotation import Precision, Source
from sayso.model.rows import EventRow, Named

T = TypeVar("T")

HOLD = timedelta(hours=72)
"""How long a position is held back after it was first said (DESIGN.md, "Care")."""
WITHHELD = "[withheld: a position that could help somebody find people]"
SOMEBODY = "an individual (not named without a person's judgement)"

_AHEAD = frozenset(("ongoing", "expected", "planned"))
_PROTECTED_CODES = frozenset(("HSP", "HSPC", "HSPD", "HSPL", "CMPRF", "CMPLA", "RFC", "CTRM"))
_HARM = frozenset(("ASSAULT", "COERCE"))
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@cache
def _protected_words() -> tuple[tuple[str, ...], ...]:
    rows = tables.load_csv("record", "care_words.csv", required=("word", "kind"))
    return tuple(tuple(r["word"].casefold().split()) for r in rows)


def reasons(row: EventRow) -> tuple[str, ...]:
    """Why the places of an event are not given exactly; empty where they may be."""
    found = []
    if row.status in _AHEAD:
        found.append(f"the event is {row.status}")
    if any(p.feature in _PROTECTED_CODES for p in row.places) or _names_protected(row):
        found.append("shelter, hospital, camp, aid or evacuation")
    return tuple(found)


def _names_protected(row: EventRow) -> bool:
    if row.event_type == "AID":
        return True
    texts = [row.words, row.trigger, *(p.words for p in row.places), *(p.name for p in row.places)]
    for text in texts:
        words = [w.casefold() for w in _WORD.findall(text)]
        have = set(words)
        for phrase in _protected_words():
            if have.issuperset(phrase) and any(
                tuple(words[n : n + len(phrase)]) == phrase for n in range(len(words))
            ):
                return True
    return False


def released(row: EventRow, *, now: datetime, area: Area, lifted: bool = False) -> EventRow | None:
    """The event as it may leave the machine; None while it is held back.

    `area` names the area that a place is coarsened to and says of which level it is; None where
    it is not known.
    """
    why = () if lifted else reasons(row)
    if not why:
        return row
    first = datetime.fromisoformat(row.first_said[:10]).replace(tzinfo=UTC)
    # A day says nothing of the hour: the hold counts from its end.
    if now < first + timedelta(days=1) + HOLD:
        return None
    return replace(
        row,
        places=tuple(_coarse(p, area) for p in row.places),
        latitude=None,
        longitude=None,
        words=WITHHELD,
        trigger="",
        actors=tuple(replace(a, words="") for a in row.actors),
        care=why,
    )


Area = Callable[[Named], tuple[str, Precision] | None]


def _coarse(place: Named, area: Area) -> Named:
    name, precision = area(place) or (place.country or "an area that is not known", "country")
    return replace(
        place, id=None, name=name, words="", precision=precision, radius_km=None, latitude=None,
        longitude=None, pin=False, feature=None,
    )  # fmt: skip


# -- people ------------------------------------------------------------------------------------


def pseudonym(key: bytes, document: str, name: str) -> str:
    """`reader-4f2a91c0`: the same for one name on one page, unlinkable between pages and without
    the record's key."""
    digest = hmac.new(key, f"{document}\0{name.casefold()}".encode(), hashlib.sha256)
    return f"reader-{digest.hexdigest()[:8]}"


def masked(row: T, authors: Mapping[str, str], *, everywhere: bool = False) -> T:
    """The row with commenters as pseudonyms: as sources always; in all its texts where it comes
    from the discussion (`everywhere`). `authors` maps the names of one page to pseudonyms."""
    pattern = _pattern(tuple(sorted(authors, key=len, reverse=True))) if authors else None
    folded = {name.casefold(): alias for name, alias in authors.items()}

    def text(value: str) -> str:
        if pattern is None:
            return value
        return pattern.sub(lambda m: folded.get(m[0].casefold(), "a reader"), value)

    def walk(value: Any, inside: bool) -> Any:
        if isinstance(value, Source):
            if value.tier == "reader":
                who = folded.get((value.who or "").casefold(), "a reader") if value.who else None
                return replace(value, who=who, exact=None if value.exact is None else "")
            return replace(value, who=text(value.who) if inside and value.who else value.who)
        if isinstance(value, str):
            return text(value) if inside else value
        if isinstance(value, tuple):
            return tuple(walk(v, inside) for v in value)
        if is_dataclass(value) and not isinstance(value, type):
            told = getattr(value, "said_by", ()) or ()
            inner = inside or any(isinstance(s, Source) and s.tier == "reader" for s in told)
            changed = {
                f.name: walk(getattr(value, f.name), inner)
                for f in fields(value)
                if f.name not in _IDS
            }
            return replace(value, **changed)
        return value

    return walk(row, everywhere)  # type: ignore[no-any-return]


_IDS = frozenset(("id", "document", "annotation", "event", "kind", "act", "event_type", "mode",
                  "place_id", "publisher", "said_on", "held_on", "digest", "stance",
                  "what", "tier"))  # fmt: skip


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    kept = [n for n in names if n.strip()]
    if not kept:
        return None
    # Not inside a longer word; "@name" loses the name, not the sign.
    joined = "|".join(re.escape(n) for n in kept)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


def unaccused(row: EventRow, judged: bool) -> EventRow:
    """The event without the name of an individual who would be shown as a perpetrator, unless a
    person judged so. The words of the page are taken out with the name."""
    if judged or row.event_type not in _HARM:
        return row
    people = [a for a in row.actors if a.role == "actor" and a.schema == "Person"]
    if not people:
        return row
    actors = tuple(
        replace(a, id=None, name=SOMEBODY, words="") if a in people else a for a in row.actors
    )
    return replace(row, actors=actors, words=WITHHELD_NAME, trigger=row.trigger)


WITHHELD_NAME = "[withheld: names an individual as a perpetrator, which no person has judged]"
