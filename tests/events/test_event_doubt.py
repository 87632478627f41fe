"""What is said to be untrue, was long ago, is only asked or agreed to be so; and who "it" is."""

from __future__ import annotations

import pytest
from tests.events.reading import events


@pytest.mark.parametrize(
    "text",
    [
        "It is false that the column shot prisoners.",
        "The claim that the town was razed is a lie.",
        "The statement that our guards fired on citizens is an invention.",
        "She had called neither for revenge nor for pity.",
    ],
)
def test_what_is_called_untrue_did_not_happen(text: str) -> None:
    (event,) = events(text)
    assert event.polarity == "negative"


def test_what_is_not_untrue_did() -> None:
    (event,) = events("It is not false that the guards shot prisoners.")
    assert event.polarity == "positive"


def test_what_was_years_ago_is_history() -> None:
    (event,) = events("In 1981 three delegates were arrested at the airport.", "1988-03-02")
    assert event.status == "historical"
    (event,) = events("In January three delegates were arrested at the airport.", "1988-03-02")
    assert event.status == "occurred"
    (event,) = events("In 1981 three delegates were arrested at the airport.")
    assert event.status == "occurred"  # nobody knows when it was written


@pytest.mark.parametrize(
    "text",
    [
        "The major asked when the parish last paid for it.",
        "They asked after our children.",
        "The witness agreed that he had been drunk.",
        "The father accepted the condolences.",
    ],
)
def test_no_request_and_no_promise(text: str) -> None:
    assert not [e for e in events(text) if e.event_type in ("REQUEST", "AGREE")]


def test_parties_agree_that_something_shall_be() -> None:
    (event,) = events("The parties agreed that elections should be held.")
    assert event.event_type == "AGREE"


def test_an_it_that_demands_is_somebody() -> None:
    event = events("The Permanent Commission met. It demanded that the men be freed.")[-1]
    assert [a.exact for a in event.actor] == ["It"]
    assert not [e for e in events("It rained and it killed the crop.") if e.actor]


def test_what_somebody_is_accused_of_is_no_part_of_them() -> None:
    (event,) = events("The minister accused importers of dumping, sabotage and treason.")
    assert [r.exact for r in event.recipient] == ["importers"]
    (event,) = events("The minister accused the mayor of Tovel.")
    assert [r.exact for r in event.recipient] == ["the mayor of Tovel"]


def test_what_is_demanded_is_not_asked() -> None:
    (event,) = events("The Front's lawyer demanded the tape.")
    assert event.recipient == ()


def test_hostages_are_those_who_are_held() -> None:
    (event,) = events("The rebels held 40 people hostage.")
    assert [r.exact for r in event.recipient] == ["people"]
