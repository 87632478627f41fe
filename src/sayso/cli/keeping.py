"""Looking after the record: `verify`, `doctor`, `backup`, `serve`."""

from __future__ import annotations

import dataclasses
import importlib
from typing import Annotated

import typer

from sayso.cli.common import JsonOption, RecordOption, chosen, opened
from sayso.cli.output import jsonl, plain, say, table
from sayso.errors import SaysoError
from sayso.model import codec


def mount(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (verify, doctor, backup, serve):
        app.command()(command)


def verify(
    ctx: typer.Context,
    json: JsonOption = False,
    save: Annotated[
        str | None,
        typer.Option(help="Write the captures that can be read there.", metavar="FILE.warc.gz"),
    ] = None,
    record: RecordOption = None,
) -> None:
    """Recompute captures, texts, spans and the log; name the first broken link."""
    from sayso.service import keep

    with opened(ctx, record) as kept:
        report = keep.check(kept)
        if save is not None:
            written, listed = keep.save(kept, save)
            say(f"{save}: {written} of {listed} captures written")
    if json:
        jsonl(dataclasses.asdict(report))
    else:
        print(
            f"{report.captures} captures, {report.documents} texts, {report.readings} readings,"
            f" {report.spans} spans, {report.log} log rows"
        )
        print(f"newest log row: {report.head}")
        for words in report.redacted:
            print(plain(words))
        for words in report.broken:
            say(words)
        print("intact" if report.intact else "NOT intact")
    raise typer.Exit(0 if report.intact else 3)


def doctor(
    ctx: typer.Context,
    json: JsonOption = False,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Bring the record to the newest schema.")
    ] = False,
    record: RecordOption = None,
) -> None:
    """Say what is installed and what the record holds."""
    from sayso.service import keep

    if upgrade:
        opened(ctx, record, write=True).close()
    findings = keep.doctor(chosen(ctx, record))
    if json:
        for finding in findings:
            jsonl(codec.encode(finding))
    else:
        table(
            "", ("", "", ""),
            ((f.name, f.found, "well" if f.well else "NOT WELL") for f in findings),
        )  # fmt: skip
    raise typer.Exit(0 if all(f.well for f in findings) else 1)


def backup(
    ctx: typer.Context,
    target: Annotated[str, typer.Argument(help="The file to write; must not be there yet.")],
    record: RecordOption = None,
) -> None:
    """Copy the whole record while it is in use."""
    from sayso.service import keep

    with opened(ctx, record) as kept:
        keep.backup(kept, target)
    say(f"{target}: written")


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="On which port.", min=0, max=65535)] = 8765,
    boundaries: Annotated[
        str | None,
        typer.Option(
            help="Lines on the map: un-leaning, natural-earth, none, or a GeoJSON file.",
            envvar="SAYSO_BOUNDARIES",
        ),
    ] = None,
    tiles: Annotated[
        str | None,
        typer.Option(
            help="A PMTiles file for streets; basemap.pmtiles beside the record if there is one.",
            envvar="SAYSO_TILES",
        ),
    ] = None,
    record: RecordOption = None,
) -> None:
    """Show the record in a browser."""
    try:
        # By name: terminal and browser are neighbours, and neither needs the other to work.
        web = importlib.import_module("sayso.web.app")
    except ImportError as error:
        raise SaysoError(f"the web app is not part of this installation ({error})") from error
    web.serve(chosen(ctx, record), host=host, port=port, boundaries=boundaries, tiles=tiles)
