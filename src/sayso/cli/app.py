"""The commands: words in, a service called, words out."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from sayso import __version__
from sayso.cli import (
    archives,
    asking,
    changing,
    copying,
    evaluating,
    exporting,
    gazetteer,
    judging,
    keeping,
    reading,
    scoring,
    watching,
)
from sayso.cli.output import say
from sayso.errors import IntegrityError, SaysoError, UsageError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Sayso: on whose say-so? Reads news pages and the discussion under them, and keeps a"
    " record in which everything carries its exact words and who said so.",
    epilog="Exit status: 0 done · 1 some inputs failed · 2 usage · 3 the record is not intact.",
)
reading.mount(app)
watching.mount(app)
changing.mount(app)
asking.mount(app)
keeping.mount(app)
app.add_typer(gazetteer.app, name="gazetteer")
judging.mount(app)
exporting.mount(app)
archives.mount(app)
copying.mount(app)
evaluating.mount(app)
scoring.mount(app)


def _version(asked: bool) -> None:
    if asked:
        print(f"sayso {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    ctx: typer.Context,
    record: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL",
            show_default=False,
            help="The record: a file, or postgresql://… [env: SAYSO_RECORD; default: sayso.db]",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    ctx.obj = record


def main() -> None:
    """The entry point of the `sayso` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        app()
    except IntegrityError as error:
        say(str(error))
        sys.exit(3)
    except UsageError as error:
        say(str(error))
        sys.exit(2)
    except SaysoError as error:
        say(str(error))
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output went away (`sayso events | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        say("stopped; what was stored until now is kept")
        sys.exit(130)
