"""Whole pages of our own: every place they name is found, once, and is the right one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.places.reading import Seen, read_places

from sayso.knowledge.place import Place, distance_km

PAGES = yaml.safe_load(Path(__file__).with_name("pages.yaml").read_text(encoding="utf-8"))
NEAR_KM = {"country": 700.0, "admin1": 200.0, "region": 700.0}


def placed(page: dict[str, Any]) -> list[tuple[list[Any], int]]:
    """The gold of a page with the offset of each name."""
    out = []
    at = 0
    for row in page["toponyms"]:
        at = page["text"].index(row[0], at)
        out.append((row, at))
        at += len(row[0])
    return out


def right(seen: Seen, row: list[Any]) -> bool:
    entity = seen.entity
    if (entity.country or "") != row[1]:
        return False
    here = Place("a", "a", "city", entity.latitude, entity.longitude)
    far = distance_km(here, Place("b", "b", "city", row[2], row[3]))
    near = NEAR_KM.get(seen.mention.precision or "", 100.0)
    return far is not None and far <= near


def misses(page: dict[str, Any]) -> list[str]:
    seen = {
        s.mention.start: s
        for s in read_places(page["text"], publisher=page.get("publisher"))
        if s.mention.made_by.rule != "vague"
    }
    out = []
    for row, start in placed(page):
        found = seen.pop(start, None)
        if found is None or found.mention.exact != row[0]:
            out.append(f"missed {row[0]} ({found.mention.exact if found else None})")
        elif not right(found, row):
            entity = found.entity
            out.append(f"wrong {row[0]}: {entity.country} {entity.admin1_code}")
    return [*out, *(f"too many: {s.mention.exact} {s.mention.made_by.rule}" for s in seen.values())]


@pytest.mark.parametrize("page", PAGES, ids=[p["name"] for p in PAGES])
def test_page(page: dict[str, Any]) -> None:
    assert misses(page) == page.get("known", [])


def test_there_are_many() -> None:
    assert sum(len(p["toponyms"]) for p in PAGES) > 100
