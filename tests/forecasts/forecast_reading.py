"""Reads short texts with the forecast stage alone."""

from __future__ import annotations

import json
from functools import cache

from sayso.language.syntax import Parser, SpacyParser
from sayso.model.annotation import Forecast, Reply
from sayso.model.capture import Capture
from sayso.model.document import Document
from sayso.page.jsonl import document
from sayso.reading import chain
from sayso.reading.draft import Draft
from sayso.reading.forecasts import Forecasts
from sayso.reading.replies import Replies


@cache
def parser() -> Parser:
    return SpacyParser()


def discussion(
    *comments: tuple[str, str | None, str], body: str = "", published: str | None = None
) -> Document:
    """A document of (author, index of the parent or None as text, words) comments."""
    rows = [
        {"id": str(n), "parent": parent, "author": author, "text": text}
        for n, (author, parent, text) in enumerate(comments)
    ]
    row = {"id": "t", "text": body, "published": published, "comments": rows}
    return document(Capture(payload=json.dumps(row).encode()))


def forecasts(doc: Document) -> list[Forecast]:
    draft = Draft(doc, parser())
    for annotation in Forecasts().read(draft):
        draft.add(annotation)
    return draft.of(Forecast)


def comment(text: str) -> list[Forecast]:
    """The forecasts of one comment."""
    return forecasts(discussion(("Anna", None, text)))


def body(text: str) -> list[Forecast]:
    """The forecasts of one article."""
    return forecasts(document(Capture(payload=json.dumps({"id": "t", "text": text}).encode())))


def whole(text: str, published: str | None = None) -> list[Forecast]:
    """The forecasts of one article that every stage before has read."""
    row = {"id": "t", "text": text, "published": published}
    page = Capture(payload=json.dumps(row).encode())
    read = chain.read(document(page), page, parser())
    return [a for a in read.annotations if isinstance(a, Forecast)]


def replies(doc: Document) -> list[Reply]:
    draft = Draft(doc, parser())
    for annotation in Replies().read(draft):
        draft.add(annotation)
    return draft.of(Reply)
