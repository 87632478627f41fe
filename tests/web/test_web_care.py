"""Folding by category, what the page adds to its source's words, owners, no pictures."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import KnowledgeError
from sayso.knowledge import tables
from sayso.model.annotation import Attribution
from sayso.record.record import Record
from sayso.service import ask, folding
from sayso.service import read as reading_service
from sayso.web.app import create_app
from sayso.web.highlight import own_words
from sayso.web.present import _pieces

ROWS = tables.load_csv("care", "folding.csv", required=("category", "form", "entry"))
FOLDS = folding.lexicon().found


@pytest.mark.parametrize("row", [r for r in ROWS if r["form"] == "plain"], ids=lambda r: r["entry"])
def test_plain_entries_fold_their_example_and_nothing_else(row: dict[str, str]) -> None:
    assert row["category"] in FOLDS(row["example"])
    assert FOLDS(row["example"].upper()) == FOLDS(row["example"])
    if row["not"]:
        assert not FOLDS(row["not"])


def test_hashed_entries_are_hashes_of_one_word() -> None:
    hashed = [r for r in ROWS if r["form"] == "sha256"]
    assert hashed and len({r["entry"] for r in hashed}) == len(hashed)
    for row in hashed:
        assert re.fullmatch(r"[0-9a-f]{20}", row["entry"])
        assert row["category"] in folding.CATEGORIES
        assert not row["example"] and not row["not"]


def _own(folder: Path, *lines: str) -> str:
    path = folder / "folding.csv"
    path.write_text("# mine\ncategory,form,entry\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_file_of_ones_own_adds_and_takes_out(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"gribble").hexdigest()[:20]
    own = _own(tmp_path, f"abuse,sha256,{digest}", "graphic,plain,red mist", "none,plain,raped")
    found = folding.lexicon(own).found
    assert found("What a Gribble!") == ("abuse",) and found("a red mist rose") == ("graphic",)
    assert not found("Two women were raped.") and FOLDS("Two women were raped.")
    assert folding.beside(tmp_path / "record.db") == own


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"folding\.csv:3"):
        folding.lexicon(_own(tmp_path, "abuse,loud,gribble"))


@given(st.text(max_size=300))
def test_any_text_is_looked_through(text: str) -> None:
    assert isinstance(FOLDS(text), tuple)
    pieces = _pieces(text, 0, len(text), [], lambda line: ("graphic",) if "a" in line else ())
    assert "".join(r.text for p in pieces for r in p.runs) == text


PAGE = """<html><head><title>Fighters take Sarvik</title></head><body><article>
<h1>Fighters take Sarvik</h1><p>Fighters captured the town of Sarvik on Monday, officials said.</p>
<p>Two captives were beheaded in the square, a monitor reported.</p>
<p>The bridge was still open on Tuesday, residents said.</p><img src="https://evil.example/x.jpg">
</article></body></html>"""


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, str]:
    folder = tmp_path_factory.mktemp("care")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    with Record(folder / "record.db") as record:
        list(reading_service.read([str(folder / "page.html")], record))
    client = TestClient(create_app(folder / "record.db"))
    return client, client.get("/pages.json").json()["rows"][0]["id"]


def test_what_is_graphic_waits_for_a_click_and_is_counted(hard: tuple[TestClient, str]) -> None:
    client, page = hard
    shown = client.get(f"/pages/{page}").text
    folded = re.findall(r'<details class="folded">.*?</details>', shown, re.S)
    assert any("beheaded" in f and "Folded: graphic" in f for f in folded)
    outside = re.sub(r'<details class="folded">.*?</details>', "", shown, flags=re.S)
    assert "beheaded" not in re.sub(r"<[^>]+>", "", outside)
    assert "The bridge was still open" in re.sub(r"<[^>]+>", "", outside)
    count = re.search(r'id="folded-count">([^<]+)', shown)
    assert count and "1 passage (graphic)" in count[1]
    text = client.get(f"/pages/{page}.json").json()["document"]["text"]
    assert "beheaded" in text  # no twin folds anything


@pytest.mark.parametrize("path", ["/", "/events", "/search?q=captives"])
def test_every_view_folds(hard: tuple[TestClient, str], path: str) -> None:
    client, _ = hard
    shown = re.sub(r'<details class="folded">.*?</details>', "", client.get(path).text, flags=re.S)
    quotes = re.findall(r"<blockquote.*?</blockquote>", shown, re.S)
    assert not any("beheaded" in q for q in quotes)


def test_no_picture_is_ever_asked_for(hard: tuple[TestClient, str]) -> None:
    client, page = hard
    assert "<img" not in client.get(f"/pages/{page}").text


def test_what_the_page_adds_is_neither_source_nor_cue_nor_content(record_path: Path) -> None:
    seen = 0
    with Record(record_path, readonly=True) as record:
        for row in ask.pages(record, limit=None).rows:
            reading = ask.reading(record, row.id)
            text = reading.document.text
            said = [a for a in reading.annotations if isinstance(a, Attribution) and a.content]
            taken: set[int] = set()
            for a in said:
                for span in (*a.content, a.cue, *([a.source] if a.source else [])):
                    taken.update(range(span.start, span.end))
            for mark in own_words(text, reading.annotations):
                if mark.layer == "own":
                    assert taken.isdisjoint(range(mark.start, mark.end))
                    assert any(c.isalnum() for c in text[mark.start : mark.end])
                    seen += 1
    assert seen


def test_owners_are_named_or_unknown(record_path: Path) -> None:
    client = TestClient(create_app(record_path))
    row = client.get("/events.json").json()["rows"][0]
    assert "ownership unknown" in client.get(f"/events/{row['id']}").text
    for page in client.get("/pages.json").json()["rows"]:
        shown = client.get(f"/pages/{page['id']}").text
        assert "ownership unknown" in shown or "owned by" in shown or "owner" in shown
