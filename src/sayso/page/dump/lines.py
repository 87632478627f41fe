"""The lines of a dump: how far each is indented, and whether the dump broke long lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIDTHS = range(70, 84)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its indent in columns (tabs to 8), and its words without white space around."""

    indent: int
    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


_INDENT = re.compile(r"[ \t\u00a0]*")


_ESCAPES = re.compile(r"(?m)^(?:[ \t]*\d{1,4}\\\.[ \t]|.*[ \t]\\[-#+][ \t])")
_ESCAPED = re.compile(r"\\([-.#+*_(){}\[\]!`>~|])")


def split(text: str) -> list[Line]:
    """The lines of a text. The strokes that a dump in Markdown puts before marks are left out."""
    if _ESCAPES.search(text):
        text = _ESCAPED.sub(r"\1", text)
    out = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        words = raw.strip(" \t\u00a0\u200b\ufeff\x0c")
        lead = _INDENT.match(raw)
        indent = len(lead[0].expandtabs(8)) if lead and words else 0
        out.append(Line(indent, words))
    return out


def wrap_width(lines: list[Line]) -> int | None:
    """The column at which the dump broke long lines, or None if it did not.

    True if nearly no line is longer, and many end in the last columns before it.
    """
    lengths = sorted(line.indent + len(line.text) for line in lines if line)
    if len(lengths) < 8:
        return None
    longest = lengths[max(0, len(lengths) - 1 - len(lengths) // 50)]
    if longest not in _WIDTHS:
        return None
    full = sum(1 for n in lengths if longest - 12 <= n <= longest)
    return longest if full * 6 > len(lengths) else None


def joined(lines: list[Line], width: int | None) -> str:
    """The words of some lines; lines that only the dump broke are made whole again.

    A break is the dump's own if the first word of the next line would not have fitted: no word
    is lost or glued, and a break that the writer made stays.
    """
    out: list[str] = []
    previous: Line | None = None
    for line in lines:
        if previous and line and width and _broken(previous, line, width):
            out[-1] += " " + line.text
        else:
            out.append(line.text)
        previous = line
    return "\n".join(out).strip("\n")


def _broken(line: Line, following: Line, width: int) -> bool:
    first = following.text.split(" ", 1)[0]
    return line.indent + len(line.text) + 1 + len(first) > width - 1 and len(line.text) > 24
