"""Near names are proposed, never merged; a person's merge can be undone."""

from __future__ import annotations

import pytest
from build_readings import KNOWN, Page

from sayso.model.entity import Entity
from sayso.record import entities, events
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask, judge

FIRST = "Suqour al-Ghab Brigade"
SECOND = "Suqur al Ghab Brigades"
THIRD = "Jaysh al-Nasr"


@pytest.fixture
def told(record: Record, monkeypatch: pytest.MonkeyPatch) -> Record:
    for name in (FIRST, SECOND, THIRD):
        monkeypatch.setitem(KNOWN, name, Entity(id=f"new:{name}", kind="actor", name=name))
    pages = [
        Page(publisher=f"P{n}", published="2019-01-07").say(
            f"{name} fighters shelled Atarib on 5 January, killing some.", trigger="shelled",
            actor=[name], place=["Atarib"], time=("5 January", "2019-01-05"),
        )
        for n, name in enumerate((FIRST, SECOND, THIRD))
    ]  # fmt: skip
    # other words, so that only the actors can tell the three apart
    pages[1].text = pages[1].text.replace("killing some", "KILLING SOME")
    record.add([p.reading() for p in pages], reader="test")
    return record


def ids(record: Record) -> dict[str, str]:
    return {r.name: r.id for r in ask.actors(record).rows}


def test_near_names_are_proposed_and_not_merged(told: Record) -> None:
    (found,) = ask.proposals(told)
    assert {found.left_name, found.right_name} == {FIRST, SECOND}
    assert len(ask.actors(told).rows) == 3


def test_a_merge_by_a_person_and_its_undoing(told: Record) -> None:
    found = ids(told)
    made = judge.judge(told, "same", found[FIRST], object=found[SECOND], verdict="positive",
                       why="one romanised two ways", who="ada")  # fmt: skip
    assert ask.proposals(told) == ()
    assert (
        ask.events(told, Filters(actor=FIRST)).total
        == ask.events(told, Filters(actor=SECOND)).total
    )
    canonical = entities.canonical(told.database)
    assert set(canonical.values()) <= set(found.values()) and len(canonical) == 1
    judge.undo(told, made.id, why="two brigades after all", who="ada")
    assert entities.canonical(told.database) == {}
    assert len(ask.proposals(told)) == 1


def test_a_negative_judgement_keeps_a_group_apart(told: Record) -> None:
    a, b, c = (ids(told)[n] for n in (FIRST, SECOND, THIRD))
    judge.judge(told, "same", a, object=c, verdict="negative", who="ada")
    judge.judge(told, "same", a, object=b, verdict="positive", who="ada")
    judge.judge(told, "same", b, object=c, verdict="positive", who="bob")
    groups = entities.canonical(told.database)
    assert groups.get(a, a) == groups.get(b, b) != groups.get(c, c)


def test_unsure_merges_nothing(told: Record) -> None:
    a, b = ids(told)[FIRST], ids(told)[SECOND]
    judge.judge(told, "same", a, object=b, verdict="unsure", who="ada")
    assert entities.canonical(told.database) == {} and ask.proposals(told) == ()
    assert events.rebuild(told.database) >= 1
