"""Many readings at once: the same rows as one by one, and rows worked out that stay true."""

from __future__ import annotations

import dataclasses
import gc
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import corpus
import pytest
from build_readings import Page

from sayso.memory import MANY, uncollected
from sayso.model import codec
from sayso.model.reading import Reading
from sayso.record import blocks as blocks_
from sayso.record import copying, entities, events, index, migrations, names, plain, redact
from sayso.record.blocks import Blocks
from sayso.record.database import Database
from sayso.record.record import Record


def opened(path: str | Path) -> Record:
    return Record(path, who="tester", now=lambda: datetime(2019, 2, 1, tzinfo=UTC))


def held(record: Record) -> list[copying.Copied]:
    return [copying.digest(record.database, table) for table in migrations.tables()]


def blocks(database: Database) -> list[tuple[object, ...]]:
    return [tuple(r) for r in database.rows("SELECT * FROM event_block ORDER BY 1, 2, 3, 4")]


def changed(reading: Reading, **more: object) -> Reading:
    annotations = tuple(dataclasses.replace(a, **more) for a in reading.annotations)  # type: ignore[arg-type]
    return dataclasses.replace(reading, annotations=annotations)


def told(town: str, outlet: str, **more: str) -> Reading:
    page = Page(publisher=outlet, uri=f"https://{outlet.lower()}.example/page", **more)  # type: ignore[arg-type]
    return page.say(
        f"HTS captured {town} on 2019-01-05, the SOHR said.", trigger="captured", mode="capture",
        actor=["HTS"], place=[town], time=("2019-01-05", "2019-01-05"), source="SOHR",
    ).reading()  # fmt: skip


def test_one_by_one_or_at_once(addresses: Callable[[], str]) -> None:
    one, two = told("Atarib", "A"), told("Afrin", "B")
    stated = dataclasses.replace(one.capture, operator_published="2019-01-08")
    later = dataclasses.replace(told("Darat Izza", "A").capture, target_uri=one.capture.target_uri)
    coming = [
        one, two, one, changed(one, confidence=0.4), dataclasses.replace(two, capture=later),
        dataclasses.replace(one, capture=stated), one, changed(two, mode=None), two,
    ]  # fmt: skip
    with opened(addresses()) as single, opened(addresses()) as at_once:
        for reading in coming:
            single.add([reading], reader="test")
        stored = at_once.add(coming, reader="test")
        assert [s.new for s in stored].count(False) == 3
        log = single.database.rows("SELECT subject, digest FROM custody ORDER BY seq")
        same = at_once.database.rows("SELECT subject, digest FROM custody ORDER BY seq")
        assert [tuple(r) for r in log] == [tuple(r) for r in same]
        for table in ("payload", "capture", "document", "part", "reading", "annotation"):
            found = [
                [c for c in held(r) if c.table == table] for r in (single, at_once)
            ]  # fmt: skip
            assert found[0] == found[1], table


def test_blocks_are_those_of_the_tellings_whatever_was_done(tmp_path: Path) -> None:
    pages, rng = corpus.generate(7, events=40, pages=200).readings, random.Random(1)
    with opened(tmp_path / "r.db") as record:
        database = record.database
        for n in range(0, 200, 50):
            record.add(pages[n : n + 50], reader="test")
        again = [
            changed(p, **rng.choice(({"mode": None}, {"actor": ()}, {"time": None}, {"place": ()})))
            for p in pages[::3]
        ]  # fmt: skip
        record.add(again, reader="newer")
        record.add([dataclasses.replace(pages[4], annotations=())], reader="newest")
        redact.redact(
            database, pages[8].document.id, reason="asked", who="ada", at="2019-02-02T00:00:00Z"
        )
        before = blocks(database)
        assert before
        with database.transaction():
            every = [r[0] for r in database.rows("SELECT seq FROM event")]
            Blocks(database).again(every, entities.canonical(database))
        assert blocks(database) == before
        assert {row[3] for row in before} <= set(every)
        events.rebuild(database)
        assert database.rows("PRAGMA foreign_key_check") == []


def test_rows_point_at_rows_that_are_there(tmp_path: Path) -> None:
    with opened(tmp_path / "r.db") as record:
        record.add([told("Atarib", "A"), told("Afrin", "B")], reader="test")
        assert record.database.rows("PRAGMA foreign_key_check") == []
        assert record.database.value("PRAGMA foreign_keys") == 1
        with pytest.raises(Exception, match="FOREIGN KEY"), record.database.transaction():
            record.database.execute("DELETE FROM document")


def test_a_month_of_a_block_is_asked_once(tmp_path: Path) -> None:
    with opened(tmp_path / "r.db") as record, record.database.transaction():
        kept = Blocks(record.database)
        kept.add("b", "2018-12-30", 1)
        kept.add("b", "2019-01-02", 2)
        kept.add("b", "2019-03-01", 3)
        kept.add("b", "", 4)
        kept.add("b|XXXX", "01-05", 5)
        kept.add("b|XXXX", "06-05", 6)
        for _ in range(2):  # in memory, and as stored
            assert kept.events("b", "2018-12-25", "2019-01-02") == {1, 2}
            assert kept.events("b", "2018-12-31", "2019-03-01") == {2, 3}
            assert kept.events("b", "", "") == {4} and kept.few("b") == {1, 2, 3, 4}
            assert kept.events("c", "2019-01-01", "2019-01-02") == set() and not kept.few("c")
            assert kept.few("b|XXXX") == {5, 6} and not kept.few("c|XXXX")
            kept.flush()
            kept = Blocks(record.database)


