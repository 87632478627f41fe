"""Trains the short model of sentences and writes `knowledge/data/models/talk/brief.onnx`.

    python tools/train_brief.py --base FOLDER [--layers 3] [--epochs 2] [--rate 1.5e-4]

It has the first layers of the model of talk (`train_talk.py`, which comes first: vocabulary and
vectors of words are that model's), reads a sentence without what stands before it, and costs a
third. It learns half from the labels, half from what the whole model makes of the sentence in its
place. Needs what `train_talk.py` needs.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from encoders import export, fed, go_on_from, vocabulary_of_base
from talk_cases import MODEL, Case, cases
from train_talk import batches, network, stepper

from sayso.knowledge.tables import load_yaml
from sayso.language.encoder import Pair
from sayso.language.talk import COMING, FOLDER, Pieces, first_word, sentence_tags


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence by itself, whether it foresees something (0 or 1, and the odds in logarithms
    that the whole model gives), and for one that does the tags of its pieces, likewise."""

    pair: Pair
    coming: float
    odds: float
    tags: tuple[frozenset[str], ...]
    tag_odds: Any
    held: bool


def alone(pair: Pair) -> Pair:
    """The input of a sentence without what stands before it."""
    ids, texts = pair
    at = texts.index(1)
    return [ids[0], ids[at - 1], *ids[at:]], [0, 0, *texts[at:]]


def _of_sentences(labels: list[str], tags: list[str]) -> tuple[int, list[int]]:
    """Which output of the whole model is the label of a sentence, and which are its tags."""
    return labels.index(COMING), [tags.index(t) for t in sentence_tags(tags)]


def lessons(whole: Any, found: Sequence[Case], labels: list[str], tags: list[str]) -> list[Lesson]:
    """What the sentences teach, with what the whole model makes of them."""
    import torch

    at, some = _of_sentences(labels, tags)
    order = sorted((c for c in found if not c.reply), key=lambda c: len(c.pair[0]))
    out: list[Lesson] = []
    with torch.no_grad():
        for n in range(0, len(order), 32):
            batch = order[n : n + 32]
            made, tagged = whole(*fed([c.pair for c in batch]))
            for k, c in enumerate(batch):
                pieces = tagged[k, first_word(c.pair) : len(c.pair[0]), some].clone()
                coming, odds = c.wanted[COMING], made[k, at].item()
                out.append(Lesson(alone(c.pair), coming, odds, c.tags, pieces, c.held))
    return out


def loss_of(net: Any, batch: Sequence[Lesson], tags: Sequence[str]) -> Any:
    """Half against the labels, half against the whole model."""
    import torch

    cost = torch.nn.functional.binary_cross_entropy_with_logits
    made, tagged = net(*fed([x.pair for x in batch]))
    loss = cost(made, torch.tensor([[x.coming] for x in batch])) / 2
    loss = loss + cost(made, torch.tensor([[x.odds] for x in batch]).sigmoid()) / 2
    given, asked = torch.zeros_like(tagged), torch.zeros_like(tagged)
    for n, x in enumerate(batch):
        first = first_word(x.pair)
        for k, said in enumerate(x.tags if x.coming else ()):
            labelled = torch.tensor([float(t in said) for t in tags])
            given[n, first + k] = (labelled + x.tag_odds[k].sigmoid()) / 2
            asked[n, first + k] = 1
    if asked.any():
        loss = loss + cost(tagged, given, weight=asked, reduction="sum") / asked.sum()
    return loss


def report(net: Any, held: Sequence[Lesson]) -> None:
    """Prints how well sentences that were held out are told apart, by it and the whole model."""
    import torch

    net.eval()
    seen: list[tuple[float, float, bool]] = []
    with torch.no_grad():
        for n in range(0, len(held), 32):
            batch = held[n : n + 32]
            made, _ = net(*fed([x.pair for x in batch]))
            seen += [(m.item(), x.odds, x.coming > 0) for m, x in zip(made, batch, strict=True)]
    for name, at in (("brief", 0), ("whole", 1)):
        right = sum(row[at] > 0 and row[2] for row in seen)
        wrong = sum((row[at] > 0) != row[2] for row in seen)
        print(f"{name}: F1 {2 * right / (2 * right + wrong):.3f} of {len(seen)}", flush=True)
    net.train()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--hold-out", type=int, default=8, help="every Nth thread")
    options = parser.parse_args()
    import torch

    torch.manual_seed(0)
    chance = random.Random(0)
    given = load_yaml(*FOLDER, "labels.yaml")
    labels, tags = list(given["labels"]), list(given["tags"])
    vocabulary = vocabulary_of_base(options.base)
    found = list(cases(Pieces(vocabulary, given["signs"]), options.hold_out))
    whole = network(options.base, len(labels), len(tags))
    go_on_from(whole, MODEL / "talk.onnx")
    known = lessons(whole.eval(), found, labels, tags)
    net = shortened(
        network(options.base, 1, len(sentence_tags(tags))), whole, options.layers, labels, tags
    )
    learned, held = ([x for x in known if x.held is which] for which in (False, True))
    step = stepper(net, options.rate, options.epochs * (len(learned) // 16 + 1))
    net.train()
    for _ in range(options.epochs):
        for batch in batches(learned, chance, 6):
            step(loss_of(net, batch, sentence_tags(tags)))
        report(net, held)
    needed = {i for c in found for i in c.pair[0]}
    outputs = {"logits": ("sentences",), "tags": ("sentences", "pieces")}
    some = [x.pair for x in known[:4]]
    export(net.eval(), MODEL / "brief.onnx", outputs, vocabulary, needed, some, words=False)
    return 0


def shortened(net: Any, whole: Any, layers: int, labels: list[str], tags: list[str]) -> Any:
    """`net` with the first layers of the whole model, and what that has for sentences."""
    import torch

    at, some = _of_sentences(labels, tags)
    net.encoder = whole.encoder
    net.encoder.encoder.layer = net.encoder.encoder.layer[:layers]
    with torch.no_grad():
        for mine, theirs, rows in ((net.out, whole.out, [at]), (net.tag, whole.tag, some)):
            mine.weight.copy_(theirs.weight[rows])
            mine.bias.copy_(theirs.bias[rows])
    return net


if __name__ == "__main__":
    sys.exit(main())
