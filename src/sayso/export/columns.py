"""The columns of the tables, in their order, each with what it means: the data dictionary.

Columns are only ever added at the end. `docs/data-dictionary.md` is made from this file.
"""

from __future__ import annotations

from typing import Any

from sayso.model import codec
from sayso.model.rows import (
    ControlRow,
    DisputeRow,
    Erratum,
    EventRow,
    ForecastRow,
    MatrixCell,
    Named,
    PageRow,
)

Cell = str | int | float | bool | None
Column = tuple[str, str, str]  # name, type, meaning
_ROLES = ("killed", "injured", "arrested", "abducted", "captured", "surrendered", "displaced",
          "size", "destroyed")  # fmt: skip

EVENTS: tuple[Column, ...] = (
    ("id", "text", "The event's id in the record; stays as long as its first telling does."),
    ("event_type", "text", "One of the 16 PLOVER types; empty for an act."),
    ("mode", "text", "PLOVER's mode, or Sayso's: capture, surrender, flight."),
    ("act", "text", "symbolic, control, claims_responsibility, denies_responsibility, joins,"
     " dissolves; empty for a PLOVER type."),
    ("granularity", "text", "event, episode or summary. Sums are never added to their parts."),
    ("status", "text", "occurred, ongoing, expected, planned, hypothetical, historical."),
    ("polarity", "text", "positive, or negative where every telling says that it was not so."),
    ("when", "EDTF", "When it happened, as told; empty where no telling dates it."),
    ("time_from", "day", "First day on which it can have been, from when it was said if undated."),
    ("time_to", "day", "Last such day, inclusive."),
    ("actors", "text", "Who acts; names joined by “; ”."),
    ("actor_ids", "text", "Their ids in the same order; “?” for a name that is not resolved."),
    ("recipients", "text", "On whom; names joined by “; ”."),
    ("recipient_ids", "text", "Their ids in the same order."),
    ("place", "text", "Where; the first place that a telling gives."),
    ("place_id", "text", "Its id (`place:gn:` and the GeoNames id)."),
    ("place_precision", "text", "exact, town, near, route, admin2, admin1, region, country, sea."),
    ("radius_km", "number", "How far the place reaches around its point, in km."),
    ("latitude", "number", "Degrees, WGS 84; empty for what is only roughly known."),
    ("longitude", "number", "Degrees, WGS 84."),
    ("country", "text", "ISO 3166-1 alpha-2."),
    ("admin1", "text", "GeoNames code of the first-level area."),
    ("origin", "text", "From where, for movements."),
    ("destination", "text", "To where, for movements."),
    *(
        (f"{role}_{side}", "number", f"{name} number of {role} that any source gives"
         " (not the sum, not an average).")
        for role in _ROLES
        for side, name in (("low", "Lowest"), ("high", "Highest"))
    ),
    ("numbers", "JSON", "Every value of every count, with how many tell it and how many chains."),
    ("standing", "text", "several, single, party, publisher, reader, disputed, confirmed."),
    ("standing_words", "text", "The same in words."),
    ("chains", "number", "Sources not known to be linked that tell it."),
    ("tellings", "number", "Tellings in all."),
    ("pages", "number", "Pages in all."),
    ("publishers", "text", "Outlets, joined by “; ”."),
    ("tiers", "text", "Tiers of those who tell it, best first."),
    ("said_by", "text", "The chain of the telling whose words are given, outermost first."),
    ("words", "text", "The sentence of that telling."),
    ("document", "text", "The page that it stands on."),
    ("annotation", "text", "The annotation on that page."),
    ("disputed", "text", "The fields in which tellings contradict each other."),
    ("notices", "text", "correction or retraction, where an outlet changed its page."),
    ("civilian_targeting", "text", "yes, no, unknown."),
    ("context", "text", "PLOVER contexts, joined by “; ”."),
    ("acled_type", "text", "In the words of ACLED's codebook (this is not ACLED data)."),
    ("acled_sub_type", "text", "In the words of ACLED's codebook."),
    ("confidence", "number", "Of the reading, 0 to 1, calibrated."),
    ("first_said", "day", "The day by which the first telling had been said."),
    ("first_held", "day", "The day by which the first page was held."),
    ("care", "text", "Why the place is given roughly; empty where it is not."),
)  # fmt: skip
FORECASTS: tuple[Column, ...] = (
    ("id", "text", "The forecast's id."),
    ("document", "text", "The page."),
    ("annotation", "text", "The annotation on that page."),
    ("proposition", "text", "What is said to be coming, in its words."),
    ("forecaster", "text", "Who says so; a pseudonym for a commenter."),
    ("tier", "text", "publisher, official, party, monitor, media, witness, anonymous, reader."),
    ("due", "EDTF", "By when; empty where no time is given."),
    ("due_from", "day", "First day."),
    ("due_to", "day", "Last day, inclusive."),
    ("due_words", "text", "The words of the deadline."),
    ("probability_low", "number", "From the words, 0 to 1; empty where unhedged."),
    ("probability_high", "number", "From the words, 0 to 1."),
    ("probability_words", "text", "The words of the hedge."),
    ("condition", "text", "Only if this comes true."),
    ("polarity", "text", "positive or negative."),
    ("question", "text", "The forecast as a question that can be judged."),
    ("missing", "text", "What is missing to judge it."),
    ("outcome", "text", "By a person's judgement only."),
    ("said_on", "day", "When it was said; empty where the page does not say."),
    ("held_on", "day", "When the page was held."),
    ("confidence", "number", "Of the reading, 0 to 1."),
)  # fmt: skip
CLAIMS: tuple[Column, ...] = (
    ("id", "text", "The dispute's id."),
    ("kind", "text", "reply, number or polarity."),
    ("act", "text", "disputes, corrects, qualifies, asks_source, maintains, retracts."),
    ("document", "text", "The page."),
    ("annotation", "text", "The annotation on that page."),
    ("words", "text", "The words that do it."),
    ("author", "text", "Who does it; a pseudonym for a commenter."),
    ("to_author", "text", "Whom it answers; a pseudonym."),
    ("to_words", "text", "What it answers."),
    ("event", "text", "The event in dispute, for number and polarity."),
    ("values", "text", "The rival values, joined by “ | ”."),
    ("said_on", "day", "When it was said."),
    ("held_on", "day", "When the page was held."),
    ("confidence", "number", "Of the reading, 0 to 1."),
)  # fmt: skip
CONTROL: tuple[Column, ...] = (
    ("place", "text", "The place."),
    ("place_id", "text", "Its id."),
    ("latitude", "number", "Degrees, WGS 84."),
    ("longitude", "number", "Degrees, WGS 84."),
    ("holder", "text", "Who held it; empty where nobody is said to."),
    ("holder_ids", "text", "Ids, joined by “; ”."),
    ("from", "EDTF", "Since when; empty where not known."),
    ("to", "EDTF", "Until when; empty where it is not said to have ended."),
    ("basis", "text", "stated or inferred."),
    ("certainty", "text", "conceded, several, claimed, single, publisher, inferred, contested,"
     " stale."),
    ("said_by", "text", "Who says so, outermost first."),
    ("known_by", "day", "The day by which it was known."),
    ("last_said", "day", "The last day on which anything was said of it."),
    ("stale_after", "day", "The day after which it counts as stale."),
    ("undated", "yes/no", "yes: its times have an open year and stand on no day."),
    ("evidence", "JSON", "Every telling for and against, with its words and who says so."),
)  # fmt: skip
PAGES: tuple[Column, ...] = (
    ("id", "text", "The page's id."),
    ("uri", "text", "Its address."),
    ("headline", "text", "Its headline."),
    ("publisher", "text", "Its outlet."),
    ("published", "EDTF", "When it was published, as far as it says so."),
    ("captured_at", "time", "When it was captured (UTC); empty for a file."),
    ("recorded_at", "time", "When it came into the record (UTC)."),
    ("language", "text", "ISO 639-1."),
    ("comments", "number", "Comments recovered."),
    ("events", "number", "Events read."),
    ("forecasts", "number", "Forecasts read."),
    ("disputes", "number", "Reply acts read."),
    ("digest", "text", "SHA-256 of its bytes."),
    ("redacted", "time", "When words of it were destroyed on request."),
)
ERRATA: tuple[Column, ...] = (
    ("event", "text", "The event; empty for what is not about one."),
    ("change", "text", "added, changed (a new telling), judged, redacted."),
    ("at", "time", "When (UTC)."),
    ("who", "text", "Who did it."),
    ("detail", "text", "The page, the judgement, or what was redacted."),
)
MATRIX: tuple[Column, ...] = (
    ("id", "text", "The thing in dispute."),
    ("kind", "text", "polarity, number (between tellings), reply (among readers of a page)."),
    ("what", "text", "polarity, the role of the number (killed, size …), number or claim."),
    ("proposition", "text", "What is asserted or denied, in its words."),
    ("voice", "text", "Who; a source with all that are linked with it; a pseudonym for a reader."),
    ("tier", "text", "publisher, official, party, monitor, media, witness, anonymous, reader."),
    ("separate", "yes/no", "no: cannot stand for itself (a reader, nobody named)."),
    ("outlets", "text", "The outlets that carry it, joined by “; ”."),
    ("stance", "text", "asserts, denies, silent."),
    ("act", "text", "What a reader did: disputes, corrects, qualifies, asks_source, maintains …"),
    ("words", "text", "The words."),
    ("event", "text", "The event in dispute; empty for replies."),
    ("document", "text", "The page."),
    ("annotation", "text", "The annotation on that page."),
    ("said_on", "day", "When it was said."),
)
TABLES: dict[str, tuple[Column, ...]] = {
    "events": EVENTS, "forecasts": FORECASTS, "claims": CLAIMS, "control": CONTROL, "pages": PAGES,
    "errata": ERRATA, "matrix": MATRIX,
}  # fmt: skip

