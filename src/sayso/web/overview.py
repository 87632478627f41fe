"""What the first page shows: what is new, what it tells, what is due, what is disputed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, score
from sayso.service.rows import Page, PageRow
from sayso.web.cards import event_item, forecast_item, page_item, reply_item
from sayso.web.present import Item
from sayso.web.site import Site


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A block of the overview."""

    name: str
    href: str
    items: tuple[Item, ...]
    nothing: str


def sections(site: Site, record: Record) -> list[Section]:
    """The blocks of the overview."""
    rows = ask.newest(record, limit=NEW)
    found = site.rows(record, Page(rows=rows, next=None, total=len(rows))).rows
    pages = [r for r in found if not r.redacted]
    return [
        Section(
            "What is new", "/pages", tuple(page_item(r) for r in pages),
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


NEW, DUE, DISPUTED = 5, 3, 6
"""Lines of the overview's blocks: pages, forecasts of each state, disputes."""


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
        yield forecast_item(row, "its day has come: judge it")
    for row in site.rows(record, ahead).rows:
        yield forecast_item(row, "open")


def _disputed(site: Site, record: Record) -> Iterator[Item]:
    """Events whose tellings contradict each other, then what readers dispute."""
    events = site.rows(record, ask.events(record, Filters(standing="disputed"), limit=4)).rows
    replies = site.rows(record, ask.disputes(record, Filters(), limit=DISPUTED)).rows
    found = [*map(event_item, events), *(reply_item(r) for r in replies if r.kind == "reply")]
    yield from found[:DISPUTED]
