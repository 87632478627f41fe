"""`sayso read`: pages into the record."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from sayso.capture.sources import left_out
from sayso.cli import summary
from sayso.cli.archives import to_shards
from sayso.cli.common import RecordOption, opened
from sayso.cli.output import jsonl, out, plain, say
from sayso.errors import PageGone, SourceError
from sayso.model import codec
from sayso.model.reading import Reading
from sayso.scale.shard import Choice

Step = Callable[[Reading | None], None]
"""Called once for each document, and with None for each failure."""

IN_FULL = 10
"""Documents summed up in full on a terminal; of more, each gets one line."""

NAMED = 10
"""Names of files that are left out, at most."""


def mount(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(read)


def read(
    ctx: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, addresses, or - for stdin.")
    ],
    published: Annotated[
        str | None,
        typer.Option(help="The publication date that you state.", metavar="DATE"),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes that read at once.", min=1)] = 1,
    json: Annotated[bool, typer.Option("--json", help="One reading per line on stdout.")] = False,
    record: RecordOption = None,
    shards: Annotated[
        Path | None, typer.Option("--out", help="Read archives into Parquet shards there instead.")
    ] = None,
    engine: Annotated[str, typer.Option(help="With --out: processes or ray.")] = "processes",
    limit: Annotated[
        int | None, typer.Option(help="With --out: pages per archive at most.", min=1)
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="With --out: captured on or after.", metavar="DAY")
    ] = None,
    host: Annotated[str | None, typer.Option(help="With --out: pages of this host.")] = None,
    names: Annotated[
        bool, typer.Option("--names", help="With --out: keep commenters' names and page bytes.")
    ] = False,
) -> None:
    """Read pages into the record, and print what they say."""
    from sayso.service import read as service

    if shards is not None:
        choice = Choice(limit=limit, since=since, host=host, names=names)
        done_all = to_shards(sources, shards, engine=engine, workers=jobs, choice=choice)
        raise typer.Exit(0 if done_all else 1)
    service.check_published(published)
    failed = done = new = 0
    console = out()
    with opened(ctx, record, write=True) as kept, _progress(len(sources)) as step:
        found = service.read(sources, kept, published=published, jobs=jobs)
        for outcome in found:
            if isinstance(outcome, SourceError):
                say(str(outcome))
                # An archive may tell that pages were gone; an address that was asked for failed.
                failed += not isinstance(outcome, PageGone) or outcome.source in sources
                step(None)
                continue
            done += 1
            new += outcome.new
            step(outcome.reading)
            if json:
                jsonl(codec.reading_json(outcome.reading))
            elif done <= IN_FULL:
                summary.show(console, outcome.reading)
            else:
                one_line(outcome.reading)
    for source in sources:
        _say_left_out(source)
    if not json:
        name = kept.path
        said = f"{done} page{'' if done == 1 else 's'} read ({new} new to {name})"
        say(said + (f", {failed} failed" if failed else ""))
    raise typer.Exit(1 if failed else 0)


def _say_left_out(source: str) -> None:
    """Says which files of a folder are of no type that is read: how many, and the first names."""
    names = left_out(source)
    if names:
        more = ", …" if len(names) > NAMED else ""
        some = "1 file" if len(names) == 1 else f"{len(names)} files"
        say(f"{source}: {some} of no known type left out: {', '.join(names[:NAMED])}{more}")


def one_line(reading: Reading) -> None:
    """One page in one line on stdout."""
    counts: dict[str, int] = {}
    for annotation in reading.annotations:
        counts[annotation.kind] = counts.get(annotation.kind, 0) + 1
    document = reading.document
    name = plain(document.headline or document.key or document.id)
    sys.stdout.write(
        f"{document.id}\t{name}\t{counts.get('event', 0)} events\t"
        f"{counts.get('forecast', 0)} forecasts\t{len(document.comments())} comments\n"
    )


@contextmanager
def _progress(sources: int) -> Iterator[Step]:
    """A bar on stderr while many inputs are read, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("reading"),
        MofNCompleteColumn(),
        TextColumn("{task.fields[name]}", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("read", total=sources if sources > 1 else None, name="")

        def step(reading: Reading | None) -> None:
            shown = reading.document.headline or reading.document.key or "" if reading else ""
            progress.update(task, advance=1, name=plain(shown)[:50])
            seen = progress.tasks[0]
            if seen.total is not None and seen.completed > seen.total:
                progress.update(task, total=None)

        yield step
