"""Reading a text with the stage `toponyms` alone."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.language.syntax import default_parser
from sayso.model.annotation import Mention
from sayso.model.document import Document, Part
from sayso.model.entity import Entity
from sayso.reading.draft import Draft
from sayso.reading.toponyms import Toponyms


@dataclass(frozen=True)
class Seen:
    """A mention with its entity."""

    mention: Mention
    entity: Entity


def read_places(text: str, publisher: str | None = None, uri: str | None = None) -> list[Seen]:
    part = Part(id="p1", kind="body", start=0, end=len(text))
    document = Document(id="d", text=text, parts=(part,), publisher=publisher, canonical_uri=uri)
    draft = Draft(document, default_parser())
    out = []
    for annotation in Toponyms().read(draft):
        draft.add(annotation)
        assert isinstance(annotation, Mention)
        entity = draft.entity(annotation.entity)
        assert entity is not None
        out.append(Seen(annotation, entity))
    return out
