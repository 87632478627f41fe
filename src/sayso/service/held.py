"""Who held which place when: `record/control.py` over the events of the record."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.model.rows import ControlRow, Evidence, Page
from sayso.record import claims, control, query
from sayso.record.claims import Claim
from sayso.record.control import Segment
from sayso.record.database import Row
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service.ask_rows import counted
from sayso.service.links import document_ids, source

AT_ONCE = 24
"""Most places whose stretches are worked out together."""
LOOKED_AT = 400
"""Most places looked at for one page of a list: where few fit, the page ends early and says where
to go on."""


def rows(
    record: Record,
    filters: Filters | None = None,
    *,
    limit: int | None = 20,
    after: str | None = None,
) -> Page[ControlRow]:
    """Stretches of control, place by place (by name), each in the order of time.

    `on` asks for who held a place on that day; `known_by` (with `basis`) for what had been said
    or was held by then; `place` and `actor` (the holder) narrow. A page ends with the place that
    brings it to `limit` rows; the total counts places.
    """
    filters = filters or Filters()
    places_, total = places(record, filters, LOOKED_AT + 1 if limit else None, after)
    holders = ids(record, filters.actor) if filters.actor else None
    out: list[ControlRow] = []
    done = 0
    most = min(len(places_), LOOKED_AT) if limit else len(places_)
    while done < most and (limit is None or len(out) < limit):
        some = places_[done : min(done + _next_size(limit, len(out), done, filters), most)]
        found = _stretches(record, [str(p["place"]) for p in some], filters, holders)
        for place in some:
            done += 1
            out += rows_of(record, [(place, s) for s in found[place["place"]]], filters)
            if limit and len(out) >= limit:
                break
    if done == len(places_):
        return Page(tuple(out), None, total)
    last = places_[done - 1]
    return Page(tuple(out), query.cursor(last["folded"], last["seq"]), total)


def places(
    record: Record, filters: Filters, limit: int | None, after: str | None = None
) -> tuple[list[Row], int]:
    """The places that anything is said to hold, by name, at most `limit`; and how many there are,
    counted up to `COUNTED`."""
    database, where = record.database, _where(record, filters)
    total = counted(database, f"FROM control_place p{where.sql()}", where.values)
    if after:
        name, seq = query.uncursor(after, 2)
        where.add("(p.folded, p.seq) > (?, ?)", name, int(seq))
    sql = f"SELECT p.*, e.name FROM control_place p JOIN entity e ON e.seq = p.seq{where.sql()}"
    found = database.rows(
        f"{sql} ORDER BY p.folded, p.seq" + (" LIMIT ?" if limit else ""),
        [*where.values, limit] if limit else where.values,
    )
    return found, total


def _next_size(limit: int | None, rows: int, places: int, filters: Filters) -> int:
    """How many places to work out next, so that few are worked out for nothing: a place may have
    one stretch or a hundred."""
    if limit is None:
        return AT_ONCE
    each = rows / places if places else (1.0 if filters.on else float(limit))
    return max(1, min(AT_ONCE, round((limit - rows) / max(each, 0.1))))


def _where(record: Record, filters: Filters) -> query.Where:
    where = query.Where()
    if filters.place:
        ids = query.entities(record.database, filters.place)
        choices, values = [f"p.place IN {query.marks(ids)}"], list(ids)
        for area in query.areas(record.database, ids):
            country, _, admin1 = area.removeprefix("in:").partition(".")
            choices.append("p.country = ?" + (" AND p.admin1 = ?" if admin1 else ""))
            values += [country, admin1] if admin1 else [country]
        where.add("(" + " OR ".join(choices) + ")", *values)
    if filters.bbox:
        query.box(where, filters.bbox, "p", record.database.engine)
    return where


def claims_of(record: Record, place: str, filters: Filters) -> list[Claim]:
    """What all events known by then say of who holds a place."""
    found = claims.of_places(record.database, [place], filters.known_by, filters.basis)
    return found[place]


def _stretches(
    record: Record, places: Sequence[str], filters: Filters, holders: set[str] | None
) -> dict[str, list[Segment]]:
    """The stretches of each place that fit. Their claims have no tellings yet (`claims.fill`)."""
    found = claims.of_places(record.database, places, filters.known_by, filters.basis)
    return {
        place: [
            segment
            for segment in control.timeline(found[place])
            if (not filters.on or segment.surely_at(filters.on))
            and (holders is None or (segment.holder and holders & set(segment.holder.ids)))
        ]
        for place in places
    }


def rows_of(
    record: Record,
    found: Sequence[tuple[Row, Segment]],
    filters: Filters,
    *,
    brief: bool = False,
) -> list[ControlRow]:
    """The rows of these stretches of places, in their order, with all their evidence; `brief`
    with the first telling of it alone."""
    used = [c for _, segment in found for c in segment.claims]
    claims.fill(record.database, used, filters.known_by, filters.basis)
    told = {t.row["document"] for c in used for t in (*c.told, *c.against)}
    documents = document_ids(record.database, told)
    most = 1 if brief else None
    return [_row(place, segment, filters, documents, most) for place, segment in found]


def ids(record: Record, actor: str) -> set[str]:
    """The ids of a holder given by name or id."""
    return {*query.entities(record.database, actor), actor}


def _row(
    place: Row,
    segment: Segment,
    filters: Filters,
    documents: dict[int, str],
    most: int | None = None,
) -> ControlRow:
    main = segment.begin or segment.claims[0]
    evidence: list[Evidence] = []
    for claim in {id(c): c for c in segment.claims}.values():
        for side, tellings in (("for", claim.told), ("against", claim.against)):
            evidence += [
                Evidence(
                    side=side, effect=claim.effect, event=claim.event,
                    document=documents[t.row["document"]], annotation=t.row["annotation"],
                    words=t.row["words"], said_by=tuple(source(x) for x in t.facts.said_by),
                    said_on=t.row["said_on"], held_on=t.row["held_on"],
                )
                for t in tellings[: None if most is None else max(0, most - len(evidence))]
            ]  # fmt: skip
    dated = [c for c in (segment.begin, segment.end) if c is not None]
    return ControlRow(
        place=place["name"], place_id=place["place"], latitude=place["latitude"],
        longitude=place["longitude"],
        holder=segment.holder.name if segment.holder else None,
        holder_ids=segment.holder.ids if segment.holder else (),
        from_=control.edtf_of(segment.begin), to=control.edtf_of(segment.end),
        basis=segment.basis, certainty=control.certainty(segment, filters.on),
        said_by=tuple(source(x) for x in main.told[0].facts.said_by),
        known_by=min(t.known_on for t in main.told), last_said=segment.last,
        stale_after=segment.stale_after,
        undated=any(not c.first for c in dated) or not main.first, evidence=tuple(evidence),
    )  # fmt: skip
