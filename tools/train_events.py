"""Trains the second look at events and writes `knowledge/data/models/events`.

    python tools/train_events.py --base FOLDER [--layers 3] [--epochs 4] [--everything]

Needs torch, transformers, onnx, onnxscript and scikit-learn beside the program. FOLDER holds the
encoder all-MiniLM-L6-v2 (Apache-2.0; `model.safetensors` of SHA-256 53aa5117…28d9db), its config
and vocabulary. Texts are the project's own: `training/events/*.jsonl`, on each line an event that
the reader once read:

    {"id": report, "sentence": ..., "said": type, mode and reality in words,
     "marks": [[role, start, end], ...], "wrong": [what is wrong about it by hand]}

Every eighth report is held out, and how well the model tells right from wrong is printed on them
(area under the curve); --everything takes them too. No text of a suite is read here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from encoders import export, fed, vocabulary_of_base

from sayso.knowledge.tables import load_yaml
from sayso.language.encoder import Pair
from sayso.language.verifier import FOLDER, Inputs, Reading

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT.joinpath("src", "sayso", "knowledge", "data", *FOLDER)
KEPT_PIECES = 12_000
BATCH = 16
HELD = 8
"""One report in so many is held out."""
OF_THE_WHOLE = 3.0
"""How much more "right" weighs than one thing that may be wrong."""


@dataclass(frozen=True, slots=True)
class Case:
    """One input with the values of the labels that are known, and whether it is held out."""

    pair: Pair
    wanted: dict[str, float]
    held: bool


def cases(inputs: Inputs) -> Iterator[Case]:
    """The judged events of all texts."""
    for path in sorted((ROOT / "training" / "events").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            marks = tuple((role, start, end) for role, start, end in row["marks"])
            held = hashlib.sha256(row["id"].encode()).digest()[1] % HELD == 0
            pair = inputs.of(Reading(row["sentence"], row["said"], marks))
            yield Case(pair, wanted(row["wrong"], {m[0] for m in marks}), held)


def wanted(wrong: list[str], roles: set[str]) -> dict[str, float]:
    """The labels of a verdict. Where there is no event nothing else is known; of a role that is not
    filled nothing is."""
    out = {"right": float(not wrong), "none": float("none" in wrong)}
    if "none" in wrong:
        return out
    out |= {name: float(name in wrong) for name in ("type", "status")}
    return out | {r: float(r in wrong) for r in ("actor", "recipient", "place") if r in roles}


def network(base: Path, layers: int, labels: list[str], trigger: int) -> Any:
    """The first layers of the encoder; a linear layer over its first vector, the mean of the
    sentence and the vector of the sign before the trigger."""
    import torch
    from torch import nn
    from transformers import AutoModel

    torch.manual_seed(0)

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(str(base))
            self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
            self.drop = nn.Dropout(0.1)
            self.out = nn.Linear(3 * 384, len(labels))

        def forward(self, input_ids: Any, token_type_ids: Any, attention_mask: Any) -> Any:
            hidden = self.encoder(
                input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
            ).last_hidden_state
            pooled = [hidden[:, 0]]
            for chosen in (attention_mask * token_type_ids, (input_ids == trigger).long()):
                share = chosen.unsqueeze(-1).to(hidden.dtype)
                pooled.append((hidden * share).sum(1) / share.sum(1).clamp(min=1))
            return self.out(self.drop(torch.cat(pooled, -1)))

    net = Net()
    for weight in net.encoder.embeddings.parameters():
        weight.requires_grad = False
    return net


def train(net: Any, used: list[Case], labels: list[str], epochs: int, rate: float) -> None:
    """Trains in place, for so many passes over the cases."""
    import torch
    from torch import nn

    chance = random.Random(0)
    learned = [p for p in net.encoder.parameters() if p.requires_grad]
    best = torch.optim.AdamW(
        [{"params": learned, "lr": rate}, {"params": net.out.parameters(), "lr": rate * 8}],
        weight_decay=0.01,
    )
    steps = epochs * (len(used) // BATCH + 1)
    slope = torch.optim.lr_scheduler.LambdaLR(
        best, lambda n: min(1.0, n / (steps * 0.08 + 1)) * max(0.0, (steps - n) / steps)
    )
    for epoch in range(epochs):
        net.train()
        order = sorted(used, key=lambda c: len(c.pair[0]) + chance.random() * 16)
        batches = [order[n : n + BATCH] for n in range(0, len(order), BATCH)]
        chance.shuffle(batches)
        lost = 0.0
        for batch in batches:
            given = torch.tensor([[c.wanted.get(n, 0.0) for n in labels] for c in batch])
            known = torch.tensor([[float(n in c.wanted) for n in labels] for c in batch])
            known[:, labels.index("right")] *= OF_THE_WHOLE
            made = net(*fed([c.pair for c in batch]))
            loss = nn.functional.binary_cross_entropy_with_logits(
                made, given, weight=known, reduction="sum"
            )
            loss = loss / known.sum()
            best.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step()
            slope.step()
            lost += loss.item()
        print(f"pass {epoch + 1} of {epochs}: loss {lost / len(batches):.3f}", flush=True)


def told_apart(net: Any, held: list[Case], labels: list[str]) -> dict[str, float]:
    """For each label the area under the curve on cases that were held out."""
    import torch
    from sklearn.metrics import roc_auc_score

    net.eval()
    made = []
    with torch.no_grad():
        for n in range(0, len(held), BATCH):
            made += net(*fed([c.pair for c in held[n : n + BATCH]])).tolist()
    out = {}
    for k, label in enumerate(labels):
        pairs = [
            (c.wanted[label], m[k]) for c, m in zip(held, made, strict=True) if label in c.wanted
        ]
        if len({truth for truth, _ in pairs}) > 1:
            out[label] = round(float(roc_auc_score(*zip(*pairs, strict=True))), 3)
    return out


def main() -> int:
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--layers", type=int, default=3)
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--rate", type=float, default=1e-4)
    ap.add_argument("--everything", action="store_true")
    args = ap.parse_args()
    given = load_yaml(*FOLDER, "labels.yaml")
    labels = list(given["labels"])
    vocabulary = vocabulary_of_base(args.base)
    found = list(cases(Inputs(vocabulary, given["signs"])))
    trigger = vocabulary.index(given["signs"]["trigger"])
    held = [c for c in found if c.held]
    print(f"{len(found)} events, {len(held)} held out", flush=True)
    net = network(args.base, args.layers, labels, trigger)
    used = found if args.everything else [c for c in found if not c.held]
    train(net, used, labels, args.epochs, args.rate)
    if not args.everything:
        print(told_apart(net, held, labels), flush=True)
    net.eval()
    needed = {i for c in found for i in c.pair[0]}
    some = [c.pair for c in found[:4]]
    outputs = {"logits": ("inputs",)}
    export(net, MODEL / "events.onnx", outputs, vocabulary, needed, some, KEPT_PIECES)
    print({f.name: f.stat().st_size for f in MODEL.iterdir()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
