"""Reading times and quantities of a bare text, without the rest of the chain."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.language.syntax import Sentence, default_parser
from sayso.model.annotation import Timex
from sayso.model.document import Document, Part, PartKind
from sayso.reading.draft import Draft
from sayso.reading.timex import Timexes


class NoParser:
    """Parses nothing: times need no tree."""

    name = "none"

    def parse(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
        return []


def draft_of(
    text: str, published: str | None = None, *, parse: bool = False, kind: PartKind = "body"
) -> Draft:
    """A draft of one part."""
    parts = (Part(id="p1", kind=kind, start=0, end=len(text)),)
    document = Document(id="d", text=text, parts=parts, published=published)
    return Draft(document, default_parser() if parse else NoParser())


def with_times(draft: Draft) -> Draft:
    """The draft with its times added."""
    for timex in Timexes().read(draft):
        draft.add(timex)
    return draft


def timexes(text: str, published: str | None = None) -> list[Timex]:
    """The times of a text, in order."""
    return with_times(draft_of(text, published)).of(Timex)
