"""PLOVER JSON, one record a line after one DOCUMENT record that describes the file.

Only PLOVER's own types; modes that are Sayso's (capture, surrender, flight) are left blank and
named in `comment`. PLOVER has one value for each number: the lowest is given, rivals in `comment`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from sayso.export.columns import bounds, chain, main_place
from sayso.model import codec
from sayso.model.rows import EventRow, Named

SAYSO_MODES = frozenset(("capture", "surrender", "flight"))


def write(rows: Iterable[EventRow], out: BinaryIO, *, program: str) -> int:
    """Writes the records; gives their number, the DOCUMENT record not counted."""
    head = {
        "DOCUMENT": {
            "coder": program,
            "comment": "Events as told, not as found to be true. Sayso's own modes are blank.",
        }
    }
    out.write((codec.line(head) + "\n").encode("utf-8"))
    count = 0
    for row in rows:
        if row.event_type is not None:
            out.write((codec.line(record(row, program)) + "\n").encode("utf-8"))
            count += 1
    return count


def record(row: EventRow, program: str) -> dict[str, Any]:
    """One event as a PLOVER record."""
    place = main_place(row)
    comment = [f"said by: {chain(row.said_by)}", row.standing_words]
    if row.mode in SAYSO_MODES:
        comment.append(f"Sayso mode: {row.mode}")
    if row.polarity == "negative":
        comment.append("said not to have been so")
    comment += [f"told roughly: {why}" for why in row.care]
    out: dict[str, Any] = {
        "id": row.id,
        "date": row.time_from,
        "event": row.event_type,
        "mode": "" if row.mode is None or row.mode in SAYSO_MODES else row.mode,
        "context": list(row.context),
        "status": row.status,
        "eventText": row.trigger,
        "actor": [_actor(a) for a in row.actors if a.role == "actor"],
        "recipient": [_actor(a) for a in row.actors if a.role == "recipient"],
        "event_loc": None,
        "text": row.words,
        "publication": "; ".join(row.publishers),
        "coder": program,
        "dateCoded": row.first_held,
    }
    if place is not None:
        out["event_loc"] = {
            "name": place.name, "geonames_id": (place.id or "").removeprefix("place:gn:") or None,
            "lat": place.latitude if place.pin else None,
            "lon": place.longitude if place.pin else None,
            "country": place.country, "precision": place.precision,
        }  # fmt: skip
    for name, role in (("dead", "killed"), ("injured", "injured"), ("size", "size")):
        low, high = bounds(row, role)
        if low is not None:
            out[name] = low
            if high != low:
                comment.append(f"{name}: {low:g} to {high:g}")
    out["comment"] = "; ".join(comment)
    return out


def _actor(actor: Named) -> dict[str, Any]:
    return {"actorText": actor.words or actor.name, "name": actor.name, "identifier_id": actor.id}
