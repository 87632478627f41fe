"""`sayso read` itself, killed at random moments, on a full disk, a locked, a read-only and a
damaged record: nothing lost that was reported stored, nothing doubled, one clear error."""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.record import verify
from sayso.record.record import Record

HERE = Path(__file__).resolve().parent
SRC = HERE.parents[1] / "src"
TOWNS = ("Atarib", "Saraqib", "Kafr Nabl", "Darat Izza", "Maarrat Misrin", "Binnish")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="not run: forks and signals")


class Nursery:
    """See nursery.py."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "nursery.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            env={**os.environ, "PYTHONPATH": str(SRC)},
        )  # fmt: skip
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().decode().strip()

    def start(self, folder: Path, *args: str, **more: Any) -> int:
        """Starts `sayso ARGS`; gives its process id."""
        out, err = folder / "out.txt", folder / "err.txt"
        for path in (out, err):
            path.write_text("", encoding="utf-8")
            path.chmod(0o666)
        asked = {"args": args, "out": str(out), "err": str(err), **more}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        return int(self._line())

    def run(self, folder: Path, *args: str, **more: Any) -> tuple[int, str]:
        """(exit status, what it said on stderr) of `sayso ARGS`."""
        self.start(folder, *args, **more)
        status = int(self._line())
        return status, (folder / "err.txt").read_text(encoding="utf-8")

    def kill(self, process: int, after: float) -> int:
        """Kills it after that many seconds unless it has ended by then; gives its exit status."""
        if not select.select([self._process.stdout], [], [], after)[0]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return int(self._line())

    def seconds(self, folder: Path, *args: str) -> float:
        """How long `sayso ARGS` takes."""
        began = time.monotonic()
        assert self.run(folder, *args)[0] == 0
        return time.monotonic() - began

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


def texts(path: Path, count: int) -> Path:
    """That many short reports, as JSON Lines."""
    rng = random.Random(3)
    with path.open("w", encoding="utf-8") as out:
        for n in range(count):
            town, day = rng.choice(TOWNS), rng.randint(1, 28)
            text = (
                f"Government artillery shelled {town} on {day} January 2019, the Syrian Observatory"
                f" for Human Rights said. {n + 3} people were wounded."
            )
            row = {"id": f"t{n}", "text": text, "published": "2019-01-30", "publisher": f"P{n % 5}"}
            out.write(json.dumps(row) + "\n")
    return path


def whole(path: Path) -> dict[str, int]:
    """What a record holds, once its log, its captures and its readings are found to be whole."""
    with Record(path) as record:
        report = verify.verify(record.database)
        assert report.intact, report.broken
        counts = {
            name: int(record.database.value(f"SELECT {sql}"))
            for name, sql in (
                ("documents", "count(*) FROM document"),
                ("texts", "count(DISTINCT text_digest) FROM document"),
                ("unread", "count(*) FROM document WHERE reading IS NULL"),
                ("tellings", "count(*) FROM telling"),
                ("told", "COALESCE(sum(tellings), 0) FROM event"),
                ("log", "count(*) FROM custody"),
            )
        }
    assert counts["documents"] == counts["texts"] == counts["log"] / 2, counts
    assert counts["unread"] == 0 and counts["tellings"] == counts["told"], counts
    return counts


def documents(path: Path) -> set[str]:
    """The keys of the documents that a record holds, as any program sees them."""
    if not path.exists() or not path.stat().st_size:
        return set()
    with contextlib.closing(sqlite3.connect(path)) as raw:
        try:
            return {r[0] for r in raw.execute("SELECT key FROM document")}
        except sqlite3.OperationalError:  # killed before there was a table
            return set()


def campaign(nursery: Nursery, folder: Path, kills: int, count: int) -> None:
    """Kills `sayso read` that many times, each at a random moment of what is left to read; one
    that was quicker is not counted, and reading then starts from an empty record again."""
    rng = random.Random(5)
    source, path, once = texts(folder / "texts.jsonl", count), folder / "r.db", folder / "once.db"
    new = nursery.seconds(folder, "--record", str(once), "read", str(source))
    known = nursery.seconds(folder, "--record", str(once), "read", str(source))
    told: set[str] = set()
    killed = 0
    for attempt in range(4 * kills):
        if killed == kills:
            break
        rest = 1 - len(documents(path)) / count
        process = nursery.start(folder, "--record", str(path), "read", str(source), "--json")
        status = nursery.kill(process, rng.uniform(0, known + (new - known) * rest))
        assert status in (-signal.SIGKILL, 0)
        lines = (folder / "out.txt").read_text(encoding="utf-8").split("\n")[:-1]
        told |= {json.loads(line)["document"]["key"] for line in lines}
        if documents(path):
            whole(path)
        assert told <= documents(path)
        killed += status != 0
        if status == 0 or attempt % 20 == 19:
            for left in folder.glob("r.db*"):
                left.unlink()
            told.clear()
    assert killed == kills
    assert nursery.run(folder, "--record", str(path), "read", str(source))[0] == 0
    assert whole(path) == whole(once)


def test_reading_is_killed(nursery: Nursery, tmp_path: Path) -> None:
    campaign(nursery, tmp_path, 20, 48)


@pytest.mark.full
def test_reading_is_killed_two_hundred_times(nursery: Nursery, tmp_path: Path) -> None:
    campaign(nursery, tmp_path, 200, 96)


def one_error(status: int, said: str, words: str) -> None:
    assert status == 1, said
    assert words in said and "Traceback" not in said, said
    assert len([line for line in said.splitlines() if line.startswith("sayso:")]) == 1, said


def test_a_full_disk(nursery: Nursery, tmp_path: Path) -> None:
    source, path = texts(tmp_path / "texts.jsonl", 120), tmp_path / "r.db"
    few = texts(tmp_path / "few.jsonl", 24)
    args = ("--record", str(path), "read")
    assert nursery.run(tmp_path, *args, str(few))[0] == 0
    before = whole(path)
    limit = max(p.stat().st_size for p in tmp_path.glob("r.db*")) + 40_000
    status, said = nursery.run(tmp_path, *args, str(source), fsize=limit)
    one_error(status, said, "could not be")
    assert whole(path)["documents"] >= before["documents"]
    assert nursery.run(tmp_path, *args, str(source))[0] == 0
    assert whole(path)["documents"] == 120


def test_a_locked_record(nursery: Nursery, tmp_path: Path) -> None:
    source, path = texts(tmp_path / "texts.jsonl", 3), tmp_path / "r.db"
    Record(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    status, said = nursery.run(tmp_path, "--record", str(path), "read", str(source), wait=0.2)
    holder.execute("ROLLBACK")
    holder.close()
    one_error(status, said, "another program is writing")
    assert nursery.run(tmp_path, "--record", str(path), "read", str(source))[0] == 0


def test_a_record_that_may_not_be_written(nursery: Nursery) -> None:
    # Somebody else's file: root may write everything, so root's child becomes nobody first.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, path = texts(folder / "texts.jsonl", 3), folder / "r.db"
        Record(path).close()
        path.chmod(0o444)
        folder.chmod(0o555)
        root = os.geteuid() == 0
        for made in ("out.txt", "err.txt"):
            (folder / made).touch() if root else None
        out = Path(tempfile.mkdtemp())
        out.chmod(0o777)
        more = {"uid": 65534} if root else {}
        status, said = nursery.run(out, "--record", str(path), "read", str(source), **more)
        folder.chmod(0o755)
        one_error(status, said, "cannot be written")
        assert whole(path)["documents"] == 0


def test_a_damaged_page(nursery: Nursery, tmp_path: Path) -> None:
    source, path = texts(tmp_path / "texts.jsonl", 60), tmp_path / "r.db"
    assert nursery.run(tmp_path, "--record", str(path), "read", str(source))[0] == 0
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = raw.execute("PRAGMA page_size").fetchone()[0]
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xa5" * size
    path.write_bytes(bytes(data))
    status, said = nursery.run(tmp_path, "--record", str(path), "events")
    assert status == 3 and "damaged" in said and "Traceback" not in said, said
    status, said = nursery.run(tmp_path, "--record", str(path), "verify")
    assert status == 3 and "the file is damaged" in said, said
    assert "60 of 60 captures" in said and "60 of 60 texts" in said, said
    saved, again = tmp_path / "saved.warc.gz", tmp_path / "again.db"
    nursery.run(tmp_path, "--record", str(path), "verify", "--save", str(saved))
    assert nursery.run(tmp_path, "--record", str(again), "read", str(saved))[0] == 0
    with Record(again) as record:
        found = {r[0] for r in record.database.rows("SELECT digest FROM capture")}
    with sqlite3.connect(path) as raw:
        assert found == {r[0] for r in raw.execute("SELECT digest FROM capture")}
