"""With what, how many times, and who puts a figure: each in its own field."""

from __future__ import annotations

import pytest
from tests.events.reading import events

from sayso.knowledge.tables import load_yaml

KINDS = load_yaml("lang", "en", "events", "weapons.yaml")
WEAPONS = [
    ("A drone strike killed the quartermaster.", [], ["drone strike"], "drone"),
    ("Raiders killed four herders with machetes.", ["Raiders"], ["machetes"], "primitive"),
    ("The army shelled the town using howitzers.", ["The army"], ["howitzers"], "heavy-weapons"),
    ("Ten people were killed by a car bomb in Belan.", [], ["car bomb"], "explosives"),
    ("Police fired tear gas at the marchers.", ["Police"], ["tear gas"], "crowd-control"),
    ("Rebels fired rockets at the airport.", ["Rebels"], ["rockets"], "heavy-weapons"),
    ("An attack by the Dawn Front killed two guards.", ["Dawn Front"], [], None),
    ("A strike near the mill destroyed two tanks.", [], [], "destroy"),
]
GRANULARITY = [
    ("The Dawn Front carried out forty attacks on the depot.", "episode"),
    ("The Dawn Front carried out an attack on the depot.", "event"),
    ("The Karsh Brigade lost its battle with the Dawn Front.", "summary"),
]


@pytest.mark.parametrize(("text", "actor", "weapon", "mode"), WEAPONS, ids=[c[0] for c in WEAPONS])
def test_means_are_no_party(
    text: str, actor: list[str], weapon: list[str], mode: str | None
) -> None:
    event = next(e for e in events(text) if e.event_type == "ASSAULT")
    assert [a.exact for a in event.actor] == actor
    assert [a.exact for a in event.weapon] == weapon
    assert event.mode == mode


@pytest.mark.parametrize("row", KINDS, ids=lambda r: r["kind"])
def test_each_kind_carries_an_example_and_a_counter_example(row: dict[str, str]) -> None:
    found = [e for e in events(row["example"]) if e.event_type == "ASSAULT"]
    assert found
    if row["mode"]:
        assert row["mode"] in [e.mode for e in found]
    assert not [a for e in events(row["not"]) for a in e.weapon]


@pytest.mark.parametrize(("text", "expected"), GRANULARITY, ids=[c[0] for c in GRANULARITY])
def test_granularity(text: str, expected: str) -> None:
    assert expected in [e.granularity for e in events(text) if e.event_type == "ASSAULT"]


def test_a_boast_is_no_charge() -> None:
    text = "The Dawn Front claimed that it had attacked the depot."
    assert "ACCUSE" not in [e.event_type for e in events(text)]
    text = "The governor claimed that the Dawn Front had attacked the depot."
    assert "ACCUSE" in [e.event_type for e in events(text)]


def test_claims_and_denials_of_responsibility() -> None:
    for text, act, who in (
        ("The Dawn Front claimed responsibility for the blast.", "claims_responsibility", "Dawn"),
        ("The army denied any involvement in the blast.", "denies_responsibility", "army"),
    ):
        event = next(e for e in events(text) if e.act == act)
        assert any(who in a.exact for a in event.actor)


def test_confidence_says_how_sure_the_reading_is() -> None:
    told = next(e for e in events("Rebels attacked the depot.") if e.event_type == "ASSAULT")
    planned = [e for e in events("The plan to attack the depot worried the clerks.") if e.actor]
    assert told.confidence > 0.8
    assert all(e.confidence < told.confidence for e in planned)
