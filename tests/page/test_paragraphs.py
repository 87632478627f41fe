"""Dumps that kept nothing of a thread but its paragraphs."""

import pytest

from sayso.page import plaintext
from sayso.page.dump import voice

ARTICLE = (
    "The bridge of Qarmid is open again\n"
    "The bridge over the river was opened to traffic on Sunday, the district office said.\n"
    "Work on the piers had begun in the spring and was to have ended by the autumn.\n"
    "Lorries of more than ten tonnes have to use the ford until the new road is paved.\n"
    "The office did not say how much the work had cost or who had paid for it.\n"
)


def _read(rest):
    return plaintext.recover(ARTICLE + rest)


def _words(found):
    return [c.text for c in found.comments]


def test_buttons_part_comments_of_several_paragraphs():
    found = _read(
        "Crossed it on foot.\nReplyDelete\n"
        "It took them eleven years.\nNobody knows why.\nReplyDelete\n"
        "The ford is dry anyway.\nReplyDelete\n"
    )
    assert _words(found) == [
        "Crossed it on foot.",
        "It took them eleven years.\nNobody knows why.",
        "The ford is dry anyway.",
    ]
    assert "cost" in found.body
    assert "thread-guessed" in [i.code for i in found.issues]


NAMED = (
    "Old Mason\nI love that bridge, crossed it twice!\n"
    "Mona Vale\nThank you, that is good to hear!\n"
    "Tom\nWow, eleven years!! And the ford?\nIs it closed now?\n"
    "Mona Vale\nOnly for lorries, Tom.\n"
    "Harbour Walker\nLooks great :)\n"
    "Mona Vale\nIt does!\n"
)


def test_a_name_that_comes_again_and_again_heads_comments():
    found = _read(NAMED)
    assert [c.author for c in found.comments] == [
        "Old Mason", "Mona Vale", "Tom", "Mona Vale", "Harbour Walker", "Mona Vale",
    ]  # fmt: skip
    assert found.comments[2].text == "Wow, eleven years!! And the ford?\nIs it closed now?"
    assert [c.parent for c in found.comments] == [None, 0, None, 2, None, 4]
    assert "Old Mason" not in found.body


def test_labels_below_names_are_no_words_of_the_comment():
    post = "{}\nMember\nHarbour\nThanks for that, I had no idea that it was open at all!\n"
    found = _read("".join(post.format(name) for name in ("rana", "old mason", "third")))
    assert [c.author for c in found.comments] == ["rana", "old mason", "third"]
    assert {c.text for c in found.comments} == {
        "Thanks for that, I had no idea that it was open at all!"
    }


def test_excerpts_of_pages_that_link_here_are_no_comments():
    found = _read(
        "Great work, thanks!! :)\nI love it.\n[…] The bridge is open, says a page I like. […]\n"
        "Hi all, I was there today!\nHello Tom,\nme too :)\nThank you!\n"
    )
    assert not [c for c in found.comments if "[…]" in c.text]


def test_items_of_a_list_belong_to_their_comment():
    found = _read(
        "Thanks a lot!! I love this page, and I come here every day :)\n"
        "My list of what is missing, if I may:\n"
        "1. the light\n2. a bench\nHi all, I have a question: is there a bus?\nHey Tom, yes!!\n"
    )
    assert "My list of what is missing, if I may:\n1. the light\n2. a bench" in _words(found)


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        # A diary: all in a reader's voice, and nobody's answer.
        "\n".join(f"I walked to the mill on day {n} and I loved it!" for n in range(20)),
        "",
        "one line",
    ],
)
def test_no_thread_is_guessed_where_nobody_answers(text):
    assert plaintext.recover(text).comments == []


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        ("Rana K.", True),
        ("Old Mason", True),
        ("Reply", False),
        ("Is it open?", False),
        ("12", False),
    ],
)
def test_lines_that_may_be_names(row, is_one):
    assert voice.is_name(row) is is_one
