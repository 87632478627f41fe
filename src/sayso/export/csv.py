"""Comma-separated values (RFC 4180, UTF-8, `\\r\\n`), one table a file, columns as in `columns`.

A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
line end) gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from sayso.export.columns import Cell, TableRow, flat, names_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(table: str, rows: Iterable[TableRow], out: BinaryIO) -> int:
    """Writes a table; gives the number of rows."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    names = names_of(table)
    writer.writerow(names)
    count = 0
    for row in rows:
        cells = flat(row)
        writer.writerow([_safe(cells[name]) for name in names])
        count += 1
    text.flush()
    text.detach()
    return count


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
