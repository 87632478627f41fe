"""Who asserts, who denies, who is silent: between pages, and among the readers of one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli.app import app
from sayso.language.syntax import default_parser
from sayso.model.capture import Capture
from sayso.model.rows import Matrix
from sayso.page.jsonl import document
from sayso.reading import chain
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import export, matrix

DAY = "2019-01-07"
THREAD = [
    ("1", None, "Tova", "The army captured 250,000 men there in one week."),
    ("2", "1", "Ruben", "Source? I have never read that anywhere."),
    ("3", "1", "Per", "It was 32,000 men, not 250,000. Look it up."),
    ("4", "3", "Tova", "As I said, 250,000 men. My uncle was there and counted them."),
    ("5", "3", "Anke", "Exactly, I agree."),
]
PAGES: list[tuple[str, str, list[tuple[str, str | None, str, str]]]] = [
    ("Example Gazette", "Soldiers shot and killed 12 protesters in Idlib on January 5, the Idlib"
     " Health Directorate said.", []),
    ("Northern Post", "Soldiers shot and killed 40 protesters in Idlib on January 5, the Syrian"
     " Observatory for Human Rights said.", []),
    ("Evening Courier", "The army captured Afrin on January 6, the defence ministry of Turkey"
     " said.", []),
    ("Harbour Mail", "The army did not capture Afrin on January 6, the Kurdish Red Crescent"
     " said.", THREAD),
]  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    now = datetime(2019, 3, 1, tzinfo=UTC)
    with Record(tmp_path / "r.db", who="tester", now=lambda: now) as kept:
        for n, (publisher, text, comments) in enumerate(PAGES):
            row = {
                "id": str(n), "text": text, "publisher": publisher, "published": DAY,
                "comments": [
                    {"id": i, "parent": p, "author": a, "text": t, "published": DAY}
                    for i, p, a, t in comments
                ],
            }  # fmt: skip
            capture = Capture(payload=json.dumps(row).encode(), key=str(n))
            kept.add([chain.read(document(capture), capture, default_parser())], reader="test")
        yield kept


def one(found: list[Matrix], kind: str, what: str) -> Matrix:
    assert found
    return next(m for m in found if (m.kind, m.what) == (kind, what))


def stances(found: Matrix, words: str) -> dict[str, tuple[str, str | None]]:
    row = next(p for p in found.propositions if words in p.words)
    names = {v.id: v.name for v in found.voices}
    return {names[s.voice]: (s.stance, s.act) for s in row.stances}


def test_rival_figures_of_two_pages_stand_against_each_other(record: Record) -> None:
    found = one(matrix.matrices(record), "number", "killed")
    assert {v.outlets for v in found.voices} == {("Example Gazette",), ("Northern Post",)}
    assert all(v.separate for v in found.voices)
    for row in found.propositions:
        assert (row.asserts, row.denies) == (1, 1)
        assert sorted(s.stance for s in row.stances) == ["asserts", "denies"]


def test_what_one_page_says_and_another_denies(record: Record) -> None:
    found = one(matrix.matrices(record), "polarity", "polarity")
    (row,) = found.propositions
    assert (row.asserts, row.denies) == (1, 1)
    assert all(s.words and s.document and s.annotation for s in row.stances)


def test_a_number_among_readers(record: Record) -> None:
    found = one(matrix.matrices(record), "reply", "number")
    assert found.counted == "man" or found.counted == "men"
    high = stances(found, "250,000")
    assert high["Tova"] == ("asserts", "maintains")
    assert high["Per"][0] == "denies"
    low = stances(found, "32,000")
    assert low["Per"][0] == "asserts"
    assert low["Tova"][0] == "denies"
    assert low["Anke"] == ("asserts", "agrees")
    assert all(not v.separate for v in found.voices)


def test_a_request_for_a_source_that_nobody_answers_is_counted(record: Record) -> None:
    asked = [m for m in matrix.matrices(record, Filters(page=None)) if m.open_requests]
    assert asked
    assert any(s.act == "asks_source" and s.stance == "silent"
               for m in asked for p in m.propositions for s in p.stances)  # fmt: skip


def test_every_cell_stands_in_a_row_and_a_column(record: Record) -> None:
    for found in matrix.matrices(record, limit=None):
        voices = {v.id for v in found.voices}
        for row in found.propositions:
            assert {s.voice for s in row.stances} == voices
            assert {s.stance for s in row.stances} <= {"asserts", "denies", "silent"}
            assert any(s.stance != "silent" or s.act for s in row.stances)
        assert len(list(matrix.cells(found))) == len(found.propositions) * len(voices)


def test_the_command_and_the_export_give_the_same(record: Record, tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["claims", "--matrix", "--json", "--record", record.path])
    assert ran.exit_code == 0
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(lines) == len(matrix.matrices(record, limit=None))
    target = tmp_path / "m.jsonl"
    terms = export.Terms(drafts=True)
    done = export.export(record, "jsonl", str(target), table="matrix", terms=terms)
    cells = [json.loads(line) for line in target.read_text().splitlines()]
    assert (
        done.rows == len(cells) == sum(len(p["stances"]) for m in lines for p in m["propositions"])
    )
    assert not any("Tova" in str(c) for c in cells)  # commenters leave under pseudonyms


def test_a_reader_who_tells_an_event_beside_the_pages_leaves_under_a_pseudonym(
    record: Record, tmp_path: Path
) -> None:
    row = {
        "id": "9", "text": "A short page.", "publisher": "Valley Echo", "published": DAY,
        "comments": [
            {"id": "1", "parent": None, "author": "Mirabel", "published": DAY,
             "text": "Soldiers shot and killed 90 protesters in Idlib on January 5."}
        ],
    }  # fmt: skip
    capture = Capture(payload=json.dumps(row).encode(), key="9")
    record.add([chain.read(document(capture), capture, default_parser())], reader="test")
    found = one(matrix.matrices(record, limit=None), "number", "killed")
    assert "Mirabel" in {v.name for v in found.voices}
    leaving = export.Leaving(record, export.Terms(drafts=True), datetime(2019, 3, 1, tzinfo=UTC))
    assert "Mirabel" not in str(leaving.matrix(found))
    target = tmp_path / "m.jsonl"
    export.export(record, "jsonl", str(target), table="matrix", terms=export.Terms(drafts=True))
    assert "Mirabel" not in target.read_text()
    assert "90" in target.read_text()


def test_the_table_for_people(record: Record) -> None:
    ran = CliRunner().invoke(app, ["claims", "--matrix", "--record", record.path])
    assert ran.exit_code == 0
    assert "1 to 1" in ran.stdout
    assert "Tova" in ran.stdout
