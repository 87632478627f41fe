"""W3C Web Annotation (JSON-LD): every annotation with a quote and a position in the text.

Positions are Unicode code points into the text whose SHA-256 is given as the state; a browser
counts UTF-16 units and has to convert. The quote has 32 characters before and after, so that it
can be found again on the live page; they never reach into another part (another person's words).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from sayso.model import codec
from sayso.model.annotation import AnyAnnotation
from sayso.model.reading import Reading

AROUND = 32
_PURPOSE = {"reply": "replying", "mention": "identifying"}


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Writes an AnnotationPage; gives the number of annotations."""
    head = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage"}
    out.write((json.dumps(head)[:-1] + ', "items": [').encode())
    count = 0
    for reading in readings:
        for annotation in reading.annotations:
            out.write(b",\n" if count else b"\n")
            text = json.dumps(item(annotation, reading), ensure_ascii=False)
            out.write(text.encode("utf-8"))
            count += 1
    out.write(b"\n]}\n")
    return count


def item(annotation: AnyAnnotation, reading: Reading) -> dict[str, Any]:
    """One annotation as JSON-LD."""
    document, capture = reading.document, reading.capture
    text = document.text
    part = document.part_at(annotation.start)
    low, high = (part.start, part.end) if part else (annotation.start, annotation.end)
    source = capture.target_uri or document.canonical_uri or f"urn:sayso:{document.id}"
    return {
        "id": f"urn:sayso:{document.id}#{annotation.id}",
        "type": "Annotation",
        "motivation": _PURPOSE.get(annotation.kind, "classifying"),
        "generator": {
            "type": "Software",
            "name": f"Sayso {annotation.made_by.stage} {annotation.made_by.version}",
        },
        "body": {
            "type": "Dataset", "format": "application/json", "value": codec.encode(annotation),
        },
        "target": {
            "source": source,
            "state": {
                "type": "TimeState",
                "sourceDate": capture.captured_at,
                "cached": capture.record_id or capture.payload_digest,
                "textDigest": document.text_digest,
            },
            "selector": [
                {
                    "type": "TextQuoteSelector", "exact": annotation.exact,
                    "prefix": text[max(low, annotation.start - AROUND) : annotation.start],
                    "suffix": text[annotation.end : min(high, annotation.end + AROUND)],
                },
                {
                    "type": "TextPositionSelector", "start": annotation.start,
                    "end": annotation.end,
                },
            ],
        },
    }  # fmt: skip
