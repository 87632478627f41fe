"""Trains the model of talk and writes talk.onnx, words.onnx and vocab.txt.

    python tools/train_talk.py --base FOLDER [--epochs 6] [--rate 3e-4] [--hold-out 8] [--go-on]
        [--weights FILE] [--frozen 1] [--new NAMES] [--contrasts .2] [--sentences .25]

They go to `knowledge/data/models/talk`. What ships was trained in steps, each from what the one
before left: the last with --go-on --epochs 1 --rate 1.2e-4 --contrasts .2 --sentences .25 and as
--new talk22 to talk27, fore12, fore13 and news9.

Needs torch, transformers, onnx, onnxscript and onnxruntime beside the program; none of them but
onnxruntime is needed to use the model. FOLDER holds the encoder all-MiniLM-L6-v2 (Apache-2.0;
`model.safetensors` of SHA-256 53aa5117…28d9db), its config and vocabulary. `talk_cases.py` says of
what it learns; `train_brief.py` makes the short model of articles from this one.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Protocol, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent))

from encoders import export, fed, go_on_from, vocabulary_of_base
from talk_cases import MODEL, Case, cases, figures_of, tags_of

from sayso.knowledge.tables import load_yaml
from sayso.language.encoder import Pair
from sayso.language.talk import FOLDER, Pieces

_BATCH = 16


@dataclass(frozen=True, slots=True)
class Plan:
    """How often what is gone through: each epoch takes `contrasts` of the contrast sets and
    `sentences` of the old sentences, all other old replies once and new replies twice. Of
    the encoder the first `frozen` layers stay as they are."""

    epochs: int
    rate: float
    contrasts: float = 1.0
    sentences: float = 1.0
    frozen: int = 0


def network(base: Path, labels: int, tags: int) -> Any:
    """The encoder with a linear layer over its first vector and the mean of the second text, and
    one over the vector of each word piece."""
    import torch
    from torch import nn
    from transformers import AutoModel

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(str(base))
            self.drop = nn.Dropout(0.1)
            self.out = nn.Linear(768, labels)
            self.tag = nn.Linear(384, tags)

        def forward(self, input_ids: Any, token_type_ids: Any, attention_mask: Any) -> Any:
            hidden = self.encoder(
                input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
            ).last_hidden_state
            second = (attention_mask * token_type_ids).unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * second).sum(1) / second.sum(1).clamp(min=1)
            pooled = self.drop(torch.cat([hidden[:, 0], mean], -1))
            return self.out(pooled), self.tag(self.drop(hidden))

    return Net()


def stepper(net: Any, rate: float, steps: int, frozen: int = 0) -> Any:
    """What is called with each loss: a step of AdamW, whose rate rises for a twelfth of all steps
    and falls to nothing then. Embeddings and the first `frozen` layers are never changed."""
    import torch
    from torch import nn

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
    slope = torch.optim.lr_scheduler.LambdaLR(
        best, lambda n: min(1.0, n / (steps * 0.08 + 1)) * max(0.0, (steps - n) / steps)
    )

    def step(loss: Any) -> None:
        best.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        best.step()
        slope.step()

    return step


def train(
    net: Any, all_cases: Sequence[Case], labels: list[str], tags: list[str], plan: Plan, kept: Path
) -> Any:
    """Trains on what is not held out; writes `kept` after each epoch."""
    import torch

    torch.manual_seed(0)
    chance = random.Random(0)
    used = [c for c in all_cases if not c.held]
    replies = [c for c in used if c.reply]
    often = [c for c in replies if not c.contrast or c.new] + [c for c in replies if c.new]
    often += [c for c in used if c.new and not c.reply]
    shares = (
        ([c for c in replies if c.contrast and not c.new], plan.contrasts),
        ([c for c in used if not c.reply and not c.new], plan.sentences),
    )
    each = len(often) + sum(int(len(some) * share) for some, share in shares)
    step = stepper(net, plan.rate, plan.epochs * (each // _BATCH + 1), plan.frozen)
    for epoch in range(plan.epochs):
        net.train()
        taken = [c for some, share in shares for c in chance.sample(some, int(len(some) * share))]
        lost = []
        for batch in batches(often + taken, chance, 20):
            loss = _loss(net, batch, labels, tags)
            step(loss)
            lost.append(loss.item())
        print(f"epoch {epoch + 1} of {plan.epochs}: loss {fmean(lost):.3f}", flush=True)
        torch.save(net.state_dict(), kept)
    return net.eval()


class Paired(Protocol):
    """What goes into a batch."""

    @property
    def pair(self) -> Pair:
        """Its input."""
        ...


_Taken = TypeVar("_Taken", bound=Paired)


def batches(found: Sequence[_Taken], chance: random.Random, spread: int) -> list[list[_Taken]]:
    """Sixteen at a time, in a random order, those of about one length (give or take `spread` word
    pieces) together."""
    order = sorted(found, key=lambda c: len(c.pair[0]) + chance.random() * spread)
    out = [order[n : n + _BATCH] for n in range(0, len(order), _BATCH)]
    chance.shuffle(out)
    return out


def _loss(net: Any, batch: list[Case], labels: list[str], tags: list[str]) -> Any:
    import torch

    wanted = torch.tensor([[c.wanted.get(n, 0.0) for n in labels] for c in batch])
    known = torch.tensor([[float(n in c.wanted) for n in labels] for c in batch])
    made, tagged = net(*fed([c.pair for c in batch]))
    cost = torch.nn.functional.binary_cross_entropy_with_logits
    each = known / known.sum(1, keepdim=True).sqrt()
    loss = cost(made, wanted, weight=each, reduction="sum") / each.sum()
    for given, asked in (
        tags_of(batch, tags, tagged.shape[1]),
        figures_of(batch, tags, tagged.shape[1]),
    ):
        if asked.any():
            loss = loss + cost(tagged, given, weight=asked, reduction="sum") / asked.sum()
    return loss


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=Path("talk.pt"), help="kept between runs")
    parser.add_argument("--go-on", action="store_true", help="from the model of the program")
    parser.add_argument("--new", nargs="*", default=[], help="names of files not yet learned from")
    parser.add_argument("--contrasts", type=float, default=1.0, help="share in each epoch")
    parser.add_argument("--sentences", type=float, default=1.0, help="share of the old ones")
    parser.add_argument("--frozen", type=int, default=0, help="layers that stay as they are")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--hold-out", type=int, default=8, help="every Nth thread")
    options = parser.parse_args()
    given = load_yaml(*FOLDER, "labels.yaml")
    labels, tags = list(given["labels"]), list(given["tags"])
    vocabulary = vocabulary_of_base(options.base)
    found = list(cases(Pieces(vocabulary, given["signs"]), options.hold_out, options.new))
    print(f"{len(found)} cases, {sum(c.held for c in found)} held out", flush=True)
    net = network(options.base, len(labels), len(tags))
    if options.weights.exists():
        import torch

        net.load_state_dict(torch.load(options.weights))
    elif options.go_on:
        go_on_from(net, MODEL / "talk.onnx")
    plan = Plan(options.epochs, options.rate, options.contrasts, options.sentences, options.frozen)
    net = train(net, found, labels, tags, plan, options.weights)
    needed = {i for c in found for i in c.pair[0]}
    outputs = {"logits": ("replies",), "tags": ("replies", "pieces")}
    some = [c.pair for c in found[:4]]
    export(net, MODEL / "talk.onnx", outputs, vocabulary, needed, some, words=True)
    print(json.dumps({f.name: f.stat().st_size for f in MODEL.iterdir()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
