"""What waits for a person's eye: events nobody has decided on yet, one at a time."""

from __future__ import annotations

from sayso.record.database import Database

_OPEN = (
    "FROM event e WHERE NOT EXISTS (SELECT 1 FROM judgement j WHERE j.subject = e.id"
    " AND j.who = ? AND j.act IN ('accept', 'reject', 'note', 'correct')"
    " AND NOT EXISTS (SELECT 1 FROM judgement u WHERE u.undoes = j.id))"
)


def waiting(database: Database, who: str) -> str | None:
    """The id of the next event that this person has not decided on, in the record's order."""
    found = database.value(f"SELECT e.id {_OPEN} ORDER BY e.order_day, e.seq LIMIT 1", (who,))
    return None if found is None else str(found)


def progress(database: Database, who: str) -> tuple[int, int]:
    """(events this person has decided on, events in all)."""
    total = int(database.value("SELECT count(*) FROM event"))
    done = database.value(
        "SELECT count(DISTINCT e.seq) FROM judgement j JOIN event e ON e.id = j.subject"
        " WHERE j.who = ? AND j.act IN ('accept', 'reject', 'note', 'correct')"
        " AND NOT EXISTS (SELECT 1 FROM judgement u WHERE u.undoes = j.id)",
        (who,),
    )
    return int(done), total


def last(database: Database, who: str) -> str | None:
    """The id of this person's newest decision that still holds, or None."""
    found = database.value(
        "SELECT j.id FROM judgement j WHERE j.who = ? AND j.act <> 'undo' AND NOT EXISTS"
        " (SELECT 1 FROM judgement u WHERE u.undoes = j.id) ORDER BY j.seq DESC LIMIT 1",
        (who,),
    )
    return None if found is None else str(found)
