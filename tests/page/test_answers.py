"""Who answers whom, told by nothing but the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.page.dump.answers import by_words, is_answer
from sayso.page.found import Comment


def _said(*rows):
    comments = [Comment(text=text, author=author) for author, text in rows]
    return by_words([None] * len(rows), comments)


def test_somebody_named_at_the_start_or_in_the_first_sentence_is_answered():
    found = _said(
        ("Rana K.", "The mill is closed."),
        ("old mason", "It opens at nine."),
        ("third", "@Rana K. only until Friday."),
        ("Mona Vale", "I was there today, it is shut."),
        ("fifth", "So that is how it is, Mona. They never say."),
    )
    assert found == [None, None, (0, "addressed by name"), None, (3, "addressed by name")]


def test_the_writer_of_the_page_is_greeted_and_thereby_not_answered():
    found = _said(
        ("Rana", "Dear Mona, what a bridge!"),
        ("Mona", "Dear Rana, it took them eleven years."),
        ("Tom", "Dear Mona, when did it open?"),
        ("Mona", "Hi Tom, on the fifth."),
        ("Rana", "Dear Mona, and the mill?"),
    )
    assert [row and row[0] for row in found] == [None, 0, None, 2, 3]


def test_a_quotation_of_a_comment_answers_it():
    found = _said(
        ("Rana", "They told us that the bridge was safe to cross on foot."),
        ("old mason", "Prices fell at the market."),
        ("third", "“the bridge was safe to cross” – who told you so?"),
    )
    assert found[2] == (0, "quote")


def test_two_who_take_turns_answer_each_other():
    found = _said(("a", "One."), ("b", "Two."), ("a", "Three."), ("b", "Four."), ("c", "Five."))
    assert [row and row[0] for row in found] == [None, 0, 1, 2, None]


def test_somebody_who_stands_between_all_others_answers_them_and_they_do_not_answer_her():
    found = _said(("a", "1"), ("m", "2"), ("b", "3"), ("m", "4"), ("c", "5"), ("m", "6"))
    assert [row and row[0] for row in found] == [None, 0, None, 2, None, 4]


def test_the_second_part_of_a_pair_answers_what_stands_before_it():
    found = _said((None, "Where is the mill?"), (None, "Thank you for the question, Rana."))
    assert found == [None, (0, "answer")]
    assert _said((None, "You're welcome.")) == [None]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("So glad you liked the walk!", True),
        ("Freut mich sehr, dass der Weg dir gefallen hat.", True),
        ("Danke für deinen Kommentar.", True),
        ("Merci pour votre réponse !", True),
        ("Nein, das war die alte Brücke.", True),
        ("No", True),
        ("No bridge was ever built there.", False),
        ("Thanks for the article!", False),
        ("Ja zur Brücke sagt der Minister.", False),
        ("", False),
    ],
)
def test_openings_of_answers(text, answers):
    assert is_answer(text) is answers


NAMES = st.sampled_from([None, "Rana", "old mason", "@third", "Ra(na", "."])


@given(st.lists(st.tuples(NAMES, st.text(max_size=80)), max_size=12))
def test_whatever_is_said_only_what_stands_above_is_answered(rows):
    found = _said(*rows)
    assert len(found) == len(rows)
    assert all(row is None or 0 <= row[0] < n for n, row in enumerate(found))
