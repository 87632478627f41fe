"""Who held what when: withdrawals give a place to no one, readers and forecasts change nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from build_readings import Page

from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask
from sayso.service.rows import ControlRow


def held(record: Record, *pages: Page, **filters: object) -> list[ControlRow]:
    record.add([p.reading() for p in pages], reader="test")
    return list(ask.control(record, Filters(**filters), limit=None).rows)  # type: ignore[arg-type]


def brief(rows: list[ControlRow]) -> list[tuple[str, str | None, str | None, str | None, str]]:
    return [(r.place, r.holder, r.from_, r.to, r.basis) for r in rows]


def capture(day: str = "2019-01-05", who: str = "HTS", **more: object) -> Page:
    page = Page(**more)  # type: ignore[arg-type]
    words = f"{who} captured Atarib on {day}, the SOHR said."
    return page.say(
        words, trigger="captured", mode="capture", actor=[who], place=["Atarib"], time=(day, day),
        source="SOHR",
    )  # fmt: skip


def withdrawal(day: str = "2019-01-06", who: str = "Zenki", **more: object) -> Page:
    page = Page(**more)  # type: ignore[arg-type]
    return page.say(
        f"{who} left Atarib on {day}, the SOHR said.", trigger="left", type="RETREAT",
        mode="withdraw", actor=[who], origin=["Atarib"], time=(day, day), source="SOHR",
    )  # fmt: skip


HTS, ZENKI = "Hay'at Tahrir al-Sham", "Nour al-Din al-Zenki Movement"


def test_a_capture_gives_a_holder_from_that_day(record: Record) -> None:
    assert brief(held(record, capture())) == [("Atarib", HTS, "2019-01-05", None, "stated")]


def test_a_withdrawal_ends_a_holder_and_gives_the_place_to_no_one(record: Record) -> None:
    found = held(record, withdrawal())
    assert brief(found) == [
        ("Atarib", ZENKI, None, "2019-01-06", "inferred"),
        ("Atarib", None, "2019-01-06", None, "stated"),
    ]
    assert held(record, on="2019-01-07")[0].holder is None


def test_a_capture_after_a_withdrawal(record: Record) -> None:
    found = held(record, withdrawal(), capture("2019-01-08", published="2019-01-09"))
    assert brief(found)[-1] == ("Atarib", HTS, "2019-01-08", None, "stated")
    assert brief(found)[1] == ("Atarib", None, "2019-01-06", "2019-01-08", "stated")


def test_a_surrender_makes_the_other_side_an_inferred_holder(record: Record) -> None:
    page = Page()
    page.say("Zenki, which controlled Atarib, said little.", trigger="controlled", type=None,
             act="control", actor=["Zenki"], place=["Atarib"])  # fmt: skip
    page.say("HTS forced Zenki to surrender in Atarib on 5 January.", trigger="surrender",
             type="RETREAT", mode="surrender", actor=["Zenki"], recipient=["HTS"],
             place=["Atarib"], time=("5 January", "2019-01-05"))  # fmt: skip
    assert brief(held(record, page)) == [
        ("Atarib", ZENKI, None, "2019-01-05", "stated"),
        ("Atarib", HTS, "2019-01-05", None, "inferred"),
    ]


def test_an_open_year_is_listed_undated(record: Record) -> None:
    page = Page(published=None)
    page.say("Zenki, which controlled Atarib, said little.", trigger="controlled", type=None,
             act="control", actor=["Zenki"], place=["Atarib"])  # fmt: skip
    page.say("HTS forced Zenki to surrender in Atarib on 5 January.", trigger="surrender",
             type="RETREAT", mode="surrender", actor=["Zenki"], recipient=["HTS"],
             place=["Atarib"], time=("5 January", "XXXX-01-05"))  # fmt: skip
    found = held(record, page)
    assert brief(found) == [
        ("Atarib", ZENKI, None, "XXXX-01-05", "stated"),
        ("Atarib", HTS, "XXXX-01-05", None, "inferred"),
    ]
    assert all(r.undated for r in found)
    assert held(record, on="2019-01-10") == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": "expected"},
        {"status": "planned"},
        {"status": "hypothetical"},
        {"polarity": "negative"},
        {"reader": "ada"},
    ],
)
def test_what_never_changes_control(record: Record, change: dict[str, str]) -> None:
    page = Page()
    page.say("HTS took Atarib on 5 January.", trigger="took", mode="capture", actor=["HTS"],
             place=["Atarib"], time=("5 January", "2019-01-05"), **change)  # type: ignore[arg-type] # fmt: skip
    assert held(record, page) == []


def test_a_region_or_country_has_no_holder(record: Record) -> None:
    page = Page()
    page.say("HTS took parts of Syria on 5 January.", trigger="took", mode="capture",
             actor=["HTS"], place=["Syria"], time=("5 January", "2019-01-05"))  # fmt: skip
    assert held(record, page) == []


def test_a_denial_makes_it_contested(record: Record) -> None:
    denial = Page(publisher="Other Gazette").say(
        "HTS did not take Atarib on 2019-01-05, SANA said.", trigger="take", mode="capture",
        actor=["HTS"], place=["Atarib"], time=("2019-01-05", "2019-01-05"), source="SANA",
        source_tier="official", polarity="negative",
    )  # fmt: skip
    found = held(record, capture(), denial)
    assert [r.certainty for r in found] == ["contested"]
    assert {e.side for e in found[0].evidence} == {"for", "against"}


def test_certainty_in_words(record: Record) -> None:
    own = Page().say(
        "HTS took Afrin on 2019-01-05, HTS said.", trigger="took", mode="capture", actor=["HTS"],
        place=["Afrin"], time=("2019-01-05", "2019-01-05"), source="HTS", source_tier="party",
    )  # fmt: skip
    conceded = Page(publisher="B").say(
        "HTS took Darat Izza from Zenki on 2019-01-05, Zenki said.", trigger="took",
        mode="capture", actor=["HTS"], recipient=["Zenki"], place=["Darat Izza"],
        time=("2019-01-05", "2019-01-05"), source="Zenki", source_tier="party",
    )  # fmt: skip
    second = capture(publisher="C")
    second.text, second.annotations, second.parts = "", [], []
    second.say(
        "On 2019-01-05 Atarib fell to HTS after heavy fighting, according to SANA.", trigger="fell",
        mode="capture", actor=["HTS"], place=["Atarib"], time=("2019-01-05", "2019-01-05"),
        source="SANA", source_tier="official",
    )  # fmt: skip
    found = held(record, own, conceded, capture(), second)
    assert {r.place: r.certainty for r in found} == {
        "Afrin": "claimed", "Darat Izza": "conceded", "Atarib": "several",
    }  # fmt: skip


def test_a_state_grows_stale(record: Record) -> None:
    record.add([capture().reading()], reader="test")
    fresh = ask.control(record, Filters(on="2019-01-20")).rows[0]
    old = ask.control(record, Filters(on="2019-06-01")).rows[0]
    assert (fresh.certainty, old.certainty) == ("single", "stale")
    assert fresh.stale_after == "2019-02-04"


def test_three_clocks(record: Record) -> None:
    early = withdrawal(published="2019-01-07", captured_at="2019-01-20T10:00:00Z")
    late = capture("2019-01-08", published="2019-01-10", captured_at="2019-01-12T10:00:00Z")
    record.add([early.reading(), late.reading()], reader="test")

    def holders(**filters: str) -> list[str | None]:
        asked = Filters(on="2019-01-09", **filters)  # type: ignore[arg-type]
        return [r.holder for r in ask.control(record, asked).rows]

    assert holders() == [HTS]
    assert holders(known_by="2019-01-09") == [None]
    assert holders(known_by="2019-01-06") == []
    assert holders(known_by="2019-01-13", basis="captured") == [HTS]
    assert holders(known_by="2019-01-11", basis="captured") == []


def test_a_page_of_doubtful_date_is_known_only_from_its_capture(record: Record) -> None:
    page = capture(published="2019-01-06~", captured_at="2019-03-01T00:00:00Z")
    record.add([page.reading()], reader="test")
    assert ask.control(record, Filters(known_by="2019-02-01")).rows == ()
    assert len(ask.control(record, Filters(known_by="2019-03-01")).rows) == 1


def test_reading_in_any_order_gives_the_same_account(
    record: Record, addresses: Callable[[], str]
) -> None:
    pages = [withdrawal(), capture("2019-01-08", published="2019-01-09"), capture(publisher="B")]
    forward = brief(held(record, *pages))
    with Record(addresses()) as other:
        assert brief(held(other, *reversed(pages))) == forward


def test_who_enters_a_town_holds_it_from_then_on(record: Record) -> None:
    page = Page().say(
        "HTS said its men entered Atarib on 2019-01-05 without a fight.", trigger="entered",
        type=None, act="control", actor=["HTS"], destination=["Atarib"],
        time=("2019-01-05", "2019-01-05"), source="HTS", source_tier="party",
    )  # fmt: skip
    (row,) = held(record, page)
    assert (row.holder, row.from_, row.certainty) == (HTS, "2019-01-05", "claimed")


@pytest.mark.parametrize("who", ["The radical group", "terrorists", "They"])
def test_a_label_never_holds_a_place(record: Record, who: str) -> None:
    held(record, capture("2019-01-05", "Zenki"))
    page = Page(published="2019-01-09", key="label").say(
        f"{who} captured Atarib on 2019-01-08, the SOHR said.", trigger="captured",
        mode="capture", actor=[who], place=["Atarib"], time=("2019-01-08", "2019-01-08"),
        source="SOHR",
    )  # fmt: skip
    found = held(record, page)
    assert [r.holder for r in found] == [ZENKI, None]  # taken, and nobody known took it
    leaving = Page(published="2019-01-11", key="leaving").say(
        f"{who} left Afrin on 2019-01-10, the SOHR said.", trigger="left", type="RETREAT",
        mode="withdraw", actor=[who], origin=["Afrin"], time=("2019-01-10", "2019-01-10"),
        source="SOHR",
    )  # fmt: skip
    assert [r for r in held(record, leaving) if r.place == "Afrin"] == []


def test_a_withdrawal_to_a_town_ends_nobody_there(record: Record) -> None:
    held(record, capture("2019-01-05"))
    page = Page(key="to").say(
        "Zenki left for Atarib on 2019-01-06, the SOHR said.", trigger="left", type="RETREAT",
        mode="withdraw", actor=["Zenki"], place=["Atarib"], time=("2019-01-06", "2019-01-06"),
        source="SOHR",
    )  # fmt: skip
    assert [r.holder for r in held(record, page)] == [HTS]


def test_a_page_of_a_control_list_ends_with_a_whole_place(record: Record) -> None:
    pages = [
        capture(f"2019-01-{n:02}", who, key=str(n), published=f"2019-01-{n + 1:02}")
        for n, who in ((2, "HTS"), (5, "Zenki"), (8, "HTS"))
    ]
    record.add([p.reading() for p in [*pages, withdrawal()]], reader="test")
    afrin = Page(key="afrin").say(
        "HTS captured Afrin on 2019-01-05, the SOHR said.", trigger="captured", mode="capture",
        actor=["HTS"], place=["Afrin"], time=("2019-01-05", "2019-01-05"), source="SOHR",
    )  # fmt: skip
    record.add([afrin.reading()], reader="test")
    everything = ask.control(record, limit=None)
    assert everything.total == 2 and len(everything.rows) >= 4
    first = ask.control(record, limit=1)
    assert {r.place for r in first.rows} == {"Afrin"} and first.next is not None
    second = ask.control(record, limit=1, after=first.next)
    assert first.rows + second.rows == everything.rows and second.next is None
