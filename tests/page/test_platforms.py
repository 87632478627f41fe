"""Each platform's file reads its own example, and leaves its counter-example alone."""

import pytest

from sayso.page import dom, thread
from sayso.page.platforms import platforms
from sayso.page.selectors import Page


def _rows(comments):
    out = []
    for comment in comments:
        parent = "" if comment.parent is None else str(comment.parent + 1)
        words = " / ".join(comment.text.split("\n\n")).replace("\n", " ")
        row = [comment.author or "", comment.published or "", parent, words]
        out.append(" | ".join(row).strip())
    return out


def _squeezed(rows):
    return ["|".join(cell.strip() for cell in row.split("|")) for row in rows]


@pytest.mark.parametrize("platform", platforms(), ids=lambda p: p.name)
def test_example(platform):
    page = Page(dom.parse(platform.example))
    assert platform.fits(page.marks), "the signs do not fit the example"
    found = thread.read(platform, page, "en")
    assert _squeezed(_rows(found.comments)) == _squeezed(platform.expect)


@pytest.mark.parametrize("platform", platforms(), ids=lambda p: p.name)
def test_counter_example(platform):
    found = thread.read(platform, Page(dom.parse(platform.counter)), "en")
    assert _rows(found.comments) == []
