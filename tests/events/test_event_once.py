"""One act told in two words is one event; labels and empty vehicles act in nothing."""

from __future__ import annotations

import pytest
from tests.events.reading import events


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The council rejected and spurned the offer of the ministry.", ["rejected"]),
        ("We condemn and repudiate the war of the generals.", ["condemn"]),
        ("The army shelled the hill and captured the bridge.", ["shelled", "captured"]),
        ("The premier criticised the judge and condemned the strike.", ["criticised", "condemned"]),
    ],
)
def test_joined_verbs(text: str, wanted: list[str]) -> None:
    assert [e.exact for e in events(text)] == wanted


def test_a_transcript_s_label_acts_in_nothing() -> None:
    (event,) = events("[Begin recording] [Orlan] The rebels attacked the town of Sarvik.")
    assert [a.exact for a in event.actor] == ["The rebels"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Two helicopters fired rockets at the rebels in the valley.", []),
        ("Russian jets bombed the town of Sarvik on Monday.", ["Russian jets"]),
    ],
)
def test_vehicles_nobody_owns_are_no_party(text: str, actors: list[str]) -> None:
    (event,) = events(text)
    assert [a.exact for a in event.actor] == actors


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("No more than 30 people were arrested in Dorsa.", "positive"),
        ("He never thought that they would order him kidnapped.", "positive"),
        ("The rebels neither arrested nor shot the mayor.", "negative"),
        ("The mayor does not believe that the town was attacked.", "negative"),
    ],
)
def test_what_a_negation_belongs_to(text: str, polarity: str) -> None:
    assert {e.polarity for e in events(text) if e.event_type in ("ASSAULT", "COERCE")} == {polarity}


def test_what_will_be_prevented_is_not_yet() -> None:
    found = events("The rebels will be prevented from attacking the port.")
    (event,) = [e for e in found if e.event_type == "ASSAULT"]
    assert (event.status, event.polarity) == ("expected", "negative")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Officials captured two drug traffickers in Dorsa.", ("COERCE", "arrest")),
        ("The brigade captured two soldiers at the ford.", ("ASSAULT", "abduct")),
        ("The guerrillas vowed to sabotage the election.", ("THREATEN", None)),
        ("The court found the minister guilty of fraud.", ("SANCTION", "convict")),
    ],
)
def test_arrest_capture_and_verdict(text: str, wanted: tuple[str, str]) -> None:
    (event,) = events(text)
    assert (event.event_type, event.mode) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The militants entered Norvia through the airport on a false passport.",
        "Let us agree to the plan of the council.",
        "A nation that is willing to fight crime deserves help.",
        "The troops surrounded the embassy with barbed wire.",
        "The troops have made progress in the valley.",
        "The government was sworn in on 1 June to end the war.",
        "There is no extradition treaty between Norvia and Karsh.",
    ],
)
def test_none_of_these_is_force_control_or_a_promise(text: str) -> None:
    kinds = {e.event_type or e.mode for e in events(text)}
    assert not kinds & {"ASSAULT", "AGREE", "control"}
    assert not [e for e in events(text) if e.made_by.rule == "act.control"]


def test_what_somebody_is_arrested_for_is_a_charge() -> None:
    found = events("The president announced the arrest of 45 soldiers for killing six clergymen.")
    assert "killing" not in [e.exact for e in found]


@pytest.mark.parametrize(
    "text",
    ["Not all of the hostages have been released.", "Not all hostages have been released."],
)
def test_not_all(text: str) -> None:
    (event,) = events(text)
    assert event.polarity == "negative"


def test_what_is_only_talked_about() -> None:
    found = events("The senators are talking about cutting off aid to the army.")
    assert {e.status for e in found if e.event_type == "SANCTION"} <= {"hypothetical"}
