"""Which events have tellings in a block, and on which days: what a telling is compared with.

A block (`match.blocks`) says what, of which reality and where; its rows (`event_block`) are kept by
the month, and are asked by it. Rows are worked out from tellings: `again` makes those of an event
anew when it has lost one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from sayso.record import match, packed
from sayso.record.database import Database, Row
from sayso.record.match import Profile
from sayso.record.told import CHUNK

Days = dict[str, list[int]]
"""The events of one month of a block, by day; `""` is the month and the day of what is undated."""

SMALL = 400
"""An open block with more events than that tells nothing: which of them is meant nobody can say."""
MOST = 60_000
"""Months of blocks kept in memory, about 400 bytes each."""
LISTED = 5000
"""Of a month with more blocks they are asked for one by one."""
OPEN = "XXXX"
"""The month of what was on some day of an unknown year; it comes after all others."""


class Blocks:
    """Blocks as they are in the record, with what was added since: rows are written by `flush`.

    What was asked once is kept in memory. Good for one transaction, or as long as nobody else
    writes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[str, dict[str, Days]] = {}
        """month -> block -> what is kept of it."""
        self._held = 0
        self._listed: dict[str, set[str] | None] = {}
        """month -> the blocks that have rows in it; None where they are too many to be listed."""
        self._whole: dict[str, set[int]] = {}
        self._every: set[str] | None = None
        """All months that have rows, where they were asked for."""
        self._new: dict[tuple[str, str], dict[tuple[str, int], None]] = {}
        """(month, block) -> (day, event): rows that wait."""

    def events(self, block: str, low: str, high: str) -> set[int]:
        """The events of a block with a telling from `low` to `high`."""
        found: set[int] = set()
        first, last = low[:7], high[:7]
        for month in (first,) if first == last else _months(first, last):
            kept = self._kept.get(month)
            days = kept.get(block) if kept else None
            if days is None:
                if not self._any(month, block):
                    continue
                days = self._load(month, block)
            for day, events in days.items():
                if low <= day <= high:
                    found.update(events)
        return found

    def few(self, block: str) -> set[int] | None:
        """All events of a block that is small, not to be altered; None for a big or empty one."""
        whole = self._whole.get(block)
        if whole is None:
            if block.endswith(match.OPEN) and not self._any(OPEN, block):
                return None
            whole = self._load_whole(block)
        return whole if 0 < len(whole) <= SMALL else None

    def add(self, block: str, day: str, event: int) -> None:
        """Says that a telling of that day went into an event."""
        month = _month(block, day)
        kept = self._kept.get(month)
        days = kept.get(block) if kept else None
        if days is None:
            if self._any(month, block):
                days = self._load(month, block)
            else:
                days = self._room(month, block)
                if (listed := self._listed[month]) is not None:
                    listed.add(block)
        events = days.setdefault(day, [])
        if event not in events:
            events.append(event)
            self._new.setdefault((month, block), {})[day, event] = None
            if block in self._whole:
                self._whole[block].add(event)

    def flush(self) -> None:
        """Writes what was added. In the order of the key: neighbours are written together."""
        rows = sorted([(*where, *at) for where, new in self._new.items() for at in new])
        self._database.many(_INSERT, rows)
        if self._every is not None:
            self._every.update([month for month, _ in self._new])
        self._new.clear()

    def again(self, events: Iterable[int], same: Mapping[str, str]) -> None:
        """Makes the rows of events anew from the tellings that they have now. `same`: see
        `match.profile`."""
        self.flush()
        self._forget()
        self._whole.clear()
        self._listed.clear()
        lost = sorted(set(events))
        # All go before any comes: what is in memory is never older than the record.
        self._database.many("DELETE FROM event_block WHERE event = ?", [(e,) for e in lost])
        for event in lost:
            for row, own in tellings(self._database, event, same):
                facts = packed.unpack(row)
                for block, day in match.blocks(facts, own, row["document"]):
                    self.add(block, day, event)
        self.flush()

    def _any(self, month: str, block: str) -> bool:
        """False if a block has no rows of a month; most that is told is new, and all blocks of
        a month are asked for at once."""
        if month not in self._listed:
            rows = self._database.rows(_BLOCKS, (month, LISTED))
            here = {row[0] for row in rows} if len(rows) < LISTED else None
            if here is not None:
                here.update([other for m, other in self._new if m == month])
            self._listed[month] = here
        listed = self._listed[month]
        return listed is None or block in listed

    def _load(self, month: str, block: str) -> Days:
        days = self._room(month, block)
        for row in self._database.rows(_MONTH, (month, block)):
            days.setdefault(row[0], []).append(row[1])
        for day, event in self._new.get((month, block), ()):
            days.setdefault(day, []).append(event)
        return days

    def _room(self, month: str, block: str) -> Days:
        if self._held >= MOST:
            self._forget()
        self._held += 1
        days: Days = {}
        self._kept.setdefault(month, {})[block] = days
        return days

    def _forget(self) -> None:
        self._kept.clear()
        self._held = 0

    def _load_whole(self, block: str) -> set[int]:
        if len(self._whole) >= MOST:
            self._whole.clear()
        months = [OPEN] if block.endswith(match.OPEN) else self._all_months()
        whole = self._whole[block] = set()
        for at in range(0, len(months), CHUNK):
            some = months[at : at + CHUNK]
            sql = _WHOLE.format(", ".join("?" * len(some)))
            whole.update([row[0] for row in self._database.rows(sql, (*some, block, SMALL + 1))])
            if len(whole) > SMALL:
                break
        for month in months:
            whole.update([event for _, event in self._new.get((month, block), ())])
        return whole

    def _all_months(self) -> list[str]:
        """All months but `OPEN`, each asked for after the one before: there are few."""
        if self._every is None:
            self._every, month = set(), ""
            while month := self._database.value(_NEXT, (month,)):
                self._every.add(month)
        return sorted({"", *self._every, *[month for month, _ in self._new]} - {OPEN})


def tellings(
    database: Database, event: int, same: Mapping[str, str]
) -> Iterator[tuple[Row, Profile]]:
    """The tellings of an event as they are stored, each with its profile."""
    for row in database.rows(
        f"SELECT near_from, near_to, document, {packed.COLUMNS} FROM telling WHERE event = ?"
        " ORDER BY seq",
        (event,),
    ):
        facts = packed.unpack(row)
        yield row, match.profile(facts, row["near_from"], row["near_to"], row["document"], same)


def _month(block: str, day: str) -> str:
    """The month under which a row is kept; what was on a day of an unknown year lies together."""
    return OPEN if block.endswith(match.OPEN) else day[:7]


@lru_cache(maxsize=1024)
def _months(first: str, last: str) -> tuple[str, ...]:
    """All months from the first to the last; `""` alone for what is undated."""
    found = [first]
    while first < last:
        year, month = int(first[:4]), int(first[5:])
        first = f"{year + month // 12:04d}-{month % 12 + 1:02d}"
        found.append(first)
    return tuple(found)


_INSERT = (
    "INSERT INTO event_block (month, block, day, event) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_BLOCKS = "SELECT DISTINCT block FROM event_block WHERE month = ? LIMIT ?"
_MONTH = "SELECT day, event FROM event_block WHERE month = ? AND block = ?"
_NEXT = "SELECT min(month) FROM event_block WHERE month > ?"
_WHOLE = "SELECT DISTINCT event FROM event_block WHERE month IN ({}) AND block = ? LIMIT ?"
