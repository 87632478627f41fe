"""What all pages share: the record, the frame around a page, the filters of an address."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import HTTPException, Request
from jinja2 import Environment

from sayso.errors import SaysoError, UsageError
from sayso.export.csv import safe
from sayso.model import codec
from sayso.model.reading import Reading
from sayso.model.rows import EventAccount, Page
from sayso.record import query
from sayso.record.engines import shown
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, export
from sayso.service.ask_rows import COUNTED
from sayso.web.basemap import Basemap
from sayso.web.frame import carried
from sayso.web.pool import Pool

PER_PAGE = 50

_EVENTS = ("text", "type", "status", "actor", "place", "tier", "standing", "readers", "bbox",
           "keep")  # fmt: skip
"""Filters that the views of events share."""

RAIL: tuple[tuple[str, str, str | None, tuple[str, ...]], ...] = (
    ("Overview", "/", None, ()),
    ("Pages", "/pages", "pages", ()),
    ("Events", "/events", "events", _EVENTS),
    ("Map", "/map", None, _EVENTS),
    ("Timeline", "/timeline", None, _EVENTS),
    ("Disputes", "/claims", "disputes", ()),
    ("Control", "/control", None, ("place",)),
    ("Forecasts", "/forecasts", "forecasts", ()),
    ("Actors", "/actors", None, ()),
    ("Review", "/review", None, ()),
    ("Read pages", "/read", None, ()),
    ("Sources", "/sources", None, ()),
)


@dataclass(frozen=True, slots=True)
class RailItem:
    """One entry of the rail."""

    name: str
    href: str
    path: str
    count: int | None


def takes_clocks(path: str) -> bool:
    """True for views that show rows in time."""
    return path not in ("/", "/review", "/read", "/sources")


@dataclass(frozen=True, slots=True)
class Site:
    """The record and the look; one per app."""

    record: str
    names: bool
    templates: Environment
    pool: Pool
    folds: Callable[[str], tuple[str, ...]]
    basemap: Basemap = Basemap()

    def open(self) -> AbstractContextManager[Record]:
        """The record, to be read. Raises RecordError."""
        return self.pool.borrow()

    def leaving(self, record: Record) -> export.Leaving | None:
        """What rows pass on their way out, where this server is not on loopback; else None."""
        return None if self.names else export.Leaving(record, export.Terms(), datetime.now(UTC))

    def rows(self, record: Record, found: Page[Any]) -> Page[Any]:
        """The rows of a list as this server may show them."""
        leaving = self.leaving(record)
        if leaving is None:
            return found
        shown = [r for r in map(leaving.one, found.rows) if r is not None]
        return replace(found, rows=tuple(shown))

    def event(self, record: Record, event_id: str, filters: Filters) -> EventAccount:
        """One event as this server may show it. Raises UsageError; HTTPException 403 for one whose
        place is not to be given."""
        account = ask.event(record, event_id, filters)
        leaving = self.leaving(record)
        if leaving is None:
            return account
        row = leaving.event(account.row)
        if row is None or row.care:
            raise HTTPException(403, "held back: its place could help somebody find people")
        return leaving.masked(replace(account, parts=(), judgements=()), row.document)

    def reading(self, record: Record, document: str) -> Reading:
        """A page as this server may show it. Raises UsageError."""
        found = ask.reading(record, document)
        leaving = self.leaving(record)
        return found if leaving is None else leaving.reading(found)

    def render(self, request: Request, template: str, **values: Any) -> str:
        """A page in its frame. `here` is the entry of the rail that is current."""
        path = "/" + request.url.path.strip("/").split("/")[0]
        values.setdefault("here", path)
        values.setdefault("query", request.query_params.get("q"))
        values.setdefault("qs", request.url.query)
        values.setdefault("here_path", request.url.path)
        rail, card = self._around(request)
        return self.templates.get_template(template).render(
            rail=rail, card=card, closed=with_query(request, open=None),
            qv=request.query_params.get,
            record_name=Path(shown(self.record)).name, **values,
        )  # fmt: skip

    def _around(self, request: Request) -> tuple[list[RailItem], EventAccount | None]:
        """The rail, and the event that the address holds open beside the view."""
        card = None
        try:
            with self.open() as record:
                counts = self.pool.counts(record)
                if request.query_params.get("open"):
                    card = self.card(record, request)
        except SaysoError:  # the frame must show even where the record cannot be read
            counts = {}
        rail = [
            RailItem(name, href + (carried(request, takes) if takes_clocks(href) else ""), href,
                     counts.get(key or ""))
            for name, href, key, takes in RAIL
        ]  # fmt: skip
        return rail, card

    def card(self, record: Record, request: Request) -> EventAccount | None:
        """The event to show beside a view, by the clocks of the view; None if it is not there, not
        known yet, or held back."""
        given = request.query_params
        basis = "captured" if given.get("basis") == "captured" else "said"
        try:
            asked = Filters(known_by=given.get("known_by") or None, basis=basis)
            return self.event(record, given["open"], asked)
        except (UsageError, HTTPException):
            return None


_TEXT = tuple(f.name for f in fields(Filters) if f.name not in ("bbox", "keep"))


def filters_of(request: Request) -> Filters:
    """The filters of an address; the words are those of the CLI. Raises HTTPException 400."""
    given = request.query_params
    known = {*_TEXT, "bbox", "keep", "known-by"}
    values: dict[str, Any] = {k: given[k] for k in _TEXT if given.get(k)}
    if given.get("known-by"):
        values["known_by"] = given["known-by"]
    if given.get("bbox"):
        try:
            values["bbox"] = query.bbox(given["bbox"])
        except UsageError as error:
            raise HTTPException(400, str(error)) from error
    if given.get("keep") in ("1", "true", "on"):
        values["keep"] = True
    unknown = (
        set(given)
        - known
        - {"after", "limit", "off", "token", "q", "view", "day", "as", "by", "open", "table"}
    )
    if unknown:
        raise HTTPException(400, f"there is no filter {sorted(unknown)[0]!r}")
    try:
        return Filters(**values)
    except UsageError as error:
        raise HTTPException(400, str(error)) from error


def many(total: int) -> str:
    """A number of rows as it is shown; lists are counted up to `COUNTED`."""
    return f"{total:,}" if total < COUNTED else f"{COUNTED:,} or more"


def limit_of(request: Request, default: int = PER_PAGE) -> int:
    """How many rows: 1 to 1,000. Raises HTTPException 400."""
    text = request.query_params.get("limit")
    if not text:
        return default
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise HTTPException(400, "limit: a whole number from 1 to 1000")
    return int(text)


def with_query(request: Request, **changes: str | None) -> str:
    """The address of this page with some of its query changed (None = taken out)."""
    values = {**request.query_params, **changes}
    kept = {k: v for k, v in values.items() if v}
    return request.url.path + ("?" + urlencode(kept) if kept else "")


def json_lines(rows: Iterable[Any]) -> list[Any]:
    """Rows as plain data."""
    return [codec.encode(r) for r in rows]


def csv_text(rows: Iterable[Any], columns: Iterable[str]) -> str:
    """Rows as CSV with a header; lists are joined by "; ". A cell that a spreadsheet would take
    for a formula is quoted with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = list(columns)
    writer.writerow(names)
    for row in rows:
        data = codec.encode(row)
        writer.writerow([_cell(data.get(n)) for n in names])
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_cell(v) for v in value)
    if isinstance(value, dict):
        for key in ("name", "who", "words", "exact"):
            if isinstance(value.get(key), str):
                return _cell(value[key])
        return "; ".join(_cell(v) for v in value.values() if v not in (None, [], ""))
    return str(safe(value))
