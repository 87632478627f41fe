"""Lists: pages, events, forecasts, disputes, control, actors. One row of `LISTS` each."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from sayso.errors import UsageError
from sayso.model.annotation import SaidBy
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, rows, words
from sayso.web import routes_control, routes_views
from sayso.web.frame import Filter, frame, in_range
from sayso.web.present import ACTS, Chip
from sayso.web.site import (
    PER_PAGE,
    Site,
    csv_text,
    filters_of,
    json_lines,
    limit_of,
    many,
    with_query,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str = ""
    href: str = ""
    main: bool = False
    quote: bool = False
    nowrap: bool = False
    chips: tuple[Chip, ...] = ()
    said_by: SaidBy = ()
    event: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. `head` stands above it where a group of rows begins."""

    cells: tuple[Cell, ...]
    head: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    """A list: where it is, what asks for it, how a row looks."""

    path: str
    title: str
    intro: str
    columns: tuple[str, ...]
    ask: Callable[..., rows.Page[Any]]
    cells: Callable[[Any], tuple[Cell, ...]]
    row_type: type
    filters: tuple[Filter, ...]
    nothing: str
    noun: str
    template: str = "list.html"
    more: Callable[[Site, Record, Request, rows.Page[Any]], dict[str, Any]] | None = None
    """What its template shows besides the rows."""
    group: Callable[[Any], str] | None = None
    """The head of the group that a row stands in; "" for none."""
    per_page: int = PER_PAGE
    """Rows of a page unless the address says."""


TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "control",
    "symbolic",
)  # fmt: skip
STATUSES = ("occurred", "ongoing", "expected", "planned", "hypothetical", "historical")
TIERS = ("publisher", "official", "party", "monitor", "media", "witness", "anonymous", "reader")
_TEXT = Filter("text", "Words")


def _event(row: rows.EventRow) -> tuple[Cell, ...]:
    kind = words.kind_of(row)
    when = row.edtf or f"by {row.time_to}" if row.edtf or row.time_to else "open"
    chips = [] if row.status == "occurred" else [Chip(row.status, "status")]
    if row.polarity == "negative":
        chips.append(Chip("said not to be so", "neg"))
    numbers = "; ".join(f"{n.role} " + " | ".join(v.words for v in n.values) for n in row.numbers)
    rival = (Chip("disputed", "neg"),) if any(n.disputed for n in row.numbers) else ()
    return (
        Cell(when, nowrap=True),
        Cell(kind, nowrap=True),
        Cell(words.told_row(row), href=f"/events/{row.id}", event=row.id, main=True,
             chips=tuple(chips)),
        Cell(numbers, href=f"/pages/{row.document}#{row.annotation}" if numbers else "",
             chips=rival),
        Cell(said_by=row.said_by),
        Cell(row.standing_words),
    )  # fmt: skip


def _only_readers(row: rows.EventRow) -> str:
    return "Only readers tell of these" if row.standing == "reader" else ""


READERS = (("", "after the rest"), ("hide", "left out"), ("alone", "alone"))
"""How what only readers tell is shown."""


def _readers(site: Site, record: Record, request: Request, found: rows.Page[Any]) -> dict[str, Any]:
    """The ways to show what only readers tell, and which one it is now."""
    now = request.query_params.get("readers", "")
    return {
        "readers": [
            (words, with_query(request, readers=value or None, after=None), value == now)
            for value, words in READERS
        ]
    }


def _forecast(row: rows.ForecastRow) -> tuple[Cell, ...]:
    odds = words.likelihood(row.probability, row.probability_words)
    chips = [Chip(f"only if: {row.condition}")] if row.condition else []
    if row.outcome:
        chips.append(Chip(f"judged {row.outcome}"))
    return (
        Cell(words.due(row.due), nowrap=True),
        Cell(row.proposition, href=f"/pages/{row.document}#{row.annotation}", main=True,
             chips=tuple(chips)),
        Cell(odds),
        Cell("their forecasts", said_by=(row.forecaster,),
             href=routes_views.of_source(row.forecaster, row.document)),
        Cell(row.question or ("missing: " + ", ".join(row.missing) if row.missing else "")),
    )  # fmt: skip


