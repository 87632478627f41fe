"""The stage `actors`: who the mentions are.

Yields one `Mention` per name, per noun phrase for an actor ("the radical group", form label; its
entity stays open where nothing in the document decides), and per pronoun that is resolved.
Entities come from the registry, or are new and say so.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.knowledge.registry import registry
from sayso.model.annotation import AnyAnnotation, Mention
from sayso.reading.actor_cast import cast
from sayso.reading.draft import Draft, made_by


class Actors:
    """The stage `actors`."""

    name = "actors"
    version = "1"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        known = registry()
        rule = made_by(self.name, self.version)
        found = cast(draft)
        for member in found.members:
            if member.entity is not None and draft.entity(member.entity) is None:
                new = found.new.get(member.entity)
                draft.add_entity(new.entity() if new else known.entity(member.entity))
            part = draft.part_of(member.start)
            yield Mention(
                id=draft.new_id("mention"),
                start=member.start,
                end=member.end,
                exact=draft.text[member.start : member.end],
                part=part.id if part else None,
                confidence=round(member.confidence, 2),
                made_by=rule(member.rule),
                entity=member.entity,
                form=member.form,
                reason=member.reason,
            )
