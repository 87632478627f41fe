"""Actors and places that mentions point at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["actor", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An actor or a place.

    `id` is stable for what the knowledge base knows (`actor:hts`, `place:gn:170063`) and starts
    with `new:` for a name that it does not know. `schema` is FollowTheMoney's word (Organization,
    Person, PublicBody, Address …), `sector` PLOVER's code (GOV, MIL, REB, CVL …), `country` ISO
    3166-1 alpha-2. `aliases` are names; labels that one side gives ("the radical group") are not.
    Latitude and longitude are WGS 84 degrees, None where unknown.
    """

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    schema: str | None = None
    sector: str | None = None
    country: str | None = None
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    feature_class: str | None = None
    feature_code: str | None = None
    admin1_code: str | None = None
    note: str | None = None
