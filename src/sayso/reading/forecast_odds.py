"""Odds in figures: what "70%", "80/20", "one in five" and "nine times out of ten" say."""

from __future__ import annotations

from sayso.reading.forecast_lexicon import form
from sayso.reading.timex_tokens import numerals

Interval = tuple[float, float]


def odds(words: str) -> Interval | None:
    """The probability that lower-case words give in figures; None if they give none, or more than
    a certainty."""
    if match := form("odds_in").search(words):
        part, whole = _value(match["part"]), _value(match["whole"])
        return (part / whole, part / whole) if 0 <= part <= whole else None
    if match := form("odds_split").search(words):
        part, rest = float(match["part"]), float(match["rest"])
        return (part / 100, part / 100) if part + rest == 100 else None
    if match := form("odds_percent").search(words):
        values = [_value(v) / 100 for v in match.groups() if v is not None]
        return (min(values), max(values)) if max(values) <= 1 else None
    return None


def odds_after(words: str) -> tuple[Interval, int] | None:
    """Odds that go on right behind words of doubt ("I'd put it" + " at 20 percent"), and how many
    characters they take."""
    match = form("odds_after").match(words)
    found = odds(match.group()) if match else None
    return (found, match.end()) if match and found else None


def _value(word: str) -> float:
    """A figure, or a number word of the forms."""
    if word[0].isdigit():
        return float(word)
    known = numerals()
    values = {**known.units, **known.tens, **known.scales}
    return float(sum(values[w] for w in word.removeprefix("a ").replace("-", " ").split()))
