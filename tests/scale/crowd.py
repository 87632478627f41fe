"""One process of a crowd: threads that judge and threads that ask, for some seconds.

usage: crowd.py ADDRESS WRITERS READERS SECONDS SEED. Prints one JSON object: the ids of the
judgements and pages that the record acknowledged, how many questions were asked, and every error.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "record"))

from build_readings import Page

from sayso.model.reading import Reading
from sayso.record import custody
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, judge

TOWNS = ("Atarib", "Afrin", "Darat Izza")


def page(n: int) -> Reading:
    """A page of its own about one of a few events, with a comment."""
    made = Page(key=f"{n}", publisher=f"Outlet {n % 9}", uri=f"https://example.org/{n}")
    town, day = TOWNS[n % 3], f"2019-01-{n % 20 + 1:02}"
    made.say(
        f"HTS shelled {town} on {day}, report {n}.", trigger="shelled", actor=["HTS"],
        place=[town], time=(day, day),
    )  # fmt: skip
    made.comment("ada").forecast(f"They will be gone in a month, {n}.", "2019-02-07")
    return made.reading()


class Crowd:
    """What the threads of this process share."""

    def __init__(self, address: str, seconds: float) -> None:
        self.address = address
        self.end = time.monotonic() + seconds
        self.lock = threading.Lock()
        self.judged: list[str] = []
        self.pages: list[str] = []
        self.asked = 0
        self.errors: list[str] = []

    def write(self, seed: int) -> None:
        """Judges events, now and then takes a judgement back or adds a page."""
        rng, mine = random.Random(seed), 0
        with Record(self.address, who=f"writer {seed}") as record:
            while time.monotonic() < self.end:
                mine += 1
                if rng.random() < 0.1:
                    done = record.add([page(1000 * (seed + 1) + mine)], reader="test")
                    with self.lock:
                        self.pages += [s.reading.document.id for s in done]
                    continue
                event = rng.choice(ask.events(record, limit=20).rows)
                act = rng.choice(("accept", "note", "confirm", "reject"))
                made = judge.judge(record, act, event.id, why=f"{seed}/{mine}")
                with self.lock:
                    self.judged.append(made.id)
                if rng.random() < 0.2:
                    undone = judge.undo(record, made.id, why="on second thoughts")
                    with self.lock:
                        self.judged.append(undone.id)

    def read(self, seed: int) -> None:
        """Asks what a browser asks; what it is told must fit together."""
        rng = random.Random(seed)
        while time.monotonic() < self.end:
            with Record(self.address, readonly=True) as record:
                for _ in range(5):
                    found = ask.events(record, Filters(place=rng.choice((None, *TOWNS))), limit=20)
                    account = ask.event(record, rng.choice(found.rows).id)
                    assert len(account.tellings) == account.row.tellings
                    hits = ask.search(record, "shelled report", limit=10)
                    assert len({h.document for h in hits}) == len(hits)
                    ask.forecasts(record, limit=10)
                    ask.pages(record, limit=10)
                    head = custody.head(record.database)
                    counted = record.database.value("SELECT count(*) FROM custody")
                    assert head[0] == counted  # one moment: no row without the one before
                    with self.lock:
                        self.asked += 1
                    if time.monotonic() > self.end:
                        break

    def run(self, target: object, seed: int) -> None:
        try:
            target(seed)  # type: ignore[operator]
        except Exception as error:  # noqa: BLE001 - every error counts, whatever it is
            with self.lock:
                self.errors.append(f"{type(error).__name__}: {error}")


def main() -> None:
    address, writers, readers, seconds, seed = sys.argv[1:]
    crowd = Crowd(address, float(seconds))
    first = int(seed) * 100
    jobs = [(crowd.write, first + n) for n in range(int(writers))]
    jobs += [(crowd.read, first + 50 + n) for n in range(int(readers))]
    threads = [threading.Thread(target=crowd.run, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({
        "judged": crowd.judged, "pages": crowd.pages, "asked": crowd.asked, "errors": crowd.errors,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
