"""The habits of text browsers: one dump a habit, and the same small thread out of each."""

from pathlib import Path

import pytest

from sayso.model.capture import Capture
from sayso.page.dump.clock import out_of_order
from sayso.page.dump.heads import name
from sayso.page.dump.lines import joined, split, wrap_width
from sayso.page.recover import recover

DUMPS = Path(__file__).parent / "dumps"


def _document(file):
    payload = (DUMPS / file).read_bytes()
    return recover(Capture(payload=payload, key=file, media_type="text/plain"))


def _thread(document):
    ids = {p.id: p for p in document.parts}
    return [
        (p.author, p.published, ids[p.reply_to].author if p.reply_to else None, p.decided_by)
        for p in document.comments()
    ]


def _words(document):
    return [document.text[p.start : p.end] for p in document.comments()]


def test_numbers_set_flush_right_and_broken_lines():
    document = _document("right_aligned.txt")
    assert document.headline == "The bridge of Qarmid is open again"
    assert document.published == "2019-01-05"
    assert _thread(document) == [
        ("Rana K.", "2019-01-06T10:05", None, "indent, ordinal"),
        ("old mason", "2019-01-06T11:40", "Rana K.", "indent, ordinal"),
        ("Harbour Walker", "2019-01-07T21:00", None, "indent, ordinal"),
    ]
    assert _words(document) == [
        "I crossed it on Sunday, and nobody asked me for anything at all, "
        "neither going nor coming back.",
        "Source?",
        "1. first the bridge, 2. then the mill.",
    ]
    body = document.parts[1]
    assert "the district office said" in document.text[body.start : body.end]


def test_a_flat_dump_keeps_what_words_and_times_say():
    document = _document("flat.txt")
    assert _thread(document) == [
        ("Rana K.", "2019-01-06T10:05", None, "flat"),
        ("old mason", "2019-01-06T18:30", "Rana K.", "addressed by name"),
        ("Harbour Walker", "2019-01-06T11:40", None, "flat"),
        ("third", "2019-01-07T21:00", None, "flat"),
    ]


def test_a_dump_of_bare_paragraphs_says_that_it_guesses():
    document = _document("paragraphs.txt")
    assert "thread-guessed" in [i.code for i in document.issues]
    assert _words(document) == [
        "Great news!! I crossed it on Sunday :)",
        "Hi Rana, who told you that it was open on Sunday? I could not find it anywhere.",
        "Thanks for the article!\nCheers,\nTom",
        "Hello Tom,\nprices at the market did fall, I was there in the morning and paid half.",
        "Wow, eleven days!!! :-(",
    ]
    assert [p.author for p in document.comments()] == [None, None, "Tom", None, None]


def test_an_article_alone_is_no_thread():
    text = (DUMPS / "paragraphs.txt").read_text("utf-8").split("Great news")[0]
    document = recover(Capture(payload=text.encode(), key="a.txt", media_type="text/plain"))
    assert document.comments() == ()


@pytest.mark.parametrize(
    ("times", "late"),
    [
        (["2019-01-06T10:00", "2019-01-06T18:00", "2019-01-06T11:00", "2019-01-06T12:00"], {1}),
        (["2019-01-09T10:00", "2019-01-09T18:00", "2019-01-08T11:00", "2019-01-07T12:00"], {1}),
        (["2019-01-06T10:00", "2019-01-06T11:00", "2019-01-06T12:00"], set()),
        (["2019-01-06", "2019-01-08", "2019-01-07"], set()),
        ([None, None, "2019-01-07T10:00"], set()),
        ([], set()),
    ],
)
def test_replies_break_the_run_of_time(times, late):
    assert out_of_order(times) == late


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Avatar Rana K. says", "Rana K."),
        ("by Rana K. |", "Rana K."),
        ("Rana K. · Reply", "Rana K."),
        ("SurfWalker (The Second)", "SurfWalker (The Second)"),
        ("old mason 42 points", "old mason"),
        ("#4.1 — Rana K.", "Rana K."),
        ("Permalink", None),
        ("Monday", None),
        ("They crossed it. Nobody was there.", None),
    ],
)
def test_names(line, author):
    assert name(line) == author


def test_only_breaks_of_the_dump_are_joined():
    rows = split(
        "The bridge over the river at Qarmid was opened to traffic on Sunday, the\n"
        "district office said.\n"
        "Yes\nNo\n"
    )
    assert joined(rows, 74) == (
        "The bridge over the river at Qarmid was opened to traffic on Sunday, the "
        "district office said.\nYes\nNo"
    )
    assert wrap_width(rows) is None


def test_times_below_the_comments_belong_to_what_stands_above_them():
    text = (
        "The bridge over the river was opened to traffic on Sunday, the district office said in a\n"
        "statement that it sent to everybody in the town.\n\n"
        "Comments\n\n"
        "Rana K.\nRana K.\n\nDoes the ford stay open?\n\nReply\n7 January 2019 10:05\n"
        "Mona\n\nOnly until the paving is done.\n\nReply\n7 January 2019 12:00\n"
        "old mason\nold mason\n\nPrices fell.\n\nReply\n6 January 2019 09:00\n"
        "third\nthird\n\nFirst!\n\nReply\n5 January 2019 20:00\n"
    )
    document = recover(Capture(payload=text.encode(), key="a.txt", media_type="text/plain"))
    assert _thread(document) == [
        ("Rana K.", "2019-01-07T10:05", None, "flat"),
        ("Mona", "2019-01-07T12:00", "Rana K.", "time"),
        ("old mason", "2019-01-06T09:00", None, "flat"),
        ("third", "2019-01-05T20:00", None, "flat"),
    ]
    assert _words(document) == [
        "Does the ford stay open?",
        "Only until the paving is done.",
        "Prices fell.",
        "First!",
    ]


def test_boxes_are_the_bullets_of_replies_in_w3m():
    text = (
        "Comments\n\n 1. [a1b]Rana K.\n\n    16. March, 2019 at 16:59\n\n    Is it open?\n\n"
        "    Reply\n      □ [c2d]old mason\n\n        17. March, 2019 at 18:04\n\n"
        "        Since Sunday.\n\n        Reply\n 2. [e3f]third\n\n    18. March, 2019 at 09:00\n\n"
        "    Prices fell.\n"
    )
    document = recover(Capture(payload=text.encode(), key="a.txt", media_type="text/plain"))
    assert _thread(document) == [
        ("Rana K.", "2019-03-16T16:59", None, "indent, ordinal"),
        ("old mason", "2019-03-17T18:04", "Rana K.", "indent"),
        ("third", "2019-03-18T09:00", None, "indent, ordinal"),
    ]


def test_markdown_loses_the_strokes_before_its_marks():
    rows = split("16\\. March 2019 \\- Reply\nC:\\-x stays with \\* it")
    assert [row.text for row in rows] == ["16. March 2019 - Reply", "C:-x stays with * it"]
    assert split("C:\\-x alone")[0].text == "C:\\-x alone"
