"""Where a sentence speaks of what is to come: the gate before the parser, and the cues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.reading.forecast_lexicon import CueRule, form
from sayso.reading.forecast_plain import Plain


def may_forecast(sentence: str) -> bool:
    """True if the sentence holds words of a future. Costs one scan; lets some sentences through
    that are none, and none out that a rule would take."""
    return form("gate").search(sentence) is not None


@dataclass(frozen=True, slots=True)
class Cue:
    """One match of a rule in a sentence. `at` is the document offset of the word that anchors the
    clause, `start` and `end` the match, all as document offsets."""

    rule: CueRule
    at: int
    start: int
    end: int


def cues(sentence: Plain, rules: Iterable[CueRule]) -> Iterator[Cue]:
    """The cues of a sentence by these rules, in their order, then in that of the text."""
    for rule in rules:
        for match in rule.pattern.finditer(sentence.text):
            at = next((match.start(g) for g, v in _anchors(match) if v is not None), match.start())
            yield Cue(rule, sentence.start(at), sentence.start(match.start()),
                      sentence.end(match.end()))  # fmt: skip


def _anchors(match: re.Match[str]) -> list[tuple[str, str | None]]:
    return list(match.groupdict().items())
