"""Counts by role, whose they are, and which is part of which."""

from __future__ import annotations

import pytest
from tests.events.reading import events

CASES = [
    ("The bombing killed 12 people and wounded 30.", [("killed", 12), ("injured", 30)]),
    ("Gunmen killed six civilians, including two women, in Belan.",
     [("killed", 6), ("killed", 2)]),
    ("Police opened fire on marchers, killing one man and arresting 12 others.",
     [("killed", 1), ("arrested", 12)]),
    ("Police arrested more than 100 people at the rally.", [("arrested", 100)]),
    ("Gunmen abducted three engineers near the mine.", [("abducted", 3)]),
    ("Forty fighters surrendered to the army.", [("surrendered", 40)]),
    ("Two soldiers were killed and ten others were wounded in an ambush.",
     [("killed", 2), ("injured", 10)]),
    ("Hundreds of nurses marched through the capital against the cuts.", [("size", 200)]),
    ("A guard was killed in a clash with smugglers.", [("killed", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_counts(text: str, expected: list[tuple[str, float]]) -> None:
    found = [(q.role, q.low) for e in events(text) for q in e.quantities]
    for row in expected:
        assert row in found, found


def test_part_of_a_larger_figure() -> None:
    counts = [
        q
        for e in events("Gunmen killed six civilians, including two women, in Belan.")
        for q in e.quantities
    ]
    assert counts[1].subset_of == 0
    assert counts[0].civilian == "civilian"
    assert counts[0].of == "recipient"
