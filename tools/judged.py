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
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import sayso.reading.events as events_stage
from sayso.language.sentences import sentences as cut
from sayso.language.syntax import Sentence
from sayso.model.annotation import Arg, Event
from sayso.reading.event_confidence import WORDS, drawn, log_odds, rule_of, traits
from sayso.reading.event_reality import Reality
from sayso.reading.event_role_words import Roles
from sayso.reading.event_triggers import Match
from sayso.reading.event_words import ROLES, told, weight
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
        events: dict[str, list[tuple[Event, tuple[str, ...]]]] = {}
        for document in {s.document for s in own}:
            events[document] = [(e, heard.of(e)) for e in heard.read(path, document)]
        for sentence in own:
            for event, found in events[sentence.document]:
                row = replace(judged.as_verdict(event, sentence), trait="; ".join(found) or "plain")
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


_OWN = 0.1
"""What an event of the project's own texts counts."""
_LEAST = 8
"""How often a trait has to be met to get a weight."""
_RIDGE = 5.0
"""How strongly weights are drawn towards none."""

Counts = dict[str, list[float]]


class Traits:
    """Listens to the reader: the traits of each event's construction."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, str], tuple[str, ...]] = {}
        self._odds = events_stage.odds
        events_stage.odds = self._listen  # type: ignore[attr-defined]

    def _listen(self, sentence: Sentence, match: Match, roles: Roles, real: Reality) -> float:
        token = match.content or match.token
        self._seen[token.start, rule_of(match)] = tuple(traits(sentence, match, roles, real))
        return self._odds(sentence, match, roles, real)

    def of(self, event: Event) -> tuple[str, ...]:
        """The traits of an event of the document read last."""
        for (at, rule), found in self._seen.items():
            if rule == event.made_by.rule and event.start <= at < event.end:
                return found
        return ()

    def read(self, path: Path, document: str) -> list[Event]:
        """The events of one document."""
        self._seen.clear()
        return judged.read(path, {document})[document]


@dataclass(frozen=True, slots=True)
class Case:
    """A judged event as it was drawn. `words`: the sum of the weights of its words."""

    rule: str
    kind: str
    traits: tuple[str, ...]
    words: float
    right: bool


def cases(folder: Path) -> Iterator[Case]:
    """Every event of a sample that was drawn with its traits, in the order of the documents. What
    is read otherwise today stays in: rules are mended on the errors of a sample, and those of the
    next one have always been as many."""
    texts: dict[str, dict[str, str]] = {}
    inside: dict[tuple[str, str], list[judged.Sentence]] = {}
    for sentence in judged.sentences():
        inside.setdefault((sentence.suite, sentence.document), []).append(sentence)
    for v in sorted(judged.verdicts(), key=lambda v: (v.suite, v.document, v.sample)):
        if not v.trait:
            continue
        if v.suite not in texts:
            rows = judged.rows(folder / "events" / f"{v.suite}.jsonl")
            texts[v.suite] = {r["id"]: r["text"] for r in rows}
        at = int(v.start)
        around = next(s for s in inside[v.suite, v.document] if s.start <= at < s.end)
        kind, _, mode = v.label.partition("/")
        spans = [("trigger", at, int(v.end))]
        for role in ROLES:
            for span in getattr(v, role).split():
                first, last = span.split("-")
                spans.append((role, int(first), int(last)))
        text = texts[v.suite][v.document]
        seen = told(
            text, (around.start, around.end), (v.rule, kind, mode), (v.status, v.polarity), spans
        )
        traits = tuple(t for t in v.trait.split("; ") if t != "plain")
        yield Case(v.rule, kind, traits, weight(seen), not v.reason)


def count(args: argparse.Namespace, folder: Path) -> None:
    """Writes lang/en/events/confidence.csv: how often events of a rule and of a type were right,
    and what each trait of a construction makes of it; prints how well that foretells verdicts on
    documents that it was not fitted on."""
    found = list(cases(folder))
    own = counted(found)
    guessed, right = _foretold(found)
    for keep in (0.5, 0.7, 0.75, 0.8, 0.85, 0.9):
        kept = [r for g, r in zip(guessed, right, strict=True) if g >= keep]
        if kept:
            print(
                f"from {keep}: {sum(kept) / len(kept):.3f} of {len(kept)} right,"
                f" {sum(kept) / sum(right):.2f} of the right ones kept"
            )
    met = Counter(t for c in found for t in c.traits)
    weights = [("weight", k, round(w, 2), met[k]) for k, w in fit(found, own).items()]
    rows = [("all", "events", *own.pop(("all", "events")))]
    rows += [(*key, *value) for key, value in sorted(own.items())]
    rows += weights
    path = DATA / "lang" / "en" / "events" / "confidence.csv"
    lines = "".join(f"{a},{b},{c:g},{d:g}\n" for a, b, c, d in rows)
    path.write_text(COUNTED + "kind,key,right,total\n" + lines, encoding="utf-8")


def counted(found: list[Case]) -> Counts:
    """Events right and judged of all, of each type, of each rule; those of the project's own texts
    (`training/events`) count a tenth: they are not the world's."""
    counts: Counts = {}
    for case in found:
        _count(counts, _keys(case), case.right, 1.0)
    for path in sorted((ROOT / "training" / "events").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            keys = ("all", "events"), ("type", row["kind"]), ("rule", row["rule"])
            _count(counts, keys, not row["wrong"], _OWN)
    return counts


def _count(counts: Counts, keys: Iterable[tuple[str, str]], right: bool, weight: float) -> None:
    for key in keys:
        one = counts.setdefault(key, [0.0, 0.0])
        one[0] += right * weight
        one[1] += weight


def fit(found: list[Case], counts: Counts) -> dict[str, float]:
    """Weights of a logistic regression over the log-odds of the shares (a case's own verdict taken
    out), the words and the traits, drawn towards none."""
    met = Counter(t for c in found for t in c.traits)
    names = sorted(t for t, n in met.items() if n >= _LEAST)
    inputs = np.array(
        [
            [1.0, _shares(c, counts, c), c.words, *(t in c.traits for t in names)]
            for c in found
        ]
    )  # fmt: skip
    truth = np.array([float(c.right) for c in found])
    first = ["all", "share", WORDS]
    drawn_to_none = np.array([0.0] * len(first) + [_RIDGE] * len(names))
    found_weights = np.zeros(inputs.shape[1])
    for _ in range(30):  # Newton's method
        p = 1 / (1 + np.exp(-inputs @ found_weights))
        slope = inputs.T @ (p - truth) + drawn_to_none * found_weights
        bend = (inputs * (p * (1 - p))[:, None]).T @ inputs + np.diag(drawn_to_none + 1e-6)
        found_weights -= np.linalg.solve(bend, slope)
    return dict(zip((*first, *names), found_weights.tolist(), strict=True))


def _keys(case: Case) -> tuple[tuple[str, str], ...]:
    return ("all", "events"), ("type", case.kind), ("rule", case.rule)


def _shares(case: Case, counts: Counts, without: Case | None = None) -> float:
    """The log-odds of the share of a case's rule, without the verdict of `without`."""
    rows = []
    for key in _keys(case):
        right, total = counts.get(key, (0.0, 0.0))
        if without is not None:
            right, total = right - without.right, total - 1
        rows.append((right, total))
    return log_odds(drawn(rows[0], rows[1:]))


def _foretold(found: list[Case]) -> tuple[list[float], list[bool]]:
    """The likelihood of each case as the other nine tenths foretell it, and its verdict."""
    guessed: list[float] = []
    right: list[bool] = []
    for fold in range(10):
        held = [c for n, c in enumerate(found) if n * 10 // len(found) == fold]
        rest = [c for n, c in enumerate(found) if n * 10 // len(found) != fold]
        counts = counted(rest)
        weights = fit(rest, counts)
        for case in held:
            odds = weights["all"] + weights["share"] * _shares(case, counts)
            odds += weights[WORDS] * case.words
            odds += sum(weights.get(t, 0.0) for t in case.traits)
            guessed.append(float(1 / (1 + np.exp(-odds))))
            right.append(case.right)
    return guessed, right


COUNTED = """\
# Confidence of events, counted and fitted. Written by `tools/judged.py count`; never edit by hand.
# all, type, rule: events judged right, and how many were judged (quality/judged_events.csv), as
# drawn; those of the project's own texts (training/events) count a tenth.
# weight: what a trait of the construction adds to the log-odds of an event being right; how often
# it was met; "all" is where they begin, "share" what the log-odds of the rule's share are taken by,
# "words" what the weights of words (words.csv) are taken by.
"""


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
