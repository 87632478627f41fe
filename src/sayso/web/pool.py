"""Connections to the record that are kept open between requests, and counts kept with them.

A request borrows one connection and gives it back; nothing is locked while one waits, so who writes
never waits for who reads. A record that was replaced by another file is opened anew.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sayso.errors import IntegrityError, RecordError
from sayso.record import custody
from sayso.record.record import Record
from sayso.service import ask

V = TypeVar("V")

MOST = 32
"""Answers kept for one state of the record; a page and its twin ask for the same one."""

KEPT = 4
"""Connections kept open, each with its own page cache; more are opened while more are needed."""

SHARE = 50
"""Counting takes at most one part in this many of the time: what took 20 ms is counted again after
one second at the earliest."""


class Pool:
    """Read-only connections to one record."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._idle: list[tuple[tuple[int, int], Record]] = []
        self._counts: dict[str, int] = {}
        self._version = -1
        self._next = 0.0
        self._known: dict[Hashable, Any] = {}
        self._known_at = -1
        self.opened = 0

    @contextmanager
    def borrow(self) -> Iterator[Record]:
        """A connection for one request, which sees the record as it is at its first question,
        however much is written meanwhile. Raises RecordError."""
        record, file = self._take()
        keep = False
        try:
            with record.database.view():
                yield record
            keep = True
        except (RecordError, IntegrityError):
            raise  # the connection itself may be broken: nobody else gets it
        except Exception:
            keep = True
            raise
        finally:
            with self._lock:
                keep = keep and len(self._idle) < KEPT
                if keep:
                    self._idle.append((file, record))
            if not keep:
                record.close()

    def _take(self) -> tuple[Record, tuple[int, int]]:
        file = self._file()
        with self._lock:
            while self._idle:
                known, record = self._idle.pop()
                if known == file:
                    return record, file
                record.close()
            self.opened += 1
        return Record(self._path, readonly=True), file

    def _file(self) -> tuple[int, int]:
        try:
            found = Path(self._path).stat()
        except OSError:
            return 0, 0
        return found.st_dev, found.st_ino

    def version(self, record: Record) -> int:
        """A number that grows with everything that is recorded, judged or redacted."""
        return custody.head(record.database)[0]

    def counts(self, record: Record) -> dict[str, int]:
        """How much there is; counted again when the record has changed, but not all the time."""
        version, now = self.version(record), time.monotonic()
        with self._lock:
            if self._counts and (version == self._version or now < self._next):
                return self._counts
        found = ask.counts(record)
        with self._lock:
            self._counts, self._version = found, version
            self._next = time.monotonic() + SHARE * (time.monotonic() - now)
            return self._counts

    def cached(self, record: Record, key: Hashable, make: Callable[[], V]) -> V:
        """What `make` gives, kept under `key` until the record changes (at most `MOST` things)."""
        version = self.version(record)
        with self._lock:
            if version == self._known_at and key in self._known:
                kept: V = self._known[key]
                return kept
        made = make()
        with self._lock:
            if version != self._known_at or len(self._known) >= MOST:
                self._known.clear()
            self._known_at = version
            self._known[key] = made
        return made

    def close(self) -> None:
        """Closes what is idle."""
        with self._lock:
            for _, record in self._idle:
                record.close()
            self._idle.clear()
