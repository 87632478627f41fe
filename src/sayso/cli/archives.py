"""`sayso read --out` and `sayso import`: archives to shards, shards into the record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sayso.cli.common import RecordOption, opened
from sayso.cli.output import say
from sayso.errors import SourceError
from sayso.scale.shard import Choice
from sayso.service import archives


def mount(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("import")(bring)


def to_shards(
    sources: list[str],
    folder: Path,
    *,
    engine: str,
    workers: int,
    choice: Choice,
    console: Console | None = None,
) -> bool:
    """Reads archives into shards and says how it goes; True if every one was read. On a terminal
    (`console`, or stderr) a bar shows how many are done, the time left and pages a second."""
    found = archives.files(sources)
    documents = fresh = failed = skipped = 0
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[rate]}"), console=console or Console(stderr=True),
        disable=console is None and not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        task = bar.add_task("archives", total=len(found), rate="")
        for step in archives.read(found, folder, engine=engine, workers=workers, choice=choice):
            if isinstance(step.done, SourceError):
                failed += 1
                say(str(step.done))
            else:
                documents += step.done.documents
                fresh += 0 if step.skipped else step.done.documents
                failed += step.done.failed
                skipped += step.skipped
                for issue in step.done.issues if not step.skipped else ():
                    say(issue)
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f"{fresh / elapsed:.1f} pages/s" if fresh and elapsed > 0 else ""
            if step.skipped:  # took no time, and tells nothing about what is left
                bar.update(task, total=(bar.tasks[0].total or 1) - 1)
            else:
                bar.update(task, advance=1, rate=rate)
    say(
        f"{documents} pages in {len(found)} archives, in {folder}"
        + (f"; {skipped} archives were done before" if skipped else "")
        + (f"; {failed} failed" if failed else "")
    )
    return not failed


def bring(
    ctx: typer.Context,
    folders: Annotated[list[str], typer.Argument(help="Folders of shards.")],
    record: RecordOption = None,
) -> None:
    """Bring shards into the record; what is there already is left as it is."""
    readings = new = failed = 0
    with opened(ctx, record, write=True) as kept:
        for done in archives.bring(folders, kept):
            if isinstance(done, SourceError):
                say(str(done))
                failed += 1
                continue
            readings += done.readings
            new += done.new
        say(f"{readings} pages in shards ({new} new to {kept.path})")
    raise typer.Exit(1 if failed else 0)
