"""The file of floors: readable, known figures, nothing lowered without a reason."""

from __future__ import annotations

from sayso.service import evaluate


def suite(*steps: tuple[str, float, str | None], ceiling: bool = False) -> evaluate.Suite:
    return evaluate.Suite(
        name="s",
        path="events/s.jsonl",
        style=None,
        small=None,
        judged=None,
        floors={"type found": steps},
        ceilings=frozenset({"type found"} if ceiling else ()),
    )


def test_no_floor_was_lowered_without_a_reason() -> None:
    assert [line for s in evaluate.suites() for line in evaluate.lowered(s)] == []


def test_a_lowered_floor_is_noticed() -> None:
    assert list(evaluate.lowered(suite(("d", 0.7, None), ("d", 0.6, None))))
    assert not list(evaluate.lowered(suite(("d", 0.7, None), ("d", 0.6, "gold corrected"))))
    assert not list(evaluate.lowered(suite(("d", 0.6, None), ("d", 0.7, None))))
    assert list(evaluate.lowered(suite(("d", 0.1, None), ("d", 0.2, None), ceiling=True)))


def test_the_figures_are_found_in_what_a_scorer_prints() -> None:
    printed = (
        "  source words inside a right-typed event's arguments: 0.812 of 40\n"
        "events: type found 0.761 of 300; type precision 0.640 of 310\n"
        "  forecast due_words: 3 of 4\n"
        "value    P 0.700 R 0.600 F1 0.646\n"
    )
    found = evaluate.figures_in(printed)
    assert found["source words"] == 0.812
    assert found["type found"] == 0.761 and found["type precision"] == 0.640
    assert found["due words"] == 0.75 and found["value F1"] == 0.646


def test_a_figure_holds_its_floor_or_ceiling() -> None:
    assert evaluate.Figure("s", "n", 0.5, 0.5, False).holds
    assert not evaluate.Figure("s", "n", 0.4, 0.5, False).holds
    assert not evaluate.Figure("s", "n", None, 0.5, False).holds
    assert evaluate.Figure("s", "n", 0.1, 0.12, True).holds
    assert not evaluate.Figure("s", "n", 0.2, 0.12, True).holds
