"""Capture -> Document."""

from __future__ import annotations

import re
from functools import cache

from sayso.errors import NoContent, PageGone
from sayso.knowledge import tables
from sayso.model.capture import GONE, Capture
from sayso.model.document import Document, Evidence, Issue
from sayso.page import build, decode, jsonl, langid, plaintext
from sayso.page.found import Found

_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|div|meta|title|p|table|script)\b", re.IGNORECASE
)

_SHORTEST = 40
"""Code points: what is shorter and has no thread is a menu or a label, not an article."""


def recover(capture: Capture) -> Document:
    """The document of a captured page. Raises SourceError."""
    if capture.media_type == "application/json":
        return jsonl.document(capture)
    source = capture.key or capture.target_uri or "-"
    if capture.status in GONE:
        raise PageGone(source, f"the server answered {capture.status}: the page is not there")
    if capture.status is not None and capture.status >= 400:
        raise NoContent(source, f"the server answered {capture.status}: the page is not there")
    decoded = decode.text_of(capture.payload, source, capture.charset)
    if is_html(decoded.text, capture.media_type):
        from sayso.page import html

        found = html.recover(decoded.text, capture.target_uri)
    else:
        found = plaintext.recover(decoded.text)
    if len(found.body.strip()) < _SHORTEST and not found.comments:
        raise NoContent(source, "the page has neither an article nor a discussion")
    found.language = langid.language(found.body or found.comments[0].text, found.language)
    if found.language and found.language not in languages():
        found.issues.append(
            Issue("language", f"the text is in {found.language!r}, which is recovered but not read")
        )
    if decoded.doubt:
        found.issues.append(Issue("charset", decoded.doubt))
    if capture.operator_published:
        _operator(found, capture.operator_published)
    return build.document(found, capture)


@cache
def languages() -> frozenset[str]:
    """The languages that the reader knows: the folders of `knowledge/data/lang`."""
    folder = tables.data_file("lang")
    return frozenset(child.name for child in folder.iterdir() if child.is_dir())


def is_html(text: str, media_type: str | None) -> bool:
    """True if a text is mark-up: by its first tags; the media type only breaks a tie."""
    head = text[:2000].lstrip()
    if head.startswith("<") and _MARKUP.search(head):
        return True
    if media_type in ("text/html", "application/xhtml+xml"):
        return bool(_MARKUP.search(text[:20_000]))
    return False


def _operator(found: Found, published: str) -> None:
    """The date that the caller stated goes before what the page says, and both are kept."""
    found.evidence.insert(0, Evidence("operator", published, published))
    found.published = published
