"""Who owns and controls an outlet, as far as `publishers.csv` knows for certain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from sayso.knowledge import tables
from sayso.record import names
from sayso.record.record import Record

_FIELDS = ("owner", "controlled_by", "control", "scale", "country", "sanctions", "citation")
UNKNOWN = "ownership unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet; None where nothing is known for certain, which is not "independent"."""

    name: str
    owner: str | None = None
    controlled_by: str | None = None
    control: str | None = None
    scale: str | None = None
    country: str | None = None
    sanctions: str | None = None
    citation: str | None = None
    known: bool = False
    pages: int = 0

    def in_words(self) -> str:
        """ "state-owned: Syrian Ministry of Information", or that it is unknown."""
        if not (self.owner or self.control):
            return UNKNOWN
        kind = f"{self.control}, " if self.control else ""
        said = kind + (f"owned by {self.owner}" if self.owner else "owner not known")
        if self.controlled_by and self.controlled_by != self.owner:
            said += f", controlled by {self.controlled_by}"
        return said + (f"; sanctions: {self.sanctions}" if self.sanctions else "")


@cache
def _table() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    by_name: dict[str, dict[str, str]] = {}
    by_host: dict[str, dict[str, str]] = {}
    for row in tables.load_csv("publishers.csv", required=("name",)):
        for name in (row["name"], *row.get("aliases", "").split("|")):
            if name.strip():
                by_name.setdefault(names.fold(name), row)
        for host in row.get("domains", "").split(";"):
            if host.strip():
                by_host.setdefault(host.strip().lower(), row)
    return by_name, by_host


def outlet(name: str | None, address: str | None = None, pages: int = 0) -> Outlet:
    """The outlet of that name, or of the host of that address."""
    by_name, by_host = _table()
    row = by_name.get(names.fold(name)) if name else None
    if row is None and address:
        host = (urlsplit(address).hostname or "").lower()
        while row is None and "." in host:
            row = by_host.get(host)
            host = host.partition(".")[2]
    if row is None:
        return Outlet(name=name or "publisher not named", pages=pages)
    found = {k: row.get(k) or None for k in _FIELDS}
    return Outlet(name=name or row["name"], known=True, pages=pages, **found)


def outlets(record: Record) -> Iterator[Outlet]:
    """The outlets of the record's pages, those with most pages first."""
    counts: dict[tuple[str | None, str | None], int] = {}
    for row in record.database.rows(
        "SELECT d.publisher, CASE WHEN d.publisher IS NULL THEN d.uri END AS address,"
        " count(*) AS pages FROM document d WHERE NOT EXISTS (SELECT 1 FROM document n"
        " WHERE n.payload = d.payload AND n.reading > d.reading) GROUP BY 1, 2"
    ):
        host = urlsplit(row["address"]).hostname if row["address"] else None
        counts[row["publisher"], host] = counts.get((row["publisher"], host), 0) + row["pages"]
    for (name, host), pages in sorted(counts.items(), key=lambda x: (-x[1], str(x[0]))):
        yield outlet(name or host, f"https://{host}/" if host else None, pages)
