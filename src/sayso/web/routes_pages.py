"""Single things: the overview, a page with its thread, an event field by field, help, search."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from sayso.model import codec
from sayso.service import ask, changes, outlets, words
from sayso.web import overview, present
from sayso.web.highlight import BESIDE, runs
from sayso.web.site import Site, filters_of

KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("/",), "go to the search"),
    (("j", "k"), "next and previous row of a list"),
    (("Enter",), "open the event of a row beside its list"),
    (("Esc",), "close it"),
    (("[", "]"), "on the map of who holds what: a day back and on"),
    (("{", "}"), "on the map of who holds what: a week back and on"),
    (
        ("g", "o", "p", "e", "f", "d", "c", "a", "m", "t", "r"),
        "g, then: overview, pages, events, forecasts, disputes, control, actors, map, timeline,"
        " review",
    ),
    (("y", "n", "u", "e", "z"), "in the review: yes, no, unsure, look closer, undo"),
    (("?",), "this page"),
)
"""The keys of the browser's pages, and what each does."""


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)

    def overview_data() -> tuple[dict[str, int], list[overview.Section]]:
        with site.open() as record:
            counts = site.pool.counts(record)
            return counts, site.pool.cached(
                record, "overview", lambda: overview.sections(site, record)
            )

    @api.get("/", response_class=HTMLResponse)
    def first(request: Request) -> str:
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
            title=words.told_row(row),
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

    @api.get("/help.json")
    def help_json() -> Response:
        return JSONResponse({"keys": [{"keys": list(k), "does": what} for k, what in KEYS]})

    @api.get("/help", response_class=HTMLResponse)
    def help_page(request: Request) -> str:
        return site.render(request, "help.html", title="Keys and help", keys=KEYS)

    return api
