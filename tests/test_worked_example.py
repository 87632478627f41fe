"""The worked example of the reading contract, and the rest of its page.

The page itself is test data that lies beside the repository; without it these tests are named as
not run. The same kinds of sentence, in our own words, stand in the case files of each stage.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sayso.capture.sources import captures
from sayso.language.syntax import default_parser
from sayso.model import codec
from sayso.page.recover import recover
from sayso.reading import chain
from sayso.record.record import Record
from sayso.service import ask
from sayso.service.read import read

PAGE = Path(__file__).parent.parent.parent / "shared" / "pages" / "000_b57b87e2757b2f39.txt"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="not run: the shared page is not here")

Row = dict[str, Any]


@cache
def reading() -> Row:
    (capture,) = captures(str(PAGE))
    return codec.reading_json(chain.read(recover(capture), capture, default_parser()))


def text() -> str:
    found: str = reading()["document"]["text"]
    return found


def parts(kind: str) -> list[Row]:
    return [p for p in reading()["document"]["parts"] if p["kind"] == kind]


def of(kind: str) -> list[Row]:
    return [a for a in reading()["annotations"] if a["kind"] == kind]


def in_comment(row: Row) -> bool:
    return any(p["start"] <= row["start"] < p["end"] for p in parts("comment"))


def sentence(words: str) -> tuple[int, int]:
    """The offsets of the article's sentence (or stretch) of these words."""
    at = text().index(words)
    return at, at + len(words)


def events(words: str, **wanted: Any) -> list[Row]:
    low, high = sentence(words)
    return [
        e
        for e in of("event")
        if low <= e["start"] < high and all(e[k] == v for k, v in wanted.items())
    ]


def names(args: Iterable[Row]) -> str:
    entities = {e["id"]: e["name"] for e in reading()["entities"]}
    found = " | ".join(f"{a['exact']} = {entities.get(a.get('entity', ''), '?')}" for a in args)
    return plain(found)


