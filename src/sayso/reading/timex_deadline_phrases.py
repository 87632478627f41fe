"""The words around a time that make it a deadline, from `time_deadlines.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.knowledge.tables import load_yaml

REACH = 48
"""Characters before a time within which the words that make it a deadline stand."""

_SOFTENERS = re.compile(
    r"\b(?:at\s+least|at\s+most|about|around|roughly|maybe|perhaps|probably|say|like)\s*\Z", re.I
)


@dataclass(frozen=True)
class Phrases:
    """The tables, compiled. `few`: days that a period of unknown length is read as; `vague_days`:
    the same for phrases such as "soon", None where nothing bounds them."""

    lead: tuple[tuple[re.Pattern[str], str], ...]
    tail: re.Pattern[str]
    few: dict[str, int]
    restates: re.Pattern[str]
    vague: re.Pattern[str]
    vague_days: dict[str, int | None]
    event: re.Pattern[str]
    turns: frozenset[str]


_ARTICLE = re.compile(r"\b(?:the|this)\s+$", re.I)


def _either(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w).replace("\\ ", r"\s+").replace("'", "['’]") for w in longest_first)


@cache
def phrases() -> Phrases:
    """The phrases, read once."""
    data = load_yaml("lang", "en", "time_deadlines.yaml")
    lead = [(w, row["gives"]) for row in data["lead"] for w in row["words"] if w]
    lead.sort(key=lambda pair: -len(pair[0]))
    vague_days = {w: row.get("days") for row in data["vague"] for w in row["words"]}
    return Phrases(
        tuple((re.compile(rf"(?<!\w)(?:{_either([w])})\s*\Z", re.I), gives) for w, gives in lead),
        re.compile(rf"\s*,?\s*(?:{_either(data['tail'])})\b", re.I),
        {k: v for k, v in data["few"].items() if not k.startswith("__")},
        re.compile(rf"(?:^|\W)(?:{_either(data['restates'])})\s", re.I),
        re.compile(rf"\b(?:{_either(list(vague_days))})\b", re.I),
        vague_days,
        re.compile(rf"\b(?:{_either(data['event'])})\s+(?=\w)", re.I),
        frozenset(data["turns"]),
    )


def is_turn(words: str) -> bool:
    """True for a time that is the turn between two others ("New Year")."""
    return words.lower().replace("’", "'") in phrases().turns


def lead(text: str, start: int, at: int, *, turn: bool = False) -> tuple[str, int]:
    """What the words in front of a time at `at` make of it, and where they start: by, before, from,
    after, within, takes, on. `start` is where the statement starts. Before a `turn` of time an
    article may stand, and "by" it is before it."""
    before = text[max(start, at - REACH) : at]
    base = at - len(before)
    if turn:
        gives, first = lead(text, start, base + len(_ARTICLE.sub("", before)))
        return "before" if gives == "by" else gives, first
    softened = _SOFTENERS.search(before)
    for shown in (before, before[: softened.start()] if softened else ""):
        for pattern, gives in phrases().lead:
            found = pattern.search(shown)
            if found is None:
                continue
            return gives, base + found.start()
    return "on", at


def tail(text: str, at: int, end: int) -> int | None:
    """Where words such as "tops" or "at most" behind a time end, or None."""
    found = phrases().tail.match(text, at, end)
    return found.end() if found else None
