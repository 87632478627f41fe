"""People decide; decisions can be undone; what must be forgotten is gone and the log says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from build_readings import Page, count

from sayso.errors import UsageError
from sayso.record import custody, events, verify
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, judge


def strike(publisher: str, killed: int, source: str = "SOHR", **more: object) -> Page:
    page = Page(publisher=publisher, **more)  # type: ignore[arg-type]
    words, trigger = (
        (f"According to the {source}, {killed} people died on 5 January as planes hit Atarib.",
         "planes hit")
        if publisher == "B"
        else (f"An air strike on Atarib on 5 January killed {killed} people, the {source} said.",
              "air strike")
    )  # fmt: skip
    return page.say(
        words, trigger=trigger, place=["Atarib"], time=("5 January", "2019-01-05"),
        counts=[count("killed", killed, f"{killed} people")], source=source,
    )  # fmt: skip


def test_two_tellings_of_one_event_are_one_event_with_rival_values(record: Record) -> None:
    record.add([strike("A", 12).reading(), strike("B", 19, "SANA").reading()], reader="test")
    (row,) = ask.events(record).rows
    assert (row.tellings, row.chains, row.standing) == (2, 2, "disputed")
    assert [v.low for v in row.numbers[0].values] == [12, 19]
    killed = next(f for f in ask.event(record, row.id).fields if f.name == "killed")
    assert [(v.value, v.said_by[-1].who) for v in killed.values] == [
        ("12 people", "Syrian Observatory for Human Rights"), ("19 people", "SANA"),
    ]  # fmt: skip
    assert [d.kind for d in ask.disputes(record).rows] == ["number"]


def test_a_split_holds_and_can_be_undone(record: Record) -> None:
    record.add([strike("A", 12).reading(), strike("B", 12, "SANA").reading()], reader="test")
    (row,) = ask.events(record).rows
    first, second = (t.id for t in ask.event(record, row.id).tellings)
    made = judge.judge(record, "split", first, object=second, why="two raids", who="ada")
    assert [e.tellings for e in ask.events(record).rows] == [1, 1]
    events.rebuild(record.database)
    assert len(ask.events(record).rows) == 2
    judge.undo(record, made.id, why="it was one raid", who="ada")
    assert [e.tellings for e in ask.events(record).rows] == [2]
    with pytest.raises(UsageError, match="undone already"):
        judge.undo(record, made.id, why="again", who="ada")


def test_a_join_by_a_person(record: Record) -> None:
    page = Page(publisher="C").say("Fighting hurt 3 in Afrin.", trigger="Fighting", place=["Afrin"])
    record.add([strike("A", 12).reading(), page.reading()], reader="test")
    tellings = [ask.event(record, e.id).tellings[0].id for e in ask.events(record).rows]
    assert len(tellings) == 2
    judge.judge(record, "join", tellings[0], object=tellings[1], who="ada")
    assert [e.tellings for e in ask.events(record).rows] == [2]


def test_confirmed_is_only_ever_a_persons_word(record: Record) -> None:
    record.add([strike(n, 12, s).reading() for n, s in (("A", "SOHR"), ("B", "SANA"))],
               reader="test")  # fmt: skip
    (row,) = ask.events(record).rows
    assert row.standing_words == "told by 2 sources not known to be linked"
    judge.judge(record, "confirm", row.id, why="video seen", who="ada")
    assert ask.events(record).rows[0].standing_words == "confirmed by a person"


@pytest.mark.parametrize(
    ("act", "subject"),
    [("accept", "ev-0"), ("fly", "te-1"), ("join", "place:gn:172946"), ("same", "nobody")],
)
def test_judgements_that_make_no_sense(record: Record, act: str, subject: str) -> None:
    record.add([strike("A", 12).reading()], reader="test")
    with pytest.raises(UsageError):
        judge.judge(record, act, subject, who="ada")


SECRET = "Mariam Example"


def private() -> Page:
    page = strike("A", 12, published="2019-01-07")
    page.comment(SECRET).sentence("I live at 7 Orchard Street, and I saw it.")
    page.comment("bob", "p2").forecast("They will bomb it again.", "2019-02-01")
    return page


def stored(record: Record) -> bytes:
    """The bytes on the disk: of the record's files, or of its tables on the server."""
    if record.database.engine.name == "sqlite":
        return b"".join(p.read_bytes() for p in Path(record.path).parent.iterdir())
    record.database.execute("CHECKPOINT")
    return b"".join(
        row[0]
        for row in record.database.rows(
            "SELECT pg_read_binary_file(pg_relation_filepath(t.oid)) FROM pg_class c"
            " JOIN pg_class t ON t.oid IN (c.oid, c.reltoastrelid)"
            " WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r'"
        )
    )


@pytest.mark.parametrize("what", ["", ".p2", ":{a}-{b}"])
def test_redacted_words_are_gone_from_the_file(record: Record, what: str) -> None:
    page = private()
    reading = page.reading()
    record.add([reading], reader="test")
    a = reading.document.text.index("7 Orchard")
    subject = reading.document.id + what.format(a=a, b=a + len("7 Orchard Street"))
    done = judge.redact(record, subject, reason="asked for by the person", who="ada")
    assert done.captures == 1 and done.characters >= 16
    record.database.compact()
    raw = stored(record)
    assert b"custody" in raw or b"capture" in raw
    assert b"Orchard Street" not in raw
    if what != ":{a}-{b}":
        assert SECRET.encode() not in raw
    assert ask.search(record, "orchard") == ()
    report = verify.verify(record.database)
    assert report.intact, report.broken
    assert any("redacted on 2019-02-01 by ada" in words for words in report.redacted)
    left = ask.reading(record, reading.document.id)
    assert all(left.document.text[x.start : x.end] == x.exact for x in left.annotations)
    if what:
        assert len(ask.events(record).rows) == 1 and len(ask.forecasts(record).rows) == 1
    else:
        assert ask.events(record).rows == () and ask.forecasts(record).rows == ()


