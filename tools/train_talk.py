"""Trains the model of talk and writes `knowledge/data/models/talk`.

    python tools/train_talk.py --base FOLDER [--epochs 6] [--rate 3e-4] [--hold-out 8] [--go-on]
        [--weights FILE] [--frozen 1] [--new NAMES --share .3]
    python tools/train_talk.py --weigh                                        fits weights.csv
    python tools/train_talk.py --gate .84                                     fits gate.csv

Needs torch, transformers, onnx, onnxscript and onnxruntime beside the program; none of them but
onnxruntime is needed to use the model. FOLDER holds the encoder all-MiniLM-L6-v2 (Apache-2.0;
`model.safetensors` of SHA-256 53aa5117…28d9db), its config and vocabulary. Texts are the project's
own: `training/talk/*.jsonl` and the halves A to C of the gold set, in the form of the gold set; of
`talk*.jsonl` only the replies are labelled; `maybe` are acts that one of two readers gave. Every
eighth thread is held out of training and serves to choose how rules and model are weighed. The
halves of the gold set that are held out are never read here.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

sys.path.insert(0, str(Path(__file__).resolve().parent))

from encoders import export, fed, go_on_from, vocabulary_of_base
from score_gold import document_of, part_of, rows

from sayso.knowledge.tables import load_yaml
from sayso.language.encoder import Pair
from sayso.language.sentences import sentences
from sayso.language.syntax import default_parser
from sayso.language.talk import CHALLENGED, FOLDER, Pieces, first_word
from sayso.model.annotation import ReplyAct
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft
from sayso.reading.forecast_cues import cues
from sayso.reading.forecast_lexicon import cue_rules
from sayso.reading.forecast_plain import plain
from sayso.reading.reply_numbers import Number, candidates
from sayso.reading.reply_turns import exchanges

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "sayso" / "knowledge" / "data"
MODEL = DATA.joinpath(*FOLDER)
DEVELOPMENT = ("half_a", "half_b", "half_c")
HARD = ("talk10", "talk11", "talk12", *(f"fore{n}" for n in range(5, 12)))
"""Texts in which what a reply does carries hardly a mark. Only `FREE` labels are weighed on them as
well: for the others that cost F1 on the threads held out earlier, whose people use marks."""
CONTRASTS = ("talk13", "talk14", "talk15", "talk16", "talk17", "talk18", "talk19")
"""Many replies to one comment that look alike and do different things: to learn from, but nothing
is weighed on them, since in threads that people write far fewer replies do anything."""
FREE = ("disputes", "asks", "answers")


@dataclass(frozen=True, slots=True)
class Case:
    """One input: the values of the labels it has, whether it is held out, and for a
    sentence that says what will be the tags of its word pieces from `first` on; for a reply, which
    pieces are of a figure of the comment that it answers, and whether it challenges that."""

    pair: Pair
    wanted: dict[str, float]
    held: bool
    first: int = 0
    tags: tuple[frozenset[str], ...] = ()
    figures: tuple[tuple[int, bool], ...] = ()
    new: bool = False


def files() -> list[Path]:
    """The texts of training."""
    gold = [ROOT / "tests" / "gold" / f"{name}.jsonl" for name in DEVELOPMENT]
    return [*sorted((ROOT / "training" / "talk").glob("*.jsonl")), *gold]


def later() -> list[Path]:
    """Texts written after training had begun and never trained on: rules and model are weighed, and
    limits chosen, on them and on the threads that are held out."""
    return sorted((ROOT / "training" / "talk" / "held").glob("*.jsonl"))


def held_out(row: dict[str, Any], one_in: int) -> bool:
    """Whether a thread is held out: by its name, so that it stays so when others are added."""
    digest = hashlib.sha256(str(row["id"]).encode()).digest()
    return one_in > 0 and digest[0] % one_in == 0


def cases(pieces: Pieces, one_in: int, new: Sequence[str] = ()) -> Iterator[Case]:
    """Replies and sentences of all texts; those of the files `new` are marked."""
    for path in files():
        for row in rows(path):
            for case in _of_row(row, path.stem, pieces, held_out(row, one_in)):
                yield replace(case, new=path.stem in new)


def _of_row(row: dict[str, Any], name: str, pieces: Pieces, held: bool) -> Iterator[Case]:
    yield from _replies(row, pieces, held)
    if name.startswith("talk"):
        yield from _plain(row, pieces, held)
    else:
        yield from _sentences(row, pieces, held)


def _replies(row: dict[str, Any], pieces: Pieces, held: bool) -> Iterator[Case]:
    if not row["comments"]:
        return
    found = exchanges(Draft(document_of(row), default_parser()))
    for gold in row["replies"]:
        exchange = found.get((gold["from"], gold["to"]))
        if exchange is None or gold.get("optional"):
            continue
        said = {*gold["acts"], *(["number"] if gold.get("number") else [])}
        wanted = {name: float(name in said) for name in (*get_args(ReplyAct), "number")}
        wanted |= dict.fromkeys(gold.get("maybe", ()), 0.5)
        asked = [
            (n, challenged(exchange.parent, n, gold.get("number")))
            for n in candidates(exchange.parent)
        ]
        places = pieces.figures(exchange.parent, [(n.start, n.end) for n, _ in asked])
        figures = tuple(
            (k, meant) for (_, meant), each in zip(asked, places, strict=True) for k in each
        )
        yield Case(pieces.exchange(exchange), wanted, held, figures=figures)


def challenged(parent: str, number: Number, gold: str | None) -> bool:
    """Whether a number of the answered comment is the one that the gold words name."""
    words = plain(gold or "", 0, len(gold or "")).text
    at = parent.find(words)
    return bool(words) and at >= 0 and number.start < at + len(words) and at < number.end


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence at [start, end) of a document, what stands before it, whether it foresees
    something, and the tagged words of the document."""

    kind: str
    before: str
    start: int
    end: int
    coming: bool
    tagged: list[tuple[int, int, str]]


