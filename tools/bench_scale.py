"""What reading at scale costs: CPU time a page by floor, workers, engines, growth of the record.

usage: bench_scale.py [floors FILE... | threads | workers | growth | copy] [--pages 200]
                      [--tellings 20000]

Without a word all but `copy` are run, small. Figures of floors and growth are CPU time of this
process, so that other work on the machine counts little; those of workers are by the clock, and
only good on a machine that does nothing else. `growth` and `copy` take SAYSO_TEST_POSTGRES as well,
where it names a server (tools/with_postgres.py starts one). Nothing is asserted; docs/scale.md has
the figures of the last run.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.pop("SAYSO_PARSE_CACHE", None)
os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1] / "src")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "record"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import bench_record

from sayso.capture.sources import items
from sayso.errors import SourceError
from sayso.language.syntax import Job, Sentence, SpacyParser
from sayso.model.capture import Capture
from sayso.model.reading import Reading
from sayso.page.recover import recover
from sayso.reading import chain
from sayso.record import custody
from sayso.record.record import Record
from sayso.scale import arrows, shard
from sayso.service import archives
from sayso.service import copy as copying
from scale.corpus import html_of, warcs

T = TypeVar("T")


class Timed:
    """A parser that counts its own CPU time."""

    def __init__(self) -> None:
        self._parser = SpacyParser()
        self.name = self._parser.name
        self.spent = 0.0

    def parse(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
        started = time.process_time()
        found = self._parser.parse(text, spans)
        self.spent += time.process_time() - started
        return found

    def parse_all(self, jobs: Sequence[Job]) -> list[list[Sentence]]:
        started = time.process_time()
        found = self._parser.parse_all(jobs)
        self.spent += time.process_time() - started
        return found


def cpu(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and its seconds of CPU time."""
    started = time.process_time()
    found = work()
    return found, time.process_time() - started


@contextmanager
def archives_of(pages: int) -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory() as name:
        yield warcs(Path(name), pages, 8)


def floors(sources: Sequence[str]) -> None:
    """Milliseconds of CPU time a page, floor by floor."""
    found = [i for s in sources for i in items(s)]
    captures = [i for i in found if isinstance(i, Capture)]
    _, fetch = cpu(lambda: [i for s in sources for i in items(s)])
    parser = Timed()
    warm = [c for c in captures if not isinstance(arrows._recover(c), SourceError)]
    chain.read_all([(recover(c), c) for c in warm[:2]], parser)
    parser.spent = 0.0
    with tempfile.TemporaryDirectory() as name:  # what is loaded once is no cost of a page
        shard.write(Path(name) / "s.parquet", iter(()), names=False)
    documents, recovering = cpu(lambda: [(recover(c), c) for c in warm])
    readings: list[Reading] = []

    def read() -> None:
        for n in range(0, len(documents), arrows.CHUNK):
            readings.extend(chain.read_all(documents[n : n + arrows.CHUNK], parser))

    _, reading = cpu(read)
    pages = len(readings)
    words = sum(len(r.document.text.split()) for r in readings)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "s.parquet"
        _, packing = cpu(lambda: shard.write(path, iter(readings), names=False))
        size = path.stat().st_size
        _, unpacking = cpu(lambda: list(shard.rows(path)))
        with Record(Path(name) / "r.db") as record:
            _, writing = cpu(lambda: record.add(readings, reader="bench"))
            record.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
            tellings = record.database.value("SELECT count(*) FROM telling")
            stored = (Path(name) / "r.db").stat().st_size

    def per(seconds: float) -> str:
        return f"{1000 * seconds / max(pages, 1):7.1f} ms"

    print(f"{pages} pages, {words / pages:.0f} words, {tellings / pages:.1f} tellings a page:")
    print(f"  unpack the archive {per(fetch)}   recover {per(recovering)}")
    print(f"  parse {per(parser.spent)}   read (rules) {per(reading - parser.spent)}")
    print(f"  write a shard {per(packing)}   read it back {per(unpacking)}")
    print(f"  join and write into a record (SQLite) {per(writing)}")
    total = fetch + recovering + reading + packing
    print(f"  archive to shard {per(total)}; {pages / total:.1f} pages a second of one core")
    print(f"  a shard takes {size / pages:,.0f} bytes a page, a record {stored / pages:,.0f}")


