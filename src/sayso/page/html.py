"""An HTML page -> the article and its thread."""

from __future__ import annotations

from sayso.page import article, dom, metadata, thread
from sayso.page.found import Found


def recover(page: str, address: str | None = None) -> Found:
    """The article and the thread of an HTML page."""
    out = Found()
    root = dom.parse(page)
    if root is None:
        return out
    metadata.read(root, out, address)
    found = thread.recover(root, page, out.language)
    if found:
        out.comments = found.comments
        thread.cut(found)
    out.body = article.body(root)
    return out
