"""What all commands share: the record, the filters, how errors end."""

from __future__ import annotations

import getpass
import os
from typing import Annotated

import typer

from sayso.record import query
from sayso.record.query import Filters
from sayso.record.record import Record

RecordOption = Annotated[
    str | None,
    typer.Option(
        "--record",
        metavar="FILE|URL",
        help="The record: a file, or postgresql://… [env: SAYSO_RECORD; default: sayso.db]",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, all rows.")]
LimitOption = Annotated[int, typer.Option(help="Rows shown (with --json: all).", min=1)]
ActorOption = Annotated[str | None, typer.Option(help="An actor, by name or id.")]
PlaceOption = Annotated[str | None, typer.Option(help="A place or area, by name or id.")]
BboxOption = Annotated[
    str | None, typer.Option(help="west,south,east,north in degrees.", metavar="W,S,E,N")
]
SinceOption = Annotated[str | None, typer.Option(help="Not over before this day.", metavar="DAY")]
UntilOption = Annotated[str | None, typer.Option(help="Begun by this day.", metavar="DAY")]
OnOption = Annotated[str | None, typer.Option(help="So on this day.", metavar="DAY")]
KnownByOption = Annotated[
    str | None, typer.Option("--known-by", help="As known on this day.", metavar="DAY")
]
BasisOption = Annotated[
    str, typer.Option(help="What --known-by means: said by then, or captured by then.")
]
TypeOption = Annotated[str | None, typer.Option(help="A PLOVER type or an act.")]
StatusOption = Annotated[str | None, typer.Option(help="occurred, ongoing, expected, planned …")]
SourceOption = Annotated[str | None, typer.Option(help="Who says it, by name or id.")]
PublisherOption = Annotated[str | None, typer.Option(help="The outlet.")]
TierOption = Annotated[str | None, typer.Option(help="official, party, monitor, media, reader …")]
StandingOption = Annotated[
    str | None, typer.Option(help="several, single, party, publisher, reader, disputed, confirmed")
]
ReadersOption = Annotated[
    str | None,
    typer.Option(help="What only readers tell: hide leaves it out, alone leaves nothing else."),
]
TextOption = Annotated[str | None, typer.Option(help="Words that stand there.")]
PageOption = Annotated[str | None, typer.Option(help="One page, by id.")]
KeepOption = Annotated[bool, typer.Option(help="Leave out what is read with low confidence.")]


def chosen(ctx: typer.Context, record: str | None) -> str:
    """The record's file: of this command, of `sayso --record`, of SAYSO_RECORD, or sayso.db."""
    above: str | None = ctx.obj if isinstance(ctx.obj, str) else None
    return record or above or os.environ.get("SAYSO_RECORD") or "sayso.db"


def operator() -> str:
    """Who the log names: SAYSO_USER, else the user of this machine."""
    named = os.environ.get("SAYSO_USER")
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"


def opened(ctx: typer.Context, record: str | None, *, write: bool = False) -> Record:
    """The record, for reading unless `write`."""
    return Record(chosen(ctx, record), readonly=not write, who=operator())


def filters(**given: object) -> Filters:
    """The filters of a command; `bbox` comes as text."""
    box = given.pop("bbox", None)
    if isinstance(box, str):
        given["bbox"] = query.bbox(box)
    return Filters(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
