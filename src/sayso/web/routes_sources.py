"""Outlets with what is known of their owners, and the log of custody."""

from __future__ import annotations

import dataclasses

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from sayso.model import codec
from sayso.record import custody, feeds
from sayso.service import outlets
from sayso.service.outlets import Outlet
from sayso.web.site import Site, csv_text

SHOWN = 200
"""Log rows on the page, the newest; `sayso verify` and the record hold all."""


FEEDS = 100
"""Most watched addresses on the page, those that fail first."""


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)

    def found() -> tuple[list[Outlet], list[custody.Entry], int, str]:
        with site.open() as record:
            rows, head = custody.head(record.database)
            log = custody.newest(record.database, SHOWN)
            known = site.pool.cached(record, "outlets", lambda: list(outlets.outlets(record)))
            return known, log, rows, head

    def watched() -> list[feeds.Watched]:
        """What is watched, what fails first. Addresses are for this machine alone."""
        if not site.names:
            return []
        with site.open() as record:
            return feeds.worst(record.database, FEEDS)

    @api.get("/sources", response_class=HTMLResponse)
    def page(request: Request) -> str:
        known, log, rows, head = found()
        return site.render(
            request, "sources.html", title="Sources and custody", outlets=known, log=log,
            rows=rows, head=head, feeds=watched(),
        )  # fmt: skip

    @api.get("/sources.json")
    def as_json() -> Response:
        known, log, rows, head = found()
        return JSONResponse(
            {"outlets": [codec.encode(o) for o in known], "log_rows": rows, "log_head": head,
             "log": [dataclasses.asdict(e) for e in log],
             "watched": [dataclasses.asdict(w) for w in watched()]}
        )  # fmt: skip

    @api.get("/sources.csv")
    def as_csv() -> Response:
        known, _, _, _ = found()
        names = [f.name for f in dataclasses.fields(Outlet)]
        return PlainTextResponse(csv_text(known, names), media_type="text/csv")

    return api
