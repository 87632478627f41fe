"""The bodies of articles, by the method that trafilatura is evaluated by: of each page some words
that belong to the body and some that do not (`tests/page/bodies.yaml`, written for this project).
Printed for Sayso and for trafilatura alone, its default and its fast mode.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import trafilatura
import yaml

from sayso.model.capture import Capture
from sayso.page.recover import recover

PAGES = Path(__file__).resolve().parent.parent / "tests" / "page" / "bodies.yaml"


def ours(page: str) -> str:
    """The body and captions that Sayso recovers."""
    document = recover(Capture(payload=page.encode(), key="x", media_type="text/html"))
    kinds = ("body", "caption")
    return " ".join(document.text[p.start : p.end] for p in document.parts if p.kind in kinds)


def theirs(page: str) -> str:
    """trafilatura's text without comments."""
    return trafilatura.extract(page, include_comments=False) or ""


def fast(page: str) -> str:
    """The same without its second opinions."""
    return trafilatura.extract(page, include_comments=False, fast=True) or ""


def score(work: Callable[[str], str]) -> tuple[float, float, float]:
    """(precision, recall, F1) over all pages."""
    right = missed = wrong = 0
    rows: dict[str, dict[str, Any]] = yaml.safe_load(PAGES.read_text("utf-8"))
    for row in rows.values():
        text = " ".join(work(row["html"]).split())
        found = sum(words in text for words in row["with"])
        right += found
        missed += len(row["with"]) - found
        wrong += sum(words in text for words in row["without"])
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Prints the three."""
    print("body of the article, pages of tests/page/bodies.yaml:  precision  recall  F1")
    for name, work in (("Sayso", ours), ("trafilatura", theirs), ("trafilatura, fast", fast)):
        print(f"  {name:20} {'':31} {'  '.join(f'{x:.3f}' for x in score(work))}")


if __name__ == "__main__":
    main()
