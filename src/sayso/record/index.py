"""From a stored reading to the rows that are asked: tellings, forecasts, disputes.

Only the newest reading of a page is asked; the rows of an older one are taken out when a newer
one comes (its annotations stay).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sayso.model import codec
from sayso.model.annotation import Event, Forecast, Reply
from sayso.model.document import Part
from sayso.model.reading import Reading
from sayso.record import days, facts, names, packed
from sayso.record.database import Database, Row, Value
from sayso.record.facts import Facts
from sayso.record.store import Stored

DERIVED = ("telling", "forecast", "dispute")


@dataclass(slots=True, eq=False)
class Item:
    """A telling on its way to its event. `values` is its row, None where it is stored already."""

    seq: int
    id: str
    document: int
    near_from: str | None
    near_to: str | None
    facts: Facts
    values: tuple[Value, ...] | None = None


def add(database: Database, stored: Stored) -> list[Item]:
    """Adds the forecasts and disputes of a reading; gives its tellings, for `Joiner.join` to
    store. Call inside a transaction, after `remove` has taken those of an older reading of the
    same page out."""
    reading = stored.reading
    document = reading.document
    held_on, uri = stored.page or _page(database, stored.document)
    base = Base(
        stored.document,
        reading,
        held_on,
        facts.publisher_of(document, uri),
        {p.id: p for p in document.parts},
        facts.Sentences(document),
    )
    forecasts, disputes, items = [], [], []
    for a in reading.annotations:
        if isinstance(a, Event):
            items.append(base.telling(a))
        elif isinstance(a, Forecast):
            forecasts.append(base.forecast(a))
        elif isinstance(a, Reply):
            disputes.append(base.dispute(a))
    if forecasts:
        database.many(_FORECAST, forecasts)
    if disputes:
        database.many(_DISPUTE, disputes)
    return items


def _page(database: Database, document: int) -> tuple[str, str | None]:
    row = database.one("SELECT held_on, uri FROM document WHERE seq = ?", (document,))
    assert row is not None
    return row["held_on"], row["uri"]


def remove(database: Database, document: int) -> list[int]:
    """Takes out the derived rows of a document and of the other readings of the same bytes; gives
    the events that lost a telling, which have to be summed up again."""
    same = [
        r[0]
        for r in database.rows(
            "SELECT seq FROM document WHERE payload = (SELECT payload FROM document WHERE seq = ?)",
            (document,),
        )
    ]
    touched: list[int] = []
    for seq in same:
        touched += [
            r[0]
            for r in database.rows(
                "SELECT DISTINCT event FROM telling WHERE document = ? AND event IS NOT NULL",
                (seq,),
            )
        ]
        if not any(
            database.value(f"SELECT 1 FROM {table} WHERE document = ? LIMIT 1", (seq,))
            for table in DERIVED
        ):
            continue
        for table in DERIVED:
            database.execute(f"DELETE FROM {table} WHERE document = ?", (seq,))
    return touched


def telling(database: Database, own: str) -> Row | None:
    """The row of a telling by its id, None where there is none. At a million tellings the shelf in
    which it is looked for has 4,000: half a millisecond."""
    # Compared here: with `id = ?` beside them SQLite takes the conditions for no more than that.
    rows = database.rows(ON_SHELF, (own[3:5], own[5:11]))
    return next((row for row in rows if row["id"] == own), None)


ON_SHELF = "SELECT * FROM telling WHERE substr(id, 4, 2) = ? AND substr(id, 6, 6) = ?"


def key(prefix: str, *fields: object) -> str:
    """A short id that stays the same as long as the fields do."""
    digest = hashlib.sha256("\0".join(map(str, fields)).encode("utf-8", "surrogatepass"))
    return f"{prefix}-{digest.hexdigest()[:16]}"


class Base:
    """What all rows of one reading share."""

    def __init__(
        self,
        document: int,
        reading: Reading,
        held_on: str,
        publisher: str,
        parts: dict[str, Part],
        cut: facts.Sentences,
    ) -> None:
        self.document = document
        self.reading = reading
        self.held_on = held_on
        self.publisher = publisher
        self.parts = parts
        self.cut = cut
        self._known = facts.Known(reading)
        self._open: tuple[tuple[str, str] | None] | None = None
        self._seen: dict[str, int] = {}
        self._head = hashlib.sha256(reading.document.id.encode("utf-8", "surrogatepass"))
        self._said: dict[str | None, str | None] = {}

    def said_on(self, part: str | None) -> str | None:
        if part not in self._said:
            found = self.parts.get(part) if part else None
            self._said[part] = days.said_on(self.reading.document, found)
        return self._said[part]

    def _key(self, prefix: str, *fields: object) -> str:
        """`key` of the document's id and the fields; where that is taken, with a number more."""
        digest = self._head.copy()  # to begin with the id again takes longer
        digest.update("".join([f"\0{f}" for f in fields]).encode("utf-8", "surrogatepass"))
        base = f"{prefix}-{digest.hexdigest()[:16]}"
        n = self._seen[base] = self._seen.get(base, 0) + 1
        return base if n == 1 else key(prefix, self.reading.document.id, *fields, n)

    def _open_days(self, what: Facts, part_id: str | None) -> tuple[str, str] | None:
        """See `Facts.open_days`. A comment is not of the day that the article reports of."""
        if what.status not in ("occurred", "ongoing") or what.granularity != "event":
            return None
        if what.edtf:
            day = days.open_day(what.edtf)
            return (day, day) if day else None
        part = self.parts.get(part_id) if part_id else None
        if part is not None and part.kind == "comment":
            return None
        if self._open is None:
            self._open = (facts.open_days(self.reading.document, self.reading.annotations),)
        return self._open[0]

    def telling(self, event: Event) -> Item:
        sentence = self.cut.at(event.start, event.end, event.part)
        what = facts.of_event(event, self._known, sentence)
        said_on = self.said_on(event.part)
        first, last = days.bounds(what.edtf)
        near = facts.window(what, said_on)
        if near == (None, None):
            what = what._replace(open_days=self._open_days(what, event.part))
        innermost = what.said_by[-1] if what.said_by else None
        part = self.parts.get(event.part) if event.part else None
        own = self._key("te", event.start, event.end, event.event_type, event.mode, event.act)
        values: tuple[Value, ...] = (
            own,
            self.document,
            event.id,
            event.part,
            int(part is not None and part.kind == "comment"),
            event.event_type,
            event.mode,
            event.act,
            event.granularity,
            event.status,
            event.polarity,
            event.certainty,
            what.edtf,
            first,
            last,
            *near,
            said_on,
            self.held_on,
            innermost.tier if innermost else "publisher",
            (innermost.id or names.fold(innermost.who or "") if innermost else ""),
            self.publisher,
            event.confidence,
            sentence,
            packed.pack(what),
        )
        return Item(0, own, self.document, *near, what, values)

    def forecast(self, forecast: Forecast) -> tuple[Value, ...]:
        who = forecast.forecaster
        first, last = days.bounds(forecast.due)
        low, high = forecast.probability or (None, None)
        return (
            self._key("fo", forecast.start, forecast.end),
            self.document,
            forecast.id,
            forecast.part,
            who.tier,
            who.who,
            self._known.id(who.entity),
            forecast.due,
            first,
            last,
            low,
            high,
            self.said_on(forecast.part),
            self.held_on,
            forecast.confidence,
            forecast.exact,
            codec.line(codec.encode(forecast)),
        )

    def dispute(self, reply: Reply) -> tuple[Value, ...]:
        part = self.parts.get(reply.from_part)
        return (
            self._key("di", reply.start, reply.end, reply.act, reply.to_part),
            self.document,
            reply.id,
            reply.act,
            reply.from_part,
            reply.to_part,
            part.author if part else None,
            self.said_on(reply.from_part),
            self.held_on,
            reply.confidence,
            reply.exact,
            codec.line(codec.encode(reply)),
        )


def _insert(table: str, columns: str) -> str:
    marks = ", ".join("?" * len(columns.split(",")))
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})"


COLUMNS = (
    "seq, event, id, document, annotation, part, comment, event_type, mode, act, granularity,"
    " status, polarity, certainty, edtf, time_from, time_to, near_from, near_to, said_on,"
    " held_on, tier, source, publisher, confidence, words, body"
)
TELLING = _insert("telling", COLUMNS)
_FORECAST = _insert(
    "forecast",
    "id, document, annotation, part, tier, forecaster, entity, due, due_from, due_to, low, high,"
    " said_on, held_on, confidence, words, body",
)
_DISPUTE = _insert(
    "dispute",
    "id, document, annotation, act, from_part, to_part, author, said_on, held_on, confidence,"
    " words, body",
)
