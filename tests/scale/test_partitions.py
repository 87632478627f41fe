"""Archives read in parts, on any engine, with kills in between, give the rows of one plain run.

CI reads 200 generated pages and kills five times; `make test-full` reads 2,000 and kills twenty
times, on each engine. Runs on Ray need Ray.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sayso.errors import SourceError
from sayso.model import codec
from sayso.model.pseudonyms import without_names
from sayso.scale import manifest, shard
from sayso.service import archives
from sayso.service.read import readings

from .corpus import warcs

ROOT = Path(__file__).parent.parent.parent
FULL = pytest.mark.full


@dataclass(frozen=True)
class Made:
    """Archives, and what one plain run over them gives."""

    sources: list[str]
    rows: list[str]
    failed: int


def made(folder: Path, pages: int, files: int) -> Made:
    sources = warcs(folder, pages, files)
    found = list(readings(sources))
    rows = [codec.line(codec.reading_json(without_names(r))) for r in found if is_read(r)]
    return Made(sources, sorted(rows), len(found) - len(rows))


def is_read(found: object) -> bool:
    return not isinstance(found, SourceError)


@pytest.fixture(scope="module", params=[(200, 8), pytest.param((2000, 20), marks=FULL)])
def plain(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("warcs"), *request.param)


@pytest.fixture(params=["processes", "ray"])
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "ray":
        pytest.importorskip("ray", reason="not run: Ray is not here (pip install 'sayso[ray]')")
    return str(request.param)


def rows_of(folder: Path) -> list[str]:
    """All rows of all shards of a manifest."""
    names = list(manifest.lines(folder))
    return sorted(
        codec.line(codec.reading_json(reading))
        for name in names
        for reading in shard.rows(folder / name)
    )


def test_the_corpus_is_what_it_should_be(plain: Made) -> None:
    assert len(plain.rows) > len(plain.sources) * 10
    assert plain.failed > 10 and sum('"kind":"comment"' in row for row in plain.rows) > 20
    assert len(set(plain.rows)) == len(plain.rows)


def test_partitioned_is_sequential(plain: Made, engine: str, tmp_path: Path) -> None:
    steps = list(archives.read(plain.sources, tmp_path, engine=engine, workers=2))
    assert rows_of(tmp_path) == plain.rows
    lines = [s.done for s in steps if not isinstance(s.done, SourceError)]
    assert sum(line.failed for line in lines) == plain.failed
    again = list(archives.read(plain.sources, tmp_path, engine=engine, workers=2))
    assert all(s.skipped for s in again) and rows_of(tmp_path) == plain.rows
    assert not list(tmp_path.glob("*.part"))


# -- kills -------------------------------------------------------------------------------------


class Run:
    """`sayso read --out` in a process of its own."""

    def __init__(self, sources: list[str], folder: Path, engine: str) -> None:
        self.folder = folder
        command = [sys.executable, "-m", "sayso", "read", *sources, "--out", str(folder),
                   "--jobs", "2", "--engine", engine]  # fmt: skip
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        self.process = subprocess.Popen(
            command, env=env, start_new_session=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def over(self) -> bool:
        return self.process.poll() is not None

    def whole(self, plain: Made) -> bool:
        return len(manifest.lines(self.folder)) == len(plain.sources)

    def workers(self) -> list[int]:
        """The processes that read."""
        return [
            pid
            for pid in descendants(self.process.pid)
            if any(mark in command_of(pid) for mark in ("spawn_main", "ray::MapWorker", "ray::Map"))
        ]

    def end(self) -> None:
        """Ends it with all that it left behind."""
        for pid in [*descendants(self.process.pid), self.process.pid]:
            strike(pid)
        self.process.wait()


def descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(p) for p in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def strike(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def campaign(plain: Made, engine: str, home: Path, kills: int) -> Iterator[Path]:
    """Kills workers and drivers of runs at random moments; gives each folder that a run finished,
    the last of them after as many kills as were asked for."""
    rng = random.Random(kills)
    struck = number = before = 0
    run = Run(plain.sources, home / "0", engine)
    left: list[int] = []
    try:
        while True:
            done = rng.randrange(len(plain.sources))
            while not run.over() and len(manifest.lines(run.folder)) < done:
                time.sleep(0.02)
            pause = time.monotonic() + rng.uniform(0, 1.5)
            while not run.over() and time.monotonic() < pause:
                time.sleep(0.02)
            if run.over():
                code, whole = run.process.returncode, run.whole(plain)
                # Struck, a run may end early, and says so; left alone, it reads everything.
                assert whole or (code != 0 and struck > before), f"{code} after {struck - before}"
                before = struck
                if whole and code != -signal.SIGKILL:
                    yield run.folder
                    if struck >= kills:
                        return
                    number += 1
                    run = Run(plain.sources, home / str(number), engine)
                else:  # the next one goes on where it was
                    run = Run(plain.sources, run.folder, engine)
            elif struck < kills:
                workers = run.workers()
                driver = rng.random() < 0.5 or not workers
                left += workers
                struck += strike(run.process.pid if driver else rng.choice(workers))
                run.process.wait() if driver else None
            else:
                run.process.wait()
    finally:
        run.end()
        for pid in left:
            if any(mark in command_of(pid) for mark in ("spawn_main", "ray::")):
                strike(pid)


def survives(plain: Made, engine: str, home: Path, kills: int) -> None:
    finished = 0
    for folder in campaign(plain, engine, home, kills):
        finished += 1
        assert rows_of(folder) == plain.rows
        assert len(manifest.lines(folder)) == len(plain.sources)
    assert finished


KILLED = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds workers in /proc")


@KILLED
@pytest.mark.parametrize("plain", [(60, 6)], indirect=True)
def test_killed_five_times(plain: Made, engine: str, tmp_path: Path) -> None:
    survives(plain, engine, tmp_path, 5 if engine == "processes" else 2)


@FULL
@KILLED
@pytest.mark.parametrize("plain", [(200, 10)], indirect=True)
def test_killed_twenty_times(plain: Made, engine: str, tmp_path: Path) -> None:
    survives(plain, engine, tmp_path, 20)
