"""Shared by the tests of this folder: a text in, attributions out."""

from __future__ import annotations

from functools import cache

from sayso.language.syntax import default_parser
from sayso.model.annotation import Attribution
from sayso.model.document import Document, Part
from sayso.reading.attributions import Attributions
from sayso.reading.draft import Draft


def draft_of(text: str) -> Draft:
    """The text as one body part, with its attributions."""
    parts = (Part(id="p1", kind="body", start=0, end=len(text)),) if text else ()
    draft = Draft(Document(id="d", text=text, parts=parts), default_parser())
    for annotation in Attributions().read(draft):
        draft.add(annotation)
    return draft


@cache
def attributions(text: str) -> list[Attribution]:
    return draft_of(text).of(Attribution)


def words(attribution: Attribution) -> tuple[str | None, str, tuple[str, ...]]:
    """Source, cue, content, without quotation marks at the edges."""
    source = attribution.source.exact if attribution.source else None
    content = tuple(c.exact.strip("\"“”'‘’ ,.") for c in attribution.content)
    return source, attribution.cue.exact, content
