"""What training an encoder needs: batches, the weights to go on from, and the export.

Needs torch, transformers, onnx and onnxscript beside the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sayso.language.encoder import WORDS, Pair

KEPT_PIECES = 14_000
"""Of the base's word pieces, which stand in the order of their frequency, so many stay, beside all
that the texts of training need and all single characters."""


def vocabulary_of_base(base: Path) -> list[str]:
    """The word pieces of the encoder that training starts from."""
    return (base / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")


def fed(pairs: Sequence[Pair]) -> tuple[Any, Any, Any]:
    """Ids, text numbers and mask of a batch."""
    import torch

    width = max(len(ids) for ids, _ in pairs)
    ids = torch.zeros(len(pairs), width, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for n, (row, texts) in enumerate(pairs):
        ids[n, : len(row)] = torch.tensor(row)
        types[n, : len(row)] = torch.tensor(texts)
        mask[n, : len(row)] = 1
    return ids, types, mask


def go_on_from(net: Any, shipped: Path) -> None:
    """Gives `net` the weights of a model that `export` wrote (int8, so near to what was trained),
    but for its embeddings, which no training changes. Raises ValueError or RuntimeError
    where layers differ."""
    import onnx
    import torch
    from onnx.numpy_helper import to_array

    graph = onnx.load(str(shipped)).graph
    given = {i.name: to_array(i) for i in graph.initializer}
    shown = {n.name.lstrip("/").replace("/", "."): n for n in graph.node}
    found: dict[str, Any] = {}
    for name, layer in net.named_modules():
        if name.startswith(("encoder.embeddings", "encoder.pooler")):
            continue
        if isinstance(layer, torch.nn.LayerNorm):
            found |= {f"{name}.{k}": given[f"{name}.{k}"] for k in ("weight", "bias")}
        elif isinstance(layer, torch.nn.Linear):
            node = shown.get(f"{name}.MatMul_quant") or shown[f"{name}.Gemm_MatMul_quant"]
            stored = node.input[1].removesuffix("_quantized")
            zero, scale = given[f"{stored}_zero_point"], given[f"{stored}_scale"]
            weight = (given[node.input[1]].astype("float32") - zero.astype("float32")) * scale
            found |= {f"{name}.weight": weight.T, f"{name}.bias": given[f"{name}.bias"]}
    held = {n: torch.tensor(w.copy()) for n, w in found.items()}
    missing, unknown = net.load_state_dict(held, strict=False)
    if unknown or any(not n.startswith(("encoder.embeddings", "encoder.pooler")) for n in missing):
        raise ValueError(f"{shipped} has other layers: {missing} {unknown}")


def export(
    net: Any,
    target: Path,
    outputs: dict[str, tuple[str, ...]],
    vocabulary: Sequence[str],
    needed: set[int],
    some: Sequence[Pair],
    *,
    words: bool,
) -> None:
    """Writes `target` (ONNX, int8), which takes the vectors of the word pieces that stay, and with
    `words` words.onnx, which gives them, and vocab.txt beside it. `outputs` are the names of
    what `net` gives, each with the names of its axes that vary."""
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
    moved = [([place[i] for i in ids], types) for ids, types in some]
    whole = target.with_name("whole.onnx")
    names = ["input_ids", "token_type_ids", "attention_mask"]
    axes = {name: {0: "inputs", 1: "pieces"} for name in names}
    axes |= {name: dict(enumerate(given)) for name, given in outputs.items()}
    torch.onnx.export(
        net, fed(moved), str(whole), input_names=names, output_names=list(outputs),
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    small = target.with_name("small.onnx")
    quantize_dynamic(str(whole), str(small), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    divide(small, target, target.with_name("words.onnx") if words else None)
    small.unlink()
    if words:
        kept_words = "\n".join(vocabulary[n] for n in kept)
        target.with_name("vocab.txt").write_text(kept_words, encoding="utf-8")


_VECTORS = "/encoder/embeddings/word_embeddings/Gather_output_0"
"""What torch calls the vectors of the word pieces."""


def divide(whole: Path, rest: Path, words: Path | None) -> None:
    """Cuts a model behind the vectors of its word pieces, so that several share them: `words`
    gives them for `input_ids`, `rest` takes them as `words`."""
    import onnx
    from onnx.utils import Extractor

    model = onnx.load(str(whole))
    for node in model.graph.node:
        if node.op_type == "Shape" and list(node.input) == ["input_ids"]:
            node.input[0] = "token_type_ids"  # of the same shape
        for names in (node.input, node.output):
            renamed = [WORDS if n == _VECTORS else n for n in names]
            del names[:]
            names.extend(renamed)
    for known in model.graph.value_info:
        known.name = WORDS if known.name == _VECTORS else known.name
    outputs = [o.name for o in model.graph.output]
    if words is not None:
        onnx.save(Extractor(model).extract_model(["input_ids"], [WORDS]), str(words))
    taken = [WORDS, "token_type_ids", "attention_mask"]
    onnx.save(Extractor(model).extract_model(taken, outputs), str(rest))
    for path in (rest, *([words] if words is not None else [])):
        onnx.checker.check_model(str(path))
