"""The points of the own tables say where they are from, and agree with it where it can be seen."""

from __future__ import annotations

import pytest

from sayso.knowledge import gazetteer, placeindex, placetables
from sayso.knowledge.place import distance_km
from sayso.knowledge.placenames import key
from sayso.knowledge.tables import LINE, load_csv

SOURCES = {
    "countries.csv": {"cia", "hand"},
    "states.csv": {"iso3166-2", "hand"},
    "towns.csv": {"geonames", "hand"},
    "regions.csv": {"geonames", "hand"},
}


@pytest.mark.parametrize("file", SOURCES)
def test_every_point_has_a_source(file: str) -> None:
    for row in load_csv("places", file):
        given = row["source"] in SOURCES[file] if row["latitude"] else not row["source"]
        assert given, f"{file}:{row[LINE]}"


def test_what_is_from_geonames_lies_where_the_index_has_it() -> None:
    index = placeindex.shipped()
    checked = 0
    sourced = {r["name"] for r in load_csv("places", "towns.csv") if r["source"] == "geonames"}
    for place, names, _ in placetables.own_places():
        if place.source != "towns.csv" or place.name not in sourced:
            continue
        same = [
            gazetteer.from_row(index.row(number), True)
            for name in (place.name, *names)
            for number, _ in index.numbers(key(name))
            if index.row(number).geonameid == place.geonameid
        ]
        if same:
            far = distance_km(place, same[0])
            assert far is not None
            assert far < 0.1, place.name
            checked += 1
    assert checked >= 12


def test_an_own_row_is_no_second_place_beside_the_index() -> None:
    assert [p.id for p in gazetteer.lookup("Hawija") if p.country == "IQ"] == ["place:gn:390188"]
