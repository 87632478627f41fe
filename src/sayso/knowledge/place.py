"""What a place is, how far two lie apart, how likely one is meant when nothing else is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

PlaceKind = Literal[
    "country", "continent", "region", "sea", "admin1", "admin2", "city", "facility", "natural"
]
KINDS: frozenset[str] = frozenset(
    ["country", "continent", "region", "sea", "admin1", "admin2", "city", "facility", "natural"]
)
EARTH_KM = 6371.0088
ALIAS_PRIOR = 0.62
"""Of a country under a name that is first another place's ("Salvador")."""
CAPITAL_BONUS = 0.12
"""News names a capital for its government too ("Washington said"), so more often than its size."""
_FEATURE: dict[str, tuple[str | None, str | None]] = {
    "country": ("A", "PCLI"),
    "continent": ("L", "CONT"),
    "region": ("L", "RGN"),
    "sea": ("H", "SEA"),
    "admin1": ("A", "ADM1"),
    "admin2": ("A", "ADM2"),
    "city": ("P", "PPL"),
    "facility": ("S", None),
    "natural": (None, None),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `id` is `place:gn:<geonameid>` or `place:<slug>`. Latitude and longitude are WGS 84 degrees,
    None where unknown; `radius_km` says how far the place reaches around its point (None: not
    known). `country` is ISO 3166-1 alpha-2 or "", `admin1` and `admin2` GeoNames codes or "".
    `source` is "geonames", the own table's file name, or "imported". `main` is False where the
    name that was looked up is only an alias. `fame` is the number of its names in all languages:
    Venice in Italy has a hundred, Venice in Florida ten. `capital`: a country is governed from it.
    """

    id: str
    name: str
    kind: PlaceKind
    latitude: float | None
    longitude: float | None
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    geonameid: int | None = None
    feature_code: str | None = None
    radius_km: float | None = None
    source: str = "geonames"
    main: bool = True
    fame: int = 0
    capital: bool = False

    @property
    def feature_class(self) -> str | None:
        """The GeoNames class (A, P, L, H …), None where unknown."""
        return _FEATURE[self.kind][0]

    @property
    def code(self) -> str | None:
        """The GeoNames feature code, as exact as it is known."""
        return self.feature_code or _FEATURE[self.kind][1]


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance in km, or None where a point is not known."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    dl = math.radians(b.longitude - a.longitude)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(dl / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def prior(place: Place) -> float:
    """How likely the place is meant when nothing else is known, in [0, 1].

    Countries first, then own regions, then by the order of magnitude of the population; a place
    whose main name it is before one that only has it as an alias.
    """
    if place.kind in ("country", "continent"):
        return 1.0 if place.main else ALIAS_PRIOR
    if place.source.endswith(".csv") and place.kind != "admin1":
        base = 0.92 if place.kind in ("region", "sea", "natural") else 0.45
        return base if place.main else base - 0.05
    if place.source == "imported" and place.geonameid is None:
        return 0.5 if place.main else 0.45
    size = math.log10(max(place.population, 100))
    base = 0.02 + (size - 2) * 0.11 + math.log10(1 + place.fame) * 0.1
    if place.capital and place.main:
        base += CAPITAL_BONUS
    if place.kind == "admin1":
        base = max(base, 0.5)
    elif place.kind == "admin2":
        base -= 0.15
    if place.source == "states.csv" and place.main:
        return 0.95
    return max(0.01, min(0.95, base if place.main else base * 0.72))
