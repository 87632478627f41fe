"""Who dies in a flood, a crash or a fire was not attacked; who dies in what an attack did, was."""

from __future__ import annotations

import pytest
from tests.events.reading import events


@pytest.mark.parametrize(
    "text",
    [
        "Two people were killed on Monday night after the flood wall gave way in Sarvik.",
        "The dam burst and killed 40 people in the valley.",
        "The flood wall gave way on Monday night and killed seven people, the mayor said.",
        "At least 12 people were killed when a bus plunged into a ravine near Karvan.",
        "Three workers were killed in a fire at a factory in Dorsa.",
        "A house collapse killed four children in Old Mill on Tuesday.",
        "Seven people died and 20 were injured in a road accident near Upper Lenn.",
        "Five passengers were killed in a train derailment.",
        "A stampede at the stadium killed 11 fans.",
        "A cholera outbreak has killed 60 people in the camps.",
        "Two soldiers were killed when their helicopter crashed in the mountains.",
    ],
)
def test_nobody_attacked(text: str) -> None:
    assert not [e for e in events(text) if e.event_type == "ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers killed two men after the flood wall gave way.",
        "Six people were killed when the building collapsed after an air strike.",
        "Three fighters were killed in heavy fire from the hills.",
        "An explosion killed five people at the market.",
        "The army killed two men during the flood.",
    ],
)
def test_somebody_did(text: str) -> None:
    assert [e for e in events(text) if e.event_type == "ASSAULT"]
