"""What words say for or against an event: where they stand, and what becomes of the confidence."""

from __future__ import annotations

from collections.abc import Sequence

from tests.events.reading import events

from sayso.knowledge.tables import load_csv
from sayso.reading import event_words
from sayso.reading.event_confidence import HIGHEST, LOWEST, likely
from sayso.reading.event_lexicon import FOLDER
from sayso.reading.event_words import Told, features, told_of, weight

TEXT = "Gunmen abducted 12 nurses near Tarun, witnesses said."


def seen(marks: Sequence[tuple[str, str]], sentence: str = TEXT) -> Told:
    spans = [(role, sentence.index(w), sentence.index(w) + len(w)) for role, w in marks]
    return Told(sentence, "assault abduct", "assault.abduct", "ASSAULT", tuple(spans))


RIGHT = [("trigger", "abducted"), ("actor", "Gunmen"), ("recipient", "12 nurses")]


def test_every_weight_is_of_something_that_can_be_met() -> None:
    rows = load_csv(*FOLDER, "words.csv", required=("words", "weight"))
    assert len(rows) > 500 and len({r["words"] for r in rows}) == len(rows)
    assert all(float(r["weight"]) for r in rows)


def test_words_count_with_their_place() -> None:
    found = features(seen(RIGHT))
    assert {"trigger abducted", "before 1 gunmen", "after 1 00", "after 2 nurses"} <= found
    assert {"actor last gunmen", "actor ahead by 0", "recipient after by 0"} <= found
    assert {"recipient first 00", "recipient last nurses", "recipient behind abducted"} <= found
    assert {"actor number 1", "place number 0", "assault.abduct recipient number 1"} <= found


def test_a_turned_reading_is_known_by_other_words() -> None:
    turned = [("trigger", "abducted"), ("actor", "12 nurses"), ("recipient", "Gunmen")]
    assert {"actor after by 0", "recipient ahead by 0"} <= features(seen(turned))
    assert weight(seen(RIGHT)) > weight(seen(turned))


def test_what_lies_between_counts() -> None:
    text = "The mayor, who was wounded by a mine, died."
    marks = [("trigger", "died"), ("recipient", "The mayor")]
    assert "recipient ahead past who" in features(seen(marks, text))


def test_what_is_seen_of_an_event() -> None:
    (event,) = (e for e in events(TEXT) if e.event_type == "ASSAULT")
    told = told_of(TEXT, 0, len(TEXT), event)
    assert told.said == "assault abduct" and told.rule == event.made_by.rule
    words = {role: TEXT[start:end] for role, start, end in told.marks}
    assert words["trigger"] == "abducted" and words["actor"] == "Gunmen"
    assert words["recipient"].endswith("nurses") and words["place"] == "Tarun"


def test_a_party_of_another_sentence_is_left_out() -> None:
    marks = [("trigger", 60, 68), ("actor", 0, 6), ("recipient", 70, 74)]
    told = event_words.told("x" * 80, (50, 80), ("r", "AID", ""), ("planned", "negative"), marks)
    assert told.marks == (("trigger", 10, 18), ("recipient", 20, 24))
    assert told.said == "aid planned negative"


def test_no_words_and_long_ones() -> None:
    for sentence in ("", "?", "x" * 9000, "a " * 5000):
        told = Told(sentence, "", "", "", (("trigger", 0, len(sentence)),))
        assert weight(told) == weight(told)


def test_words_move_the_confidence_within_its_bounds() -> None:
    low, middle, high = (likely(1.0, w, "certain") for w in (-3.0, 0.0, 3.0))
    assert LOWEST <= low < middle < high <= HIGHEST
    assert likely(9.0, 99.0, "certain") == HIGHEST and likely(-9.0, -99.0, "certain") == LOWEST
    assert likely(9.0, 9.0, "unknown") <= 0.5
