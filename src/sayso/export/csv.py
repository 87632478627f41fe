"""Comma-separated values (RFC 4180, UTF-8, `\\r\\n`), one table a file, columns as in `columns`.

A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
line end) gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from sayso.export.columns import Cell, TableRow, flat, names_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(table: str, rows: Iterable[TableRow], out: BinaryIO) -> int:
    """Writes a table; gives the number of rows."""
    names = names_of(table)
    cells = map(flat, rows)
    return layout(names, ({name: found[name] for name in names} for found in cells), out)


def layout(columns: Sequence[str], rows: Iterable[Mapping[str, Cell] | None], out: BinaryIO) -> int:
    """Writes rows under these columns; a row that is None does not fit the layout and is left out,
    a cell that a row lacks is empty. Gives the number of rows written."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    count = 0
    for cells in rows:
        if cells is not None:
            writer.writerow([safe(cells.get(name)) for name in columns])
            count += 1
    text.flush()
    text.detach()
    return count


def safe(cell: Cell) -> Cell:
    """A cell as a table holds it; what a spreadsheet would take for a formula is quoted with an
    apostrophe."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
