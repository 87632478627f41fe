"""How often each forecast cue is right on the development halves of the gold set.

    python tools/calibrate_gold.py [--write]

Prints for every rule of `cues.yaml` how many of its forecasts a reader would count (optional ones
too), and the confidence that follows: the share of right ones, drawn towards PRIOR as if WEIGHT
more had been seen, and never above MOST, because rules were made on these texts. `--write` puts it
into the file. Halves A, B and C are used. Also prints, for forecasts and reply acts, stated
confidence against the share of right ones, by bands.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from score_gold import GOLD, document_of, place, rows

from sayso.language.syntax import default_parser
from sayso.model.annotation import Forecast, Reply
from sayso.model.capture import Capture
from sayso.reading import chain
from sayso.reading.forecast_lexicon import cue_rules

PRIOR, WEIGHT, MOST = 0.7, 8, 0.9
CUES = (
    Path(__file__).resolve().parent.parent
    / "src/sayso/knowledge/data/lang/en/forecasts/cues.yaml"
)  # fmt: skip

Counts = dict[str, list[float]]


def counted(halves: tuple[str, ...] = ("a", "b", "c")) -> tuple[Counts, Counts, Counts]:
    """(right and made by cue, the same by band of confidence, the same for reply acts)."""
    cues: Counts = defaultdict(lambda: [0, 0, 0])
    bands: Counts = defaultdict(lambda: [0, 0, 0])
    acts: Counts = defaultdict(lambda: [0, 0, 0])
    for half in halves:
        for row in rows(GOLD / f"half_{half}.jsonl"):
            doc = document_of(row)
            read = chain.read(doc, Capture(payload=b"", key=row["id"]), default_parser())
            gold = [place(doc, g) for g in row["forecasts"]]
            key = {p.id: p.key for p in doc.parts}
            told = {(r["from"], r["to"]): r for r in row["replies"]}
            for found in read.annotations:
                if isinstance(found, Forecast):
                    right = any(found.proposition.overlaps(s, e) for s, e in gold)
                    _add(cues[found.made_by.rule], right, found.confidence)
                    _add(bands[_band(found.confidence)], right, found.confidence)
                elif isinstance(found, Reply):
                    want = told.get((key[found.from_part], key.get(found.to_part or "")))
                    if want is None or not want.get("optional"):
                        right = want is not None and found.act in want["acts"]
                        _add(acts[_band(found.confidence)], right, found.confidence)
    return cues, bands, acts


def _add(counts: list[float], right: bool, stated: float) -> None:
    counts[0] += right
    counts[1] += 1
    counts[2] += stated


def _band(confidence: float) -> str:
    return f"{int(confidence * 10) / 10:.1f}"


def confidence(right: float, made: float) -> float:
    """What follows from so many right ones of so many."""
    share = (right + PRIOR * WEIGHT) / (made + WEIGHT)
    return min(MOST, int(share * 100) / 100)


def write(found: dict[str, float]) -> None:
    """Puts the confidences into `cues.yaml`."""
    text = CUES.read_text(encoding="utf-8")
    for name, value in found.items():
        pattern = rf"(- id: {re.escape(name)}\n(?:  .*\n)*?  confidence: )[\d.]+"
        text = re.sub(pattern, lambda m, v=value: f"{m.group(1)}{v:g}", text)
    CUES.write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put them into cues.yaml")
    options = parser.parse_args()
    cues, bands, acts = counted()
    found = {rule.id: confidence(*cues[rule.id][:2]) for rule in cue_rules()}
    for rule in cue_rules():
        right, made, _ = cues[rule.id]
        print(f"{rule.id:18s} {right:.0f} of {made:.0f}: {rule.confidence} -> {found[rule.id]}")
    for name, table in (("forecasts", bands), ("reply acts", acts)):
        for band, (right, made, stated) in sorted(table.items()):
            print(
                f"{name} {band}: stated {stated / made:.2f}, right {right / made:.2f} of {made:.0f}"
            )
    if options.write:
        write(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
