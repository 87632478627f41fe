"""Forecasts and the dispute of the worked page, clause by clause.

The page is test data that lies beside the repository; without it these tests are named as not run.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sayso.capture.sources import captures
from sayso.language.syntax import default_parser
from sayso.model.annotation import Forecast, Reply
from sayso.model.capture import Capture
from sayso.model.reading import Reading
from sayso.page.recover import recover
from sayso.reading import chain
from sayso.service import quarrels

PAGE = Path(__file__).parents[3] / "shared" / "pages" / "000_b57b87e2757b2f39.txt"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="not run: the shared page is not here")


@cache
def reading(published: str | None = None) -> Reading:
    (found,) = captures(str(PAGE))
    capture = Capture(
        payload=found.payload, key=found.key, media_type=found.media_type,
        operator_published=published,
    )  # fmt: skip
    return chain.read(recover(capture), capture, default_parser())


def forecasts(published: str | None = None) -> list[Forecast]:
    return [a for a in reading(published).annotations if isinstance(a, Forecast)]


def one(words: str, published: str | None = None) -> Forecast:
    return next(f for f in forecasts(published) if words in f.proposition.exact)


def author(found: Forecast) -> str | None:
    return next(p.author for p in reading().document.parts if p.id == found.part)


def test_at_least_eighteen_each_with_its_forecaster() -> None:
    assert len(forecasts()) >= 18
    for found in forecasts():
        part = next(p for p in reading().document.parts if p.id == found.part)
        if part.kind == "comment":
            assert found.forecaster.who == part.author
        else:
            assert found.forecaster.who or found.forecaster.exact


def test_thirty_seven_days_end_on_the_thirteenth_of_february() -> None:
    found = one("Southern Idlib", "2019-01-07")
    assert found.due_words is not None
    assert "37 days" in found.due_words.exact
    first, last = (found.due or "").split("/")
    assert first.rstrip("?~%") == "2019-01-07"
    assert last.rstrip("?~%") == "2019-02-13"


def test_without_a_day_of_publication_the_year_stays_open() -> None:
    for found in forecasts():
        assert "2019" not in (found.due or "")
    assert "XXXX-02-13" in (one("Southern Idlib").due or "")


NUMBERED = [
    "cake walk", "slightly more casualties", "massive casualties", "more moderate factions",
    "4 weeks", "more civilian casualties", "The UN will have something",
]  # fmt: skip


@pytest.mark.parametrize("words", NUMBERED)
def test_the_numbered_ones(words: str) -> None:
    found = one(words, "2019-01-07")
    assert (author(found) or "").startswith("Willing Conscience")
    last = (found.due or "").split("/")[-1].rstrip("?~%")
    assert last == ("2019-02-04" if words == "4 weeks" else "2019-02-13")


def test_the_conditional_one_about_idlib() -> None:
    found = one("It will give perfect excuse")
    assert found.condition is not None
    assert "HTS takes over of whole Idlib" in found.condition.exact


def test_nothing_from_the_history_of_1942() -> None:
    told = ("1942", "Rommel", "Tobruk", "El Alamein", "desert war")
    assert not [f for f in forecasts() if any(w in f.exact for w in told)]


def test_the_dispute_over_a_quarter_of_a_million() -> None:
    found = next(m for m in quarrels.of_page(reading()) if "250.000" in m.words)
    assert (found.what, found.open_requests) == ("number", 1)
    high, low = found.propositions
    assert (high.words[:7], low.words[:6]) == ("250.000", "32.000")
    stances = {s.voice: (s.stance, s.act) for s in high.stances}
    assert stances["Promitheas Apollonious"] == ("asserts", "maintains")
    assert stances["Barba_Papa"][0] == "denies"
    assert {s.voice: s.stance for s in low.stances} == {
        "Promitheas Apollonious": "denies", "Barba_Papa": "asserts"
    }  # fmt: skip
    own = [(m.act, m.words) for m in found.moves if m.voice == "Promitheas Apollonious"]
    shifts = [words for act, words in own if act == "qualifies"]
    assert any("he did not" in w for w in shifts)  # they surrendered, he let them walk away
    assert any("not as many" in w for w in shifts)  # not from England, the whole alliance
    assert any(act == "maintains" and "My choice" in words for act, words in own)
    assert "retracts" not in {m.act for m in found.moves}


def test_the_request_for_a_source_is_never_answered() -> None:
    replies = [a for a in reading().annotations if isinstance(a, Reply)]
    asked = [r for r in replies if r.act == "asks_source" and r.to and "250.000" in r.to.exact]
    assert len(asked) == 1
    assert not [r for r in replies if r.act == "answers" and r.to_part == asked[0].from_part]
    assert not [r for r in replies if r.act == "retracts"]
