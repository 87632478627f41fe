"""Places by name: the shipped GeoNames index, Sayso's own tables, and what the user imported.

`lookup` gives every place that a name may mean, most likely first when nothing else is known.
Own tables come before imported places, and these before the index.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from sayso.errors import KnowledgeError
from sayso.knowledge import placeimport, placeindex, placetables
from sayso.knowledge.place import Place, PlaceKind, distance_km, prior
from sayso.knowledge.placenames import key, loose
from sayso.knowledge.tables import LINE, load_csv, where

__all__ = [
    "Place",
    "PlaceKind",
    "admin1s",
    "admin2s",
    "containers",
    "countries",
    "demonyms",
    "distance_km",
    "from_row",
    "known",
    "lookup",
    "lookup_key",
    "postal",
    "prior",
    "short_forms",
]


def from_row(row: placeindex.Row, main: bool) -> Place:
    """The place of a row of the index; countries and large states with the point of our tables."""
    latitude, longitude, source = row.latitude, row.longitude, "geonames"
    if row.kind == "country":
        division = placetables.country_rows().get(row.country)
        if division:
            latitude, longitude = division.latitude, division.longitude
    elif row.kind == "admin1":
        division = placetables.state_rows().get((row.country, row.admin1))
        if division:
            source = "states.csv"
            if division.latitude is not None:
                latitude, longitude = division.latitude, division.longitude
    return Place(
        id=f"place:gn:{row.geonameid}",
        name=row.name,
        kind=row.kind,
        latitude=latitude,
        longitude=longitude,
        country=row.country,
        admin1=row.admin1,
        admin2=row.admin2,
        population=row.population,
        geonameid=row.geonameid,
        source=source,
        main=main,
        fame=row.fame,
        capital=row.geonameid in placetables.capitals(),
    )


@cache
def _divisions() -> tuple[Place, ...]:
    """All countries and first-level divisions of the index."""
    index = placeindex.shipped()
    return tuple(from_row(row, True) for row in index.divisions())


@cache
def countries() -> dict[str, Place]:
    """The countries and territories by ISO 3166-1 alpha-2 code."""
    return {p.country: p for p in _divisions() if p.kind == "country"}


@cache
def admin1s() -> dict[tuple[str, str], Place]:
    """First-level divisions by (country, GeoNames admin1 code)."""
    out: dict[tuple[str, str], Place] = {}
    for place in _divisions():
        if place.kind == "admin1":
            out.setdefault((place.country, place.admin1), place)
    return out


@cache
def _own() -> dict[str, tuple[Place, ...]]:
    """Own tables by key. The everyday name of a country or state counts as its main name."""
    table: dict[str, list[Place]] = {}
    for code, division in placetables.country_rows().items():
        country = countries().get(code)
        for name in division.names if country else ():
            assert country is not None
            table.setdefault(key(name), []).append(country)
    for pair, division in placetables.state_rows().items():
        state = admin1s().get(pair)
        for name in division.names if state else ():
            assert state is not None
            table.setdefault(key(name), []).append(state)
    for place, names, _ in placetables.own_places():
        table.setdefault(key(place.name), []).append(place)
        for name in names:
            table.setdefault(key(name), []).append(replace(place, main=False))
    for row in load_csv("places", "aliases.csv", required=("name", "country", "aliases")):
        target = _indexed(row)
        for name in row["aliases"].split("|"):
            table.setdefault(key(name), []).append(target)
    return {k: tuple(v) for k, v in table.items()}


def _indexed(row: dict[str, str]) -> Place:
    """The likeliest place of the index that a row of `aliases.csv` means. Raises KnowledgeError."""
    index = placeindex.shipped()
    rows = [index.row(number) for number, _ in index.numbers(key(row["name"]))]
    fitting = [r for r in rows if r.country == row["country"] and r.kind == row["kind"]]
    if not fitting:
        name = where("places", "aliases.csv")
        raise KnowledgeError(f"{name}:{row[LINE]}: the index has no {row['name']!r} there")
    return from_row(max(fitting, key=lambda r: (r.population, r.fame)), True)


@cache
def demonyms() -> dict[str, Place]:
    """Lower-cased demonyms and adjectives, and the place of each."""
    out: dict[str, Place] = {}
    for code, division in placetables.country_rows().items():
        country = countries().get(code)
        if country:
            out.update((word.lower(), country) for word in division.demonyms)
    for pair, division in placetables.state_rows().items():
        state = admin1s().get(pair)
        if state:
            for word in division.demonyms:
                out.setdefault(word.lower(), state)
    for place, _, words in placetables.own_places():
        for word in words:
            out.setdefault(word.lower(), place)
    return out


def _forms(which: str) -> dict[str, tuple[Place, ...]]:
    out: dict[str, tuple[Place, ...]] = {}
    for pair, division in placetables.state_rows().items():
        state = admin1s().get(pair)
        if state:
            for form in getattr(division, which):
                out[form] = (*out.get(form, ()), state)
    return out


@cache
def short_forms() -> dict[str, tuple[Place, ...]]:
    """Abbreviations that mean a state anywhere, in their exact spelling ("Calif.")."""
    return _forms("short")


@cache
def postal() -> dict[str, tuple[Place, ...]]:
    """Codes that mean a state only after the name of a place, in exact spelling ("CA")."""
    return _forms("postal")


@lru_cache(maxsize=20_000)
def lookup_key(name_key: str) -> tuple[Place, ...]:
    """As `lookup`, for a key of `placenames.key`, and without the article rule."""
    if len(name_key) < 2:
        return ()
    index = placeindex.shipped()
    found: list[Place] = list(_own().get(name_key, ()))
    found += placeimport.lookup_key(name_key)
    for number, main in index.numbers(name_key):
        place = from_row(index.row(number), main)
        # A large state counts as such only under the names its own table gives ("Washington" is
        # the city unless it says "Washington state").
        known = place.source == "states.csv"
        found.append(replace(place, source="geonames", main=False) if known else place)
    best: dict[str, Place] = {}
    for place in found:
        best.setdefault(place.id, place)
    return tuple(sorted(best.values(), key=lambda p: -prior(p)))


def known(name_key: str) -> bool:
    """True if `lookup_key` finds a place; costs less, since no place is unpacked."""
    return _ours(name_key) or (placeimport.present() and bool(lookup_key(name_key)))


@lru_cache(maxsize=50_000)
def _ours(name_key: str) -> bool:
    if len(name_key) < 2:
        return False
    return name_key in _own() or bool(placeindex.shipped().numbers(name_key))


@cache
def _own_openers() -> frozenset[str]:
    """What names, demonyms and abbreviations of several words in our own tables start with."""
    names = [*_own(), *map(key, demonyms()), *map(key, short_forms())]
    return frozenset(
        " ".join(words[:n]) for words in map(str.split, names) for n in range(1, len(words))
    )


@lru_cache(maxsize=20_000)
def opens(start: str) -> bool:
    """False if no longer name that is looked up here starts with these words (a key of
    `placenames.key`)."""
    if not start or placeimport.present():
        return True
    return start in _own_openers() or placeindex.shipped().opens(start)


def lookup(name: str) -> tuple[Place, ...]:
    """Every place that the name may mean, most likely first. Case, diacritics, apostrophes and
    hyphens do not matter; an Arabic article in front may be there or not. () if none."""
    name_key = key(name)
    found = lookup_key(name_key)
    if not found:
        short = loose(name_key)
        if short:
            found = lookup_key(short)
    return found


@lru_cache(maxsize=64)
def admin2s(country: str) -> dict[tuple[str, str], Place]:
    """Second-level divisions of a country by their GeoNames codes (admin1, admin2)."""
    return {
        (row.admin1, row.admin2): from_row(row, True)
        for row in placeindex.shipped().within(country)
        if row.kind == "admin2"
    }


def containers(place: Place) -> str:
    """ "Idlib, Syria": the names of what holds the place, for people to read."""
    names = []
    if place.admin1 and place.kind not in ("admin1", "country"):
        admin1 = admin1s().get((place.country, place.admin1))
        if admin1:
            names.append(admin1.name)
    if place.country and place.kind != "country":
        country = countries().get(place.country)
        if country:
            names.append(country.name)
    return ", ".join(names)
