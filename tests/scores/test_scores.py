"""Scores against tables worked out by hand, and against what must hold of any forecaster."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record.scores import (
    ENOUGH,
    Judged,
    brier,
    calibration,
    log_score,
    number,
    parts,
    score,
    skill,
    wilson,
)

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)

# p, came true, (p - outcome) squared: worked out by hand.
TABLE = [
    (0.9, True, 0.01),
    (0.9, True, 0.01),
    (0.7, True, 0.09),
    (0.7, False, 0.49),
    (0.5, True, 0.25),
    (0.5, False, 0.25),
    (0.2, False, 0.04),
    (0.2, True, 0.64),
    (0.0, False, 0.00),
    (1.0, False, 1.00),
]
BY_HAND = [(p, came) for p, came, _ in TABLE]


def test_brier_by_hand() -> None:
    for p, came, squared in TABLE:
        assert brier([(p, came)]) == pytest.approx(squared)
    assert brier(BY_HAND) == pytest.approx(2.78 / 10)


def test_log_by_hand() -> None:
    pairs = [(0.5, True), (0.25, False), (0.8, True)]
    # ln 0.5 = -0.6931, ln 0.75 = -0.2877, ln 0.8 = -0.2231; sum -1.2040
    assert log_score(pairs) == pytest.approx(-1.2040 / 3, abs=1e-4)
    assert math.isfinite(log_score([(1.0, False)]))


def test_skill_by_hand() -> None:
    # five of ten came true: the base rate 0.5 has a Brier score of 0.25; 1 - 0.278 / 0.25
    assert skill(BY_HAND) == pytest.approx(-0.112)
    assert skill([(0.9, True), (0.8, True)]) is None


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_wilson_by_hand(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=1e-4)


def test_murphy_by_hand() -> None:
    # 0.8 said four times, three came true; 0.2 said four times, one came true.
    pairs = [(0.8, True)] * 3 + [(0.8, False)] + [(0.2, True)] + [(0.2, False)] * 3
    found = parts(pairs)
    assert found.reliability == pytest.approx(0.05**2)
    assert found.resolution == pytest.approx(0.25**2)
    assert found.uncertainty == pytest.approx(0.25)
    assert brier(pairs) == pytest.approx(0.0025 - 0.0625 + 0.25)


def test_bins_say_how_many_and_no_rate_under_five() -> None:
    pairs = [(0.9, True)] * 5 + [(0.1, False)] * 4
    low, high = calibration(pairs)
    assert (low.n, low.came) == (4, None)
    assert (high.n, high.came, high.said) == (5, 1.0, pytest.approx(0.9))


def test_a_perfect_forecaster_a_coin_and_an_inverted_one() -> None:
    came = [True, False, True, True, False, True, False, False]
    perfect = score(Judged("true" if c else "false", (c, c)) for c in came)
    coin = score(Judged("true" if c else "false", (0.5, 0.5)) for c in came)
    inverted = score(Judged("true" if c else "false", (1 - c, 1 - c)) for c in came)
    assert (perfect.brier, perfect.hit_rate, perfect.skill) == (0, 1, 1)
    assert (coin.brier, coin.toss_ups, coin.hit_rate, coin.skill) == (0.25, 8, None, 0)
    assert (inverted.brier, inverted.hit_rate) == (1, 0)


def test_unhedged_is_right_or_wrong_and_no_hundred_per_cent() -> None:
    rows = [Judged("true")] * 4 + [Judged("false")] * 2
    plain = score(rows)
    assert (plain.hits, plain.misses, plain.scored, plain.brier) == (4, 2, 0, None)
    assert score(rows, unhedged=0.9).brier == pytest.approx((4 * 0.01 + 2 * 0.81) / 6)


def test_only_yes_and_no_are_scored_and_the_rest_is_counted() -> None:
    rows = [Judged(o, (0.7, 0.8)) for o in ("true", "partly", "ambiguous", "void", "false")]
    found = score(rows)
    assert found.counts == {"true": 1, "false": 1, "partly": 1, "ambiguous": 1, "void": 1}
    assert (found.hits, found.misses, found.hit_rate, found.brier) == (1, 1, None, None)


def test_readings() -> None:
    assert number((0.2, 0.4), "low") == 0.2
    assert number((0.2, 0.4), "high") == 0.4
    assert number((0.2, 0.4)) == pytest.approx(0.3)
    assert number(None) is None


@given(PAIRS)
def test_murphy_adds_up(pairs: list[tuple[float, bool]]) -> None:
    found = parts(pairs)
    total = found.reliability - found.resolution + found.uncertainty
    assert total == pytest.approx(brier(pairs), abs=1e-9)


@given(PAIRS)
def test_bounds(pairs: list[tuple[float, bool]]) -> None:
    assert 0 <= brier(pairs) <= 1
    assert log_score(pairs) <= 0
    turned = [(1 - p, not came) for p, came in pairs]
    assert brier(turned) == pytest.approx(brier(pairs))
    assert sum(b.n for b in calibration(pairs)) == len(pairs)


@given(st.integers(0, 80), st.integers(1, 80))
def test_wilson_holds_the_share(hits: int, more: int) -> None:
    n = hits + more
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1


@given(st.lists(st.sampled_from(["true", "false", "partly", "void"]), max_size=ENOUGH - 1))
def test_nothing_is_a_rate_under_five(outcomes: list[str]) -> None:
    found = score(Judged(o, (0.6, 0.8)) for o in outcomes)  # type: ignore[arg-type]
    assert (found.hit_rate, found.hit_interval, found.brier, found.log) == (None,) * 4
    assert all(b.came is None for b in found.bins)
