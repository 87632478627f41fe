"""Capture -> Document."""

from __future__ import annotations

from sayso.errors import EmptySource
from sayso.model.capture import Capture
from sayso.model.document import Document, Part
from sayso.page import jsonl


def recover(capture: Capture) -> Document:
    """The document of a captured page. Raises SourceError."""
    if capture.media_type == "application/json":
        return jsonl.document(capture)
    text = capture.payload.decode("utf-8", "replace").strip()
    if not text:
        raise EmptySource(capture.key or "-", "the input is empty")
    part = Part(id="p1", kind="body", start=0, end=len(text))
    return Document(id=capture.payload_digest[7:19], key=capture.key, text=text, parts=(part,))
