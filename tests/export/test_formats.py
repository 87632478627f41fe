"""Each format is what it says it is: columns, types, codes; nothing invented."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from build_readings import Page, count

from sayso.errors import SaysoError, UsageError
from sayso.export import acled, dictionary, ucdp
from sayso.export.columns import TABLES, names_of
from sayso.record import custody
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, export, judge

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def fill(record: Record) -> None:
    first = Page(publisher="=HYPERLINK(Gazette)").say(
        "HTS captured Atarib on January 5, killing 12 fighters, the SOHR said.",
        trigger="captured", mode="capture", actor=["HTS"], place=["Atarib"],
        time=("January 5", "2019-01-05"), counts=[count("killed", 12, "12 fighters")],
        source="SOHR",
    )  # fmt: skip
    first.comment("ada").forecast("They will be gone by 1 March.", "2019-03-01")
    first.comment("bob", "p2").reply("Source?", "asks_source", "p2")
    second = Page(publisher="Other").say(
        "On January 5 Atarib fell to HTS with 19 fighters dead, SANA reported.", trigger="fell",
        mode="capture", actor=["HTS"], place=["Atarib"], time=("January 5", "2019-01-05"),
        counts=[count("killed", 19, "19 fighters")], source="SANA", source_tier="official",
    )  # fmt: skip
    third = Page(publisher="Other", published=None).say(
        "Shelling was reported across Syria.", trigger="Shelling", place=["Syria"]
    )
    third.annotations[0] = _precise(third.annotations[0], "country")
    record.add([p.reading() for p in (first, second, third)], reader="test")


def _precise(event, precision: str):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(event, place=tuple(replace(p, precision=precision) for p in event.place))


def written(record: Record, tmp_path: Path, format: str, **more: object) -> bytes:
    path = tmp_path / f"out.{format}"
    export.export(record, format, str(path), now=NOW, **more)  # type: ignore[arg-type]
    return path.read_bytes()


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"errata"}))
def test_csv_has_the_columns_of_the_dictionary(record: Record, tmp_path: Path, name: str) -> None:
    fill(record)
    data = written(record, tmp_path, "csv", table=name)
    assert next(csv.reader(io.StringIO(data.decode()))) == names_of(name)
    assert data.count(b"\r\n") >= (2 if name != "control" else 1)


def test_csv_keeps_rivals_apart_and_runs_no_formula(record: Record, tmp_path: Path) -> None:
    fill(record)
    rows = table(written(record, tmp_path, "csv"))
    taken = next(r for r in rows if r["mode"] == "capture")
    assert (taken["killed_low"], taken["killed_high"]) == ("12", "19")
    assert taken["standing"] == "disputed" and taken["chains"] == "2"
    assert taken["publishers"].startswith("'=HYPERLINK")
    assert taken["when"] == "2019-01-05"
    vague = next(r for r in rows if r["mode"] == "")
    assert vague["when"] == "" and vague["killed_low"] == ""


def test_jsonl_and_parquet_hold_the_same_events(record: Record, tmp_path: Path) -> None:
    fill(record)
    lines = [json.loads(x) for x in written(record, tmp_path, "jsonl").decode().split("\n") if x]
    pq = pytest.importorskip("pyarrow.parquet")
    written(record, tmp_path, "parquet")
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [r["id"] for r in found] == [r["id"] for r in lines]
    assert {r["killed_high"] for r in found} == {19.0, None}


def test_geojson_gives_no_false_points(record: Record, tmp_path: Path) -> None:
    fill(record)
    found = json.loads(written(record, tmp_path, "geojson"))
    by_mode = {f["properties"]["mode"]: f for f in found["features"]}
    assert by_mode["capture"]["geometry"]["coordinates"] == [36.83, 36.139]
    assert by_mode[None]["geometry"] is None
    assert by_mode[None]["properties"]["approximate"] is True
    assert by_mode[None]["properties"]["radius_km"] == 400


def test_acled_layout(record: Record) -> None:
    fill(record)
    row = next(r for r in ask.events(record).rows if r.mode == "capture")
    assert acled.cells_of(row) is None  # the reading gave no class of ACLED's
    from dataclasses import replace

    kind = "Non-state actor overtakes territory"
    cells = acled.cells_of(replace(row, acled_type="Battles", acled_sub=kind))
    assert cells is not None and set(cells) <= set(acled.COLUMNS)
    assert len(acled.COLUMNS) == 31
    assert (cells["time_precision"], cells["geo_precision"], cells["fatalities"]) == (1, 1, 12)
    assert "12 to 19" in str(cells["notes"])


def test_ucdp_layout(record: Record, tmp_path: Path) -> None:
    fill(record)
    (row,) = table(written(record, tmp_path, "ucdp"))
    assert list(row) == list(ucdp.COLUMNS) and len(ucdp.COLUMNS) == 49
    assert (row["low"], row["high"], row["best"]) == ("12", "19", "")
    assert (row["where_prec"], row["date_prec"], row["date_start"]) == ("1", "1", "2019-01-05")


def test_plover_leaves_sayso_modes_blank(record: Record, tmp_path: Path) -> None:
    fill(record)
    lines = [json.loads(x) for x in written(record, tmp_path, "plover").decode().split("\n") if x]
    assert "DOCUMENT" in lines[0]
    taken = next(r for r in lines[1:] if "capture" in r["comment"])
    assert taken["mode"] == "" and taken["dead"] == 12 and "dead: 12 to 19" in taken["comment"]


def test_annotations_quote_the_text(record: Record, tmp_path: Path) -> None:
    fill(record)
    found = json.loads(written(record, tmp_path, "annotations"))
    texts = {p.id: ask.reading(record, p.id).document.text for p in ask.pages(record).rows}
    assert found["items"]
    for item in found["items"]:
        quote, position = item["target"]["selector"]
        text = texts[item["id"].split(":")[2].split("#")[0]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text.find(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 0


def test_ftm_entities_point_at_each_other(record: Record, tmp_path: Path) -> None:
    fill(record)
    lines = [json.loads(x) for x in written(record, tmp_path, "ftm").decode().split("\n") if x]
    ids = {e["id"] for e in lines}
    for entity in lines:
        if entity["schema"] == "Event":
            for name in ("involved", "proof", "address"):
                assert set(entity["properties"].get(name, [])) <= ids


def test_claimreview_only_from_a_person(record: Record, tmp_path: Path) -> None:
    fill(record)
    assert written(record, tmp_path, "claimreview") == b""
    event = next(r for r in ask.events(record).rows if r.mode == "capture")
    judge.judge(record, "confirm", event.id, why="geolocated video", who="Ada Example")
    forecast = ask.forecasts(record).rows[0]
    judge.judge(record, "outcome", forecast.id, verdict="false", why="still there", who="Ada")
    lines = [
        json.loads(x) for x in written(record, tmp_path, "claimreview").decode().split("\n") if x
    ]
    assert [x["author"]["name"] for x in lines] == ["Ada Example", "Ada"]
    assert lines[1]["reviewRating"]["ratingValue"] == 1
    assert "ada" not in json.dumps(lines[1]["itemReviewed"])


def test_a_sheet_says_who_reports_each_sentence(record: Record, tmp_path: Path) -> None:
    fill(record)
    page = written(record, tmp_path, "sheet").decode()
    assert page.count("Reported by") == page.count("<blockquote")
    assert "<script" not in page and custody.head(record.database)[1] != custody.START


def test_hostile_words_stay_words_in_a_sheet(record: Record, tmp_path: Path) -> None:
    Page_ = Page(publisher='"><script>alert(1)</script>')
    Page_.say("<img src=x onerror=alert(1)> shelling hit Atarib on 2019-01-05.",
              trigger="shelling", place=["Atarib"], time=("2019-01-05", "2019-01-05"))  # fmt: skip
    record.add([Page_.reading()], reader="test")
    page = written(record, tmp_path, "sheet").decode()
    assert "<script" not in page and "<img" not in page


def test_the_export_is_logged_with_its_digest(record: Record, tmp_path: Path) -> None:
    fill(record)
    done = export.export(record, "csv", str(tmp_path / "a.csv"), now=NOW,
                         filters=Filters(place="Atarib"))  # fmt: skip
    entry = list(custody.entries(record.database))[-1]
    assert (entry.act, entry.digest) == ("export", done.digest)
    assert entry.detail["filters"] == {"place": "Atarib", "keep": "True"}


def test_a_file_that_cannot_be_written(record: Record, tmp_path: Path) -> None:
    fill(record)
    with pytest.raises(SaysoError, match="cannot be written"):
        export.export(record, "csv", str(tmp_path / "no" / "a.csv"), now=NOW)
    for bad in ({"format": "xls"}, {"format": "csv", "table": "x"}):
        with pytest.raises(UsageError):
            export.export(record, output="x", **bad)  # type: ignore[arg-type]
    assert not list(tmp_path.glob(".*part"))


def test_the_data_dictionary_is_up_to_date() -> None:
    path = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"
    assert path.read_text(encoding="utf-8") == dictionary.markdown()


def test_errata_since_an_earlier_export(record: Record, tmp_path: Path) -> None:
    fill(record)
    first = export.export(record, "csv", str(tmp_path / "a.csv"), now=NOW)
    third = Page(publisher="Third").say(
        "Atarib was taken by HTS on January 5, residents said.", trigger="taken", mode="capture",
        actor=["HTS"], place=["Atarib"], time=("January 5", "2019-01-05"), source="residents",
        source_tier="witness",
    )  # fmt: skip
    fourth = Page(publisher="Third", published="2019-05-02").say(
        "Shells hit Afrin on 1 May.", trigger="hit", place=["Afrin"], time=("1 May", "2019-05-01")
    )
    record.add([third.reading(), fourth.reading()], reader="test")
    event = next(r for r in ask.events(record).rows if r.mode == "capture")
    judge.judge(record, "confirm", event.id, why="video", who="Ada")
    rows = table(written(record, tmp_path, "csv", table="errata", since_export=first.digest))
    assert [r["change"] for r in rows] == ["changed", "added", "judged"]
    assert rows[0]["event"] == rows[2]["event"] == event.id
    with pytest.raises(UsageError, match="no export with this digest"):
        export.export(record, "csv", str(tmp_path / "b"), table="errata", since_export="sha256:0")
    with pytest.raises(UsageError, match="go together"):
        export.export(record, "csv", str(tmp_path / "b"), table="errata")
