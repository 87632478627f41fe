"""A draft read as far as the actors, for the tests of this folder."""

from __future__ import annotations

from sayso.language.syntax import default_parser
from sayso.model.document import Document, Part
from sayso.reading.actors import Actors
from sayso.reading.draft import Draft
from sayso.reading.mentions import Mentions


def draft_of(text: str, *comments: str) -> Draft:
    """A body and comments below it."""
    parts = [Part(id="p1", kind="body", start=0, end=len(text))]
    for number, comment in enumerate(comments, 2):
        start = len(text) + 2
        text += "\n\n" + comment
        parts.append(
            Part(id=f"p{number}", kind="comment", start=start, end=len(text), author=f"r{number}")
        )
    made = Draft(Document(id="d", text=text, parts=tuple(parts)), default_parser())
    for stage in (Mentions(), Actors()):
        for annotation in stage.read(made):
            made.add(annotation)
    return made
