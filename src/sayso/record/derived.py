"""What is worked out from tellings is worked out again where an older program did it."""

from __future__ import annotations

from sayso.errors import RecordError
from sayso.record import judgements, summary
from sayso.record.database import Database

VERSION = "3"
"""Changes whenever summaries or claims of control come out differently for the same tellings."""
_SETTING = "summaries"


def bring(database: Database) -> bool:
    """Sums all events up again if they were summed up by another version; True if it did. A
    record opened for reading only is refused then. Raises RecordError."""
    if _fits(database):
        return False
    if database.readonly:
        raise RecordError(
            f"{database.path}: its summaries are of another version; open it once for writing "
            "(`sayso doctor --upgrade`)"
        )
    with database.transaction():
        if _fits(database):  # another program came first
            return False
        # Everything is put in anew, so that what is counted is counted once.
        for table in ("event_entity", "entity_role", "control_claim", "control_place"):
            database.execute(f"DELETE FROM {table}")
        seqs = [int(r[0]) for r in database.rows("SELECT seq FROM event ORDER BY seq")]
        summary.write_all(database, seqs, {}, judgements.decided(database))
        database.execute(
            "INSERT INTO setting VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (_SETTING, VERSION),
        )
    return True


def _fits(database: Database) -> bool:
    return bool(database.value("SELECT value FROM setting WHERE name = ?", (_SETTING,)) == VERSION)
