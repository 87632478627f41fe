"""Apache Parquet, for DuckDB, pandas and polars: columns as in `columns`, typed. Needs pyarrow
(`pip install sayso[parquet]`)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

from sayso.errors import UsageError
from sayso.export.columns import TABLES, Cell, TableRow, flat

_ROWS = 20_000
"""Rows in one group: enough for good compression, small enough for little memory."""


def write(table: str, rows: Iterable[TableRow], out: BinaryIO) -> int:
    """Writes a table; gives the number of rows. Raises UsageError without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError("parquet needs pyarrow: pip install 'sayso[parquet]'") from error
    kinds = {"number": pa.float64(), "yes/no": pa.bool_()}
    schema = pa.schema(
        [pa.field(n, kinds.get(kind, pa.string()), metadata={"meaning": meaning})
         for n, kind, meaning in TABLES[table]]
    )  # fmt: skip
    found = iter(rows)
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while chunk := [flat(row) for row in islice(found, _ROWS)]:
            columns = [
                pa.array([_typed(c[f.name], f.type == pa.float64()) for c in chunk], f.type)
                for f in schema
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            count += len(chunk)
    return count


def _typed(cell: Cell, number: bool) -> Cell:
    if cell is None or cell == "":
        return None
    if number:
        return float(cell)
    return cell if isinstance(cell, bool) else str(cell)
