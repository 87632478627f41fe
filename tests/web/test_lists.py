"""Lists whatever is asked: the same rows by every way of finding them, what readers tell last."""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.record.query import KEEP_EVENT, Filters
from sayso.record.record import Record
from sayso.service import ask, days_held, lag, ties
from sayso.web.app import create_app

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "record"))

DAYS = ("2019-01-02", "2019-01-04", "2019-01-05", "2019-01-09")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty events, told by outlets, by readers, late and early, dated and not."""
    from build_readings import Page, count

    path = tmp_path_factory.mktemp("lists") / "r.db"
    pages = []
    for n in range(40):
        day = f"2019-01-0{n % 7 + 1}"
        said = f"2019-01-0{min(9, n % 7 + 1 + n % 3)}"
        page = Page(publisher=f"P{n % 3}", published=said, key=str(n))
        told = {"time": (day, day)} if n % 5 else {}
        actor, other = ("HTS", "Zenki") if n % 2 else ("Zenki", "HTS")
        page.say(
            f"{actor} shelled {other} near Atarib on {day}, killing {n} people, the SOHR said.",
            trigger="shelled", mode="heavy-weapons" if n % 3 else "aerial", actor=[actor],
            recipient=[other], place=["Atarib"], source="SOHR" if n % 4 else None,
            counts=[count("killed", n, f"{n} people")], **told,
        )  # fmt: skip
        if n % 4 == 1:
            page.say(
                f"{actor} captured Darat Izza on {day}, the SOHR said.", trigger="captured",
                mode="capture", actor=[actor], place=["Darat Izza"], time=(day, day), source="SOHR",
            )  # fmt: skip
        page.comment("bob").say(
            f"{other} captured Afrin house {n} on {day}.", trigger="captured", mode="capture",
            actor=[other], place=["Afrin"], time=(day, day), reader="bob",
        )  # fmt: skip
        pages.append(page.reading())
    with Record(path) as record:
        record.add(pages, reader="test")
    return path


@pytest.fixture(scope="module")
def client(filled: Path) -> TestClient:
    return TestClient(create_app(filled))


def test_an_actors_list_is_the_list_of_all_narrowed(filled: Path) -> None:
    """What the table of an actor's events gives is what event by event is found."""
    clocks = [{}, *({"known_by": d} for d in DAYS), *({"on": d} for d in DAYS),
              {"since": DAYS[0], "until": DAYS[1]}, {"since": DAYS[2], "known_by": DAYS[2]},
              {"known_by": DAYS[1], "basis": "captured"}]  # fmt: skip
    readers = (None, "hide", "alone")
    with Record(filled, readonly=True) as record:
        hts = ask.actors(record, Filters(text="hay'at")).rows[0].id
        for given, which in product(clocks, readers):
            every = ask.events(record, Filters(**given, readers=which), limit=None).rows
            mine = ask.events(record, Filters(**given, readers=which, actor=hts), limit=None).rows
            theirs = [r for r in every if any(a.id == hts for a in r.actors)]
            assert [r.id for r in mine] == [r.id for r in theirs], (given, which)
        every = ask.events(record, limit=None).rows
        for kind in ({"mode": "aerial"}, {"mode": "aerial", "standing": "single"},
                     {"type": "ASSAULT", "status": "occurred"}, {"tier": "monitor", "keep": True},
                     {"mode": "aerial", "actor": hts}):  # fmt: skip
            found = ask.events(record, Filters(**kind), limit=None).rows
            assert {r.id for r in found} == {
                r.id for r in every
                if all(getattr(r, k if k != "type" else "event_type") == v
                       for k, v in kind.items() if k not in ("keep", "actor"))
                and (not kind.get("keep") or r.confidence >= KEEP_EVENT)
                and (not kind.get("actor") or any(a.id == hts for a in r.actors))
            }, kind  # fmt: skip


def test_what_only_readers_tell_comes_last_page_by_page(filled: Path) -> None:
    with Record(filled, readonly=True) as record:
        whole = ask.events(record, limit=None, told_first=True).rows
        standing = [r.standing == "reader" for r in whole]
        assert standing == sorted(standing) and 0 < sum(standing) < len(standing)
        assert {r.id for r in whole} == {r.id for r in ask.events(record, limit=None).rows}
        told = standing.index(True)
        for limit in (1, 7, told, told + 1, len(whole)):
            seen: list[str] = []
            after: str | None = None
            while True:
                page = ask.events(record, limit=limit, after=after, told_first=True)
                seen += [r.id for r in page.rows]
                after = page.next
                if after is None:
                    break
            assert seen == [r.id for r in whole], limit


def test_the_list_says_where_readers_begin_and_can_leave_them_out(client: TestClient) -> None:
    rows = client.get("/events.json?limit=1000").json()["rows"]
    readers = [r["standing"] == "reader" for r in rows]
    assert readers == sorted(readers)
    page = client.get("/events?limit=1000").text
    assert page.count("Only readers tell of these") == 1
    assert client.get("/events.json?readers=hide").json()["total"] == readers.count(False)
    assert client.get("/events.json?readers=alone").json()["total"] == readers.count(True)
    assert client.get("/api/v1/events?readers=alone").json()["total"] == readers.count(True)
    assert client.get("/events?readers=some").status_code == 400
    assert client.get("/events?after=MTcfMjAxOS0wMS0wMR8x").status_code == 400


def test_numbers_lead_to_their_words(client: TestClient) -> None:
    page = client.get("/events?readers=hide").text
    found = re.search(r'<a href="(/pages/[^"#]+)#([^"]+)" dir="auto">killed [^<]+ people</a>', page)
    assert found
    assert f'id="{found[2]}"' in client.get(found[1]).text


