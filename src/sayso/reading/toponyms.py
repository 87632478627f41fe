"""The stage `toponyms`: which words name places, and which places these are.

A mention points at `place:gn:<geonameid>`, at a place of Sayso's own tables, or, where the name
is clearly a place's but unknown, at `new:place:<slug>` without coordinates. Vague places
("western Aleppo countryside") are mentions of their own, never a pin.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.knowledge.gazetteer import Place
from sayso.knowledge.placenames import key
from sayso.model.annotation import AnyAnnotation, MadeBy, Mention, Precision
from sayso.model.entity import Entity
from sayso.reading import toponym_spans
from sayso.reading.draft import Draft, made_by
from sayso.reading.toponym_resolve import Resolved, resolve

_PRECISION: dict[str, Precision] = {
    "country": "country", "continent": "region", "region": "region", "sea": "sea",
    "admin1": "admin1", "admin2": "admin2", "city": "town", "facility": "exact",
    "natural": "region",
}  # fmt: skip


def entity_of(place: Place) -> Entity:
    """The entity of a place of the gazetteer."""
    return Entity(
        id=place.id,
        kind="place",
        name=place.name,
        country=place.country or None,
        geonameid=place.geonameid,
        latitude=place.latitude,
        longitude=place.longitude,
        feature_class=place.feature_class,
        feature_code=place.code,
        admin1_code=place.admin1 or None,
    )


def unknown_entity(name: str, note: str | None = None) -> Entity:
    """An entity for a place that no gazetteer knows."""
    slug = key(name).replace(" ", "-") or "unnamed"
    return Entity(id=f"new:place:{slug}", kind="place", name=name, note=note)


class Toponyms:
    """The stage `toponyms`."""

    name = "toponyms"
    version = "1"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        make = made_by(self.name, self.version)
        found = toponym_spans.find(draft)
        for result in resolve(found, draft.text):
            yield self._mention(draft, result, make(result.found.rule))

    def _mention(self, draft: Draft, result: Resolved, made: MadeBy) -> Mention:
        item, place = result.found, result.place
        entity = draft.add_entity(entity_of(place) if place else unknown_entity(item.name))
        part = draft.part_of(item.start)
        return Mention(
            id=draft.new_id("mention"),
            start=item.start,
            end=item.end,
            exact=draft.text[item.start : item.end],
            part=part.id if part else None,
            confidence=result.confidence,
            made_by=made,
            entity=entity.id,
            form="demonym" if item.form == "demonym" else "name",
            precision=_PRECISION[place.kind] if place else None,
            radius_km=place.radius_km if place else None,
            reason=result.reason,
        )
