"""What the lists of disputes, forecasts and actors show besides their rows, and the pages of one
forecaster and one actor.

A commenter has a page only within the page they wrote on: never across pages, never by name alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from sayso.errors import UsageError
from sayso.model import codec
from sayso.model.annotation import Source
from sayso.model.rows import ForecastRow, Matrix, MatrixCell, Page
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.record.scores import ENOUGH
from sayso.service import ask, matrix, score, ties
from sayso.service.score import GroupScore
from sayso.web.frame import frame, in_range
from sayso.web.site import Site, csv_text, filters_of

SHOWN = 12
"""Matrices on the page of disputes, and lines of each column of the board."""
_PAGES = 4


# -- disputes ----------------------------------------------------------------------------------


def disputes(site: Site, record: Record, request: Request, found: Page[Any]) -> dict[str, Any]:
    """The matrices of the disputes of this page of the list."""
    asked = in_range(filters_of(request))
    documents = list(dict.fromkeys(r.document for r in found.rows if r.document))[:_PAGES]

    def make() -> list[Matrix]:
        out: dict[str, Matrix] = {}
        for document in documents:
            narrowed = dataclasses.replace(asked, page=document)
            for one in matrix.matrices(record, narrowed, limit=SHOWN):
                out.setdefault(one.id, _masked(site, record, one))
        return list(out.values())

    made = site.pool.cached(record, ("matrices", asked, tuple(documents)), make)
    return {"matrices": made[:SHOWN], "more_matrices": max(0, len(made) - SHOWN)}


def _masked(site: Site, record: Record, one: Matrix) -> Matrix:
    """The matrix as this server may show it."""
    leaving = site.leaving(record)
    return leaving.matrix(one) if leaving is not None else one


# -- forecasts ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board."""

    name: str
    total: int
    rows: tuple[ForecastRow, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class Point:
    """One bin of a calibration plot in percent; `came` None under ENOUGH: it is not drawn."""

    said: float
    came: float | None
    n: int
    label: str


def board(site: Site, record: Record, request: Request, found: Page[Any]) -> dict[str, Any]:
    """The board over all forecasts, the calibration of all, and who forecasts."""

    def make() -> dict[str, Any]:
        rows = list(site.rows(record, ask.forecasts(record, Filters(), limit=None)).rows)
        today = score.today(record)
        due = [r for r in rows if r.due_to and r.due_to < today and r.outcome is None]
        ahead = [r for r in rows if r.due_to and r.due_to >= today and r.outcome is None]
        judged = [r for r in rows if r.outcome is not None]
        undated = [r for r in rows if not r.due_to and r.outcome is None]
        columns = [
            Column(name, len(some), tuple(some[:SHOWN]), nothing)
            for name, some, nothing in (
                ("Due: waits for a person", due, "Nothing is due."),
                ("Open: not due yet", ahead, "Nothing is open."),
                ("Judged", judged, "Nobody has judged one yet."),
                ("Without a day to be due by", undated, "Every forecast has a day."),
            )
        ]
        whole = score.of(record, rows, "all forecasts")
        return {"columns_of_board": columns, "made": whole, "points": points(whole),
                "forecasters": forecasters(rows), "enough": ENOUGH}  # fmt: skip

    made: dict[str, Any] = site.pool.cached(record, "board", make)
    return made


def points(found: GroupScore) -> list[Point]:
    """The bins of a calibration plot."""
    return [
        Point(
            round(100 * b.said, 1), None if b.came is None else round(100 * b.came, 1), b.n,
            f"{round(100 * b.low)} to {round(100 * b.high)} %",
        )
        for b in found.score.bins
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forecaster:
    """Somebody who forecasts; a reader within one page only."""

    name: str
    tier: str
    href: str
    forecasts: int
    page: str


def forecasters(rows: Sequence[ForecastRow]) -> list[Forecaster]:
    """Who forecasts in these rows, those with most first."""
    groups: dict[tuple[str, str, str], int] = {}
    headlines = {r.document: r.headline or r.document for r in rows}
    for row in rows:
        who, tier = row.forecaster.who or "", row.forecaster.tier
        page = row.document if tier == "reader" or not who else ""
        groups[who, tier, page] = groups.get((who, tier, page), 0) + 1
    out = [
        Forecaster(who or f"a {tier} who is not named", tier, href_of(who, tier, page), n,
                   headlines.get(page, ""))
        for (who, tier, page), n in groups.items()
    ]  # fmt: skip
    return sorted(out, key=lambda f: (-f.forecasts, f.name))


def href_of(who: str, tier: str, page: str) -> str:
    """The address of a forecaster's page."""
    asked = {"who": who, "tier": tier, **({"page": page} if page else {})}
    return "/forecaster?" + urlencode(asked)


def of_source(source: Source, document: str) -> str:
    """The address of the page of whoever made a forecast."""
    page = document if source.tier == "reader" or not source.who else ""
    return href_of(source.who or "", source.tier, page)


# -- actors ------------------------------------------------------------------------------------


def actors(site: Site, record: Record, request: Request, found: Page[Any]) -> dict[str, Any]:
    """The ties of all actors in the events that fit."""
    asked = dataclasses.replace(filters_of(request), text=None)
    made = site.pool.cached(record, ("ties", asked), lambda: ties.ties(record, asked, limit=20))
    narrowed = dataclasses.replace(asked, actor=None) != Filters()
    return {"ties": made, "looked_at": ask.NARROWED if narrowed else None}


# -- pages of their own ------------------------------------------------------------------------


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)

    def matrices(request: Request) -> list[Matrix]:
        with site.open() as record:
            made = matrix.matrices(record, in_range(filters_of(request)), limit=50)
            return [_masked(site, record, m) for m in made]

    @api.get("/claims/matrix.json")
    def matrix_json(request: Request) -> Response:
        return JSONResponse([codec.encode(m) for m in matrices(request)])

    @api.get("/claims/matrix.csv")
    def matrix_csv(request: Request) -> Response:
        cells = [c for m in matrices(request) for c in matrix.cells(m)]
        names = [f.name for f in dataclasses.fields(MatrixCell)]
        return PlainTextResponse(csv_text(cells, names), media_type="text/csv")

    def forecasts_of(request: Request) -> tuple[str, list[ForecastRow], GroupScore]:
        given = request.query_params
        who, tier, page = given.get("who", ""), given.get("tier", ""), given.get("page") or None
        if (tier == "reader" or not who) and page is None:
            raise HTTPException(
                400, "a reader is known within one page only: say which, page=DOCUMENT"
            )
        with site.open() as record:
            rows = ask.forecasts(record, Filters(page=page), limit=None).rows
            shown = site.rows(record, dataclasses.replace(_EMPTY, rows=rows)).rows
            mine = [
                r for r in shown
                if (r.forecaster.who or "") == who and r.forecaster.tier == tier
            ]  # fmt: skip
            if not mine:
                raise UsageError(f"{who or tier}: has made no forecast here")
            name = who or f"a {tier} who is not named"
            return name, mine, score.of(record, mine, name)

    @api.get("/forecaster.json")
    def forecaster_json(request: Request) -> Response:
        name, mine, made = forecasts_of(request)
        body = {"name": name, "score": codec.encode(made), "rows": [codec.encode(r) for r in mine]}
        return JSONResponse(body)

    @api.get("/forecaster", response_class=HTMLResponse)
    def forecaster(request: Request) -> str:
        name, mine, made = forecasts_of(request)
        return site.render(
            request, "forecaster.html", title=name, here="/forecasts", rows=mine, made=made,
            points=points(made), enough=ENOUGH, tier=request.query_params.get("tier", ""),
            page=mine[0] if request.query_params.get("page") else None,
        )  # fmt: skip

    def ties_of(request: Request, actor: str) -> tuple[Any, ties.Ties]:
        with site.open() as record:
            found = ask.actors(record, Filters(actor=actor), limit=1).rows
            if not found:
                raise UsageError(f"{actor}: no event names such an actor")
            asked, id = filters_of(request), found[0].id
            made = site.pool.cached(
                record, ("ties of", id, asked), lambda: ties.of(record, id, asked)
            )
            return found[0], made

    @api.get("/actors/{actor}.json")
    def actor_json(request: Request, actor: str) -> Response:
        row, made = ties_of(request, actor)
        return JSONResponse({"actor": codec.encode(row), "ties": codec.encode(made)})

    @api.get("/actors/{actor}", response_class=HTMLResponse)
    def actor_page(request: Request, actor: str) -> str:
        row, made = ties_of(request, actor)
        return site.render(
            request, "actor.html", title=row.name, here="/actors", row=row, ties=made,
            frame=frame(request, ()),
        )  # fmt: skip

    return api


_EMPTY: Page[Any] = Page(rows=(), next=None, total=0)
