"""The words of forecasts, as the files of `knowledge/data/lang/en/forecasts` give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_csv, load_yaml, where
from sayso.reading.forms import forms

_FOLDER = ("lang", "en", "forecasts")


@dataclass(frozen=True, slots=True)
class CueRule:
    """Words that say that a sentence speaks of what is to come. See `cues.yaml`."""

    id: str
    kind: str
    pattern: re.Pattern[str]
    needs: str | None
    confidence: float
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Guard:
    """What looks like a forecast and is none. See `guards.yaml`."""

    id: str
    where: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    unless_where: str
    scope: str | None
    parts: str | None
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that say how sure a forecaster is; `word` names a row of the probability table."""

    pattern: re.Pattern[str]
    word: str | None
    when: str
    example: str


@dataclass(frozen=True, slots=True)
class DueRule:
    """Words that say by when."""

    id: str
    pattern: re.Pattern[str]
    weak: bool
    clause: bool
    example: str


@dataclass(frozen=True, slots=True)
class ConditionRule:
    """Words that make a forecast hang on something else."""

    id: str
    kind: str
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What readers take a word of probability to mean: an interval, and whose survey says so."""

    low: float
    high: float
    survey: str


def compiled(pattern: str, file: str, line: int) -> re.Pattern[str]:
    """The pattern, or a KnowledgeError that names file and line."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise KnowledgeError(f"{where(*_FOLDER, file)}:{line}: {error}: {pattern}") from error


def _field(row: dict[Any, Any], key: str, file: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise KnowledgeError(f"{where(*_FOLDER, file)}:{row.get(LINE, 1)}: {key!r} is missing")
    return value


@cache
def cue_rules() -> tuple[CueRule, ...]:
    """The rules of `cues.yaml`, in order."""
    file = "cues.yaml"
    return tuple(
        CueRule(
            id=_field(row, "id", file),
            kind=_field(row, "kind", file),
            pattern=compiled(_field(row, "pattern", file), file, row[LINE]),
            needs=row.get("needs"),
            confidence=float(row["confidence"]),
            example=_field(row, "example", file),
            counter=_field(row, "not", file),
        )
        for row in load_yaml(*_FOLDER, file)
    )


@cache
def guards() -> tuple[Guard, ...]:
    """The guards of `guards.yaml`, in order."""
    file = "guards.yaml"
    out = []
    for row in load_yaml(*_FOLDER, file):
        unless = row.get("unless")
        place = _field(row, "where", file)
        out.append(
            Guard(
                id=_field(row, "id", file),
                where=place,
                pattern=compiled(_field(row, "pattern", file), file, row[LINE]),
                unless=compiled(unless, file, row[LINE]) if unless else None,
                unless_where=row.get("reads") or place,
                scope=row.get("scope"),
                parts=row.get("parts"),
                example=_field(row, "example", file),
                counter=_field(row, "not", file),
            )
        )
    return tuple(out)


@cache
def hedges() -> tuple[Hedge, ...]:
    """The rows of `hedges.yaml`. Raises KnowledgeError for a word that no survey has."""
    file = "hedges.yaml"
    known = readings()
    out = []
    for row in load_yaml(*_FOLDER, file):
        word = row.get("word")
        if word is not None and word not in known:
            raise KnowledgeError(
                f"{where(*_FOLDER, file)}:{row[LINE]}: {word!r} is not in probability_words.csv"
            )
        pattern = compiled(rf"(?<![\w])(?:{_field(row, 'pattern', file)})(?!\w)", file, row[LINE])
        out.append(Hedge(pattern, word, _field(row, "when", file), _field(row, "example", file)))
    return tuple(out)


@cache
def readings() -> dict[str, Reading]:
    """The first row of each word in `probability_words.csv`."""
    out: dict[str, Reading] = {}
    name = "probability_words.csv"
    for row in load_csv(name, required=("word", "low", "high", "survey", "citation")):
        try:
            low, high = float(row["low"]), float(row["high"])
        except ValueError as error:
            raise KnowledgeError(f"{where(name)}:{row[LINE]}: {error}") from error
        if not 0 <= low <= high <= 1:
            raise KnowledgeError(f"{where(name)}:{row[LINE]}: not an interval within [0, 1]")
        out.setdefault(row["word"], Reading(low, high, row["survey"]))
    return out


@cache
def due_rules() -> tuple[DueRule, ...]:
    """The rules of `due.yaml`, the strong before the weak."""
    file = "due.yaml"
    data = load_yaml(*_FOLDER, file)
    groups: dict[str, str] = {}
    for name, pattern in data["groups"].items():
        if name != LINE:
            groups[name] = _filled(pattern, groups)
    out = []
    for row in data["rules"]:
        body = _filled(_field(row, "pattern", file), groups)
        out.append(
            DueRule(
                id=_field(row, "id", file),
                pattern=compiled(rf"(?<![\w'])(?:{body}){_end(row)}", file, row[LINE]),
                weak=bool(row.get("weak")),
                clause=bool(row.get("clause")),
                example=_field(row, "example", file),
            )
        )
    return tuple(sorted(out, key=lambda r: r.weak))


def _end(row: dict[Any, Any]) -> str:
    return "" if row.get("clause") else r"(?!\w)"


def _filled(pattern: str, groups: dict[str, str]) -> str:
    for name, group in groups.items():
        pattern = pattern.replace("{" + name + "}", group)
    return pattern


@cache
def condition_rules() -> tuple[ConditionRule, ...]:
    """The rules of `conditions.yaml`, in order."""
    file = "conditions.yaml"
    return tuple(
        ConditionRule(
            id=_field(row, "id", file),
            kind=_field(row, "kind", file),
            pattern=compiled(_field(row, "pattern", file), file, row[LINE]),
            example=_field(row, "example", file),
        )
        for row in load_yaml(*_FOLDER, file)
    )


def form(name: str) -> re.Pattern[str]:
    """The pattern of a form."""
    return forms(*_FOLDER, "forms.yaml")[name].pattern


@cache
def words(name: str) -> frozenset[str]:
    """A list of `words.yaml`."""
    return frozenset(load_yaml(*_FOLDER, "words.yaml")[name])
