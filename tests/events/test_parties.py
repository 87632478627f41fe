"""Who does it and to whom where the parser's tree is misleading: parties.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.events.reading import events

CASES = yaml.safe_load((Path(__file__).parent / "parties.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_parties(case: dict[str, Any]) -> None:
    found = events(case["text"])
    wanted = [
        (
            e["trigger"],
            e["type"],
            e.get("mode"),
            e.get("actor", []),
            e.get("recipient", []),
        )
        for e in case["events"]
    ]
    assert [
        (
            e.exact,
            e.event_type,
            e.mode,
            [a.exact for a in e.actor],
            [a.exact for a in e.recipient],
        )
        for e in found
    ] == wanted
    for event, told in zip(found, case["events"], strict=True):
        assert event.status == told.get("status", event.status)
        assert event.polarity == told.get("polarity", event.polarity)
        assert event.act == told.get("act", event.act)
        if "place" in told:
            assert [a.exact for a in event.place] == told["place"]