def labelled(row: dict[str, Any], doc: Document) -> Iterator[Labelled]:
    """The sentences of a text that says of all of them whether they foresee something, but those
    that readers may take either way."""
    spans: list[tuple[int, int, bool | None]] = []
    tagged: list[tuple[int, int, str]] = []
    for gold in [*row["forecasts"], *row["not_forecasts"]]:
        part = part_of(doc, gold["comment"])
        at = doc.text.find(gold["words"], part.start, part.end)
        coming = None if gold.get("optional") else "why" not in gold
        spans.append((at, at + len(gold["words"]), coming))
        tagged += _tagged(doc, part, gold, at)
    for part in doc.parts:
        if part.kind not in ("body", "comment"):
            continue
        before = ""
        for start, end in sentences(doc.text[part.start : part.end]):
            start, end = start + part.start, end + part.start
            said = {coming for a, b, coming in spans if a < end and start < b}
            if True in said or None not in said:
                yield Labelled(part.kind, before, start, end, True in said, tagged)
            before = doc.text[start:end]


def _sentences(row: dict[str, Any], pieces: Pieces, held: bool) -> Iterator[Case]:
    doc = document_of(row)
    for one in labelled(row, doc):
        text = doc.text[one.start : one.end]
        pair = pieces.sentence(one.before, text)
        tags = tuple(
            frozenset(t for a, b, t in one.tagged if a < one.start + e and one.start + s < b)
            for s, e in pieces.places(text)
        )
        wanted = {"coming": float(one.coming)}
        yield Case(pair, wanted, held, first_word(pair), tags if one.coming else ())


def _tagged(
    doc: Document, part: Part, gold: dict[str, Any], at: int
) -> Iterator[tuple[int, int, str]]:
    """Where the words of a forecast stand that say how sure, by when, on what condition: of several
    places the one nearest to the forecast."""
    for tag, key in (
        ("hedge", "hedge_words"),
        ("due", "due_words"),
        ("condition", "condition_words"),
    ):
        words = gold.get(key)
        if words:
            found = re.finditer(re.escape(words), doc.text[part.start : part.end])
            starts = [part.start + m.start() for m in found]
            if starts:
                near = min(
                    starts, key=lambda s: max(at - s - len(words), s - at - len(gold["words"]), 0)
                )
                yield near, near + len(words), tag


