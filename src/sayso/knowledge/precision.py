"""Sayso's precision classes in the codes of ACLED (1-3) and UCDP GED (places 1-7, times 1-5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_csv, where


@dataclass(frozen=True, slots=True)
class PrecisionCode:
    """One class; `meaning` says what it claims."""

    kind: str
    precision: str
    acled: int
    ucdp: int
    meaning: str


@cache
def codes() -> dict[tuple[str, str], PrecisionCode]:
    """By (kind, precision): kind is "place" or "time"."""
    out: dict[tuple[str, str], PrecisionCode] = {}
    for row in load_csv("places", "precision.csv", required=("kind", "precision", "acled", "ucdp")):
        name = f"{where('places', 'precision.csv')}:{row[LINE]}"
        if not (row["acled"] in "123" and row["ucdp"] in "1234567"):
            raise KnowledgeError(f"{name}: a code outside 1-3 (ACLED) or 1-7 (UCDP)")
        out[row["kind"], row["precision"]] = PrecisionCode(
            row["kind"], row["precision"], int(row["acled"]), int(row["ucdp"]), row["meaning"]
        )
    return out


def place_codes(precision: str | None) -> tuple[int | None, int | None]:
    """(ACLED geo_precision, UCDP where_prec) of a place's class; (None, None) if it has none."""
    code = codes().get(("place", precision or ""))
    return (code.acled, code.ucdp) if code else (None, None)
