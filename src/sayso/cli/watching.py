"""`sayso watch`: feeds, sitemaps and pages, asked again and again."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.changing import in_short
from sayso.cli.common import JsonOption, RecordOption, opened
from sayso.cli.output import jsonl, say
from sayso.cli.reading import one_line
from sayso.errors import SourceError
from sayso.model import codec


def mount(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(watch)


def watch(
    ctx: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="FEEDS...", help="Addresses of feeds, sitemaps or pages; OPML files."
        ),
    ],
    every: Annotated[
        int, typer.Option(help="Seconds between two rounds, at least 60.", metavar="SECONDS")
    ] = 900,
    once: Annotated[
        bool, typer.Option("--once", help="Ask everything once, now, and end.")
    ] = False,
    warc: Annotated[
        Path | None,
        typer.Option(help="Keep what is fetched in this WARC file too.", metavar="FILE"),
    ] = None,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """Watch feeds: read what is new or changed, keep that a page is gone."""
    from sayso.service import watch as service

    done: Counter[str] = Counter()
    with opened(ctx, record, write=True) as kept:
        for seen in service.watch(sources, kept, every=every, once=once, warc=warc):
            if isinstance(seen, SourceError):
                done["failed"] += 1
                say(str(seen))
                continue
            done[seen.what] += 1
            if seen.what == "gone":
                say(f"{seen.uri}: gone (the server answered {seen.status}); kept as evidence")
            elif seen.reading is not None and json:
                jsonl(codec.reading_json(seen.reading))
            elif seen.reading is not None:
                one_line(seen.reading)
            if seen.changes:
                say(f"{seen.uri}: changed ({in_short(seen.changes)})")
            sys.stdout.flush()
        say(
            f"{done['new']} new, {done['changed']} changed, {done['same']} as before,"
            f" {done['gone']} gone, {done['failed']} failed"
        )
    raise typer.Exit(1 if done["failed"] else 0)
