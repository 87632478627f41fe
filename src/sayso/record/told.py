"""A telling with the row it stands in, as summaries, control and standing use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.record import index, names, packed
from sayso.record.database import Database, Row, Value
from sayso.record.facts import Facts, Link
from sayso.record.standing import Voice


class Told:
    """One telling of an event: its facts, and what summaries ask of its row. Not to be altered."""

    __slots__ = (
        "_row", "_voice", "confidence", "document", "facts", "held_on", "id", "known_on",
        "near_from", "near_to", "publisher", "seq", "source", "tier", "time_from", "time_to",
    )  # fmt: skip
    confidence: float
    document: int
    held_on: str
    id: str
    known_on: str
    """The day by which it had been said: when it was said, else when the page was held."""
    near_from: str | None
    near_to: str | None
    publisher: str
    seq: int
    source: str
    tier: str
    time_from: str | None
    time_to: str | None

    def __init__(self, row: Row | Sequence[Value], facts: Facts) -> None:
        """`row` has the columns of `telling` in the order of `index.COLUMNS`."""
        self._row = row
        self.facts = facts
        self._voice: Voice | None = None
        (
            self.seq, _, self.id, self.document, _, _, _, _, _, _, _, _, _, _, _,
            self.time_from, self.time_to, self.near_from, self.near_to, said_on, self.held_on,
            self.tier, self.source, self.publisher, self.confidence, *_,
        ) = row  # type: ignore[assignment]  # fmt: skip
        self.known_on = said_on or self.held_on  # type: ignore[assignment]

    @property
    def row(self) -> Row | dict[str, Any]:
        """The row of `telling`, from the record or on its way into it, by the names of columns."""
        row = self._row
        return dict(zip(_NAMES, row, strict=True)) if type(row) is tuple else row  # type: ignore[return-value]

    @property
    def words(self) -> str:
        return str(self._row[_WORDS])

    @property
    def annotation(self) -> str:
        return str(self._row[_ANNOTATION])

    def voice(self, said_by: tuple[Link, ...] = ()) -> Voice:
        """The telling as far as standing goes; `said_by` where a value has a chain of its own."""
        if said_by:
            return self._made(said_by)
        if self._voice is None:
            self._voice = self._made(self.facts.said_by)
        return self._voice

    def _made(self, said_by: tuple[Link, ...]) -> Voice:
        facts = self.facts
        return Voice(
            said_by, self.publisher, names.fold(facts.sentence), facts.polarity == "positive"
        )


def tellings(database: Database, event: int, known_by: str | None = None,
             basis: str = "said") -> list[Told]:  # fmt: skip
    """The tellings of an event, first said first; only those known by a day, if one is given
    (`basis` said: had been said by then; captured: the page was held by then)."""
    return of_events(database, [event], known_by, basis).get(event, [])


def in_order(told: list[Told]) -> list[Told]:
    """First said first, as `of_events` gives them."""
    return sorted(told, key=lambda t: (t.known_on, t.publisher, t.id))


def window(told: Sequence[Told]) -> tuple[str | None, str | None, bool]:
    """(first day, last day, whether any telling dates the event): what all dated tellings allow
    together, else what the days of their reports allow; where they contradict each other, all that
    any of them allows. None where nothing is known."""
    dated = [t for t in told if t.time_from and t.time_to]
    if dated:
        firsts, lasts = [str(t.time_from) for t in dated], [str(t.time_to) for t in dated]
    else:
        near = [t for t in told if t.near_from and t.near_to]
        if not near:
            return None, None, False
        firsts, lasts = [str(t.near_from) for t in near], [str(t.near_to) for t in near]
    first, last = max(firsts), min(lasts)
    if first > last:
        first, last = min(firsts), max(lasts)
    return first, last, bool(dated)


def of_events(
    database: Database, events: Sequence[int], known_by: str | None = None, basis: str = "said"
) -> dict[int, list[Told]]:
    """`tellings` of many events at once; those that have none are left out."""
    out: dict[int, list[Told]] = {}
    for at in range(0, len(events), CHUNK):
        some = events[at : at + CHUNK]
        marks = ", ".join("?" * len(some))
        for row in database.rows(
            f"SELECT {index.COLUMNS} FROM telling WHERE event IN ({marks})"
            " ORDER BY event, COALESCE(said_on, held_on), publisher, id",
            list(some),
        ):
            told = Told(row, packed.unpack(row))
            if known_by is not None:
                known = row["held_on"] if basis == "captured" else told.known_on
                if known > known_by:
                    continue
            out.setdefault(row["event"], []).append(told)
    return out


_NAMES = index.COLUMNS.split(", ")
_WORDS, _ANNOTATION = _NAMES.index("words"), _NAMES.index("annotation")
CHUNK = 400
"""How many keys one query asks for."""
