"""The article's body."""

from __future__ import annotations

from trafilatura import bare_extraction

from sayso.page.dom import Element


def body(root: Element) -> str:
    """The words of the article; empty if the page has none."""
    found = bare_extraction(root, include_comments=False, fast=True, with_metadata=False)
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""
