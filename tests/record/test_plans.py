"""No list reads a whole table: every query of lists, search, map and control finds its rows by an
index, whatever is asked. (How long they take is measured by tools/bench_record.py.)"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from build_readings import Page, count

from sayso.record import review
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask

# Small by nature: one row a judgement, a place that is held, a feed.
SMALL = re.compile(r"SCAN (j|u|v|judgement|watched|setting|p|control_place)\b")
DAY = "2019-01-06"
ASKED: dict[str, Callable[[Record], object]] = {
    **{
        f"events {given}": lambda r, given=given: ask.events(r, Filters(**given))  # type: ignore[misc]
        for given in (
            {}, {"since": DAY}, {"until": DAY}, {"on": DAY}, {"known_by": DAY}, {"actor": "hts"},
            {"known_by": DAY, "basis": "captured"}, {"place": "Atarib"}, {"place": "Syria"},
            {"source": "SOHR"}, {"bbox": (30.0, 30.0, 40.0, 40.0)}, {"type": "ASSAULT"},
            {"type": "control"}, {"mode": "capture"}, {"status": "planned"}, {"tier": "monitor"},
            {"standing": "disputed"}, {"publisher": "P1"}, {"page": "x"}, {"text": "captured"},
            {"actor": "hts", "since": DAY, "type": "ASSAULT"}, {"keep": True},
        )
    },
    **{
        f"control {given}": lambda r, given=given: ask.control(r, Filters(**given))  # type: ignore[misc]
        for given in (
            {}, {"on": DAY}, {"on": DAY, "known_by": DAY}, {"place": "Atarib"},
            {"place": "Syria"}, {"actor": "hts"}, {"bbox": (30.0, 30.0, 40.0, 40.0)},
        )
    },
    **{
        f"forecasts {given}": lambda r, given=given: ask.forecasts(r, Filters(**given))  # type: ignore[misc]
        for given in ({}, {"since": DAY}, {"source": "ada"}, {"page": "x"})
    },
    **{
        f"pages {given}": lambda r, given=given: ask.pages(r, Filters(**given))  # type: ignore[misc]
        for given in ({}, {"since": DAY}, {"publisher": "P1"}, {"text": "captured"})
    },
    "disputes": lambda r: ask.disputes(r),
    "actors": lambda r: ask.actors(r),
    "search": lambda r: ask.search(r, "captured"),
    "counts": lambda r: ask.counts(r),
    "one event": lambda r: ask.event(r, ask.events(r).rows[0].id),
    "review": lambda r: (review.waiting(r.database, "ada"), review.progress(r.database, "ada")),
}  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Record:
    record = Record(tmp_path_factory.mktemp("plans") / "r.db")
    pages = []
    for n in range(30):
        page = Page(publisher=f"P{n % 3}", published="2019-01-07", key=str(n)).say(
            f"HTS captured Atarib on 2019-01-0{n % 6 + 1}, killing {n} fighters, the SOHR said.",
            trigger="captured", mode="capture", actor=["HTS"], place=["Atarib"],
            time=(f"2019-01-0{n % 6 + 1}",) * 2, counts=[count("killed", n, f"{n} fighters")],
            source="SOHR",
        )  # fmt: skip
        page.comment("ada").forecast("They will be gone.", "2019-02-07")
        page.comment("bob", "p2").reply("Source?", "asks_source", "p2")
        pages.append(page.reading())
    record.add(pages, reader="test")
    return record


@pytest.mark.parametrize("name", ASKED)
def test_no_list_reads_a_whole_table(
    filled: Record, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = filled.database.engine
    asked: list[tuple[str, list[object]]] = []
    for door in ("rows", "one"):
        real = getattr(engine, door)

        def told(sql: str, values: object = (), real: Callable[..., object] = real) -> object:
            asked.append((sql, list(values)))  # type: ignore[call-overload]
            return real(sql, values)

        monkeypatch.setattr(engine, door, told)
    ASKED[name](filled)
    monkeypatch.undo()
    assert asked
    whole = [
        f"{plan['detail']}  <-  {sql}"
        for sql, values in asked
        for plan in engine.rows(f"EXPLAIN QUERY PLAN {sql}", values)  # type: ignore[arg-type]
        if plan["detail"].startswith("SCAN")
        and not re.search(
            r"USING|VIRTUAL TABLE|CONSTANT|SCAN \(?sub|SCAN (s|x|n|found)$", plan["detail"]
        )
        and not SMALL.match(plan["detail"])
    ]
    assert not whole, "\n".join(whole)


def test_the_check_would_find_a_scan(filled: Record, tmp_path: Path) -> None:
    (plan,) = filled.database.rows("EXPLAIN QUERY PLAN SELECT * FROM telling WHERE words = 'x'")
    assert plan["detail"].startswith("SCAN telling") and "USING" not in plan["detail"]
