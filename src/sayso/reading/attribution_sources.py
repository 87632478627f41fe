"""Who a source is: its entity, its tier, and by what way it knows."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model.annotation import Access, Mention, Tier
from sayso.model.entity import Entity
from sayso.reading.attribution_found import Found
from sayso.reading.attribution_lexicon import source_nouns
from sayso.reading.draft import Draft

_SECTOR_TIERS: dict[str, Tier] = {
    "GOV": "official",
    "MIL": "party",
    "REB": "party",
    "COP": "official",
    "MED": "media",
    "NGO": "monitor",
    "IGO": "official",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source; None where it is not."""

    entity: str | None = None
    tier: Tier | None = None
    access: Access | None = None


def identify(draft: Draft, found: Found) -> Known:
    """The source's entity from the mentions there, its tier from the entity or from its noun."""
    if found.source is None:
        return Known()
    head = found.source_head
    entity: Entity | None = None
    if head is not None:
        for mention in draft.over(Mention, head.start, head.end):
            entity = draft.entity(mention.entity) or entity
    noun = source_nouns().get(head.lemma) if head is not None else None
    tier: Tier | None = noun.tier if noun else None
    if entity is not None and entity.sector:
        tier = _SECTOR_TIERS.get(entity.sector, tier)
    return Known(
        entity=entity.id if entity is not None and entity.kind == "actor" else None,
        tier=tier,
        access=noun.access if noun else None,
    )
