"""Numbers with what they count, and whether two comments give rival ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.reading.reply_lexicon import words

_NUMBER = re.compile(
    r"(?<![\w.,/:-])[$€£~>]?(\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)"
    r" ?(k|m|bn|mio|million|thousand|hundred|billion|%|percent|per cent)?(?![\w/:])"
)
_SCALE = {"k": 1e3, "m": 1e6, "bn": 1e9, "mio": 1e6, "million": 1e6, "thousand": 1e3,
          "hundred": 1e2, "billion": 1e9, "dozen": 12}  # fmt: skip
_NOUN = re.compile(r" ?((?:of (?:the |them )?)?(?:[a-z][\w'-]* ){0,2}?[a-z][\w'-]*)")
# "180,000 crossed": a verb or adverb is no unit; "40 killed" counts people.
_VERBAL = re.compile(r"ly$|(?<!kill)(?<!wound)(?<!injur)(?<!displac)(?<!detain)(?<!arrest)ed$|ing$")
_MONTHS = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ?$")


_OPENING = 80


@dataclass(frozen=True, slots=True)
class Number:
    """A number in plain text: its value, the noun that it counts (singular, or ""), its place."""

    value: float
    unit: str
    start: int
    end: int

    @property
    def people(self) -> bool:
        return self.unit in words("people")


_SPELLED = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
            "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}  # fmt: skip
_SPELLED_WORD = re.compile(
    rf"\b({'|'.join(_SPELLED)}|half a|a|one)\b(?: (hundred|thousand|million|billion|dozen)\b)?"
    r"(?! (?:hundred|thousand|million|billion|dozen))"
)


def numbers(text: str) -> list[Number]:
    """The numbers of a plain text, in digits or words, without years, clock times and days of a
    month."""
    out = []
    for match in _SPELLED_WORD.finditer(text):
        scale = _SCALE.get(str(match.group(2)), 1.0)
        if match.group(1) in {"half a", "a", "one"} and scale == 1:
            continue
        unit, end = _unit(text, match.end())
        many = 0.5 if match.group(1) == "half a" else float(_SPELLED.get(match.group(1), 1))
        out.append(Number(many * scale, unit, match.start(), end))
    for match in _NUMBER.finditer(text):
        digits, unit_scale = match.group(1), match.group(2)
        if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
            value = float(re.sub(r"[.,]", "", digits))
        else:
            value = float(digits.replace(",", "."))
        value *= _SCALE.get(unit_scale or "", 1)
        if unit_scale is None and 1000 <= value <= 2100 and digits.isdigit() and len(digits) == 4:
            continue
        if unit_scale is None and value <= 31 and _MONTHS.search(text[: match.start()]):
            continue
        if unit_scale in {"%", "percent", "per cent"}:
            unit, end = "%", match.end()
        else:
            unit, end = _unit(text, match.end())
        out.append(Number(value, unit, match.start(), end))
    return sorted(out, key=lambda n: n.start)


def _unit(text: str, at: int) -> tuple[str, int]:
    """The last noun-like word of up to three that follow, in the singular."""
    end = at
    unit = ""
    for _ in range(3):
        match = re.compile(r"[ -]([a-z][\w'-]*)").match(text, end)
        if match is None or match.group(1) in words("no_units") or _VERBAL.search(match.group(1)):
            break
        unit, end = match.group(1), match.end()
        if unit.endswith("s") or unit in words("people"):
            break
    return singular(unit), end


def singular(word: str) -> str:
    """A noun without its plural ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


def rivals(ours: list[Number], theirs: list[Number]) -> list[tuple[Number, Number]]:
    """Pairs (ours, theirs) that give another value for the same thing."""
    out = []
    for a in ours:
        # A length of time, or a number of nothing, is a rival only where it opens the reply.
        loose = not a.unit or a.unit in words("spans")
        if loose and a.start > _OPENING:
            continue
        for b in theirs:
            if a.value == b.value:
                continue
            same = a.unit == b.unit and a.unit
            both = a.people and b.people
            bare = not (a.unit and b.unit) and _near(a.value, b.value)
            bare = bare and (bool(b.unit) or min(a.value, b.value) >= 100)
            if same or both or bare:
                out.append((a, b))
    return out


def _near(a: float, b: float) -> bool:
    low, high = sorted((a, b))
    return low > 1 and high / low <= 20
