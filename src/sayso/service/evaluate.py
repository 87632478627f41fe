"""Measuring against gold: suites that lie beside the project, and the floors that stand.

The texts of the suites are never part of the project. A suite is scored by the scorer that comes
with it (`tools/score.py` beside the folder of suites), through the reading contract alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.knowledge.tables import LINE, load_yaml
from sayso.record.query import KEEP_EVENT
from sayso.service import judged

FLOORS = ("quality", "floors.yaml")
_TALK = "discussion"
_NUMBER = r"(\d*\.\d+|\d+)"
_OF = r"(\d+) of (\d+)"

# Where each figure stands in what the scorer prints.
_WHERE: dict[str, str] = {
    "type found": rf"type found {_NUMBER}",
    "type precision": rf"type precision {_NUMBER}",
    "source words": rf"source words inside .*?: {_NUMBER}",
    "target words": rf"target words inside .*?: {_NUMBER}",
    "sub-event type found": rf"sub-event type found {_NUMBER}",
    "police KILL F1": rf"police KILL .*F1 {_NUMBER}",
    "police ARREST F1": rf"police ARREST .*F1 {_NUMBER}",
    "police FORCE F1": rf"police FORCE .*F1 {_NUMBER}",
    "incident P": rf"has incident: P {_NUMBER}",
    "incident R": rf"has incident: P [\d.]+ R {_NUMBER}",
    "BOMBING P": rf"has BOMBING: P {_NUMBER}",
    "BOMBING R": rf"has BOMBING: P [\d.]+ R {_NUMBER}",
    "KIDNAPPING P": rf"has KIDNAPPING: P {_NUMBER}",
    "KIDNAPPING R": rf"has KIDNAPPING: P [\d.]+ R {_NUMBER}",
    "FightingAgainst joined": rf"joined by a conflict event {_NUMBER}",
    "future F1": rf"future F1 {_NUMBER}",
    "negated F1": rf"negated F1 {_NUMBER}",
    "uncertain F1": rf"uncertain F1 {_NUMBER}",
    "place right": rf"place right {_NUMBER}",
    "rightly none": rf"rightly none {_NUMBER}",
    "triple F1": rf"triple .*F1 {_NUMBER}",
    "indirect content recall": rf"indirect .*content word recall {_NUMBER}",
    "reply acts F1": rf"reply acts .*F1 {_NUMBER}",
    "forecasts found": rf"forecasts found {_NUMBER}",
    "look-alikes taken": rf"look-alikes taken {_NUMBER}",
    "due words": rf"forecast due_words: {_OF}",
    "conditions": rf"forecast condition_words: {_OF}",
    "end-to-end F1@161": rf"end-to-end .*F1@161km {_NUMBER}",
    "relaxed F1": rf"relaxed .*F1 {_NUMBER}",
    "value F1": rf"^value .*F1 {_NUMBER}",
    "calendar days right": rf"calendar-day DATEs .* = {_NUMBER}",
    "recall": rf"MACRO .*recall={_NUMBER}",
    "precision": rf"MACRO .*precision={_NUMBER}",
    "author": rf"MACRO .*author={_NUMBER}",
    "edge": rf"MACRO .*edge={_NUMBER}",
    "date": rf"MACRO .*date={_NUMBER}",
    "exact": rf"MACRO .*exact={_NUMBER}",
}


_BY_HAND = ("right at keep", "judged share", "right ones still read")
"""What verdicts by hand give: see `judged.Tally`."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One row of the floors file. `ceilings` are figures where smaller is better. `judged` names
    a sample of events judged by hand, in place of the suite's own scorer."""

    name: str
    path: str
    style: str | None
    small: int | None
    judged: str | None
    floors: Mapping[str, tuple[tuple[str, float, str | None], ...]]
    ceilings: frozenset[str]

    @property
    def area(self) -> str:
        return self.path.split("/")[0]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure beside its floor; `value` is None if the scorer did not print it."""

    suite: str
    name: str
    value: float | None
    floor: float | None
    ceiling: bool

    @property
    def holds(self) -> bool:
        """True if there is no floor, or the figure is not worse than it."""
        if self.floor is None:
            return True
        if self.value is None:
            return False
        return self.value <= self.floor if self.ceiling else self.value >= self.floor


def suites() -> list[Suite]:
    """The suites of the floors file, in its order. Raises KnowledgeError, UsageError."""
    out: list[Suite] = []
    for name, row in load_yaml(*FLOORS).items():
        if name == LINE:
            continue
        figures: dict[str, Any] = {k: v for k, v in row["figures"].items() if k != LINE}
        for key in figures:
            if key.lstrip("~") not in _WHERE and key not in _BY_HAND:
                raise UsageError(f"{'/'.join(FLOORS)}: the figure {key!r} of {name} is not known")
        out.append(
            Suite(
                name=name,
                path=row["suite"],
                style=row.get("style"),
                small=row.get("small"),
                judged=row.get("judged"),
                floors={
                    k.lstrip("~"): tuple(
                        (str(step[0]), float(step[1]), step[2] if len(step) > 2 else None)
                        for step in steps
                    )
                    for k, steps in figures.items()
                },
                ceilings=frozenset(k[1:] for k in figures if k.startswith("~")),
            )
        )
    return out


def lowered(suite: Suite) -> Iterator[str]:
    """The figures of a suite whose floor was lowered without a reason."""
    for name, steps in suite.floors.items():
        for before, after in pairwise(steps):
            worse = after[1] > before[1] if name in suite.ceilings else after[1] < before[1]
            if worse and not after[2]:
                yield f"{suite.name}: {name} went from {before[1]} to {after[1]} without a reason"


def figures_in(printed: str) -> dict[str, float]:
    """Every known figure in what the scorer printed; the first of a name counts."""
    out: dict[str, float] = {}
    for name, pattern in _WHERE.items():
        match = re.search(pattern, printed, re.MULTILINE)
        if match and match.lastindex == 2:
            out[name] = int(match[1]) / max(int(match[2]), 1)
        elif match:
            out[name] = float(match[1])
    return out


def _by_hand(suite: Suite, folder: Path) -> list[Figure]:
    """The figures of a sample of events judged by hand, at the keep point of events."""
    tally = judged.measure(folder, str(suite.judged), KEEP_EVENT)
    found = dict(
        zip(_BY_HAND, (tally.precision, tally.judged_share, tally.still_read), strict=True)
    )
    return _figures(suite, found)


def _figures(suite: Suite, found: Mapping[str, float | None]) -> list[Figure]:
    return [
        Figure(
            suite=suite.name,
            name=name,
            value=found.get(name),
            floor=steps[-1][1] if steps else None,
            ceiling=name in suite.ceilings,
        )
        for name, steps in suite.floors.items()
    ]


def measure(suite: Suite, folder: Path, *, small: bool = False) -> list[Figure]:
    """Scores one suite of `folder`. Raises UsageError if it, or its scorer, is not there."""
    if suite.judged is not None:
        return _by_hand(suite, folder)
    path = folder / suite.path
    scorer = folder.parent / "tools" / "score.py"
    for needed in (path, scorer):
        if not needed.exists():
            raise UsageError(f"{needed} is not there; --suites names the folder of suites")
    command = [sys.executable, str(scorer), suite.area, str(path)]
    command += ["--sayso", f"{sys.executable} -m sayso"]
    if suite.style:
        command += ["--style", suite.style]
    if small and suite.small:
        command += ["--limit", str(suite.small)]
    # The model of talk moves no figure but those of discussions, and costs as much as all the rest.
    spared = {} if suite.area == _TALK else {"SAYSO_TALK": "rules"}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=False, env=os.environ | spared
    )
    if done.returncode:
        raise UsageError(f"the scorer ended with exit status {done.returncode} on {suite.name}")
    return _figures(suite, figures_in(done.stdout))
