"""Comments of a dump that kept nothing of a thread but its paragraphs.

Where readers begin to speak is found by how they write: the stretch of lines whose weights
(`words.yaml`, voice) add up highest. Nothing is guessed unless several lines are plainly
a reader's. Then each paragraph is a comment, except what belongs to the one before: the rest of a
letter after its greeting, a sign-off, a name under it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from sayso.knowledge import tables
from sayso.page import words
from sayso.page.dump import heads
from sayso.page.dump.lines import Line
from sayso.page.found import Comment

_LEAST = 8.0
"""The weight that all lines of a guessed thread must have together."""
_PLAIN = -0.5
_STRONG = 1.4


@cache
def _cues() -> tuple[tuple[float, re.Pattern[str]], ...]:
    rows = tables.load_yaml("threads", "words.yaml")["voice"]["cues"]
    return tuple((float(r["weight"]), re.compile(r["pattern"])) for r in rows)


@cache
def _greeting() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{words.alternation('greeting')})(?:[ ,]+(?P<name>[^\W\d_][\w’'-]+))?", re.IGNORECASE
    )


@cache
def _sign_off() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{words.alternation('sign_off')})\b[\s,.!:]*(?P<name>[^\W\d_][\w’'-]*"
        rf"(?: [^\W\d_][\w’'-]*)?)?[\s.!:)^]*$",
        re.IGNORECASE,
    )


def _weight(text: str) -> float:
    total = sum(weight for weight, pattern in _cues() if pattern.search(text))
    if _greeting().match(text):
        total += 2.0
    if len(text) < 60 and _sign_off().match(text):
        total += 2.0
    if words.is_furniture(text):
        total += 1.0
    return total if total else _PLAIN - (0.5 if len(text) > 500 else 0.0)


def start(lines: Sequence[Line]) -> int | None:
    """The first line of the readers, or None if they cannot be told apart.

    Below the heading of a thread that is the next line; without one the voice decides.
    """
    headings = [n for n, line in enumerate(lines) if line and words.is_heading(line.text)]
    if headings and headings[-1] > len(lines) // 10 and headings[-1] + 1 < len(lines):
        return headings[-1] + 1
    weights = [(n, _weight(line.text)) for n, line in enumerate(lines) if line]
    best, at, shown = 0.0, None, 0
    total, first, strong = 0.0, 0, 0
    for n, weight in weights[1:]:
        if total <= 0:
            total, first, strong = 0.0, n, 0
        total += max(min(weight, 3.0), -2.0)
        strong += weight >= _STRONG
        if total > best:
            best, at, shown = total, first, strong
    return at if best >= _LEAST and shown >= 3 else None


def comments(lines: Sequence[Line]) -> list[Comment]:
    """The comments of the lines below the article."""
    rows = [line.text for line in lines if line]
    named = _author_lines(rows)
    out: list[list[str]] = []
    authors: list[str | None] = []
    closed = True
    for n, row in enumerate(rows):
        if words.is_form(row):
            break
        if n in named:
            out.append([])
            authors.append(row)
            closed = False
            continue
        if words.is_furniture(row) and not row.isdigit():
            closed = True
            continue
        joins = out and not closed and _continues(out[-1], row, bool(authors[-1] and named))
        if joins or (out and out[-1] and _signs(out[-1][-1]) and _is_name(row)):
            out[-1].append(row)
        else:
            out.append([row])
            authors.append(None)
        closed = False
    kept = [(text, a) for text, a in zip(out, authors, strict=True) if text]
    found = [
        Comment(text="\n".join(text), author=author or _signature(text), decided_by="flat")
        for text, author in kept
    ]
    _answers(found)
    return found


def _author_lines(rows: Sequence[str]) -> set[int]:
    """The lines that are an author's name above a comment: only where most comments have one."""
    found = {
        n
        for n in range(len(rows) - 1)
        if _is_name(rows[n]) and len(rows[n + 1]) > 40 and not _signs(rows[n - 1] if n else "")
    }
    prose = sum(len(row) > 40 for row in rows)
    return found if len(found) >= 3 and len(found) * 5 >= prose * 2 else set()


def _is_name(row: str) -> bool:
    return (
        len(row) <= 40
        and len(row.split()) <= 4
        and row[:1].isalpha()
        and row[-1] not in ".!?,:;)"
        and heads.name(row) is not None
    )


def _signs(row: str) -> bool:
    return len(row) < 60 and bool(_sign_off().match(row))


def _continues(text: Sequence[str], row: str, named: bool) -> bool:
    """True if a paragraph belongs to the comment above it."""
    if not text:
        return True
    last = text[-1]
    if named:
        return True
    if _signs(row) or row[0].islower():
        return True
    if _greeting().match(row) or row.startswith("@"):
        return False
    if len(last) < 50 and (last[-1] in ",:" or (len(text) == 1 and _greeting().match(last))):
        return True
    return last[-1] in ",:;"


def _signature(text: Sequence[str]) -> str | None:
    """The name under a sign-off, as the reader wrote it."""
    if len(text) > 1 and _signs(text[-2]) and _is_name(text[-1]):
        return text[-1]
    found = _sign_off().match(text[-1]) if len(text[-1]) < 60 else None
    return found["name"] if found and found["name"] else None


def _answers(found: list[Comment]) -> None:
    """Who answers whom by greetings alone.

    The name that is greeted most is the writer of the page; a comment that greets somebody else
    is an answer to the comment before it, and so is one that greets the name signed there.
    """
    greeted = [_greeted(c.text) for c in found]
    counts = Counter(g for g in greeted if g)
    host, most = counts.most_common(1)[0] if counts else (None, 0)
    root = 0
    for n, name in enumerate(greeted):
        if n and name and (name != host or most < 3):
            found[n].parent, found[n].decided_by = root, "greeting"
        else:
            root = n


def _greeted(text: str) -> str | None:
    match = _greeting().match(text)
    name = match["name"] if match else None
    return name.casefold() if name and name[0].isupper() else None
