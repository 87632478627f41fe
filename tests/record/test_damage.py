"""Killed, full, locked, read-only, damaged: one clear error, and the record is whole or named as
damaged."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from build_readings import Page

from sayso.errors import IntegrityError, RecordError
from sayso.record import verify
from sayso.record.database import Database
from sayso.record.record import Record
from sayso.service import keep

HERE = Path(__file__).resolve().parent
SRC = HERE.parents[1] / "src"

WRITER = """
import sys
sys.path[:0] = [{src!r}, {here!r}]
from build_readings import Page
from sayso.record.record import Record

with Record(sys.argv[1]) as record:
    for n in range(10_000):
        page = Page(publisher=f"P{{n % 7}}", key=str(n), published="2019-01-07")
        town = "Atarib" if n % 3 else "Afrin"
        page.say(f"HTS shelled {{town}} on 2019-01-05, report {{n}}.", trigger="shelled",
                 actor=["HTS"], place=[town],
                 time=("2019-01-05", "2019-01-05"))
        done = record.add([page.reading()], reader="test")
        print(done[0].reading.document.id, flush=True)
"""


def killed_after(path: str, seconds: float) -> list[str]:
    """Starts a writer, kills it with SIGKILL; gives the ids that it reported as stored."""
    code = WRITER.format(src=str(SRC), here=str(HERE))
    with subprocess.Popen(
        [sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()  # it writes: now the clock runs
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read()
    lines = (first + rest).split("\n")
    return [x for x in lines[:-1] if x]


def campaign(path: str, kills: int) -> None:
    rng = random.Random(7)
    told: set[str] = set()
    for _ in range(kills):
        told |= set(killed_after(path, rng.uniform(0.0, 0.4)))
        with Record(path) as record:
            stored = [r[0] for r in record.database.rows("SELECT id FROM document")]
            assert told <= set(stored)
            assert len(stored) == len(set(stored))
            counts = record.database.one(
                "SELECT (SELECT count(*) FROM document) AS d, (SELECT count(*) FROM telling) AS t,"
                " (SELECT count(*) FROM capture) AS c, (SELECT count(*) FROM custody) AS l,"
                " (SELECT sum(tellings) FROM event) AS e"
            )
            assert counts is not None
            assert counts["d"] == counts["t"] == counts["c"] == counts["e"] == counts["l"] / 2
    with Record(path) as record:
        report = verify.verify(record.database)
        assert report.intact, report.broken


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_while_writing(files: Callable[[], str]) -> None:
    campaign(files(), 20)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_while_writing_to_a_server(schemas: Callable[[], str]) -> None:
    campaign(schemas(), 5)


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_two_hundred_times(addresses: Callable[[], str]) -> None:
    campaign(addresses(), 200)


def one_page(n: int = 0) -> Page:
    return Page(key=str(n)).say(
        f"HTS shelled Atarib on 2019-01-05, report {n}.", trigger="shelled", actor=["HTS"],
        place=["Atarib"], time=("2019-01-05", "2019-01-05"),
    )  # fmt: skip


def test_a_full_disk_keeps_nothing_of_the_unfinished_step(files: Callable[[], str]) -> None:
    with Record(files()) as record:
        fill(record)


def fill(record: Record) -> None:
    record.add([one_page().reading()], reader="test")
    pages = record.database.value("PRAGMA page_count")
    record.database.rows(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(RecordError, match="disk is full"):
        record.add([one_page(n).reading() for n in range(1, 400)], reader="test")
    record.database.rows("PRAGMA max_page_count=1000000")
    assert record.database.value("SELECT count(*) FROM document") == 1
    assert verify.verify(record.database).intact
    record.add([one_page(1).reading()], reader="test")


def test_a_locked_record_is_named(record: Record) -> None:
    record.add([one_page().reading()], reader="test")
    with Database(record.database.address, wait=0.1) as other, record.database.transaction():
        with pytest.raises(RecordError, match="another program is writing"), other.transaction():
            pass
        assert other.value("SELECT count(*) FROM document") == 1  # readers are never locked out


def test_a_file_that_may_not_be_written(record: Record) -> None:
    record.add([one_page().reading()], reader="test")
    with Database(record.database.address, readonly=True) as other:
        with pytest.raises(RecordError, match="cannot be written"):
            other.execute("DELETE FROM telling")
        assert other.value("SELECT count(*) FROM document") == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(RecordError):
        Database(tmp_path / "r.db")


def test_a_damaged_page_is_named(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add([one_page(n).reading() for n in range(200)], reader="test")
        record.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 2, len(data) // 2 + 4096 * 8):
        data[at] = 0xA5
    path.write_bytes(bytes(data))
    with Record(path) as record:
        report = verify.verify(record.database)
        assert not report.intact
        assert "damaged" in report.broken[0]


def test_errors_of_a_damaged_file_are_integrity_errors(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add([one_page(n).reading() for n in range(50)], reader="test")
        root = record.database.value("SELECT rootpage FROM sqlite_master WHERE name = 'document'")
        size = record.database.value("PRAGMA page_size")
        record.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : (root - 1) * size + 100] = b"\xa5" * 100
    path.write_bytes(bytes(data))
    with Record(path) as record, pytest.raises(IntegrityError, match="damaged"):
        record.database.rows("SELECT text FROM document")


def test_migrations_leave_their_mark(record: Record) -> None:
    rows = record.database.rows("SELECT * FROM migration ORDER BY number")
    assert [r["number"] for r in rows] == list(range(1, len(rows) + 1))
    if record.database.engine.name == "sqlite":
        with sqlite3.connect(record.path) as raw:
            assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_backup_taken_while_in_use_is_whole(record: Record, tmp_path: Path) -> None:
    record.add([one_page(n).reading() for n in range(20)], reader="test")
    keep.backup(record, str(tmp_path / "copy.db"))
    with Record(tmp_path / "copy.db", readonly=True) as copy:
        assert verify.verify(copy.database).intact
