"""Scores forecasts and replies on the project's own gold set (`tests/gold/*.jsonl`).

    python tools/score_gold.py [tests/gold/half_a.jsonl ...] [--errors]

Halves A, B and C are for development: their errors may be listed. A half that is held out is only
scored, when a round of work is over (`docs/forecasts.md` says which one and how often). A forecast
counts as found when one of ours in the same comment (or in the article, "0") overlaps its
words. Gold rows marked `optional` count neither way.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.language.syntax import default_parser
from sayso.model.annotation import Forecast, Reply
from sayso.model.capture import Capture
from sayso.model.document import Document, Part
from sayso.model.span import Span
from sayso.page.jsonl import document
from sayso.reading import chain
from sayso.reading.forecast_plain import plain
from sayso.reading.reply_numbers import candidates

Row = dict[str, Any]
GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
CHALLENGES = {"disputes", "corrects", "qualifies", "maintains", "asks_source", "retracts"}


@dataclass
class Tally:
    """Right ones out of so many; `made` where precision is asked for as well."""

    right: int = 0
    of: int = 0
    made: int = 0
    right_made: int = 0

    def rate(self) -> float:
        return self.right / self.of if self.of else float("nan")

    def f1(self) -> float:
        precision = self.right_made / self.made if self.made else 0.0
        recall = self.right / self.of if self.of else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass
class Score:
    """All figures of one half."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    acts: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        macro = [t.f1() for a, t in sorted(self.acts.items()) if t.of]
        found = self.tallies["forecasts"]
        out = [
            f"forecast detection F1 {found.f1():.3f} (recall {found.right} of {found.of},"
            f" precision {found.right_made} of {found.made})"
        ]
        for name in ("look-alikes taken", "forecaster", "due words", "due interval",
                     "probability words", "condition", "polarity"):  # fmt: skip
            tally = self.tallies[name]
            out.append(f"{name} {tally.rate():.3f} ({tally.right} of {tally.of})")
        out.append(f"reply acts macro-F1 {sum(macro) / max(len(macro), 1):.3f}")
        numbers = self.tallies["number disputes"]
        out.append(
            f"number disputes F1 {numbers.f1():.3f} (recall {numbers.right} of {numbers.of},"
            f" precision {numbers.right_made} of {numbers.made})"
        )
        for act, tally in sorted(self.acts.items(), key=lambda t: -t[1].of):
            out.append(
                f"  {act:12s} F1 {tally.f1():.2f} ({tally.right} of {tally.of}, made {tally.made})"
            )
        return out


