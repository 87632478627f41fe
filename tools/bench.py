"""Speeds as ratios, never asserted: what the whole reading costs against parsing the whole text.

usage: bench.py [--gate] [FILE.jsonl ...]; each line {"text": ...}; without files, examples/ is read

Both are CPU time of one process in one run with the same pipeline and no parse cache. The parse is
timed twice, as whole documents and as the sentences that the reading cuts; the ratio is to the
first. `--limit N` takes the first N texts of each file.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["SAYSO_BENCH_CACHE"] = os.environ.pop("SAYSO_PARSE_CACHE", "")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from sayso.language.sentences import sentences
from sayso.language.syntax import DEFAULT_PIPELINE, Parser, SpacyParser, default_parser
from sayso.model.capture import Capture
from sayso.model.reading import Reading
from sayso.page.recover import recover
from sayso.reading import chain, relevance
from sayso.reading.draft import Draft


def texts(path: Path, limit: int | None) -> Iterator[str]:
    """The texts of a JSON Lines file, or the text of any other."""
    if path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").split("\n")[:limit]:
            if line.strip():
                yield json.loads(line).get("text") or ""
    else:
        yield path.read_text(encoding="utf-8")


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU time of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(name: str, given: list[str], parser: SpacyParser) -> None:
    """Prints one line of figures for a set of texts."""
    import spacy

    nlp = spacy.load(DEFAULT_PIPELINE)
    pages = []
    for text in given:
        payload = json.dumps({"id": "x", "text": text}).encode()
        capture = Capture(payload=payload, key=name, media_type="application/json")
        pages.append((recover(capture), capture))
    chain.read_all(pages[:1], parser)
    words = sum(len(t.split()) for t in given)
    spans = [s for t in given for s in sentences(t)]
    kept = [t[s:e] for t in given for s, e in sentences(t) if relevance.wanted(t[s:e])]
    whole = cpu(lambda: list(nlp.pipe(given)))
    reading = cpu(lambda: chain.read_all(pages, parser))
    cut = cpu(lambda: parser.parse_all([(t, sentences(t)) for t in given]))
    drafts = [Draft(document, parser) for document, _ in pages]
    share = sum(len(k.split()) for k in kept) / max(words, 1)
    print(
        f"{name}: {words} words, {len(spans)} sentences, {len(kept)} parsed ({share:.0%} of the "
        f"words); parse of whole texts {whole:.2f} s, of all their sentences {cut:.2f} s, whole "
        f"reading {reading:.2f} s; reading over parse {reading / max(whole, 1e-9):.2f}"
    )
    del drafts


def gate(name: str, given: list[str], parser: Parser) -> None:
    """Prints what the cheap pass before parsing saves, and what it loses."""
    pages = []
    for text in given:
        capture = Capture(
            payload=json.dumps({"id": "x", "text": text}).encode(),
            key=name,
            media_type="application/json",
        )
        pages.append((recover(capture), capture))
    words = sum(len(t.split()) for t in given)
    kept = sum(
        len(t[s:e].split()) for t in given for s, e in sentences(t) if relevance.wanted(t[s:e])
    )
    found = [_found(r) for r in chain.read_all(pages, parser)]
    chain.wanted = lambda sentence: True
    try:
        everything = [_found(r) for r in chain.read_all(pages, parser)]
    finally:
        chain.wanted = relevance.wanted
    out = []
    for kind in ("event", "attribution"):
        have = sum(len(f[kind]) for f in everything)
        lost = sum(len(e[kind] - f[kind]) for f, e in zip(found, everything, strict=True))
        out.append(f"{lost} of {have} {kind}s lost ({lost / max(have, 1):.1%})")
    print(f"{name}: {kept / max(words, 1):.0%} of the words parsed; {', '.join(out)}")


def _found(reading: Reading) -> dict[str, set[tuple[int, int]]]:
    kinds: dict[str, set[tuple[int, int]]] = {"event": set(), "attribution": set()}
    for a in reading.annotations:
        if a.kind in kinds:
            kinds[a.kind].add((a.start, a.end))
    return kinds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--gate", action="store_true", help="what the pass before parsing loses")
    args = parser.parse_args()
    files = args.files or sorted(Path("examples").glob("*.txt"))
    if args.gate:
        if os.environ["SAYSO_BENCH_CACHE"]:  # losses are counted, not timed
            os.environ["SAYSO_PARSE_CACHE"] = os.environ["SAYSO_BENCH_CACHE"]
        for file in files:
            gate(file.stem, list(texts(file, args.limit)), default_parser())
        return
    pipeline = SpacyParser()
    for file in files:
        measure(file.stem, list(texts(file, args.limit)), pipeline)


if __name__ == "__main__":
    main()
