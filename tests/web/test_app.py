"""Every page opens, has its twin, and lets nothing hostile through."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.errors import UsageError
from sayso.record.record import Record
from sayso.web.app import create_app, serve

LISTS = ("/pages", "/events", "/forecasts", "/claims", "/control", "/actors")
OTHERS = (
    "/",
    "/map",
    "/timeline",
    "/help",
    "/review",
    "/read",
    "/sources",
    "/search?q=Afrin",
    "/search",
)


@pytest.fixture(scope="module")
def client(record_path: Path) -> TestClient:
    return TestClient(create_app(record_path))


def page_of(client: TestClient, words: str) -> str:
    rows = client.get("/pages.json").json()["rows"]
    return next(str(r["id"]) for r in rows if words in (r["headline"] or ""))


@pytest.mark.parametrize("path", LISTS + OTHERS)
def test_every_page_opens(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert 'lang="en"' in answer.text and "<h1" in answer.text


@pytest.mark.parametrize("path", (*OTHERS, "/export"))
def test_every_other_page_has_its_content_as_data(client: TestClient, path: str) -> None:
    name, _, asked = path.partition("?")
    twin = ("/index" if name == "/" else name) + ".json"
    answer = client.get(twin + ("?" + asked if asked else ""))
    assert answer.status_code == 200
    assert answer.json() is not None
    assert f'href="{twin}' in client.get(path).text


@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_its_twins(client: TestClient, path: str) -> None:
    data = client.get(path + ".json").json()
    # Control counts places, each with one stretch of time or more.
    assert data["total"] >= len({r.get("place_id", str(r)) for r in data["rows"]})
    table = list(csv.reader(io.StringIO(client.get(path + ".csv").text)))
    assert len(table) == len(data["rows"]) + 1
    api = client.get("/api/v1" + path)
    assert api.json() == data
    again = client.get("/api/v1" + path, headers={"If-None-Match": api.headers["etag"]})
    assert again.status_code == 304


def test_each_highlight_is_exactly_its_words(client: TestClient) -> None:
    for row in client.get("/pages.json").json()["rows"]:
        reading = client.get(f"/pages/{row['id']}.json").json()
        text = reading["document"]["text"]
        assert all(text[a["start"] : a["end"]] == a["exact"] for a in reading["annotations"])
        assert client.get(f"/pages/{row['id']}").status_code == 200


def test_every_event_opens_with_its_fields(client: TestClient) -> None:
    rows = client.get("/events.json").json()["rows"]
    assert rows
    for row in rows[:20]:
        shown = client.get(f"/events/{row['id']}").text
        assert "Who says so" in shown
        assert client.get(f"/events/{row['document']}.{row['annotation']}.json").status_code == 200


def test_a_hostile_page_changes_nothing(client: TestClient) -> None:
    page = page_of(client, "seize town")
    for path in (
        f"/pages/{page}",
        "/pages",
        "/events",
        "/claims",
        "/forecasts",
        "/",
        "/search?q=army",
    ):
        shown = client.get(path).text
        scripts = re.findall(r"<script[^>]*>", shown)
        assert all("src=" in s for s in scripts), path
        assert "<img" not in shown and "<b onclick" not in shown
        assert "javascript:" not in re.sub(r">[^<]*<", "><", shown)


def test_the_browser_may_load_nothing_from_elsewhere(client: TestClient) -> None:
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    for path in (*LISTS, "/map"):
        shown = client.get(path).text
        assert not re.search(r'(?:src|href)="(?:https?:)?//', shown)


def test_a_foreign_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "127.0.0.1:8765"}).status_code == 200


def test_a_token_is_asked_for_where_one_is_set(record_path: Path) -> None:
    client = TestClient(create_app(record_path, token="s3cret"))
    assert client.get("/pages").status_code == 401
    assert client.get("/pages?token=wrong").status_code == 401
    assert client.get("/pages", headers={"authorization": "Bearer s3cret"}).status_code == 200
    assert client.get("/pages?token=s3cret").status_code == 200
    assert client.get("/pages").status_code == 200  # by the cookie


def test_names_stay_on_the_machine(record_path: Path, client: TestClient) -> None:
    outside = TestClient(create_app(record_path, names=False))
    page = page_of(client, "Darat Izza")
    assert "Old Cartographer" in client.get(f"/pages/{page}").text
    for path in (f"/pages/{page}", f"/pages/{page}.json", *LISTS, f"/api/v1/pages/{page}",
                 *(p + ".json" for p in LISTS), *(p + ".csv" for p in LISTS)):  # fmt: skip
        shown = outside.get(path).text
        assert "Old Cartographer" not in shown and "plainsman" not in shown, path


def test_positions_are_held_back_elsewhere(record_path: Path, client: TestClient) -> None:
    outside = TestClient(create_app(record_path, names=False))
    ahead = [r for r in client.get("/events.json").json()["rows"] if r["status"] == "expected"]
    assert ahead
    for row in ahead:
        assert outside.get(f"/events/{row['id']}").status_code == 403
    shown = outside.get("/events.json").json()["rows"]
    assert all(r["latitude"] is None for r in shown if r["status"] in ("expected", "ongoing"))
    assert outside.get("/review").status_code == 403


def test_serving_others_needs_a_token(record_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYSO_TOKEN", raising=False)
    with pytest.raises(UsageError, match="SAYSO_TOKEN"):
        serve(record_path, host="0.0.0.0")


@pytest.mark.parametrize(
    "path",
    [
        "/pages?after=%2A",
        "/events?after=eA",
        "/events?since=yesterday",
        "/events?nonsense=1",
        "/events?limit=0",
        "/map?bbox=1,2",
    ],
)
def test_what_cannot_be_asked_is_said(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 400
    problem = client.get(path.replace("?", ".json?"))
    assert problem.status_code == 400
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["detail"]


def test_what_is_not_there_is_said(client: TestClient) -> None:
    for path in ("/pages/none", "/events/ev-none", "/nothing"):
        assert client.get(path).status_code == 404
    assert client.get("/api/v1/pages/none").json()["status"] == 404


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    client = TestClient(create_app(tmp_path / "none.db"))
    assert client.get("/pages").status_code == 503


def test_the_map_shows_what_the_table_shows(client: TestClient) -> None:
    marks = client.get("/map.json").json()["features"]
    rows = client.get("/map").text.count("<tr data-row>")
    assert len(marks) == rows


def test_the_api_describes_itself(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/events" in described["paths"]
    assert json.dumps(described)


def test_the_vendored_files_are_the_locked_ones() -> None:
    import hashlib
    from importlib import resources

    vendor = resources.files("sayso.web") / "static" / "vendor"
    lock = json.loads((vendor / "lock.json").read_text(encoding="utf-8"))
    for name, row in lock.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == row["sha256"], name


def _key(client: TestClient) -> str:
    found = re.search(r'name="key" value="([^"]+)"', client.get("/review").text)
    assert found
    return found[1]


def test_a_judgement_is_recorded_and_undone(tmp_path: Path, record_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(record_path.read_bytes())
    client = TestClient(create_app(path))
    key = _key(client)
    client.post("/review/who", data={"key": key, "who": "Ada"})
    event = client.get("/events.json").json()["rows"][0]["id"]
    sent = {"key": key, "subject": event, "answer": "reject", "why": "a headline"}
    assert client.post("/review", data=sent).status_code == 200
    (made,) = client.get(f"/events/{event}.json").json()["judgements"]
    assert (made["act"], made["who"], made["why"]) == ("reject", "Ada", "a headline")
    client.post("/review", data={"key": key, "subject": made["id"], "answer": "undo"})
    assert "1 of" not in client.get("/review").text


def test_a_forged_form_is_refused(record_path: Path) -> None:
    client = TestClient(create_app(record_path))
    key = _key(client)
    data = {"key": key, "who": "Eve"}
    foreign = client.post("/review/who", data=data, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert client.post("/review/who", data={**data, "key": "guess"}).status_code == 403
    assert TestClient(create_app(record_path)).post("/review/who", data=data).status_code == 403


def test_pages_are_read_from_the_browser(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    Record(path).close()
    client = TestClient(create_app(path))
    key = _key(client)
    text = "Rebels take Sarvik\n\nRebels captured the town of Sarvik on Monday, officials said."
    page = ("../../evil name.html", b"<p>no article</p>")
    sent = client.post("/read", data={"key": key, "text": text}, files={"files": page})
    assert sent.status_code == 200
    for _ in range(200):
        state = client.get("/read.json").json()
        if not state["running"]:
            break
        time.sleep(0.1)
    assert state["total"] == 2 and len(state["pages"]) == 1 and len(state["failed"]) == 1
    assert client.get(f"/pages/{state['pages'][0][0]}").status_code == 200
    assert "Sarvik" in client.get("/events").text


@pytest.mark.parametrize("bad", [{"addresses": "file:///etc/passwd"}, {"addresses": ""}])
def test_what_cannot_be_read_is_refused(record_path: Path, bad: dict[str, str]) -> None:
    client = TestClient(create_app(record_path))
    assert client.post("/read", data={"key": _key(client), **bad}).status_code == 400
    assert client.post("/read", data={"key": "x", **bad}).status_code == 403


def test_the_custody_page_shows_the_log(client: TestClient) -> None:
    data = client.get("/sources.json").json()
    assert data["log_rows"] >= len(data["log"]) > 0
    assert any(o["name"] == "Levant Courier (example)" for o in data["outlets"])
