"""Sayso's own tables of places: countries, large states, regions and seas, frontline towns.

CSV files of `knowledge/data/places`, each with its citation in its first lines. A subject expert
can dispute a row; the loader's errors name file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.errors import KnowledgeError
from sayso.knowledge.place import KINDS, Place
from sayso.knowledge.placenames import key
from sayso.knowledge.tables import LINE, load_csv, where

FILES = ("regions.csv", "towns.csv")


@dataclass(frozen=True, slots=True)
class Division:
    """A country or a first-level division: its point, its further names and its demonyms.

    `short` are abbreviations that mean it anywhere ("Calif."), `postal` those that do so only
    after the name of a place ("CA").
    """

    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    short: tuple[str, ...] = ()
    postal: tuple[str, ...] = ()


def _number(row: dict[str, str], column: str, file: str) -> float | None:
    cell = row.get(column, "")
    if not cell:
        return None
    try:
        return float(cell)
    except ValueError:
        name = where("places", file)
        raise KnowledgeError(f"{name}:{row[LINE]}: {column} {cell!r} is no number") from None


def _list(row: dict[str, str], column: str) -> tuple[str, ...]:
    return tuple(filter(None, row.get(column, "").split("|")))


@cache
def country_rows() -> dict[str, Division]:
    """`countries.csv` by ISO 3166-1 alpha-2 code."""
    file = "countries.csv"
    return {
        row["code"]: Division(
            row["code"],
            "",
            _number(row, "latitude", file),
            _number(row, "longitude", file),
            _list(row, "names"),
            _list(row, "demonyms"),
        )
        for row in load_csv("places", file, required=("code",))
    }


@cache
def state_rows() -> dict[tuple[str, str], Division]:
    """`states.csv` by country and GeoNames admin1 code."""
    file = "states.csv"
    return {
        (row["country"], row["admin1"]): Division(
            row["country"],
            row["admin1"],
            _number(row, "latitude", file),
            _number(row, "longitude", file),
            _list(row, "names"),
            _list(row, "demonyms"),
            _list(row, "short"),
            _list(row, "postal"),
        )
        for row in load_csv("places", file, required=("country", "admin1"))
    }


def _place(row: dict[str, str], file: str) -> Place:
    kind = row["kind"]
    if kind not in KINDS:
        raise KnowledgeError(f"{where('places', file)}:{row[LINE]}: unknown kind {kind!r}")
    geonameid = int(row["geonameid"]) if row.get("geonameid") else None
    country = row.get("country", "")
    slug = key(row["name"]).replace(" ", "-")
    if country and kind in ("city", "facility"):
        slug += f"-{country.lower()}"
    return Place(
        id=f"place:gn:{geonameid}" if geonameid else f"place:{slug}",
        name=row["name"],
        kind=kind,  # type: ignore[arg-type]
        latitude=_number(row, "latitude", file),
        longitude=_number(row, "longitude", file),
        country=country,
        admin1=row.get("admin1", ""),
        geonameid=geonameid,
        feature_code=row.get("feature_code") or None,
        radius_km=_number(row, "radius_km", file),
        source=file,
    )


@cache
def capitals() -> frozenset[int]:
    """The GeoNames ids of the countries' capitals."""
    rows = load_csv("places", "countries.csv", required=("code",))
    return frozenset(int(row["capital"]) for row in rows if row.get("capital"))


@cache
def own_places() -> tuple[tuple[Place, tuple[str, ...], tuple[str, ...]], ...]:
    """(place, further names, demonyms) of every row of `regions.csv` and `towns.csv`."""
    return tuple(
        (_place(row, file), _list(row, "names"), _list(row, "demonyms"))
        for file in FILES
        for row in load_csv("places", file, required=("name", "kind"))
    )
