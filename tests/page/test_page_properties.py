"""Any bytes give a Document or a SaysoError, in bounded time; spans and trees always hold."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.model.capture import Capture
from sayso.page import dates
from sayso.page.decode import text_of
from sayso.page.recover import recover

_NAMES = st.sampled_from(
    ["Rana K.", "old mason", "☂rain (of the [hill", "3", "Antworten", "x" * 70]
)
_LINES = st.one_of(
    st.text(max_size=60),
    st.builds("{} says:".format, _NAMES),
    st.builds("  {}. {} says:".format, st.integers(0, 99), _NAMES),
    st.builds("    • {}".format, _NAMES),
    st.builds("January {}, 2019 at {}:05 pm".format, st.integers(0, 40), st.integers(0, 30)),
    st.sampled_from(
        ["", "3 Comments", "Reply", "Leave a Reply", "level 2", "#1.1 — vor 8 Stunden"]
    ),
)
_DUMPS = st.lists(_LINES, max_size=40).map("\n".join)
_TAGS = st.sampled_from(
    [
        "<li class='comment depth-1' id='comment-1'>",
        "<li class='comment depth-3'>",
        "<div class='comments'>",
        "</li>",
        "<ul class='children'>",
        "</ul>",
        "<p>",
        "<b class='fn'>",
        "</b>",
        "<time datetime='2019-01-07'>",
        "<div class='comment-body'>",
        "</div>",
        "<article itemtype='https://schema.org/Comment'>",
        '<script type=\'application/ld+json\'>{"comment": [{"@type": "Comment"}]}</script>',
        "<!--",
        "<![CDATA[",
    ]
)
_PAGES = st.lists(st.one_of(_TAGS, st.text(max_size=30)), max_size=40).map("".join)


def _check(payload, media_type):
    capture = Capture(payload=payload, key="x", media_type=media_type)
    try:
        document = recover(capture)
    except SaysoError:
        return None
    place = 0
    seen = {}
    for part in document.parts:
        assert place <= part.start <= part.end <= len(document.text)
        place = part.end
        if part.reply_to is not None:
            assert part.depth == seen[part.reply_to] + 1
        elif part.kind == "comment":
            assert part.depth == 1
            assert part.decided_by
        seen[part.id] = part.depth
    document.text.encode("utf-8")
    for notice in document.notices:
        assert document.text[notice.start : notice.end].strip()
    assert recover(capture) == document
    return document


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "text/html", "text/plain"]))
def test_any_bytes(payload, media_type):
    _check(payload, media_type)


@settings(max_examples=150, deadline=None)
@given(_DUMPS)
def test_any_dump(text):
    _check(text.encode("utf-8", "replace"), "text/plain")


@settings(max_examples=150, deadline=None)
@given(_PAGES)
def test_any_page(text):
    _check(b"<html><body>" + text.encode("utf-8", "replace"), "text/html")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["dmy", "mdy"]))
def test_dates_of_any_text(text, order):
    for stamp in dates.find_all(text, order):
        assert 0 <= stamp.start < stamp.end <= len(text)
        assert stamp.edtf


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1251", "no such charset"]))
def test_any_charset(payload, declared):
    try:
        decoded = text_of(payload, "x", declared)
    except SaysoError:
        return
    assert isinstance(decoded.text, str)


_LARGE = {
    "many comments": "<ol>"
    + "".join(
        f"<li class='comment depth-1' id='comment-{n}'><b class='fn'>u{n}</b>"
        f"<div class='comment-content'>word {n}</div></li>"
        for n in range(2000)
    ),
    "deep replies": "".join(
        f"<ul><li class='comment depth-{n}' id='comment-{n}'><b class='fn'>u</b><p>word {n}</p>"
        for n in range(1, 1500)
    ),
    "one line": "<p>" + "word " * 200_000,
    "open tags": "<b><i><p><div>" * 20_000,
}


@pytest.mark.parametrize("name", _LARGE)
def test_large_pages_are_read_in_bounded_time(name):
    begin = time.process_time()
    _check(("<html><body>" + _LARGE[name]).encode(), "text/html")
    assert time.process_time() - begin < 60


_LARGE_TEXTS = {
    "numbers": "\n".join(
        f"{n}. x{n} says:\nJanuary 3, 2019 at 3:05 pm\nwords" for n in range(4000)
    ),
    "indents": "\n".join(
        " " * min(n, 3000) + "u says:\n" + " " * min(n, 3000) + "x" for n in range(3000)
    ),
    "names": "Name\n" * 15_000,
    "dates": "3 January 2019 10:05 " * 20_000,
    "furniture": "Reply" * 50_000 + "\n" + ("Like Reply Share " * 20 + "\n") * 2000,
}


@pytest.mark.parametrize("name", _LARGE_TEXTS)
def test_large_dumps_are_read_in_bounded_time(name):
    begin = time.process_time()
    _check(_LARGE_TEXTS[name].encode(), "text/plain")
    assert time.process_time() - begin < 60
