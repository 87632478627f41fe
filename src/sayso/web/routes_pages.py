"""Single things: the overview, a page with its thread, an event field by field, help, search."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from sayso.model import codec
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, changes, outlets, score, words
from sayso.service.rows import DisputeRow, EventRow, ForecastRow, PageRow
from sayso.web import present
from sayso.web.highlight import BESIDE, runs
from sayso.web.present import Chip, Item, Line
from sayso.web.site import Site, filters_of


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A block of the overview."""

    name: str
    href: str
    items: tuple[Item, ...]
    nothing: str


def event_title(row: EventRow) -> str:
    """One line: who “did” whom, where."""

    def named(role: str) -> str:
        return ", ".join(
            dict.fromkeys(n.name for n in (*row.actors, *row.places) if n.role == role)
        )

    roles = (("from", "origin"), ("to", "destination"), ("in", "place"))
    where = [f"{word} {named(role)}" for word, role in roles if named(role)]
    trigger = f"“{' '.join(row.trigger.split())}”"
    told = [named("actor") or "somebody", trigger, named("recipient"), *where]
    return " ".join(t for t in told if t)


def event_item(row: EventRow) -> Item:
    """An event of the record as a card."""
    kind = words.kind_of(row)
    chips = [Chip(kind, "type"), Chip(row.standing_words)]
    if row.polarity == "negative":
        chips.append(Chip(f"said not to have {row.status}", "neg"))
    elif row.status != "occurred":
        chips.append(Chip(row.status, "status"))
    told = f"/pages/{row.document}#{row.annotation}"
    lines = [Line(f"{n.role}: " + " | ".join(v.words for v in n.values), told) for n in row.numbers]
    return Item(
        id=row.id,
        title=event_title(row),
        words=row.words,
        chips=tuple(chips),
        lines=tuple(lines),
        said_by=row.said_by,
        href=f"/events/{row.id}",
        event=row.id,
    )


def _reply_item(row: DisputeRow) -> Item:
    return Item(
        id=row.id,
        title=f"A reader {present.ACTS.get(row.act, row.act)}",
        words=row.words[:300],
        lines=(Line(f"about: “{(row.to_words or '')[:200]}”"),),
        href=f"/pages/{row.document}#{row.annotation}",
    )


def _forecast_item(row: ForecastRow, state: str = "") -> Item:
    return Item(
        id=row.id,
        title=row.proposition,
        chips=(Chip(row.outcome or state, "status"),) if row.outcome or state else (),
        lines=(Line(f"due: {row.due or 'no date given'}"),),
        said_by=(row.forecaster,),
        href=f"/pages/{row.document}#{row.annotation}",
    )


NEW, DUE, DISPUTED = 5, 3, 6
"""Lines of the overview's blocks: pages, forecasts of each state, disputes."""


def _page_item(row: PageRow) -> Item:
    found = [f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in (
        (row.events, "event"), (row.comments, "comment"), (row.forecasts, "forecast"),
        (row.disputes, "dispute")) if n]  # fmt: skip
    said = f"published {row.published}" if row.published else "on a day it does not say"
    where = f"{row.publisher or 'publisher not named'}, {said}; read {row.recorded_at[:10]}"
    lines = (Line(where), Line(", ".join(found) or "nothing found on it"))
    title = row.headline or row.key or row.id
    return Item(id=row.id, title=title, href=f"/pages/{row.id}", lines=lines)


def _told_on(site: Site, record: Record, pages: list[PageRow]) -> Iterator[Item]:
    """What outlets and their sources tell on these pages; one event once."""
    known: set[str] = set()
    for page in pages:
        asked = Filters(page=page.id, readers="hide", keep=True)
        for row in site.rows(record, ask.events(record, asked, limit=2)).rows:
            if row.id not in known and len(known) < NEW:
                known.add(row.id)
                yield event_item(row)


def _due(site: Site, record: Record) -> Iterator[Item]:
    """Forecasts whose day has come and that nobody has judged, then those that are due next."""
    today = score.today(record)
    past = ask.forecasts(record, Filters(until=today), limit=4 * DUE)
    ahead = ask.forecasts(record, Filters(since=today), limit=DUE)
    waiting = [r for r in site.rows(record, past).rows if r.due_to and r.due_to < today]
    for row in [r for r in waiting if r.outcome is None][:DUE]:
        yield _forecast_item(row, "its day has come: judge it")
    for row in site.rows(record, ahead).rows:
        yield _forecast_item(row, "open")


