"""Threads that a page carries as data: JSON-LD, and the JSON that Disqus embeds."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from typing import Any

from sayso.page import dates, dom
from sayso.page.found import Comment
from sayso.page.selectors import Page

_KINDS = frozenset({"Comment", "UserComments", "Answer", "DiscussionForumPosting"})
_DEEPEST = 100
_MOST = 100_000


def comments(page: Page) -> list[Comment]:
    """The comments that a page embeds as data, in page order; the fuller of its two ways."""
    found = [_from_json_ld(page), _from_disqus(page)]
    return max(found, key=len)


def objects(page: Page) -> Iterator[dict[str, Any]]:
    """The top objects of the page's JSON-LD; what is no JSON is passed over."""
    for element in page.tagged("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        data = _loads(element.text or "")
        rows = data if isinstance(data, list) else [data]
        for row in rows[:200]:
            if isinstance(row, dict):
                graph = row.get("@graph")
                yield row
                if isinstance(graph, list):
                    yield from (r for r in graph[:500] if isinstance(r, dict))


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _types(row: dict[str, Any]) -> set[str]:
    kind = row.get("@type")
    return {str(k) for k in kind} if isinstance(kind, list) else {str(kind)}


def _rows(value: Any) -> list[dict[str, Any]]:
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict)]


def _from_json_ld(page: Page) -> list[Comment]:
    out: list[Comment] = []
    for row in objects(page):
        tops = [row, *(n for k in ("mainEntity", "mainEntityOfPage") for n in _rows(row.get(k)))]
        _walk([child for node in tops for child in _children(node)], out)
    _link_by_parent(out)
    return out


def _children(row: dict[str, Any]) -> list[dict[str, Any]]:
    keys = ("comment", "suggestedAnswer", "acceptedAnswer")
    return [c for key in keys for c in _rows(row.get(key)) if _types(c) & _KINDS]


def _walk(tops: list[dict[str, Any]], out: list[Comment]) -> None:
    stack: list[tuple[dict[str, Any], int | None, int]] = [(r, None, 1) for r in reversed(tops)]
    while stack and len(out) < _MOST:
        row, parent, depth = stack.pop()
        text = row.get("text") or row.get("articleBody") or row.get("commentText")
        author = row.get("author") or row.get("creator")
        if isinstance(author, list):
            author = next(iter(author), None)
        if isinstance(author, dict):
            author = author.get("name")
        parent_item = row.get("parentItem")
        out.append(
            Comment(
                text=_plain(text),
                author=_plain(author).strip() or None,
                published=_date(
                    row.get("datePublished") or row.get("dateCreated") or row.get("commentTime")
                ),
                key=_key(row),
                parent=parent,
                mark=_key(parent_item) if isinstance(parent_item, dict) else None,
                decided_by="json-ld",
            )
        )
        here = len(out) - 1
        if depth < _DEEPEST:
            stack += [(child, here, depth + 1) for child in reversed(_children(row))]


def _key(row: dict[str, Any]) -> str | None:
    value = row.get("@id") or row.get("identifier") or row.get("url")
    return str(value) if isinstance(value, str | int) else None


def _date(value: Any) -> str | None:
    stamp = dates.find(value) if isinstance(value, str) else None
    return stamp.iso if stamp else None


_TAG = re.compile(r"</?[a-zA-Z][^>]{0,500}>")


def _plain(value: Any) -> str:
    """Words without the mark-up and entities that data often carries."""
    if not isinstance(value, str):
        return ""
    if _TAG.search(value):
        root = dom.parse(value)
        return dom.text(root) if root is not None else ""
    return entities.unescape(value)


def _link_by_parent(rows: list[Comment]) -> None:
    """`parentItem` names the parent where the data is flat."""
    known = {c.key: n for n, c in enumerate(rows) if c.key}
    for n, comment in enumerate(rows):
        if comment.parent is None and comment.mark in known and known[comment.mark] < n:
            comment.parent = known[comment.mark]


def _from_disqus(page: Page) -> list[Comment]:
    element = page.first("#disqus-threadData")
    data = _loads(element.text or "") if element is not None else None
    response = data.get("response") if isinstance(data, dict) else None
    rows = _rows(response.get("posts")) if isinstance(response, dict) else []
    out = []
    for row in rows[:_MOST]:
        author = row.get("author")
        parent = row.get("parent")
        out.append(
            Comment(
                text=_plain(row.get("raw_message") or row.get("message")),
                author=_plain(author.get("name")) or None if isinstance(author, dict) else None,
                published=_date(row.get("createdAt")),
                key=str(row.get("id")),
                mark=None if parent is None else str(parent),
                decided_by="json",
            )
        )
    _link_by_parent(out)
    return out
