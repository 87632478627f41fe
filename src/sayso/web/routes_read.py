"""Reading new pages from the browser: paste an address or a text, drop files, watch, stop."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from sayso.web import forms
from sayso.web.jobs import Jobs, scratch
from sayso.web.site import Site

MOST_BYTES = 50_000_000
"""Of all that is dropped or pasted at once."""


def _name(given: str | None, number: int) -> str:
    """A file name without a path, with an ending that says what it is."""
    plain = re.sub(r"[^\w.\- ]", "_", Path(given or "").name)[-80:]
    return plain if re.search(r"\.\w+$", plain) else f"{plain or 'dropped'}-{number}.html"


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)
    jobs = Jobs(site.record)

    @api.get("/read", response_class=HTMLResponse)
    def page(request: Request) -> HTMLResponse:
        key = forms.key_of(request)
        shown = site.render(request, "read.html", title="Read pages", key=key, job=jobs.current)
        return forms.with_key(shown, key)

    @api.get("/read.json")
    def progress() -> Response:
        job = jobs.current
        if job is None:
            return JSONResponse({"running": False, "done": 0, "total": 0})
        return JSONResponse(
            {"running": job.running, "done": job.done, "total": job.total, "new": job.new,
             "pages": job.pages, "failed": job.failed, "stopped": job.stopped}
        )  # fmt: skip

    @api.post("/read")
    async def start(
        request: Request,
        key: Annotated[str, Form(max_length=100)],
        addresses: Annotated[str, Form(max_length=100_000)] = "",
        text: Annotated[str, Form(max_length=MOST_BYTES)] = "",
        files: Annotated[list[UploadFile] | None, File()] = None,
    ) -> Response:
        forms.check(request, key)
        sources = [line.strip() for line in addresses.splitlines() if line.strip()]
        for source in sources:
            if not source.startswith(("http://", "https://")):
                raise HTTPException(400, f"{source[:80]!r} is no address (http:// or https://)")
        folder = scratch()
        if text.strip():
            pasted = folder / "pasted.txt"
            pasted.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
            sources.append(str(pasted))
        size = 0
        for number, file in enumerate(files or []):
            data = await file.read(MOST_BYTES + 1)
            size += len(data)
            if size > MOST_BYTES:
                raise HTTPException(413, "too much at once: 50 MB at most")
            if data or file.filename:
                path = folder / f"{number}" / _name(file.filename, number)
                path.parent.mkdir()
                path.write_bytes(data)
                sources.append(str(path))
        if not sources:
            raise HTTPException(400, "nothing to read: give an address, a text or a file")
        if not jobs.start(sources, folder, forms.person(request) or "web"):
            raise HTTPException(409, "something is being read already; stop it or wait")
        return RedirectResponse("/read", 303)

    @api.post("/read/stop")
    def stop(request: Request, key: Annotated[str, Form(max_length=100)]) -> Response:
        forms.check(request, key)
        jobs.stop()
        return RedirectResponse("/read", 303)

    return api
