"""Rows of the record as cards."""

from __future__ import annotations

from sayso.service import words
from sayso.service.rows import DisputeRow, EventRow, ForecastRow, PageRow
from sayso.web import present
from sayso.web.present import Chip, Item, Line


def event_line(row: EventRow) -> str:
    """The title with whether it is said to have happened, where nothing beside it says so."""
    return words.told_row(row) + words.aside(row)


def event_item(row: EventRow) -> Item:
    """An event of the record as a card."""
    kind = words.kind_of(row)
    chips = [Chip(kind, "type"), Chip(row.standing_words)]
    if words.aside(row):
        chips.append(Chip(words.whether(row), "neg" if row.polarity == "negative" else "status"))
    told = f"/pages/{row.document}#{row.annotation}"
    lines = [Line(f"{n.role}: " + " | ".join(v.words for v in n.values), told) for n in row.numbers]
    return Item(
        id=row.id,
        title=words.told_row(row),
        words=row.words,
        chips=tuple(chips),
        lines=tuple(lines),
        said_by=row.said_by,
        href=f"/events/{row.id}",
        event=row.id,
    )


def reply_item(row: DisputeRow) -> Item:
    """What a reader does to another's words as a card."""
    return Item(
        id=row.id,
        title=f"A reader {present.ACTS.get(row.act, row.act)}",
        words=row.words[:300],
        lines=(Line(f"about: “{(row.to_words or '')[:200]}”"),),
        href=f"/pages/{row.document}#{row.annotation}",
    )


def forecast_item(row: ForecastRow, state: str = "") -> Item:
    """A forecast of the record as a card; `state` is shown where nobody has judged it."""
    return Item(
        id=row.id,
        title=row.proposition,
        chips=(Chip(row.outcome or state, "status"),) if row.outcome or state else (),
        lines=(Line(f"due: {words.due(row.due)}"),),
        said_by=(row.forecaster,),
        href=f"/pages/{row.document}#{row.annotation}",
    )


def page_item(row: PageRow) -> Item:
    """A page of the record as a card."""
    found = [f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in (
        (row.events, "event"), (row.comments, "comment"), (row.forecasts, "forecast"),
        (row.disputes, "dispute")) if n]  # fmt: skip
    said = f"published {row.published}" if row.published else "on a day it does not say"
    where = f"{row.publisher or 'publisher not named'}, {said}; read {row.recorded_at[:10]}"
    lines = (Line(where), Line(", ".join(found) or "nothing found on it"))
    title = row.headline or row.key or row.id
    return Item(id=row.id, title=title, href=f"/pages/{row.id}", lines=lines)
