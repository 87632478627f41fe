"""From pages to judged forecasts: due, proposals, decisions, scores by group."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli.app import app
from sayso.errors import UsageError
from sayso.language.syntax import default_parser
from sayso.model.capture import Capture
from sayso.page.jsonl import document
from sayso.reading import chain
from sayso.record.record import Record
from sayso.service import ask, score
from sayso.service.judge import undo

SAID = "2019-01-07"
FORECASTS = [
    "The army will take Afrin within a week.",
    "Idlib will probably fall within three weeks.",
    "It is unlikely that the army will leave Aleppo by the end of January.",
    "The rebels will be gone from Aleppo in ten days.",
    "They will take Idlib by the end of the year.",
    "Turkey will lose the north one day.",
]


def page(key: str, text: str, comments: list[str], published: str) -> dict[str, object]:
    rows = [
        {"id": str(n), "parent": None, "author": "Olmo", "text": c, "published": published}
        for n, c in enumerate(comments)
    ]
    return {"id": key, "text": text, "publisher": "Example Gazette", "published": published,
            "comments": rows}  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    pages = [
        page("one", "Nothing happened in the village.", FORECASTS, SAID),
        page("two", "The army captured Afrin on January 12.", [], "2019-01-13"),
        page("three", "It was quiet.", FORECASTS[:1], SAID),
    ]
    now = datetime(2019, 3, 1, tzinfo=UTC)
    with Record(tmp_path / "r.db", who="tester", now=lambda: now) as kept:
        for row in pages:
            capture = Capture(payload=json.dumps(row).encode(), key=str(row["id"]))
            kept.add([chain.read(document(capture), capture, default_parser())], reader="test")
        yield kept


def found(record: Record, words: str) -> str:
    rows = ask.forecasts(record, limit=None).rows
    return next(f.id for f in rows if words in f.words)


def test_only_what_is_past_its_day_is_due(record: Record) -> None:
    words = [f.words for f in score.due(record)]
    assert any("within a week" in w for w in words)
    assert not any("end of the year" in w or "one day" in w for w in words)
    assert score.due(record, on="2019-01-07") == []


def test_events_that_speak_to_it_are_proposed_and_decide_nothing(record: Record) -> None:
    near = score.proposals(record, found(record, "take Afrin"))
    assert near
    assert "Afrin" in near[0].matches
    assert near[0].event.words.startswith("The army captured Afrin")
    assert all(f.outcome is None for f in ask.forecasts(record, limit=None).rows)


def test_a_decision_counts_can_be_undone_and_leaves_a_history(record: Record) -> None:
    forecast = found(record, "take Afrin")
    made = score.decide(record, forecast, "true", why="captured on 12 January")
    (group,) = score.score(record)
    assert (group.score.hits, group.score.counts["true"]) == (1, 1)
    undo(record, made.id, why="wrong town")
    (group,) = score.score(record)
    assert group.score.hits == 0
    assert [j.act for j in score.history(record, forecast)] == ["outcome", "undo"]


def test_an_early_yes_waits_for_its_day(record: Record) -> None:
    score.decide(record, found(record, "end of the year"), "true", why="early")
    (group,) = score.score(record)
    assert (group.early, group.score.hits) == (1, 0)
    (later,) = score.score(record, on="2020-01-02")
    assert (later.early, later.score.hits) == (0, 1)


def test_the_same_name_on_two_pages_stays_two(record: Record) -> None:
    names = [g.name for g in score.score(record, "reader")]
    assert len(names) == 2
    assert all(n.startswith("Olmo on ") for n in names)


def test_no_rate_under_five_and_the_reading_is_stated(record: Record) -> None:
    score.decide(record, found(record, "probably fall"), "true", why="it fell")
    (group,) = score.score(record)
    assert (group.score.scored, group.score.brier, group.score.hit_rate) == (1, None, None)
    assert "middle of the interval" in group.reading


def test_groups_and_outcomes_that_there_are_not(record: Record) -> None:
    with pytest.raises(UsageError):
        score.decide(record, found(record, "take Afrin"), "maybe", why="x")
    with pytest.raises(UsageError):
        score.score(record, "colour")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "due", "name"),
    [("2019-01-07", "2019-01-10", "within a week"), ("2019-01-07", "2019-02-07", "within a month"),
     ("2019-01-07", "2021-01-01", "longer than a year"), (None, "2019-01-01", "unknown")],
)  # fmt: skip
def test_horizons(said: str | None, due: str, name: str) -> None:
    assert score.horizon(said, due) == name


def test_the_commands(record: Record) -> None:
    path = record.path
    shown = CliRunner().invoke(app, ["score", "--record", path, "--by", "horizon", "--json"])
    assert shown.exit_code == 0
    assert {"within a week", "within a month"} <= {
        json.loads(line)["name"] for line in shown.stdout.splitlines()
    }
    listed = CliRunner().invoke(app, ["due", "--record", path])
    assert listed.exit_code == 0
    assert "Afrin" in listed.stdout
