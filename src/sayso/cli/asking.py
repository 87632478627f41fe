"""Asking the record: `events`, `forecasts`, `claims`, `pages`, `actors`, `show`, `search`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from sayso.cli import summary
from sayso.cli.common import (
    ActorOption,
    BasisOption,
    BboxOption,
    JsonOption,
    KeepOption,
    KnownByOption,
    LimitOption,
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
)
from sayso.cli.output import jsonl, out, plain, rows, say, table
from sayso.model.rows import (
    ControlRow,
    DisputeRow,
    EventAccount,
    EventRow,
    ForecastRow,
    Matrix,
)
from sayso.record.control import STALE
from sayso.service import ask, score, words
from sayso.service import matrix as matrix_service


def mount(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (events, forecasts, claims, control, pages, actors, show, search):
        app.command()(command)


def events(
    ctx: typer.Context,
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
    keep: KeepOption = False,
    limit: LimitOption = 50,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """List events, each once, with how many tell it and in what standing."""
    asked = filters(
        actor=actor, place=place, bbox=bbox, since=since, until=until, on=on, known_by=known_by,
        basis=basis, type=type, status=status, source=source, publisher=publisher, tier=tier,
        standing=standing, readers=readers, text=text, page=page, keep=keep,
    )  # fmt: skip
    with opened(ctx, record) as kept:
        found = ask.events(kept, asked, limit=None if json else limit)
        _give(found, json, "Events", ("when", "what", "where", "numbers", "standing", "id"), _event)


def _event(row: EventRow) -> Sequence[str]:
    kind = row.event_type or f"act: {row.act}"
    return (
        when(row),
        f"{kind}{' / ' + row.mode if row.mode else ''} · {title(row)}",
        ", ".join(dict.fromkeys(p.name for p in row.places)),
        "; ".join(figures(row)),
        row.standing_words,
        row.id,
    )


def when(row: EventRow) -> str:
    """The day or days, or how it is open."""
    if row.edtf:
        return row.edtf
    if row.time_to:
        return f"by {row.time_to}"
    return "undated"


def title(row: EventRow) -> str:
    """Who did what to whom, and whether it happened, in one line."""
    return words.told_row(row) + words.aside(row)


def figures(row: EventRow) -> list[str]:
    """Each count with its rival values."""
    out = []
    for n in row.numbers:
        values = " / ".join(
            ("about " if v.approximate else "") + words.number(v.low, v.high, v.low_exclusive)
            for v in n.values
        )
        out.append(f"{n.role} {values}" + (" (disputed)" if n.disputed else ""))
    return out


def forecasts(
    ctx: typer.Context,
    since: Annotated[str | None, typer.Option(help="Due on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Due by this day.")] = None,
    source: SourceOption = None,
    tier: TierOption = None,
    known_by: KnownByOption = None,
    basis: BasisOption = "said",
    text: TextOption = None,
    page: PageOption = None,
    limit: LimitOption = 50,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """List forecasts, the earliest due first."""
    asked = filters(
        since=since, until=until, source=source, tier=tier, known_by=known_by, basis=basis,
        text=text, page=page,
    )  # fmt: skip
    with opened(ctx, record) as kept:
        found = ask.forecasts(kept, asked, limit=None if json else limit)
        _give(found, json, "Forecasts", ("due", "forecast", "by", "likelihood", "id"), _forecast)
        waiting = score.reminder(kept)
    if waiting:
        say(waiting)


def _forecast(row: ForecastRow) -> Sequence[str]:
    likely = words.likelihood(row.probability, row.probability_words)
    by = words.chain((row.forecaster,))
    return (words.due(row.due), row.proposition[:200], by, likely, row.id)


def claims(
    ctx: typer.Context,
    act: Annotated[str | None, typer.Option(help="disputes, corrects, asks_source …")] = None,
    matrix: Annotated[
        bool,
        typer.Option("--matrix", help="Who asserts, denies, is silent, for each contested thing."),
    ] = False,
    since: SinceOption = None,
    until: UntilOption = None,
    known_by: KnownByOption = None,
    basis: BasisOption = "said",
    text: TextOption = None,
    page: PageOption = None,
    limit: LimitOption = 50,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """List what is in dispute: between pages, and among readers."""
    asked = filters(
        act=act, since=since, until=until, known_by=known_by, basis=basis, text=text, page=page
    )
    with opened(ctx, record) as kept:
        if matrix:
            _matrices(matrix_service.matrices(kept, asked, limit=None if json else limit), json)
            return
        found = ask.disputes(kept, asked, limit=None if json else limit)
        _give(found, json, "Disputes", ("what", "who", "words", "about", "id"), _dispute)


def _matrices(found: Sequence[Matrix], json: bool) -> None:
    """One JSON object per matrix; for people one table line per proposition."""
    if json:
        rows(found)
        return
    lines = []
    for matrix in found:
        names = {v.id: v.name for v in matrix.voices}
        for row in matrix.propositions:
            by = {
                side: ", ".join(names[s.voice] for s in row.stances if s.stance == side)
                for side in ("asserts", "denies", "silent")
            }
            counted = f"{row.asserts} to {row.denies}" if matrix.kind != "reply" else "readers"
            lines.append((row.words[:160], by["asserts"], by["denies"], by["silent"], counted,
                          matrix.id))  # fmt: skip
    columns = ("proposition", "asserts", "denies", "silent", "separate chains", "id")
    table("Who says what of what is in dispute", columns, lines)


def _dispute(row: DisputeRow) -> Sequence[str]:
    if row.kind == "reply":
        about = f"{row.to_author or 'the page'}: {(row.to_words or '')[:160]}"
        return (row.act, row.author or "a reader", row.words[:160], about, row.id)
    return (f"{row.kind} in dispute", "", row.words[:160], " against ".join(row.values), row.id)


def control(
    ctx: typer.Context,
    place: PlaceOption = None,
    actor: Annotated[str | None, typer.Option(help="The holder, by name or id.")] = None,
    bbox: BboxOption = None,
    on: OnOption = None,
    known_by: KnownByOption = None,
    basis: BasisOption = "said",
    limit: LimitOption = 50,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """List who held which place when, as far as anybody says so."""
    asked = filters(place=place, actor=actor, bbox=bbox, on=on, known_by=known_by, basis=basis)
    with opened(ctx, record) as kept:
        found = ask.control(kept, asked, limit=None if json else limit)
        _give(
            found, json, f"Control (stale {STALE} days after the last word)",
            ("place", "holder", "from", "to", "certainty", "who says so"), _control,
        )  # fmt: skip


def _control(row: ControlRow) -> Sequence[str]:
    since = row.from_ or "not known"
    until = row.to or "not said to have ended"
    holder = row.holder or "nobody is said to hold it"
    sure = row.certainty if row.basis != "inferred" else f"inferred ({row.certainty})"
    if row.certainty == "inferred":
        sure = "inferred"
    return (row.place, holder, since, until, sure, words.chain(row.said_by))


def pages(
    ctx: typer.Context,
    publisher: PublisherOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    known_by: KnownByOption = None,
    basis: BasisOption = "said",
    text: TextOption = None,
    limit: LimitOption = 50,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """List the pages of the record."""
    asked = filters(
        publisher=publisher, since=since, until=until, known_by=known_by, basis=basis, text=text
    )
    with opened(ctx, record) as kept:
        found = ask.pages(kept, asked, limit=None if json else limit)
        _give(
            found, json, "Pages",
            ("id", "headline", "publisher", "published", "comments", "events", "forecasts"),
            lambda r: (
                r.id, r.headline or r.key or "", r.publisher or "not named",
                r.published or "not said", str(r.comments), str(r.events), str(r.forecasts),
            ),
        )  # fmt: skip


def actors(
    ctx: typer.Context,
    text: Annotated[str | None, typer.Option(help="Words of the name.")] = None,
    near: Annotated[
        bool, typer.Option("--near", help="Pairs of names that may be one; `judge same` decides.")
    ] = False,
    limit: LimitOption = 50,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """List the actors that events name."""
    with opened(ctx, record) as kept:
        if near:
            pairs = ask.proposals(kept, limit=10_000 if json else limit)
            if json:
                rows(pairs)
            else:
                table(
                    "Names that may be one", ("one", "other", "alike", "ids"),
                    ((p.left_name, p.right_name, f"{p.score:.0f}", f"{p.left} {p.right}")
                     for p in pairs),
                )  # fmt: skip
            return
        found = ask.actors(kept, filters(text=text), limit=None if json else limit)
        _give(
            found, json, "Actors",
            ("id", "name", "sector", "country", "acts", "is acted on", "says"),
            lambda r: (
                r.id, r.name, r.sector or "", r.country or "", str(r.acts), str(r.suffers),
                str(r.says),
            ),
        )  # fmt: skip


def show(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(help="A page, or an event (ev-…, te-…, PAGE.e3).")],
    known_by: KnownByOption = None,
    basis: BasisOption = "said",
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """Show a page, or an event field by field, with its evidence."""
    from sayso.model import codec

    with opened(ctx, record) as kept:
        if id.startswith(("ev-", "te-")) or ".e" in id:
            account = ask.event(kept, id, filters(known_by=known_by, basis=basis))
            if json:
                jsonl(codec.encode(account))
            else:
                _account(account)
            return
        reading = ask.reading(kept, id)
        if json:
            jsonl(codec.reading_json(reading))
        else:
            summary.show(out(), reading)


def _account(account: EventAccount) -> None:
    row = account.row
    print(plain(f"{row.event_type or 'act: ' + str(row.act)} · {title(row)}"))
    print(plain(f"{when(row)} · {row.standing_words} · {row.tellings} tellings · {row.id}"))
    table(
        "", ("field", "value", "words", "who says so", "said", "page"),
        (
            (f.name if n == 0 else "", v.value, v.words, words.chain(v.said_by),
             v.said_on or "on a day not known", f"{v.document}.{v.annotation}")
            for f in account.fields
            for n, v in enumerate(f.values)
        ),
    )  # fmt: skip
    for telling in account.tellings:
        print(plain(f"{telling.publisher or 'publisher not named'}: “{telling.words}”"))
    for part in account.parts:
        kind = "part of" if row.granularity == "event" else "takes in"
        print(plain(f"{kind}: {title(part)} ({when(part)}) {part.id}"))
    for judged in account.judgements:
        print(plain(f"{judged.act} by {judged.who} on {judged.at[:10]}: {judged.why or ''}"))


def search(
    ctx: typer.Context,
    asked: Annotated[list[str], typer.Argument(metavar="WORDS", help="All must be there.")],
    limit: LimitOption = 20,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """Find words in the captured texts, comments too."""
    with opened(ctx, record) as kept:
        found = ask.search(kept, " ".join(asked), limit=1_000_000 if json else limit)
    if json:
        rows(found)
        return
    table(
        "Found", ("page", "where", "words"),
        ((h.document, f"{h.headline or ''} ({h.kind})", h.excerpt) for h in found),
    )  # fmt: skip


def _give(
    found: Any,
    json: bool,
    name: str,
    columns: Sequence[str],
    line: Callable[[Any], Sequence[str]],
) -> None:
    if json:
        rows(found.rows)
        return
    table(name, columns, (line(r) for r in found.rows))
    if found.next:
        say(f"{len(found.rows)} of {found.total} shown; --limit shows more, --json all")
