"""The rules of care on hostile cases: nothing here may help to find people."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from build_readings import ACTORS, KNOWN, Page

from sayso.export import care
from sayso.model.entity import Entity
from sayso.record import custody
from sayso.record.record import Record
from sayso.service import ask, export, judge

SAID = datetime(2019, 1, 7, tzinfo=UTC)
FORMATS = ("csv", "jsonl", "geojson", "acled", "plover", "ftm", "sheet", "annotations")
SECRETS = ("Atarib", "36.13", "36.83", "172946")


def moving(status: str = "ongoing", words: str | None = None, type: str = "MOBILIZE") -> Page:
    words = words or "HTS is deploying forces inside Atarib, residents said."
    return Page(published="2019-01-07").say(
        words, trigger="deploying" if "deploying" in words else words.split()[1], type=type,
        actor=["HTS"] if "HTS" in words else [], place=["Atarib"], status=status,
    )  # fmt: skip


def everything(record: Record, tmp_path: Path, now: datetime, **terms: object) -> str:
    out = ""
    for format in FORMATS:
        path = tmp_path / f"x.{format}"
        export.export(record, format, str(path), now=now,
                      terms=export.Terms(**terms))  # type: ignore[arg-type] # fmt: skip
        out += path.read_text(encoding="utf-8")
    for table in ("forecasts", "claims", "control"):
        path = tmp_path / f"x.{table}"
        export.export(record, "jsonl", str(path), table=table, now=now,
                      terms=export.Terms(**terms))  # type: ignore[arg-type] # fmt: skip
        out += path.read_text(encoding="utf-8")
    return out


@pytest.mark.parametrize("status", ["ongoing", "expected", "planned"])
def test_positions_are_held_and_then_coarsened(record: Record, tmp_path: Path, status: str) -> None:
    record.add([moving(status).reading()], reader="test")
    fresh = everything(record, tmp_path, SAID + timedelta(hours=71))
    late = everything(record, tmp_path, SAID + timedelta(days=30))
    for secret in SECRETS:
        assert secret not in fresh
        assert secret not in late
    assert "MOBILIZE" not in fresh and "MOBILIZE" in late and care.WITHHELD in late


@pytest.mark.parametrize(
    "words",
    [
        "Shelling hit a field hospital in Atarib on Monday.",
        "Bombs fell beside the DISPLACED persons camp in Atarib.",
        "Gunmen stopped the aid convoy outside Atarib.",
        "Gunmen shot at buses on the evacuation route through Atarib.",
        "Families hid in a shelter in Atarib as bombs fell.",
    ],
)
def test_places_of_shelter_are_coarsened_even_when_it_is_over(
    record: Record, tmp_path: Path, words: str
) -> None:
    record.add([moving("occurred", words, "ASSAULT").reading()], reader="test")
    late = everything(record, tmp_path, SAID + timedelta(days=400))
    assert not any(secret in late for secret in SECRETS)


def test_lifting_is_a_named_logged_decision(record: Record, tmp_path: Path) -> None:
    record.add([moving().reading()], reader="test")
    now = SAID + timedelta(hours=1)
    assert "Atarib" in everything(record, tmp_path, now, lifted="UN request 12", who="Ada")
    entries = [e for e in custody.entries(record.database) if e.act == "export"]
    assert all(e.who == "Ada" and e.detail["care_lifted"] == "UN request 12" for e in entries)


def test_what_happened_is_given_exactly(record: Record, tmp_path: Path) -> None:
    page = moving("occurred", "HTS shelled Atarib on Monday.", "ASSAULT")
    record.add([page.reading()], reader="test")
    assert "36.83" in everything(record, tmp_path, SAID + timedelta(hours=1))


def thread() -> Page:
    page = Page(published="2019-01-07").say("Shells hit Atarib.", trigger="hit", place=["Atarib"])
    page.comment("Zoë O’Hara 🐺").say(
        "Zoë O’Hara 🐺 here: HTS shelled Afrin.", trigger="shelled", actor=["HTS"],
        place=["Afrin"], reader="Zoë O’Hara 🐺",
    )  # fmt: skip
    page.comment("x(unclosed", "p2").reply("@zoë o’hara 🐺 you are wrong", "disputes", "p2")
    page.comment("Sparrowhawk", "p2").forecast("x(unclosed will be gone by May.", "2019-05-31")
    return page


PEOPLE = ("zoë", "o’hara", "unclosed", "sparrowhawk")


def test_commenters_are_pseudonyms_everywhere(record: Record, tmp_path: Path) -> None:
    record.add([thread().reading()], reader="test")
    out = everything(record, tmp_path, SAID + timedelta(days=30), drafts=True).casefold()
    for name in PEOPLE:
        assert name not in out
        assert json.dumps(name)[1:-1] not in out
    assert "reader-" in out
    named = everything(record, tmp_path, SAID + timedelta(days=30), names=True, drafts=True)
    assert "Sparrowhawk" in named and "Zoë" in named


def test_pseudonyms_do_not_join_pages(record: Record) -> None:
    key = export._key(record)
    assert care.pseudonym(key, "d1", "ada") == care.pseudonym(key, "d1", "Ada")
    assert care.pseudonym(key, "d1", "ada") != care.pseudonym(key, "d2", "ada")
    assert care.pseudonym(key, "d1", "ada") != care.pseudonym(b"other", "d1", "ada")


def test_an_individual_is_no_perpetrator_without_a_judgement(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Entity(id="actor:someone", kind="actor", name="John Example", schema="Person")
    monkeypatch.setitem(ACTORS, "x", person)
    import build_readings

    monkeypatch.setitem(build_readings.KNOWN, "John Example", person)
    page = Page().say("John Example shot four people in Atarib.", trigger="shot",
                      actor=["John Example"], place=["Atarib"])  # fmt: skip
    record.add([page.reading()], reader="test")
    (row,) = ask.events(record).rows
    late = SAID + timedelta(days=30)

    def sheets() -> str:
        path = tmp_path / "s.html"
        export.export(record, "sheet", str(path), now=late)
        return path.read_text(encoding="utf-8")

    assert "John Example" not in sheets()
    judge.judge(record, "perpetrator", row.id, why="court record", who="Ada")
    assert "John Example" in sheets()


def test_what_a_person_rejected_is_left_out(record: Record, tmp_path: Path) -> None:
    page = moving("occurred", "HTS shelled Atarib on Monday.", "ASSAULT")
    record.add([page.reading()], reader="test")
    judge.judge(record, "reject", ask.events(record).rows[0].id, why="a typo", who="Ada")
    path = tmp_path / "x.csv"
    assert export.export(record, "csv", str(path), now=SAID + timedelta(days=9)).rows == 0


AREAS = {
    "Kupiansk": ("place:gn:703656", "UA", "07", "admin2"),
    "Springfield": ("place:gn:4951788", "US", "MA", "admin2"),
    "Atarib": ("place:gn:174030", "SY", "09", "admin1"),  # no second level is known there
    "Nowhere on Sea": ("name:place:nowhere-on-sea", "SY", None, "country"),
    "Hidden Camp": ("name:place:hidden-camp", None, None, "country"),
}


@pytest.mark.parametrize("name", AREAS)
def test_a_place_is_coarsened_to_its_second_level_where_that_is_known(
    record: Record, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_, country, admin1, level = AREAS[name]
    entity = Entity(
        id=id_, kind="place", name=name, latitude=12.3456, longitude=65.4321, country=country,
        admin1_code=admin1, feature_code="PPL",
    )  # fmt: skip
    monkeypatch.setitem(KNOWN, name, entity)
    page = Page(published="2019-01-07").say(
        f"HTS is deploying forces inside {name}, residents said.", trigger="deploying",
        type="MOBILIZE", actor=["HTS"], place=[name], status="ongoing",
    )  # fmt: skip
    record.add([page.reading()], reader="test")
    path = tmp_path / "x.jsonl"
    export.export(record, "jsonl", str(path), now=SAID + timedelta(days=30))
    (row,) = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    text = path.read_text(encoding="utf-8")
    (place,) = row["places"]
    assert place["precision"] == level
    assert "12.34" not in text and "65.43" not in text and id_ not in text
    if name == "Springfield":  # the one in Massachusetts, not the best known of that name
        assert place["name"] == "Hampden County"
    elif name != "Kupiansk":  # the area is called after its chief town
        assert name not in text
