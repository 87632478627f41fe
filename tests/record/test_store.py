"""What goes in comes out the same; the same again adds nothing; the log shows every change."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from build_readings import Page, count

from sayso.errors import RecordError
from sayso.model import codec
from sayso.model.entity import Entity
from sayso.record import custody, migrations, store, verify
from sayso.record.database import Database
from sayso.record.record import Record
from sayso.service import ask, judge


def example() -> Page:
    page = Page()
    page.say(
        "HTS captured Atarib on January 5, killing 12 fighters, the SOHR said.",
        trigger="captured", mode="capture", actor=["HTS"], place=["Atarib"],
        time=("January 5", "2019-01-05"), counts=[count("killed", 12, "12 fighters")],
        source="SOHR",
    )  # fmt: skip
    page.comment("ada 🙂").forecast("They will be gone in a month.", "2019-02-07")
    page.comment("bob", "p2").reply("Source?", "asks_source", "p2")
    return page


def rows(record: Record) -> dict[str, int]:
    tables = [t.name for t in migrations.tables()]
    assert {"document", "custody", "telling"} <= set(tables)
    return {t: record.database.value(f"SELECT count(*) FROM {t}") for t in tables}


def test_a_reading_comes_out_as_it_went_in(record: Record) -> None:
    reading = example().reading()
    stored = record.add([reading], reader="test")[0]
    again = store.load(record.database, stored.seq)
    assert codec.reading_json(again) == codec.reading_json(reading)


def test_reading_twice_adds_nothing(record: Record) -> None:
    record.add([example().reading()], reader="test")
    before = rows(record)
    assert record.add([example().reading()], reader="test")[0].new is False
    assert rows(record) == before


def test_the_text_stands_uncompressed(record: Record) -> None:
    record.add([example().reading()], reader="test")
    text = record.database.value("SELECT text FROM document")
    assert text.startswith("HTS captured")
    if record.database.engine.name == "sqlite":  # any tool of SQLite shows it
        with sqlite3.connect(record.path) as raw:
            assert raw.execute("SELECT text FROM document").fetchone()[0] == text


def test_a_stated_date_makes_a_new_document_beside_the_old(record: Record) -> None:
    from dataclasses import replace

    first = example().reading()
    second = replace(
        first,
        capture=replace(first.capture, operator_published="2020-01-01"),
        document=replace(first.document, published="2020-01-01"),
    )
    record.add([first], reader="test")
    record.add([second], reader="test")
    assert len(ask.pages(record).rows) == 1
    assert ask.pages(record).rows[0].published == "2020-01-01"
    assert [e.tellings for e in ask.events(record).rows] == [1]
    known = record.known(first.capture.payload_digest, "2020-01-01")
    assert known is not None and known.document.published == "2020-01-01"


def test_a_whole_record_verifies(record: Record) -> None:
    record.add([example().reading()], reader="test")
    report = verify.verify(record.database)
    assert report.intact and report.spans > 8 and report.log == 2


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE document SET text = replace(text, '12', '21')", "text is not what was recovered"),
        ("UPDATE annotation SET body = replace(body, 'Atarib', 'Afrin!')", "where the text does"),
        ("UPDATE annotation SET body = replace(body, '0.9', '0.8')", "not what was read"),
        ("UPDATE payload SET bytes = x'00'", "gone or damaged"),
        ("UPDATE capture SET digest = 'sha256:0'", "not the one in the log"),
        ("UPDATE reading SET digest = 'sha256:0'", "not the one in the log"),
        ("UPDATE custody SET who = 'x' WHERE seq = 1", "log row 1"),
        ("DELETE FROM custody WHERE seq = 1", "log row 1 is missing"),
    ],
)
def test_tampering_is_named(record: Record, change: str, named: str) -> None:
    record.add([example().reading()], reader="test")
    postgres = record.database.engine.name == "postgresql"
    for trigger in ("custody_is_never_changed", "custody_is_never_cut"):
        record.database.execute(f"DROP TRIGGER {trigger}" + (" ON custody" if postgres else ""))
    record.database.execute(change.replace("x'00'", "'\\x00'") if postgres else change)
    report = verify.verify(record.database)
    assert any(named in words for words in report.broken), report.broken


def test_the_log_refuses_changes(record: Record) -> None:
    record.add([example().reading()], reader="test")
    for sql in ("UPDATE custody SET who = 'x'", "DELETE FROM custody", "DELETE FROM judgement"):
        if "judgement" in sql:
            continue
        with pytest.raises(RecordError, match="never"):
            record.database.execute(sql)


def test_nothing_is_kept_of_a_failed_step(record: Record) -> None:
    with pytest.raises(RuntimeError), record.database.transaction():
        custody.append(record.database, at="x", who="x", act="x", subject="x")
        raise RuntimeError
    assert custody.head(record.database) == (0, custody.START)


def test_what_is_no_record_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is not a database at all, only some words")
    with pytest.raises(RecordError, match="not a record"):
        Database(tmp_path / "text.db")
    with pytest.raises(RecordError, match="no record here"):
        Database(tmp_path / "none.db", readonly=True)
    with pytest.raises(RecordError, match="folder"):
        Database(tmp_path / "no" / "none.db")
    raw = sqlite3.connect(tmp_path / "other.db")
    raw.execute("CREATE TABLE x (y)")
    raw.commit()
    raw.close()
    with pytest.raises(RecordError, match="not a record of Sayso"):
        Database(tmp_path / "other.db")


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    Database(tmp_path / "r.db").close()
    raw = sqlite3.connect(tmp_path / "r.db")
    raw.execute(f"PRAGMA user_version={migrations.newest() + 1}")
    raw.close()
    with pytest.raises(RecordError, match="newer program"):
        Database(tmp_path / "r.db")


def test_one_reads_while_another_writes(record: Record) -> None:
    record.add([example().reading()], reader="test")
    with record.database.snapshot() as other, record.database.transaction():
        custody.append(record.database, at="x", who="x", act="x", subject="x")
        assert other.value("SELECT count(*) FROM custody") == 2
    assert record.database.value("SELECT count(*) FROM custody") == 3


def test_what_is_remembered_between_readings_is_given_up_when_others_write(
    record: Record,
) -> None:
    def page(n: int) -> Page:
        who = f"A local councillor {n}"
        entity = Entity(id="new:1", kind="actor", name="Local Council of Atarib")
        made = Page(key=str(n), published="2019-01-07").say(
            f"HTS shelled Atarib on 2019-01-05, report {n}, {who} said.", trigger="shelled",
            actor=["HTS"], place=["Atarib"], time=("2019-01-05", "2019-01-05"), source=who,
        )  # fmt: skip
        made.entities[entity.id] = entity
        return made

    first = record.add([page(1).reading()], reader="test")[0]
    judge.redact(record, first.reading.document.id, reason="asked for", who="ada")
    with Record(record.database.address) as other:
        other.add([page(2).reading()], reader="test")
    record.add([page(3).reading()], reader="test")  # neither rows nor names from before
    assert [e.tellings for e in ask.events(record).rows] == [2]
    assert verify.verify(record.database).intact
