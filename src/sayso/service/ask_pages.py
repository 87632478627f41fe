"""Pages of the record: rows of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.model.rows import Page, PageRow
from sayso.record import query
from sayso.record.database import Database, Row
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service.ask_rows import chunks, counted, shown


def pages(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 50,
    after: str | None = None,
) -> Page[PageRow]:
    """The documents of the record (the newest of each capture), in the order of their coming."""
    database, filters = record.database, filters or Filters()
    where = query.Where()
    if filters.page:
        where.add("d.id = ?", filters.page)
    if filters.publisher:
        where.add("d.publisher = ?", filters.publisher)
    if filters.since:
        where.add("d.said_to >= ?", filters.since)
    if filters.until:
        where.add("d.said_from <= ?", filters.until)
    if filters.known_by:
        side = "d.held_on" if filters.basis == "captured" else "COALESCE(d.said_to, d.held_on)"
        where.add(f"{side} <= ?", filters.known_by)
    if filters.text and query.fts(filters.text):
        asked, values = database.engine.matching(query.fts(filters.text))
        where.add(f"d.seq IN (SELECT p.document FROM part p WHERE p.seq IN ({asked}))", *values)
    where.add(_NEWEST)
    total = counted(database, f"FROM document d{where.sql()}", where.values)
    if after:
        where.add("d.seq > ?", int(query.uncursor(after, 1)[0]))
    # Which they are is found in an index; the long rows of those alone are read.
    sql = f"SELECT d.seq FROM document d{where.sql()} ORDER BY d.seq"
    keys, more = shown(database, sql, where.values, limit)
    out = tuple(_of_keys(database, [k["seq"] for k in keys]))
    return Page(out, query.cursor(keys[-1]["seq"]) if more else None, total)


def newest(record: Record, *, limit: int) -> tuple[PageRow, ...]:
    """The pages that came last, the newest first."""
    sql = f"SELECT d.seq FROM document d WHERE {_NEWEST} ORDER BY d.seq DESC LIMIT ?"
    keys = [r[0] for r in record.database.rows(sql, [limit])]
    return tuple(reversed(list(_of_keys(record.database, keys))))


_NEWEST = (
    "NOT EXISTS (SELECT 1 FROM document n WHERE n.payload = d.payload AND n.reading > d.reading)"
)


def _of_keys(database: Database, keys: list[int]) -> Iterator[PageRow]:
    """The rows of these documents, in the order of their coming."""
    rows: list[Row] = []
    for some in chunks(keys):
        rows += database.rows(
            f"SELECT * FROM document WHERE seq IN {query.marks(some)} ORDER BY seq", some
        )
    held_ = _Held(database, rows)
    for row in rows:
        yield _page_row(held_, row)


class _Held:
    """What hangs on the documents of a list: a query for each sort, not for each document."""

    def __init__(self, database: Database, rows: Sequence[Row]) -> None:
        self._database = database
        self._seqs = [r["seq"] for r in rows]
        self.counts = {
            name: self._count(table)
            for name, table in (
                ("comments", "part WHERE kind = 'comment' AND"),
                ("events", "telling WHERE"),
                ("forecasts", "forecast WHERE"),
                ("disputes", "dispute WHERE"),
            )
        }
        # Bytes have the number of their first capture.
        self.captures: dict[int, Row] = {}
        for some in chunks(sorted({r["payload"] for r in rows})):
            sql = (
                "SELECT seq, captured_at, recorded_at FROM capture"
                f" WHERE seq IN {query.marks(some)}"
            )
            self.captures.update({r["seq"]: r for r in database.rows(sql, some)})

    def _count(self, table: str) -> dict[int, int]:
        out: dict[int, int] = {}
        for some in chunks(self._seqs):
            sql = (
                f"SELECT document, count(*) AS n FROM {table} document IN {query.marks(some)}"
                " GROUP BY document"
            )
            out.update({r["document"]: r["n"] for r in self._database.rows(sql, some)})
        return out


def _page_row(held_: _Held, row: Row) -> PageRow:
    capture = held_.captures[row["payload"]]
    return PageRow(
        id=row["id"], key=row["key"], uri=row["uri"], headline=row["headline"],
        publisher=row["publisher"], published=row["published"],
        captured_at=capture["captured_at"], recorded_at=capture["recorded_at"],
        language=row["language"],
        **{name: found.get(row["seq"], 0) for name, found in held_.counts.items()},
        digest=row["digest"], redacted=row["redacted"],
    )  # fmt: skip
