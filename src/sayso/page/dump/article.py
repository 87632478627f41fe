"""The article at the head of a dump: headline, byline, body, and what the page says of its date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.model.document import Evidence
from sayso.page import dates, words
from sayso.page.dump.lines import Line, joined

_LONG = 120
_FEWEST_WORDS = 6
"""Words of a short last paragraph."""
_SENTENCE = re.compile(r"[.!?…。؟][\"”’')\]»]*$")
_BYLINE = re.compile(
    r"^(?:(?:written|posted|published|reported)\s+)?(?:by|von|par|por|di|door|av|af)\s+"
    r"(?P<name>[^\W\d_][^.!?:;]{1,60})$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[•*+#·▪◦–-]|\d{1,3}\.)\s")


@dataclass(slots=True)
class Article:
    """What stands above the thread of a dump."""

    headline: str | None = None
    byline: str | None = None
    byline_words: str | None = None
    body: str = ""
    evidence: list[Evidence] = field(default_factory=list)


def article(lines: list[Line], width: int | None) -> Article:
    """The article of the lines above a thread.

    Its body runs from the first to the last paragraph that reads like prose; its headline is the
    short line above it. Menus, dates and bylines are left out of the body.
    """
    out = Article()
    blocks = _blocks(lines, width)
    prose = [n for n, block in enumerate(blocks) if _is_prose(block)]
    if not prose:
        return _short(blocks, out)
    first, last = _run(blocks, prose)
    _head(blocks[:first], out)
    while last + 1 < len(blocks) and _is_sentence(blocks[last + 1]):
        last += 1
    body = [b for b in blocks[first : last + 1] if not _is_listing(b)]
    out.body = "\n\n".join(body)
    return out


def _blocks(lines: list[Line], width: int | None) -> list[str]:
    """Paragraphs: what empty lines part; in dumps without empty lines, each line."""
    blocks: list[list[Line]] = [[]]
    filled = [line for line in lines if line]
    sparse = len(lines) - len(filled) < len(filled) / 12
    for line in lines:
        if not line or (sparse and blocks[-1] and not width):
            blocks.append([])
        if line:
            blocks[-1].append(line)
    return [joined(block, width) for block in blocks if block]


def _is_prose(block: str) -> bool:
    return (
        len(block) >= _LONG
        and not _is_listing(block)
        and bool(_SENTENCE.search(block) or len(block) > 2 * _LONG)
    )


def _is_sentence(block: str) -> bool:
    """True for a short paragraph that may end an article: whole sentences, no label or link."""
    return (
        len(block.split()) >= _FEWEST_WORDS
        and block.lstrip("\"'“„«‘(")[:1].isupper()
        and bool(_SENTENCE.search(block))
        and not _BULLET.match(block)
        and not words.is_form(block)
        and not words.is_furniture(block)
    )


def _is_listing(block: str) -> bool:
    rows = block.split("\n")
    bullets = sum(1 for row in rows if _BULLET.match(row) and len(row) < _LONG)
    return len(rows) > 2 and bullets * 3 > len(rows) * 2


def _run(blocks: list[str], prose: list[int]) -> tuple[int, int]:
    """The stretch of blocks that holds most prose, with gaps of at most eight other blocks."""
    best, current = (prose[0], prose[0]), (prose[0], prose[0])
    weight = best_weight = 0
    for n in prose:
        if n - current[1] > 8:
            current, weight = (n, n), 0
        current = (current[0], n)
        weight += len(blocks[n])
        if weight > best_weight:
            best, best_weight = current, weight
    return best


def _head(blocks: list[str], out: Article) -> None:
    """Headline, byline and dates of the blocks above the body."""
    rows = [row for block in blocks[-12:] for row in block.split("\n") if row.strip()]
    for row in rows:
        opened = dates.month_year(row)
        if (opened and row.upper() == row) or (opened and row is rows[0]):
            out.evidence.append(Evidence("archive-heading", row, opened))
    for row in reversed(rows[-8:]):
        if dates.month_year(row):
            continue
        stamp = dates.find(row) if len(row) < 80 else None
        if stamp and len(row) - (stamp.end - stamp.start) < 50:
            out.evidence.insert(0, Evidence("visible", row, stamp.edtf))
            continue
        by = _BYLINE.match(row)
        if by and not out.byline:
            out.byline, out.byline_words = by["name"].strip(), row
            continue
        if words.is_furniture(row) or words.is_heading(row) or _BULLET.match(row):
            continue
        if 12 <= len(row) <= 250 and not out.headline:
            out.headline = row
            return


def _short(blocks: list[str], out: Article) -> Article:
    """A page of short lines: the first is the headline, sentences after it are the body."""
    _head(blocks[:1], out)
    rest = blocks[1:] if out.headline else blocks
    out.body = "\n\n".join(b for b in rest if _SENTENCE.search(b) and len(b) > 30)
    return out