def test_ties_and_lag_follow_the_clocks(filled: Path) -> None:
    with Record(filled, readonly=True) as record:

        def dealing(filters: Filters) -> int:
            """Ties that the events tell of, each once."""
            found = 0
            for row in ask.events(record, filters, limit=None).rows:
                sides = {role: {a.id for a in row.actors if a.id and a.role == role}
                         for role in ("actor", "recipient")}  # fmt: skip
                found += len({(a, b) for a in sides["actor"] for b in sides["recipient"] if a != b})
            return found

        asked = Filters(known_by=DAYS[1])
        rows = ties.ties(record, limit=None).rows
        assert sum(t.events for t in rows) == dealing(Filters())
        before = ties.ties(record, asked, limit=None).rows
        assert 0 < sum(t.events for t in before) == dealing(asked) < dealing(Filters())
        hts = ask.actors(record, Filters(text="hay'at")).rows[0].id
        mine = ties.of(record, hts, asked).rows
        assert sum(t.events for t in mine) == dealing(asked)
        whole, early = lag.lag(record), lag.lag(record, asked)
        assert 0 < early.tellings < whole.tellings


def test_actors_are_counted_by_the_clocks(filled: Path) -> None:
    with Record(filled, readonly=True) as record:
        for given in ({"known_by": DAYS[1]}, {"on": DAYS[2]}, {"since": DAYS[0], "until": DAYS[1]},
                      {"mode": "aerial"}):  # fmt: skip
            asked = Filters(**given)
            events = ask.events(record, asked, limit=None).rows
            for row in ask.actors(record, asked, limit=None).rows:
                acts = [e for e in events
                        if any(a.id == row.id and a.role == "actor" for a in e.actors)]  # fmt: skip
                assert row.acts == len(acts), (given, row.name)


def test_a_day_of_the_replay_is_the_list_of_that_day(filled: Path) -> None:
    with Record(filled, readonly=True) as record:
        board = days_held.board(record, days_held.said(record, Filters(), limit=100), Filters())
        assert board is not None and board.said.total == 1
        for day in DAYS:
            for then in (True, False):
                rows = days_held.on_day(record, board, Filters(), day, then=then)
                asked = Filters(on=day, known_by=day if then else None)
                listed = ask.control(record, asked, limit=None).rows
                held = {r.place_id: r for r in listed if not r.undated}
                assert {r.place_id: r.holder for r in rows} == {
                    k: r.holder for k, r in held.items() if r.from_ or day >= board.first
                }


def test_the_overview_says_what_is_new_due_and_disputed(record_path: Path) -> None:
    client = TestClient(create_app(record_path))
    sections = {s["name"]: s["items"] for s in client.get("/index.json").json()["sections"]}
    assert list(sections) == ["What is new", "What the newest pages tell", "What is due",
                              "What is disputed"]  # fmt: skip
    pages = client.get("/pages.json").json()["rows"]
    assert sections["What is new"][0]["id"] == pages[-1]["id"]
    told = [client.get(f"/events/{i['id']}.json").json()["row"]["standing"]
            for i in sections["What the newest pages tell"]]  # fmt: skip
    assert told and "reader" not in told
    assert all(sections.values())


def test_a_page_lists_the_captures_of_its_address(tmp_path: Path) -> None:
    from build_readings import Page

    uri = "https://example.org/a"
    with Record(tmp_path / "r.db") as record:
        for n, words in enumerate(("Three were hurt.", "Five were hurt.")):
            page = Page(uri=uri, captured_at=f"2019-01-0{n + 6}T10:00:00Z")
            page.sentence(words)
            record.add([page.reading()], reader="test")
    client = TestClient(create_app(tmp_path / "r.db"))
    first, second = client.get("/pages.json").json()["rows"]
    shown = client.get(f"/pages/{first['id']}").text
    assert "this one" in shown and f'href="/pages/{second["id"]}"' in shown
    assert "2019-01-06T10:00:00Z" in shown and "2019-01-07T10:00:00Z" in shown


def test_the_review_is_data_too(record_path: Path) -> None:
    client = TestClient(create_app(record_path))
    assert client.get("/review.json").json()["waiting"] is None
    client.cookies.set("sayso_who", "ada")
    found = client.get("/review.json").json()
    assert found["done"] == 0 and found["waiting"]["row"]["id"].startswith("ev-")
    assert TestClient(create_app(record_path, names=False)).get("/review.json").status_code == 403


def test_the_timeline_draws_days_ranges_and_windows(record_path: Path) -> None:
    client = TestClient(create_app(record_path))
    page = client.get("/timeline").text
    rows = client.get("/timeline.json").json()["rows"]
    drawn = [r for r in rows if r["from"] and r["to"]]
    assert page.count('class="bar ') + page.count('class="whisker ') == len(drawn)
    assert page.count('class="whisker ') >= sum(1 for r in drawn if not r["edtf"]) > 0


def test_one_event_as_it_was_known(client: TestClient) -> None:
    row = client.get("/api/v1/events?limit=1").json()["rows"][0]
    address = f"/api/v1/events/{row['id']}"
    whole = client.get(address).json()
    then = client.get(address, params={"known_by": row["first_said"]}).json()
    assert 0 < len(then["tellings"]) < len(whole["tellings"])
    assert client.get(address, params={"known_by": "1990-01-01"}).status_code == 404
    assert client.get(address, params={"known_by": "2019-02-31"}).status_code == 400


def test_comments_are_tied_to_the_words_they_answer(record_path: Path) -> None:
    client = TestClient(create_app(record_path))
    tied = 0
    for row in client.get("/pages.json").json()["rows"]:
        page = client.get(f"/pages/{row['id']}").text
        for href in re.findall(r'<a class="chip" href="#([^"]+)"', page):
            assert f'id="{href}"' in page, href
            tied += 1
    assert tied > 5
