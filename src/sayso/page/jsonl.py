"""One JSON line -> Document: a text as given, or an exported discussion."""

from __future__ import annotations

import json
from typing import Any

from sayso.errors import NotText
from sayso.model.capture import Capture
from sayso.model.document import Document, Evidence, Issue, Part


def _text(value: Any) -> str | None:
    """A string without lone surrogates, or None."""
    if not isinstance(value, str):
        return None
    return value.encode("utf-8", "replace").decode("utf-8")


def document(capture: Capture) -> Document:
    """The document of one JSON line `{"id", "text", "published"?, "uri"?, "headline"?,
    "publisher"?, "comments"?}`.

    Without comments the text is exactly the given one, and one body part. Raises NotText.
    """
    try:
        row = json.loads(capture.payload)
    except ValueError as error:
        raise NotText(capture.key or "-", f"not a JSON object ({error})") from error
    if not isinstance(row, dict):
        raise NotText(capture.key or "-", "not a JSON object")
    key = row.get("id")
    text = _text(row.get("text")) or ""
    published = _text(row.get("published"))
    evidence = (Evidence("operator", published, published),) if published else ()
    parts: list[Part] = []
    issues: list[Issue] = []
    if text:
        parts.append(Part(id="p1", kind="body", start=0, end=len(text)))
    comments = row.get("comments")
    if isinstance(comments, list):
        text, parts = _thread(text, comments, parts, issues)
    return Document(
        id=capture.payload_digest[7:19],
        key=None if key is None else str(key),
        text=text,
        parts=tuple(parts),
        headline=_text(row.get("headline")),
        publisher=_text(row.get("publisher")),
        canonical_uri=_text(row.get("uri")),
        published=published,
        published_evidence=evidence,
        issues=tuple(issues),
    )


def _thread(
    text: str, comments: list[Any], parts: list[Part], issues: list[Issue]
) -> tuple[str, list[Part]]:
    rows = [c for c in comments if isinstance(c, dict)]
    if len(rows) != len(comments):
        issues.append(Issue("comment-skipped", "a comment that is no JSON object was skipped"))
    ids: dict[str, str] = {}
    for n, row in enumerate(rows, len(parts) + 1):
        ids.setdefault(str(row.get("id")), f"p{n}")
    depth: dict[str, int] = {}
    ordinals: dict[str | None, int] = {}
    for n, row in enumerate(rows, len(parts) + 1):
        words = _text(row.get("text")) or ""
        text += "\n\n" if text else ""
        start = len(text)
        text += words
        part_id = f"p{n}"
        parent = row.get("parent")
        reply_to = ids.get(str(parent)) if parent is not None else None
        if parent is not None and (reply_to is None or reply_to == part_id):
            reply_to = None
            issues.append(Issue("parent-missing", f"the parent {parent!r} is not here", part_id))
        depth[part_id] = depth.get(reply_to, 1) + 1 if reply_to else 1
        ordinals[reply_to] = ordinals.get(reply_to, 0) + 1
        parts.append(
            Part(
                id=part_id,
                kind="comment",
                start=start,
                end=len(text),
                key=None if row.get("id") is None else str(row.get("id")),
                author=_text(row.get("author")),
                published=_text(row.get("published")),
                reply_to=reply_to,
                depth=depth[part_id],
                ordinal=ordinals[reply_to],
                decided_by="parent id",
            )
        )
    return text, parts
