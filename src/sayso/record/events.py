"""Joining tellings into record events, and summing each event up.

A telling joins the event that it fits best (`match.score`), or starts one. Judgements come first:
what a person joined or split stays so. Why a telling was joined is kept with it (`telling.event`
and the score in the event's body) and can be undone by a judgement.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from sayso.record import blocks as blocks_
from sayso.record import days, entities, index, judgements, match, packed, summary
from sayso.record.blocks import Blocks
from sayso.record.database import Database, Row, Value
from sayso.record.index import Item
from sayso.record.match import Profile
from sayso.record.told import CHUNK, Told


class Joiner:
    """Joins tellings to events; keeps the events that it meets in memory, for one transaction or
    as long as nobody else writes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._profiles: OrderedDict[int, Profile] = OrderedDict()
        self._blocks = Blocks(database)
        self._judged = judgements.pairs(database)
        self._decided = judgements.decided(database)
        self._same = entities.canonical(database)
        self._next_telling = database.next("telling")
        self._next_event = database.next("event")
        self._new: dict[int, str] = {}
        """The telling that each new event began with."""
        self._placed: dict[str, int] = {}
        self._here: dict[int, set[int]] = {}
        self._rows: list[tuple[Value, ...]] = []
        """Tellings that wait to be stored."""
        self._told: OrderedDict[int, list[Told]] = OrderedDict()
        self.touched: set[int] = set()

    def join(self, items: Iterable[Item]) -> None:
        """Gives each telling its event; those that are not stored yet are by `write`."""
        for kept in (self._told, self._profiles):
            while len(kept) > PROFILES:
                kept.popitem(last=False)  # of a plain dict that would take longer each time
        stored: list[tuple[Value, ...]] = []
        self._placed.clear()
        if len(self._here) > 1:
            self._here.clear()
        for item in sorted(items, key=_surest_first):
            event = self._placed[item.id] = self._join(item)
            if item.values is None:
                stored.append((event, item.seq))
            else:
                row = (item.seq, event, *item.values)
                self._rows.append(row)
                if event in self._told:
                    self._told[event].append(Told(row, item.facts))
        if stored:
            self._database.many("UPDATE telling SET event = ? WHERE seq = ?", stored)

    def write(self) -> None:
        """Stores the tellings that wait: many at once cost less. What asks the record for
        tellings calls it first."""
        if self._rows:
            self._database.many(index.TELLING, self._rows)
            self._rows.clear()

    def stored(self, seqs: Iterable[int]) -> None:
        """Joins tellings that are in the record, by row number; the surest first."""
        keys = []
        for seq in seqs:
            row = self._database.one(
                "SELECT id, near_from, near_to FROM telling WHERE seq = ?", (seq,)
            )
            assert row is not None
            keys.append((*_surest(row["near_from"], row["near_to"], row["id"]), seq))
        for *_, seq in sorted(keys):
            row = self._database.one("SELECT * FROM telling WHERE seq = ?", (seq,))
            assert row is not None
            self.join([_item(row)])

    def sum_up(self) -> None:
        """Writes the summaries of all events that changed, and their blocks."""
        self.write()
        summary.write_all(
            self._database, sorted(self.touched), self._named(), self._decided, self._told
        )
        self._blocks.flush()
        self.touched.clear()
        self._new.clear()

    def forget(self, events: Iterable[int]) -> None:
        """Events that lost a telling: to be read and summed up again."""
        lost = set(events)
        self.write()
        for event in lost:
            self._profiles.pop(event, None)
            self._told.pop(event, None)
        if lost:
            self._blocks.again(lost, self._same)
        self.touched |= lost

    def _join(self, item: Item) -> int:
        facts = item.facts
        own = match.profile(facts, item.near_from, item.near_to, item.document, self._same)
        blocks = match.blocks(facts, own, item.document)
        event = self._judged_event(item.id)
        if event is None:
            event = self._best(item.id, own, blocks)
        if event is None:
            event = self._new_event(item)
            self._profiles[event] = own
            if item.values is not None:
                self._told[event] = []
        else:
            self._profile(event).add(own)
        if item.values is not None:
            item.seq, self._next_telling = self._next_telling, self._next_telling + 1
        for block, day in blocks:
            self._blocks.add(block, day, event)
        self._here.setdefault(item.document, set()).add(event)
        self.touched.add(event)
        return event

    def _judged_event(self, telling: str) -> int | None:
        """The event that a person put this telling into, if it is there."""
        joined = self._judged.joined(telling)
        if not joined:
            return None
        self.write()
        for other in sorted(joined):
            event = self._placed.get(other)
            if event is None and (row := index.telling(self._database, other)):
                event = row["event"]
            if event is not None:
                return int(event)
        return None

    def _best(self, telling: str, own: Profile, blocks: Sequence[tuple[str, str]]) -> int | None:
        best, best_event, fits = match.ENOUGH, None, 0
        candidates = self._candidates(own, blocks)
        if not candidates:
            return None
        any_apart = self._judged.any_apart
        for event in sorted(candidates):
            if any_apart and self._judged.apart(telling, self._tellings(event)):
                continue
            profile = self._profile(event)
            score = match.score(own, profile)
            fits += score >= match.ENOUGH and not own.documents & profile.documents
            if score >= best and (best_event is None or score > best):
                best, best_event = score, event
        # Of unknown year: where several fit nobody can tell which of them is meant.
        return None if own.open and fits > 1 else best_event

    def _candidates(self, own: Profile, blocks: Sequence[tuple[str, str]]) -> set[int]:
        found: set[int] = set()
        kept, reach = self._blocks, None
        for block, day in blocks:
            if own.open:  # the block ends in `match.OPEN`
                found.update(kept.few(block) or ())
                found.update(kept.few(block[: -len(match.OPEN)]) or ())
            elif day:
                reach = reach or _reach(own)
                found |= kept.events(block, *reach)
                if few := kept.few(block + match.OPEN):
                    found |= few
            else:
                found |= kept.events(block, "", "")
        if not (own.places and own.edtf):
            # What a page leaves vague it may have told more exactly in another sentence.
            for document in own.documents:
                found |= self._here.get(document, set())
        return found

    def _tellings(self, event: int) -> set[str]:
        self.write()
        rows = self._database.rows("SELECT id FROM telling WHERE event = ?", (event,))
        return {r[0] for r in rows}

    def _profile(self, event: int) -> Profile:
        found = self._profiles.get(event)
        if found is not None:
            return found
        self.write()
        total: Profile | None = None
        for _, own in blocks_.tellings(self._database, event, self._same):
            if total is None:
                total = own
            else:
                total.add(own)
        assert total is not None
        self._profiles[event] = total
        return total

    def _new_event(self, item: Item) -> int:
        """An event of its own; its row is written when it is summed up."""
        seq, self._next_event = self._next_event, self._next_event + 1
        self._new[seq] = item.id
        return seq

    def _named(self) -> dict[int, str]:
        """The ids of new events, after the telling that each began with."""
        ids = {seq: index.key("ev", telling) for seq, telling in self._new.items()}
        there = self._there(list(ids.values()))
        for seq in [s for s, own in ids.items() if own in there]:  # of a telling that has left it
            n = 2
            while self._there([index.key("ev", self._new[seq], n)]):
                n += 1
            ids[seq] = index.key("ev", self._new[seq], n)
        return ids

    def _there(self, ids: list[str]) -> set[str]:
        """Which of these ids are those of events in the record."""
        found: set[str] = set()
        for at in range(0, len(ids), CHUNK):
            some = ids[at : at + CHUNK]
            sql = f"SELECT id FROM event WHERE id IN {summary.query_marks(some)}"
            found.update([row[0] for row in self._database.rows(sql, some)])
        return found


