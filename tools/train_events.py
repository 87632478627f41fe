"""Fits the words that speak for or against an event and writes `lang/en/events/words.csv`.

    python tools/train_events.py [--strength .6] [--try]

Needs scikit-learn beside the program. Texts are the project's own: `training/events/*.jsonl`, on
each line an event that the reader once read:

    {"id": report, "sentence": ..., "said": type, mode and reality in words, "rule": ...,
     "kind": type or act, "marks": [[role, start, end], ...], "wrong": [what is wrong by hand]}

A logistic regression that gives nearly all words no weight (L1). How well it tells right from wrong
is printed as the share of pairs that it puts in the right order, each report judged by what the
others taught; --try stops there. No text of a suite is read here.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from sayso.reading.event_words import Told, features

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT.joinpath("src", "sayso", "knowledge", "data", "lang", "en", "events", "words.csv")
OFTEN = 4
"""Events in which something must be met to have a weight."""
HARD = ("w1", "w2", "w3", "w4", "w5", "w6")
HARD_WEIGHT = 0.6
"""What an event of the texts that were written to be hard counts."""
LEAST = 0.03
FOLDS = 8


@dataclass(frozen=True, slots=True)
class Case:
    """A judged event: what it is known by, whether it was right, its report and file."""

    known_by: set[str]
    right: bool
    report: str
    file: str


def cases() -> Iterator[Case]:
    """The judged events of all texts."""
    for path in sorted((ROOT / "training" / "events").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            marks = tuple((role, start, end) for role, start, end in row["marks"])
            told = Told(row["sentence"], row["said"], row["rule"], row["kind"], marks)
            yield Case(features(told), not row["wrong"], row["id"], path.stem)


def main() -> int:
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--strength", type=float, default=0.6)
    ap.add_argument("--try", action="store_true", dest="only_try")
    args = ap.parse_args()
    found = list(cases())
    met = Counter(f for c in found for f in c.known_by)
    names = DictVectorizer()
    inputs = names.fit_transform(
        [dict.fromkeys(sorted(f for f in c.known_by if met[f] >= OFTEN), 1.0) for c in found]
    )
    inputs.indices, inputs.indptr = (a.astype(np.int32) for a in (inputs.indices, inputs.indptr))
    right = np.array([c.right for c in found])
    weights = np.array([HARD_WEIGHT if c.file in HARD else 1.0 for c in found])
    fit = LogisticRegression(l1_ratio=1, C=args.strength, solver="liblinear", random_state=0)
    scores = cross_val_predict(
        fit, inputs, right, groups=[c.report for c in found], cv=GroupKFold(FOLDS),
        method="decision_function", params={"sample_weight": weights},
    )  # fmt: skip
    for files in (HARD, sorted({c.file for c in found} - {*HARD})):
        chosen = [n for n, c in enumerate(found) if c.file in files]
        told = roc_auc_score(right[chosen], scores[chosen]) if chosen else float("nan")
        print(f"{len(chosen)} events of {files[0]}-{files[-1]}: {told:.3f} of pairs in order")
    if args.only_try:
        return 0
    fit.fit(inputs, right, sample_weight=weights)
    kept = [
        (name, w)
        for name, w in zip(names.feature_names_, fit.coef_[0], strict=True)
        if abs(w) >= LEAST
    ]
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        out.write("# Written by tools/train_events.py; read by reading/event_words.py\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("words", "weight"))
        writer.writerows((n, f"{w:.2f}") for n, w in sorted(kept, key=lambda row: -row[1]))
    print(f"{len(kept)} of {len(names.feature_names_)} have a weight")
    return 0


if __name__ == "__main__":
    sys.exit(main())
