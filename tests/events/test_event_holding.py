"""People who are held, vehicles that are stopped, and who is not asked."""

from __future__ import annotations

import pytest
from tests.events.reading import events


def test_drivers_whom_gunmen_hold_are_counted_as_abducted() -> None:
    stopped, held = events(
        "Gunmen stopped six buses on the road to Karsava on Tuesday and held nine drivers for"
        " four hours, the governor said."
    )
    assert (stopped.event_type, stopped.mode) == ("COERCE", "restrict")
    assert [r.exact for r in stopped.recipient] == ["buses"]
    assert (held.event_type, held.mode) == ("ASSAULT", "abduct")
    assert [(q.role, q.low, q.high) for q in held.quantities] == [("abducted", 9, 9)]


def test_stopping_the_buses_can_be_denied() -> None:
    (denied,) = events("The Front denied that its fighters had stopped the buses.")
    assert (denied.event_type, denied.polarity) == ("COERCE", "negative")
    assert denied.said_by[-1].who == "The Front"


def test_those_whom_soldiers_hold_are_arrested() -> None:
    (held,) = events("Soldiers held the reporter for six hours at a checkpoint.")
    assert (held.event_type, held.mode) == ("COERCE", "arrest")


@pytest.mark.parametrize(
    "words",
    [
        "The rebels held elections in March.",
        "Police held back the reporters.",
        "The soldiers stopped at a petrol station.",
        "Police stopped two cars.",
    ],
)
def test_not_all_that_is_held_or_stopped(words: str) -> None:
    assert not events(words)


def test_a_place_that_people_are_to_leave_is_not_asked() -> None:
    (asked,) = events(
        "Drivers' families demanded that the men be released from the field hospital."
    )
    assert asked.recipient == ()
    (asked,) = events("They demanded the release of the men from the Front.")
    assert [r.exact for r in asked.recipient] == ["the Front"]
