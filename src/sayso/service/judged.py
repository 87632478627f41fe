"""Event precision by hand: verdicts on the reader's own events, and what they say of it now.

A verdict is kept by suite, document, offsets and the digest of the exact words; the texts are no
part of the project. The events that the reader gives today in the judged sentences are looked up:
those read as they were when they were judged take the verdict over, the others are unjudged and
counted apart. How a verdict is reached is written down in docs/quality.md.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.knowledge.tables import LINE, load_csv
from sayso.language.syntax import Parser, default_parser
from sayso.model.annotation import Arg, Event
from sayso.model.capture import Capture
from sayso.page.recover import recover
from sayso.reading import chain

FILE = ("quality", "judged_events.csv")
SENTENCES = ("quality", "judged_sentences.csv")
REASONS = frozenset(["", "none", "type", "status", "actor", "recipient", "place", "double"])
"""Why an event is wrong; empty for a right one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row of the file. Spans are "start-end", parted by spaces; `reason` is empty if right."""

    sample: str
    suite: str
    document: str
    start: str
    end: str
    digest: str
    label: str
    status: str
    polarity: str
    actor: str
    recipient: str
    place: str
    confidence: str
    reason: str
    rule: str = ""
    trait: str = ""
    """The rule and the gravest trait of its construction, as it was drawn; "" where that was not
    kept."""

    def fits(self, other: Verdict) -> bool:
        """True if this verdict says what `other`, read now, is worth: the same words read in the
        same way. No event and no right type stay wrong whatever the roles are."""
        if self.label != other.label or not _meet(self, other):
            return False
        if (self.start, self.end) == (other.start, other.end) and self.digest != other.digest:
            return False  # the suite's text is another one
        if self.reason in ("none", "type", "double"):
            return True
        same = ("status", "polarity", "actor", "recipient", "place")
        return all(getattr(self, n) == getattr(other, n) for n in same)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the sample: where it stands in which document."""

    sample: str
    suite: str
    document: str
    start: int
    end: int


@dataclass(slots=True)
class Tally:
    """What the verdicts say of the events read now. `lost` are right ones that are not read, or
    not in the same way, any more."""

    right: int = 0
    wrong: int = 0
    unjudged: int = 0
    lost: int = 0

    @property
    def precision(self) -> float | None:
        """Right ones among the judged; None if none is judged."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None

    @property
    def judged_share(self) -> float | None:
        """The share of today's events that have a verdict."""
        everything = self.right + self.wrong + self.unjudged
        return (self.right + self.wrong) / everything if everything else None

    @property
    def still_read(self) -> float | None:
        """The share of the events judged right that are still read."""
        known = self.right + self.lost
        return self.right / known if known else None


@cache
def verdicts() -> tuple[Verdict, ...]:
    """All verdicts, in the file's order. Raises KnowledgeError, UsageError."""
    names = [f.name for f in fields(Verdict)]
    out = []
    for row in load_csv(*FILE, required=("suite", "document", "digest")):
        if row["reason"] not in REASONS:
            raise UsageError(f"{'/'.join(FILE)}:{row[LINE]}: no such reason: {row['reason']!r}")
        out.append(Verdict(**{n: row[n] for n in names}))
    return tuple(out)


@cache
def sentences() -> tuple[Sentence, ...]:
    """The sentences of all samples."""
    return tuple(
        Sentence(r["sample"], r["suite"], r["document"], int(r["start"]), int(r["end"]))
        for r in load_csv(*SENTENCES)
    )


def as_verdict(event: Event, sentence: Sentence, reason: str = "") -> Verdict:
    """An event as a row without a verdict (an empty `reason` says nothing yet)."""
    return Verdict(
        sample=sentence.sample, suite=sentence.suite, document=sentence.document,
        start=str(event.start), end=str(event.end), digest=digest(event.exact),
        label="/".join(x for x in (event.event_type or event.act, event.mode) if x),
        status=event.status, polarity=event.polarity, actor=_spans(event.actor),
        recipient=_spans(event.recipient),
        place=_spans((*event.place, *event.origin, *event.destination)),
        confidence=f"{event.confidence:.2f}", reason=reason, rule=event.made_by.rule,
    )  # fmt: skip


def digest(words: str) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the words."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def measure(
    folder: Path,
    sample: str,
    keep: float,
    parser: Parser | None = None,
    suites: Iterable[str] | None = None,
) -> Tally:
    """Reads the documents of a sample and looks every event of its sentences with a confidence of
    at least `keep` up in the verdicts. Raises UsageError if a suite is not there."""
    tally = Tally()
    chosen = [s for s in sentences() if s.sample == sample]
    known = [v for v in verdicts() if v.sample == sample]
    for suite in sorted({s.suite for s in chosen} & set(suites or {s.suite for s in chosen})):
        inside = [s for s in chosen if s.suite == suite]
        events = read(folder / "events" / f"{suite}.jsonl", {s.document for s in inside}, parser)
        for sentence in inside:
            own = [v for v in known if (v.suite, v.document) == (suite, sentence.document)]
            own = [v for v in own if sentence.start <= int(v.start) < sentence.end]
            _count(tally, sentence, events[sentence.document], own, keep)
    return tally


def _count(
    tally: Tally, sentence: Sentence, events: Sequence[Event], own: list[Verdict], keep: float
) -> None:
    found: list[Verdict] = []
    for event in events:
        if event.confidence < keep or not sentence.start <= event.start < sentence.end:
            continue
        row = as_verdict(event, sentence)
        verdict = next((v for v in own if v.fits(row)), None)
        if verdict is None:
            tally.unjudged += 1
        elif verdict.reason:
            tally.wrong += 1
        else:
            tally.right += 1
            found.append(verdict)
    # An event may have been judged more than once, as its roles changed.
    still = {v.start for v in found}
    tally.lost += len({v.start for v in own if not v.reason} - still)


def read(path: Path, wanted: set[str], parser: Parser | None = None) -> Mapping[str, list[Event]]:
    """The events of the wanted documents of a suite, by document. Raises UsageError."""
    if not path.exists():
        raise UsageError(f"{path} is not there; --suites names the folder of suites")
    parser = parser or default_parser()
    out: dict[str, list[Event]] = {}
    for row in rows(path):
        if row["id"] in wanted:
            payload = json.dumps({"id": row["id"], "text": row["text"]}).encode()
            capture = Capture(payload=payload, key=row["id"], media_type="application/json")
            reading = chain.read(recover(capture), capture, parser)
            out[row["id"]] = [a for a in reading.annotations if isinstance(a, Event)]
    missing = wanted - set(out)
    if missing:
        raise UsageError(f"{path}: no document {sorted(missing)[0]!r}")
    return out


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a suite."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def write(path: Path, items: Sequence[Verdict] | Sequence[Sentence], note: str) -> None:
    """Writes rows as one of the two files, with a note above the header."""
    names = [f.name for f in fields(items[0])]
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("".join(f"# {line}\n" for line in note.splitlines()))
        table = csv.writer(out, lineterminator="\n")
        table.writerow(names)
        table.writerows([getattr(item, n) for n in names] for item in items)


def _spans(args: Iterable[Arg]) -> str:
    return " ".join(sorted(f"{a.start}-{a.end}" for a in args))


def _meet(one: Verdict, other: Verdict) -> bool:
    return int(one.start) < int(other.end) and int(other.start) < int(one.end)
