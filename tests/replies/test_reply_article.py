"""What comments do to the article that they stand under, and the rows that come of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli.app import app
from sayso.language.syntax import default_parser
from sayso.model.annotation import Reply
from sayso.model.capture import Capture
from sayso.model.reading import Reading
from sayso.page.jsonl import document
from sayso.reading import chain
from sayso.record.record import Record
from sayso.service import ask, matrix

ARTICLE = (
    "Seven people were killed when a minibus hit a mine near the village of Harn on Monday, the"
    " governor said. The road had been closed for three weeks. About 40 houses in the village were"
    " damaged in earlier fighting."
)


def read(*comments: str) -> Reading:
    """The article with comments that answer nobody."""
    row = {
        "id": "a", "text": ARTICLE, "publisher": "Coast Wire", "published": "2024-03-05",
        "comments": [
            {"id": str(n), "parent": None, "author": f"Reader {n}", "text": words}
            for n, words in enumerate(comments, 1)
        ],
    }  # fmt: skip
    capture = Capture(payload=json.dumps(row).encode(), key="a")
    return chain.read(document(capture), capture, default_parser())


def given(words: str) -> set[tuple[str, str | None]]:
    """(act, the article's words that are meant) of one comment."""
    reading = read(words)
    replies = [a for a in reading.annotations if isinstance(a, Reply)]
    body = next(p.id for p in reading.document.parts if p.kind == "body")
    assert all(r.to_part == body for r in replies)
    text = reading.document.text
    assert all(r.to is None or text[r.to.start : r.to.end] == r.to.exact for r in replies)
    return {(r.act, r.to.exact if r.to else None) for r in replies}


@pytest.mark.parametrize(
    ("words", "want"),
    [
        (
            "Source? I read it was five dead.",
            {("asks_source", "Seven people"), ("disputes", "Seven people")},
        ),
        (
            "It was five people, not seven.",
            {("disputes", "Seven people"), ("corrects", "Seven people")},
        ),
        (
            "Seven? The hospital counted nine.",
            {("disputes", "Seven people"), ("corrects", "Seven people")},
        ),
        (
            "My sister lives there and says nine dead, not seven.",
            {("disputes", "Seven people"), ("corrects", "Seven people")},
        ),
        ("Three weeks? It was open on Friday.", {("disputes", "three weeks")}),
        ("Who told you that, the governor?", {("asks_source", None)}),
    ],
    ids=lambda x: str(x)[:20],
)
def test_a_comment_on_the_article(words: str, want: set[tuple[str, str | None]]) -> None:
    assert given(words) == want


@pytest.mark.parametrize(
    "words",
    [
        "My brother lives in one of the 40 houses.",
        "I have two dogs and five people in my family saw this.",
        "They have 12 houses left standing.",
        "So sad, three children without a father.",
        "Where was the governor on Sunday?",
        "This is the third mine this month.",
    ],
    ids=lambda x: x[:20],
)
def test_figures_and_questions_beside_the_article(words: str) -> None:
    assert given(words) == set()


def test_a_comment_with_a_parent_speaks_to_it_alone() -> None:
    row = {
        "id": "a", "text": ARTICLE,
        "comments": [
            {"id": "1", "parent": None, "author": "A", "text": "Terrible."},
            {"id": "2", "parent": "1", "author": "B", "text": "Source? I read it was five dead."},
        ],
    }  # fmt: skip
    capture = Capture(payload=json.dumps(row).encode(), key="a")
    reading = chain.read(document(capture), capture, default_parser())
    comments = {p.id for p in reading.document.parts if p.kind == "comment"}
    assert all(r.to_part in comments for r in reading.annotations if isinstance(r, Reply))


def test_disputes_of_the_article_are_rows_of_the_record(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record(path, who="t", now=lambda: datetime(2024, 3, 9, tzinfo=UTC)) as record:
        reading = read("Source? I read it was five dead.", "Seven? The hospital counted nine.")
        record.add([reading], reader="test")
        rows = ask.disputes(record).rows
        assert [(r.act, r.author, r.to_words) for r in rows] == [
            ("asks_source", "Reader 1", "Seven people"),
            ("disputes", "Reader 1", "Seven people"),
            ("disputes", "Reader 2", "Seven people"),
            ("corrects", "Reader 2", "Seven people"),
        ]
        (found,) = [m for m in matrix.matrices(record) if m.kind == "reply"]
    assert (found.what, found.words, found.open_requests) == ("number", "Seven people", 1)
    assert [(v.name, v.tier) for v in found.voices] == [
        ("Coast Wire", "publisher"), ("Reader 1", "reader"), ("Reader 2", "reader"),
    ]  # fmt: skip
    stances = [
        (row.words, [s.stance for s in row.stances]) for row in found.propositions
    ]  # fmt: skip
    assert stances == [
        ("Seven people", ["asserts", "denies", "denies"]),
        ("five dead", ["denies", "asserts", "denies"]),
        ("nine", ["denies", "denies", "asserts"]),
    ]
    out = CliRunner().invoke(app, ["claims", "--record", str(path)])
    assert "the page: Seven people" in " ".join(out.stdout.split())