def rows(path: Path) -> list[Row]:
    """The cases of one file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def document_of(row: Row) -> Document:
    """The gold row as the program gets it."""
    given = {k: row.get(k) for k in ("id", "text", "published")}
    if row["comments"]:
        given["comments"] = row["comments"]
    return document(Capture(payload=json.dumps(given).encode(), key=row["id"]))


def part_of(doc: Document, key: str) -> Part:
    """The comment of that key; "0" is the article."""
    for part in doc.parts:
        if (part.kind == "body" and key == "0") or (part.kind == "comment" and part.key == key):
            return part
    raise KeyError(key)


def place(doc: Document, gold: Row) -> tuple[int, int]:
    """Where the gold words stand. Raises ValueError if they do not."""
    part = part_of(doc, gold["comment"])
    at = doc.text.find(gold["words"], part.start, part.end)
    if at < 0:
        raise ValueError(f"{gold['words']!r} is not in {gold['comment']}")
    return at, at + len(gold["words"])


def words(text: str | None) -> set[str]:
    """The words of a text, without articles."""
    return set(re.findall(r"\w+", (text or "").lower())) - {"the", "a", "an", "of"}


def agree(ours: Span | None, gold: str | None) -> bool:
    """True if both are there and share a word."""
    return bool(ours and gold and words(ours.exact) & words(gold))


def add(score: Score, row: Row) -> None:
    """Reads one gold row and adds what came of it."""
    doc = document_of(row)
    reading = chain.read(doc, Capture(payload=b"", key=row["id"]), default_parser())
    forecasts = [a for a in reading.annotations if isinstance(a, Forecast)]
    replies = [a for a in reading.annotations if isinstance(a, Reply)]
    _forecasts(score, row, doc, forecasts)
    _replies(score, row, doc, replies)


def _forecasts(score: Score, row: Row, doc: Document, ours: list[Forecast]) -> None:
    taken: set[str] = set()
    excused: set[str] = set()
    tally = score.tallies["forecasts"]
    for gold in row["forecasts"]:
        start, end = place(doc, gold)
        hits = [f for f in ours if f.proposition.overlaps(start, end)]
        if gold.get("optional"):
            excused.update(f.id for f in hits)
            continue
        tally.of += 1
        if not hits:
            score.errors.append(f"{row['id']} missed: {gold['words']}")
            continue
        tally.right += 1
        taken.update(f.id for f in hits)
        _fields(score, row, doc, gold, hits[0])
    for gold in row["not_forecasts"]:
        start, end = place(doc, gold)
        hits = [f for f in ours if f.proposition.overlaps(start, end) and f.id not in taken]
        score.tallies["look-alikes taken"].of += 1
        score.tallies["look-alikes taken"].right += bool(hits)
        if hits:
            score.errors.append(f"{row['id']} taken: {gold['words']} ({gold['why']})")
    for forecast in ours:
        if forecast.id in taken or forecast.id not in excused:
            tally.made += 1
            tally.right_made += forecast.id in taken
            if forecast.id not in taken:
                score.errors.append(
                    f"{row['id']} extra: {forecast.exact!r} {forecast.made_by.rule}"
                )


def _fields(score: Score, row: Row, doc: Document, gold: Row, ours: Forecast) -> None:
    def check(name: str, right: bool, want: object, got: object) -> None:
        score.tallies[name].of += 1
        score.tallies[name].right += right
        if not right:
            score.errors.append(
                f"{row['id']} {name}: want {want!r}, got {got!r} | {ours.exact[:90]}"
            )

    who = gold.get("forecaster")
    part = part_of(doc, gold["comment"])
    if who:
        named = f"{ours.forecaster.who or ''} {ours.forecaster.exact or ''}"
        check("forecaster", bool(words(named) & words(who)), who, ours.forecaster.who)
    elif part.kind == "comment":
        check("forecaster", ours.forecaster.part == part.id, part.author, ours.forecaster.who)
    else:
        check("forecaster", ours.forecaster.tier == "publisher", "publisher", ours.forecaster.who)
    for name, key, span in (
        ("due words", "due_words", ours.due_words),
        ("probability words", "hedge_words", ours.probability_words),
        ("condition", "condition_words", ours.condition),
    ):
        if gold.get(key):
            check(name, agree(span, gold[key]), gold[key], span and span.exact)
    if gold.get("due"):
        check("due interval", ours.due == gold["due"], gold["due"], ours.due)
    check("polarity", ours.polarity == gold["polarity"], gold["polarity"], ours.polarity)


def _replies(score: Score, row: Row, doc: Document, ours: list[Reply]) -> None:
    key = {p.id: p.key for p in doc.parts}
    made: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    numbers: set[tuple[str | None, str | None]] = set()
    figures: dict[tuple[str | None, str | None], Span] = {}
    for reply in ours:
        pair = (key[reply.from_part], key.get(reply.to_part or ""))
        made[pair].add(reply.act)
        if reply.act in CHALLENGES and reply.to and _is_figure(reply.to):
            numbers.add(pair)
            figures[pair] = reply.to
    gold = {(r["from"], r["to"]): r for r in row["replies"]}
    for pair in set(made) | set(gold):
        want = gold.get(pair)
        if want is not None and want.get("optional"):
            continue
        acts = set(want["acts"]) if want else set()
        for act in acts | made[pair]:
            tally = score.acts[act]
            tally.of += act in acts
            tally.right += act in acts and act in made[pair]
            tally.made += act in made[pair]
            tally.right_made += act in acts and act in made[pair]
        if acts != made[pair]:
            score.errors.append(
                f"{row['id']} reply {pair[0]}>{pair[1]}:"
                f" want {sorted(acts)}, got {sorted(made[pair])}"
            )
        number = want.get("number") if want else None
        tally = score.tallies["number disputes"]
        tally.of += bool(number)
        tally.made += pair in numbers
        right = bool(number) and pair in numbers and agree(figures[pair], number)
        tally.right += right
        tally.right_made += right
        if bool(number) != (pair in numbers) or (number and not right):
            got = figures.get(pair)
            score.errors.append(
                f"{row['id']} number {pair}: want {number!r}, got {got and got.exact!r}"
            )


def _is_figure(span: Span) -> bool:
    """True if the words are a number and what it counts, and no whole sentence."""
    found = candidates(plain(span.exact, 0, len(span.exact)).text)
    short = len(span.exact.split()) <= 6 and not span.exact.endswith((".", "!", "?"))
    return bool(found) and found[0].start <= 2 and short


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="name every wrong one")
    options = parser.parse_args()
    for path in options.files or sorted(GOLD.glob("half_*.jsonl")):
        score = Score()
        for row in rows(path):
            add(score, row)
        print(path.name)
        print("\n".join(score.lines()))
        if options.errors:
            print("\n".join(score.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
