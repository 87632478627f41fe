"""Fits what stands beside the models of talk, on texts that they were not trained on.

    python tools/fit_talk.py --weigh       weights.csv, beside.csv: how rules and model are weighed
    python tools/fit_talk.py --gate .75    gate.csv: of which sentences of articles it is asked

Needs scikit-learn beside the program.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from score_gold import document_of, rows
from talk_cases import (
    CONTRASTS,
    FREE,
    HARD,
    MODEL,
    ROOT,
    challenged,
    files,
    held_out,
    labelled,
    later,
)

from sayso.knowledge.tables import load_yaml
from sayso.language.syntax import default_parser
from sayso.language.talk import CHALLENGED, FOLDER
from sayso.reading.draft import Draft
from sayso.reading.reply_numbers import candidates
from sayso.reading.reply_turns import exchanges

# -- how rules and model are weighed -------------------------------------------------------------


Seen = list[tuple[float, float, float, bool]]


def weigh(one_in: int) -> None:
    """Fits `weights.csv` on the held-out threads: for each label a logistic regression on the
    model's log-odds and the strengths of the rules."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    from sayso.language.talk import TalkModel

    os.environ["SAYSO_TALK"] = "rules"
    model = TalkModel()
    seen = _nothing_seen(model)
    new = later()
    for path in [*files(), *new]:
        for row in rows(path) if path.stem not in CONTRASTS else ():
            if row["comments"] and (path in new or held_out(row, one_in)):
                hard = path in new or path.stem in HARD
                wanted = FREE if hard else seen.keys()
                for name, each in _see(row, model).items():
                    seen[name] += each if name in wanted else []
    with (MODEL / "weights.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("# Written by tools/fit_talk.py --weigh; its columns: reading/reply_model.py\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("label", "bias", "model", "rule", "guess", "right", "total"))
        for name, each in seen.items():
            p = np.clip([e[0] for e in each], 0.001, 0.999)
            inputs = np.column_stack([np.log(p / (1 - p)), [e[1:3] for e in each]])
            truth = np.array([e[3] for e in each])
            fit = LogisticRegression(C=50.0, class_weight={0: 1.0, 1: 1.8}).fit(inputs, truth)
            found = [max(c, 0.0) for c in fit.coef_[0]]
            writer.writerow(
                (name, *(f"{c:.3f}" for c in (fit.intercept_[0], *found)), truth.sum(), len(each))
            )
            print(f"{name:12s} F1 {_f1(fit.predict(inputs), truth):.3f} of {truth.sum()}")
    _together()


def _together() -> None:
    """Counts into `beside.csv` how often two acts stand beside each other in one reply, out of the
    replies with the rarer one."""
    one, both = Counter[str](), Counter[tuple[str, str]]()
    for path in files():
        for gold in (gold for row in rows(path) for gold in row["replies"]):
            acts = sorted({*gold["acts"], *gold.get("maybe", ())})
            one.update(acts)
            both.update(combinations(acts, 2))
    with (MODEL / "beside.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("# Written by tools/fit_talk.py --weigh; read by reading/reply_model.py\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("act", "other", "together", "of"))
        for a, b in combinations(sorted(one), 2):
            writer.writerow((a, b, both[a, b], min(one[a], one[b])))


def _nothing_seen(model: Any) -> dict[str, Seen]:
    return {name: [] for name in (*model.labels, CHALLENGED) if name != "coming"}


def _see(row: dict[str, Any], model: Any) -> dict[str, Seen]:
    """What model and rules make of the replies of one row, by label, with the truth."""
    seen = _nothing_seen(model)
    from sayso.reading.forecast_quotes import Quotes
    from sayso.reading.reply_acts import GUESSED, contentious
    from sayso.reading.reply_model import by_rule, signs
    from sayso.reading.reply_turns import addressees, turns_of

    draft = Draft(document_of(row), default_parser())
    turns = turns_of(draft, addressees(draft.document.comments(), draft.text), Quotes(draft))
    argued = contentious([t.acts for t in turns.values() if t.parent is not None])
    by_key = {t.part.key: t for t in turns.values()}
    found = exchanges(draft)
    figures = [candidates(e.parent) for e in found.values()]
    spans = [[(n.start, n.end) for n in each] for each in figures]
    likely = dict(zip(found, model.replies(list(found.values()), spans), strict=True))
    asked = dict(zip(found, figures, strict=True))
    for gold in row["replies"]:
        key = gold["from"], gold["to"]
        if key not in likely or gold.get("optional"):
            continue
        turn = by_key[key[0]]
        rule = {a.act: a.confidence for a in turn.acts if a.rule not in GUESSED}
        guess = {a.act: a.confidence for a in turn.acts if a.rule in GUESSED and argued}
        rule["number"] = float(turn.figures.disputed is not None)
        said = {*gold["acts"], *(["number"] if gold.get("number") else [])}
        for name in likely[key].acts.keys() & seen.keys():
            seen[name].append(
                (likely[key].acts[name], rule.get(name, 0.0), guess.get(name, 0.0), name in said)
            )
        one = found[key]
        for number, p in zip(asked[key], likely[key].figures, strict=True):
            if p is None:
                continue  # in what is left out of a long comment
            meant = challenged(one.parent, number, gold.get("number"))
            text = turn.words.text
            rules = signs(by_rule(turn.figures, text), number, text, one.parent, one.own)
            seen[CHALLENGED].append((p, *rules, meant))
    return seen


# -- the gate of articles --------------------------------------------------------------------------


_WITH_CUE = 0.7
"""How much less is enough in a sentence with words of a future: of 100 texts of muc34, 152 are
asked then, 146 at .5, with as much found."""
_OFTEN = 5
"""Sentences in which a word or pair must stand to have a weight."""


def gate(kept: float) -> None:
    """Fits `gate.csv`: a logistic regression on words and pairs, nearly all of which get no weight,
    with the threshold that keeps this share of the forecasts of articles (cross-validated). What
    nobody has labelled counts as the trained model takes it: the gate stands for the model."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    from sayso.reading.forecast_gate import THRESHOLD, WITH_CUE, features

    found = list(_for_gate())
    truth = np.array([f.coming for f in found])
    kind = np.array([f.kind for f in found])
    names = DictVectorizer()
    words = [features(f.text) for f in found]
    often = Counter(name for each in words for name in each)
    inputs = names.fit_transform([{n: 1.0 for n in each if often[n] >= _OFTEN} for each in words])
    inputs.indices, inputs.indptr = (a.astype(np.int32) for a in (inputs.indices, inputs.indptr))
    fit = LogisticRegression(l1_ratio=1, C=0.4, solver="liblinear", class_weight="balanced")
    groups = [f.group for f in found]
    weights = np.where(kind == "body", 3.0, 1.0)
    score = cross_val_predict(
        fit, inputs, truth, groups=groups, cv=GroupKFold(8), method="decision_function",
        params={"sample_weight": weights},
    )  # fmt: skip
    threshold = float(np.quantile(score[(kind == "body") & truth], 1 - kept))
    passed = [(score[(kind == k) & ~truth] >= threshold).mean() for k in ("body", "news")]
    fit.fit(inputs, truth, sample_weight=weights)
    rows_ = [
        (n, w) for n, w in zip(names.feature_names_, fit.coef_[0], strict=True) if abs(w) >= 0.05
    ]
    with (MODEL / "gate.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("# Written by tools/fit_talk.py --gate; read by reading/forecast_gate.py\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("words", "weight"))
        least = threshold - fit.intercept_[0]
        writer.writerow((THRESHOLD, f"{least:.2f}"))
        writer.writerow((WITH_CUE, f"{least - _WITH_CUE:.2f}"))
        writer.writerows((n, f"{w:.2f}") for n, w in sorted(rows_, key=lambda r: -r[1]))
    print(f"{len(rows_)} words; of the forecasts of articles {kept:.2f} pass")
    print(f"of their other sentences {passed[0]:.3f}, of plain news {passed[1]:.3f}")


@dataclass(frozen=True, slots=True)
class Gated:
    """A sentence, whether it foresees something, of what it is, and the text that it is from."""

    text: str
    coming: bool
    kind: str
    group: str


def _for_gate() -> Iterator[Gated]:
    """The labelled sentences, and those of invented news as the trained model takes them."""
    for path in [*files(), *later()]:
        for row in rows(path) if not path.stem.startswith("talk") else ():
            doc = document_of(row)
            for one in labelled(row, doc):
                yield Gated(doc.text[one.start : one.end], one.coming, one.kind, str(row["id"]))
    from sayso.language.talk import TalkModel

    limit = float(load_yaml(*FOLDER, "limits.yaml")["taken_article"])
    news = plain_news()
    seen = TalkModel().coming_briefly(news)
    for sentence, coming in zip(news, seen, strict=True):
        yield Gated(sentence, coming.likely >= limit, "news", sentence[:60])


def plain_news() -> list[str]:
    """Sentences of invented news that tell of events; nobody has looked whether some foresee
    something, and hardly any do."""
    found = [row["sentence"] for path in sorted((ROOT / "training" / "events").glob("*.jsonl"))
             for row in rows(path)]  # fmt: skip
    return list(dict.fromkeys(found))


def _f1(made: Any, truth: Any) -> float:
    both = int((made & truth).sum())
    return 2 * both / max(1, int(made.sum() + truth.sum()))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--hold-out", type=int, default=8, help="every Nth thread")
    parser.add_argument("--weigh", action="store_true")
    parser.add_argument("--gate", type=float, help="the share of forecasts to keep")
    options = parser.parse_args()
    if options.gate:
        gate(options.gate)
    if options.weigh:
        weigh(options.hold_out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
