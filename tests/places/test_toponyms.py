"""Names in a text: found, the right place meant, vague words left vague."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.places.reading import read_places

from sayso.knowledge import placeimport
from sayso.knowledge.gazetteer import lookup_key
from sayso.knowledge.place import Place, distance_km

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
Read = Callable[..., list[Any]]


def near(entity: Any, latitude: float, longitude: float) -> bool:
    here = Place("here", "here", "city", entity.latitude, entity.longitude)
    there = Place("there", "there", "city", latitude, longitude)
    away = distance_km(here, there)
    return away is not None and away < 100


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    seen = {s.mention.exact: s for s in read_places(case["text"])}
    for words, wanted in case.get("means", {}).items():
        assert words in seen, (words, sorted(seen))
        entity = seen[words].entity
        if isinstance(wanted, list):
            assert entity.country == wanted[0], (words, entity)
            assert near(entity, wanted[1], wanted[2]), (words, entity)
        else:
            assert (entity.country or "") == (wanted or ""), (words, entity)
        if wanted is None:
            assert entity.latitude is None
    for words in case.get("none", []):
        assert words not in seen, words
    for field in ("form", "precision", "relation"):
        for words, wanted in case.get(field, {}).items():
            assert getattr(seen[words].mention, field) == wanted, (words, field)


def test_a_vague_part_has_no_pin() -> None:
    text = "Residents of the western Aleppo countryside in Syria left their homes."
    vague = [s for s in read_places(text) if s.mention.made_by.rule == "vague"]
    assert [s.mention.exact for s in vague] == ["western Aleppo countryside"]
    assert vague[0].entity.latitude is None
    assert vague[0].mention.radius_km
    assert "Aleppo" in (vague[0].entity.note or "")


def test_one_bad_name_empties_nothing() -> None:
    text = "Shelling hit the village of Qwxzzy near Homs in Syria."
    seen = {s.mention.exact: s.entity for s in read_places(text)}
    assert seen["Homs"].country == "SY"
    assert seen["Qwxzzy"].id == "new:place:qwxzzy"
    assert seen["Qwxzzy"].latitude is None


def test_a_text_without_a_place() -> None:
    assert read_places("It rained all day and nobody came.") == []


# The same relations with other real places: nothing is known by heart.
FRAME = (
    "Fighters pulled out of {town} on Monday and moved to {other}, a monitor said. "
    "{country} sent more troops. Residents of {town} saw trucks on the road to {other}."
)
SWAPS = [
    ("Atarib", "Afrin", "Syria", "SY"),
    ("Kupiansk", "Izium", "Ukraine", "UA"),
    ("Nyala", "Kutum", "Sudan", "SD"),
    ("Hodeidah", "Zabid", "Yemen", "YE"),
    ("Sirte", "Misrata", "Libya", "LY"),
    ("Kismayo", "Afgoye", "Somalia", "SO"),
    ("Kunduz", "Baghlan", "Afghanistan", "AF"),
    ("Maiduguri", "Damaturu", "Nigeria", "NG"),
    ("Buenaventura", "Tumaco", "Colombia", "CO"),
    ("Myitkyina", "Lashio", "Myanmar", "MM"),
]


@pytest.mark.parametrize(("town", "other", "country", "code"), SWAPS)
def test_other_places_in_the_same_relations(town: str, other: str, country: str, code: str) -> None:
    text = FRAME.format(town=town, other=other, country=country)
    found = [(s.mention.exact, s.entity.country) for s in read_places(text)]
    assert found == [(n, code) for n in (town, other, country, town, other)]


def test_ambiguous_towns_follow_the_document() -> None:
    british = (
        "Police in Cambridge said the man from Newcastle was held. Courts in England were shut."
    )
    american = (
        "Police in Cambridge said the man from Boston was held. Massachusetts courts were shut."
    )
    assert {s.mention.exact: s.entity.country for s in read_places(british)}["Cambridge"] == "GB"
    assert {s.mention.exact: s.entity.country for s in read_places(american)}["Cambridge"] == "US"


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [("The strike hit 36.20 N, 37.16 E at dawn.", 36.2, 37.16),
     ("It fell at 36°12'N 37°09'E near the road.", 36.2, 37.15),
     ("The coordinates 35.9312, 36.6339 were given.", 35.9312, 36.6339),
     ("Seen at 12.5° S, 45.25° W.", -12.5, -45.25)],
)  # fmt: skip
def test_coordinates_in_the_text(text: str, latitude: float, longitude: float) -> None:
    entity = read_places(text)[-1].entity
    assert entity.latitude == pytest.approx(latitude, abs=0.001)
    assert entity.longitude == pytest.approx(longitude, abs=0.001)


@pytest.mark.parametrize(
    "text",
    ["It cost 36.20, 37.16 or more.", "The score was 12 4.", "At 99.5° N, 12.1° E it ended."],
)
def test_numbers_that_are_no_coordinates(text: str) -> None:
    assert read_places(text) == []


def test_the_publisher_is_a_hint() -> None:
    text = "The man from London was held on Sunday. Police found the car in Dublin."
    assert read_places(text)[0].entity.country == "GB"
    text = "The council of Richmond met on Monday."
    assert read_places(text, publisher="Sacramento Bee")[0].entity.country == "US"
    named = "The council of Bonham met on Monday. A man from Clarksville spoke."
    assert [s.entity.admin1_code for s in read_places(named)] == ["TX", "TN"]
    paper = read_places(named, uri="https://www.theparisnews.com/a/b")
    assert [s.entity.admin1_code for s in paper] == ["TX", "TX"]
    british = read_places(text, uri="https://www.example.co.uk/a")[0].entity
    assert british.country == "GB"


WORDS = st.sampled_from(
    ["Aleppo", "San", "Jose", "Springfield", "the", "of", "in", "near", "town", "al-", "Al", "-",
     ",", ".", "CA", "U.S.", "northern", "countryside", "’s", "Paris", "road", "to", "12 km",
     "Мариуполь", "حلب", "北京", "🙂", "\n\n", "(", "New", "York", "St.", "35.9, 36.6"]
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text(text: str) -> None:
    for seen in read_places(text):
        mention = seen.mention
        assert text[mention.start : mention.end] == mention.exact
        assert 0 <= mention.confidence <= 1
        assert seen.entity.kind == "place"


def test_a_name_with_three_thousand_candidates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"Qarvel,{n % 80}.{n % 97},{n % 170}.{n // 30},UA" for n in range(3000)]
    table = tmp_path / "many.csv"
    table.write_text("name,latitude,longitude,country\n" + "\n".join(rows), encoding="utf-8")
    monkeypatch.setenv("SAYSO_PLACES", str(tmp_path))
    placeimport.forget()
    lookup_key.cache_clear()
    assert placeimport.import_file(table) == 3000
    try:
        assert len(lookup_key("qarvel")) == 3000
        [seen] = read_places("Shelling hit the village of Qarvel on Sunday.")
        assert seen.entity.latitude is not None
        assert seen.mention.confidence < 0.7
        assert "3000" in (seen.mention.reason or "")
    finally:
        placeimport.forget()
        lookup_key.cache_clear()


def test_many_names_in_bounded_time() -> None:
    text = " ".join(["San Jose, Springfield and San Antonio near Santa Maria."] * 300)
    assert len(read_places(text)) >= 1000
