"""The clocks, the chips, the event beside a view, export of a view, one connection per request."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.record.record import Record
from sayso.web.app import create_app
from sayso.web.pool import Pool

TIMED = ("/pages", "/events", "/forecasts", "/claims", "/control", "/actors", "/map", "/timeline")


@pytest.fixture(scope="module")
def client(record_path: Path) -> TestClient:
    return TestClient(create_app(record_path))


@pytest.mark.parametrize("path", TIMED)
def test_every_list_has_both_clocks_and_says_how_they_are_set(
    client: TestClient, path: str
) -> None:
    shown = client.get(path).text
    for name in ("since", "until", "on", "known_by", "basis"):
        assert f'name="{name}"' in shown
    assert 'id="clock"' not in shown
    set_ = client.get(path + "?on=2019-01-05&known_by=2019-01-06&basis=captured").text
    said = re.search(r'id="clock">([^<]+)', set_)
    assert said and "2019-01-05" in said[1] and "held here by 2019-01-06" in said[1]
    assert "Take out known by 2019-01-06" in set_


@pytest.mark.parametrize("path", ("/pages", "/events", "/forecasts", "/claims", "/control"))
def test_the_clocks_change_the_rows(client: TestClient, path: str) -> None:
    def total(query: str) -> int:
        return len(client.get(f"{path}.json{query}").json()["rows"])

    everything = total("?limit=1000")
    assert everything > 0
    assert total("?known_by=1990-01-01") == 0
    assert total("?known_by=1990-01-01&basis=captured") == 0
    assert total("?on=1990-01-01") < everything


def test_actors_count_what_the_filters_ask_for(client: TestClient) -> None:
    every = {r["id"]: r for r in client.get("/actors.json").json()["rows"]}
    some = {r["id"]: r for r in client.get("/actors.json?type=RETREAT").json()["rows"]}
    assert set(some) < set(every)
    assert all(r["acts"] <= every[i]["acts"] for i, r in some.items())
    events = client.get("/events.json?type=RETREAT&limit=1000").json()["rows"]
    for id, row in some.items():
        acts = [e for e in events for a in e["actors"] if a["id"] == id and a["role"] == "actor"]
        assert row["acts"] == len({e["id"] for e in acts})


def test_a_chip_takes_one_thing_out(client: TestClient) -> None:
    shown = client.get("/events?type=ASSAULT&tier=monitor&known_by=2019-02-01").text
    links = re.findall(r'href="([^"]+)" aria-label="Take out ([^"]+)"', shown)
    without = {label.split()[0]: href.replace("&amp;", "&") for href, label in links}
    assert "type=ASSAULT" not in without["type"] and "tier=monitor" in without["type"]
    assert client.get(without["type"]).status_code == 200
    idle = client.get("/pages?type=ASSAULT").text
    assert "does nothing here" in idle


def test_the_clocks_go_along_to_the_other_views(client: TestClient) -> None:
    shown = client.get("/events?known_by=2019-02-01&type=ASSAULT").text
    assert 'href="/map?known_by=2019-02-01&amp;type=ASSAULT"' in shown
    assert 'href="/forecasts?known_by=2019-02-01"' in shown


def test_an_event_opens_beside_any_view(client: TestClient) -> None:
    row = client.get("/events.json").json()["rows"][0]
    card = client.get(f"/events/{row['id']}?view=card").text
    assert "<html" not in card and 'id="card-title"' in card
    for path in (*TIMED, "/"):
        shown = client.get(f"{path}?open={row['id']}").text
        assert "card-title" in shown and f'href="/events/{row["id"]}">Field by field' in shown
        assert "card-title" not in client.get(path).text
    assert client.get("/events?open=ev-none").status_code == 200
    assert client.get(f"/events?open={row['id']}&known_by=1990-01-01").status_code == 200


def test_rows_link_to_the_event_without_scripts(client: TestClient) -> None:
    shown = client.get("/events").text
    links = re.findall(r'<a href="/events/([^"]+)" data-main data-event="([^"]+)"', shown)
    assert links and all(a == b for a, b in links)


def test_the_current_view_is_exported(
    client: TestClient, tmp_path: Path, record_path: Path
) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(record_path.read_bytes())
    client = TestClient(create_app(path))
    page = client.get("/export?table=events&type=RETREAT").text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key and "RETREAT" in page
    sent = {"key": key[1], "table": "events", "format": "csv", "drafts": "1"}
    got = client.post("/export?type=RETREAT", data=sent)
    assert got.status_code == 200 and "sayso-events.csv" in got.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(got.text.lstrip("\ufeff"))))
    assert rows and all(r["event_type"] == "RETREAT" for r in rows)
    geo = client.post("/export?type=RETREAT", data={**sent, "format": "geojson"})
    assert json.loads(geo.text)["type"] == "FeatureCollection"
    assert client.post("/export", data={**sent, "format": "nonsense"}).status_code == 400
    assert client.post("/export", data={**sent, "key": "forged"}).status_code == 403
    log = client.get("/sources.json").json()["log"]
    assert log[0]["act"] == "export"
    assert log[0]["detail"]["filters"]["type"] == "RETREAT"


def test_a_request_uses_one_connection(record_path: Path) -> None:
    app = create_app(record_path)
    client = TestClient(app)
    for path in (*TIMED, "/", "/help", "/sources"):
        assert client.get(path).status_code == 200
    assert app.state.site.pool.opened == 1


def test_the_counts_follow_the_record(tmp_path: Path, record_path: Path) -> None:
    pool = Pool(str(record_path))
    with pool.borrow() as record:
        first = pool.counts(record)
        assert pool.counts(record) is first
    other = tmp_path / "other.db"
    Record(other).close()
    moved = tmp_path / "record.db"
    moved.write_bytes(record_path.read_bytes())
    pool = Pool(str(moved))
    with pool.borrow() as record:
        assert pool.counts(record)["pages"] > 0
    other.replace(moved)
    with pool.borrow() as record:
        assert record.database.value("SELECT count(*) FROM document") == 0


def test_a_request_sees_one_moment(tmp_path: Path, record_path: Path) -> None:
    path = tmp_path / "moment.db"
    path.write_bytes(record_path.read_bytes())
    pool = Pool(str(path))
    with pool.borrow() as record:
        before = record.database.value("SELECT count(*) FROM setting")
        with Record(path) as writer:
            writer.database.execute("INSERT INTO setting VALUES ('x', 'y')")
        assert record.database.value("SELECT count(*) FROM setting") == before
    with pool.borrow() as record:
        assert record.database.value("SELECT count(*) FROM setting") == before + 1
