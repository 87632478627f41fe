"""Single things: the overview, a page with its thread, an event field by field, help, search."""

from __future__ import annotations

import dataclasses

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from sayso.model import codec
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, outlets, words
from sayso.service.rows import DisputeRow, EventRow, ForecastRow
from sayso.web import present
from sayso.web.highlight import BESIDE, runs
from sayso.web.present import Chip, Item
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
    lines = [f"{n.role}: " + " | ".join(v.words for v in n.values) for n in row.numbers]
    return Item(
        id=row.id,
        title=event_title(row),
        words=row.words,
        chips=(Chip(kind, "type"), Chip(row.status, "status"), Chip(row.standing_words)),
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
        lines=(f"about: “{(row.to_words or '')[:200]}”",),
        href=f"/pages/{row.document}#{row.annotation}",
    )


def _forecast_item(row: ForecastRow) -> Item:
    return Item(
        id=row.id,
        title=row.proposition,
        lines=(f"due: {row.due or 'no date given'}",),
        said_by=(row.forecaster,),
        href=f"/pages/{row.document}#{row.annotation}",
    )


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)

    def overview_data() -> tuple[dict[str, int], list[Section]]:
        with site.open() as record:
            counts = site.pool.counts(record)
            return counts, site.pool.cached(record, "overview", lambda: newest(record))

    def newest(record: Record) -> list[Section]:
        disputed = site.rows(record, ask.events(record, Filters(standing="disputed"), limit=5)).rows
        readers = site.rows(record, ask.disputes(record, Filters(), limit=5)).rows
        forecasts = site.rows(record, ask.forecasts(record, Filters(), limit=6)).rows
        events = site.rows(record, ask.events(record, Filters(keep=True), limit=8)).rows
        contradicted = [event_item(r) for r in disputed]
        replied = [_reply_item(r) for r in readers if r.kind == "reply"]
        predicted = [_forecast_item(r) for r in forecasts]
        return [
            Section(
                "What is disputed",
                "/claims",
                tuple([*contradicted, *replied][:6]),
                "Nothing is disputed on the pages read so far.",
            ),
            Section("What is forecast", "/forecasts", tuple(predicted), "No forecast was found."),
            Section("Events", "/events", tuple(map(event_item, events)), "No event was found."),
        ]

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
