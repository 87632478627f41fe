"""The views that move: the replay of who holds what, tiles from this machine."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from serving import Watch, serving


def test_the_replay_moves_map_table_and_address(browser: Any, base: str) -> None:
    page = browser.new_page()
    watch = Watch(page, base)
    page.goto(base + "/map?view=control&day=2019-01-01&as=then")
    page.wait_for_selector("#map[data-ready]", timeout=90_000)

    def left() -> None:
        page.focus("#slider")
        page.keyboard.press("ArrowLeft")

    steps: tuple[tuple[str, str, Callable[[], object]], ...] = (
        ("then", "2019-01-02", lambda: page.keyboard.press("]")),
        ("then", "2019-01-03", lambda: page.click("[data-step='1']")),
        ("then", "2019-01-10", lambda: page.keyboard.press("}")),
        ("now", "2019-01-10", lambda: page.select_option("#as", "now")),
        ("now", "2019-01-09", left),
    )
    for seen, day, act in steps:
        page.evaluate("document.activeElement.blur()")
        page.evaluate("delete document.getElementById('map').dataset.ready")
        act()
        page.wait_for_selector(f"#map[data-ready][data-day='{day}']", timeout=60_000)
        assert f"day={day}" in page.url and f"as={seen}" in page.url
        found = json.loads(urlopen(f"{base}/map.json?view=control&as={seen}&day={day}").read())
        assert page.inner_text("#map-summary") == found["summary"]
        assert page.get_attribute("#map", "data-ready") == str(len(found["features"]))
        towns = [*(f["properties"] for f in found["features"]), *found["unplaced"]]
        assert page.locator("#towns tr").count() == len(towns)
        shown = page.inner_text("#towns")
        assert all(t["holder"] in shown and t["place"] in shown for t in towns)
    page.reload()
    assert page.inner_text("#map-summary").startswith("2019-01-09")
    assert page.input_value("#as") == "now"
    assert not watch.errors and not watch.outside
    page.close()


def test_the_clocks_change_map_and_table(browser: Any, base: str) -> None:
    page = browser.new_page()
    for query, some in (("?known_by=2019-01-03", True), ("?known_by=1990-01-01", False)):
        page.goto(base + "/map" + query)
        page.wait_for_selector("#map[data-ready]", timeout=90_000)
        marks = int(page.get_attribute("#map", "data-ready") or -1)
        assert marks == page.locator("tr[data-row]").count()
        assert bool(marks) == some
    page.goto(base + "/map")
    page.wait_for_selector("#map[data-ready]", timeout=90_000)
    every = page.locator("tr[data-row]").count()
    page.fill("input[name=known_by]", "2019-01-03")
    page.keyboard.press("Enter")
    page.wait_for_selector("#clock")
    assert 0 < page.locator("tr[data-row]").count() < every
    page.go_back()
    assert page.locator("tr[data-row]").count() == every
    page.close()


def test_tiles_come_from_this_machine(browser: Any, record: Path, tmp_path: Path) -> None:
    tiles = tmp_path / "streets.pmtiles"
    tiles.write_bytes(_pmtiles(_png()))
    with serving(record, "--tiles", str(tiles), "--boundaries", "none") as base:
        page = browser.new_page()
        watch = Watch(page, base)
        asked: list[str] = []
        page.on("request", lambda r: asked.append(r.headers.get("range", "") if
                                                  r.url.endswith(".pmtiles") else ""))  # fmt: skip
        page.goto(base + "/map")
        page.wait_for_selector("#map[data-ready]", timeout=90_000)
        assert any(a.startswith("bytes=") for a in asked)
        assert not watch.errors and not watch.outside
        page.close()


def _pmtiles(png: bytes) -> bytes:
    """A PMTiles file (version 3) that holds one picture for the whole world."""
    directory = bytes([1, 0, 1, *_varint(len(png)), 1])
    meta = b"{}"
    spans = [127, len(directory), 127 + len(directory), len(meta), 0, 0,
             127 + len(directory) + len(meta), len(png), 1, 1, 1]  # fmt: skip
    kind = bytes([1, 1, 1, 2, 0, 0])  # clustered, nothing packed, PNG, zoom 0 to 0
    bounds = struct.pack("<4i", -1800000000, -850000000, 1800000000, 850000000)
    head = b"PMTiles\x03" + struct.pack("<11Q", *spans) + kind + bounds
    return head + struct.pack("<B2i", 0, 0, 0) + directory + meta + png


def _varint(number: int) -> list[int]:
    out = []
    while number > 127:
        out.append(number % 128 + 128)
        number //= 128
    return [*out, number]


def _png(size: int = 256) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\x00" + b"\xc8" * size) * size
    head = struct.pack(">2I5B", size, size, 8, 0, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
