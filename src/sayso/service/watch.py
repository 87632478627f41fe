"""Watching feeds, sitemaps and pages: what is new or changed goes into the record.

It may be killed at any moment: a page is stored first, and only then that it was asked; a feed's
answer and the pages that it names are stored together. What was fetched and not yet stored is
asked again.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from sayso.capture import feeds
from sayso.capture.fetch import Fetcher
from sayso.capture.sources import default_fetcher
from sayso.capture.warc import Archive
from sayso.errors import FetchError, SaysoError, SourceError, UsageError
from sayso.language.syntax import Parser
from sayso.model.capture import Capture
from sayso.model.reading import Reading
from sayso.page.changes import Change
from sayso.record import feeds as book
from sayso.record.feeds import Watched
from sayso.record.record import Record
from sayso.service import read as reading
from sayso.service.archive import Keeper
from sayso.service.changes import against_newest

MIN_EVERY = 60
"""Seconds between two rounds at least."""

DAY, WEEK = 86_400, 7 * 86_400
DEPTH = 3
"""How many lists deep a given address may lead: an OPML file of sitemap indexes of sitemaps."""

RENEW = 3_600.0
"""Seconds after which a site's robots.txt is asked again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An address that was asked. `what` is "new" (read for the first time), "changed" (known, and
    it says something else: `changes`), "same" (its bytes may differ, as tokens and counters do:
    they are kept, and no document is made of them), "gone" (404, 410 or 451, kept as evidence) or
    "list" (a feed, with the number of addresses that were not watched before)."""

    uri: str
    what: Literal["new", "changed", "same", "gone", "list"]
    reading: Reading | None = None
    status: int | None = None
    found: int = 0
    changes: tuple[Change, ...] = ()


def watch(
    given: Sequence[str],
    record: Record,
    *,
    every: int = 900,
    once: bool = False,
    warc: Path | None = None,
    fetcher: Fetcher | None = None,
    parser: Parser | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Seen | SourceError]:
    """Asks feeds, sitemaps, OPML lists (also files) and pages, and what they name, without end.

    A list is asked `every` so many seconds; a page that stays as it is, half as often each time,
    down to once a week; what fails, half as often each time, down to once a day. `once` asks
    everything once, now, and ends. New bytes are also appended to the archive `warc`. Raises
    UsageError and RecordError.
    """
    if every < MIN_EVERY:
        raise UsageError(f"--every {every}: at least {MIN_EVERY} seconds")
    if not given:
        raise UsageError("watch: name a feed, a sitemap or a page")
    round_ = _Round(record, every, Archive(warc) if warc else None, fetcher, parser)
    for source in given:
        round_.start(source)
    yield from round_.once(given) if once else round_.forever(given, sleep)


class _Round:
    """The asking. Each answer is stored before the next address is asked."""

    def __init__(
        self,
        record: Record,
        every: int,
        archive: Archive | None,
        fetcher: Fetcher | None,
        parser: Parser | None,
    ) -> None:
        self.record, self.every, self.archive, self.parser = record, every, archive, parser
        self._keeper = Keeper(record)
        self._given = fetcher
        self._own: Fetcher | None = None
        self._born = 0.0

    def start(self, source: str) -> None:
        """Takes a source up. Raises UsageError for what is neither an address nor a list."""
        if not source.startswith(("http://", "https://")):
            try:
                payload = Path(source).read_bytes()
                rows = feeds.entries(payload, source) if feeds.is_feed(payload) else []
            except (OSError, SourceError) as error:
                raise UsageError(f"{source}: no address and no list of feeds ({error})") from error
            if not rows:
                raise UsageError(f"{source}: no address and no list of feeds")
            self._name(source, rows, DEPTH)
            return
        book.name(self.record.database, source, [source], DEPTH, at=self.record.stamp())

    def once(self, given: Sequence[str]) -> Iterator[Seen | SourceError]:
        asked: set[str] = set()
        while waiting := [
            row for row in book.everything(self.record.database, given) if row.uri not in asked
        ]:
            for row in waiting:
                asked.add(row.uri)
                yield self.ask(row)

    def forever(
        self, given: Sequence[str], sleep: Callable[[float], None]
    ) -> Iterator[Seen | SourceError]:
        while True:
            row = book.following(self.record.database, given)
            wait = _seconds(self.record.stamp(), row.next_at) if row else float(self.every)
            if row is not None and wait <= 0:
                yield self.ask(row)
            else:
                sleep(min(max(wait, 1.0), 60.0))

    def ask(self, row: Watched) -> Seen | SourceError:
        """Asks one address and stores its answer, then that it was asked."""
        try:
            capture = self._fetcher().fetch(row.uri, etag=row.etag, modified=row.modified)
            if capture is None:
                self._went(row, quiet=row.quiet + 1)
                return Seen(row.uri, "same", status=304)
            if row.depth and capture.status == 200 and feeds.is_feed(capture.payload):
                return self._list(row, capture)
            return self._page(row, capture)
        except (SourceError, ValueError) as error:
            failed = error if isinstance(error, SourceError) else _invalid(row.uri, error)
            self._went(row, failures=row.failures + 1, reason=failed.reason)
            return failed

    def _list(self, row: Watched, capture: Capture) -> Seen:
        rows = feeds.entries(capture.payload, row.uri, capture.target_uri)
        with self.record.database.transaction():
            found = sum(
                self._name(source, rows, row.depth)
                for source in book.sources_of(self.record.database, row.uri)
            )
            self._went(row, capture)
        return Seen(row.uri, "list", found=found, status=capture.status)

    def _name(self, source: str, rows: Sequence[feeds.Entry], depth: int) -> int:
        database, at = self.record.database, self.record.stamp()
        lists = [entry.uri for entry in rows if entry.feed and depth > 1]
        pages = [entry.uri for entry in rows if not entry.feed]
        found = book.name(database, source, lists, depth - 1, at=at)
        return found + book.name(database, source, pages, 0, at=at)

    def _page(self, row: Watched, capture: Capture) -> Seen:
        database = self.record.database
        known = book.last_capture(database, capture.target_uri or row.uri)
        if known == (capture.payload_digest, capture.status):
            self._went(row, capture, quiet=row.quiet + 1)
            return Seen(row.uri, "same", status=capture.status)
        self._keeper.keep(capture)
        self._archive(capture)
        if capture.status != 200:
            self._gone(row, capture)
            if row.depth and known is None:
                # Perhaps a page that is no more, perhaps a feed whose address is wrong.
                raise FetchError(row.uri, f"the server answered {capture.status}")
            return Seen(row.uri, "gone", status=capture.status)
        changes = against_newest(self.record, capture) if known else None
        if changes == ():
            with database.transaction():
                self.record.add_capture(capture)
                self._went(row, capture, quiet=row.quiet + 1)
            return Seen(row.uri, "same", status=200)
        (outcome,) = reading.keep([capture], self.record, parser=self.parser)
        if isinstance(outcome, SourceError):
            raise outcome
        self._went(row, capture)
        what: Literal["new", "changed"] = "changed" if known else "new"
        return Seen(row.uri, what, reading=outcome.reading, status=200, changes=changes or ())

    def _archive(self, capture: Capture) -> None:
        if self.archive is None:
            return
        try:
            self.archive.keep(capture)
        except OSError as error:
            raise SaysoError(f"{self.archive.path}: cannot be written ({error})") from error

    def _gone(self, row: Watched, capture: Capture) -> None:
        """Keeps the answer that there is no page (any more) as evidence."""
        with self.record.database.transaction():
            reading.keep_gone(self.record, capture)
            self._went(row, capture)

    def _went(
        self,
        row: Watched,
        capture: Capture | None = None,
        *,
        quiet: int = 0,
        failures: int = 0,
        reason: str | None = None,
    ) -> None:
        """Stores how it went and when to ask next. An answer's marks replace the old ones; without
        an answer the old ones stay."""
        wait = self.every * 2 ** min(quiet if not row.depth else 0, 16)
        if failures:
            wait = min(self.every * 2 ** min(failures, 16), max(DAY, self.every))
        now = self.record.stamp()
        later = _time(now) + timedelta(seconds=min(wait, max(WEEK, self.every)))
        book.save(
            self.record.database,
            dataclasses.replace(
                row,
                etag=_header(capture, "etag") if capture else row.etag,
                modified=_header(capture, "last-modified") if capture else row.modified,
                asked_at=now,
                next_at=later.strftime("%Y-%m-%dT%H:%M:%SZ"),
                quiet=quiet,
                failures=failures,
                reason=reason,
            ),
        )

    def _fetcher(self) -> Fetcher:
        if self._given is not None:
            return self._given
        if self._own is None or time.monotonic() - self._born > RENEW:
            self._own, self._born = default_fetcher(), time.monotonic()
        return self._own


def _invalid(uri: str, error: ValueError) -> FetchError:
    return FetchError(uri, f"no valid address ({error})")


def _header(capture: Capture, name: str) -> str | None:
    return next((v for n, v in capture.headers if n.casefold() == name), None)


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _seconds(now: str, then: str) -> float:
    return (_time(then) - _time(now)).total_seconds()
