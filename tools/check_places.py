"""How far each row of the own place tables lies from the place of that id or name in the index.

    check_places.py [--over KM]

Prints one line per row that has such a place: table, name, its source, the distance in km, and the
index's place; the last line counts the rows without one. Nothing is written.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from sayso.knowledge import gazetteer, placeindex, placetables
from sayso.knowledge.place import Place, distance_km
from sayso.knowledge.placenames import key


def nearest(place: Place, names: tuple[str, ...]) -> tuple[float, Place] | None:
    """The nearest place of the index with one of the names, in the same country if the row has
    one; by id where the row has that."""
    index = placeindex.shipped()
    best: tuple[float, Place] | None = None
    for name in names:
        for number, main in index.numbers(key(name)):
            other = gazetteer.from_row(index.row(number), main)
            if place.country and other.country != place.country:
                continue
            if place.geonameid and other.geonameid != place.geonameid:
                continue
            far = distance_km(place, other)
            if far is not None and (best is None or far < best[0]):
                best = far, other
    return best


def rows() -> Iterator[tuple[Place, tuple[float, Place] | None]]:
    """Every row of `regions.csv` and `towns.csv` that has a point."""
    for place, names, _ in placetables.own_places():
        if place.latitude is not None:
            yield place, nearest(place, (place.name, *names))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--over", type=float, default=0.0)
    args = ap.parse_args()
    alone = 0
    for place, found in rows():
        if found is None:
            alone += 1
        elif found[0] >= args.over:
            far, other = found
            print(f"{place.source:12s} {place.name:28s} {far:8.1f} km  {other.name} ({other.id})")
    print(f"{alone} rows have no place of that name or id in the index")


if __name__ == "__main__":
    main()
