"""`sayso eval`: figures on gold that lies beside the program, and the floors that stand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.common import JsonOption
from sayso.cli.output import jsonl, say
from sayso.errors import UsageError
from sayso.model import codec


def mount(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("eval")(evaluate)


def evaluate(
    suites: Annotated[
        list[str] | None, typer.Argument(help="Suites by name; none = list them.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--suites", help="The folder of suites. [env: SAYSO_SUITES]", metavar="FOLDER"
        ),
    ] = None,
    small: Annotated[bool, typer.Option(help="Only as many texts as CI reads.")] = False,
    json: JsonOption = False,
) -> None:
    """Measure the reading on gold suites; exit status 1 if a figure is below its floor."""
    from sayso.service import evaluate as service

    known = {s.name: s for s in service.suites()}
    if not suites:
        for name, suite in known.items():
            print(f"{name}\t{suite.path}{' --style ' + suite.style if suite.style else ''}")
        return
    given = folder or (Path(os.environ["SAYSO_SUITES"]) if os.environ.get("SAYSO_SUITES") else None)
    if given is None:
        raise UsageError("--suites FOLDER (or SAYSO_SUITES) says where the suites are")
    below = False
    for name in known if suites == ["all"] else suites:
        if name not in known:
            raise UsageError(f"{name}: no such suite; there are {', '.join(known)}")
        for figure in service.measure(known[name], given, small=small):
            below |= not figure.holds
            if json:
                jsonl(codec.encode(figure))
                continue
            value = "not printed" if figure.value is None else f"{figure.value:.3f}"
            bound = "at most" if figure.ceiling else "floor"
            floor = "" if figure.floor is None else f"  ({bound} {figure.floor:.3f})"
            mark = "" if figure.holds else "  BELOW"
            print(f"{figure.suite:26s} {figure.name:26s} {value}{floor}{mark}")
    if below:
        say("a figure is worse than its floor")
    raise typer.Exit(1 if below else 0)
