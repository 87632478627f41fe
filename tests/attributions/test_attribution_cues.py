"""The cheap look never overlooks what the whole reading finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sayso.reading.attribution_cues import may_attribute, must_attribute

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
FOUND = [c["text"] for c in CASES if c["want"]]


@pytest.mark.parametrize("text", FOUND, ids=lambda t: t[:40])
def test_what_attributes_passes(text: str) -> None:
    assert may_attribute(text)
    assert may_attribute(text.upper())
    assert may_attribute(text.lower())


@pytest.mark.parametrize(
    "text", ["The front lost its battle in two days.", "Buses crossed the river.", "", "🙂 ١٢"]
)
def test_what_does_not_is_passed_over(text: str) -> None:
    assert not may_attribute(text)


def test_the_stricter_look() -> None:
    assert must_attribute("Residents said the mill burned.")
    assert must_attribute("According to the mayor, it rained.")
    assert not must_attribute("The council welcomed the decision.")