TableRow = EventRow | ForecastRow | DisputeRow | ControlRow | PageRow | Erratum | MatrixCell


def names_of(table: str) -> list[str]:
    """The column names of a table, in order."""
    return [name for name, _, _ in TABLES[table]]


def flat(row: TableRow) -> dict[str, Cell]:
    """A row as cells, by column name."""
    if isinstance(row, EventRow):
        return _event(row)
    if isinstance(row, ForecastRow):
        return _forecast(row)
    if isinstance(row, ControlRow):
        data = {n: getattr(row, n) for n in names_of("control") if hasattr(row, n)}
        return {
            **data, "from": row.from_, "holder_ids": "; ".join(row.holder_ids),
            "said_by": chain(row.said_by), "evidence": _json(row.evidence),
        }  # fmt: skip
    if isinstance(row, DisputeRow):
        data = {n: getattr(row, n) for n in names_of("claims")}
        return {**data, "values": " | ".join(row.values)}
    if isinstance(row, MatrixCell):
        data = {n: getattr(row, n) for n in names_of("matrix")}
        return {**data, "outlets": "; ".join(row.outlets)}
    table = "errata" if isinstance(row, Erratum) else "pages"
    return {name: getattr(row, name) for name in names_of(table)}


def chain(said_by: tuple[Any, ...]) -> str:
    """ "Outlet < Observatory (monitor)"."""
    return " < ".join(
        (s.who or "not named") + ("" if s.tier == "publisher" else f" ({s.tier})") for s in said_by
    )


