"""How good the places of events are, by a gold whose slips are mended; and where they go wrong.

    places_of_events.py [--suites FOLDER] [--table] [--list wrong|missed|elsewhere]

Reads the suite `event_location` where it lies beside the project; nothing of it is kept. Its gold
has two slips that the scorer cannot see (docs/places.md, "What the gold does not have"):

- In some sources a place is given by the numbers of its first and last token, not by offsets. With
  one token the span is empty and the scorer counts the event as one without a place. Here the
  numbers are turned into offsets.
- One numbered run of sentences was left without places from some number on. Those are left out.

Prints the figures as the scorer takes them and with the gold mended, on both halves of the rows.
`--table` counts by how a place was tied to its event; `--list` prints cases: keep them out of the
project.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from sayso.language.syntax import default_parser
from sayso.model.annotation import Arg, Event
from sayso.model.capture import Capture
from sayso.page.recover import recover
from sayso.reading import chain

ROOT = Path(__file__).resolve().parent.parent
Span = tuple[int, int]
_RUN = re.compile(r"(.*[a-z])_(\d+)$")
_LONG_RUN = 200
"""Fewer numbered sentences without a place at their end may be chance."""


@dataclass(frozen=True, slots=True)
class Case:
    """One event of the gold with the event of ours on its trigger. `mended` is None where nobody
    annotated places."""

    row: int
    text: str
    event: Event
    scored: tuple[Span, ...]
    mended: tuple[Span, ...] | None

    def places(self) -> tuple[Arg, ...]:
        return (*self.event.place, *self.event.origin, *self.event.destination)

    def outcome(self, gold: tuple[Span, ...]) -> str:
        """right, missed, elsewhere (a place that gold does not have), none, wrong (gold: none)."""
        if not gold:
            return "wrong" if self.places() else "none"
        if any(a.start < e and s < a.end for a in self.places() for s, e in gold):
            return "right"
        return "elsewhere" if self.places() else "missed"


def mended(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Span, ...] | None]:
    """The gold places of each row; None where they were not annotated."""
    tokens = spacy.blank("en")
    last: dict[str, int] = defaultdict(int)
    size: Counter[str] = Counter()
    for row in rows:
        run = _RUN.match(row["id"])
        if run:
            size[run[1]] += 1
            if row["expected"][0]["location"]:
                last[run[1]] = max(last[run[1]], int(run[2]))
    for row in rows:
        run = _RUN.match(row["id"])
        if run and size[run[1]] >= _LONG_RUN and int(run[2]) > last[run[1]]:
            yield None
            continue
        spans = [(int(s), int(e)) for s, e, *_ in row["expected"][0]["location"]]
        if any(_by_token(row["text"], span) for span in spans):
            doc = tokens(row["text"])
            spans = [
                (doc[s].idx, doc[e].idx + len(doc[e])) if _by_token(row["text"], (s, e)) else (s, e)
                for s, e in spans
            ]
        yield tuple(spans)


def _by_token(text: str, span: Span) -> bool:
    """True for numbers of tokens: no characters, or such as no name is made of."""
    start, end = span
    cut = (text[start - 1 : start].isalnum() and text[start : start + 1].isalnum()) or (
        text[end - 1 : end].isalnum() and text[end : end + 1].isalnum() and end - start < 5
    )
    small = start < 60 and end - start <= 8 and not any(c.isupper() for c in text[start:end])
    return start >= end or cut or small


def cases(path: Path) -> Iterator[Case]:
    """The events of the gold on whose trigger an event of ours stands."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    captures = [
        Capture(
            payload=json.dumps({"id": str(n), "text": row["text"]}).encode(),
            key=str(n),
            media_type="application/json",
        )
        for n, row in enumerate(rows)
    ]
    parser, gold = default_parser(), list(mended(rows))
    for first in range(0, len(rows), 200):
        some = captures[first : first + 200]
        readings = chain.read_all([(recover(c), c) for c in some], parser)
        for n, reading in enumerate(readings, first):
            told = [a for a in reading.annotations if isinstance(a, Event)]
            verbs = [(int(v[0]), int(v[1])) for v in rows[n]["expected"][0]["verb"]]
            event = next(
                (e for e in told if any(e.start < t and s < e.end for s, t in verbs)), None
            )
            if event is not None:
                spans = [(int(s), int(e)) for s, e, *_ in rows[n]["expected"][0]["location"]]
                scored = tuple((s, e) for s, e in spans if s < e)
                yield Case(n, reading.document.text, event, scored, gold[n])


def figures(found: Sequence[Case], *, mend: bool) -> str:
    """Both figures of the suite."""
    count: Counter[str] = Counter()
    for case in found:
        gold = case.mended if mend else case.scored
        if gold is not None:
            count[case.outcome(gold)] += 1
    placed = count["right"] + count["missed"] + count["elsewhere"]
    none = count["none"] + count["wrong"]
    right, rightly = count["right"] / max(placed, 1), count["none"] / max(none, 1)
    return f"place right {right:.3f} of {placed}; rightly none {rightly:.3f} of {none}"


def table(found: Sequence[Case]) -> Iterator[str]:
    """Outcomes by rule of the event, by precision of its first place and by how many it has."""
    for name, key in (
        ("rule", lambda c: c.event.made_by.rule),
        ("precision", lambda c: next((a.precision or "unknown" for a in c.places()), "no place")),
        ("places", lambda c: str(len(c.places()))),
        ("status", lambda c: c.event.status),
    ):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for case in found:
            if case.mended is not None:
                counts[key(case)][case.outcome(case.mended)] += 1
        for value, count in sorted(counts.items(), key=lambda item: -item[1].total()):
            given = count["right"] + count["elsewhere"] + count["wrong"]
            share = f"{count['right'] / given:.2f}" if given else "-"
            yield f"{name:10s} {value:26s} right of those given {share:>5s}  {dict(count)}"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--suites", type=Path, default=ROOT.parent / "shared" / "suites")
    ap.add_argument("--table", action="store_true")
    ap.add_argument("--list", choices=("wrong", "missed", "elsewhere"))
    args = ap.parse_args()
    found = list(cases(args.suites / "events" / "event_location.jsonl"))
    print("as scored:   ", figures(found, mend=False))
    print("gold mended: ", figures(found, mend=True))
    for half in (0, 1):
        print(
            f"  half {half + 1}:    ", figures([c for c in found if c.row % 2 == half], mend=True)
        )
    if args.table:
        print("\n".join(table(found)))
    for case in found if args.list else ():
        if case.mended is not None and case.outcome(case.mended) == args.list:
            given = ", ".join(a.exact for a in case.places())
            wanted = ", ".join(case.text[s:e] for s, e in case.mended)
            words = " ".join(case.text.split())
            print(f"{case.row} {case.event.exact!r} [{given}] gold [{wanted}] {words}")


if __name__ == "__main__":
    main()
