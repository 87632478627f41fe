"""`/api/v1`: the lists and things of the record for programs; the filter words of the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response

from sayso.errors import UsageError
from sayso.model import codec
from sayso.record.query import Filters, bbox
from sayso.service import ask
from sayso.web.routes_lists import LISTS, Listing
from sayso.web.site import PER_PAGE, Site, json_lines

_DAY = Query(
    pattern=r"^\d{4}-\d{2}-\d{2}$",
    description="A day, like 2019-01-06",
    json_schema_extra={"format": "date"},
)
Day = Annotated[str | None, _DAY]
Word = Annotated[str | None, Query(max_length=500)]
_PROBLEM = {
    "description": "Problem (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: _PROBLEM, 404: _PROBLEM, 422: _PROBLEM, 503: _PROBLEM
}  # fmt: skip


def asked(
    actor: Word = None,
    place: Word = None,
    box: Annotated[str | None, Query(alias="bbox", max_length=100)] = None,
    since: Day = None,
    until: Day = None,
    on: Day = None,
    known_by: Day = None,
    basis: Annotated[str, Query(pattern="^(said|captured)$")] = "said",
    type: Word = None,
    mode: Word = None,
    status: Word = None,
    source: Word = None,
    publisher: Word = None,
    tier: Word = None,
    standing: Word = None,
    readers: Annotated[str | None, Query(pattern="^(hide|alone)$")] = None,
    text: Word = None,
    page: Word = None,
    author: Word = None,
    act: Word = None,
    keep: bool = False,
) -> Filters:
    """The filters of a request. Raises HTTPException 400."""
    try:
        return Filters(
            actor=actor, place=place, bbox=bbox(box) if box else None, since=since, until=until,
            on=on, known_by=known_by, basis=basis, type=type, mode=mode, status=status,
            source=source, publisher=publisher, tier=tier, standing=standing, readers=readers,
            text=text, page=page, author=author, act=act, keep=keep,
        )  # fmt: skip
    except UsageError as error:
        raise HTTPException(400, str(error)) from error


def _answer(request: Request, body: Any) -> Response:
    """JSON with an ETag; 304 where the asker has it already."""
    text = codec.line(body).encode("utf-8", "replace")
    tag = '"' + hashlib.sha256(text).hexdigest()[:32] + '"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(text, media_type="application/json", headers={"ETag": tag})


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(prefix="/api/v1")

    def listing_of(listing: Listing) -> Callable[..., Response]:
        def rows(
            request: Request,
            filters: Annotated[Filters, Depends(asked)],
            limit: Annotated[int, Query(ge=1, le=1000)] = PER_PAGE,
            after: Word = None,
        ) -> Response:
            try:
                with site.open() as record:
                    found = listing.ask(record, filters, limit=limit, after=after)
                    found = site.rows(record, found)
            except UsageError as error:
                raise HTTPException(400, str(error)) from error
            body = {"rows": json_lines(found.rows), "next": found.next, "total": found.total}
            return _answer(request, body)

        return rows

    for listing in LISTS:
        api.add_api_route(
            listing.path, listing_of(listing), name=f"api{listing.path}", summary=listing.title,
            description=listing.intro, responses={**PROBLEMS, 200: {"description": "Rows"}},
            response_class=JSONResponse,
        )  # fmt: skip

    @api.get("/pages/{document}", responses=PROBLEMS, summary="One reading (sayso.reading/1)")
    def reading(request: Request, document: str) -> Response:
        with site.open() as record:
            found = site.reading(record, document)
        return _answer(request, codec.reading_json(found))

    @api.get("/events/{event_id}", responses=PROBLEMS, summary="One event with all its values")
    def event(
        request: Request,
        event_id: str,
        known_by: Day = None,
        basis: Annotated[str, Query(pattern="^(said|captured)$")] = "said",
    ) -> Response:
        try:
            asked = Filters(known_by=known_by, basis=basis)
        except UsageError as error:
            raise HTTPException(400, str(error)) from error
        with site.open() as record:
            return _answer(request, codec.encode(site.event(record, event_id, asked)))

    @api.get("/search", responses=PROBLEMS, summary="Passages that hold all the words")
    def search(
        request: Request,
        q: Annotated[str, Query(max_length=500)] = "",
        limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    ) -> Response:
        with site.open() as record:
            return _answer(request, json_lines(ask.search(record, q, limit=limit)))

    return api
