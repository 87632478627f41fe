"""Export of the current view: all its rows, in every format, under the rules of care, logged."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.background import BackgroundTask

from sayso.errors import UsageError
from sayso.export.columns import TABLES
from sayso.record.record import Record
from sayso.service import export
from sayso.web import forms
from sayso.web.frame import LABELS, in_range
from sayso.web.site import Site, filters_of

ENDINGS = {"csv": "csv", "acled": "csv", "ucdp": "csv", "parquet": "parquet", "geojson": "geojson",
           "sheet": "html", "annotations": "jsonl", "jsonl": "jsonl"}  # fmt: skip
OF_EVENTS = ("geojson", "acled", "ucdp", "plover", "ftm", "sheet", "annotations")
"""Formats that hold events, whatever list is shown."""


def _asked(request: Request, table: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The filters of the view that is exported, and the formats its table can have. An answer
    400 says that there is no such table or filter."""
    given = {k: v for k, v in request.query_params.items() if k in LABELS and v}
    filters_of(request)
    if table not in TABLES or table == "errata":
        raise HTTPException(400, f"there is no table {table[:40]!r}")
    return given, ("csv", "jsonl", "parquet", *(OF_EVENTS if table == "events" else ()))


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)

    @api.get("/export.json")
    def choices(request: Request, table: str = "events") -> Response:
        given, formats = _asked(request, table)
        return JSONResponse({"table": table, "formats": formats, "narrowed": given})

    @api.get("/export", response_class=HTMLResponse)
    def page(request: Request, table: str = "events") -> HTMLResponse:
        given, formats = _asked(request, table)
        key = forms.key_of(request)
        shown = site.render(
            request, "export.html", title="Export", key=key, table=table, formats=formats,
            narrowed=[(LABELS[k], v) for k, v in given.items()], action="?" + urlencode(given),
        )  # fmt: skip
        return forms.with_key(shown, key)

    @api.post("/export")
    def make(
        request: Request,
        key: Annotated[str, Form(max_length=100)],
        table: Annotated[str, Form(max_length=40)],
        format: Annotated[str, Form(max_length=40)],
        drafts: Annotated[bool, Form()] = False,
    ) -> Response:
        forms.check(request, key)
        asked = filters_of(request)
        who = forms.person(request) or "web"
        folder = Path(tempfile.mkdtemp(prefix="sayso-"))
        name = f"sayso-{table}.{ENDINGS.get(format, 'json')}"
        try:
            with Record(site.record, who=who) as record:
                export.export(
                    record, format, str(folder / name), table=table,
                    filters=asked if table in ("events", "control") else in_range(asked),
                    terms=export.Terms(drafts=drafts, who=who),
                )  # fmt: skip
        except UsageError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise HTTPException(400, str(error)) from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        clean = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        return FileResponse(folder / name, filename=name, background=clean)

    return api
