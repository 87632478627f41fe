"""What changed between two captures of a page."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.model.capture import Capture
from sayso.page.changes import changes, is_counter
from sayso.page.recover import recover

PAGE = """<html><head><title>The bridge</title></head><body><article><h1>The bridge is open</h1>
<p>The bridge over the river was opened to traffic on Sunday, the district office said.</p>
<p>Work on the piers had begun in the spring; eleven workers were hurt, the office said.</p>
<p>Lorries of more than ten tonnes have to use the ford until the new road is paved.</p>
<p>{more}</p></article>
<ol class='commentlist'>{comments}</ol><script>var token = '{token}';</script></body></html>"""
COMMENT = (
    "<li class='comment depth-1' id='comment-{n}'><cite class='fn'>{who}</cite>"
    "<div class='comment-content'><p>{text}</p></div></li>"
)
ONE = COMMENT.format(n=1, who="Rana", text="I crossed it on foot.")
TWO = COMMENT.format(n=2, who="Tom", text="Is the ford dry?")


def _page(more="The market opens again on Monday.", comments=ONE, token="a", **edits):
    page = PAGE.format(more=more, comments=comments, token=token)
    for old, new in edits.values():
        page = page.replace(old, new)
    return recover(Capture(payload=page.encode(), key="x", media_type="text/html"))


def _found(old, new):
    return [(c.what, c.kind, c.words_removed, c.words_added) for c in changes(old, new)]


def test_a_token_or_a_counter_changes_nothing():
    old = _page(more="1,204 views", token="a")
    assert changes(old, _page(more="1,209 views", token="b")) == ()
    assert changes(old, old) == ()


def test_the_words_of_an_altered_paragraph():
    new = _page(one=("eleven workers", "twelve workers"))
    assert _found(_page(), new) == [("altered", "body", ("eleven",), ("twelve",))]


def test_a_correction_is_named():
    new = _page(more="Correction: an earlier version of this page gave a wrong number of workers.")
    (change,) = [c for c in changes(_page(), new) if c.notice]
    assert (change.what, change.notice) == ("added", "correction")


def test_a_headline_that_is_new_is_an_alteration_however_little_it_keeps():
    new = _page(one=("<h1>The bridge is open</h1>", "<h1>Workers hurt at Qarmid</h1>"))
    (change,) = changes(_page(), new)
    assert (change.what, change.kind) == ("altered", "headline")


def test_comments_come_and_go_and_are_altered_by_their_author_alone():
    old, new = _page(comments=ONE), _page(comments=TWO + ONE.replace("on foot", "by bus"))
    assert _found(old, new) == [
        ("added", "comment", (), ()),
        ("altered", "comment", ("foot.",), ("bus.",)),
    ] or _found(old, new) == [
        ("added", "comment", (), ()),
        ("altered", "comment", ("on foot.",), ("by bus.",)),
    ]
    (gone,) = changes(_page(comments=ONE + TWO), _page(comments=ONE))
    assert (gone.what, gone.author, gone.before) == ("removed", "Tom", "Is the ford dry?")


def test_a_paragraph_that_moved_is_no_new_one():
    lorries = (
        "<p>Lorries of more than ten tonnes have to use the ford until the new road is paved.</p>"
    )
    new = _page(one=(lorries, ""), two=("<p>The bridge over", lorries + "<p>The bridge over"))
    (change,) = changes(_page(), new)
    assert change.what == "moved" and change.after.startswith("Lorries")


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("12 comments", True),
        ("Views: 1,204", True),
        ("1.204 Aufrufe", True),
        ("12 killed", False),
        ("12", False),
        ("Comments", False),
    ],
)
def test_counters(line, counts):
    assert is_counter(line) is counts


@given(st.lists(st.text(max_size=30), max_size=6), st.lists(st.text(max_size=30), max_size=6))
def test_any_two_pages(one, two):
    try:
        old, new = (
            recover(Capture(payload="\n\n".join(x).encode("utf-8", "replace"), key="x"))
            for x in (one, two)
        )
    except SaysoError:
        return
    assert changes(old, old) == changes(new, new) == ()
    for change in changes(old, new):
        assert (change.after is None) == (change.what == "removed")
        assert (change.before is None) == (change.what == "added")


def test_long_pages_are_compared_without_pairing_everything():
    old = _page()
    words = "\n".join(f"paragraph {n} of the page" for n in range(2000))
    part = replace(old.parts[1], start=0, end=len(words))
    long = replace(old, text=words, parts=(part,), notices=(), media=())
    found = changes(old, long)
    assert {c.what for c in found} == {"added", "removed"}
