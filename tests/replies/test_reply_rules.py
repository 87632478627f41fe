"""Every rule finds its own example and leaves its counter-example alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge.tables import load_yaml
from sayso.reading.forecast_plain import plain
from sayso.reading.forms import FormRule, forms
from sayso.reading.reply_lexicon import FIRST_CHARS, ActRule, act_rules
from sayso.reading.reply_numbers import framing, numbers
from sayso.reading.reply_rivals import echoed, framed, rivals

pytestmark = pytest.mark.usefixtures("rules_alone")


def found(rule: ActRule, text: str) -> bool:
    words = plain(text, 0, len(text)).text
    end = FIRST_CHARS if rule.where == "first" else len(words)
    return rule.pattern.search(words, 0, end) is not None


@pytest.mark.parametrize(
    "form", forms("lang", "en", "replies", "forms.yaml").values(), ids=lambda f: f.id
)
def test_a_form_finds_its_example_and_leaves_its_counter_example(form: FormRule) -> None:
    assert form.pattern.search(plain(form.example, 0, len(form.example)).text)
    assert not form.pattern.search(plain(form.counter, 0, len(form.counter)).text)


ROWS = load_yaml("lang", "en", "replies", "numbers.yaml")


@pytest.mark.parametrize("row", ROWS["frames"], ids=lambda r: r["id"])
def test_a_frame_puts_a_number_against_another(row: dict[str, str]) -> None:
    pattern = framing(row["pattern"])
    assert any(pattern.search(a) for a in blanked(row["example"]))
    assert not any(pattern.search(a) for a in blanked(row["not"]))


@pytest.mark.parametrize("row", ROWS["echoes"], ids=lambda r: r["id"])
def test_an_echo_takes_a_number_up_to_doubt_it(row: dict[str, str]) -> None:
    pattern = framing(row["pattern"])
    assert any(pattern.search(a) for a in blanked(row["example"]))
    assert not any(pattern.search(a) for a in blanked(row["not"]))


def blanked(text: str) -> list[str]:
    """The plain text with each of its numbers as NUL."""
    low = plain(text, 0, len(text)).text
    return [low[: n.start] + "\0" + low[n.end :] for n in numbers(low)]


NUMBERS = [
    ("12.000 men and 30 000 shells", [(12000, "man", "count"), (30000, "shell", "count")]),
    ("half of the families", [(0.5, "family", "share")]),
    ("1 lakh a day, at most 30-40 thousand", [(1e5, "", "count"), (30000, "", "count")]),
    ("it was 61-39", [(61, "", "score")]),
    ("$4.2 billion", [(4.2e9, "money", "money")]),
    ("thirty-five days", [(35 * 86400, "day", "span")]),
    ("20 per cent", [(0.2, "%", "share")]),
    ("two million people", [(2e6, "people", "count")]),
    ("maybe 5 percent", [(0.05, "%", "share")]),
    ("on the 4th, on may 9, in 2019, one of them, a man", []),
]


@pytest.mark.parametrize(("text", "want"), NUMBERS, ids=lambda x: str(x)[:20])
def test_numbers(text: str, want: list[tuple[float, str, str]]) -> None:
    got = [(n.value, n.unit, n.kind) for n in numbers(text)]
    assert got == [(pytest.approx(v), u, k) for v, u, k in want]


RIVALS = [
    ("more like 12,000.", "there were 40,000 people.", "12,000", "40,000 people"),
    ("it was nine, not eleven.", "we won eleven last year.", "nine", "eleven"),
    ("i'd say two weeks", "it falls in 30 days.", "two weeks", "30 days"),
    ("the bank itself says 8 to 10.", "it shrinks by 5 percent.", "8 to 10", "5 percent"),
    ("54-46, and that was 2016.", "it was 61-39.", "54-46", "61-39"),
    ("maybe a fifth will go.", "half of them will go.", "a fifth", "half of them"),
    ("32,000 men surrendered.", "they caught 250,000 soldiers.", "32,000 men", "250,000 soldiers"),
]


@pytest.mark.parametrize(("ours", "theirs", "mine", "other"), RIVALS, ids=lambda x: x[:12])
def test_rival_numbers(ours: str, theirs: str, mine: str, other: str) -> None:
    pairs = rivals(ours, numbers(ours), numbers(theirs))
    assert pairs
    a, b = pairs[0]
    assert (ours[a.start : a.end], theirs[b.start : b.end]) == (mine, other)


NO_RIVALS = [
    ("12,000 in the town, maybe.", "not 40,000 people, more like 12,000."),  # takes theirs up
    ("it took three weeks by train.", "it costs 40 euros."),
    ("9 villages and 3 bridges.", "20 tanks were lost."),
    ("two of them came.", "the 3 boats left."),
    ("we waited five hours.", "the strike lasts two days and more."),
]


@pytest.mark.parametrize(("ours", "theirs"), NO_RIVALS, ids=lambda x: x[:12])
def test_numbers_of_other_things_are_no_rivals(ours: str, theirs: str) -> None:
    assert rivals(ours, numbers(ours), numbers(theirs)) == []


def test_a_number_taken_up_to_be_doubted() -> None:
    theirs = numbers("it took ten battalions and 40 tanks.")
    for ours in ("ten battalions? i saw two.", "there aren't ten battalions left."):
        found = echoed(ours, numbers(ours), theirs)
        assert found is not None and found.taken.unit == "battalion"
    told = "ten battalions crossed the river."
    assert echoed(told, numbers(told), theirs) is None


@given(st.text(max_size=400), st.text(alphabet="0123456789 .,-%k$half of a twenty", max_size=200))
def test_numbers_of_any_text(text: str, figures: str) -> None:
    for given_ in (plain(text, 0, len(text)).text, figures):
        found = numbers(given_)
        for number in found:
            assert 0 <= number.start < number.end <= len(given_)
            framed(given_, number)
        rivals(given_, found, found)
        echoed(given_, found, found)


@pytest.mark.parametrize("rule", act_rules(), ids=lambda r: r.id)
def test_a_rule_finds_its_example(rule: ActRule) -> None:
    assert found(rule, rule.example)


@pytest.mark.parametrize("rule", act_rules(), ids=lambda r: r.id)
def test_a_rule_leaves_its_counter_example(rule: ActRule) -> None:
    assert not found(rule, rule.counter)
