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
    except (ValueError, RecursionError) as error:
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
    parents, depths = _parents(rows, ids, len(parts) + 1, issues)
    ordinals: dict[str | None, int] = {}
    for n, row in enumerate(rows, len(parts) + 1):
        words = _text(row.get("text")) or ""
        text += "\n\n" if text and words else ""
        start = len(text)
        text += words
        part_id = f"p{n}"
        reply_to = parents[part_id]
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
                depth=depths[part_id],
                ordinal=ordinals[reply_to],
                decided_by="parent id",
            )
        )
    return text, parts


def _parents(
    rows: list[dict[str, Any]], ids: dict[str, str], first: int, issues: list[Issue]
) -> tuple[dict[str, str | None], dict[str, int]]:
    """The part that each comment answers, and its depth (1 = top level).

    A parent may stand after its reply, as in exports that run back in time; one that is not here,
    or that answers its own reply, is left out and said.
    """
    parents: dict[str, str | None] = {}
    for n, row in enumerate(rows, first):
        parent = row.get("parent")
        parents[f"p{n}"] = None if parent is None else ids.get(str(parent), "")
    depths: dict[str, int] = {}
    for n in range(first, first + len(rows)):
        path: list[str] = []
        part: str | None = f"p{n}"
        while part is not None and part not in depths:
            path.append(part)
            above = parents[part]
            if above == "" or above == part or (above is not None and depths.get(above) == 0):
                above = parents[part] = None
                issues.append(Issue("parent-missing", "the parent of a comment is not here", part))
            depths[part] = 0  # on the way up: to meet it again is a circle
            part = above
        depth = depths[part] if part is not None else 0
        for step in reversed(path):
            depth += 1
            depths[step] = depth
    return parents, depths
