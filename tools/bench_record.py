"""How quick a big record is: load, file size, and the queries of the browser.

usage: bench_record.py [--tellings 1000000] [--per-page 10] [--keep FILE]

Readings are generated (no parser runs): invented towns, actors and days. Printed: tellings a
second of CPU time on one core while loading, bytes a telling, and for each query the 50th and 95th
percentile in milliseconds, warm, over 40 different questions, by the clock and of this process
alone (on a machine that does other work too the two differ). Nothing is asserted: `docs/record.md`
has the figures of the last run.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "record"))

from build_readings import KNOWN, Page, count

from sayso.model.entity import Entity
from sayso.model.reading import Reading
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask

TOWNS, ACTORS, DAYS, BATCH = 2000, 60, 3650, 1000
KINDS = (("ASSAULT", "aerial", "bombed"), ("ASSAULT", "heavy-weapons", "shelled"),
         ("ASSAULT", "capture", "captured"), ("RETREAT", "withdraw", "left"),
         ("COERCE", "arrest", "raided"))  # fmt: skip


def pages(tellings: int, per_page: int) -> Iterator[Reading]:
    """Readings that hold that many tellings in all; about four tell each event."""
    rng = random.Random(1)
    for n in range(TOWNS):
        KNOWN[f"Town{n}"] = Entity(
            id=f"place:t:{n}", kind="place", name=f"Town{n}", country="XX",
            latitude=rng.uniform(30, 40), longitude=rng.uniform(30, 45), feature_code="PPL",
            admin1_code=str(n % 20),
        )  # fmt: skip
    for n in range(ACTORS):
        KNOWN[f"Actor{n}"] = Entity(id=f"actor:t:{n}", kind="actor", name=f"Actor{n}")
    known: list[tuple[int, int, int, int, int]] = []
    for number in range(tellings // per_page):
        said = date(2015, 1, 1) + timedelta(number * DAYS * per_page // max(tellings, 1))
        page = Page(publisher=f"Outlet {number % 300}", published=said.isoformat(), key=str(number))
        for _ in range(per_page):
            if known and rng.random() < 0.75:
                kind, town, actor, killed, back = rng.choice(known[-per_page * 60 :])
            else:
                kind, town, actor = rng.randrange(5), rng.randrange(TOWNS), rng.randrange(ACTORS)
                killed, back = rng.randint(1, 40), (said - date(2015, 1, 1)).days
                known.append((kind, town, actor, killed, back))
            type_, mode, verb = KINDS[kind]
            day = (date(2015, 1, 1) + timedelta(back)).isoformat()
            source = f"Actor{rng.randrange(ACTORS)}"
            place = {"origin" if type_ == "RETREAT" else "place": [f"Town{town}"]}
            page.say(
                f"Actor{actor} {verb} Town{town} on {day} and {killed} people died, {source} said.",
                trigger=verb, type=type_, mode=mode, actor=[f"Actor{actor}"],
                time=(day, day), counts=[count("killed", killed, f"{killed} people")],
                source=source, **place,
            )  # fmt: skip
        if number % 10 == 0:
            due = (said + timedelta(rng.randrange(10, 400))).isoformat()
            page.comment(f"reader {number % 50}").forecast("They will be gone by then.", due)
            page.comment(f"reader {number % 49}", "p2").reply("Source?", "asks_source", "p2")
        yield page.reading()


def load(record: Record, tellings: int, per_page: int) -> float:
    """Seconds of CPU time that the record took (making the readings is not counted)."""
    spent = 0.0
    batch: list[Reading] = []
    for n, reading in enumerate(pages(tellings, per_page), 1):
        batch.append(reading)
        if len(batch) == BATCH:
            began = time.process_time()
            record.add(batch, reader="bench")
            spent += time.process_time() - began
            batch = []
            if n % 10_000 == 0:
                print(f"  {n * per_page:,} tellings, {n * per_page / spent:,.0f}/s", flush=True)
    began = time.process_time()
    record.add(batch, reader="bench")
    return spent + time.process_time() - began


def queries(record: Record) -> None:
    """Prints the percentiles of each query."""
    rng = random.Random(2)
    ids = [r.id for r in ask.events(record, Filters(since="2016-01-01"), limit=40).rows]

    def day() -> str:
        return (date(2015, 1, 1) + timedelta(rng.randrange(DAYS))).isoformat()

    def box() -> tuple[float, float, float, float]:
        west, south = rng.uniform(30, 44), rng.uniform(30, 39)
        return west, south, west + 1, south + 1

    asked: dict[str, Callable[[], object]] = {
        "events": lambda: ask.events(record),
        "events since": lambda: ask.events(record, Filters(since=day())),
        "events of an actor": lambda: ask.events(
            record, Filters(actor=f"actor:t:{rng.randrange(ACTORS)}")
        ),
        "events at a place": lambda: ask.events(
            record, Filters(place=f"place:t:{rng.randrange(TOWNS)}")
        ),
        "events on the map": lambda: ask.events(record, Filters(bbox=box()), limit=200),
        "events of a type and day": lambda: ask.events(record, Filters(type="COERCE", on=day())),
        "events as known": lambda: ask.events(record, Filters(on=day(), known_by=day())),
        "one event": lambda: ask.event(record, rng.choice(ids)),
        "search": lambda: ask.search(record, f"town{rng.randrange(TOWNS)} bombed"),
        "control of a place": lambda: ask.control(
            record, Filters(place=f"place:t:{rng.randrange(TOWNS)}")
        ),
        "control, first page": lambda: ask.control(record, Filters(on=day())),
        "control as known": lambda: ask.control(record, Filters(on=day(), known_by=day())),
        "control on the map": lambda: ask.control(record, Filters(on=day(), bbox=box())),
        "disputed": lambda: ask.disputes(record),
        "forecasts due since": lambda: ask.forecasts(record, Filters(since=day())),
        "pages": lambda: ask.pages(record, Filters(since=day())),
        "events of an outlet": lambda: ask.events(
            record, Filters(publisher=f"Outlet {rng.randrange(300)}")
        ),
        "how much there is": lambda: ask.counts(record),
        "actors": lambda: ask.actors(record),
    }
    for name, run in asked.items():
        run()
        times, busy = [], []
        for _ in range(40):
            began, worked = time.perf_counter(), time.process_time()
            run()
            times.append(1000 * (time.perf_counter() - began))
            busy.append(1000 * (time.process_time() - worked))
        times.sort()
        busy.sort()
        print(
            f"  {name:28} p50 {times[20]:8.1f} ms   p95 {times[37]:8.1f} ms"
            f"   (of this process: p95 {busy[37]:8.1f} ms)",
            flush=True,
        )


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--tellings", type=int, default=1_000_000)
    ap.add_argument("--per-page", type=int, default=10)
    ap.add_argument("--keep", type=Path)
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "bench.db"
        fresh = not path.exists()
        with Record(path) as record:
            if fresh:
                seconds = load(record, args.tellings, args.per_page)
                print(f"load: {args.tellings / seconds:,.0f} tellings a second")
                record.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
                print(f"file: {path.stat().st_size / args.tellings:,.0f} bytes a telling")
            print(f"holds: {ask.counts(record)}")
            queries(record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
