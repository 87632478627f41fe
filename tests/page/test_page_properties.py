"""Any bytes give a Document or a SaysoError, in bounded time; spans and trees always hold."""

import sys

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
def test_large_pages_are_read(name):
    _check(("<html><body>" + _LARGE[name]).encode(), "text/html")


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
def test_large_dumps_are_read(name):
    _check(_LARGE_TEXTS[name].encode(), "text/plain")


def _as_html(count):
    body = "".join(
        f"<li class='comment depth-{1 + n % 3}' id='comment-{n}'><b class='fn'>u{n % 97}</b>"
        f"<div class='comment-content'><p>word {n}</p></div></li>"
        for n in range(count)
    )
    return f"<html><body><ol class='commentlist'>{body}</ol></body></html>", "text/html"


def _as_marked_dump(count):
    rows = (f"{n}. u{n % 97} says:\n\n  word {n}\n" for n in range(1, count + 1))
    return "Comments\n\n" + "\n".join(rows), "text/plain"


def _as_flat_dump(count):
    rows = (f"u{n % 97} says:\n@u{(n + 5) % 97} word {n}, yes\n" for n in range(count))
    return "Comments\n\n" + "\n".join(rows), "text/plain"


def _as_paragraphs(count):
    rows = (f"Hi Rana, thanks!! I love word {n} :)\nLike" for n in range(count))
    return "The bridge was opened on Sunday, the office said.\n" + "\n".join(rows), "text/plain"


def _as_unknown(count):
    body = "".join(
        f"<div class='reader-comment'><span class='author'>u{n % 97}</span>"
        f"<span class='date'>3 January 2019 10:05</span><p>word {n} of the readers</p></div>"
        for n in range(count)
    )
    return f"<html><body><div id='comments'>{body}</div></body></html>", "text/html"


THREADS = {
    f.__name__.removeprefix("_as_"): f
    for f in (_as_html, _as_marked_dump, _as_flat_dump, _as_paragraphs, _as_unknown)
}


def _calls(payload, media_type):
    """How many calls a recovery takes: what its time grows with, on any machine."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        document = recover(Capture(payload=payload.encode(), key="x", media_type=media_type))
    finally:
        sys.setprofile(None)
    return calls, len(document.comments())


@pytest.mark.parametrize("name", THREADS)
def test_the_work_grows_with_the_thread_and_not_with_its_square(name):
    make = THREADS[name]
    _calls(*make(200))  # tables and patterns are made once
    (one, found), (four, more) = _calls(*make(500)), _calls(*make(2000))
    assert (found, more) == (500, 2000)
    assert four < 5 * one


@pytest.mark.full
@pytest.mark.parametrize("name", THREADS)
def test_a_hundred_thousand_comments(name):
    payload, media_type = THREADS[name](100_000)
    document = recover(Capture(payload=payload.encode(), key="x", media_type=media_type))
    assert len(document.comments()) == 100_000 or any(i.code == "cut" for i in document.issues)


@pytest.mark.full
@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_fifty_megabytes(media_type):
    paragraph = "<p>The bridge over the river was opened to traffic on Sunday, they said.</p>\n"
    payload = ("<html><body><article>" if media_type == "text/html" else "") + paragraph * 680_000
    document = recover(Capture(payload=payload.encode(), key="x", media_type=media_type))
    assert any(i.code == "cut" for i in document.issues)
    assert len(payload) > 50_000_000 > len(document.text)
