"""The data files of times: complete, and their own examples hold."""

from __future__ import annotations

from datetime import date

import pytest
from time_reading import draft_of, with_times

from sayso.knowledge.tables import load_yaml
from sayso.reading.timex import Timexes
from sayso.reading.timex_calendar import feast
from sayso.reading.timex_deadline import deadline
from sayso.reading.timex_grammar import grammar, rules
from sayso.reading.timex_holidays import holidays
from sayso.reading.timex_meaning import BUILDERS

LEADS = load_yaml("lang", "en", "time_deadlines.yaml")["lead"]
WORDED = load_yaml("lang", "en", "time_deadlines.yaml")["worded"]
VAGUE = load_yaml("lang", "en", "time_deadlines.yaml")["vague"]


def test_each_rule_has_a_builder_examples_and_a_counter_example() -> None:
    assert Timexes().name == "timex"
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))
    for rule in rules():
        assert rule.make in BUILDERS, rule.name
        assert rule.examples and rule.counter, rule.name
        assert rule.needs, f"{rule.name} would be tried on every sentence"


def test_each_builder_is_used() -> None:
    assert set(BUILDERS) == {rule.make for rule in rules()}


def test_a_sentence_without_a_word_of_time_is_left_at_once() -> None:
    assert not grammar().worth("The house burned to the ground.")
    assert grammar().worth("The house burned on Monday.")


@pytest.mark.parametrize("row", [*LEADS, *VAGUE, *WORDED], ids=lambda r: r["example"])
def test_deadline_rows(row: dict[str, str]) -> None:
    found, other = (
        deadline(with_times(draft_of(text, "2019-01-09")), 0, len(text))
        for text in (row["example"], row["not"])
    )
    assert found is not None
    assert other is None or other.edtf is None


@pytest.mark.parametrize(
    ("name", "year", "day", "slack"),
    [
        ("easter", 2019, date(2019, 4, 21), 0),
        ("easter", 2024, date(2024, 3, 31), 0),
        ("orthodox easter", 2019, date(2019, 4, 28), 0),
        ("orthodox easter", 2024, date(2024, 5, 5), 0),
        ("orthodox christmas", 2019, date(2019, 1, 7), 0),
        ("good friday", 2023, date(2023, 4, 7), 0),
        ("ramadan", 2019, date(2019, 5, 6), 1),
        ("ramadan", 2024, date(2024, 3, 11), 1),
        ("eid al-fitr", 2021, date(2021, 5, 13), 1),
        ("eid al-adha", 2019, date(2019, 8, 11), 1),
        ("ashura", 2022, date(2022, 8, 8), 1),
        ("passover", 2019, date(2019, 4, 20), 0),
        ("rosh hashanah", 2019, date(2019, 9, 30), 0),
        ("yom kippur", 2023, date(2023, 9, 25), 0),
        ("hanukkah", 2024, date(2024, 12, 26), 0),
        ("purim", 2024, date(2024, 3, 24), 0),
        ("nowruz", 2019, date(2019, 3, 21), 0),
        ("nowruz", 2024, date(2024, 3, 20), 0),
        ("thanksgiving", 2018, date(2018, 11, 22), 0),
        ("memorial day", 2019, date(2019, 5, 27), 0),
    ],
)
def test_feasts_fall_on_their_days(name: str, year: int, day: date, slack: int) -> None:
    found = holidays()[name].in_year(year)
    assert found is not None
    assert abs((found - day).days) <= slack


def test_each_feast_falls_in_each_year_or_is_lunar() -> None:
    for holiday in holidays().values():
        for year in (1900, 2019, 2100):
            days = feast(holiday.rule, year)
            assert len(days) == 1 or holiday.rule.startswith("hijri"), (holiday.name, year)
