"""How long after it happened it was said: the reporting lag of tellings that date both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

from sayso.record import query
from sayso.record.query import Filters
from sayso.record.record import Record

MOST = 2000
"""Tellings looked at, the newest events first."""

BINS = ((0, "the same day"), (1, "1 day"), (2, "2 days"), (7, "3 to 7 days"), (31, "8 to 31 days"),
        (366, "up to a year"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """Tellings by days between the last day of the event and the day on which it was said. `median`
    in days; None where nothing dates both. `ahead` were said before: plans and forecasts."""

    bins: tuple[tuple[str, int], ...]
    tellings: int
    median: float | None
    ahead: int
    undated: int


def lag(record: Record, filters: Filters | None = None) -> Lag:
    """The lag over the events that fit, of the tellings that were known by the day asked for."""
    filters = filters or Filters()
    where = query.events(record.database, filters)
    known = ""
    if filters.known_by:
        side = "t.held_on" if filters.basis == "captured" else "COALESCE(t.said_on, t.held_on)"
        known = f" WHERE {side} <= ?"
    if where.linked:
        found = (
            f"SELECT DISTINCT x.event AS seq, x.order_day FROM event_entity x WHERE {where.linked}"
        )
    else:
        found = f"SELECT e.seq, e.order_day FROM event e{where.sql()}"
    rows = record.database.rows(
        f"SELECT t.time_to, t.said_on FROM ({found} ORDER BY order_day DESC, seq DESC LIMIT ?) f"
        f" JOIN telling t ON t.event = f.seq{known} LIMIT ?",
        [*where.values, MOST, *([filters.known_by] if filters.known_by else []), MOST],
    )
    names = [*(name for _, name in BINS), "more than a year"]
    counts = dict.fromkeys(names, 0)
    lags: list[int] = []
    ahead = undated = 0
    for row in rows:
        if not (row["time_to"] and row["said_on"]):
            undated += 1
            continue
        days = (date.fromisoformat(row["said_on"]) - date.fromisoformat(row["time_to"])).days
        if days < 0:
            ahead += 1
            continue
        lags.append(days)
        name = next((n for most, n in BINS if days <= most), names[-1])
        counts[name] += 1
    return Lag(
        bins=tuple(counts.items()), tellings=len(lags),
        median=median(lags) if lags else None, ahead=ahead, undated=undated,
    )  # fmt: skip
