"""How quick the web app is over a big record, page by page, and how much a first view weighs.

usage: bench_web.py RECORD [--only WORDS] [--times 40] [--over 0] [--weights]

Starts the real server (`sayso serve`) on loopback and asks every page and its JSON twin, with and
without clocks, filters and words: `--times` different questions each, after one that warms. The
record is one of `bench_record.py --keep FILE` (its towns, actors and days are asked for). Printed
in milliseconds: CPU time of the server process, and the clock (on a machine with other work too
the two differ). `--over` prints only what takes longer at p95. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

PORT = 8797
TOWNS, ACTORS, OUTLETS, DAYS = 2000, 60, 300, 3650
"""What `bench_record.py` makes."""
PAGES = ("/", "/pages", "/events", "/map", "/map?view=control", "/timeline", "/claims", "/control",
         "/forecasts", "/actors", "/review", "/read", "/sources", "/search?q=town1", "/help",
         "/export")  # fmt: skip
LAZY = {"/static/vendor/pmtiles.mjs"}
"""Asked for only where there is a file of tiles."""


class Server:
    """A running server and a connection to it."""

    def __init__(self, pid: int) -> None:
        # The CPU clock of another process (see clock_getcpuclockid): nanoseconds, not ticks.
        self._clock = (~pid << 3) | 2
        self._connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=600)

    def busy(self) -> float:
        """CPU seconds of the server so far."""
        return time.clock_gettime(self._clock)

    def ask(self, path: str, *, packed: bool = False) -> bytes:
        """The body of a page. Raises SystemExit where the answer is not 200."""
        headers = {"Accept-Encoding": "gzip"} if packed else {}
        self._connection.request("GET", path, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {body[:300]!r}")
        return body


@contextmanager
def serving(record: Path) -> Iterator[Server]:
    """`sayso serve` over a record, until the block ends."""
    command = [sys.executable, "-m", "sayso", "--record", str(record), "serve", "--port", str(PORT)]
    child = subprocess.Popen(command)
    try:
        for _ in range(300):
            try:
                http.client.HTTPConnection("127.0.0.1", PORT, timeout=60).request("GET", "/help")
                break
            except OSError:
                time.sleep(0.2)
        yield Server(child.pid)
    finally:
        child.terminate()
        child.wait()


class Questions:
    """Addresses that ask for something else every time."""

    def __init__(self, server: Server) -> None:
        self._rng = random.Random(3)
        rows = json.loads(server.ask("/events.json?since=2016-03-01&limit=200"))["rows"]
        self._events = [r["id"] for r in rows]
        self._documents = [r["document"] for r in rows]
        self._after = json.loads(server.ask("/pages.json?limit=900"))["next"]
        rows = json.loads(server.ask("/forecasts.json?limit=200"))["rows"]
        self._forecasts = [(r["forecaster"]["who"], r["document"]) for r in rows]

    def day(self) -> str:
        return (date(2015, 1, 1) + timedelta(self._rng.randrange(DAYS))).isoformat()

    def actor(self) -> str:
        return f"actor:t:{self._rng.randrange(ACTORS)}"

    def forecaster(self) -> str:
        who, page = self._rng.choice(self._forecasts)
        return urlencode({"tier": "reader", "who": who, "page": page})

    def all(self) -> dict[str, Callable[[], str]]:
        """Name of a question -> its next address."""
        rng, day = self._rng, self.day

        def known(path: str, **more: str) -> Callable[[], str]:
            return lambda: f"{path}?" + urlencode({"known_by": day(), **more})

        def held(path: str) -> Callable[[], str]:
            return lambda: f"{path}?" + urlencode({"known_by": day(), "basis": "captured"})

        def on(path: str) -> Callable[[], str]:
            return lambda: f"{path}?" + urlencode({"on": day()})

        def both(path: str) -> Callable[[], str]:
            return lambda: f"{path}?" + urlencode({"on": day(), "known_by": day()})

        def since(path: str) -> Callable[[], str]:
            def made() -> str:
                begin = day()
                until = (date.fromisoformat(begin) + timedelta(rng.randrange(5, 400))).isoformat()
                return f"{path}?" + urlencode({"since": begin, "until": until})

            return made

        def near(path: str) -> Callable[[], str]:
            """What had happened in the last month, as it was known at its end."""

            def made() -> str:
                begin = day()
                known = (date.fromisoformat(begin) + timedelta(30)).isoformat()
                return f"{path}?" + urlencode({"since": begin, "known_by": known})

            return made

        def words(path: str) -> Callable[[], str]:
            return lambda: f"{path}?" + urlencode({"text": f"town{rng.randrange(TOWNS)}"})

        def fixed(path: str) -> Callable[[], str]:
            return lambda: path

        found: dict[str, Callable[[], str]] = {}
        for path in ("/", "/review", "/read", "/sources", "/help", "/export", "/index.json",
                     "/sources.json", "/map.json", "/timeline.json"):  # fmt: skip
            found[path] = fixed(path)
        for name in ("pages", "events", "claims", "control", "forecasts", "actors", "timeline",
                     "map"):  # fmt: skip
            for path in (f"/{name}", f"/{name}.json"):
                found[path] = fixed(path)
                found[f"{path} known by"] = known(path)
                found[f"{path} held by"] = held(path)
                found[f"{path} on"] = on(path)
                found[f"{path} on, known by"] = both(path)
                found[f"{path} since, until"] = since(path)
                found[f"{path} since, known by"] = near(path)
                if name not in ("control",):
                    found[f"{path} words"] = words(path)
                if name in ("events", "control", "timeline", "map", "forecasts", "actors"):
                    found[f"{path} actor"] = lambda p=path: f"{p}?actor={self.actor()}"
                if name in ("events", "control", "timeline", "map"):
                    found[f"{path} place"] = lambda p=path: (
                        f"{p}?place=place:t:{rng.randrange(TOWNS)}"
                    )
                    found[f"{path} actor, known by"] = lambda p=path: (
                        f"{p}?actor={self.actor()}&known_by={day()}"
                    )
                if name in ("events", "timeline", "map"):
                    found[f"{path} type, known by"] = lambda p=path: (
                        f"{p}?type={rng.choice(('ASSAULT', 'RETREAT', 'COERCE'))}&known_by={day()}"
                    )
                    found[f"{path} standing"] = lambda p=path: (
                        f"{p}?standing=disputed&since={day()}"
                    )
                    found[f"{path} tier, keep"] = lambda p=path: (
                        f"{p}?tier=party&keep=1&since={day()}"
                    )
                    found[f"{path} outlet"] = lambda p=path: (
                        f"{p}?publisher=Outlet+{rng.randrange(OUTLETS)}"
                    )
                    found[f"{path} source, known by"] = lambda p=path: (
                        f"{p}?source={self.actor()}&known_by={day()}"
                    )
        for path in ("/map", "/map.json"):
            base = f"{path}?view=control"
            found[f"{base}"] = fixed(base)
            found[f"{base} a new day then"] = lambda b=base: f"{b}&as=then&day={day()}"
            found[f"{base} a new day now"] = lambda b=base: f"{b}&as=now&day={day()}"
            found[f"{base} known by"] = lambda b=base: f"{b}&known_by={day()}"
            found[f"{base} place"] = lambda b=base: f"{b}&place=place:t:{rng.randrange(TOWNS)}"
        for end in ("", ".json"):
            found[f"/search{end}"] = lambda e=end: f"/search{e}?q=town{rng.randrange(TOWNS)}"
            found[f"/search{end} often"] = lambda e=end: (
                f"/search{e}?q=actor{rng.randrange(ACTORS)}+died"
            )
            found[f"/events/…{end}"] = lambda e=end: f"/events/{rng.choice(self._events)}{e}"
            found[f"/events/…{end} known by"] = lambda e=end: (
                f"/events/{rng.choice(self._events)}{e}?known_by=2024-12-31"
            )
            found[f"/pages/…{end}"] = lambda e=end: f"/pages/{rng.choice(self._documents)}{e}"
            found[f"/actors/…{end}"] = lambda e=end: f"/actors/{self.actor()}{e}"
            found[f"/actors/…{end} known by"] = lambda e=end: (
                f"/actors/{self.actor()}{e}?known_by={day()}"
            )
            found[f"/forecaster{end}"] = lambda e=end: f"/forecaster{e}?" + self.forecaster()
        found["/events beside"] = lambda: f"/events?open={rng.choice(self._events)}&since={day()}"
        found["/events next page"] = lambda: f"/events?since={day()}&limit=100"
        found["/pages next page"] = lambda: f"/pages?after={self._after}&since={day()}"
        found["/claims/matrix.json"] = lambda: f"/claims/matrix.json?since={day()}"
        return found


def percentiles(times: list[float]) -> tuple[float, float]:
    """The 50th and the 95th percentile, in milliseconds."""
    times = sorted(times)
    return 1000 * times[len(times) // 2], 1000 * times[min(len(times) - 1, len(times) * 95 // 100)]


def speeds(server: Server, only: str, times: int, over: float) -> None:
    """Prints p50 and p95 of each question."""
    print(f"{'':42} CPU p50    p95   clock p50    p95  (ms)")
    for name, made in Questions(server).all().items():
        if only not in name:
            continue
        asked = [made() for _ in range(times + 1)]
        server.ask(asked[0])
        busy, clock = [], []
        for path in asked[1:]:
            worked, began = server.busy(), time.perf_counter()
            server.ask(path)
            clock.append(time.perf_counter() - began)
            busy.append(server.busy() - worked)
        (b50, b95), (c50, c95) = percentiles(busy), percentiles(clock)
        if b95 >= over:
            mark = " <-- over 100" if b95 > 100 else ""
            print(f"{name:40} {b50:8.1f} {b95:8.1f}  {c50:8.1f} {c95:8.1f}{mark}", flush=True)


def weights(server: Server) -> None:
    """Prints the bytes on the wire (gzipped) of a first view of each page: all it asks for."""
    for path in PAGES:
        seen: dict[str, int] = {path: len(server.ask(path, packed=True))}
        page = server.ask(path).decode()
        found = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
        if "/static/map.js" in found:
            data = re.search(r'data-src="([^"]+)"', page)
            script = server.ask("/static/map.js").decode()
            found += re.findall(r'"(/(?:static|map)/[^"]+)"', script)
            found += [data[1].replace("&amp;", "&")] if data else []
        for address in sorted({*found} - LAZY):
            seen[address] = len(server.ask(address, packed=True))
        print(f"{path:24} {seen[path] / 1000:8.1f} kB  with all it asks for "
              f"{sum(seen.values()) / 1000:8.1f} kB", flush=True)  # fmt: skip


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("record", type=Path)
    ap.add_argument("--only", default="", help="questions whose name holds this")
    ap.add_argument("--times", type=int, default=40)
    ap.add_argument("--over", type=float, default=0, help="print from this p95 on, milliseconds")
    ap.add_argument("--weights", action="store_true", help="print sizes alone")
    args = ap.parse_args()
    with serving(args.record) as server:
        if not args.weights:
            speeds(server, args.only, args.times, args.over)
        weights(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
