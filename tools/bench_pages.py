"""Speed of recovering pages as a ratio, never asserted: article, metadata and thread by Sayso,
against trafilatura with comments, in one run on the same pages.

usage: bench_pages.py [FILE.html | FOLDER ...]   without arguments, examples/ is read

CPU time of one process, of each page the best of `--rounds` rounds. The two rows of trafilatura are
with metadata (which Sayso always reads) and without.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import trafilatura

from sayso.errors import SaysoError
from sayso.model.capture import Capture
from sayso.page.recover import recover


def ours(payload: bytes) -> None:
    """The whole recovery."""
    with contextlib.suppress(SaysoError):
        recover(Capture(payload=payload, key="page", media_type="text/html"))


def theirs(payload: bytes) -> None:
    """trafilatura with comments and metadata."""
    trafilatura.bare_extraction(payload, include_comments=True, with_metadata=True)


def plain(payload: bytes) -> None:
    """trafilatura with comments alone."""
    trafilatura.bare_extraction(payload, include_comments=True, with_metadata=False)


def seconds(works: list[Callable[[bytes], None]], pages: list[bytes], rounds: int) -> list[float]:
    """CPU seconds of each work over all pages: of each page the best of some rounds, the works in
    turns, so that whatever else the machine does hits all of them alike."""
    totals = [0.0] * len(works)
    for page in pages:
        best = [float("inf")] * len(works)
        for _ in range(rounds):
            for n, work in enumerate(works):
                start = time.process_time()
                work(page)
                best[n] = min(best[n], time.process_time() - start)
        totals = [a + b for a, b in zip(totals, best, strict=True)]
    return totals


def main() -> None:
    """Prints pages a second, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    paths = arguments.paths or [Path(__file__).resolve().parent.parent / "examples"]
    files = [f for p in paths for f in (sorted(p.glob("*.html")) if p.is_dir() else [p])]
    pages = [f.read_bytes() for f in files]
    if not pages:
        sys.exit("no HTML pages there")
    for work in (ours, theirs, plain):
        work(pages[0])
    a, b, c = seconds([ours, theirs, plain], pages, arguments.rounds)
    size = sum(map(len, pages)) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:.0f} kB on average, pages a second (CPU):")
    print(f"  whole recovery with thread          {len(pages) / a:7.1f}")
    print(f"  trafilatura, comments and metadata  {len(pages) / b:7.1f}   ratio {b / a:.2f}")
    print(f"  trafilatura, comments               {len(pages) / c:7.1f}   ratio {c / a:.2f}")


if __name__ == "__main__":
    main()
