"""The data dictionary as Markdown, made from `columns`: `docs/data-dictionary.md`."""

from __future__ import annotations

from sayso.export import acled, ucdp
from sayso.export.columns import TABLES

_HEAD = """# Data dictionary

What every column of an export means. Made from `export/columns.py` (a test keeps the two the
same); columns are only ever added at the end.

- Text is UTF-8. Days are ISO 8601 (`2019-01-06`), inclusive. EDTF is ISO 8601-2: `XXXX` is an
  unknown year, `~` about, `?` doubtful, `[a..b]` one day of these, `a/b` from a to b.
- An empty cell is "not known" or "not said", never zero.
- In CSV a text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab
  or a line end) has an apostrophe in front; `yes`/`no` stand for true and false.
- Rival numbers are never added up or averaged: `_low` and `_high` are the lowest and the highest
  that any source gives, `numbers` has all of them with who tells how many.
"""

_CARE = """
## What is held back

Everything that leaves the machine follows the rules of care ([record.md](record.md), "Care"):
fresh positions are held back for 72 hours and then given roughly and without their words (`care`
says why), commenters are pseudonyms unless `--names` is given, and no individual is named as a
perpetrator without a person's judgement.
"""


def markdown() -> str:
    """The whole file."""
    out = [_HEAD]
    for table, columns in TABLES.items():
        out.append(f"\n## `{table}` (CSV, Parquet)\n\n| column | type | meaning |\n|---|---|---|")
        out += [f"\n| `{name}` | {kind} | {meaning} |" for name, kind, meaning in columns]
        out.append("\n")
    for name, module in (("acled", acled), ("ucdp", ucdp)):
        words = " ".join((module.__doc__ or "").split())
        out.append(f"\n## `{name}`\n\n{words}\n\nColumns, in order: ")
        out.append(", ".join(f"`{c}`" for c in module.COLUMNS) + ".\n")
    out.append(_CARE)
    return "".join(out)
