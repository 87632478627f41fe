"""Many people at one record: no error, nothing acknowledged is lost, the log stays one chain.

CI lets the crowd work for ten seconds, `make test-full` for sixty.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sayso.record import custody, verify
from sayso.record.record import Record

from .crowd import page

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Told:
    """What all processes of a crowd report together."""

    judged: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: int = 0


def spread(number: int, processes: int) -> list[int]:
    """A number in that many nearly equal parts."""
    return [(number + n) // processes for n in range(processes)]


def crowd(address: str, writers: int, readers: int, seconds: int) -> Told:
    """Lets writers and readers, spread over processes, work at one record."""
    script = str(Path(__file__).parent / "crowd.py")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    running = []
    shares = [(n, 0) for n in spread(writers, 2)] + [(0, n) for n in spread(readers, 3)]
    for n, share in enumerate(shares):
        command = [sys.executable, script, address, *map(str, share), str(seconds), str(n)]
        running.append(subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True))
    told = Told()
    for process in running:
        out, _ = process.communicate()
        assert process.returncode == 0
        found = json.loads(out)
        told.judged += found["judged"]
        told.pages += found["pages"]
        told.errors += found["errors"]
        told.asked += found["asked"]
    return told


def holds(address: str, told: Told) -> None:
    """Every acknowledged row is there, none twice, and the record verifies."""
    assert not told.errors, told.errors[:5]
    with Record(address, readonly=True) as record:
        judged = [r[0] for r in record.database.rows("SELECT id FROM judgement")]
        assert sorted(judged) == sorted(told.judged)
        pages = {r[0] for r in record.database.rows("SELECT id FROM document")}
        assert set(told.pages) <= pages and len(told.pages) == len(set(told.pages))
        report = verify.verify(record.database)
        assert report.intact, report.broken
        acts = [e.act for e in custody.entries(record.database)]
        assert acts.count("judge") == len(judged) and acts.count("read") == len(pages)
        tellings = record.database.value("SELECT count(*) FROM telling")
        assert record.database.value("SELECT sum(tellings) FROM event") == tellings == len(pages)
    print(f"{len(told.judged)} judgements, {len(told.pages)} pages, {told.asked} rounds of asking")


SECONDS = [10, pytest.param(60, marks=pytest.mark.full)]


def begun(address: str) -> str:
    with Record(address, who="tester") as record:
        record.add([page(n) for n in range(60)], reader="test")
    return address


@pytest.mark.parametrize("seconds", SECONDS)
def test_twenty_writers_and_fifty_readers_on_a_server(
    schemas: Callable[[], str], seconds: int
) -> None:
    address = begun(schemas())
    told = crowd(address, 20, 50, seconds)
    assert told.judged and told.pages and told.asked
    holds(address, told)


@pytest.mark.parametrize("seconds", SECONDS)
def test_one_writer_and_fifty_readers_of_a_file(files: Callable[[], str], seconds: int) -> None:
    address = begun(files())
    told = crowd(address, 1, 50, seconds)
    assert told.judged and told.asked
    holds(address, told)
