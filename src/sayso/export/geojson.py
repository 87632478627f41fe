"""GeoJSON (RFC 7946, longitude before latitude): one feature per event.

A place that is only roughly known never becomes a pin: its feature carries `radius_km` and
`precision`, and one without a point of its own has `geometry: null`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from sayso.export import precision
from sayso.export.columns import flat, main_place
from sayso.model.rows import EventRow, Named


def write(rows: Iterable[EventRow], out: BinaryIO) -> int:
    """Writes a FeatureCollection; gives the number of features."""
    out.write(b'{"type":"FeatureCollection","features":[')
    count = 0
    for row in rows:
        out.write(b",\n" if count else b"\n")
        text = json.dumps(feature(row), ensure_ascii=False, allow_nan=False)
        out.write(text.encode("utf-8"))
        count += 1
    out.write(b"\n]}\n")
    return count


def feature(row: EventRow) -> dict[str, Any]:
    """One event as a feature."""
    place = main_place(row)
    properties = {k: v for k, v in flat(row).items() if k not in ("latitude", "longitude")}
    properties["approximate"] = place is None or not place.pin
    if place is not None and properties.get("radius_km") is None and place.precision:
        properties["radius_km"] = precision.of(place.precision).radius_km
    return {
        "type": "Feature",
        "id": row.id,
        "geometry": _point(place),
        "properties": properties,
    }


def _point(place: Named | None) -> dict[str, Any] | None:
    """A point only for what is a place on the ground; areas and countries have none, since the
    middle of an area is where nothing happened."""
    if place is None or place.latitude is None or place.longitude is None:
        return None
    if place.precision in ("admin1", "admin2", "country", "sea", "region"):
        return None
    return {
        "type": "Point",
        "coordinates": [round(place.longitude, 5), round(place.latitude, 5)],
    }
