"""The web app: server-rendered pages, each with a `.json` twin and, for lists, a `.csv` one.

Works without JavaScript except the map's panning. Every handler asks `service`; nothing here knows
the database. A connection is opened per request: reading never waits for who writes.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib import resources
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from sayso import __version__
from sayso.errors import RecordError, SaysoError, UsageError
from sayso.record.engines import shown
from sayso.record.record import Record
from sayso.service import outlets, words
from sayso.service.folding import beside, lexicon
from sayso.web import (
    routes_api,
    routes_export,
    routes_lists,
    routes_map,
    routes_pages,
    routes_read,
    routes_review,
    routes_sources,
    routes_views,
)
from sayso.web.basemap import Basemap, chosen
from sayso.web.basemap import router as basemap_routes
from sayso.web.pool import Pool
from sayso.web.present import ACTS
from sayso.web.safety import LOOPBACK, guard
from sayso.web.site import Site


def create_app(
    record: str | Path,
    *,
    hosts: frozenset[str] = LOOPBACK,
    token: str | None = None,
    names: bool = True,
    basemap: Basemap | None = None,
) -> FastAPI:
    """The app over one record.

    `hosts` are the Host names that are served ("*" for any). `token` is needed by every request
    where it is set. `names` shows commenters' names as the page prints them; otherwise they are
    "reader 1", "reader 2" … (that is how anything that is not loopback must be served).
    """
    templates = _templates()
    folds = lexicon(beside(record)).found
    templates.globals["folds"] = folds
    site = Site(
        record=str(record), names=names, templates=templates, pool=Pool(str(record)),
        folds=folds, basemap=basemap or Basemap(),
    )  # fmt: skip
    app = FastAPI(
        title="Sayso",
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.middleware("http")(guard(hosts, token))
    static = resources.files("sayso.web") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    rooms = (routes_pages, routes_lists, routes_map, routes_review, routes_read, routes_sources,
             routes_export, routes_views)  # fmt: skip
    for module in (*rooms, routes_api):
        app.include_router(module.router(site))
    app.include_router(basemap_routes(site.basemap))
    app.state.site = site
    _errors(app, site)
    return app


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("sayso.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # nothing is looked up on the disk again while it runs
    )
    environment.filters["due"] = words.due
    environment.filters["grouped"] = lambda number: f"{number:,}"
    environment.globals["source"] = words.source
    environment.globals["in_words"] = words.reality
    environment.globals["whether"] = words.whether
    environment.globals["kind_of"] = words.kind_of
    environment.globals["acts"] = ACTS
    environment.globals["owner"] = lambda name: outlets.outlet(name).in_words()
    environment.globals["told_row"] = words.told_row
    return environment


def _wants_json(request: Request) -> bool:
    path = request.url.path
    return path.startswith("/api/") or path.endswith((".json", ".csv"))


def _errors(app: FastAPI, site: Site) -> None:
    """Errors as RFC 9457 problems for programs and as a page for people."""

    def answer(request: Request, status: int, title: str, detail: str) -> Response:
        if _wants_json(request):
            body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
            return JSONResponse(body, status, media_type="application/problem+json")
        page = site.render(request, "message.html", title=title, message=detail)
        return HTMLResponse(page, status)

    Handler = Callable[[Request, Exception], Awaitable[Response]]

    def handler(status: int, title: str) -> Handler:
        async def handle(request: Request, error: Exception) -> Response:
            return answer(request, status, title, str(error))

        return handle

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        detail = "There is nothing at this address." if error.status_code == 404 else error.detail
        title = "Not found" if error.status_code == 404 else "That cannot be asked"
        return answer(request, error.status_code, title, detail)

    async def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        found = [f"{'.'.join(str(x) for x in e['loc'][1:])}: {e['msg']}" for e in error.errors()]
        return answer(request, 422, "That cannot be understood", "; ".join(found))

    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(UsageError, handler(404, "Not there"))
    app.add_exception_handler(SaysoError, handler(503, "The record cannot answer"))
    app.add_exception_handler(HTTPException, http)


def _calm_collector() -> None:
    """What is loaded by now stays, and answers are let go by counting references: a search through
    all objects every few requests would make one in twenty a quarter of a second late (measured
    with a million tellings)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 200)


def serve(
    record: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    boundaries: str | None = None,
    tiles: str | None = None,
) -> None:
    """Serves the record until it is stopped, and says where on stderr.

    An address that is not loopback is served only with a token (`SAYSO_TOKEN`), for the host names
    in `SAYSO_HOSTS` (comma-separated), and without commenters' names. `boundaries` (or
    `SAYSO_BOUNDARIES`) is a policy of `basemap.POLICIES` or a GeoJSON file; `tiles` (or
    `SAYSO_TILES`) a PMTiles file, by default `basemap.pmtiles` beside the record.
    Raises UsageError.
    """
    import uvicorn

    loopback = host in LOOPBACK
    token = os.environ.get("SAYSO_TOKEN") or None
    if not loopback and token is None:
        raise UsageError(f"{host} is not loopback: set SAYSO_TOKEN to serve it to others")
    named = {h.strip().lower() for h in os.environ.get("SAYSO_HOSTS", "").split(",") if h.strip()}
    hosts = LOOPBACK | named | (set() if loopback else {host.lower()})
    if Path(record).is_file():
        with suppress(RecordError):  # a medium that cannot be written is served as it is
            Record(record).close()  # brings a record of an earlier version up to date
    environment = os.environ.get
    basemap = chosen(
        record, boundaries or environment("SAYSO_BOUNDARIES"), tiles or environment("SAYSO_TILES")
    )
    app = create_app(record, hosts=frozenset(hosts), token=token, names=loopback, basemap=basemap)
    where = f"{shown(record)} at http://{host}:{port}/"
    _calm_collector()
    print(f"Sayso serves {where} (Ctrl-C stops it)", file=sys.stderr)  # noqa: T201
    uvicorn.run(app, host=host, port=port, log_level="warning")
