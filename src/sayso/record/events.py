"""Joining tellings into record events, and summing each event up.

A telling joins the event that it fits best (`match.score`), or starts one. Judgements come first:
what a person joined or split stays so. Why a telling was joined is kept with it (`telling.event`
and the score in the event's body) and can be undone by a judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.record import control, days, entities, index, judgements, match, summary
from sayso.record.database import Database, Row
from sayso.record.facts import Facts
from sayso.record.match import Profile


class Joiner:
    """Joins tellings to events in one transaction; keeps the events it meets in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._profiles: dict[int, Profile] = {}
        self._judged = judgements.pairs(database)
        self._same = entities.canonical(database)
        self.touched: set[int] = set()

    def join(self, tellings: Iterable[int]) -> None:
        """Gives each telling (by row number) its event."""
        rows = [self._row(seq) for seq in tellings]
        for row in sorted(rows, key=_surest_first):
            self._join(row, index.unpack(row["body"]))

    def sum_up(self) -> None:
        """Writes the summaries of all events that changed."""
        for event in sorted(self.touched):
            _write(self._database, event)
        self.touched.clear()

    def forget(self, events: Iterable[int]) -> None:
        """Events that lost a telling: to be read and summed up again."""
        for event in events:
            self._profiles.pop(event, None)
            self.touched.add(event)

    def _row(self, seq: int) -> Row:
        row = self._database.one("SELECT * FROM telling WHERE seq = ?", (seq,))
        assert row is not None
        return row

    def _join(self, row: Row, facts: Facts) -> None:
        own = match.profile(facts, row["near_from"], row["near_to"], row["document"], self._same)
        blocks = match.blocks(facts, own, row["document"])
        event = self._judged_event(row["id"])
        if event is None:
            event = self._best(row["id"], own, blocks)
        if event is None:
            event = self._new_event(row, facts)
            self._profiles[event] = own
        else:
            self._profile(event).add(own)
        self._database.execute("UPDATE telling SET event = ? WHERE seq = ?", (event, row["seq"]))
        self._database.many(
            "INSERT INTO telling_block VALUES (?, ?, ?)", [(b, d, row["seq"]) for b, d in blocks]
        )
        self.touched.add(event)

    def _judged_event(self, telling: str) -> int | None:
        """The event that a person put this telling into, if it is there."""
        for other in sorted(self._judged.joined(telling)):
            event = self._database.value("SELECT event FROM telling WHERE id = ?", (other,))
            if event is not None:
                return int(event)
        return None

    def _best(self, telling: str, own: Profile, blocks: Sequence[tuple[str, str]]) -> int | None:
        best, best_event = match.ENOUGH, None
        for event in self._candidates(own, blocks):
            if self._judged.apart(telling, self._tellings(event)):
                continue
            score = match.score(own, self._profile(event))
            if score >= best and (best_event is None or score > best):
                best, best_event = score, event
        return best_event

    def _candidates(self, own: Profile, blocks: Sequence[tuple[str, str]]) -> list[int]:
        found: set[int] = set()
        for block, day in blocks:
            if day:
                low, high = _reach(own)
                rows = self._database.rows(
                    "SELECT DISTINCT t.event FROM telling_block b JOIN telling t"
                    " ON t.seq = b.telling WHERE b.block = ? AND b.day BETWEEN ? AND ?"
                    " AND t.event IS NOT NULL",
                    (block, low, high),
                )
            else:
                rows = self._database.rows(
                    "SELECT DISTINCT t.event FROM telling_block b JOIN telling t"
                    " ON t.seq = b.telling WHERE b.block = ? AND b.day = ''"
                    " AND t.event IS NOT NULL",
                    (block,),
                )
            found.update(int(r[0]) for r in rows)
        return sorted(found)

    def _tellings(self, event: int) -> set[str]:
        if not self._judged.any_apart:
            return set()
        rows = self._database.rows("SELECT id FROM telling WHERE event = ?", (event,))
        return {r[0] for r in rows}

    def _profile(self, event: int) -> Profile:
        if event not in self._profiles:
            if len(self._profiles) > 20_000:
                self._profiles.clear()
            total: Profile | None = None
            for row in self._database.rows(
                "SELECT near_from, near_to, document, body FROM telling WHERE event = ?"
                " ORDER BY seq",
                (event,),
            ):
                own = match.profile(
                    index.unpack(row["body"]),
                    row["near_from"],
                    row["near_to"],
                    row["document"],
                    self._same,
                )
                if total is None:
                    total = own
                else:
                    total.add(own)
            assert total is not None
            self._profiles[event] = total
        return self._profiles[event]

    def _new_event(self, row: Row, facts: Facts) -> int:
        base, n = index.key("ev", row["id"]), 1
        while self._database.value("SELECT 1 FROM event WHERE id = ?", (base,)) is not None:
            n += 1
            base = index.key("ev", row["id"], n)
        return self._database.insert(
            "INSERT INTO event (id, event_type, mode, act, granularity, status, polarity,"
            " order_day, tellings, chains, standing, tier, confidence, first_held, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, '', 0, 0, '', '', 0, '', '{}')",
            (base, facts.event_type, facts.mode, facts.act, facts.granularity, facts.status,
             facts.polarity),
        )  # fmt: skip


