"""What changed since an earlier export, from the log: its row says where the export was made, and
everything after it in the log is what its readers have not seen."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.errors import UsageError
from sayso.model.rows import Erratum
from sayso.record import custody
from sayso.record.database import Database


def since(database: Database, digest: str) -> Iterator[Erratum]:
    """The changes after the export whose file had that digest, in the order of the log. Raises
    UsageError for a digest that is in no row of the log."""
    start = database.value(
        "SELECT seq FROM custody WHERE act = 'export' AND digest = ? ORDER BY seq LIMIT 1",
        (digest,),
    )
    if start is None:
        raise UsageError(f"{digest}: no export with this digest is in the log of {database.path}")
    new = {
        r[0]
        for r in database.rows(
            "SELECT subject FROM custody WHERE act = 'read' AND seq > ? GROUP BY subject"
            " EXCEPT SELECT subject FROM custody WHERE act = 'read' AND seq < ?",
            (start, start),
        )
    }
    for entry in custody.entries(database):
        if entry.seq <= start:
            continue
        if entry.act == "read":
            for event, old in _events(database, entry.subject, new):
                yield Erratum(
                    event=event, change="changed" if old else "added", at=entry.at, who=entry.who,
                    detail=entry.subject,
                )  # fmt: skip
        elif entry.act == "judge":
            row = database.one("SELECT * FROM judgement WHERE id = ?", (entry.subject,))
            if row is not None:
                about = row["subject"] if str(row["subject"]).startswith("ev-") else None
                yield Erratum(
                    event=about, change="judged", at=entry.at, who=entry.who,
                    detail=f"{row['id']}: {row['act']} {row['subject']}",
                )  # fmt: skip
        elif entry.act == "redact":
            yield Erratum(
                event=None, change="redacted", at=entry.at, who=entry.who, detail=entry.subject
            )


def _events(database: Database, document: str, new: set[str]) -> Iterator[tuple[str, bool]]:
    """(event, told before too) of a page."""
    for row in database.rows(
        "SELECT DISTINCT e.id, e.seq FROM telling t JOIN document d ON d.seq = t.document"
        " JOIN event e ON e.seq = t.event WHERE d.id = ? ORDER BY e.id",
        (document,),
    ):
        pages = database.rows(
            "SELECT DISTINCT d.id FROM telling t JOIN document d ON d.seq = t.document"
            " WHERE t.event = ?",
            (row["seq"],),
        )
        yield str(row["id"]), any(p["id"] not in new for p in pages)