def threads() -> None:
    """How a page grows with its discussion."""
    parser = Timed()
    for comments in (3, 0, 10, 100, 1000):  # the first only loads what is loaded once
        pages = []
        for n in range(max(1, 20 // max(comments, 1))):
            body = html_of(random.Random(n), f"Report {n}: a town changes hands", comments)
            pages.append(Capture(payload=body.encode(), key=str(n), media_type="text/html"))
        documents, recovering = cpu(lambda pages=pages: [(recover(c), c) for c in pages])
        parser.spent = 0.0
        _, reading = cpu(lambda documents=documents: chain.read_all(documents, parser))
        print(
            f"  {comments:5} comments: recover {1000 * recovering / len(pages):7.1f} ms, parse"
            f" {1000 * parser.spent / len(pages):7.1f} ms, rules"
            f" {1000 * (reading - parser.spent) / len(pages):7.1f} ms"
        )


def workers(pages: int) -> None:
    """Pages a second by the clock: one worker and two, on processes and on Ray."""
    engines = ["processes"]
    try:
        import ray  # noqa: F401

        engines.append("ray")
    except ImportError:
        print("Ray is not here: only processes are measured")
    rates: dict[tuple[str, int], float] = {}
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with archives_of(pages) as sources:
        for engine in engines:
            for number in (1, 2):
                with tempfile.TemporaryDirectory() as name:
                    # One worker too runs in a process of its own, so that starting counts alike.
                    started = time.monotonic()
                    steps = list(archives.read(sources, Path(name), engine=engine, workers=number))
                    seconds = time.monotonic() - started
                lines = [s.done for s in steps if not isinstance(s.done, SourceError)]
                done = sum(line.documents for line in lines)
                busy = sum(line.cpu or 0 for line in lines)
                rates[engine, number] = done / seconds
                print(
                    f"  {engine}, {number}: {done} pages in {seconds:.1f} s,"
                    f" {done / seconds:.1f} a second (CPU time of reading {busy:.1f} s)"
                )
    for engine in engines:
        print(f"  {engine}: 1 -> 2 workers {rates[engine, 2] / rates[engine, 1]:.2f}")
    if "ray" in engines:
        over = rates["processes", 2] / rates["ray", 2] - 1
        print(f"  Ray's overhead over processes with 2 workers: {over:.0%}")


@contextmanager
def records() -> Iterator[Iterator[tuple[str, str]]]:
    """(engine, address) of new records: a file, and a schema where there is a server."""
    server = os.environ.get("SAYSO_TEST_POSTGRES")
    with tempfile.TemporaryDirectory() as name:
        found = [("sqlite", str(Path(name) / "r.db"))]
        if server:
            import psycopg

            schema = f"bench_{uuid.uuid4().hex[:12]}"
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE SCHEMA {schema}")
                found.append(("postgresql", f"{server}?options=-csearch_path%3D{schema}"))
                yield iter(found)
                connection.execute(f"DROP SCHEMA {schema} CASCADE")
        else:
            yield iter(found)


def growth(tellings: int) -> None:
    """How joining and storing grow: each half of the tellings that is added costs how much?"""
    with records() as found:
        for engine, address in found:
            print(
                f"{engine}: tellings, seconds of this process and by the clock a 1000, bytes each"
            )
            with Record(address) as record:
                batch: list[Reading] = []
                done, mark, spent, clock = 0, tellings // 8, 0.0, 0.0
                for reading in bench_record.pages(tellings, 10):
                    batch.append(reading)
                    if len(batch) < 100:
                        continue
                    began = time.monotonic()
                    _, seconds = cpu(lambda batch=batch: record.add(batch, reader="bench"))
                    spent, clock = spent + seconds, clock + time.monotonic() - began
                    done, batch = done + 1000, []
                    if done >= mark:
                        size = record.database.engine.size() / done
                        print(
                            f"  {done:>9,}  {1000 * spent / done:6.2f} s"
                            f"  {1000 * clock / done:6.2f} s  {size:7,.0f}",
                            flush=True,
                        )
                        mark *= 2
                began = time.monotonic()
                broken = custody.first_broken(record.database)
                print(f"  the log {'is whole' if broken is None else broken},"
                      f" checked in {time.monotonic() - began:.1f} s")  # fmt: skip
                bench_record.queries(record)


def copy(tellings: int) -> None:
    """How long a record takes from a file to a server and back."""
    with records() as found, tempfile.TemporaryDirectory() as name:
        addresses = [address for _, address in found]
        with Record(addresses[0]) as record:
            bench_record.load(record, tellings, 10)
        for source, target in zip(
            addresses, [*addresses[1:], str(Path(name) / "b.db")], strict=True
        ):
            began = time.monotonic()
            done = copying.copy(source, target)
            seconds = time.monotonic() - began
            rows = sum(t.rows for t in done)
            print(f"copied and compared {rows:,} rows in {seconds:.1f} s, {rows / seconds:,.0f}/s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "what", nargs="?", choices=("floors", "threads", "workers", "growth", "copy")
    )
    parser.add_argument("files", nargs="*")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--tellings", type=int, default=20_000)
    args = parser.parse_args()
    if args.what in (None, "floors"):
        if args.files:
            floors(args.files)
        else:
            with archives_of(args.pages) as sources:
                floors(sources)
    if args.what in (None, "threads"):
        threads()
    if args.what in (None, "workers"):
        workers(args.pages * 5)  # enough that starting counts little
    if args.what in (None, "growth"):
        growth(args.tellings)
    if args.what == "copy":
        copy(args.tellings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
