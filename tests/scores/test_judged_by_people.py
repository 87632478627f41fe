"""Grades, commenters across pages, what control says of a forecast, reminders: people decide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli.app import app
from sayso.errors import UsageError
from sayso.knowledge.tables import load_csv
from sayso.language.syntax import default_parser
from sayso.model.capture import Capture
from sayso.page.jsonl import document
from sayso.reading import chain
from sayso.record.record import Record
from sayso.service import ask, grades, reminders, score
from sayso.service.judge import judge, undo

DAY = "2019-01-07"
THREAD = [{"id": "1", "parent": None, "author": "Olmo", "published": DAY,
           "text": "The army will take Afrin within a week."}]  # fmt: skip
PAGES: list[tuple[str, str, list[dict[str, object]]]] = [
    ("Example Gazette", "Nothing happened in the village.", THREAD),
    ("Northern Post", "The army captured Afrin on January 12, residents said. The town had been"
     " held by the rebels.", []),
    ("Harbour Mail", "Turkey shelled Idlib on January 3. The minister said the strike will end by"
     " January 20.", THREAD),
]  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    now = datetime(2019, 3, 1, tzinfo=UTC)
    with Record(tmp_path / "r.db", who="tester", now=lambda: now) as kept:
        for n, (publisher, text, comments) in enumerate(PAGES):
            published = "2019-01-13" if n == 1 else DAY
            row = {"id": str(n), "text": text, "publisher": publisher, "published": published,
                   "comments": comments}  # fmt: skip
            capture = Capture(payload=json.dumps(row).encode(), key=str(n))
            kept.add([chain.read(document(capture), capture, default_parser())], reader="test")
        yield kept


def telling(record: Record) -> str:
    found = record.database.value("SELECT id FROM telling ORDER BY seq LIMIT 1")
    return str(found)


def test_the_table_of_grades_has_misp_s_tags() -> None:
    rows = load_csv("record", "admiralty.csv")
    assert [r["grade"] for r in rows] == list("ABCDEF123456")
    for row in rows:
        assert row["tag"] == f'admiralty-scale:{row["scale"]}="{row["grade"].lower()}"'


def test_nobody_graded_anything_before_a_person_did(record: Record) -> None:
    assert grades.grades(record) == []


def test_a_person_grades_a_telling(record: Record) -> None:
    subject = telling(record)
    made = judge(record, "grade", subject, verdict="b2", why="two visits, photos", who="Ada")
    judge(record, "grade", subject, verdict="C", why="not seen before", who="Bea")
    first, second = grades.grades(record, subject)
    assert (first.grade, first.meanings) == ("B2", ("Usually reliable", "Probably true"))
    assert first.misp == (
        'admiralty-scale:source-reliability="b"', 'admiralty-scale:information-credibility="2"',
    )  # fmt: skip
    assert first.words
    assert (second.grade, second.who) == ("C", "Bea")
    undo(record, made.id, why="mixed up", who="Ada")
    assert [g.grade for g in grades.grades(record)] == ["C"]


@pytest.mark.parametrize(
    ("verdict", "why", "match"),
    [("G1", "x", "a letter A-F"), ("", "x", "a letter"), ("7", "x", "a letter"),
     ("B2", "", "rests on"), ("B2", None, "rests on")],
)  # fmt: skip
def test_grades_that_make_no_sense(
    record: Record, verdict: str, why: str | None, match: str
) -> None:
    with pytest.raises(UsageError, match=match):
        judge(record, "grade", telling(record), verdict=verdict, why=why)


def test_a_source_has_a_letter_and_an_event_a_digit(record: Record) -> None:
    event = str(record.database.value("SELECT id FROM event LIMIT 1"))
    with pytest.raises(UsageError, match="not an event"):
        judge(record, "grade", event, verdict="A", why="x")
    judge(record, "grade", event, verdict="3", why="x")
    actor = record.database.value("SELECT id FROM entity WHERE kind = 'actor' LIMIT 1")
    with pytest.raises(UsageError, match="a source has A-F"):
        judge(record, "grade", str(actor), verdict="2", why="x")
    judge(record, "grade", str(actor), verdict="F", why="x")
    assert [g.grade for g in grades.grades(record)] == ["3", "F"]


def test_an_outcome_is_one_of_five_whoever_gives_it(record: Record) -> None:
    forecast = ask.forecasts(record).rows[0].id
    with pytest.raises(UsageError, match="an outcome is one of"):
        judge(record, "outcome", forecast, verdict="maybe", why="x")
    with pytest.raises(UsageError, match="no forecast"):
        judge(record, "outcome", telling(record), verdict="true", why="x")


def test_a_commenter_is_scored_across_pages_only_for_a_recorded_reason(record: Record) -> None:
    with pytest.raises(UsageError, match="only where a person recorded why"):
        score.score(record, "person", person="Olmo")
    with pytest.raises(UsageError, match="only where a person recorded why"):
        score.score(record, "person")
    with pytest.raises(UsageError, match="only for a reason"):
        judge(record, "across", "reader:Olmo", verdict="curious", why="x")
    with pytest.raises(UsageError, match="how that is known"):
        judge(record, "across", "reader:Olmo", verdict="own wish")
    with pytest.raises(UsageError, match="nobody of that name"):
        judge(record, "across", "reader:Nobody", verdict="own wish", why="letter of 3 March")
    made = judge(record, "across", "reader:Olmo", verdict="own wish", why="letter of 3 March")
    (group,) = score.score(record, "person", person="Olmo")
    assert (group.name, group.forecasts) == ("Olmo (own wish)", 2)
    assert len(score.score(record, "reader")) == 2  # within each page they stay two
    undo(record, made.id, why="changed his mind")
    with pytest.raises(UsageError, match="recorded why"):
        score.score(record, "person")


def test_states_of_control_speak_to_a_forecast(record: Record) -> None:
    forecast = next(f for f in ask.forecasts(record, limit=None).rows if "Afrin" in f.words)
    found = score.proposals(record, forecast.id)
    states = [p for p in found if p.control is not None]
    assert states
    assert all("Afrin" in p.matches and "Afrin" in p.words for p in states)
    assert forecast.outcome is None


def test_what_is_due_soon_and_the_reminder(record: Record) -> None:
    assert score.due(record, on="2019-01-08") == []
    soon = score.due(record, on="2019-01-08", ahead=14)
    assert {f.due_to for f in soon} == {"2019-01-14", "2019-01-20"}
    assert score.reminder(record) == "3 forecasts wait for a decision: sayso due"
    for forecast in score.due(record):
        judge(record, "outcome", forecast.id, verdict="void", why="x")
    assert score.reminder(record) is None


def test_a_calendar_of_what_falls_due(record: Record, tmp_path: Path) -> None:
    target = tmp_path / "due.ics"
    ran = CliRunner().invoke(
        app, ["due", "--record", record.path, "--calendar", str(target), "--json"]
    )
    assert ran.exit_code == 0
    text = target.read_bytes().decode()
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20190115" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "Olmo" not in text  # a reader's name does not leave


def test_a_long_line_of_a_calendar_is_folded() -> None:
    pieces = list(reminders._folded("SUMMARY:" + "é, " * 200))
    assert all(len(p.encode()) <= 75 for p in pieces)
    assert pieces[0] + "".join(p[1:] for p in pieces[1:]) == "SUMMARY:" + "é, " * 200


def test_the_commands(record: Record) -> None:
    path = record.path
    run = CliRunner().invoke
    refused = run(app, ["score", "--by", "person", "--person", "Olmo", "--record", path])
    assert isinstance(refused.exception, UsageError)
    assert "3 forecasts wait" in run(app, ["forecasts", "--record", path]).stderr
    judged = run(app, ["judge", "grade", telling(record), "--verdict", "B2", "--why", "seen it",
                       "--record", path])  # fmt: skip
    assert judged.exit_code == 0
    shown = run(app, ["grades", "--json", "--record", path])
    assert json.loads(shown.stdout)["grade"] == "B2"
    assert "Probably true" in run(app, ["grades", "--record", path]).stdout