def plain(name: str) -> str:
    """Without marks over letters: GeoNames writes Al Atārib."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def who(row: Row) -> list[str]:
    return [s["tier"] for s in row["said_by"]]


WITHDRAWAL = (
    "More than 400 militants of the Turkish-backed Nour al-Din al-Zenki Movement and its allies "
    "arrived in the Turkish-occupied area of Afrin after withdrawing from all of their positions"
)
EXPECTED = (
    "another 100 militants are expected to withdraw from the town of Atarib to Afrin in the "
    "upcoming few hours as HTS is currently deploying its forces inside the town"
)
SURRENDER = "The radical group forced Thuwar al-Sham and Byariq al-Islam groups"


def test_words_match() -> None:
    for a in reading()["annotations"]:
        assert text()[a["start"] : a["end"]] == a["exact"]


def test_thirty_three_comments_with_their_tree() -> None:
    comments = parts("comment")
    assert len(comments) == 33
    assert max(c["depth"] for c in comments) == 5
    assert sum(c["start"] == c["end"] for c in comments) == 1
    authors = [c["author"] for c in comments]
    assert "Willing Conscience (The Truths" in authors
    assert "©igare☘☘e?Sm⚽️k?ng?Man️?" in authors
    assert "SurfshackTito (TheSecular)" in authors
    by_id = {c["id"]: c for c in comments}
    source = next(c for c in comments if text()[c["start"] :].startswith("Source? l."))
    parent = by_id[source["reply_to"]]
    assert parent["author"] == "Promitheas Apollonious" and parent["depth"] == 2
    roots = [c["author"] for c in comments if c["depth"] == 1]
    assert len(roots) == 10 and roots[-1] == "Peter"
    numbered = next(c for c in comments if c["author"].startswith("Willing") and c["depth"] == 1)
    assert "1 it will be a cake walk" in text()[numbered["start"] : numbered["end"]]


def test_the_archive_heading_is_no_date() -> None:
    document = reading()["document"]
    assert document["published"] is None or document["published"].startswith("XXXX")
    assert any(e["from"] == "archive-heading" for e in document["published_evidence"])
    assert "MAY 2021" not in "".join(text()[p["start"] : p["end"]] for p in parts("body"))


def test_the_withdrawal() -> None:
    found = events(WITHDRAWAL, event_type="RETREAT", mode="withdraw", status="occurred")
    assert found
    event = found[0]
    assert "Zenki" in names(event["actor"]) and "its allies" in names(event["actor"])
    assert "= Turkey" not in names(event["actor"])
    assert "Afrin" in names(event["destination"])
    assert "western Aleppo countryside" in names(event["origin"])
    size = next(q for q in event["quantities"] if q["role"] == "size")
    assert size["low"] == 400 and size["high"] is None and size["low_exclusive"]
    assert event["said_by"][0]["who"] is None
    assert "Observatory" in event["said_by"][1]["who"]
    assert event["said_by"][1]["tier"] == "monitor"
    assert event["certainty"] == "certain"
    assert event["time"] is None
    timex = next(t for t in of("timex") if t["exact"] == "January 6")
    assert timex["edtf"] == "XXXX-01-06"


def test_the_expected_withdrawal_and_the_deployment() -> None:
    (event,) = events(EXPECTED, event_type="RETREAT", mode="withdraw")
    assert event["status"] == "expected"
    assert "Atarib" in names(event["origin"]) and "Afrin" in names(event["destination"])
    assert any(q["low"] == q["high"] == 100 for q in event["quantities"])
    (deployment,) = events(EXPECTED, event_type="MOBILIZE", mode="troops")
    assert deployment["status"] == "ongoing"
    assert "Tahrir" in names(deployment["actor"]) and "Atarib" in names(deployment["place"])
    for row in (event, deployment):
        assert "Observatory" in row["said_by"][1]["who"]
    forecasts = [f for f in of("forecast") if not in_comment(f)]
    assert any("100 militants" in f["proposition"]["exact"] for f in forecasts)


def test_the_lost_battle() -> None:
    stretch = "The Nour al-Din al-Zenki Movement lost its battle with Hay’at Tahrir al-Sham (HTS)"
    (event,) = events(stretch, event_type="ASSAULT")
    assert "Zenki" in names(event["actor"]) and "Tahrir" in names(event["actor"])
    assert "Zenki" in event["outcome"]["loser"]["exact"]
    assert "Tahrir" in event["outcome"]["winner"]["exact"]
    assert event["granularity"] == "summary"
    assert who(event) == ["publisher"]


def test_the_flight() -> None:
    (event,) = events("while the leaders run away to Turkey", event_type="RETREAT", mode="flight")
    assert "leaders" in names(event["actor"]) and "Turkey" in names(event["destination"])
    assert who(event) == ["publisher"]


def test_the_surrender_and_the_battle_before_it() -> None:
    (event,) = events(text()[slice(sentence(SURRENDER)[0], None)].split(".")[0], mode="surrender")
    assert event["event_type"] == "RETREAT"
    assert "Thuwar al-Sham" in names(event["actor"])
    assert "Byariq al-Islam" in names(event["actor"])
    assert "Tahrir" in names(event["recipient"])
    assert event["time"] and event["time"]["edtf"].rstrip("?~%") == "XXXX-01-05"
    assert who(event) == ["publisher"]
    whole = text()[sentence(SURRENDER)[0] :].split(".")[0]
    (battle,) = events(whole, event_type="ASSAULT")
    assert len(battle["actor"]) == 3
    (control,) = events(whole, act="control")
    assert "Thuwar" in names(control["actor"]) + names(events(whole, act="control")[0]["actor"])


def test_the_video_and_the_captured_tanks() -> None:
    at, end = sentence("dozens of vehicles and heavy weapons which were abandoned")
    assert any(e["start"] >= at and e["start"] < end for e in of("event"))
    abandoned = next(e for e in of("event") if at <= e["start"] < end)
    assert "activists" in str(abandoned["said_by"][-1])
    (capture,) = events("HTS had announced that its fighters managed to capture", mode="capture")
    assert "Hay" in capture["said_by"][-1]["who"] and capture["said_by"][-1]["tier"] == "party"


def test_the_next_target_has_not_occurred() -> None:
    stretch = "the group’s next target will be the remaining Turkish-backed militants"
    assert all(e["status"] == "expected" for e in events(stretch))
    forecast = next(f for f in of("forecast") if "next target" in f["proposition"]["exact"])
    assert "observers" in (forecast["forecaster"]["exact"] or "")


def test_nothing_that_the_page_does_not_say() -> None:
    article = [e for e in of("event") if not in_comment(e)]
    assert len(article) <= 20
    flag = "HTS fighters burning the so called “revolution flag” and stepping on it"
    assert all(e["event_type"] is None for e in events(flag))


def test_readers_are_sources() -> None:
    stretch = "but Russia did bomb them, last night in fact the SAA even attacked HTS newly"
    found = events(stretch, event_type="ASSAULT")
    assert len(found) == 2
    assert all(who(e)[:2] == ["publisher", "reader"] for e in found)


def test_the_readers_forecasts() -> None:
    found = [f for f in of("forecast") if in_comment(f)]
    words = [f["proposition"]["exact"] for f in found]
    assert any("Southern Idlib" in w and "hands of Assad" in w for w in words)
    assert any("massive casualties" in w for w in words)
    assert any("4 weeks" in w for w in words)
    assert all("1942" not in f["exact"] for f in found)
    assert len(of("forecast")) >= 18


def test_the_challenge_and_the_figure() -> None:
    (challenge,) = [r for r in of("reply") if r["act"] == "asks_source"]
    assert "250.000" in challenge["to"]["exact"]
    assert not [r for r in of("reply") if r["act"] == "retracts"]


def test_who_held_atarib(tmp_path: Path) -> None:
    with Record(tmp_path / "record.db") as record:
        assert not [r for r in read([str(PAGE)], record) if isinstance(r, Exception)]
        rows = [r for r in ask.control(record).rows if "Atarib" in plain(r.place)]
    before = [r for r in rows if r.basis == "stated"]
    after = [r for r in rows if r.basis == "inferred"]
    assert any("Thuwar" in (r.holder or "") for r in before)
    assert any("Tahrir" in (r.holder or "") for r in after)
    assert all(r.undated for r in rows)
