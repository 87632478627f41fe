"""The trained model of talk: what it takes, what it gives, and that the rules stand without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.knowledge.tables import load_csv, load_yaml
from sayso.language import encoder
from sayso.language.syntax import SpacyParser
from sayso.language.talk import (
    CHALLENGED,
    FOLDER,
    SIGNS,
    Coming,
    Exchange,
    Pieces,
    TalkModel,
    default_model,
)
from sayso.model.annotation import Reply
from sayso.model.capture import Capture
from sayso.page.jsonl import document
from sayso.reading import chain, forecast_model
from sayso.reading.draft import Draft

CLAIM = "The army lost 400 men at the bridge in one night."


@pytest.fixture(scope="module")
def model() -> TalkModel:
    found = default_model()
    assert found is not None, "the model comes with the program, and so does what runs it"
    return found


def test_every_label_has_its_weights_and_every_sign_its_piece() -> None:
    given = load_yaml(*FOLDER, "labels.yaml")
    assert set(SIGNS) < set(given["signs"]) and CHALLENGED in given["tags"]
    weights = load_csv(*FOLDER, "weights.csv", required=("label", "bias", "model", "rule", "guess"))
    named = [n for n in given["labels"] if n != "coming"]
    assert [r["label"] for r in weights] == [*named, CHALLENGED]


def test_likelihoods_for_each_reply_in_order(model: TalkModel) -> None:
    asked = [
        Exchange(CLAIM, "And where would one read that?", opens=True),
        Exchange(CLAIM, "Fair enough, I had that wrong.", own="It was 400.", direct=True),
        Exchange(CLAIM, "x" * 5000),
        Exchange("", ""),
    ]
    found = [one.acts for one in model.replies(asked)]
    assert len(found) == len(asked)
    assert all(0 <= p <= 1 for row in found for p in row.values())
    assert set(found[0]) == set(model.labels)
    assert found == [one.acts for one in model.replies(asked)]
    assert max(found[0], key=lambda name: found[0][name]) in ("asks_source", "asks")
    assert model.replies([]) == [] and model.coming([]) == [] and model.coming_briefly([]) == []


Asked = Callable[[TalkModel, list[str]], list[Coming]]


@pytest.fixture(params=["comments", "articles"])
def coming(request: pytest.FixtureRequest) -> Asked:
    if request.param == "comments":
        return lambda model, texts: model.coming([("", text) for text in texts])
    return lambda model, texts: model.coming_briefly(texts)


def test_what_is_to_come_and_what_was(model: TalkModel, coming: Asked) -> None:
    will, was = coming(
        model, ["They will be out of the town by Friday.", "They left the town on Friday."]
    )
    assert will.likely > 0.5 > was.likely


def test_which_words_say_how_sure_and_by_when(model: TalkModel, coming: Asked) -> None:
    text = "My hunch is that they will be out of the town by Friday."
    (seen,) = coming(model, [text])
    said = {w.tag: text[w.start : w.end] for w in seen.words}
    assert "hunch" in said["hedge"]
    assert "Friday" in said["due"]


def test_how_likely_each_figure_is_challenged(model: TalkModel) -> None:
    parent = "They sent 300 trucks and 12 cranes to the port."
    one = Exchange(parent, "Not 300 trucks, there were 90.", opens=True)
    spans = [(parent.index(n), parent.index(n) + len(n)) for n in ("300 trucks", "12 cranes")]
    (found,) = model.replies([one], [spans])
    trucks, cranes = found.figures
    assert 1 >= trucks > cranes >= 0
    assert model.replies([one], [spans]) == [found]
    assert model.replies([one], [[]])[0].figures == ()


def test_the_pieces_of_a_figure_are_found_but_for_what_is_left_out() -> None:
    signs = {name: f"[{name}]" for name in SIGNS}
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *signs.values(), "a", "b", "9"]
    pieces = Pieces(words, signs)
    parent = "a " * 60 + "9" + " b" * 40 + " 9" + " b" * 60 + " 9"
    spans = [(n, n + 1) for n, letter in enumerate(parent) if letter == "9"]
    ids, _ = pieces.exchange(Exchange(parent, "b"))
    first, left_out, last = pieces.figures(parent, spans)
    assert [words[ids[n]] for n in (*first, *last)] == ["9", "9"] and left_out == []


def test_long_texts_are_cut_and_both_ends_of_a_parent_stay() -> None:
    letters = [chr(c) for c in range(97, 123)]
    signs = {name: f"[{name}]" for name in SIGNS}
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *signs.values(), *letters]
    pieces = Pieces(words, signs)
    parent = " ".join(["a"] * 200 + ["b"] * 30)
    ids, types = pieces.exchange(Exchange(parent, " ".join("c" * 200), own="d e", same=True))
    assert len(ids) == len(types) <= 2 + 112 + 80 + 1
    assert ids.count(words.index("b")) == 24 and types[0] == 0 and types[-1] == 1
    assert words.index("[same]") in ids


def test_without_it_the_rules_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_TALK", "rules")
    default_model.cache_clear()
    try:
        assert default_model() is None
        assert "asks_source" in _acts("Source?")
    finally:
        default_model.cache_clear()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Source?", "asks_source"),
        ("Citation needed.", "asks_source"),
        ("I would be curious where that figure comes from.", "asks_source"),
        ("Exactly, my brother was there and saw the same.", "agrees"),
        ("No, it was 40, and they were wounded.", "corrects"),
    ],
)
def test_what_replies_do_with_it(text: str, act: str) -> None:
    assert act in _acts(text)


def _acts(text: str) -> set[str]:
    comments = [
        {"id": "1", "parent": None, "author": "Anna", "text": CLAIM},
        {"id": "2", "parent": "1", "author": "Ben", "text": text},
    ]
    row = {"id": "t", "text": "", "comments": comments}
    page = document(Capture(payload=json.dumps(row).encode()))
    reading = chain.read(page, Capture(payload=b"", key="t"), SpacyParser())
    return {a.act for a in reading.annotations if isinstance(a, Reply)}


def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brief.onnx").write_bytes(b"no model")
    monkeypatch.setattr(encoder, "data_file", lambda *names: tmp_path / names[-1])
    with pytest.raises(OSError, match=r"brief\.onnx: cannot be read"):
        encoder._session.__wrapped__(("models", "talk"), "brief.onnx")
    with pytest.raises(OSError):
        encoder._session.__wrapped__(("models", "talk"), "words.onnx")


def test_articles_are_asked_of_the_short_model_and_comments_of_the_whole(
    model: TalkModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, list[str]] = {"short": [], "whole": []}

    class Spy:
        def coming(self, sentences: list[tuple[str, str]]) -> list[Coming]:
            asked["whole"] += [text for _, text in sentences]
            return model.coming(sentences)

        def coming_briefly(self, sentences: list[str]) -> list[Coming]:
            asked["short"] += sentences
            return model.coming_briefly(sentences)

    monkeypatch.setattr(forecast_model, "default_model", Spy)
    row = {
        "id": "d", "text": "The dam will probably burst by Friday. The dam is old.",
        "comments": [{"id": "1", "text": "It won't last the week."}],
    }  # fmt: skip
    capture = Capture(payload=json.dumps(row).encode(), key="d", media_type="application/json")
    draft = Draft(document(capture), SpacyParser())
    parts = {p.id: p for p in draft.document.parts}
    seen = forecast_model.likely(draft, draft.sentences(), parts)
    assert asked["short"] == ["The dam will probably burst by Friday."]
    assert asked["whole"] == ["It won't last the week."]
    assert len(seen) == 3 and min(c.likely for c in seen.values()) == 0
