"""The texts that the models of talk learn from, as cases: replies in their place, and sentences.

Texts are the project's own: `training/talk/*.jsonl` and the halves A to C of the gold set, in the
form of the gold set; of `talk*.jsonl` only the replies are labelled; `maybe` are acts that one of
two readers gave. Every eighth thread is held out of training and serves to choose how rules and
model are weighed. The halves of the gold set that are held out are never read here.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

sys.path.insert(0, str(Path(__file__).resolve().parent))

from score_gold import document_of, part_of, rows

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
    pieces are of a figure of the comment that it answers, and whether it challenges that; whether
    it is a reply, of a contrast set, of a file that was not learned from before."""

    pair: Pair
    wanted: dict[str, float]
    held: bool
    first: int = 0
    tags: tuple[frozenset[str], ...] = ()
    figures: tuple[tuple[int, bool], ...] = ()
    reply: bool = False
    contrast: bool = False
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
                contrast = path.stem in CONTRASTS
                yield replace(case, new=path.stem in new, contrast=contrast)


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
        yield Case(pieces.exchange(exchange), wanted, held, figures=figures, reply=True)


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
        pair, places = pieces.placed(one.before, text)
        tags = tuple(
            frozenset(t for a, b, t in one.tagged if a < one.start + e and one.start + s < b)
            for s, e in places
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
