"""The captures of one address, oldest first, and the documents that were read from them."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.record.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One capture of an address. `document` is the row of the document that was read from these
    bytes, None where there is none: the page was gone, or said what it said before."""

    captured_at: str
    digest: str
    status: int | None
    document: int | None


def of_address(database: Database, uri: str) -> list[Version]:
    """The captures of an address in the order in which they were recorded."""
    found = database.rows(
        "SELECT c.captured_at, c.recorded_at, c.digest, c.status,"
        " (SELECT max(d.seq) FROM document d WHERE d.payload = c.payload) AS document"
        " FROM capture c WHERE c.target_uri = ? ORDER BY c.seq",
        (uri,),
    )
    return [
        Version(
            captured_at=row["captured_at"] or row["recorded_at"],
            digest=row["digest"],
            status=row["status"],
            document=row["document"],
        )
        for row in found
    ]


def newest(database: Database, uri: str) -> int | None:
    """The row of the newest document of an address, or None."""
    found = database.value(
        "SELECT d.seq FROM capture c JOIN document d ON d.payload = c.payload"
        " WHERE c.target_uri = ? ORDER BY c.seq DESC, d.seq DESC LIMIT 1",
        (uri,),
    )
    return None if found is None else int(found)


def address_of(database: Database, page: str) -> str:
    """The address of a page that is named by its id or its address. Raises UsageError."""
    known = database.value("SELECT 1 FROM capture WHERE target_uri = ? LIMIT 1", (page,))
    if known is not None:
        return page
    found = database.value(
        "SELECT c.target_uri FROM document d JOIN capture c ON c.payload = d.payload"
        " WHERE d.id = ? AND c.target_uri IS NOT NULL ORDER BY c.seq DESC LIMIT 1",
        (page,),
    )
    if found is None:
        raise UsageError(
            f"{page}: no page that was fetched from an address is known by this name or address"
        )
    return str(found)
