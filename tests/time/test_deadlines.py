"""Deadline phrases to intervals, by the cases of deadlines.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from time_reading import draft_of, with_times

from sayso.model import edtf
from sayso.reading.timex_deadline import deadline

CASES = yaml.safe_load((Path(__file__).parent / "deadlines.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "case", CASES, ids=lambda c: f"{c['published'] or 'no date'}: {c['text'][:50]}"
)
def test_deadline(case: dict[str, Any]) -> None:
    text = case["text"]
    kind = "comment" if case.get("comment") else "body"
    draft = with_times(draft_of(text, case["published"] or None, kind=kind))
    start = text.rfind(". ", 0, -2) + 2 if ". " in text[:-2] else 0
    found = deadline(draft, start, len(text))
    if case.get("none"):
        assert found is None
        return
    assert found is not None
    assert (found.edtf, found.words.exact) == (case["due"], case["words"])
    assert (found.restated.exact if found.restated else None) == case.get("restated")
    assert found.vague == case.get("vague", False)
    assert text[found.words.start : found.words.end] == found.words.exact


def test_two_statements_that_disagree_are_an_issue() -> None:
    text = "It falls by March 2, before March 1 at the latest."
    draft = with_times(draft_of(text, "2019-01-09"))
    found = deadline(draft, 0, len(text))
    assert found is not None and found.edtf == "2019-01-09/2019-03-02"
    assert "2019-02-28" in found.note
    assert [i.code for i in draft.issues] == ["deadline-contradiction"]


def test_a_comment_without_a_date_is_counted_from_the_article_with_doubt() -> None:
    from sayso.model.document import Document, Part
    from sayso.reading.draft import Draft

    text = "They left.\n\nGone in two weeks."
    parts = (
        Part(id="p1", kind="body", start=0, end=10),
        Part(id="p2", kind="comment", start=12, end=len(text), author="a reader", depth=1),
    )
    document = Document(id="d", text=text, parts=parts, published="2019-01-07")
    draft = with_times(Draft(document, draft_of(text).parser))
    found = deadline(draft, 12, len(text))
    assert found is not None and found.edtf == "2019-01-07?/2019-01-21?"
    assert edtf.parse(found.edtf) is not None
    assert "no date of its own" in found.note
