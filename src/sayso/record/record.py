"""The record as the floors above see it: open, add readings, ask, close."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from sayso.memory import uncollected
from sayso.model.capture import Capture
from sayso.model.reading import Reading
from sayso.record import clock, derived, index, store
from sayso.record.adding import Adder
from sayso.record.clock import Clock
from sayso.record.database import Database
from sayso.record.events import Joiner
from sayso.record.store import Stored

AT_ONCE = 25
"""Readings of which the rows are written together."""


class Record:
    """One record. `who` is the person on whose behalf rows are added (the log names them).

    `readonly` never writes and needs the record to be there; as a context manager it shows the
    record at one moment, whatever others write meanwhile. Raises RecordError.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        readonly: bool = False,
        who: str = "operator",
        now: Clock = clock.system,
    ) -> None:
        self.database = Database(path, readonly=readonly)
        try:
            derived.bring(self.database)
        except BaseException:
            self.database.close()
            raise
        self.who = who
        self._now = now
        self._kept: tuple[Adder, Joiner] | None = None
        self._moment = ExitStack()

    @property
    def path(self) -> str:
        return self.database.path

    def stamp(self) -> str:
        """The time of day as rows carry it."""
        return clock.stamp(self._now)

    def known(self, digest: str, stated: str | None = None) -> Reading | None:
        """The newest reading of the page with that payload digest, or None (see `store.find`)."""
        seq = store.find(self.database, digest, stated)
        return None if seq is None else store.load(self.database, seq)

    def has(self, digest: str, stated: str | None = None) -> bool:
        """True if the page with that payload digest was read before."""
        return store.find(self.database, digest, stated) is not None

    def has_capture(self, capture: Capture) -> bool:
        """True if this very capture (its bytes, their address and time) is in the record."""
        return store.has_capture(self.database, capture)

    def add_capture(self, capture: Capture) -> None:
        """Keeps that a known page was captured again, if it was at another time or address."""
        if not store.has_capture(self.database, capture):
            with self.database.transaction():
                adder = Adder(self.database)
                adder.capture(capture, at=self.stamp(), who=self.who)
                adder.flush()

    def add(self, readings: Iterable[Reading], *, reader: str) -> list[Stored]:
        """Stores readings, all or none, and works their tellings into the events. `reader` says
        with which program, parser and knowledge they were made."""
        kept, self._kept = self._kept, None
        done: list[Stored] = []
        with self.database.adding(), uncollected():
            at = self.stamp()
            adder, joiner = self._at_hand(kept)
            coming = iter(readings)
            while some := [
                adder.add(reading, at=at, reader=reader, who=self.who)
                for reading in islice(coming, AT_ONCE)
            ]:
                adder.write()
                self._join(joiner, some)
                done += some
            joiner.sum_up()
            adder.flush()
        self._kept = adder, joiner
        return done

    def _join(self, joiner: Joiner, stored: Iterable[Stored]) -> None:
        """Works the tellings of what was just stored into the events."""
        for one in stored:
            if not one.alone:
                joiner.write()  # its page may be among those that wait
            if one.new or not self._indexed(one):
                if not one.alone:
                    joiner.forget(index.remove(self.database, one.document))
                joiner.join(index.add(self.database, one))
        joiner.write()

    def _at_hand(self, kept: tuple[Adder, Joiner] | None) -> tuple[Adder, Joiner]:
        """What the last `add` had in memory, if the log says that nothing was done since: every
        change of what is remembered (a redaction, a judgement, another program's reading) is a
        row of the log."""
        if kept is not None and kept[0].fits():
            return kept
        return Adder(self.database), Joiner(self.database)

    def _indexed(self, stored: Stored) -> bool:
        """True if the rows that are asked are those of this reading's document."""
        if not stored.reading.annotations:
            return True
        return any(
            self.database.value(
                f"SELECT 1 FROM {table} WHERE document = ? LIMIT 1", (stored.document,)
            )
            for table in ("telling", "forecast", "dispute")
        )

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Record:
        if self.database.readonly:
            self._moment.enter_context(self.database.view())
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._moment.close()
        finally:
            self.close()
