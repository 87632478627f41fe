"""The gate before the trained model: which sentences of an article it is asked about."""

from __future__ import annotations

import json

import pytest
from forecast_reading import body, parser

from sayso.language.talk import default_model
from sayso.model.annotation import Forecast
from sayso.model.capture import Capture
from sayso.page.jsonl import document
from sayso.reading import chain
from sayso.reading.forecast_gate import features, worth_asking


def test_features_are_words_pairs_and_the_shape_of_numbers() -> None:
    assert features("Is set, in 2025!") >= {"is", "set", "0000", "is set", "in 0000"}
    assert features("") == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "Prices are expected to rise next year.",
        "The town is likely to fall within days.",
        "By spring the river runs dry, the office warned.",
    ],
)
def test_words_of_a_future_pass(sentence: str) -> None:
    assert worth_asking(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Gunmen stopped six buses on the road on Tuesday.",
        "Two people were killed and nine wounded in the attack, police said.",
        "THE ARMY ARRESTED FOUR MEN IN THE VILLAGE ON 3 MARCH.",
    ],
)
def test_what_happened_does_not(sentence: str) -> None:
    assert not worth_asking(sentence)


@pytest.mark.skipif(default_model() is None, reason="the model cannot run here")
def test_an_article_foresees_without_any_cue_and_not_by_a_cue_alone() -> None:
    (found,) = body("The river line falls next, and with it the capital.")
    assert found.made_by.rule == "model"
    assert body("The court will sit on Monday. The toll will apply to lorries.") == []


@pytest.mark.skipif(default_model() is None, reason="the model cannot run here")
def test_what_only_tells_who_says_it_is_no_forecast() -> None:
    capture = Capture(
        payload=json.dumps(
            {"id": "t", "text": "The river line falls next, and with it the capital, analysts say."}
        ).encode()
    )
    reading = chain.read(document(capture), capture, parser())
    (found,) = (a for a in reading.annotations if isinstance(a, Forecast))
    assert found.proposition.exact == "The river line falls next, and with it the capital"
    assert found.forecaster.who == "analysts"
