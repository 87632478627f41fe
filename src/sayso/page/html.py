"""An HTML page -> the article and its thread."""

from __future__ import annotations

import re

from sayso.model.document import Evidence, Issue
from sayso.page import article, dom, generic, metadata, thread
from sayso.page.found import Found
from sayso.page.selectors import Page


def recover(page: str, address: str | None = None) -> Found:
    """The article and the thread of an HTML page."""
    out = Found()
    root, flattened = dom.parsed(page)
    if root is None:
        return out
    if flattened:
        out.issues.append(
            Issue(
                "nesting",
                f"what is nested deeper than {dom.MAX_DEPTH} elements was read as plain words; "
                "who answers whom in it is lost",
            )
        )
    if len(page) > dom.MAX_CHARACTERS:
        out.issues.append(Issue("cut", f"only the first {dom.MAX_CHARACTERS} characters were read"))
    index = Page(root)
    metadata.read(index, out, address)
    found = thread.recover(index, out.language) or generic.recover(index, out.language)
    if found:
        index.cut(found.elements)
        out.comments = found.comments
    if found and found.comments[0].opening and not _later_page(out.canonical_uri):
        _opening(out)
    else:
        body = article.read(index, out.headline)
        out.body, out.captions, out.media = body.body, body.captions, body.media
    return out


_LATER = re.compile(r"(?:[/?&;]|^)(?:page|p|start|offset|seite|st)[-=/]?(\d+)", re.IGNORECASE)


def _later_page(address: str | None) -> bool:
    """True for the second and later pages of a forum's thread."""
    found = _LATER.search(address or "")
    return bool(found and int(found[1]) > 1)


def _opening(out: Found) -> None:
    """A forum's first post is the article; what answered it stands at the top of the thread."""
    post = out.comments.pop(0)
    out.body = post.text
    out.byline = post.author or out.byline
    out.byline_words = None
    if post.published:
        out.evidence.insert(0, Evidence("visible", post.when or "", post.published[:10]))
        out.published = post.published[:10]
    for comment in out.comments:
        if comment.parent is not None:
            comment.parent = comment.parent - 1 if comment.parent else None