def _dispute(row: rows.DisputeRow) -> tuple[Cell, ...]:
    if row.kind == "reply":
        act = ACTS.get(row.act, row.act)
        href = f"/pages/{row.document}#{row.annotation}"
        about = row.to_words or ""
    else:
        act, href = f"the tellings differ on {row.id.rpartition(':')[2]}", f"/events/{row.event}"
        about = " | ".join(row.values)
    return (
        Cell(act, nowrap=True),
        Cell(" ".join(row.words.split())[:300], href=href, event=row.event or "", main=True),
        Cell(" ".join(about.split())[:300]),
        Cell(row.author or "", chips=(Chip("reader", "reader"),) if row.kind == "reply" else ()),
        Cell(row.said_on or "not known", nowrap=True),
    )


def _page(row: rows.PageRow) -> tuple[Cell, ...]:
    return (
        Cell(row.published or "not said", nowrap=True),
        Cell(row.headline or row.key or row.id, href=f"/pages/{row.id}", main=True),
        Cell(row.publisher or "publisher not named"),
        Cell(str(row.comments), nowrap=True),
        Cell(str(row.events), nowrap=True),
        Cell(str(row.forecasts), nowrap=True),
        Cell(row.recorded_at[:10], nowrap=True),
    )


def _actor(row: rows.ActorRow) -> tuple[Cell, ...]:
    chips = (Chip("not in the tables"),) if row.id.startswith("new:") else ()
    return (
        Cell(row.name, href=f"/actors/{quote(row.id)}", main=True, chips=chips),
        Cell(row.sector or ""),
        Cell(row.country or ""),
        Cell(str(row.acts), nowrap=True),
        Cell(str(row.suffers), nowrap=True),
        Cell(str(row.says), nowrap=True),
    )


def _control(row: rows.ControlRow) -> tuple[Cell, ...]:
    chips = [Chip(row.basis, "" if row.basis == "stated" else "status"), Chip(row.certainty)]
    if row.undated:
        chips.append(Chip("year open", "neg"))
    first = row.evidence[0] if row.evidence else None
    return (
        Cell(row.place, href=f"/control?place={row.place_id}", main=True),
        Cell(row.holder or "nobody is said to hold it", chips=tuple(chips)),
        Cell(row.from_ or "not known", nowrap=True),
        Cell(row.to or "not said to have ended", nowrap=True),
        Cell(said_by=row.said_by),
        Cell(" ".join(first.words.split())[:240] if first else "", quote=True,
             href=f"/pages/{first.document}#{first.annotation}" if first else "",
             event=first.event if first else ""),
        Cell(row.last_said or "", nowrap=True),
    )  # fmt: skip


def _in_range(asking: Callable[..., rows.Page[Any]]) -> Callable[..., rows.Page[Any]]:
    """Lists whose rows have a range but no state take `on` as a range of one day."""

    def ask_for(record: Record, filters: Filters, **paging: Any) -> rows.Page[Any]:
        return asking(record, in_range(filters), **paging)

    return ask_for


TABLE = {"/pages": "pages", "/events": "events", "/forecasts": "forecasts", "/claims": "claims",
         "/control": "control"}  # fmt: skip
"""The export table of each list."""