PROFILES = 10_000
"""Events kept in memory."""


def _item(row: Row) -> Item:
    return Item(
        row["seq"], row["id"], row["document"], row["near_from"], row["near_to"],
        packed.unpack(row),
    )  # fmt: skip


def rejoin_actor(database: Database, ids: Sequence[str]) -> None:
    """Joins the events of these actors or places anew, after a judgement that they are one (or
    are not). Call inside a transaction."""
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT DISTINCT event FROM event_entity WHERE entity IN ({marks})"
    if found := {row["event"] for row in database.rows(sql, list(ids))}:
        _rejoin(database, found)


def rejoin(database: Database, tellings: Sequence[str]) -> None:
    """Takes the events of these tellings (by id) apart and joins them anew: what a judgement of
    joining or splitting them, or its undoing, needs. Call inside a transaction."""
    rows = [row for telling in tellings if (row := index.telling(database, telling))]
    _rejoin(database, {row["event"] for row in rows if row["event"] is not None})


def _rejoin(database: Database, events_: set[int]) -> None:
    found = [
        row["seq"]
        for event in sorted(events_)
        for row in database.rows("SELECT seq FROM telling WHERE event = ?", (event,))
    ]
    for seq in found:
        database.execute("UPDATE telling SET event = NULL WHERE seq = ?", (seq,))
    for event in events_:  # those that come out the same get the same ids again
        summary.drop(database, event)
    joiner = Joiner(database)
    joiner.stored(found)
    joiner.sum_up()


def _surest_first(item: Item) -> tuple[int, str, str]:
    return _surest(item.near_from, item.near_to, item.id)


def _surest(first: str | None, last: str | None, telling: str) -> tuple[int, str, str]:
    """What is dated to the day founds events, what is vague joins them."""
    width = days.width(first, last) if first and last else 10_000
    return width, first or "~", telling


def _reach(own: Profile) -> tuple[str, str]:
    assert own.first and own.last
    return days.plus(own.first, -match.LONGEST_WINDOW), own.last


def rebuild(database: Database) -> int:
    """Joins all tellings anew, in one fixed order; gives the number of events. Judgements hold."""
    with database.transaction():
        database.execute("DELETE FROM event_block")
        database.execute("DELETE FROM event_entity")
        database.execute("DELETE FROM entity_role")
        database.execute("DELETE FROM control_claim")
        database.execute("DELETE FROM control_place")
        database.execute("UPDATE telling SET event = NULL")
        database.execute("DELETE FROM event")
        joiner = Joiner(database)
        seqs = [r[0] for r in database.rows("SELECT seq FROM telling ORDER BY near_from, id")]
        joiner.stored(seqs)
        joiner.sum_up()
    database.rebuilt += 1
    return int(database.value("SELECT count(*) FROM event"))
