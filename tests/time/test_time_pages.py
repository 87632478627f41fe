"""Whole pages of our own: each time they name, in order, with its value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from time_reading import draft_of, with_times

from sayso.model.annotation import Timex

PAGES = yaml.safe_load(Path(__file__).with_name("time_pages.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=[p["name"] for p in PAGES])
def test_page(page: dict[str, Any]) -> None:
    draft = with_times(draft_of(page["text"], page["written"], parse=True))
    assert [[t.exact, t.value] for t in draft.of(Timex)] == page["times"]
