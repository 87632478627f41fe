"""JSON Lines (UTF-8, `\\n`): the rows whole, as the commands' `--json` gives them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sayso.export.columns import TableRow
from sayso.model import codec


def write(table: str, rows: Iterable[TableRow], out: BinaryIO) -> int:
    """Writes one object a line; gives the number of rows."""
    count = 0
    for row in rows:
        out.write((codec.line(codec.encode(row)) + "\n").encode("utf-8"))
        count += 1
    return count
