"""What both engines answer alike: words, boxes, order, errors; and how a server is named."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from build_readings import KNOWN, Page
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sayso.cli.app import app
from sayso.errors import RecordError, UsageError
from sayso.model.entity import Entity
from sayso.model.reading import Reading
from sayso.record import engines, migrations, query
from sayso.record.database import Database
from sayso.record.engines import spelling
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, keep

WORDS = (
    "Hay’at Tahrir al-Sham’s fighters left; 400 stayed.",
    "Idlib idlib IDLIB: прорыв у Идлиба, ёлка и мир.",
    "إدلِب تحت القصف منذ يومين",
    "Café au lait in São Paulo, naïve façade, Ångström.",
    "v1.2.3 at http://example.org/a-b_c?d=e costs $5.50 (10%).",
    "under_score and 'quoted' \\ back\\slash \"double\"",
    "北京 上海 and emoji 🙂🙂 between words",
    "straße STRASSE ﬁne",
)


def page_of(words: str) -> Reading:
    page = Page(key=words[:8])
    page.sentence(words)
    return page.reading()


@contextmanager
def both(files: Callable[[], str], schemas: Callable[[], str]) -> Iterator[tuple[Record, Record]]:
    with Record(files()) as file, Record(schemas()) as server:
        yield file, server


def test_the_same_words_find_the_same_parts(
    files: Callable[[], str], schemas: Callable[[], str]
) -> None:
    with both(files, schemas) as pair:
        for record in pair:
            record.add([page_of(w) for w in WORDS], reader="test")
        asked = [piece for words in WORDS for piece in words.split()]
        asked += ["idlib", "прорыв идлиба", "cafe sao", '"au lait"', '"lait au"', "5.50"]
        missed = []
        for words in asked:
            file, server = (sorted(h.document for h in ask.search(r, words)) for r in pair)
            assert file == server, words
            missed += [] if file or not query.fts(words) else [words]
        assert missed == ['"lait au"']


def test_no_words_break_the_index(addresses: Callable[[], str]) -> None:
    with Database(addresses()) as database:

        @settings(max_examples=100)
        @given(words=st.text(max_size=60), asked=st.text(max_size=12))
        def holds(words: str, asked: str) -> None:
            words, asked = (x.encode("utf-8", "ignore").decode() for x in (words, asked))
            words, asked = words.replace("\0", ""), asked.replace("\0", "")
            engine = database.engine
            engine.begin(write=True)
            try:
                engine.index_words([(1, words)])
                for text in (asked, words):
                    if query.fts(text):
                        found = len(database.rows(*engine.matching(query.fts(text))))
                        assert found <= 1
                        if text == words and engine.name == "postgresql":
                            assert found == bool(spelling.vector(words))
            finally:
                engine.rollback()

        holds()


def test_a_part_of_any_length_is_indexed(schemas: Callable[[], str]) -> None:
    many = " ".join(f"word{n}" for n in range(150_000)) + " " + "x" * 5000
    with Database(schemas()) as database:
        database.engine.index_words([(1, many)])
        sql, values = database.engine.matching('"word7 word8"')
        assert len(database.rows(sql, values)) == 1


@pytest.mark.parametrize(
    "box",
    [(20.0, 10.0, 21.0, 11.0), (20.5, 10.5, 20.5, 10.5), (179.0, -1.0, -179.0, 1.0),
     (-180.0, -90.0, 180.0, 90.0), (20.5000001, 10.0, 30.0, 20.0)],
)  # fmt: skip
def test_boxes_take_in_the_same(
    files: Callable[[], str], schemas: Callable[[], str], box: tuple[float, float, float, float]
) -> None:
    points = {"Eks": (10.5, 20.5), "Wye": (0.0, 179.5), "Zed": (0.0, -179.5), "Ar": (10.0, 20.0)}
    for name, (latitude, longitude) in points.items():
        KNOWN[name] = Entity(
            id=f"place:t:{name}", kind="place", name=name, country="XX", latitude=latitude,
            longitude=longitude, feature_code="PPL",
        )  # fmt: skip
    with both(files, schemas) as pair:
        for record in pair:
            for name in points:
                page = Page(key=name).say(
                    f"HTS captured {name} on 2019-01-05.", trigger="captured", mode="capture",
                    actor=["HTS"], place=[name], time=("2019-01-05", "2019-01-05"),
                )  # fmt: skip
                record.add([page.reading()], reader="test")
        file, server = (
            (
                [e.id for e in ask.events(r, Filters(bbox=box)).rows],
                [c.place for c in ask.control(r, Filters(bbox=box)).rows],
            )
            for r in pair
        )
        assert file == server
        if box[0] > box[2]:
            assert sorted(server[1]) == ["Wye", "Zed"]


def test_the_schema_is_the_same(schemas: Callable[[], str]) -> None:
    with Database(schemas()) as database:
        for table in migrations.tables():
            found = database.rows(
                "SELECT column_name FROM information_schema.columns WHERE table_schema ="
                " current_schema() AND table_name = ? ORDER BY ordinal_position",
                (table.name,),
            )
            assert tuple(r[0] for r in found) == table.columns, table.name


def test_a_migration_without_a_spelling_is_an_error() -> None:
    for sql in ("CREATE VIRTUAL TABLE other USING rtree(a, b)", "CREATE TRIGGER x AFTER UPDATE"):
        with pytest.raises(ValueError, match="no spelling"):
            spelling.definition(sql)
    assert spelling.statement("SELECT '?', '100%' WHERE a LIKE ? AND b % 2") == (
        b"SELECT '?', '100%%' WHERE a LIKE %s AND b %% 2"
    )


def test_a_password_is_never_shown(schemas: Callable[[], str]) -> None:
    address = "postgresql://ada:secret@db.example.org:5432/press?password=secret"
    assert engines.shown(address) == "postgresql://ada@db.example.org:5432/press"
    with Record(schemas()) as record:
        assert "?" not in record.path and record.path.startswith("postgresql://")
    with pytest.raises(RecordError, match="cannot be reached") as raised:
        Record("postgresql://ada:secret@127.0.0.1:1/press")
    assert "secret" not in str(raised.value)


def test_what_is_no_record_on_a_server_is_named(schemas: Callable[[], str]) -> None:
    empty = schemas()
    with pytest.raises(RecordError, match="not a record"):
        Database(empty, readonly=True)
    with Record(empty) as record:
        record.database.execute("DROP TABLE migration CASCADE")
    with pytest.raises(RecordError, match="not a record of Sayso"):
        Database(empty)
    with pytest.raises(RecordError, match="no schema of that name"):
        Database(empty.partition("?")[0] + "?options=-csearch_path%3Dnowhere")


def test_a_newer_schema_is_refused(schemas: Callable[[], str]) -> None:
    address = schemas()
    with Database(address) as database:
        database.execute("INSERT INTO migration VALUES (?, 'x')", (migrations.newest() + 1,))
    with pytest.raises(RecordError, match="use the newer program"):
        Database(address)


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.startswith("psycopg"):
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.delitem(sys.modules, "sayso.record.engines.postgresql", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'sayso\[postgres\]'"):
        Record("postgresql://127.0.0.1/press")


def test_the_terminal_takes_an_address(schemas: Callable[[], str], tmp_path: Path) -> None:
    address = schemas()
    page = tmp_path / "page.txt"
    page.write_text("Rebels left the town of Atarib on 5 January 2019, residents said.\n")

    def sayso(*words: str) -> str:
        done = CliRunner().invoke(app, words, env={"SAYSO_RECORD": address})
        assert done.exit_code == 0, done.output
        return str(done.output)

    sayso("read", str(page), "--published", "2019-01-07")
    assert "RETREAT" in sayso("events")
    assert "intact" in sayso("verify")
    assert "postgresql://" in sayso("doctor")
    sayso("backup", str(tmp_path / "copy.db"))
    assert "the same in both" in sayso(
        "copy", str(tmp_path / "copy.db"), str(tmp_path / "again.db")
    )
    with Record(tmp_path / "copy.db", readonly=True) as copy:
        assert keep.check(copy).intact
