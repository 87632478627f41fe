"""Who held which place when: `record/control.py` over the events of the record."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.model.rows import ControlRow, Evidence, Page
from sayso.record import control, query, summary
from sayso.record.control import Claim, Segment
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service.links import document_ids, source


def rows(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 50,
    after: str | None = None,
) -> Page[ControlRow]:
    """Stretches of control, place by place (by name), each in the order of time.

    `on` asks for who held a place on that day; `known_by` (with `basis`) for what had been said
    or was held by then; `place` and `actor` (the holder) narrow. `limit` counts places.
    """
    database, filters = record.database, filters or Filters()
    where = query.Where()
    if filters.place:
        ids = query.entities(database, filters.place)
        inside = query.areas(database, ids)
        where.add(
            f"(c.place IN {query.marks(ids)} OR EXISTS (SELECT 1 FROM event_entity x"
            f" WHERE x.event = c.event AND x.role = 'within' AND x.entity IN"
            f" {query.marks(inside)}))",
            *ids,
            *inside,
        )
    if filters.bbox:
        west, south, east, north = filters.bbox
        where.add("e.latitude BETWEEN ? AND ?", south, north)
        if west <= east:
            where.add("e.longitude BETWEEN ? AND ?", west, east)
        else:
            where.add("(e.longitude >= ? OR e.longitude <= ?)", west, east)
    base = (
        "FROM (SELECT DISTINCT c.place FROM control_claim c JOIN entity e ON e.id = c.place"
        f"{where.sql()}) p JOIN entity e ON e.id = p.place"
    )
    total = int(database.value(f"SELECT count(*) {base}", where.values))
    values = list(where.values)
    tail = ""
    if after:
        name, seq = query.uncursor(after, 2)
        tail, values = " WHERE (e.folded, e.seq) > (?, ?)", [*values, name, int(seq)]
    sql = f"SELECT e.* {base}{tail} ORDER BY e.folded, e.seq"
    found = database.rows(
        sql + (" LIMIT ?" if limit else ""), [*values, limit + 1] if limit else values
    )
    more = limit is not None and len(found) > limit
    found = found[:limit] if limit else found
    out = tuple(r for place in found for r in place_rows(record, place["id"], filters))
    last = query.cursor(found[-1]["folded"], found[-1]["seq"]) if more else None
    return Page(out, last, total)


def place_rows(record: Record, place: str, filters: Filters) -> Iterator[ControlRow]:
    """The stretches of one place that fit."""
    database = record.database
    entity = database.one("SELECT name, latitude, longitude FROM entity WHERE id = ?", (place,))
    assert entity is not None
    for segment in control.timeline(claims_of(record, place, filters)):
        if filters.on and not segment.surely_at(filters.on):
            continue
        if filters.actor and not _held_by(record, segment, filters.actor):
            continue
        yield _row(record, place, entity["name"], entity["latitude"], entity["longitude"],
                   segment, filters)  # fmt: skip


def claims_of(record: Record, place: str, filters: Filters) -> list[Claim]:
    """What all events known by then say of who holds a place."""
    database = record.database
    found: list[Claim] = []
    for event in database.rows(
        "SELECT e.seq, e.id, e.body FROM control_claim c JOIN event e ON e.seq = c.event"
        " WHERE c.place = ? ORDER BY e.order_day, e.id",
        (place,),
    ):
        if '"rejected":true' in event["body"]:
            continue
        told = summary.tellings(database, event["seq"], filters.known_by, filters.basis)
        found += control.claims(event["id"], told).get(place, [])
    return found


def _held_by(record: Record, segment: Segment, actor: str) -> bool:
    ids = set(query.entities(record.database, actor)) | {actor}
    return segment.holder is not None and bool(ids & set(segment.holder.ids))


def _row(
    record: Record,
    place: str,
    name: str,
    latitude: float | None,
    longitude: float | None,
    segment: Segment,
    filters: Filters,
) -> ControlRow:
    main = segment.begin or segment.claims[0]
    told = [t for c in segment.claims for t in (*c.told, *c.against)]
    ids = document_ids(record.database, {t.row["document"] for t in told})
    evidence = []
    for claim in {id(c): c for c in segment.claims}.values():
        for side, tellings in (("for", claim.told), ("against", claim.against)):
            evidence += [
                Evidence(
                    side=side, effect=claim.effect, event=claim.event,
                    document=ids[t.row["document"]], annotation=t.row["annotation"],
                    words=t.row["words"], said_by=tuple(source(x) for x in t.facts.said_by),
                    said_on=t.row["said_on"], held_on=t.row["held_on"],
                )
                for t in tellings
            ]  # fmt: skip
    dated = [c for c in (segment.begin, segment.end) if c is not None]
    return ControlRow(
        place=name, place_id=place, latitude=latitude, longitude=longitude,
        holder=segment.holder.name if segment.holder else None,
        holder_ids=segment.holder.ids if segment.holder else (),
        from_=control.edtf_of(segment.begin), to=control.edtf_of(segment.end),
        basis=segment.basis, certainty=control.certainty(segment, filters.on),
        said_by=tuple(source(x) for x in main.told[0].facts.said_by),
        known_by=min(t.known_on for t in main.told), last_said=segment.last,
        stale_after=segment.stale_after,
        undated=any(not c.first for c in dated) or not main.first, evidence=tuple(evidence),
    )  # fmt: skip
