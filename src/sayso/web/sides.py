"""How sides and certainty look, the same in ribbons, map, legend and tables.

Hue and letters say which side, the pattern how certain it is, fading how long nobody has said so.
No colour stands for an enemy, and none carries a meaning alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from sayso.model.rows import ControlRow

HUES = 8
NOBODY = "nobody is said to hold it"

PATTERNS = {
    "several": ("solid", "told by several sources not known to be linked"),
    "conceded": ("solid", "conceded by the side that lost it"),
    "single": ("wide", "told by one source"),
    "publisher": ("wide", "told by one source"),
    "claimed": ("dense", "only claimed by the side itself"),
    "inferred": ("dots", "inferred, said by nobody"),
    "contested": ("cross", "contested"),
    "stale": ("wide", "nothing said of it for long"),
}
"""Certainty of the record -> (pattern, in words)."""

LEGEND = (
    ("solid", "told by several sources, or conceded by the loser"),
    ("wide", "told by one source"),
    ("dense", "only claimed by the side itself"),
    ("dots", "inferred"),
    ("cross", "contested"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """A holder with its hue (0 to HUES-1) and its letters."""

    name: str
    hue: int
    letters: str
    stretches: int


def key(row: ControlRow) -> str:
    """What two rows of the same holder share; "" for nobody."""
    return "+".join(row.holder_ids) if row.holder else ""


def sides(rows: Iterable[ControlRow]) -> dict[str, Side]:
    """The holders of these rows; see `of_holders`."""
    return of_holders([(r.holder_ids, r.holder) for r in rows if r.holder])


def of_holders(held: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, Side]:
    """Holders (ids, name), one for each stretch of time, by key: those with most stretches first.
    A side keeps its hue from view to view unless a bigger one has it."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for ids, name in held:
        names["+".join(ids)] = name
        counts["+".join(ids)] += 1
    out: dict[str, Side] = {}
    free = list(range(HUES))
    taken: set[str] = set()
    for who, count in sorted(counts.items(), key=lambda x: (-x[1], x[0])):
        if not free:
            free = list(range(HUES))
        wanted = crc32(who.encode()) % HUES
        hue = wanted if wanted in free else free[0]
        free.remove(hue)
        letters = _letters(names[who], taken)
        taken.add(letters)
        out[who] = Side(names[who], hue, letters, count)
    return out


def _letters(name: str, taken: set[str]) -> str:
    words = [w for w in re.split(r"[^\w'’]+", name) if w]
    words = [w for w in words if w.casefold() not in ("the", "and", "of", "al")] or words
    capital = [w[0] for w in words if w[0].isupper()]
    plain = "".join(capital)[:3] or (words[0][:2].upper() if words else "?")
    found, number = plain, 2
    while found in taken:
        found, number = f"{plain[:2]}{number}", number + 1
    return found


NAMED = 8
"""Most sides that a sentence names one by one."""


def counted(holders: Counter[str], nothing: dict[str, str]) -> str:
    """ "3 held by A, 1 held by B, 2: nobody is said to hold it": those who hold most first, what
    stands in `nothing` (how a count of it is said) last; many sides are summed up."""
    held = [(who, n) for who, n in holders.most_common() if who not in nothing]
    said = [f"{n} held by {who}" for who, n in held[:NAMED]]
    if len(held) > NAMED:
        rest = held[NAMED:]
        said.append(f"{sum(n for _, n in rest)} by {len(rest)} others")
    return ", ".join([*said, *(f"{holders[w]}{how}" for w, how in nothing.items() if holders[w])])


def pattern(row: ControlRow) -> str:
    """The pattern that a row is drawn with; "none" where nobody holds the place."""
    return PATTERNS.get(row.certainty, ("wide", ""))[0] if row.holder else "none"


def certainty_in_words(row: ControlRow) -> str:
    """How certain a row is, for people."""
    return PATTERNS.get(row.certainty, ("wide", row.certainty))[1]