def main_place(row: EventRow) -> Named | None:
    """The place that a table with one place per event gives."""
    for role in ("place", "destination", "origin"):
        for place in row.places:
            if place.role == role:
                return place
    return None


def _event(row: EventRow) -> dict[str, Cell]:
    place = main_place(row)

    def people(role: str) -> list[Named]:
        return [a for a in row.actors if a.role == role]

    def where(role: str) -> str:
        return "; ".join(p.name for p in row.places if p.role == role)

    cells: dict[str, Cell] = {n: getattr(row, n) for n in names_of("events") if hasattr(row, n)}
    cells.update(
        when=row.edtf,
        actors="; ".join(a.name for a in people("actor")),
        actor_ids="; ".join(a.id or "?" for a in people("actor")),
        recipients="; ".join(a.name for a in people("recipient")),
        recipient_ids="; ".join(a.id or "?" for a in people("recipient")),
        place=place.name if place else None,
        place_id=place.id if place else None,
        place_precision=place.precision if place else None,
        radius_km=place.radius_km if place else None,
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
        origin=where("origin"),
        destination=where("destination"),
        numbers=_json(row.numbers),
        acled_sub_type=row.acled_sub,
        said_by=chain(row.said_by),
    )
    for name in ("publishers", "tiers", "disputed", "notices", "context", "care"):
        cells[name] = "; ".join(getattr(row, name))
    for role in _ROLES:
        low, high = bounds(row, role)
        cells[f"{role}_low"], cells[f"{role}_high"] = low, high
    return {name: cells.get(name) for name in names_of("events")}


def bounds(row: EventRow, role: str) -> tuple[float | None, float | None]:
    """The lowest and highest number that any source gives for a role, counts of the whole event
    only; a number with one end open counts by the end that it has."""
    values = [v for n in row.numbers if n.role == role and n.scope == "event" for v in n.values]
    lows = [x for v in values if (x := v.low if v.low is not None else v.high) is not None]
    highs = [x for v in values if (x := v.high if v.high is not None else v.low) is not None]
    return (min(lows) if lows else None), (max(highs) if highs else None)


def _forecast(row: ForecastRow) -> dict[str, Cell]:
    cells: dict[str, Cell] = {n: getattr(row, n) for n in names_of("forecasts") if hasattr(row, n)}
    low, high = row.probability or (None, None)
    cells.update(
        forecaster=row.forecaster.who, tier=row.forecaster.tier, probability_low=low,
        probability_high=high, missing="; ".join(row.missing),
    )  # fmt: skip
    return cells


def _json(value: Any) -> str:
    return codec.line(codec.encode(value))
