"""Numbers and what they count, by the cases of cases.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sayso.language.syntax import default_parser
from sayso.model.annotation import Quantity
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft
from sayso.reading.quantities import Quantities
from sayso.reading.timex import Timexes

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


def quantities(text: str) -> list[Quantity]:
    parts = (Part(id="p1", kind="body", start=0, end=len(text)),)
    draft = Draft(Document(id="d", text=text, parts=parts), default_parser())
    for stage in (Timexes(), Quantities()):
        for annotation in stage.read(draft):
            draft.add(annotation)
    return draft.of(Quantity)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_case(case: dict[str, Any]) -> None:
    found = quantities(case["text"])
    got = [
        {
            "exact": q.exact,
            "low": q.low,
            "high": q.high,
            "unit": q.unit,
            **({"marks": marks} if (marks := ">" * q.low_exclusive + "~" * q.approximate) else {}),
        }
        for q in found
    ]
    assert got == case["gives"]


def test_head_span_is_the_noun() -> None:
    text = "More than 400 militants of the group arrived."
    [found] = quantities(text)
    assert (found.head_start, found.head_end) == (14, 23)
    assert text[14:23] == "militants"
