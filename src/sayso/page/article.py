"""The article's body."""

from __future__ import annotations

from trafilatura import bare_extraction

from sayso.page.dom import Element


def body(root: Element, headline: str | None = None) -> str:
    """The words of the article, a blank line between paragraphs; empty if the page has none. The
    headline is no part of it, even where the mark-up puts it there."""
    found = bare_extraction(root, include_comments=False, fast=True, with_metadata=False)
    text = getattr(found, "text", None)
    if not isinstance(text, str):
        return ""
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if paragraphs and headline and paragraphs[0].casefold() == headline.strip().casefold():
        del paragraphs[0]
    return "\n\n".join(paragraphs)
