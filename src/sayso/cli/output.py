"""Words out: JSON Lines on stdout, tables for people, messages on stderr."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.model import codec

# What a captured page must never send to a terminal: control characters, among them the escape
# that starts colours and cursor moves, and the marks that turn the direction of the text.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str | None) -> str:
    """Text of a page made fit for a terminal: one line, nothing that steers it."""
    return " ".join(_CONTROL.sub(" ", text or "").split())


def jsonl(value: Any) -> None:
    """One object as one line on stdout."""
    sys.stdout.write(codec.line(value) + "\n")


def rows(items: Iterable[Any]) -> None:
    """Dataclass rows as JSON Lines."""
    for item in items:
        jsonl(codec.encode(item))


def out() -> Console:
    """The terminal, or whatever stdout is; no colour where it is no terminal."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def table(title: str, columns: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """A table for people; plain columns where stdout is no terminal."""
    console = out()
    found = [tuple(plain(cell) for cell in line) for line in lines]
    if not console.is_terminal:
        sys.stdout.write("\t".join(columns) + "\n")
        for line in found:
            sys.stdout.write("\t".join(line) + "\n")
        return
    grid = Table(title=title, title_justify="left", header_style="bold", show_lines=False)
    for column in columns:
        grid.add_column(column, overflow="fold")
    for line in found:
        grid.add_row(*(Text(cell) for cell in line))
    console.print(grid)


def say(message: str) -> None:
    """A message for the person at the terminal, on stderr."""
    print(f"sayso: {plain(message)}", file=sys.stderr)
