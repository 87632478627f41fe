"""A telling with the row it stands in, as summaries, control and standing use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.record import index, names
from sayso.record.database import Database, Row
from sayso.record.facts import Facts, Link
from sayso.record.standing import Voice

TellingRow = Row | dict[str, Any]
"""A row of `telling`, from the record or on its way into it."""


class Told:
    """One telling of an event. Not to be altered."""

    __slots__ = ("_voice", "confidence", "facts", "known_on", "publisher", "row", "tier")

    def __init__(self, row: TellingRow, facts: Facts) -> None:
        self.row = row
        self.facts = facts
        self._voice: Voice | None = None
        self.publisher: str = row["publisher"]
        self.tier: str = row["tier"]
        self.confidence: float = row["confidence"]
        self.known_on: str = row["said_on"] or row["held_on"]
        """The day by which it had been said: when it was said, else when the page was held."""

    def voice(self, said_by: tuple[Link, ...] = ()) -> Voice:
        """The telling as far as standing goes; `said_by` where a value has a chain of its own."""
        if self._voice is None:
            self._voice = self._made(self.facts.said_by)
        return self._voice if not said_by else self._made(said_by)

    def _made(self, said_by: tuple[Link, ...]) -> Voice:
        return Voice(
            said_by=said_by,
            outlet=self.publisher,
            sentence=names.fold(self.facts.sentence),
            positive=self.facts.polarity == "positive",
        )


def tellings(database: Database, event: int, known_by: str | None = None,
             basis: str = "said") -> list[Told]:  # fmt: skip
    """The tellings of an event, first said first; only those known by a day, if one is given
    (`basis` said: had been said by then; captured: the page was held by then)."""
    return of_events(database, [event], known_by, basis).get(event, [])


def in_order(told: list[Told]) -> list[Told]:
    """First said first, as `of_events` gives them."""
    return sorted(told, key=lambda t: (t.known_on, t.publisher, t.row["id"]))


def of_events(
    database: Database, events: Sequence[int], known_by: str | None = None, basis: str = "said"
) -> dict[int, list[Told]]:
    """`tellings` of many events at once; those that have none are left out."""
    out: dict[int, list[Told]] = {}
    for at in range(0, len(events), CHUNK):
        some = events[at : at + CHUNK]
        marks = ", ".join("?" * len(some))
        for row in database.rows(
            f"SELECT * FROM telling WHERE event IN ({marks})"
            " ORDER BY event, COALESCE(said_on, held_on), publisher, id",
            list(some),
        ):
            told = Told(row, index.unpack(row["body"]))
            if known_by is not None:
                known = row["held_on"] if basis == "captured" else told.known_on
                if known > known_by:
                    continue
            out.setdefault(row["event"], []).append(told)
    return out


CHUNK = 400
"""How many keys one query asks for."""
