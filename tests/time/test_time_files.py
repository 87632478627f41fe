"""A data file of times, numbers or places that lacks a key: an error with file and line."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge import placewords, tables
from sayso.reading import (
    quantity_numbers,
    quantity_units,
    timex_deadline_phrases,
    timex_grammar,
    timex_holidays,
    timex_tokens,
)

Reader = Callable[[], Any]
READERS: dict[str, Reader] = {
    "lang/en/time_rules.yaml": timex_grammar.Grammar,
    "lang/en/time_deadlines.yaml": timex_deadline_phrases.phrases.__wrapped__,
    "lang/en/numbers.yaml": quantity_numbers.tables.__wrapped__,
    "lang/en/time_holidays.csv": timex_holidays.holidays.__wrapped__,
    "lang/en/units.csv": quantity_units.units.__wrapped__,
    "places/words.yaml": placewords.words.__wrapped__,
}
CASES = [
    # file, the words that go, the key that is then missing
    ("lang/en/time_rules.yaml", "  make: ", "make"),
    ("lang/en/time_rules.yaml", "  pattern: ", "pattern"),
    ("lang/en/time_rules.yaml", "macros:", "macros"),
    ("lang/en/time_deadlines.yaml", "gives: ", "gives"),
    ("lang/en/time_deadlines.yaml", "tail:", "tail"),
    ("lang/en/time_deadlines.yaml", "restates:", "restates"),
    ("lang/en/numbers.yaml", "none_words:", "none_words"),
    ("lang/en/numbers.yaml", "harm:", "harm"),
    ("lang/en/numbers.yaml", "vague:", "vague"),
    ("lang/en/time_holidays.csv", "lower", "lower"),
    ("lang/en/time_holidays.csv", "aliases", "aliases"),
    ("lang/en/units.csv", "civilian", "civilian"),
    ("places/words.yaml", "settlement_after:", "settlement_after"),
    ("places/words.yaml", "  words: ", "words"),
]


def with_text(monkeypatch: pytest.MonkeyPatch, file: str, text: str) -> None:
    """Reads that file as if it held the text."""
    real = tables.data_file

    class Changed(io.StringIO):
        def read_text(self, encoding: str) -> str:
            return text

    def data_file(*path: str) -> Any:
        return Changed() if "/".join(path) == file else real(*path)

    monkeypatch.setattr(tables, "data_file", data_file)


@pytest.mark.parametrize(("file", "words", "key"), CASES)
def test_a_missing_key(monkeypatch: pytest.MonkeyPatch, file: str, words: str, key: str) -> None:
    text = tables.data_file(*file.split("/")).read_text(encoding="utf-8")
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if words in line and not line.startswith("#"))
    lines[at] = lines[at].replace(words, words.replace(key, "gone"), 1)
    with_text(monkeypatch, file, "\n".join(lines))
    with pytest.raises(KnowledgeError, match=rf"{Path(file).name}:\d+: .*{key}"):
        READERS[file]()


def test_a_day_that_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "name,rule,days,sure,tradition,lower,aliases\nSome Day,01-01,many,yes,none,no,\n"
    with_text(monkeypatch, "lang/en/time_holidays.csv", text)
    with pytest.raises(KnowledgeError, match=r"time_holidays\.csv:2"):
        timex_holidays.holidays.__wrapped__()


def test_numerals_name_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with_text(monkeypatch, "lang/en/numbers.yaml", "units: {one: 1}\n")
    with pytest.raises(KnowledgeError, match=r"numbers\.yaml:1: "):
        timex_tokens.numerals.__wrapped__()
