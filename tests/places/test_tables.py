"""The own tables: complete, well-formed, and each group of words with its example."""

from __future__ import annotations

import pytest

from sayso.knowledge import gazetteer, placetables
from sayso.knowledge.placewords import PlaceWords, TieWords, ties, words
from sayso.knowledge.tables import load_yaml

GROUPS = [("words.yaml", g) for g in sorted(PlaceWords.__dataclass_fields__)] + [
    ("event_places.yaml", g) for g in sorted(TieWords.__dataclass_fields__)
]


@pytest.mark.parametrize(("file", "group"), GROUPS)
def test_example_and_counter_example(file: str, group: str) -> None:
    row = load_yaml("places", file)[group]
    known: frozenset[str] = getattr(words() if file == "words.yaml" else ties(), group)

    def holds(text: str) -> bool:
        parts = text.lower().split()
        runs = {
            " ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)
        }
        return bool(runs & known)

    assert holds(row["example"]), row["example"]
    assert not holds(row["not"]), row["not"]


def test_every_row_of_states_has_its_division() -> None:
    missing = set(placetables.state_rows()) - set(gazetteer.admin1s())
    assert not missing


def test_points_are_on_the_globe() -> None:
    for place, _, _ in placetables.own_places():
        assert place.latitude is None or -90 <= place.latitude <= 90, place
        assert place.longitude is None or -180 <= place.longitude <= 180, place


def test_names_of_own_places_are_found() -> None:
    for place, names, _ in placetables.own_places():
        for name in (place.name, *names):
            assert any(p.id == place.id for p in gazetteer.lookup(name)), name


@pytest.mark.parametrize(
    ("word", "country"),
    [("Turkish", "TR"), ("Turks", "TR"), ("Syrian", "SY"), ("Chechen", "RU"), ("Texan", "US"),
     ("Palestinian", "PS"), ("Kosovar", "XK"), ("Dutch", "NL"), ("Crimean", "UA")],
)  # fmt: skip
def test_demonyms(word: str, country: str) -> None:
    assert gazetteer.demonyms()[word.lower()].country == country


def test_abbreviations() -> None:
    assert gazetteer.short_forms()["W.Va."][0].name == "West Virginia"
    assert {p.country for p in gazetteer.postal()["WA"]} == {"US", "AU"}
