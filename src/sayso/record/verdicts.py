"""Which verdicts a judgement can have, act by act: outcomes, Admiralty grades, reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.errors import UsageError
from sayso.knowledge.tables import load_csv
from sayso.record.scores import OUTCOMES

ACROSS = ("public figure", "outlet", "own wish")
"""Why a commenter may be scored across pages."""
READER = "reader:"
"""What the subject of such a judgement begins with; the name follows."""

_GRADE = re.compile(r"([A-F])?([1-6])?")


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of the Admiralty code with MISP's tag for it."""

    grade: str
    scale: str
    tag: str
    meaning: str


@cache
def admiralty() -> dict[str, Grade]:
    """The grades by letter or digit."""
    rows = load_csv("record", "admiralty.csv", required=("grade", "scale", "tag", "meaning"))
    return {r["grade"]: Grade(r["grade"], r["scale"], r["tag"], r["meaning"]) for r in rows}


def grades(verdict: str | None) -> tuple[Grade, ...]:
    """The grades that a verdict such as "B2", "F" or "3" gives. Raises UsageError."""
    match = _GRADE.fullmatch((verdict or "").strip().upper())
    found = tuple(g for g in (match.groups() if match else ()) if g)
    if not found:
        raise UsageError(
            f"{verdict}: a grade is a letter A-F (the source), a digit 1-6 (what it says), or both,"
            " such as B2"
        )
    return tuple(admiralty()[g] for g in found)


def check(act: str, subject: str, verdict: str | None, why: str | None) -> None:
    """Raises UsageError for a verdict that makes no sense."""
    if act == "outcome":
        if not subject.startswith("fo-"):
            raise UsageError(f"{subject}: is no forecast (fo-…)")
        if verdict not in OUTCOMES:
            raise UsageError(f"{verdict}: an outcome is one of {', '.join(OUTCOMES)}")
    elif act == "grade":
        _grade(subject, grades(verdict), why)
    elif act == "across":
        if not subject.startswith(READER) or not subject[len(READER) :].strip():
            raise UsageError(f"{subject}: a commenter is given as {READER}NAME")
        if verdict not in ACROSS:
            raise UsageError(
                f"{verdict}: a commenter is scored across pages only for a reason:"
                f" {', '.join(ACROSS)}"
            )
        if not (why or "").strip():
            raise UsageError("across: --why must say how that is known")


def _grade(subject: str, given: tuple[Grade, ...], why: str | None) -> None:
    told = subject[:3] in ("te-", "fo-", "di-", "ev-")
    for grade in given:
        if grade.scale == "information-credibility" and not told:
            raise UsageError(
                f"{grade.grade}: 1-6 grade what is said (te-…, ev-…, fo-…, di-…); a source has A-F"
            )
        if grade.scale == "source-reliability" and subject.startswith("ev-"):
            raise UsageError(
                f"{grade.grade}: A-F grade a source or one telling of it (te-…), not an event"
            )
    if not (why or "").strip():
        raise UsageError("grade: --why must say what it rests on")
