"""Matrices, the forecast board, forecasters, ties between actors, reporting lag."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.knowledge import tables
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.record.scores import Judged, score
from sayso.service import ask, lag, matrix, ties, words
from sayso.service import judge as judging
from sayso.service.score import GroupScore
from sayso.service.words import TYPES
from sayso.web.app import create_app
from sayso.web.routes_views import points


@pytest.fixture(scope="module")
def client(record_path: Path) -> TestClient:
    return TestClient(create_app(record_path))


def test_the_matrix_shows_every_stance(client: TestClient, record_path: Path) -> None:
    with Record(record_path, readonly=True) as record:
        known = matrix.matrices(record)
    assert known
    told = client.get("/claims/matrix.json").json()
    assert {m["id"] for m in told} == {m.id for m in known}
    cells = list(csv.DictReader(io.StringIO(client.get("/claims/matrix.csv").text)))
    assert len(cells) == sum(len(p.stances) for m in known for p in m.propositions)
    shown = client.get("/claims").text
    # The page shows those of the pages that its list begins with.
    rows = [r for r in client.get("/claims.json").json()["rows"] if r["document"]]
    first = list(dict.fromkeys(r["document"] for r in rows))[:4]
    with Record(record_path, readonly=True) as record:
        here = {m.id for d in first for m in matrix.matrices(record, Filters(page=d))}
    assert shown.count('class="card matrix"') == min(12, len(here)) > 0
    assert "● asserts" in shown and "✕ denies" in shown and "– silent" in shown


def test_matrices_leave_without_names(record_path: Path, client: TestClient) -> None:
    outside = TestClient(create_app(record_path, names=False))
    for path in ("/claims", "/claims/matrix.json", "/claims/matrix.csv", "/forecasts"):
        assert "plainsman" in client.get(path).text, path
        hidden = outside.get(path).text
        assert "plainsman" not in hidden and "Old Cartographer" not in hidden, path


def test_the_board_holds_every_forecast(client: TestClient) -> None:
    shown = client.get("/forecasts").text
    counts = re.findall(r'<h2>[^<]+<span class="soft num">(\d+)</span>', shown)
    total = client.get("/forecasts.json?limit=1000").json()["total"]
    assert len(counts) == 4 and sum(map(int, counts)) == total
    assert "nothing is scored under 5" in shown


def test_a_judged_forecast_moves_on_the_board(tmp_path: Path, record_path: Path) -> None:
    path = tmp_path / "judged.db"
    path.write_bytes(record_path.read_bytes())
    with Record(path) as record:
        rows = ask.forecasts(record, limit=None).rows
        due = [r for r in rows if r.due_to and r.probability is not None][:1]
        for row in due:
            judging.judge(record, "outcome", row.id, verdict="true", why="it came", who="Ada")
    shown = TestClient(create_app(path)).get("/forecasts").text
    assert re.search(r'Judged <span class="soft num">1</span>', shown)


def test_calibration_shows_only_bins_that_say_something() -> None:
    judged = [Judged("true", (0.9, 0.9))] * 6 + [Judged("false", (0.1, 0.1))] * 3
    made = GroupScore(name="x", forecasts=9, open=0, undated=0, due=0, early=0, reading="middle",
                      score=score(judged))  # fmt: skip
    low, high = points(made)
    assert (low.n, low.came) == (3, None)
    assert (high.said, high.came, high.n) == (90.0, 100.0, 6)


def test_a_reader_is_known_within_one_page_only(client: TestClient) -> None:
    shown = client.get("/forecasts").text
    links = [x.replace("&amp;", "&") for x in re.findall(r'href="(/forecaster\?[^"]+)"', shown)]
    assert links
    for link in set(links):
        assert client.get(link).status_code == 200, link
        if "tier=reader" in link:
            assert "page=" in link
            bare = re.sub(r"&page=[^&]+", "", link)
            assert client.get(bare).status_code == 400
            assert client.get(bare.replace("/forecaster", "/forecaster.json")).status_code == 400
    assert client.get("/forecaster?who=Nobody&tier=official").status_code == 404
    named = next(x for x in links if "tier=reader" not in x)
    data = client.get(named.replace("/forecaster?", "/forecaster.json?")).json()
    assert data["score"]["forecasts"] == len(data["rows"]) > 0


def test_a_reader_elsewhere_has_no_name(record_path: Path, client: TestClient) -> None:
    outside = TestClient(create_app(record_path, names=False))
    shown = client.get("/forecasts").text
    link = next(x for x in re.findall(r'href="(/forecaster\?[^"]+)"', shown) if "reader" in x)
    assert outside.get(link.replace("&amp;", "&")).status_code == 404


def test_ties_carry_their_evidence(client: TestClient, record_path: Path) -> None:
    with Record(record_path, readonly=True) as record:
        found = ties.ties(record, Filters(), limit=None)
    assert found.rows
    for tie in found.rows:
        for event in tie.evidence:
            row = client.get(f"/events/{event}.json").json()["row"]
            roles = {a["id"]: a["role"] for a in row["actors"]}
            assert {roles[tie.left], roles[tie.right]} == {"actor", "recipient"}
            assert row["status"] in ("occurred", "ongoing") and row["polarity"] == "positive"
        page = client.get(f"/actors/{tie.left}").text
        assert tie.relation in page and f'data-event="{tie.evidence[0]}"' in page
    assert client.get("/actors/actor:nobody").status_code == 404
    assert "Who fights, backs, hosts whom" in client.get("/actors").text


def test_every_relation_is_of_a_known_type() -> None:
    for row in tables.load_csv("record", "ties.csv", required=("relation", "event_type", "who")):
        assert row["event_type"] in TYPES and row["who"] in ("actor", "recipient")
        assert row["example"] and row["not"]


def test_the_lag_counts_every_telling_once(client: TestClient, record_path: Path) -> None:
    with Record(record_path, readonly=True) as record:
        found = lag.lag(record)
        total = ask.counts(record)["tellings"]
    assert sum(n for _, n in found.bins) == found.tellings > 0
    assert found.tellings + found.ahead + found.undated == total
    assert client.get("/timeline.json").json()["lag"]["tellings"] == found.tellings
    assert "How long after it happened it was said" in client.get("/timeline").text


def test_a_likelihood_is_told_in_its_words() -> None:
    assert words.likelihood(None, None) == "unhedged"
    assert words.likelihood(None, "I think") == "“I think”"
    assert words.likelihood((0.2, 0.2), "20 percent") == "“20 percent” (20 %)"
    assert words.likelihood((0.1, 0.25), "unlikely") == "“unlikely” (10-25 %)"
