"""The example pages, told apart and together by hand: which sentences tell one event.

A telling is named by its page, some words of its sentence, and its type; of the shared page, which
lies beside the repository, by where its words stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.record.record import Record
from sayso.service.read import Outcome, read

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "examples").glob("*.html")) + sorted((ROOT / "examples").glob("*.txt"))
SHARED = ROOT.parent / "shared" / "pages" / "000_b57b87e2757b2f39.txt"

Told = tuple[str, str | tuple[int, int], str]

BOMB, AFRIN = "hillside-notes-idlib-bomb.html", "northern-desk-afrin.html"
COURIER, WIRE, TOLL = (
    "levant-courier-darat-izza.html", "wadi-wire-atarib.html", "border-review-toll.html",
)  # fmt: skip

ONE_EVENT: tuple[tuple[Told, Told], ...] = (
    ((BOMB, "kills at least eleven", "ASSAULT"), (BOMB, "exploded near an office", "ASSAULT")),
)
TWO_EVENTS: tuple[tuple[Told, Told], ...] = (
    # the same page counts two lots of dead; a shell on a house is not the battle
    ((COURIER, "both sides were killed", "ASSAULT"), (COURIER, "enemies were killed", "ASSAULT")),
    ((COURIER, "captured the town", "ASSAULT"), (AFRIN, "lost its last positions", "ASSAULT")),
    # one left, another came in: two acts of one day
    ((COURIER, "captured the town", "ASSAULT"), (COURIER, "had withdrawn", "RETREAT")),
    ((AFRIN, "deploying fighters", "MOBILIZE"), (AFRIN, "surrendered to it", "RETREAT")),
)
ONE_EVENT_SHARED: tuple[tuple[Told, Told], ...] = (
    (("shared", (252, 263), "RETREAT"), (AFRIN, "pulls out of western", "RETREAT")),
    (("shared", (787, 796), "MOBILIZE"), (AFRIN, "deploying fighters", "MOBILIZE")),
    (("shared", (923, 932), "RETREAT"), (AFRIN, "surrendered to it", "RETREAT")),
    (("shared", (1182, 1189), "ASSAULT"), (AFRIN, "seized dozens", "ASSAULT")),
)
TWO_EVENTS_SHARED: tuple[tuple[Told, Told], ...] = (
    # materiel taken is not the attack as a whole; who is expected to leave has not left
    (("shared", (1182, 1189), "ASSAULT"), ("shared", (1524, 1530), "ASSAULT")),
    (("shared", (699, 707), "RETREAT"), ("shared", (252, 263), "RETREAT")),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    pages = [*PAGES, SHARED] if SHARED.exists() else PAGES
    with Record(tmp_path_factory.mktemp("examples") / "r.db") as record:
        found = list(read([str(p) for p in pages], record))
        assert all(isinstance(f, Outcome) and f.new for f in found)
        yield record


def event(record: Record, told: Told) -> int:
    """The event of the telling whose trigger stands in, or next to, those words."""
    page, where, kind = told
    name = SHARED.name if page == "shared" else page
    text = record.database.one("SELECT seq, text FROM document WHERE key LIKE ?", (f"%{name}",))
    assert text is not None, name
    if isinstance(where, str):
        start = text["text"].index(where)
        where = (start, start + len(where))
    rows = record.database.rows(
        "SELECT t.event FROM telling t JOIN document d ON d.seq = t.document JOIN annotation a"
        " ON a.reading = d.reading AND a.id = t.annotation WHERE t.document = ?"
        " AND t.event_type = ? AND a.start < ? AND a.stop > ? ORDER BY a.start",
        (text["seq"], kind, where[1] + 12, where[0] - 12),
    )
    assert rows, told
    return int(rows[0]["event"])


@pytest.mark.parametrize(("one", "other"), ONE_EVENT)
def test_one_event(made: Record, one: Told, other: Told) -> None:
    assert event(made, one) == event(made, other)


@pytest.mark.parametrize(("one", "other"), TWO_EVENTS)
def test_two_events(made: Record, one: Told, other: Told) -> None:
    assert event(made, one) != event(made, other)


@pytest.mark.skipif(not SHARED.exists(), reason="not run: the shared page is not here")
@pytest.mark.parametrize(("one", "other"), ONE_EVENT_SHARED)
def test_one_event_on_two_pages(made: Record, one: Told, other: Told) -> None:
    assert event(made, one) == event(made, other)


@pytest.mark.skipif(not SHARED.exists(), reason="not run: the shared page is not here")
@pytest.mark.parametrize(("one", "other"), TWO_EVENTS_SHARED)
def test_two_events_of_the_shared_page(made: Record, one: Told, other: Told) -> None:
    assert event(made, one) != event(made, other)
