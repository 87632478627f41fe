"""Records of every earlier schema are brought to the newest one, and hold what they held."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from pathlib import Path

import pytest
from build_readings import Page, count

from sayso.errors import RecordError
from sayso.record import migrations, packed, store, verify
from sayso.record.record import Record
from sayso.service import ask, judge

EARLIER = [number for number, _ in migrations.steps()][:-1]


def filled(path: Path) -> None:
    """A record of today with a capture, a withdrawal, rival counts, a forecast and judgements."""
    with Record(path, who="ada") as record:
        pages = [
            Page(publisher="A").say(
                "HTS captured Atarib on 2019-01-05, killing 12 people, the SOHR said.",
                trigger="captured", mode="capture", actor=["HTS"], place=["Atarib"],
                time=("2019-01-05", "2019-01-05"), counts=[count("killed", 12, "12 people")],
                source="SOHR",
            ),
            Page(publisher="B").say(
                "HTS captured Atarib on 2019-01-05, killing 19 people, SANA said.",
                trigger="captured", mode="capture", actor=["HTS"], place=["Atarib"],
                time=("2019-01-05", "2019-01-05"), counts=[count("killed", 19, "19 people")],
                source="SANA",
            ),
            Page(publisher="C").say(
                "Zenki left Afrin on 2019-01-06, the SOHR said.", trigger="left", type="RETREAT",
                mode="withdraw", actor=["Zenki"], origin=["Afrin"],
                time=("2019-01-06", "2019-01-06"), source="SOHR",
            ),
        ]  # fmt: skip
        pages[0].comment("bob").forecast("They will be gone.", "2019-02-07")
        other = dataclasses.replace(pages[1].entities["actor:hts"], note='"the group"')
        pages[1].entities["actor:hts"] = other  # this page says other things of it
        record.add([p.reading() for p in pages], reader="test")
        judge.judge(record, "confirm", ask.events(record).rows[0].id, why="seen", who="ada")


def as_of(path: Path, old: Path, number: int) -> None:
    """The same record as a program of that schema kept it: its tables, its columns."""
    raw = sqlite3.connect(old, isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    for step, sql in migrations.steps():
        if step > number:
            break
        for statement in migrations.statements(sql):
            raw.execute(statement)
        raw.execute("INSERT INTO migration VALUES (?, ?)", (step, "sha256:old"))
    raw.execute("ATTACH ? AS new", (str(path),))
    tables = {
        r[0]
        for r in raw.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'search%' AND name NOT IN ('migration', 'setting')"
        )
    }
    for table in tables & {r[0] for r in raw.execute("SELECT name FROM new.sqlite_master")}:
        old_ones = [r[1] for r in raw.execute(f"PRAGMA main.table_info({table})")]
        new_ones = {r[1] for r in raw.execute(f"PRAGMA new.table_info({table})")}
        both = ", ".join(c for c in old_ones if c in new_ones)
        raw.execute(f"INSERT INTO main.{table} ({both}) SELECT DISTINCT {both} FROM new.{table}")
    if number < 5:  # blocks were kept by telling
        raw.execute(
            "INSERT INTO telling_block SELECT b.block, b.day, t.seq FROM new.event_block b"
            " JOIN new.telling t ON t.event = b.event"
        )
    if number < 6:  # the entities of a reading were rows
        raw.execute(
            "INSERT INTO reading_entity SELECT r.seq, CAST(j.key AS INTEGER),"
            " CASE WHEN j.type = 'integer' THEN j.value ELSE json_extract(j.value, '$[0]') END,"
            " CASE WHEN j.type = 'integer' THEN NULL ELSE json_extract(j.value, '$[1]') END"
            " FROM new.reading r, json_each(r.entities) j"
        )
    if number < 7:  # a capture was known by the digest of its bytes
        raw.execute(
            "UPDATE main.capture SET identity = digest || '|' || COALESCE(target_uri, '') || '|'"
            " || COALESCE(captured_at, '')"
        )
    raw.execute(
        "INSERT INTO search (rowid, words) SELECT p.seq, substr(d.text, p.start + 1,"
        " p.stop - p.start) FROM part p JOIN document d ON d.seq = p.document"
    )
    if number < 6:  # what stands in columns stood in the body too
        raw.row_factory = sqlite3.Row
        for row in raw.execute("SELECT * FROM main.telling").fetchall():
            body = json.dumps(packed.unpack(row), separators=(",", ":"))
            raw.execute("UPDATE main.telling SET body = ? WHERE seq = ?", (body, row["seq"]))
    raw.execute(f"PRAGMA user_version={number}")
    raw.close()


def held(record: Record) -> list[object]:
    return [
        ask.events(record, limit=None).rows, ask.control(record, limit=None).rows,
        ask.actors(record, limit=None).rows, ask.forecasts(record, limit=None).rows,
        ask.pages(record, limit=None).rows, ask.search(record, "captured"), ask.counts(record),
        [tuple(r) for r in record.database.rows("SELECT * FROM event_block ORDER BY 1, 2, 3, 4")],
        [tuple(r) for r in record.database.rows("SELECT seq, identity, payload FROM capture")],
        [tuple(r) for r in record.database.rows("SELECT digest, number FROM payload ORDER BY 1")],
        [tuple(r) for r in record.database.rows("SELECT id, payload FROM document ORDER BY 1")],
        [store.load(record.database, r[0]) for r in record.database.rows(_READINGS)],
        [packed.unpack(r) for r in record.database.rows("SELECT * FROM telling ORDER BY seq")],
    ]  # fmt: skip


_READINGS = "SELECT seq FROM reading ORDER BY seq"


@pytest.mark.parametrize("number", EARLIER)
def test_every_earlier_schema_is_brought_to_the_newest(tmp_path: Path, number: int) -> None:
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    filled(new)
    as_of(new, old, number)
    with pytest.raises(RecordError, match="doctor --upgrade"):
        Record(old, readonly=True)
    with Record(new) as one, Record(old) as other:
        assert held(one) == held(other)
        report = verify.verify(other.database)
        assert report.intact, report.broken
        assert other.database.engine.version() == migrations.newest()
    with Record(old, readonly=True) as again, Record(new) as one:
        assert held(one) == held(again)


def test_there_are_earlier_schemas() -> None:
    assert list(range(1, migrations.newest())) == EARLIER
