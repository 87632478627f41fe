"""Due days that a tree has to show: said of what is to come, though the verb is no plain future."""

from __future__ import annotations

import json

import pytest
from tests.events.reading import parser

from sayso.model.annotation import Forecast
from sayso.model.capture import Capture
from sayso.page.jsonl import document
from sayso.reading import chain


@pytest.mark.parametrize(
    ("text", "published", "due"),
    [
        ("Trains are likely to be packed on Saturday.", "2025-06-19", "2025-06-21/2025-06-21"),
        ("The plant will shut in the first quarter.", "2024-12-11", "2025-01-01/2025-03-31"),
        ("It will not run before 2036.", "2024-10-09", "2024-10-09/2035-12-31"),
    ],
)
def test_due(text: str, published: str, due: str) -> None:
    row = {"id": "t", "text": text, "published": published}
    page = document(Capture(payload=json.dumps(row).encode()))
    reading = chain.read(page, Capture(payload=b"", key="t"), parser())
    (found,) = [a for a in reading.annotations if isinstance(a, Forecast)]
    assert found.due == due


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Mira Talvi, an economist at the bank, projects that rates will fall by May.", "Mira"),
        (
            "The consultancy gives a 70 percent chance that the pound will fall by May.",
            "consultancy",
        ),
        ("The UN will have something to complain about by May, with no chance of peace.", None),
    ],
)
def test_who_foresees(text: str, who: str | None) -> None:
    row = {"id": "t", "text": text, "published": "2024-03-01"}
    page = document(Capture(payload=json.dumps(row).encode()))
    reading = chain.read(page, Capture(payload=b"", key="t"), parser())
    found = [a for a in reading.annotations if isinstance(a, Forecast)]
    assert found
    assert who in (found[0].forecaster.who or "") if who else found[0].forecaster.who is None
