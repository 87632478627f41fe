"""Judging events by hand: draws a sample, prints what has no verdict yet, takes verdicts in.

    judged.py draw  --sample 2 --suite muc34_dev --documents 150 --count 75 --seed 202
    judged.py sheet --sample 2 [--keep 0.6] > sheet.txt
    judged.py take  --sample 2 verdicts.txt
    judged.py count                     counts verdicts and suites into confidence.csv

A sheet holds text of the suites: keep it out of the project. A line of verdicts is the event's
number on the sheet and "ok" or a reason (none, type, status, actor, recipient, place, double).
What each means: docs/quality.md.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import sayso.reading.events as events_stage
from sayso.language.sentences import sentences as cut
from sayso.language.syntax import Sentence
from sayso.model.annotation import Arg, Event
from sayso.reading.event_confidence import traits
from sayso.reading.event_reality import Reality
from sayso.reading.event_role_words import Roles
from sayso.reading.event_triggers import Match
from sayso.record.query import KEEP_EVENT
from sayso.service import judged

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "sayso" / "knowledge" / "data"
NOTE = "Written by tools/judged.py; what the columns mean: docs/quality.md."
Item = tuple[judged.Sentence, Event, judged.Verdict, str]


def draw(args: argparse.Namespace, folder: Path) -> None:
    """Adds sentences with an event at `keep`, drawn by seed; those of earlier samples are out."""
    path = folder / "events" / f"{args.suite}.jsonl"
    texts = {r["id"]: r["text"] for r in judged.rows(path)}
    chance = random.Random(args.seed)
    names = sorted(texts)
    chance.shuffle(names)
    names = names[: args.documents]
    known = list(judged.sentences())
    taken = {(s.suite, s.document, s.start) for s in known}
    found = judged.read(path, set(names))
    pool = []
    for name in names:
        events = [e for e in found[name] if e.confidence >= args.keep]
        for start, end in cut(texts[name]):
            if (args.suite, name, start) not in taken and any(
                start <= e.start < end for e in events
            ):
                pool.append(judged.Sentence(args.sample, args.suite, name, start, end))
    drawn = chance.sample(pool, min(args.count, len(pool)))
    judged.write(DATA.joinpath(*judged.SENTENCES), [*known, *drawn], NOTE)
    print(f"{len(drawn)} of {len(pool)} sentences of {len(names)} documents", file=sys.stderr)


def pending(sample: str, folder: Path, keep: float) -> list[Item]:
    """The events of a sample that no verdict fits, with their text."""
    out: list[Item] = []
    inside = [s for s in judged.sentences() if s.sample == sample]
    known = [v for v in judged.verdicts() if v.sample == sample]
    heard = Traits()
    for suite in sorted({s.suite for s in inside}):
        path = folder / "events" / f"{suite}.jsonl"
        texts = {r["id"]: r["text"] for r in judged.rows(path)}
        own = [s for s in inside if s.suite == suite]
        events: dict[str, list[tuple[Event, str]]] = {}
        for document in {s.document for s in own}:
            events[document] = [(e, heard.of(e)) for e in heard.read(path, document)]
        for sentence in own:
            for event, trait in events[sentence.document]:
                row = replace(judged.as_verdict(event, sentence), trait=trait)
                if sentence.start <= event.start < sentence.end and event.confidence >= keep:
                    near = [v for v in known if v.document == row.document and v.suite == suite]
                    if not any(v.fits(row) for v in near):
                        out.append((sentence, event, row, texts[sentence.document]))
    return out


def sheet(args: argparse.Namespace, folder: Path) -> None:
    """Prints the events without a verdict, each sentence with what stands around it."""
    last = None
    for number, (sentence, event, _, text) in enumerate(pending(args.sample, folder, args.keep)):
        if sentence != last:
            last = sentence
            print(f"--- {sentence.suite} {sentence.document}")
            print(f"   [.. {_flat(text[max(0, sentence.start - 220) : sentence.start])}]")
            print(f"   {_flat(text[sentence.start : sentence.end])}")
        print(
            f"{number} {_flat(event.exact)!r} {event.event_type or event.act}/{event.mode or ''}"
            f" A=[{_args(event.actor)}] R=[{_args(event.recipient)}] W=[{_args(event.weapon)}]"
            f" P=[{_args(event.place)}] O=[{_args(event.origin)}] D=[{_args(event.destination)}]"
            f" {event.status} {event.polarity} {event.certainty}"
            f" {event.confidence} {event.made_by.rule}"
        )


def take(args: argparse.Namespace, folder: Path) -> None:
    """Adds the verdicts of a file to those kept; the sheet must be the one that was judged."""
    items = pending(args.sample, folder, args.keep)
    said = dict(line.split() for line in args.file.read_text().splitlines() if line.strip())
    if set(said) != {str(n) for n in range(len(items))}:
        raise SystemExit(f"{len(items)} events on the sheet, {len(said)} verdicts")
    new = []
    for number, (_, _, row, _) in enumerate(items):
        reason = said[str(number)].replace("ok", "")
        if reason not in judged.REASONS:
            raise SystemExit(f"{number}: no such reason: {reason!r}")
        new.append(replace(row, reason=reason))
    judged.write(DATA.joinpath(*judged.FILE), [*judged.verdicts(), *new], NOTE)


# -- what the verdicts make of confidences ---------------------------------------------------------


_OLD = 0.25
"""What an event counts whose sentence rules were mended on since; one as it was drawn counts 1."""

Counts = dict[str, list[float]]


class Traits:
    """Listens to the reader: the traits of each event's construction."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, str], list[str]] = {}
        self._confidence = events_stage.confidence
        events_stage.confidence = self._listen  # type: ignore[attr-defined]

    def _listen(self, sentence: Sentence, match: Match, roles: Roles, real: Reality) -> float:
        token = match.content or match.token
        self._seen[token.start, match.rule.name] = list(traits(sentence, match, roles, real))
        return self._confidence(sentence, match, roles, real)

    def of(self, event: Event) -> str:
        """The gravest trait of an event of the document read last; "plain" for none."""
        for (at, rule), found in self._seen.items():
            if rule == event.made_by.rule and event.start <= at < event.end and found:
                return found[0]
        return "plain"

    def read(self, path: Path, document: str) -> list[Event]:
        """The events of one document."""
        self._seen.clear()
        return judged.read(path, {document})[document]


