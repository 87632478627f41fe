"""The commands."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sayso.errors import SourceError
from sayso.model import codec
from sayso.service import read as reading_service

app = typer.Typer(no_args_is_help=True, help="Sayso: on whose say-so?")


@app.callback()
def _root() -> None:
    """Sayso: on whose say-so?"""


@app.command()
def read(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, addresses, or -.")],
    json: Annotated[bool, typer.Option("--json", help="One reading per line.")] = False,
) -> None:
    """Read pages."""
    failed = False
    for result in reading_service.readings(sources):
        if isinstance(result, SourceError):
            print(f"sayso: {result}", file=sys.stderr)
            failed = True
        elif json:
            print(codec.line(codec.reading_json(result)))
        else:
            print(result.document.headline or result.document.key)
    raise typer.Exit(1 if failed else 0)


def main() -> None:
    """The entry point of the `sayso` command."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    app()