def _plain(row: dict[str, Any], pieces: Pieces, held: bool) -> Iterator[Case]:
    """Every eighth sentence of a discussion that has no label for the future, if no cue holds for
    it: what people write when they foresee nothing. A few of them do."""
    doc = document_of(row)
    for part in doc.parts:
        if part.kind != "comment":
            continue
        before = ""
        for n, (start, end) in enumerate(sentences(doc.text[part.start : part.end])):
            low, high = start + part.start, end + part.start
            text = doc.text[low:high]
            chosen = (n + len(text)) % 8 == 0
            if (
                chosen
                and len(text.split()) > 2
                and not any(cues(plain(doc.text, low, high), cue_rules()))
            ):
                yield Case(pieces.sentence(before, text), {"coming": 0.0}, held)
            before = text


# -- training ----------------------------------------------------------------------------------


def train(
    base: Path,
    all_cases: list[Case],
    labels: list[str],
    tags: list[str],
    epochs: int,
    rate: float,
    weights: Path,
    frozen: int,
    go_on: bool,
    share: float,
) -> Any:
    """The encoder with a linear layer over its first vector and the mean of the second text, and
    one over the vector of each word piece. Goes on from `weights` where that file is there, or with
    `go_on` from the model that comes with the program, and writes `weights` after each epoch. Each
    epoch takes all new cases and this share of the others."""
    import torch
    from torch import nn
    from transformers import AutoModel

    torch.manual_seed(0)
    chance = random.Random(0)

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(str(base))
            self.drop = nn.Dropout(0.1)
            self.out = nn.Linear(768, len(labels))
            self.tag = nn.Linear(384, len(tags))

        def forward(self, input_ids: Any, token_type_ids: Any, attention_mask: Any) -> Any:
            hidden = self.encoder(
                input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
            ).last_hidden_state
            second = (attention_mask * token_type_ids).unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * second).sum(1) / second.sum(1).clamp(min=1)
            pooled = self.drop(torch.cat([hidden[:, 0], mean], -1))
            return self.out(pooled), self.tag(self.drop(hidden))

    net = Net()
    if weights.exists():
        net.load_state_dict(torch.load(weights))
    elif go_on:
        go_on_from(net, MODEL / "talk.onnx")
    for part in (net.encoder.embeddings, *net.encoder.encoder.layer[:frozen]):
        for weight in part.parameters():
            weight.requires_grad = False
    learned = [p for p in net.encoder.parameters() if p.requires_grad]
    best = torch.optim.AdamW(
        [
            {"params": learned, "lr": rate},
            {"params": [*net.out.parameters(), *net.tag.parameters()], "lr": rate * 5},
        ],
        weight_decay=0.01,
    )
    used = [c for c in all_cases if not c.held]
    often = [c for c in used if c.new or share >= 1]
    rest = [c for c in used if not c.new] if share < 1 else []
    taken = int(len(rest) * share)
    steps = epochs * ((len(often) + taken) // 16 + 1)
    slope = torch.optim.lr_scheduler.LambdaLR(
        best, lambda n: min(1.0, n / (steps * 0.08 + 1)) * max(0.0, (steps - n) / steps)
    )
    for epoch in range(epochs):
        net.train()
        chance.shuffle(rest)
        order = sorted(often + rest[:taken], key=lambda c: len(c.pair[0]) + chance.random() * 20)
        batches = [order[n : n + 16] for n in range(0, len(order), 16)]
        chance.shuffle(batches)
        lost = 0.0
        for batch in batches:
            wanted = torch.tensor([[c.wanted.get(n, 0.0) for n in labels] for c in batch])
            known = torch.tensor([[float(n in c.wanted) for n in labels] for c in batch])
            made, tagged = net(*fed([c.pair for c in batch]))
            cost = nn.functional.binary_cross_entropy_with_logits
            each = known / known.sum(1, keepdim=True).sqrt()
            loss = cost(made, wanted, weight=each, reduction="sum") / each.sum()
            for given, asked in (
                tags_of(batch, tags, tagged.shape[1]),
                figures_of(batch, tags, tagged.shape[1]),
            ):
                if asked.any():
                    loss = loss + cost(tagged, given, weight=asked, reduction="sum") / asked.sum()
            best.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step()
            slope.step()
            lost += loss.item()
        print(f"epoch {epoch + 1} of {epochs}: loss {lost / len(batches):.3f}", flush=True)
        torch.save(net.state_dict(), weights)
    return net.eval()


def tags_of(batch: list[Case], tags: list[str], width: int) -> tuple[Any, Any]:
    """The tags of each word piece of a batch, and which pieces are labelled."""
    import torch

    given = torch.zeros(len(batch), width, len(tags))
    asked = torch.zeros_like(given)
    for n, case in enumerate(batch):
        for k, said in enumerate(case.tags, case.first):
            asked[n, k] = torch.tensor([float(t != CHALLENGED) for t in tags])
            given[n, k] = torch.tensor([float(t in said) for t in tags])
    return given, asked


def figures_of(batch: list[Case], tags: list[str], width: int) -> tuple[Any, Any]:
    """Which word pieces of a batch are of a challenged figure, and which are of any figure."""
    import torch

    given = torch.zeros(len(batch), width, len(tags))
    asked = torch.zeros_like(given)
    at = tags.index(CHALLENGED)
    for n, case in enumerate(batch):
        for k, meant in case.figures:
            asked[n, k, at] = 1
            given[n, k, at] = float(meant)
    return given, asked


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
        out.write(
            "# Written by tools/train_talk.py; what the columns mean: reading/reply_model.py\n"
        )
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
        out.write("# Written by tools/train_talk.py --weigh; read by reading/reply_model.py\n")
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

    from sayso.reading.forecast_gate import THRESHOLD, features

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
        out.write("# Written by tools/train_talk.py --gate; read by reading/forecast_gate.py\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("words", "weight"))
        writer.writerow((THRESHOLD, f"{threshold - fit.intercept_[0]:.2f}"))
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
    seen = TalkModel().coming([("", sentence) for sentence in news])
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
    parser.add_argument("--base", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("talk.pt"), help="kept between runs")
    parser.add_argument("--frozen", type=int, default=0, help="layers that stay as they are")
    parser.add_argument("--go-on", action="store_true", help="from the model of the program")
    parser.add_argument("--new", nargs="*", default=[], help="names of files not yet learned from")
    parser.add_argument("--share", type=float, default=1.0, help="of the others in each epoch")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--hold-out", type=int, default=8, help="every Nth thread")
    parser.add_argument("--weigh", action="store_true")
    parser.add_argument("--gate", type=float, help="the share of forecasts to keep")
    options = parser.parse_args()
    if options.gate:
        gate(options.gate)
        return 0
    if options.weigh:
        weigh(options.hold_out)
        return 0
    given = load_yaml(*FOLDER, "labels.yaml")
    labels = list(given["labels"])
    vocabulary = vocabulary_of_base(options.base)
    pieces = Pieces(vocabulary, given["signs"])
    found = list(cases(pieces, options.hold_out, options.new))
    print(f"{len(found)} cases, {sum(c.held for c in found)} held out", flush=True)
    tags = list(given["tags"])
    net = train(
        options.base,
        found,
        labels,
        tags,
        options.epochs,
        options.rate,
        options.weights,
        options.frozen,
        options.go_on,
        options.share,
    )
    needed = {i for c in found for i in c.pair[0]}
    outputs = {"logits": ("replies",), "tags": ("replies", "pieces")}
    export(net, MODEL / "talk.onnx", outputs, vocabulary, needed, [c.pair for c in found[:4]])
    print(json.dumps({f.name: f.stat().st_size for f in MODEL.iterdir()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