def test_redaction_needs_a_reason_and_a_thing(record: Record) -> None:
    record.add([private().reading()], reader="test")
    document = ask.pages(record).rows[0].id
    for subject, reason in ((document, " "), ("x", "r"), (f"{document}.p9", "r"),
                            (f"{document}:9-2", "r")):  # fmt: skip
        with pytest.raises(UsageError):
            judge.redact(record, subject, reason=reason)
    assert [e.act for e in custody.entries(record.database)] == ["capture", "read"]


def test_filters_and_paging(record: Record) -> None:
    pages = [strike("A", n, published=f"2019-01-{n:02}").reading() for n in (7, 8)]
    other = Page(publisher="Z", published="2019-03-02").say(
        "HTS captured Afrin on 1 March, HTS said.", trigger="captured", mode="capture",
        actor=["HTS"], place=["Afrin"], time=("1 March", "2019-03-01"), source="HTS",
        source_tier="party",
    )  # fmt: skip
    record.add([*pages, other.reading()], reader="test")

    def found(**given: object) -> list[str]:
        rows = ask.events(record, Filters(**given)).rows  # type: ignore[arg-type]
        return [p.name for r in rows for p in r.places]

    assert found() == ["Atarib", "Afrin"]
    assert found(actor="hts") == ["Afrin"] == found(actor="actor:hts")
    assert found(place="atarib") == ["Atarib"]
    assert found(bbox=(36.8, 36.0, 36.85, 36.2)) == ["Atarib"]
    assert found(since="2019-02-01") == ["Afrin"] == found(on="2019-03-01")
    assert found(until="2019-02-01") == ["Atarib"]
    assert found(known_by="2019-01-07") == ["Atarib"]
    assert found(type="assault", tier="party") == ["Afrin"] == found(standing="party")
    assert found(source="SOHR") == ["Atarib"] and found(publisher="Z") == ["Afrin"]
    assert found(text='"killed 7"') == ["Atarib"] and found(text="no such words") == []
    first = ask.events(record, limit=1)
    assert first.total == 2 and first.next
    second = ask.events(record, limit=1, after=first.next)
    assert [p.name for p in second.rows[0].places] == ["Afrin"] and second.next is None
    with pytest.raises(UsageError):
        ask.events(record, after="nonsense")
    earlier = ask.events(record, Filters(known_by="2019-01-07")).rows[0]
    assert earlier.tellings == 1 and ask.events(record).rows[0].tellings == 2


def test_a_second_reader_and_how_far_the_two_agree(record: Record) -> None:
    pages = [
        Page(publisher="A", key=str(n)).say(
            f"HTS shelled Atarib on 2019-01-{n:02}, report {n}.", trigger="shelled", actor=["HTS"],
            place=["Atarib"], time=(f"2019-01-{n:02}", f"2019-01-{n:02}"),
        )
        for n in range(1, 13)
    ]  # fmt: skip
    record.add([p.reading() for p in pages], reader="test")
    ids = [row.id for row in ask.events(record).rows]
    assert len(ids) == 12 and judge.agreement(record) == (0, 0, None)
    for n, event in enumerate(ids):
        judge.judge(record, "accept" if n % 2 else "reject", event, who="ada")
        judge.judge(record, "accept" if n % 2 or n == 0 else "reject", event, who="bob")
    both, same, kappa = judge.agreement(record)
    assert (both, same) == (12, 11)
    assert kappa is not None and abs(kappa - 5 / 6) < 1e-9


def test_a_vaguer_telling_is_linked_to_its_parts_and_never_joined(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from build_readings import KNOWN

    from sayso.model.entity import Entity

    province = Entity(
        id="place:gn:170062", kind="place", name="Aleppo Governorate", country="SY",
        admin1_code="09", feature_code="ADM1", latitude=36.2, longitude=37.2,
    )  # fmt: skip
    monkeypatch.setitem(KNOWN, province.name, province)

    def raid(place: str, n: int) -> Page:
        return Page(publisher=f"P{n}", key=str(n)).say(
            f"HTS shelled {place} on 2019-01-05, the SOHR said.", trigger="shelled",
            mode="heavy-weapons", actor=["HTS"], place=[place], time=("2019-01-05", "2019-01-05"),
            source="SOHR",
        )  # fmt: skip

    wide = raid(province.name, 2)
    event = wide.annotations[0]
    area = replace(event.place[0], precision="admin1")  # type: ignore[union-attr]
    wide.annotations[0] = replace(event, place=(area,))  # type: ignore[type-var]
    record.add([raid("Atarib", 1).reading(), wide.reading()], reader="test")
    rows = ask.events(record).rows
    assert [r.tellings for r in rows] == [1, 1]
    for one, other in (rows, reversed(rows)):
        assert [p.id for p in ask.event(record, one.id).parts] == [other.id]
