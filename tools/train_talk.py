"""Trains the model of talk and writes `knowledge/data/models/talk`.

    python tools/train_talk.py --base FOLDER [--epochs 6] [--hold-out 8]     trains, exports
    python tools/train_talk.py --weigh                                        fits weights.csv

Needs torch, transformers, onnx, onnxscript and onnxruntime beside the program; none of them but
onnxruntime is needed to use the model. FOLDER holds the encoder all-MiniLM-L6-v2 (Apache-2.0;
`model.safetensors` of SHA-256 53aa5117…28d9db), its config and vocabulary. Texts are the project's
own: `training/talk/*.jsonl` and the halves A to C of the gold set, in the form of the gold set; of
`talk*.jsonl` only the replies are labelled. Every eighth thread is held out of training and serves
to choose how rules and model are weighed. The halves of the gold set that are held out are never
read here.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from score_gold import document_of, part_of, rows

from sayso.knowledge.tables import load_yaml
from sayso.language.sentences import sentences
from sayso.language.syntax import default_parser
from sayso.language.talk import FOLDER, Pair, Pieces
from sayso.reading.draft import Draft
from sayso.reading.forecast_cues import cues
from sayso.reading.forecast_plain import plain
from sayso.reading.reply_turns import exchanges

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "sayso" / "knowledge" / "data"
MODEL = DATA.joinpath(*FOLDER)
DEVELOPMENT = ("half_a", "half_b", "half_c")
KEPT_PIECES = 14_000
"""Of the base's word pieces, which stand in the order of their frequency, so many stay, beside all
that the texts of training need and all single characters."""


@dataclass(frozen=True, slots=True)
class Case:
    """One input: its label values (None where nobody labelled) and whether it is held out."""

    pair: Pair
    wanted: tuple[float | None, ...]
    held: bool


def files() -> list[Path]:
    """The texts of training."""
    gold = [ROOT / "tests" / "gold" / f"{name}.jsonl" for name in DEVELOPMENT]
    return [*sorted((ROOT / "training" / "talk").glob("*.jsonl")), *gold]


def held_out(row: dict[str, Any], one_in: int) -> bool:
    """Whether a thread is held out: by its name, so that it stays so when others are added."""
    digest = hashlib.sha256(str(row["id"]).encode()).digest()
    return one_in > 0 and digest[0] % one_in == 0


def cases(pieces: Pieces, labels: list[str], one_in: int) -> Iterator[Case]:
    """Replies and sentences of all texts."""
    for path in files():
        for row in rows(path):
            held = held_out(row, one_in)
            yield from _replies(row, pieces, labels, held)
            if path.stem.startswith("talk"):
                yield from _plain(row, pieces, labels, held)
            else:
                yield from _sentences(row, pieces, labels, held)


def _replies(row: dict[str, Any], pieces: Pieces, labels: list[str], held: bool) -> Iterator[Case]:
    if not row["comments"]:
        return
    found = exchanges(Draft(document_of(row), default_parser()))
    for gold in row["replies"]:
        exchange = found.get((gold["from"], gold["to"]))
        if exchange is None or gold.get("optional"):
            continue
        said = {*gold["acts"], *(["number"] if gold.get("number") else [])}
        wanted = [float(name in said) for name in labels[:-1]]
        yield Case(pieces.exchange(exchange), (*wanted, None), held)


def _sentences(
    row: dict[str, Any], pieces: Pieces, labels: list[str], held: bool
) -> Iterator[Case]:
    doc = document_of(row)
    spans: list[tuple[int, int, bool | None]] = []
    for gold in [*row["forecasts"], *row["not_forecasts"]]:
        part = part_of(doc, gold["comment"])
        at = doc.text.find(gold["words"], part.start, part.end)
        coming = None if gold.get("optional") else "why" not in gold
        spans.append((at, at + len(gold["words"]), coming))
    for part in doc.parts:
        if part.kind not in ("body", "comment"):
            continue
        before = ""
        for start, end in sentences(doc.text[part.start : part.end]):
            start, end = start + part.start, end + part.start
            text = doc.text[start:end]
            said = {coming for a, b, coming in spans if a < end and start < b}
            if True in said or None not in said:
                wanted = (*[None] * (len(labels) - 1), float(True in said))
                yield Case(pieces.sentence(before, text), wanted, held)
            before = text


def _plain(row: dict[str, Any], pieces: Pieces, labels: list[str], held: bool) -> Iterator[Case]:
    """Every third sentence of a discussion that has no label for the future, if no cue holds for
    it: what people write when they foresee nothing. A few of them do."""
    doc = document_of(row)
    for part in doc.parts:
        if part.kind != "comment":
            continue
        before = ""
        for n, (start, end) in enumerate(sentences(doc.text[part.start : part.end])):
            low, high = start + part.start, end + part.start
            text = doc.text[low:high]
            third = (n + len(text)) % 3 == 0
            if third and len(text.split()) > 2 and not any(cues(plain(doc.text, low, high))):
                wanted = (*[None] * (len(labels) - 1), 0.0)
                yield Case(pieces.sentence(before, text), wanted, held)
            before = text


# -- training ----------------------------------------------------------------------------------


def train(base: Path, all_cases: list[Case], count: int, epochs: int, rate: float) -> Any:
    """The encoder with a linear layer over its first vector and the mean of the second text."""
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
            self.out = nn.Linear(768, count)

        def forward(self, input_ids: Any, token_type_ids: Any, attention_mask: Any) -> Any:
            hidden = self.encoder(
                input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
            ).last_hidden_state
            second = (attention_mask * token_type_ids).unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * second).sum(1) / second.sum(1).clamp(min=1)
            return self.out(self.drop(torch.cat([hidden[:, 0], mean], -1)))

    net = Net()
    for weight in net.encoder.embeddings.parameters():
        weight.requires_grad = False
    learned = [p for p in net.encoder.parameters() if p.requires_grad]
    best = torch.optim.AdamW(
        [{"params": learned, "lr": rate}, {"params": net.out.parameters(), "lr": rate * 5}],
        weight_decay=0.01,
    )
    used = [c for c in all_cases if not c.held]
    steps = epochs * (len(used) // 16 + 1)
    slope = torch.optim.lr_scheduler.LambdaLR(
        best, lambda n: min(1.0, n / (steps * 0.08 + 1)) * max(0.0, (steps - n) / steps)
    )
    for epoch in range(epochs):
        net.train()
        order = sorted(used, key=lambda c: len(c.pair[0]) + chance.random() * 20)
        batches = [order[n : n + 16] for n in range(0, len(order), 16)]
        chance.shuffle(batches)
        lost = 0.0
        for batch in batches:
            wanted = torch.tensor([[v or 0.0 for v in c.wanted] for c in batch])
            known = torch.tensor([[float(v is not None) for v in c.wanted] for c in batch])
            loss = nn.functional.binary_cross_entropy_with_logits(
                net(*fed(batch)), wanted, weight=known, reduction="sum"
            )
            loss = loss / known.sum()
            best.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step()
            slope.step()
            lost += loss.item()
        print(f"epoch {epoch + 1} of {epochs}: loss {lost / len(batches):.3f}", flush=True)
    return net.eval()


def fed(batch: list[Case]) -> tuple[Any, Any, Any]:
    """Ids, text numbers and mask of a batch."""
    import torch

    width = max(len(c.pair[0]) for c in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for n, case in enumerate(batch):
        length = len(case.pair[0])
        ids[n, :length] = torch.tensor(case.pair[0])
        types[n, :length] = torch.tensor(case.pair[1])
        mask[n, :length] = 1
    return ids, types, mask


def export(net: Any, vocabulary: list[str], needed: set[int], some: list[Case]) -> None:
    """Writes talk.onnx (int8) and vocab.txt, with the word pieces that stay."""
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    kept = [
        n for n, piece in enumerate(vocabulary)
        if n < KEPT_PIECES or n in needed or len(piece.removeprefix("##")) == 1
    ]  # fmt: skip
    table = net.encoder.embeddings.word_embeddings
    table.weight = torch.nn.Parameter(table.weight.detach()[kept], requires_grad=False)
    table.num_embeddings = len(kept)
    place = {old: new for new, old in enumerate(kept)}
    moved = [Case(([place[i] for i in c.pair[0]], c.pair[1]), c.wanted, c.held) for c in some]
    whole = MODEL / "whole.onnx"
    names = ["input_ids", "token_type_ids", "attention_mask"]
    axes = {name: {0: "replies", 1: "pieces"} for name in names}
    torch.onnx.export(
        net, fed(moved), str(whole), input_names=names, output_names=["logits"],
        dynamic_axes={**axes, "logits": {0: "replies"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(str(whole), str(MODEL / "talk.onnx"), weight_type=QuantType.QInt8)
    onnx.checker.check_model(str(MODEL / "talk.onnx"))
    whole.unlink()
    (MODEL / "vocab.txt").write_text("\n".join(vocabulary[n] for n in kept), encoding="utf-8")


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
    seen: dict[str, Seen] = {name: [] for name in model.labels[:-1]}
    for path in files():
        for row in rows(path):
            if row["comments"] and held_out(row, one_in):
                _see(row, model, seen)
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


def _see(row: dict[str, Any], model: Any, seen: dict[str, Seen]) -> None:
    from sayso.reading.forecast_quotes import Quotes
    from sayso.reading.reply_acts import GUESSED, contentious
    from sayso.reading.reply_turns import addressees, turns_of

    draft = Draft(document_of(row), default_parser())
    turns = turns_of(draft, addressees(draft.document.comments(), draft.text), Quotes(draft))
    argued = contentious([t.acts for t in turns.values() if t.parent is not None])
    by_key = {t.part.key: t for t in turns.values()}
    found = exchanges(draft)
    likely = dict(zip(found, model.replies(list(found.values())), strict=True))
    for gold in row["replies"]:
        key = gold["from"], gold["to"]
        if key not in likely or gold.get("optional"):
            continue
        turn = by_key[key[0]]
        rule = {a.act: a.confidence for a in turn.acts if a.rule not in GUESSED}
        guess = {a.act: a.confidence for a in turn.acts if a.rule in GUESSED and argued}
        rule["number"] = float(turn.figures.disputed is not None)
        said = {*gold["acts"], *(["number"] if gold.get("number") else [])}
        for name, each in seen.items():
            each.append(
                (likely[key][name], rule.get(name, 0.0), guess.get(name, 0.0), name in said)
            )


def _f1(made: Any, truth: Any) -> float:
    both = int((made & truth).sum())
    return 2 * both / max(1, int(made.sum() + truth.sum()))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--hold-out", type=int, default=8, help="every Nth thread")
    parser.add_argument("--weigh", action="store_true")
    options = parser.parse_args()
    if options.weigh:
        weigh(options.hold_out)
        return 0
    given = load_yaml(*FOLDER, "labels.yaml")
    labels = list(given["labels"])
    vocabulary = (options.base / "vocab.txt").read_text(encoding="utf-8").split("\n")
    vocabulary = [p for n, p in enumerate(vocabulary) if p or n + 1 < len(vocabulary)]
    pieces = Pieces(vocabulary, given["signs"])
    found = list(cases(pieces, labels, options.hold_out))
    print(f"{len(found)} cases, {sum(c.held for c in found)} held out", flush=True)
    net = train(options.base, found, len(labels), options.epochs, options.rate)
    needed = {i for c in found for i in c.pair[0]}
    export(net, vocabulary, needed, found[:4])
    print(json.dumps({f.name: f.stat().st_size for f in MODEL.iterdir()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
