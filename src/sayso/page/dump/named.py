"""Comments whose heads are a name and nothing else: on a line of its own ("Maria K."), or before
the words ("Maria K.: I read it was five", "2 bob22: Source?").

Only below a heading of the thread, and only where the page keeps to it: nearly every paragraph
there opens so.
"""

from __future__ import annotations

import re

from sayso.page import words
from sayso.page.dump.heads import Head
from sayso.page.dump.lines import Line
from sayso.page.dump.voice import is_name

_LEAST = 2
_OFTEN = 0.8
"""The share of the paragraphs below the heading that must be comments."""
_BEFORE_WORDS = re.compile(
    r"(?:#?(?P<number>\d{1,5})[.):]?[ \t]+)?(?P<name>[^\s:][^:]{0,39}):[ \t]+(?P<words>\S.*)"
)


def named(lines: list[Line]) -> list[Head]:
    """The heads of such comments, in page order; none where not plainly of this kind."""
    for start in (n for n, line in enumerate(lines) if line and words.is_heading(line.text)):
        found = _above_words(lines, start + 1) or _before_words(lines, start + 1)
        if found:
            return found
    return []


def _above_words(lines: list[Line], first: int) -> list[Head]:
    """Names on a line of their own, with words below."""
    blocks = _blocks(lines, first)
    opened = [b for b in blocks if len(b) > 1 and is_name(lines[b[0]].text)]
    if not _plainly(opened, blocks):
        return []
    return [Head(b[0], b[1], lines[b[0]].indent, "above", author=lines[b[0]].text) for b in opened]


def _before_words(lines: list[Line], first: int) -> list[Head]:
    """Names with a colon before the first words."""
    opened: dict[int, Head] = {}
    blocks: list[list[int]] = []
    for block in _blocks(lines, first):
        for n in block:
            head = _spoken(lines[n], n)
            if head is not None:
                opened[n] = head
            if head is not None or n == block[0]:
                blocks.append([n])
    return list(opened.values()) if _plainly([b for b in blocks if b[0] in opened], blocks) else []


def _spoken(line: Line, n: int) -> Head | None:
    found = _BEFORE_WORDS.fullmatch(line.text)
    if found is None or not is_name(found["name"]):
        return None
    number = int(found["number"]) if found["number"] else None
    return Head(n, n + 1, line.indent, "same", number, found.start("name"),
                author=found["name"], rest=found["words"])  # fmt: skip


def _plainly(opened: list[list[int]], blocks: list[list[int]]) -> bool:
    """Whether these of the paragraphs are so many that they are the thread."""
    enough = len(opened) >= max(_LEAST, _OFTEN * len(blocks))
    return enough and blocks[0] == opened[0]


def _blocks(lines: list[Line], first: int) -> list[list[int]]:
    """The paragraphs from a line on, as the numbers of their lines; the form for a new comment and
    what follows the last comment ("Share this article") are none."""
    out: list[list[int]] = [[]]
    for n in range(first, len(lines)):
        if not lines[n]:
            out.append([])
        elif words.is_form(lines[n].text):
            break
        else:
            out[-1].append(n)
    blocks = [b for b in out if b]
    while (
        blocks and len(blocks[-1]) == 1 and not _BEFORE_WORDS.fullmatch(lines[blocks[-1][0]].text)
    ):
        blocks.pop()
    return blocks
