"""Scores of judged forecasts. Pure arithmetic: no record, no clock.

A forecast's probability is that of its proposition as put; its outcome says whether the proposition
came true. The words of probability are read as intervals (`probability_words.csv`); a score needs a
number, so a *reading* is stated: the `middle`, the `low` or the `high` end of the interval. A bald
"will" has no probability: it counts as a hit or a miss, and enters Brier and log scores only where
the caller states what it is to be read as.

Brier scores run from 0 (best) to 1, log scores are natural logarithms (0 best, then negative). Only
"true" and "false" are scored; "partly", "ambiguous" and "void" are counted. Nothing is given as a
rate under `ENOUGH` judged forecasts.

Brier 1950; Murphy 1973 for the parts; Wilson 1927 for the interval of a share.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["true", "false", "partly", "ambiguous", "void"]
OUTCOMES: tuple[Outcome, ...] = ("true", "false", "partly", "ambiguous", "void")
ReadingOf = Literal["middle", "low", "high"]

ENOUGH = 5
_SURE = 0.001
"""Log scores clip probabilities here, so that one sure and wrong forecast does not end all."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One forecast with its outcome. `probability` is [low, high], None when unhedged."""

    outcome: Outcome
    probability: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts whose probability lies in [low, high) (the last bin holds 1 too). `said` is their
    mean probability, `came` the share that came true: None under ENOUGH."""

    low: float
    high: float
    n: int
    said: float
    came: float | None


@dataclass(frozen=True, slots=True)
class Parts:
    """Murphy's parts over exact probabilities: Brier = reliability - resolution + uncertainty."""

    reliability: float
    resolution: float
    uncertainty: float


@dataclass(frozen=True, slots=True)
class Score:
    """What a set of judged forecasts comes to. `scored` is how many have a probability and a
    yes or no; rates are None where too few forecasts stand behind them."""

    counts: dict[Outcome, int]
    hits: int
    misses: int
    toss_ups: int
    hit_rate: float | None
    hit_interval: tuple[float, float] | None
    scored: int
    brier: float | None
    log: float | None
    skill: float | None
    base_rate: float | None
    bins: tuple[Bin, ...]
    parts: Parts | None


def number(
    probability: tuple[float, float] | None,
    reading: ReadingOf = "middle",
    unhedged: float | None = None,
) -> float | None:
    """The number that a reading makes of an interval; `unhedged` for a forecast without one."""
    if probability is None:
        return unhedged
    low, high = probability
    return {"low": low, "high": high, "middle": (low + high) / 2}[reading]


def wilson(hits: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval for a share of hits (95 % by default). (0, 1) for n = 0."""
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    centre = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def brier(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean squared distance of probability and outcome. Raises ValueError for none."""
    if not pairs:
        raise ValueError("a Brier score of no forecasts")
    return sum((p - came) ** 2 for p, came in pairs) / len(pairs)


def log_score(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean natural logarithm of the probability given to what came. Raises ValueError."""
    if not pairs:
        raise ValueError("a log score of no forecasts")
    clipped = [(min(max(p, _SURE), 1 - _SURE), came) for p, came in pairs]
    return sum(math.log(p if came else 1 - p) for p, came in clipped) / len(clipped)


def skill(pairs: Sequence[tuple[float, bool]], base_rate: float | None = None) -> float | None:
    """1 - Brier / Brier of always saying the base rate (that of the pairs unless given): 1 is
    perfect, 0 no better than the base rate. None where the base rate is never wrong."""
    base = base_rate if base_rate is not None else sum(came for _, came in pairs) / len(pairs)
    reference = brier([(base, came) for _, came in pairs])
    return None if reference == 0 else 1 - brier(pairs) / reference


def calibration(pairs: Sequence[tuple[float, bool]], bins: int = 5) -> tuple[Bin, ...]:
    """The bins that hold any forecast, each with its n."""
    out = []
    for k in range(bins):
        low, high = k / bins, (k + 1) / bins
        inside = [(p, c) for p, c in pairs if low <= p < high or (k == bins - 1 and p == 1)]
        if inside:
            came = sum(c for _, c in inside) / len(inside) if len(inside) >= ENOUGH else None
            said = sum(p for p, _ in inside) / len(inside)
            out.append(Bin(low, high, len(inside), said, came))
    return tuple(out)


def parts(pairs: Sequence[tuple[float, bool]]) -> Parts:
    """Murphy's parts, grouping equal probabilities. Raises ValueError for none."""
    if not pairs:
        raise ValueError("the parts of no forecasts")
    n = len(pairs)
    base = sum(came for _, came in pairs) / n
    groups: dict[float, list[bool]] = {}
    for p, came in pairs:
        groups.setdefault(p, []).append(came)
    shares = {p: sum(g) / len(g) for p, g in groups.items()}
    reliability = sum(len(g) * (p - shares[p]) ** 2 for p, g in groups.items()) / n
    resolution = sum(len(g) * (shares[p] - base) ** 2 for p, g in groups.items()) / n
    return Parts(reliability, resolution, base * (1 - base))


def score(
    judged: Iterable[Judged],
    *,
    reading: ReadingOf = "middle",
    unhedged: float | None = None,
    base_rate: float | None = None,
) -> Score:
    """The score of a set of judged forecasts under a stated reading.

    A hit: the proposition came true and was put as likely (or without a hedge), or it did not and
    was put as unlikely. A forecast put at exactly a half is a toss-up: neither hit nor miss.
    """
    rows = list(judged)
    counts: dict[Outcome, int] = {o: sum(r.outcome == o for r in rows) for o in OUTCOMES}
    hits = misses = toss_ups = 0
    pairs: list[tuple[float, bool]] = []
    for row in rows:
        if row.outcome not in {"true", "false"}:
            continue
        came = row.outcome == "true"
        said = number(row.probability, "middle", 1.0)
        if said == 0.5:
            toss_ups += 1
        elif (said is None or said > 0.5) == came:
            hits += 1
        else:
            misses += 1
        p = number(row.probability, reading, unhedged)
        if p is not None:
            pairs.append((p, came))
    decided = hits + misses
    enough = len(pairs) >= ENOUGH
    return Score(
        counts=counts,
        hits=hits,
        misses=misses,
        toss_ups=toss_ups,
        hit_rate=hits / decided if decided >= ENOUGH else None,
        hit_interval=wilson(hits, decided) if decided >= ENOUGH else None,
        scored=len(pairs),
        brier=brier(pairs) if enough else None,
        log=log_score(pairs) if enough else None,
        skill=skill(pairs, base_rate) if enough else None,
        base_rate=(sum(c for _, c in pairs) / len(pairs)) if enough else None,
        bins=calibration(pairs),
        parts=parts(pairs) if enough else None,
    )
