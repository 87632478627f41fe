"""What changed between two captures of one page: paragraphs and comments that were added, removed,
altered or moved, and the words of those that were altered.

What a page counts ("12 comments", "1,204 views") changes at every visit and is no change of what it
says; numbers in sentences, headlines and comments always are one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from sayso.model.document import Document, NoticeKind, PartKind
from sayso.page import words

What = Literal["added", "removed", "altered", "moved"]

_ALIKE = 0.4
"""Share of words that two paragraphs must have in common to be one that was altered."""
_PAIRS = 250_000
"""Paragraphs gone times paragraphs new up to which they are compared one with the other."""
_WORDS = 4_000
"""Words of a paragraph up to which the difference is worked out word by word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One paragraph, or comment, that changed. `before` and `after` are its words, None where there
    was none; `words_removed` and `words_added` are runs of words, in order, of what was altered.
    `part` is the id of its part in the new document, in the old one for what was removed. `notice`:
    the new words are the outlet's own notice of a correction, update or the like.
    """

    what: What
    kind: PartKind
    part: str
    author: str | None = None
    before: str | None = None
    after: str | None = None
    words_removed: tuple[str, ...] = ()
    words_added: tuple[str, ...] = ()
    notice: NoticeKind | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph of the article, or a whole comment."""

    kind: PartKind
    part: str
    author: str | None
    text: str
    notice: NoticeKind | None = None

    @property
    def same(self) -> tuple[str, str | None, str]:
        """What makes it the same thing in two captures."""
        kind = "comment" if self.kind == "comment" else "article"
        return kind, self.author, " ".join(self.text.split())


@cache
def _counter() -> re.Pattern[str]:
    number = r"[\d][\d.,  ]*(?:[km]|tsd\.?|mio\.?)?"
    names = words.alternation("counted")
    return re.compile(rf"\W*(?:{number}\W*(?:{names})|(?:{names})\W*{number})\W*", re.IGNORECASE)


def is_counter(paragraph: str) -> bool:
    """True for a line that only counts something of the page: "12 comments", "Views: 1,204"."""
    return len(paragraph) < 60 and bool(_counter().fullmatch(paragraph))


def changes(old: Document, new: Document) -> tuple[Change, ...]:
    """What changed, in the order of the new document; what was removed stands last. Empty if the
    page says the same."""
    before, after = list(_units(old)), list(_units(new))
    kept = _kept(before, after)
    pairs = _altered(before, after, {m for m, _ in kept}, {n for _, n in kept})
    moved = _moved(kept)
    row = {n: m for m, n in kept} | pairs
    out = []
    for n, unit in enumerate(after):
        if n in pairs:
            out.append(_alteration(before[pairs[n]], unit))
        elif n not in row:
            out.append(_change("added", unit, after=unit.text))
        elif n in moved:
            out.append(_change("moved", unit, before=unit.text, after=unit.text))
    gone = set(range(len(before))) - set(row.values())
    out += [_change("removed", before[m], before=before[m].text) for m in sorted(gone)]
    return tuple(out)


def _change(
    what: What, unit: _Unit, *, before: str | None = None, after: str | None = None
) -> Change:
    return Change(
        what=what, kind=unit.kind, part=unit.part, author=unit.author, before=before, after=after,
        notice=unit.notice if what == "added" else None,
    )  # fmt: skip


def _units(document: Document) -> Iterator[_Unit]:
    notices = {(n.start, n.end): n.kind for n in document.notices}
    for part in document.parts:
        text = document.text[part.start : part.end]
        if part.kind == "comment":
            yield _Unit("comment", part.id, part.author, text)
            continue
        for found in re.finditer(r"[^\n]+", text):
            span = part.start + found.start(), part.start + found.end()
            if part.kind in ("body", "caption") and is_counter(found[0]):
                continue
            yield _Unit(part.kind, part.id, None, found[0], notices.get(span))


def _kept(before: Sequence[_Unit], after: Sequence[_Unit]) -> list[tuple[int, int]]:
    """(old, new) of what stands in both, word for word; the first with the first."""
    where: dict[tuple[str, str | None, str], list[int]] = defaultdict(list)
    for m, unit in enumerate(before):
        where[unit.same].append(m)
    for rows in where.values():
        rows.reverse()
    return [(where[u.same].pop(), n) for n, u in enumerate(after) if where.get(u.same)]


def _moved(kept: Sequence[tuple[int, int]]) -> set[int]:
    """The new places of what stands elsewhere among the rest: not in a longest run that rises."""
    from bisect import bisect_left

    tails: list[int] = []
    ends: list[int] = []
    link: list[int | None] = []
    for at, (m, _) in enumerate(kept):
        place = bisect_left(tails, m)
        link.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [m]
        ends[place : place + 1] = [at]
    run: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        run.add(step)
        step = link[step]
    return {n for at, (_, n) in enumerate(kept) if at not in run}


def _altered(
    before: Sequence[_Unit], after: Sequence[_Unit], old: set[int], new: set[int]
) -> dict[int, int]:
    """New place -> old place of what was altered: of one kind, by one author, with many words in
    common; the likest pairs first. Nothing is paired where there is too much to compare."""
    gone = [m for m in range(len(before)) if m not in old]
    come = [n for n in range(len(after)) if n not in new]
    if len(gone) * len(come) > _PAIRS:
        return {}
    bags = {id(u): Counter(_tokens(u.text)) for u in (*before, *after)}
    scored = []
    for n in come:
        for m in gone:
            a, b = before[m], after[n]
            if a.kind != b.kind or a.author != b.author:
                continue
            one, two = bags[id(a)], bags[id(b)]
            share = 2 * sum((one & two).values()) / max(1, one.total() + two.total())
            if share >= _ALIKE or a.kind == "headline":
                scored.append((-share, abs(m - n), n, m))
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, m in sorted(scored):
        if n not in out and m not in taken:
            out[n] = m
            taken.add(m)
    return out


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


def _alteration(old: _Unit, new: _Unit) -> Change:
    removed, added = _differing(old.text.split(), new.text.split())
    return Change(
        what="altered", kind=new.kind, part=new.part, author=new.author, before=old.text,
        after=new.text, words_removed=removed, words_added=added, notice=new.notice,
    )  # fmt: skip


def _differing(old: list[str], new: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if max(len(old), len(new)) > _WORDS:
        return (" ".join(old),), (" ".join(new),)
    removed, added = [], []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            removed += [" ".join(old[a:b])] if b > a else []
            added += [" ".join(new[c:d])] if d > c else []
    return tuple(removed), tuple(added)
