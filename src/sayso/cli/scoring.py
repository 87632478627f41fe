"""Keeping the score: `due`, `score`."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from sayso.cli.common import JsonOption, RecordOption, opened
from sayso.cli.output import rows, say, table
from sayso.record.scores import ReadingOf


def mount(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (score, due, grades):
        app.command()(command)


def score(
    ctx: typer.Context,
    by: Annotated[
        str,
        typer.Option(help="all, outlet, official, source, reader, person, page, topic, horizon."),
    ] = "all",
    person: Annotated[
        str | None,
        typer.Option(help="With --by person: one commenter; needs a recorded reason."),
    ] = None,
    reading: Annotated[
        str, typer.Option(help="Which end of an interval counts: low, middle, high.")
    ] = "middle",
    unhedged: Annotated[
        float | None,
        typer.Option(min=0, max=1, help='Read a bald "will" as this; by default as no number.'),
    ] = None,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """Show how often forecasts came true: only judged ones whose day has passed."""
    from sayso.errors import UsageError
    from sayso.service import score as service

    if reading not in {"low", "middle", "high"}:
        raise UsageError(f"{reading}: an interval is read as low, middle or high")
    with opened(ctx, record) as kept:
        found = service.score(
            kept, cast(service.By, by), reading=cast(ReadingOf, reading), unhedged=unhedged,
            person=person,
        )  # fmt: skip
    if json:
        rows(found)
        return
    lines = []
    for group in found:
        own = group.score
        hits = f"{own.hits} of {own.hits + own.misses}"
        if own.hit_rate is not None and own.hit_interval is not None:
            low, high = own.hit_interval
            hits += f" = {own.hit_rate:.0%} ({low:.0%}-{high:.0%})"
        lines.append(
            (group.name, str(group.forecasts), str(group.open), str(group.undated), str(group.due),
             hits, _figure(own.brier), _figure(own.log), _figure(own.skill), str(own.scored))
        )  # fmt: skip
    columns = ("by", "forecasts", "open", "undated", "to judge", "right", "Brier", "log", "skill",
               "n")  # fmt: skip
    table("Score", columns, lines)
    if found:
        say(f"{found[0].reading}; no rate under 5 judged forecasts")


def due(
    ctx: typer.Context,
    ahead: Annotated[
        int, typer.Option(min=0, help="Also those due within so many days from now.")
    ] = 0,
    calendar: Annotated[
        str | None,
        typer.Option(help="Write the days to a calendar file (.ics) too.", metavar="FILE"),
    ] = None,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """List forecasts whose day has passed and that nobody has judged, with what speaks to them."""
    from sayso.service import reminders
    from sayso.service import score as service

    with opened(ctx, record) as kept:
        found = service.due(kept, ahead=ahead)
        if calendar:
            say(f"{calendar}: {reminders.write(kept, calendar)} days")
        if json:
            rows(found)
            return
        lines = []
        for row in found:
            near = service.proposals(kept, row.id)
            seen = "; ".join(
                f"{p.event.id if p.event else 'control'} {p.words[:60]}" for p in near[:2]
            )
            lines.append((row.due_to or "", row.question or row.proposition, seen, row.id))
        table("Due", ("due", "question", "what the record has", "id"), lines)
    say(f"{len(found)} to judge: sayso judge outcome ID --verdict true|false|partly --why …")


def grades(
    ctx: typer.Context,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """List the Admiralty grades that people gave (`sayso judge grade ID --verdict B2 --why …`)."""
    from sayso.service import grades as service

    with opened(ctx, record) as kept:
        found = service.grades(kept)
    if json:
        rows(found)
        return
    columns = ("grade", "meaning", "of", "by", "on", "why", "id")
    lines = [
        (g.grade, "; ".join(g.meanings), g.words, g.who, g.at[:10], g.why or "", g.subject)
        for g in found
    ]
    table("Grades", columns, lines)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
