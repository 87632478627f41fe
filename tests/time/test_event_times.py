"""The time of happening apart from the time of saying, by the cases of event_times.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from time_reading import draft_of, with_times

from sayso.reading.timex_events import time_of_event

CASES = yaml.safe_load((Path(__file__).parent / "event_times.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['trigger']}: {c['text'][:50]}")
def test_time_of_event(case: dict[str, Any]) -> None:
    draft = with_times(draft_of(case["text"], "2019-01-09", parse=True))
    [tree] = draft.trees()
    trigger = next(t for t in tree if t.text == case["trigger"])
    found = time_of_event(draft, tree, trigger)
    assert (found.exact if found else None) == case["time"]
