"""Places of one's own: added, found first, and wrong rows named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli.app import app
from sayso.errors import SourceError
from sayso.knowledge import gazetteer, placeimport

GEONAMES_ROW = ["9900001", "Tell Zahraniyeh", "Tell Zahraniyeh", "Tall Zahraniya", "36.11", "36.91"]
GEONAMES_ROW += ["P", "PPL", "SY", "", "09", "", "", "", "350", "", "400", "Asia/Damascus", ""]
GEONAMES = "\t".join(GEONAMES_ROW) + "\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_PLACES", str(tmp_path / "places"))
    placeimport.forget()
    gazetteer.lookup_key.cache_clear()
    yield  # type: ignore[misc]
    placeimport.forget()
    gazetteer.lookup_key.cache_clear()


def test_a_csv(tmp_path: Path) -> None:
    file = tmp_path / "villages.csv"
    file.write_text(
        "name,latitude,longitude,country,names\nTell Qasir,35.5,36.5,SY,Tal Qaseer|Tell Kasir\n",
        encoding="utf-8",
    )
    assert placeimport.import_file(file) == 1
    assert placeimport.import_file(file) == 1
    found = gazetteer.lookup("tal qaseer")
    assert [(p.id, p.latitude, p.country) for p in found] == [("place:tell-qasir-sy", 35.5, "SY")]


def test_two_villages_of_one_name(tmp_path: Path) -> None:
    file = tmp_path / "villages.csv"
    file.write_text(
        "name,latitude,longitude,country\nTell Qasir,35.5,36.5,SY\nTell Qasir,33.1,36.2,SY\n",
        encoding="utf-8",
    )
    for _ in range(2):
        assert placeimport.import_file(file) == 2
        assert sorted(p.latitude for p in gazetteer.lookup("Tell Qasir")) == [33.1, 35.5]


def test_a_geonames_file(tmp_path: Path) -> None:
    file = tmp_path / "SY.txt"
    file.write_text(GEONAMES, encoding="utf-8")
    assert placeimport.import_file(file) == 1
    place = gazetteer.lookup("Tall Zahraniya")[0]
    assert (place.geonameid, place.kind, place.population) == (9900001, "city", 350)


WRONG = [
    ("name,latitude,longitude\nA,north,3\n", "line 2: latitude 'north'"),
    ("name,latitude,longitude\nA,1,2\nB,99,3\n", "line 3: latitude 99.0"),
    ("name,latitude,longitude\n,1,2\n", "line 2: the name is empty"),
    ("town,lat,lon\nA,1,2\n", "no column 'name'"),
    ("", "no column 'name'"),
    (GEONAMES + "1\tA\n", "line 2: 2 columns"),
    ("name,latitude,longitude,kind\nA,1,2,castle\n", "line 2: kind 'castle'"),
    ("name,latitude,longitude,radius_km\nA,1,2,wide\n", "line 2: radius_km 'wide'"),
]


@pytest.mark.parametrize(("text", "reason"), WRONG)
def test_a_wrong_row_adds_nothing(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"wrong\.csv") as error:
        placeimport.import_file(file)
    assert reason in str(error.value)
    assert gazetteer.lookup_key("a") == ()


def test_the_commands(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("name,latitude,longitude\nTell Qasir,35.5,36.5\n", encoding="utf-8")
    bad.write_bytes(b"\xff\xfe\x00")
    done = CliRunner().invoke(app, ["gazetteer", "import", str(good), str(bad)])
    assert done.exit_code == 1
    assert "1 places added" in done.output
    shown = CliRunner().invoke(app, ["gazetteer", "show", "Tell Qasir", "--json"])
    assert shown.exit_code == 0
    assert '"latitude":35.5' in shown.output
    assert CliRunner().invoke(app, ["gazetteer", "show", "Qwxyzzy"]).exit_code == 1
