"""`sayso copy`: a record between files and servers."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli.common import JsonOption
from sayso.cli.output import jsonl, say
from sayso.model import codec
from sayso.service import copy as service


def mount(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(copy)


def copy(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="The record: a file or postgresql://…")
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="Where to: a new file, or an empty schema.")
    ],
    json: JsonOption = False,
) -> None:
    """Copy a whole record between a file and a server, and verify that it is the same."""
    done = service.copy(source, target, lambda t: say(f"{t.table}: {t.rows} rows"))
    for table in done:
        if json:
            jsonl(codec.encode(table))
        else:
            print(f"{table.table}\t{table.rows}\t{table.digest}")
    say(f"{sum(t.rows for t in done)} rows in {len(done)} tables, the same in both")
