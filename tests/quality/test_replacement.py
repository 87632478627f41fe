"""The same places and times come out when names and years are others: on a text of our own, and on
the open suites where they lie beside the project."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TOOL = Path(__file__).parent.parent.parent / "tools" / "replacement.py"
OWN = (
    "PORTLAND, Maine - Police in Portland said on Monday that two men from Bangor had fled to "
    "Augusta. Officials in Maine asked Canada for help; Canadian guards closed the crossing."
)
SMALL, FULL = 12, 1
"""Every n-th text of a suite, in the small run and in the full one."""
SMALL_FALL, FULL_FALL = 0.08, 0.03
"""How far an F1 may fall: a dozen texts have some two hundred names, so 0.08 is a dozen names of
luck; the full suites have two thousand."""


@cache
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("replacement", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["replacement"] = module
    spec.loader.exec_module(module)
    return module


@cache
def world() -> Any:
    return tool().World.of_index()


def own_text() -> Any:
    t = tool()
    ids = {"Portland": 4975802, "Maine": 4971068, "Bangor": 4957280, "Augusta": 4957003,
           "Canada": 6251999, "Canadian": 6251999, "PORTLAND": 4975802}  # fmt: skip
    found = []
    for name, number in ids.items():
        at = OWN.find(name)
        while at >= 0:
            place = world().by_id[number]
            found.append(t.Toponym(at, at + len(name), place.latitude, place.longitude, place))
            at = OWN.find(name, at + 1)
    longest = {a.start: a for a in sorted(found, key=lambda a: a.end)}
    return t.Text(OWN, tuple(sorted(longest.values(), key=lambda a: a.start)))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("countries", [False, True], ids=["towns", "countries"])
def test_relations_are_kept(seed: int, countries: bool) -> None:
    text = own_text()
    new = tool().replaced(text, tool().Replacer(world(), str(seed), countries=countries))
    maine, portland, bangor, augusta = new.toponyms[1], *(new.toponyms[n] for n in (2, 3, 4))
    pair = (maine.place.country, maine.place.admin1)
    assert {(t.place.country, t.place.admin1) for t in (portland, bangor, augusta)} == {pair}
    assert (pair == ("US", "ME")) is False
    assert (maine.place.country == "US") is not countries
    assert len({t.place.id for t in new.toponyms}) == 5
    spoken = [new.text[t.start : t.end] for t in new.toponyms]
    assert spoken[0] == spoken[2].upper()
    assert "Portland" not in new.text and "Maine" not in new.text


@pytest.mark.parametrize("countries", [False, True], ids=["towns", "countries"])
def test_an_own_text_reads_the_same(countries: bool) -> None:
    t = tool()
    items = [
        t.replaced(own_text(), t.Replacer(world(), str(seed), countries=countries))
        for seed in range(12)
    ]
    parser = t.default_parser()
    written = t.place_f1([own_text()], parser).f1
    assert written == 1.0
    assert t.place_f1(items, parser).f1 >= 0.85


def test_years_move_and_the_calendar_stays() -> None:
    t = tool()
    assert t.moved_years("Monday, 7 January 2019; the 1990s; $ 2010 and 2,019.") == (
        "Monday, 7 January 2047; the 2018s; $ 2038 and 2,019."
    )
    assert t.moved_value("2019-W02") == "2047-W02"
    assert t.moved_value("P2Y") == "P2Y"


def suites() -> Path:
    folder: Path = tool().SUITES
    if not folder.is_dir():
        pytest.skip("the suites of test data do not lie beside this checkout")
    return folder


def check(scores: Any, fall: float) -> None:
    assert scores.share > 0.6, scores
    assert scores.worst_fall <= fall, scores


def test_names_of_a_suite_replaced_small() -> None:
    check(tool().places(suites(), every=SMALL, world=world()), SMALL_FALL)


def test_years_of_a_suite_moved_small() -> None:
    check(tool().times(suites(), every=SMALL // 2), SMALL_FALL)


@pytest.mark.full
@pytest.mark.parametrize("name", ["GeoWebNews", "TUD-Loc2013"])
def test_names_of_a_suite_replaced(name: str) -> None:
    check(tool().places(suites(), every=FULL, name=name, world=world()), FULL_FALL)


@pytest.mark.full
@pytest.mark.parametrize("name", ["meantime", "timebank_aquaint"])
def test_years_of_a_suite_moved(name: str) -> None:
    check(tool().times(suites(), every=FULL, name=name), FULL_FALL)
