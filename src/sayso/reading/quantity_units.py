"""Nouns that are counted, from `units.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.knowledge.tables import load_csv


@dataclass(frozen=True, slots=True)
class Unit:
    """A noun that is counted. `kind` is person, event, vehicle, weapon, building, place, group,
    animal, measure or money; `civilian` is civilian, combatant or unknown."""

    lemma: str
    kind: str
    civilian: str


@cache
def units() -> dict[str, Unit]:
    """Written form in lower case -> unit."""
    out: dict[str, Unit] = {}
    for row in load_csv("lang", "en", "units.csv", required=("lemma", "forms", "class")):
        unit = Unit(row["lemma"], row["class"], row["civilian"])
        for form in (row["lemma"], *row["forms"].split("|")):
            out.setdefault(form, unit)
    return out


def unit(word: str) -> Unit | None:
    """The unit that a word is a form of, or None."""
    return units().get(word.lower().replace("’", "'"))


def lemma_of(word: str) -> str:
    """The lemma of a counted noun: by the table, else by its ending."""
    known = unit(word)
    if known is not None:
        return known.lemma
    low = word.lower()
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        return low[:-1]
    return low
