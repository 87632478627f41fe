"""The lists of words and notices read their own examples, and leave the others alone."""

import pytest

from sayso.knowledge import tables
from sayso.page import changes, words
from sayso.page.article import is_dropped
from sayso.page.dump import answers, heads, voice
from sayso.page.notices import kind_of
from sayso.page.salutation import addressee

ROWS = tables.load_yaml("threads", "words.yaml")
NOTICES = tables.load_yaml("threads", "notices.yaml")


def _says(line):
    found = words.says_pattern().match(line)
    return bool(found) and line.endswith(":")


READERS = {
    "says": _says,
    "reply": words.is_furniture,
    "furniture": words.is_furniture,
    "heading": words.is_heading,
    "form": words.is_form,
    "relative": lambda line: heads._relative().fullmatch(line),
    "greeting": lambda line: addressee(line, {"rana": 0}, {}) is not None,
    "in_reply_to": lambda line: (m := heads._answering().search(line)) and m["name"] == "Rana K.",
    "on_behalf": lambda line: heads.name(line) == "Rana K.",
    "voice": lambda line: voice._weight(line) > 1,
    "sign_off": voice.signs,
    "counted": changes.is_counter,
    "answer": answers.is_answer,
}


@pytest.mark.parametrize("group", READERS)
def test_a_list_reads_its_example_and_not_its_counter_example(group):
    assert READERS[group](ROWS[group]["example"])
    assert not READERS[group](ROWS[group]["not"])


def test_every_list_is_tested():
    assert set(ROWS) - {tables.LINE} == set(READERS)


@pytest.mark.parametrize("kind", [k for k in NOTICES if k != tables.LINE])
def test_notices(kind):
    assert kind_of(NOTICES[kind]["example"]) == kind
    assert kind_of(NOTICES[kind]["not"]) is None


@pytest.mark.parametrize(
    ("classes", "dropped"),
    [
        ("sharedaddy sd-sharing", True),
        ("post-navigation", True),
        ("wp-block-related-posts related", True),
        ("entry-content", False),
        ("article-text shareholder-report", False),
        ("", False),
    ],
)
def test_what_is_no_article_text(classes, dropped):
    from lxml import html

    assert is_dropped(html.fromstring(f"<div class='{classes}'>x</div>")) is dropped
