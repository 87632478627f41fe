"""Which events have tellings in a block, and on which days: what a telling is compared with.

A block (`match.blocks`) says what, of which reality and where; its rows (`event_block`) are kept by
day, and are asked by the month. Rows are worked out from tellings: `again` makes those of an event
anew when it has lost one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from sayso.record import index, match
from sayso.record.database import Database, Row
from sayso.record.match import Profile

Days = dict[str, list[int]]
"""The events of one month of a block, by day; `""` is the month and the day of what is undated."""

SMALL = 400
"""An open block with more events than that tells nothing: which of them is meant nobody can say."""
MOST = 60_000
"""Months of blocks kept in memory, about 400 bytes each."""
LISTED = 1000
"""Rows; of a block with more the months are asked for one by one."""


class Blocks:
    """Blocks as they are in the record, with what was added since: rows are written by `flush`.

    What was asked once is kept in memory. Good for one transaction, or as long as nobody else
    writes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[str, dict[str, Days]] = {}
        self._held = 0
        self._whole: dict[str, set[int]] = {}
        self._new: dict[str, dict[tuple[str, int], None]] = {}
        self._months: dict[str, set[str] | None] = {}
        """The months of which a block has rows; None where they are too many to be listed."""

    def events(self, block: str, low: str, high: str) -> set[int]:
        """The events of a block with a telling from `low` to `high`."""
        found: set[int] = set()
        first, last = low[:7], high[:7]
        kept = self._kept.get(block)
        for month in _months(first, last):
            days = kept.get(month) if kept else None
            if days is None:
                if not self._any(block, month):
                    continue
                days = self._load(block, month)
            for day, events in days.items():
                if low <= day <= high:
                    found.update(events)
        return found

    def _any(self, block: str, month: str) -> bool:
        """False if a block has no rows of a month; most that is told is new, and all months of
        a block are asked for at once."""
        if block not in self._months:
            if len(self._months) >= MOST:
                self._months.clear()
            rows = self._database.rows(_MONTHS, (block, LISTED))
            here = {row[0][:7] for row in rows} if len(rows) < LISTED else None
            if here is not None:
                here.update([day[:7] for day, _ in self._new.get(block, ())])
            self._months[block] = here
        months = self._months[block]
        return months is None or month in months

    def few(self, block: str) -> set[int] | None:
        """All events of a block that is small, not to be altered; None for a big or empty one."""
        whole = self._whole.get(block)
        if whole is None:
            whole = self._load_whole(block)
        return whole if 0 < len(whole) <= SMALL else None

    def add(self, block: str, day: str, event: int) -> None:
        """Says that a telling of that day went into an event."""
        month = day[:7]
        kept = self._kept.get(block)
        days = kept.get(month) if kept else None
        if days is None:
            if self._any(block, month):
                days = self._load(block, month)
            else:
                days = self._room(block, month)
                months = self._months[block]
                if months is not None:
                    months.add(month)
        events = days.setdefault(day, [])
        if event not in events:
            events.append(event)
            self._new.setdefault(block, {})[day, event] = None
            if block in self._whole:
                self._whole[block].add(event)

    def flush(self) -> None:
        """Writes what was added. In the order of the key: neighbours are written together."""
        rows = sorted((block, *at) for block, new in self._new.items() for at in new)
        self._database.many(_INSERT, rows)
        self._new.clear()

    def again(self, events: Iterable[int], same: Mapping[str, str]) -> None:
        """Makes the rows of events anew from the tellings that they have now. `same`: see
        `match.profile`."""
        self.flush()
        self._forget()
        self._whole.clear()
        self._months.clear()
        lost = sorted(set(events))
        # All go before any comes: what is in memory is never older than the record.
        self._database.many("DELETE FROM event_block WHERE event = ?", [(e,) for e in lost])
        for event in lost:
            for row, own in tellings(self._database, event, same):
                facts = index.unpack(row)
                for block, day in match.blocks(facts, own, row["document"]):
                    self.add(block, day, event)
        self.flush()

    def _load(self, block: str, month: str) -> Days:
        days = self._room(block, month)
        low, high = (month, f"{month}-99") if month else ("", "")
        for row in self._database.rows(_MONTH, (block, low, high)):
            days.setdefault(row[0], []).append(row[1])
        for day, event in self._new.get(block, ()):
            if low <= day <= high:
                days.setdefault(day, []).append(event)
        return days

    def _room(self, block: str, month: str) -> Days:
        if self._held >= MOST:
            self._forget()
        self._held += 1
        days: Days = {}
        self._kept.setdefault(block, {})[month] = days
        return days

    def _forget(self) -> None:
        self._kept.clear()
        self._held = 0

    def _load_whole(self, block: str) -> set[int]:
        if len(self._whole) >= MOST:
            self._whole.clear()
        whole = self._whole[block] = {
            row[0] for row in self._database.rows(_WHOLE, (block, SMALL + 1))
        }
        whole.update([event for _, event in self._new.get(block, ())])
        return whole


def tellings(
    database: Database, event: int, same: Mapping[str, str]
) -> Iterator[tuple[Row, Profile]]:
    """The tellings of an event as they are stored, each with its profile."""
    for row in database.rows(
        f"SELECT near_from, near_to, document, {index.FACTS} FROM telling WHERE event = ?"
        " ORDER BY seq",
        (event,),
    ):
        facts = index.unpack(row)
        yield row, match.profile(facts, row["near_from"], row["near_to"], row["document"], same)


@lru_cache(maxsize=1024)
def _months(first: str, last: str) -> tuple[str, ...]:
    """All months from the first to the last; `""` alone for what is undated."""
    found = [first]
    while first < last:
        year, month = int(first[:4]), int(first[5:])
        first = f"{year + month // 12:04d}-{month % 12 + 1:02d}"
        found.append(first)
    return tuple(found)


_INSERT = "INSERT INTO event_block (block, day, event) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_MONTH = "SELECT day, event FROM event_block WHERE block = ? AND day BETWEEN ? AND ?"
_MONTHS = "SELECT day FROM event_block WHERE block = ? LIMIT ?"
_WHOLE = "SELECT DISTINCT event FROM event_block WHERE block = ? LIMIT ?"
