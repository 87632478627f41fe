"""Fifty readers while a writer writes: no error, no lock time-out; how much a first view weighs.

A few seconds here; `make test-full` reads for a minute.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from sayso.record.record import Record
from sayso.web.app import create_app

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "record"))

READERS = 50
PATHS = ("/", "/pages", "/events", "/map", "/map?view=control", "/timeline", "/claims", "/control",
         "/forecasts", "/actors", "/sources", "/search?q=town", "/api/v1/events", "/events.csv",
         "/events?known_by=2019-01-05", "/control?on=2019-01-05", "/help")  # fmt: skip


@contextmanager
def serving(path: Path) -> Iterator[int]:
    """The port of a real server over a record, in a thread."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    config = uvicorn.Config(create_app(path), host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield port
    server.should_exit = True
    thread.join(30)


def _campaign(path: Path, seconds: float, rounds: int) -> tuple[int, int, list[str]]:
    """(answers, pages written, what went wrong). Each reader asks at least `rounds` times and goes
    on until the time is over."""
    from build_readings import Page

    wrong: list[str] = []
    answers = [0] * READERS
    over = threading.Event()
    written = 0

    def read(number: int, port: int) -> None:
        end = time.monotonic() + seconds
        asked = 0
        while asked < rounds or time.monotonic() < end:
            where = PATHS[(number + asked) % len(PATHS)]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            try:
                connection.request("GET", where)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    wrong.append(f"{where}: {answer.status}")
            except OSError as error:
                wrong.append(f"{where}: {error!r}")
            finally:
                connection.close()
            asked += 1
            answers[number] += 1

    def write() -> None:
        nonlocal written
        try:
            with Record(path) as record:
                while not over.is_set():
                    page = Page(publisher="Outlet", published="2019-01-06", key=f"w{written}")
                    page.say(
                        f"Fighters captured Sarmin {written} on 2019-01-05, a monitor said.",
                        trigger="captured", type="ASSAULT", mode="capture",
                        time=("2019-01-05", "2019-01-05"), source="a monitor",
                    )  # fmt: skip
                    record.add([page.reading()], reader="test")
                    written += 1
        except Exception as error:
            wrong.append(f"the writer: {error!r}")
            raise

    with serving(path) as port:
        writer = threading.Thread(target=write)
        readers = [threading.Thread(target=read, args=(n, port)) for n in range(READERS)]
        writer.start()
        for thread in readers:
            thread.start()
        for thread in readers:
            thread.join()
        over.set()
        writer.join()
    return sum(answers), written, wrong


def test_fifty_readers_and_a_writer(tmp_path: Path, record_path: Path) -> None:
    path = tmp_path / "load.db"
    shutil.copy(record_path, path)
    answers, written, wrong = _campaign(path, 0.0, 3)
    assert not wrong and answers == 3 * READERS and written > 0


@pytest.mark.full
def test_fifty_readers_and_a_writer_for_a_minute(tmp_path: Path, record_path: Path) -> None:
    path = tmp_path / "load.db"
    shutil.copy(record_path, path)
    answers, written, wrong = _campaign(path, 60.0, 3)
    print(f"{answers} answers while {written} pages were written")
    assert not wrong and written > 0


def _weight(client: TestClient, address: str, seen: set[str]) -> int:
    """Bytes on the wire of an address that was not asked for yet."""
    if address in seen:
        return 0
    seen.add(address)
    with client.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
        assert answer.status_code == 200, address
        return sum(len(chunk) for chunk in answer.iter_raw())


@pytest.mark.parametrize("path", ["/", "/pages", "/events", "/timeline", "/claims", "/control",
                                  "/forecasts", "/actors", "/sources", "/review"])  # fmt: skip
def test_a_first_view_is_light(record_path: Path, path: str) -> None:
    client = TestClient(create_app(record_path))
    assert _first_view(client, path) < 300_000


@pytest.mark.parametrize("path", ["/map", "/map?view=control"])
def test_a_first_view_with_the_map(record_path: Path, path: str) -> None:
    client = TestClient(create_app(record_path))
    script = client.get("/static/map.js").text
    seen: set[str] = set()
    weight = _first_view(client, path, seen)
    data = re.search(r'data-src="([^"]+)"', client.get(path).text)
    assert data
    inside = re.findall(r'"(/(?:static|map)/[^"]+)"', script)
    lazy = {"/static/vendor/pmtiles.mjs"}  # asked for only where there is a file of tiles
    for address in (data[1].replace("&amp;", "&"), *(set(inside) - lazy)):
        weight += _weight(client, address, seen)
    assert len(seen) >= 9 and 500_000 < weight < 1_500_000, json.dumps(sorted(seen))


def _first_view(client: TestClient, path: str, seen: set[str] | None = None) -> int:
    seen = set() if seen is None else seen
    weight = _weight(client, path, seen)
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get(path).text):
        weight += _weight(client, address, seen)
    return weight
