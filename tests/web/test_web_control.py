"""Ribbons, the towns of each day, and the basemap's settings."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.knowledge import tables
from sayso.model.rows import ControlRow
from sayso.web import basemap
from sayso.web.app import create_app
from sayso.web.ribbons import ribbons, span
from sayso.web.sides import HUES, sides


@pytest.fixture(scope="module")
def client(record_path: Path) -> TestClient:
    return TestClient(create_app(record_path))


def row(place: str = "A", holder: str | None = "Us", **more: object) -> ControlRow:
    values: dict[str, object] = {
        "place": place, "place_id": f"place:{place}", "latitude": 1.0, "longitude": 2.0,
        "holder": holder, "holder_ids": (holder,) if holder else (), "from_": None, "to": None,
        "basis": "stated", "certainty": "single", "said_by": (), "known_by": "2019-01-01",
        "last_said": None, "stale_after": None, "undated": False, "evidence": (), **more,
    }  # fmt: skip
    return ControlRow(**values)  # type: ignore[arg-type]


def test_a_band_covers_its_days_and_a_window_is_narrow() -> None:
    rows = [
        row(from_="2019-01-11", to="[2019-01-16..2019-01-18]", last_said="2019-01-21"),
        row(holder="Them", from_="[2019-01-16..2019-01-18]", certainty="claimed"),
    ]
    drawn = ribbons(rows, sides(rows), "2019-01-01", "2019-01-21")
    (town,) = drawn.towns
    spans = [(b.x, round(b.x + b.width, 1), b.pattern, b.window) for b in town.bands]
    assert spans == [
        (50.0, 75.0, "wide", False), (75.0, 85.0, "wide", True),
        (75.0, 85.0, "dense", True), (85.0, 100.0, "dense", False),
    ]  # fmt: skip
    assert "since 2019-01-11 until [2019-01-16..2019-01-18] Us (told by one source)" in town.summary
    assert "1 held by Them" in drawn.summary


def test_what_is_old_fades_and_nobody_is_hollow() -> None:
    rows = [
        row(from_="2019-01-01", last_said="2019-01-01", stale_after="2019-01-31"),
        row("B", None, from_="2019-01-01", last_said="2019-03-31"),
    ]
    first, second = ribbons(rows, sides(rows), "2019-01-01", "2019-04-11").towns
    assert [b.stale for b in first.bands] == [False, True]
    assert [b.pattern for b in second.bands] == ["none"]


def test_an_open_year_stands_on_no_day() -> None:
    rows = [row(undated=True, from_="XXXX-01-05"), row("B", from_="2019-01-05")]
    undated, dated = ribbons(rows, sides(rows)).towns
    assert undated.undated and not undated.bands and dated.bands
    assert span([rows[0]]) is None


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=HUES, unique=True))
def test_sides_differ_in_hue_and_letters(names: list[str]) -> None:
    found = sides([row(holder=n) for n in names])
    assert len({s.hue for s in found.values()}) == len(found) == len(names)
    assert len({s.letters for s in found.values()}) == len(found)
    assert all(s.letters for s in found.values())


def test_the_ribbons_are_the_table(client: TestClient) -> None:
    shown = client.get("/control").text
    rows = client.get("/control.json").json()["rows"]
    drawn = re.findall(r'class="town"[^>]*>([^<]+)<', shown)
    assert len(drawn) == len({r["place_id"] for r in rows})
    ticks = re.findall(r'<a href="/events/([^"]+)" data-event="\1" aria-label', shown)
    told = {e["event"] for r in rows for e in r["evidence"] if e["said_on"]}
    assert set(ticks) == told


def test_each_day_of_the_replay(client: TestClient) -> None:
    def towns(day: str, seen: str) -> dict[str, str]:
        data = client.get(f"/map.json?view=control&day={day}&as={seen}").json()
        every = [f["properties"] for f in data["features"]] + data["unplaced"]
        assert data["day"] == day and data["summary"].startswith(day)
        return {t["place"]: t["holder"] for t in every}

    unknown = "nothing is known of that day"
    # Darat Izza was taken on January 1, and that was said on January 2.
    assert towns("2019-01-01", "now")["Dārat ‘Izzah"] == "Hay'at Tahrir al-Sham"
    assert towns("2019-01-01", "then")["Dārat ‘Izzah"] == unknown
    assert towns("2019-01-02", "then")["Dārat ‘Izzah"] == "Hay'at Tahrir al-Sham"
    assert set(towns("1990-01-01", "now").values()) == {unknown}


def test_the_replays_table_is_its_map(client: TestClient) -> None:
    address = "?view=control&day=2019-01-06&as=now"
    data = client.get("/map.json" + address).json()
    shown = client.get("/map" + address).text
    assert shown.count("<tr data-row>") == len(data["features"]) + len(data["unplaced"])
    assert data["summary"] in shown.replace("&#39;", "'")
    lines = client.get("/map.csv" + address).text.splitlines()
    assert len(lines) == shown.count("<tr data-row>") + 1
    assert "day=2019-01-05" in shown and "day=2019-01-07" in shown  # steps without scripts
    assert client.get("/map?view=control&day=nonsense").status_code == 400


def test_fresh_positions_are_held_back_elsewhere(record_path: Path) -> None:
    outside = TestClient(create_app(record_path, names=False))
    kept = outside.get("/map.json?view=control&as=now").json()
    assert all(t["holder"] for t in kept.get("unplaced", []))


@pytest.mark.parametrize("policy", ["un-leaning", "natural-earth", "none"])
def test_boundaries_follow_the_policy(record_path: Path, policy: str) -> None:
    client = TestClient(create_app(record_path, basemap=basemap.chosen(record_path, policy, None)))
    lines = client.get("/map/borders.geojson").json()["features"]
    rows = tables.load_csv("places", "disputed_lines.csv", required=("a", "why"))
    pairs = {frozenset((f["properties"]["a"], f["properties"]["b"])): f for f in lines}
    assert bool(lines) == (policy != "none")
    for pair, line in pairs.items():
        asked = [
            r for r in rows
            if r["a"] in pair and (not r["b"] or r["b"] in pair) and r["policy"] in ("", policy)
        ]  # fmt: skip
        assert bool(line["properties"].get("disputed")) == bool(asked), pair
    shown = client.get("/map").text
    assert f'data-policy="{policy}"' in shown and "imply no opinion" in shown


def test_own_lines_and_tiles(tmp_path: Path, record_path: Path) -> None:
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    tiles = tmp_path / "basemap.pmtiles"
    tiles.write_bytes(b"PMTiles\x03" + bytes(200))
    chosen = basemap.chosen(tmp_path / "record.db", str(own), None)
    assert chosen.policy == "custom" and chosen.tiles == tiles
    client = TestClient(create_app(record_path, basemap=chosen))
    assert client.get("/map/borders.geojson").json()["features"] == []
    part = client.get("/map/tiles.pmtiles", headers={"range": "bytes=0-6"})
    assert part.status_code == 206 and part.content == b"PMTiles"
    assert 'data-tiles="/map/tiles.pmtiles"' in client.get("/map").text
    for bad in (("nowhere", None), (None, str(tmp_path / "none")), (None, str(own))):
        with pytest.raises(UsageError):
            basemap.chosen(tmp_path / "record.db", *bad)


def test_no_tiles_no_address(client: TestClient) -> None:
    assert client.get("/map/tiles.pmtiles").status_code == 404
    assert "data-tiles" not in client.get("/map").text
