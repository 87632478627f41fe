"""`sayso export`: rows into a file that leaves the machine."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli.common import (
    ActorOption,
    BasisOption,
    BboxOption,
    JsonOption,
    KnownByOption,
    OnOption,
    PageOption,
    PlaceOption,
    PublisherOption,
    ReadersOption,
    RecordOption,
    SinceOption,
    SourceOption,
    StandingOption,
    StatusOption,
    TextOption,
    TierOption,
    TypeOption,
    UntilOption,
    filters,
    opened,
    operator,
)
from sayso.cli.output import jsonl, say
from sayso.model import codec


def mount(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(export)


def export(
    ctx: typer.Context,
    format: Annotated[
        str,
        typer.Option(
            help="csv, jsonl, parquet, geojson, acled, ucdp, plover, annotations, ftm,"
            " claimreview, sheet."
        ),
    ],
    output: Annotated[str, typer.Option(help="The file to write.", metavar="FILE")],
    table: Annotated[
        str,
        typer.Option(
            help="For csv, jsonl, parquet: events, forecasts, claims, matrix, control, pages,"
            " errata"
        ),
    ] = "events",
    actor: ActorOption = None,
    place: PlaceOption = None,
    bbox: BboxOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    on: OnOption = None,
    known_by: KnownByOption = None,
    basis: BasisOption = "said",
    type: TypeOption = None,
    status: StatusOption = None,
    source: SourceOption = None,
    publisher: PublisherOption = None,
    tier: TierOption = None,
    standing: StandingOption = None,
    readers: ReadersOption = None,
    text: TextOption = None,
    page: PageOption = None,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Also what is read with low confidence.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="Commenters by name, not as pseudonyms.")
    ] = False,
    lift_care: Annotated[
        str | None,
        typer.Option(help="Give fresh positions exactly, for this reason; it is logged."),
    ] = None,
    since_export: Annotated[
        str | None,
        typer.Option(
            help="With --table errata: the digest of the earlier export.", metavar="DIGEST"
        ),
    ] = None,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """Write rows to a file, under the rules of care."""
    from sayso.service import export as service

    asked = filters(
        actor=actor, place=place, bbox=bbox, since=since, until=until, on=on, known_by=known_by,
        basis=basis, type=type, status=status, source=source, publisher=publisher, tier=tier,
        standing=standing, readers=readers, text=text, page=page,
    )  # fmt: skip
    terms = service.Terms(names=names, lifted=lift_care, drafts=drafts, who=operator())
    with opened(ctx, record, write=True) as kept:
        done = service.export(
            kept,
            format,
            output,
            table=table,
            filters=asked,
            terms=terms,
            since_export=since_export,
        )
    if json:
        jsonl(codec.encode(done))
        return
    say(f"{done.path}: {done.rows} rows, {done.digest}")
    if done.held_back:
        say(f"{done.held_back} held back by the rules of care (docs/record.md)")
