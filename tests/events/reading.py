"""Reads one text in process and gives its events."""

from __future__ import annotations

import json
from functools import cache

from sayso.language.syntax import Parser, default_parser
from sayso.model.annotation import Event
from sayso.model.capture import Capture
from sayso.model.reading import Reading
from sayso.page.jsonl import document
from sayso.reading import chain


@cache
def parser() -> Parser:
    return default_parser()


def read(text: str, published: str | None = None) -> Reading:
    payload = json.dumps({"id": "t", "text": text, "published": published}).encode()
    capture = Capture(payload=payload, key="t", media_type="application/json")
    return chain.read(document(capture), capture, parser())


def events(text: str, published: str | None = None) -> list[Event]:
    return [a for a in read(text, published).annotations if isinstance(a, Event)]
