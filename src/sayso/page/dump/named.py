"""Comments whose heads are a name and nothing else: no time, no mark, no number.

Only below a heading of the thread, and only where the page keeps to it: nearly every paragraph
there opens with a line that may be a name, and has words below it.
"""

from __future__ import annotations

from sayso.page import words
from sayso.page.dump.heads import Head
from sayso.page.dump.lines import Line
from sayso.page.dump.voice import is_name

_LEAST = 2
_OFTEN = 0.8
"""The share of the paragraphs below the heading that must be comments."""


def named(lines: list[Line]) -> list[Head]:
    """The heads of such comments, in page order; none where not plainly of this kind."""
    for start in (n for n, line in enumerate(lines) if line and words.is_heading(line.text)):
        blocks = _blocks(lines, start + 1)
        opened = [b for b in blocks if len(b) > 1 and is_name(lines[b[0]].text)]
        if len(opened) < _LEAST or len(opened) < _OFTEN * len(blocks) or blocks[0] != opened[0]:
            continue
        return [
            Head(b[0], b[1], lines[b[0]].indent, "above", author=lines[b[0]].text) for b in opened
        ]
    return []


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
    while blocks and len(blocks[-1]) == 1:
        blocks.pop()
    return blocks