LISTS = (
    Listing(
        "/pages", "Pages", "What was read, and what was found on it.",
        ("Published", "Page", "Publisher", "Comments", "Events", "Forecasts", "Recorded"),
        _in_range(ask.pages), _page, rows.PageRow, (_TEXT,),
        "No page has been read yet. `sayso read PAGE` reads one.", "pages",
    ),
    Listing(
        "/events", "Events", "Who did what to whom, and who says so; rival values side by side.",
        ("When", "Type", "What", "Numbers", "Who says so", "Standing"),
        functools.partial(ask.events, told_first=True), _event, rows.EventRow,
        (_TEXT, Filter("type", "Type", TYPES), Filter("status", "Reality", STATUSES),
         Filter("actor", "Actor"), Filter("place", "Place"), Filter("tier", "Tier", TIERS)),
        "No event fits.", "events", more=_readers, group=_only_readers,
    ),
    Listing(
        "/forecasts", "Forecasts",
        "What is said to be coming, the earliest due first. Nothing is scored before it is due.",
        ("Due", "Forecast", "Likelihood", "Forecaster", "Question"),
        _in_range(ask.forecasts), _forecast, rows.ForecastRow,
        (_TEXT, Filter("source", "Forecaster")), "No forecast fits.", "forecasts",
        "forecasts.html", routes_views.board,
    ),
    Listing(
        "/claims", "Claims and disputes",
        "Tellings that contradict each other, and what readers dispute, correct or ask for.",
        ("What", "Words", "About", "Who", "Said"),
        _in_range(ask.disputes), _dispute, rows.DisputeRow,
        (_TEXT, Filter("act", "Act", tuple(ACTS))), "Nothing is disputed.", "disputes",
        "claims.html", routes_views.disputes,
    ),
    Listing(
        "/control", "Control",
        "Who held which town when, from what was said. Withdrawal gives a town to no one; an "
        "inferred holder is marked so; what readers say or forecasts expect changes nothing.",
        ("Place", "Holder", "From", "To", "Who says so", "Words", "Last said"),
        ask.control, _control, rows.ControlRow,
        (Filter("place", "Place"), Filter("actor", "Holder")), "No page says who holds what.",
        "places and stretches of time", "control.html", routes_control.more, per_page=25,
    ),
    Listing(
        "/actors", "Actors", "Who is named in events, how often they act, are acted on, and speak.",
        ("Actor", "Sector", "Country", "Acts", "Acted on", "Says"),
        ask.actors, _actor, rows.ActorRow, (_TEXT,), "No actor is named yet.", "actors",
        "actors.html", routes_views.actors,
    ),
)  # fmt: skip


def asked(site: Site, listing: Listing, request: Request, record: Record) -> rows.Page[Any]:
    """The rows that an address asks for."""
    try:
        found = listing.ask(
            record,
            filters_of(request),
            limit=limit_of(request, listing.per_page),
            after=request.query_params.get("after"),
        )
    except UsageError as error:  # a cursor that is none of ours
        raise HTTPException(400, str(error)) from error
    return site.rows(record, found)


def _rows(listing: Listing, found: Iterable[Any]) -> Iterator[Row]:
    last = ""
    for row in found:
        head = listing.group(row) if listing.group else ""
        yield Row(listing.cells(row), head if head != last else "")
        last = head


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)
    for listing in LISTS:
        _add(api, site, listing)
    return api


def _add(api: APIRouter, site: Site, listing: Listing) -> None:
    columns = [f.name for f in dataclasses.fields(listing.row_type)]

    def page(request: Request) -> HTMLResponse:
        with site.open() as record:
            found = asked(site, listing, request, record)
            more = listing.more(site, record, request, found) if listing.more else {}
        shown = len(found.rows)
        summary = f"{shown} of {many(found.total)}" if shown < found.total else many(found.total)
        text = site.render(
            request, listing.template, title=listing.title, intro=listing.intro,
            columns=listing.columns, rows=list(_rows(listing, found.rows)),
            frame=frame(request, listing.filters),
            table=TABLE.get(listing.path), nothing=listing.nothing,
            next=with_query(request, after=found.next) if found.next else None,
            **{"summary": f"{summary} {listing.noun}", **more},
        )  # fmt: skip
        return HTMLResponse(text)

    def as_json(request: Request) -> Response:
        with site.open() as record:
            found = asked(site, listing, request, record)
        body = {"rows": json_lines(found.rows), "next": found.next, "total": found.total}
        return JSONResponse(body)

    def as_csv(request: Request) -> Response:
        with site.open() as record:
            found = asked(site, listing, request, record)
        return PlainTextResponse(csv_text(found.rows, columns), media_type="text/csv")

    api.add_api_route(listing.path + ".json", as_json, name=f"{listing.path}.json")
    api.add_api_route(listing.path + ".csv", as_csv, name=f"{listing.path}.csv")
    api.add_api_route(listing.path, page, name=listing.path, response_class=HTMLResponse)