def count(args: argparse.Namespace, folder: Path) -> None:
    """Writes lang/en/events/confidence.csv: how often events of a rule, of a type and with a trait
    of their construction were right, when they were drawn."""
    rules: Counts = {}
    types: Counts = {}
    traits_of: Counts = {"plain": [0, 0]}

    def add(rule: str, label: str, trait: str, right: bool, weight: float) -> None:
        # Each event counts under its gravest trait alone.
        _add(traits_of, trait, right, weight)
        if trait == "plain":
            _add(rules, rule, right, weight)
            _add(types, label.partition("/")[0], right, weight)

    for row in judged.verdicts():
        if row.trait:
            add(row.rule, row.label, row.trait, not row.reason, 1.0)
    fresh = {v.sample for v in judged.verdicts() if v.trait}
    heard = Traits()
    for suite in sorted({s.suite for s in judged.sentences()}):
        path = folder / "events" / f"{suite}.jsonl"
        own = [s for s in judged.sentences() if s.suite == suite and s.sample not in fresh]
        for document in sorted({s.document for s in own}):
            events = heard.read(path, document)
            known = [v for v in judged.verdicts() if v.document == document]
            for sentence in (s for s in own if s.document == document):
                for event in events:
                    row = judged.as_verdict(event, sentence)
                    verdict = next((v for v in known if v.fits(row)), None)
                    if verdict is None or not sentence.start <= event.start < sentence.end:
                        continue
                    right = not verdict.reason
                    add(event.made_by.rule, row.label, heard.of(event), right, _OLD)
    rows = [("all", "plain", *traits_of.pop("plain"))]
    rows += [("trait", k, *v) for k, v in sorted(traits_of.items())]
    rows += [("type", k, *v) for k, v in sorted(types.items())]
    rows += [("rule", k, *v) for k, v in sorted(rules.items())]
    path = DATA / "lang" / "en" / "events" / "confidence.csv"
    lines = "".join(f"{a},{b},{c:g},{d:g}\n" for a, b, c, d in rows)
    path.write_text(COUNTED + "kind,key,right,total\n" + lines, encoding="utf-8")


COUNTED = """\
# Confidence of events, counted. Written by `tools/judged.py count`; never edit by hand.
# Verdicts by hand (quality/judged_events.csv) on events as they were drawn; those of earlier
# samples, on whose sentences rules were mended since, count a quarter as they are read today.
# rule, type: events of it judged right among those without a trait.
# trait: events judged right among those with this trait and no graver one; plain: with none.
"""


def _add(counts: Counts, key: str, right: bool, weight: float) -> None:
    one = counts.setdefault(key, [0, 0])
    one[0] += right * weight
    one[1] += weight


def _flat(words: str) -> str:
    return " ".join(words.split())


def _args(args: tuple[Arg, ...]) -> str:
    return " + ".join(_flat(a.exact) for a in args)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--suites", type=Path, default=ROOT.parent / "shared" / "suites")
    sub = ap.add_subparsers(required=True)
    sub.add_parser("count").set_defaults(work=count)
    for name, work in (("draw", draw), ("sheet", sheet), ("take", take)):
        one = sub.add_parser(name)
        one.set_defaults(work=work)
        one.add_argument("--sample", required=True)
        one.add_argument("--keep", type=float, default=KEEP_EVENT)
        if work is draw:
            one.add_argument("--suite", required=True)
            one.add_argument("--documents", type=int, default=150)
            one.add_argument("--count", type=int, default=75)
            one.add_argument("--seed", type=int, required=True)
        if work is take:
            one.add_argument("file", type=Path)
    args = ap.parse_args()
    args.work(args, args.suites)


if __name__ == "__main__":
    main()