@pytest.mark.parametrize(("listed", "most"), [(2, 60_000), (1000, 2), (2, 1)])
def test_blocks_with_many_rows_and_little_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: int, most: int
) -> None:
    monkeypatch.setattr(blocks_, "LISTED", listed)
    monkeypatch.setattr(blocks_, "MOST", most)
    rng = random.Random(3)
    told_: set[tuple[str, str, int]] = set()
    with opened(tmp_path / "r.db") as record, record.database.transaction():
        kept = Blocks(record.database)
        for event in range(200):
            block, day = f"b{rng.randrange(3)}", f"2019-{rng.randrange(1, 13):02d}-15"
            kept.add(block, day, event)
            told_.add((block, day, event))
            if event % 40 == 0:
                kept.flush()
            asked, low = f"b{rng.randrange(4)}", f"2019-{rng.randrange(1, 12):02d}"
            high = f"2019-{int(low[5:]) + 1:02d}-15"
            wanted = {e for b, d, e in told_ if b == asked and f"{low}-01" <= d <= high}
            assert kept.events(asked, f"{low}-01", high) == wanted
        kept.flush()
        assert blocks(record.database) == sorted((day[:7], b, day, e) for b, day, e in told_)
        for block in ("b0", "b1", "b2"):
            every = {e for b, _, e in told_ if b == block}
            assert kept.few(block) == Blocks(record.database).few(block) == every


@pytest.mark.parametrize(
    "value", [[], {}, [1, -2, 0.5, 1e22, None, True], {"é": ["“", '"\n', "\u2028"]}, ("a", ((),))]
)
def test_plain_values_are_json_without_spaces_and_ascii_escapes(value: object) -> None:
    written = plain.compact(value)
    assert json.loads(written) == json.loads(json.dumps(value))
    assert " " not in written and "\\u" not in written


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError):
        plain.compact(object())


def test_the_collector_is_left_as_it_was_found() -> None:
    assert gc.isenabled()
    with pytest.raises(KeyError), uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()


def test_what_was_made_meanwhile_is_called_old() -> None:
    gc.unfreeze()  # a parser that was loaded before keeps its objects frozen
    with uncollected():
        made = [[n] for n in range(2 * MANY)]
    assert any(thing is made[-1] for thing in gc.get_objects(generation=2))
    assert gc.get_count()[0] < MANY and not gc.get_freeze_count()
    with uncollected():
        few = [[n] for n in range(100)]
    assert not any(thing is few[-1] for thing in gc.get_objects(generation=2))


def test_what_somebody_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        with uncollected():
            made = [[n] for n in range(2 * MANY)]
        assert gc.get_freeze_count() and made
    finally:
        gc.unfreeze()


def test_ascii_names_fold_like_all_others() -> None:
    rng = random.Random(2)
    for _ in range(3000):
        name = "".join(chr(rng.randrange(128)) for _ in range(rng.randrange(9)))
        assert names.fold(name) == names.fold(f"{name} é").removesuffix("e").strip(), repr(name)


@pytest.mark.parametrize("value", [0.1, 1e22, -0.0, 3.0, float("inf"), float("nan"), True, 7])
def test_numbers_are_written_as_json_writes_them(value: float) -> None:
    event = dataclasses.replace(told("Atarib", "A").annotations[0], confidence=value)
    plain = json.dumps(codec.encode(event), ensure_ascii=False, separators=(",", ":"))
    assert codec.text(event) == plain


@pytest.mark.parametrize(
    "odd",
    [
        {"start": True}, {"start": None}, {"exact": 7}, {"actor": []}, {"actor": None},
        {"context": ("a", "b")}, {"context": ["a"]}, {"time": "1987"}, {"made_by": None},
        {"mode": 0.5}, {"said_by": "all"}, {"part": "“p”\n"},
    ],
)  # fmt: skip
def test_values_of_another_type_are_written_as_json_writes_them(odd: dict[str, object]) -> None:
    event = dataclasses.replace(told("Atarib", "A").annotations[0], **odd)  # type: ignore[arg-type]
    plainly = json.dumps(codec.encode(event), ensure_ascii=False, separators=(",", ":"))
    assert codec.text(event) == plainly


def test_a_telling_is_found_by_its_id(tmp_path: Path) -> None:
    with opened(tmp_path / "r.db") as record:
        record.add([told("Atarib", "A"), told("Afrin", "B")], reader="test")
        database = record.database
        for row in database.rows("SELECT seq, id FROM telling"):
            found = index.telling(database, row["id"])
            assert found is not None and found["seq"] == row["seq"]
            assert index.telling(database, row["id"][:-1] + "x") is None
        (plan,) = database.rows(f"EXPLAIN QUERY PLAN {index.ON_SHELF}", ("ab", "cdef01"))
        assert "telling_shelf" in plan["detail"]
