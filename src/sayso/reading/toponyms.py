"""The stage `toponyms`: which words name places, and which places these are.

A mention points at `place:gn:<geonameid>`, at a place of Sayso's own tables, or, where the name
is clearly a place's but unknown, at `new:place:<slug>` without coordinates. Vague places
("western Aleppo countryside") are mentions of their own, never a pin.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.knowledge.gazetteer import Place
from sayso.knowledge.placenames import key
from sayso.model.annotation import AnyAnnotation, Mention, Precision
from sayso.model.entity import Entity
from sayso.reading import toponym_coordinates, toponym_spans
from sayso.reading import toponym_phrases as phrases
from sayso.reading.draft import Draft, made_by
from sayso.reading.toponym_admit import admitted
from sayso.reading.toponym_evidence import TRUST
from sayso.reading.toponym_home import home_of, paper_town
from sayso.reading.toponym_resolve import Resolved, resolve

_PRECISION: dict[str, Precision] = {
    "country": "country", "continent": "region", "region": "region", "sea": "sea",
    "admin1": "admin1", "admin2": "admin2", "city": "town", "facility": "exact",
    "natural": "region",
}  # fmt: skip


_ONE_NAME = frozenset(["country", "continent", "region", "sea"])


def entity_of(place: Place, words: str | None = None) -> Entity:
    """The entity of a place of the gazetteer. Where the text gives it another name (`words`), that
    is its name here and the gazetteer's ("‘Afrīn", "Ḩalab") an alias."""
    name = place.name
    if words is not None and place.kind not in _ONE_NAME and not words.isupper():
        name = words
    return Entity(
        id=place.id,
        kind="place",
        name=name,
        aliases=(place.name,) if name != place.name else (),
        country=place.country or None,
        geonameid=place.geonameid,
        latitude=place.latitude,
        longitude=place.longitude,
        feature_class=place.feature_class,
        feature_code=place.code,
        admin1_code=place.admin1 or None,
    )


def unknown_entity(name: str, note: str | None = None, holder: Place | None = None) -> Entity:
    """An entity for a place without a point: one that no gazetteer knows, or a vague part of
    `holder`, whose country it has."""
    slug = key(name).replace(" ", "-") or "unnamed"
    return Entity(
        id=f"new:place:{slug}",
        kind="place",
        name=name,
        country=(holder.country or None) if holder else None,
        note=note,
    )


class Toponyms:
    """The stage `toponyms`."""

    name = "toponyms"
    version = "1"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        """Mentions of places in text order; a vague phrase comes right after its inner name."""
        self._make = made_by(self.name, self.version)
        home, paper = home_of(draft.document), paper_town(draft.document)
        found = admitted(toponym_spans.find(draft), draft.text, home, paper)
        taken: set[tuple[int, int]] = set()
        actors = {
            (m.start, m.end)
            for m in draft.of(Mention)
            if (entity := draft.entity(m.entity)) is not None
            and entity.kind == "actor"
            and not entity.id.startswith("new:")
        }
        for result in resolve(found, draft.text, home, paper):
            if result.place is None and (result.found.start, result.found.end) in actors:
                continue  # a known actor is no unknown place
            yield self._named(draft, result)
            part = phrases.part_of(draft.text, result)
            if part is not None and (part.start, part.end) not in taken:
                taken.add((part.start, part.end))
                yield self._vague(draft, result, part)
        yield from self._coordinates(draft)

    def _named(self, draft: Draft, result: Resolved) -> Mention:
        item, place = result.found, result.place
        words = item.name if item.form == "name" and place and place.population else None
        entity = draft.add_entity(entity_of(place, words) if place else unknown_entity(item.name))
        precision: Precision | None = _PRECISION[place.kind] if place else None
        relation = None
        radius = place.radius_km if place else None
        near = phrases.relation_of(draft.text, item.start) if item.form == "name" else None
        if near is not None:
            relation, precision = near.words, near.precision
            radius = near.radius_km if near.radius_km is not None else radius
        part = draft.part_of(item.start)
        return Mention(
            id=draft.new_id("mention"),
            start=item.start,
            end=item.end,
            exact=draft.text[item.start : item.end],
            part=part.id if part else None,
            confidence=round(result.confidence * TRUST[item.rule], 2),
            made_by=self._make(item.rule),
            entity=entity.id,
            form=item.form,
            precision=precision,
            relation=relation,
            radius_km=radius,
            reason=result.reason,
        )

    def _vague(self, draft: Draft, result: Resolved, part: phrases.Part) -> Mention:
        words = draft.text[part.start : part.end]
        inner, name = result.place, result.found.name
        entity = unknown_entity(
            " ".join(words.split()),
            f"a part of {name}"
            + (f" ({inner.id})" if inner else "")
            + "; it has no point of its own",
            inner,
        )
        draft.add_entity(entity)
        holder = draft.part_of(part.start)
        return Mention(
            id=draft.new_id("mention"),
            start=part.start,
            end=part.end,
            exact=words,
            part=holder.id if holder else None,
            confidence=result.confidence,
            made_by=self._make("vague"),
            entity=entity.id,
            form="name",
            precision="region",
            radius_km=part.radius_km,
            reason=f"the words mean a part of {name}, not a point",
        )

    def _coordinates(self, draft: Draft) -> Iterable[Mention]:
        for pair in toponym_coordinates.find(draft.text):
            part = draft.part_of(pair.start)
            words = draft.text[pair.start : pair.end]
            if pair.entity is None:
                message = f"{words!r} looks like coordinates but lies off the globe"
                draft.issue("coordinates", message, part.id if part else None)
                continue
            draft.add_entity(pair.entity)
            yield Mention(
                id=draft.new_id("mention"),
                start=pair.start,
                end=pair.end,
                exact=words,
                part=part.id if part else None,
                confidence=0.9,
                made_by=self._make("coordinates"),
                entity=pair.entity.id,
                form="name",
                precision="exact",
                reason="the text gives the coordinates",
            )
