"""The lines of a dump that open a comment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.page import dates, words
from sayso.page.dump.lines import Line

_ORDINAL = re.compile(r"^(\d{1,5})\.(?:[ \t\u00a0]+(.*)|)$", re.DOTALL)
_LABELS = re.compile(r"^(?:avatar|gravatar|\[[^\]]{0,40}\]|\*+)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The lines that open a comment: [line, body) of the dump.

    `column` is the indent of the first line, `ordinal` the number of a list item if it was one,
    `at` the width of that number with its full stop.
    """

    line: int
    body: int
    column: int
    ordinal: int | None = None
    at: int = 0
    author: str | None = None
    stamp: dates.Stamp | None = None


def name(text: str) -> str:
    """An author's name without the marks that a dump leaves around it."""
    text = text.strip(" \t\u00a0*_")
    while found := _LABELS.match(text):
        text = text[found.end() :]
    return text.strip(" \t\u00a0*_")


def ordinal(line: Line) -> tuple[int, str, int] | None:
    """The number, the words after it, and the width of the number, of a list item's line."""
    found = _ORDINAL.match(line.text)
    if not found:
        return None
    return int(found[1]), (found[2] or "").strip(), len(found[1]) + 1


def following(lines: list[Line], index: int, reach: int = 4) -> int | None:
    """The next line with words after `index`, at most `reach` lines on, or None."""
    for n in range(index + 1, min(len(lines), index + 1 + reach)):
        if lines[n]:
            return n
    return None


def _said(text: str) -> re.Match[str] | None:
    return words.says_pattern().match(text.strip("*_ ")) if len(text) < 130 else None


def is_stamp(line: Line) -> bool:
    """True if a line is a date and the usual words around it, and nothing else."""
    if not line or len(line.text) > 90:
        return False
    stamp = dates.find(line.text)
    if not stamp or (stamp.hour is None and stamp.year is None):
        return False
    rest = line.text[: stamp.start] + " " + line.text[stamp.end :]
    return all(words.is_furniture(w) for w in re.split(r"[\s|·•()\[\]]+", rest)) or (
        words.is_furniture(rest)
    )


def says_heads(lines: list[Line]) -> list[Head]:
    """Heads of the form "NAME says:", with or without the number of a list item."""
    out: list[Head] = []
    loose: list[Head] = []
    skip = -1
    for index, line in enumerate(lines):
        if not line or index <= skip:
            continue
        item = ordinal(line)
        text, at, number = (item[1], item[2], item[0]) if item else (line.text, 0, None)
        end = index
        if item and not text:
            end = following(lines, index, 2) or index
            text = lines[end].text
            if ordinal(lines[end]):
                continue
        said = _said(text)
        if not said or not name(said["name"]):
            continue
        stamp_line = following(lines, end)
        stamp = None
        body = end + 1
        if stamp_line is not None and is_stamp(lines[stamp_line]):
            stamp = dates.find(lines[stamp_line].text)
            body = stamp_line + 1
        if not item and not said["colon"] and not stamp:
            continue
        head = Head(index, body, line.indent, number, at, name(said["name"]), stamp)
        skip = end
        if not item and not stamp:
            loose.append(head)
        out.append(head)
    if len(loose) == len(out) and len(out) < 3:
        # "The minister says:" once or twice in an article is no thread.
        start = thread_start(lines)
        return [h for h in out if start is not None and h.line > start]
    return out


def thread_start(lines: list[Line]) -> int | None:
    """The line of the heading above the thread ("33 Comments"), the last one; or None."""
    best = None
    for index, line in enumerate(lines):
        if not line or not words.is_heading(line.text):
            continue
        if words.stated_count(line.text) is not None or best is None:
            best = index
    return best
