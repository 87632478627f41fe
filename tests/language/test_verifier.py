"""The second look at events: what it takes, what it gives, and that the rules stand without it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from sayso.knowledge.tables import load_csv, load_yaml
from sayso.language.syntax import SpacyParser
from sayso.language.verifier import FOLDER, ROLES, Inputs, Reading, Verifier, default_verifier
from sayso.model.annotation import Event
from sayso.model.capture import Capture
from sayso.page.jsonl import document
from sayso.reading import chain
from sayso.reading.event_second_look import reading_of

TEXT = "Gunmen from the valley abducted two nurses near Tarun on Friday, the ministry said."


@pytest.fixture(autouse=True)
def asked_for(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SAYSO_EVENTS", "look")
    default_verifier.cache_clear()
    yield
    monkeypatch.undo()
    default_verifier.cache_clear()


@pytest.fixture
def model() -> Verifier:
    found = default_verifier()
    assert found is not None, "the model comes with the program, and so does what runs it"
    return found


def reading(trigger: str, said: str, **roles: str) -> Reading:
    marks = [("trigger", TEXT.index(trigger), TEXT.index(trigger) + len(trigger))]
    marks += [(role, TEXT.index(w), TEXT.index(w) + len(w)) for role, w in roles.items()]
    return Reading(TEXT, said, tuple(marks))


RIGHT = reading("abducted", "assault abduct", actor="Gunmen", recipient="two nurses")
TURNED = reading("abducted", "assault abduct", actor="two nurses", recipient="Gunmen")


def events(text: str) -> list[Event]:
    capture = Capture(payload=json.dumps({"id": "t", "text": text}).encode(), key="t")
    found = chain.read(document(capture), capture, SpacyParser()).annotations
    return [a for a in found if isinstance(a, Event)]


def test_every_label_and_sign_is_there() -> None:
    given = load_yaml(*FOLDER, "labels.yaml")
    assert given["labels"][0] == "right"
    assert set(given["signs"]) > {*ROLES, "end"}
    kinds = {
        r["kind"] for r in load_csv("lang", "en", "events", "confidence.csv", required=("kind",))
    }
    assert {"weight", "alone"} < kinds


def test_marks_stand_around_the_words_and_a_long_sentence_is_cut_around_the_trigger() -> None:
    signs = {"trigger": "[T]", "actor": "[A]", "recipient": "[R]", "place": "[P]", "end": "[E]"}
    pieces = ["[CLS]", "[SEP]", "[UNK]", *signs.values(), "a", "b", "c", "x"]
    inputs = Inputs(pieces, signs)

    def seen(one: Reading) -> str:
        ids, kinds = inputs.of(one)
        assert len(ids) == len(kinds)
        return " ".join(pieces[n] for n in ids)

    marks = (("trigger", 2, 3), ("actor", 0, 1), ("recipient", 2, 5))
    assert seen(Reading("a b c", "x", marks)) == "[CLS] x [SEP] [A] a [E] [T] [R] b [E] c [E] [SEP]"
    far = Reading("a " * 400 + "b" + " c" * 400, "x", (("trigger", 800, 801),))
    assert "[T] b [E] c" in seen(far)
    assert len(inputs.of(far)[0]) < 90


def test_likelihoods_for_each_reading_in_order(model: Verifier) -> None:
    asked = [RIGHT, TURNED, Reading("x" * 9000, "", (("trigger", 0, 9000),)), Reading("", "", ())]
    found = model.likely(asked)
    assert len(found) == len(asked)
    assert all(0 <= p <= 1 for row in found for p in row.values())
    assert set(found[0]) == set(model.labels)
    assert model.likely([]) == []


def test_a_reading_with_its_parties_turned_round_is_less_sure(model: Verifier) -> None:
    right, turned = model.likely([RIGHT, TURNED])
    assert right["right"] > turned["right"]
    assert right["actor"] < turned["actor"]


def test_what_is_seen_of_an_event() -> None:
    (event,) = events(TEXT)
    seen = reading_of(TEXT, 0, len(TEXT), event)
    assert seen.said == "assault abduct"
    words = {role: TEXT[start:end] for role, start, end in seen.marks}
    assert words["trigger"] == "abducted"
    assert words["recipient"] in ("nurses", "two nurses")
    assert words["place"] == "Tarun"


def test_the_rules_read_the_same_events_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    (with_it,) = events(TEXT)
    monkeypatch.delenv("SAYSO_EVENTS")
    default_verifier.cache_clear()
    (alone,) = events(TEXT)
    assert default_verifier() is None
    assert (alone.start, alone.end, alone.actor, alone.recipient) == (
        with_it.start, with_it.end, with_it.actor, with_it.recipient,
    )  # fmt: skip
    assert 0 < alone.confidence < 1