def rejoin_actor(database: Database, ids: Sequence[str]) -> None:
    """Joins the events of these actors or places anew, after a judgement that they are one (or
    are not). Call inside a transaction."""
    marks = ", ".join("?" * len(ids))
    found = database.rows(
        "SELECT t.id FROM telling t WHERE t.event IN"
        f" (SELECT event FROM event_entity WHERE entity IN ({marks}))",
        list(ids),
    )
    if found:
        rejoin(database, [r["id"] for r in found])


def rejoin(database: Database, tellings: Sequence[str]) -> None:
    """Takes the events of these tellings (by id) apart and joins them anew: what a judgement of
    joining or splitting them, or its undoing, needs. Call inside a transaction."""
    events_: set[int] = set()
    for telling in tellings:
        event = database.value("SELECT event FROM telling WHERE id = ?", (telling,))
        if event is not None:
            events_.add(int(event))
    found = [
        row
        for event in sorted(events_)
        for row in database.rows("SELECT seq, event FROM telling WHERE event = ?", (event,))
    ]
    joiner = Joiner(database)
    joiner.forget(events_)
    for row in found:
        database.execute("DELETE FROM telling_block WHERE telling = ?", (row["seq"],))
        database.execute("UPDATE telling SET event = NULL WHERE seq = ?", (row["seq"],))
    joiner.join(r["seq"] for r in found)
    joiner.sum_up()


def _write(database: Database, event: int) -> None:
    told = summary.write(database, event)
    database.execute("DELETE FROM control_claim WHERE event = ?", (event,))
    found = {p.id for t in told if control.is_claim(t.facts) for p in control.places(t.facts)}
    database.many(
        "INSERT INTO control_claim VALUES (?, ?)", [(p, event) for p in sorted(filter(None, found))]
    )


def _surest_first(row: Row) -> tuple[int, str, str]:
    """What is dated to the day founds events, what is vague joins them."""
    first, last = row["near_from"], row["near_to"]
    width = match.width(first, last) if first and last else 10_000
    return width, first or "~", row["id"]


def _reach(own: Profile) -> tuple[str, str]:
    assert own.first and own.last
    return days.plus(own.first, -match.LONGEST_WINDOW), own.last


def rebuild(database: Database) -> int:
    """Joins all tellings anew, in one fixed order; gives the number of events. Judgements hold."""
    with database.transaction():
        database.execute("DELETE FROM telling_block")
        database.execute("DELETE FROM event_entity")
        database.execute("DELETE FROM control_claim")
        database.execute("UPDATE telling SET event = NULL")
        database.execute("DELETE FROM event")
        joiner = Joiner(database)
        seqs = [r[0] for r in database.rows("SELECT seq FROM telling ORDER BY near_from, id")]
        joiner.join(seqs)
        joiner.sum_up()
    return int(database.value("SELECT count(*) FROM event"))
