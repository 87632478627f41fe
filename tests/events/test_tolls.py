"""A figure of those killed in a sentence of its own is another telling of the attack before it."""

from __future__ import annotations

import pytest
from tests.events.reading import events

from sayso.knowledge.tables import load_yaml
from sayso.model.annotation import Event

TOLLS = load_yaml("lang", "en", "events", "tolls.yaml")
ATTACK = "A drone strike hit a market in Karvan on Monday, the town council said. "
FLOOD = "A flood hit a market in Karvan on Monday, the town council said. "


def _tolls(text: str) -> list[Event]:
    return [e for e in events(text) if e.made_by.rule == "assault.toll"]


@pytest.mark.parametrize("row", TOLLS["patterns"], ids=lambda r: r["example"][:30])
def test_each_phrase_gives_its_figure(row: dict[str, str]) -> None:
    (toll,) = _tolls(ATTACK + row["example"])
    assert toll.event_type == "ASSAULT" and toll.mode == "drone"
    assert [q.role for q in toll.quantities] == ["killed"]
    assert toll.quantities[0].low in (9, 17, 23, 40)
    assert not _tolls(FLOOD + row["example"])
    assert not _tolls(ATTACK + row["not"])


def test_rival_figures_stand_side_by_side_with_who_says_so() -> None:
    text = (
        "A drone strike on a market in Karvan killed at least 11 people on Monday, the council"
        " said. The Valley Doctors Network put the death toll at 17, including four children."
    )
    found = [e for e in events(text, "2025-03-25") if e.event_type == "ASSAULT"]
    assert [e.quantities[0].low for e in found] == [11, 17]
    first, second = found
    assert (second.mode, second.place, second.time) == (first.mode, first.place, first.time)
    assert second.said_by[-1].who != first.said_by[-1].who
    assert "Doctors Network" in (second.said_by[-1].who or "")


def test_a_toll_with_which_a_deed_is_told_is_its_own() -> None:
    (event,) = events("Rebels attacked the port at dawn, with a toll of three dead.")
    assert [(q.role, q.low) for q in event.quantities] == [("killed", 3)]


def test_the_toll_of_something_else_stays_apart() -> None:
    found = events("Rebels killed the mayor, and officials put the death toll of the war at 4,000.")
    assert all(q.low != 4000 for e in found if e.exact == "killed" for q in e.quantities)