def _disputed(site: Site, record: Record) -> Iterator[Item]:
    """Events whose tellings contradict each other, then what readers dispute."""
    events = site.rows(record, ask.events(record, Filters(standing="disputed"), limit=4)).rows
    replies = site.rows(record, ask.disputes(record, Filters(), limit=DISPUTED)).rows
    found = [*map(event_item, events), *(_reply_item(r) for r in replies if r.kind == "reply")]
    yield from found[:DISPUTED]


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)

    def overview_data() -> tuple[dict[str, int], list[Section]]:
        with site.open() as record:
            counts = site.pool.counts(record)
            return counts, site.pool.cached(record, "overview", lambda: newest(record))

    def newest(record: Record) -> list[Section]:
        pages = [r for r in ask.newest(record, limit=NEW) if not r.redacted]
        return [
            Section(
                "What is new", "/pages", tuple(_page_item(r) for r in pages),
                "No page has been read yet.",
            ),
            Section(
                "What the newest pages tell", "/events", tuple(_told_on(site, record, pages)),
                "No event was found on them.",
            ),
            Section(
                "What is due", "/forecasts", tuple(_due(site, record)),
                "No forecast with a day to be due by.",
            ),
            Section(
                "What is disputed", "/claims", tuple(_disputed(site, record)),
                "Nothing is disputed on the pages read so far.",
            ),
        ]  # fmt: skip

    @api.get("/", response_class=HTMLResponse)
    def overview(request: Request) -> str:
        counts, sections = overview_data()
        tiles = [
            {"href": href, "count": counts.get(key, 0), "name": name}
            for href, key, name in (
                ("/pages", "pages", "pages read"),
                ("/pages", "comments", "readers’ comments"),
                ("/events", "events", "events told of"),
                ("/forecasts", "forecasts", "forecasts"),
                ("/claims", "disputes", "replies that dispute"),
            )
        ]
        return site.render(
            request, "overview.html", title="Overview", tiles=tiles, sections=sections
        )

    @api.get("/index.json")
    def overview_json() -> Response:
        counts, sections = overview_data()
        return JSONResponse({"counts": counts, "sections": [codec.encode(s) for s in sections]})

    @api.get("/pages/{document}.json")
    def page_json(document: str) -> Response:
        with site.open() as record:
            reading = site.reading(record, document)
        return JSONResponse(codec.reading_json(reading))

    @api.get("/pages/{document}", response_class=HTMLResponse)
    def page(request: Request, document: str) -> str:
        with site.open() as record:
            reading = site.reading(record, document)
            held = changes.captures(record, reading.capture.target_uri)
        found = present.shown_marks(reading)
        folds = site.folds
        article = present.article(reading, found, folds)
        steps = present.thread(reading, found, names=True, folds=folds)
        return site.render(
            request,
            "page.html",
            folded=present.folded(article, steps),
            title=reading.document.headline or reading.document.key or reading.document.id,
            document=reading.document,
            capture=reading.capture,
            issues=reading.issues,
            captures=held,
            ownership=outlets.outlet(
                reading.document.publisher,
                reading.capture.target_uri or reading.document.canonical_uri,
            ).in_words(),
            comments=len(reading.document.comments()),
            layers=present.LAYERS,
            article=article,
            steps=steps,
            groups=present.groups(reading, document, names=True),
        )

    @api.get("/events/{event_id}.json")
    def event_json(request: Request, event_id: str) -> Response:
        with site.open() as record:
            account = site.event(record, event_id, filters_of(request))
        return JSONResponse(codec.encode(account))

    @api.get("/events/{event_id}", response_class=HTMLResponse)
    def event(request: Request, event_id: str) -> str:
        with site.open() as record:
            account = site.event(record, event_id, filters_of(request))
            if request.query_params.get("view") == "card":
                return site.templates.get_template("_card.html").render(card=account, closed="")
            reading = ask.reading(record, account.row.document)
        row = account.row
        text = reading.document.text
        mine = next(a for a in reading.annotations if a.id == row.annotation)
        low, high = words.sentence_around(text, mine.start, mine.end)
        every = present.shown_marks(reading)
        beside = [m for m in every if m.layer in BESIDE and low <= m.start and m.end <= high]
        found = [m for m in every if m.annotation == row.annotation] + beside
        kind = words.kind_of(row)
        return site.render(
            request,
            "event.html",
            title=event_title(row),
            account=account,
            row=row,
            kind=kind,
            sentence=runs(text, low, high, found),
            made_by=mine.made_by,
            adds=any(m.layer == "own" for m in beside),
            here_path=f"/events/{event_id}",
            headline=reading.document.headline or reading.document.key or reading.document.id,
        )

    @api.get("/search.json")
    def search_json(q: str = "") -> Response:
        with site.open() as record:
            return JSONResponse([codec.encode(h) for h in ask.search(record, q)])

    @api.get("/search", response_class=HTMLResponse)
    def search(request: Request, q: str = "") -> str:
        with site.open() as record:
            hits = ask.search(record, q)
        return site.render(
            request, "search.html", title=f"Search: {q}", hits=hits, names=site.names
        )

    @api.get("/help", response_class=HTMLResponse)
    def help_page(request: Request) -> str:
        return site.render(request, "help.html", title="Keys and help")

    return api
