"""Nothing is memorised: other names, other numbers and other days come out the same way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from time_reading import timexes

ARTICLE = """More than 300 fighters of the {group} reached {town} on Sunday, the {monitor} said on
{day}. The {group} had lost {other} two weeks earlier, after a siege of three months. {leader} said
yesterday that his men would be back by Friday. Last month {town} was shelled daily; in the coming
days {leader} will meet {minister} in {other}. In May 2016, {minister} told {paper} that the {group}
was finished."""

NAMES = [
    {"group": "Northern Storm", "town": "Harim", "other": "Sarmada", "monitor": "Levant Watch",
     "leader": "Abu Nasr", "minister": "Karin Voss", "paper": "the Tribune"},
    {"group": "Army of the Hills", "town": "Kutum", "other": "El Geneina", "monitor": "Darfur Desk",
     "leader": "Adam Idris", "minister": "Jon Berg", "paper": "Radio Nile"},
    {"group": "Brigade 44", "town": "May Aini", "other": "June Lake", "monitor": "March Group",
     "leader": "April Summers", "minister": "Augusta Friday", "paper": "the Sunday Post"},
]  # fmt: skip


def filled(names: dict[str, str], day: str = "January 7") -> str:
    return ARTICLE.format(day=day, **names)


def values(text: str, published: str | None, names: dict[str, str]) -> list[tuple[str, str | None]]:
    spans = []
    for name in names.values():
        at = text.find(name)
        while at >= 0:
            spans.append((at, at + len(name)))
            at = text.find(name, at + 1)
    found = timexes(text, published)
    return [
        (t.exact, t.edtf or t.value)
        for t in found
        if not any(s < t.end and t.start < e for s, e in spans)
    ]


@pytest.mark.parametrize("names", NAMES[1:], ids=lambda n: n["group"])
def test_other_names_change_no_time(names: dict[str, str]) -> None:
    first = values(filled(NAMES[0]), "2019-01-09", NAMES[0])
    assert len(first) == 10
    assert values(filled(names), "2019-01-09", names) == first


@pytest.mark.parametrize("weeks", [-52, -4, 8, 500, 3000])
def test_another_day_of_writing_moves_each_day_with_it(weeks: int) -> None:
    """Moved by whole weeks, "Sunday", "yesterday" and "Friday" move by as many days."""
    base = date(2019, 1, 9)
    moved = base + timedelta(weeks=weeks)
    day_words = ("Sunday", "yesterday", "Friday")
    before = {t.exact: t.edtf for t in timexes(filled(NAMES[0]), str(base))}
    after = {t.exact: t.edtf for t in timexes(filled(NAMES[0]), str(moved))}
    for words in day_words:
        day = date.fromisoformat(str(before[words])) + timedelta(weeks=weeks)
        assert after[words] == day.isoformat()
    assert after["May 2016"] == "2016-05"


@pytest.mark.parametrize(("word", "number"), [("two", 2), ("5", 5), ("eleven", 11), ("thirty", 30)])
def test_other_numbers_count_as_far(word: str, number: int) -> None:
    [found] = timexes(f"It fell {word} days ago.", "2019-01-09")
    assert found.edtf == str(date(2019, 1, 9) - timedelta(number))
    [found] = timexes(f"It will take {word} weeks.", "2019-01-09")
    assert found.value == f"P{number}W"


def test_without_a_day_of_writing_no_year_is_given() -> None:
    for exact, value in values(filled(NAMES[0]), None, NAMES[0]):
        if exact != "May 2016":
            assert value is None or not value[:4].isdigit(), (exact, value)
