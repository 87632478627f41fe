"""The numbers of a comment, with what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.knowledge.tables import LINE, load_yaml
from sayso.reading.reply_lexicon import words

_LONGEST = 4000
_FIRST_YEAR = 1500
"""Four digits from here on are taken for a year: earlier ones are rarer than counts."""
_MOST = 60
MOST_MEANT = 8
_GROUPED = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
_MONTH = (
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_AFTER_MONTH = re.compile(rf"{_MONTH} ?$")
_DAY_OF = re.compile(rf"(?:st|nd|rd|th)\b| (?:of )?{_MONTH}")
_NEXT = re.compile(r"[ -]([a-z][\w'-]*)")
_OF = re.compile(r" of (?:the |them\b|those |these |our |their |his |her |its )?([a-z][\w'-]*)?")
# "180,000 crossed": a verb or adverb is no unit; "40 killed" counts people.
_VERBAL = re.compile(r"ly$|(?<!kill)(?<!wound)(?<!injur)(?<!displac)(?<!detain)(?<!arrest)ed$|ing$")
# A time of day, or a difference: "two in the afternoon", "seven short".
_CLOCK = re.compile(
    r" ?(?:o'clock|in the (?:morning|afternoon|evening)|at night|short|shy|ahead|behind|apart)\b"
)
_PERCENT = {"%", "percent", "per cent", "pct", "pc"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in plain text: its value in the base of its kind, the noun that it counts
    (singular, or ""), its place. `kind`: count, span, length, weight, money, share, times, score.
    `other`: the second part of a score, or the upper end of a range."""

    value: float
    unit: str
    start: int
    end: int
    kind: str = "count"
    other: float = 0.0

    @property
    def people(self) -> bool:
        return self.unit in words("people")

    @property
    def bare(self) -> bool:
        return self.kind == "count" and not self.unit


def numbers(text: str) -> list[Number]:
    """The numbers of a plain text, in digits or words, without years, clock times and days of a
    month; at most 60 of the first 4,000 characters."""
    text = text[:_LONGEST]
    found: list[Number] = []
    taken = 0
    for match in _any_number().finditer(text):
        if match.start() < taken:
            continue
        number = _number(text, match)
        if number is not None:
            found.append(number)
            taken = number.end
        if len(found) >= _MOST:
            break
    return found


def candidates(text: str) -> list[Number]:
    """The first figures of a plain text of which a reply may mean one, at most `MOST_MEANT`: its
    numbers, and words that say how many or how much without one ("a handful", "3x", "zero")."""
    found = numbers(text)
    for match in tables().loose.finditer(text[:_LONGEST]):
        if not any(n.start < match.end() and match.start() < n.end for n in found):
            found.append(Number(0, "", match.start(), match.end(), "loose"))
    return sorted(found, key=lambda n: n.start)[:MOST_MEANT]


def _number(text: str, match: re.Match[str]) -> Number | None:
    if match.group("score"):
        one, two = (int(x) for x in re.split(r"[-:]", match.group("score")))
        return Number(one, "", match.start(), match.end(), "score", two)
    table = tables()
    if match.group("share"):
        unit, end = _counted(text, match.end())
        return Number(table.shares[match.group("share")], unit, match.start(), end, "share")
    if match.group("times"):
        unit, end = _counted(text, match.end())
        return Number(table.times[match.group("times")], unit, match.start(), end, "times")
    value = _value(match)
    if value is None:
        return None
    scaled = match.group("scale") or match.group("letter") or match.group("after")
    if match.group("digits") and not scaled and _calendar(text, match, value):
        return None
    if match.group("digits") and _item(text, match, value):
        return None
    if not scaled and (_named_by(text, match.start()) or _CLOCK.match(text, match.end())):
        return None
    scale = table.scales.get(scaled or "", 1.0)
    high = float(match.group("upto").replace(",", ".")) * scale if match.group("upto") else 0.0
    value *= scale
    end = match.end()
    if match.group("percent"):
        return Number(value / 100, "%", match.start(), end, "share", high / 100)
    unit, end = _counted(text, end)
    if match.group("currency") or unit in words("money"):
        return Number(value, "money", match.start(), end, "money", high)
    for kind, bases in table.measures.items():
        if unit in bases:
            base = bases[unit]
            return Number(value * base, unit, match.start(), end, kind, high * base)
    return Number(value, unit, match.start(), end, "count", high)


def _value(match: re.Match[str]) -> float | None:
    digits = match.group("digits")
    if digits is not None:
        if _GROUPED.fullmatch(digits):
            return float(re.sub(r"[.,' ]", "", digits))
        return float(digits.replace(",", "."))
    spelled = match.group("spelled")
    if spelled is None:
        return None
    known = tables().spelled
    if spelled in {"a", "one", "half a", "an"}:
        if not match.group("scale"):
            return None
        return 0.5 if spelled == "half a" else 1.0
    return sum(known[w] for w in re.split(r"[ -]", spelled) if w in known)


def _calendar(text: str, match: re.Match[str], value: float) -> bool:
    """True for a year, or a day of a month. A round number before people is none ("2000 men")."""
    digits = match.group("digits")
    if digits.isdigit() and len(digits) == 4 and _FIRST_YEAR <= value <= 2100:
        if value % 100 == 0 and _counted(text, match.end())[0] in words("people"):
            return False
        return not match.group("currency") and not match.group("percent")
    if value <= 31 and digits.isdigit():
        before = text[max(0, match.start() - 12) : match.start()]
        return bool(_AFTER_MONTH.search(before) or _DAY_OF.match(text, match.end()))
    return False


def _item(text: str, match: re.Match[str], value: float) -> bool:
    """True for the number of an item of a list ("1. … 2. …")."""
    mark = text[match.end() : match.end() + 1]
    if mark not in (".", ")") or value > 30 or text[: match.start()].rstrip()[-1:].isalnum():
        return False
    nearby = (f" {value + step:g}{mark} " for step in (-1, 1))
    return any(n in f" {text}" for n in nearby)


def _named_by(text: str, at: int) -> bool:
    """True if the word before a number makes it a name: "category 3", "page 41", "top four"."""
    before = text[max(0, at - 20) : at].split()
    return bool(before) and text[at - 1] in " #" and before[-1].strip("#(") in words("labels")


def _counted(text: str, at: int) -> tuple[str, int]:
    """The last noun-like word of up to three that follow, in the singular."""
    end = at
    unit = ""
    of = _OF.match(text, end)
    if of is not None:
        noun = of.group(1)
        if noun is None or noun in words("no_units"):
            whole = text[at : of.end() if noun is None else of.start(1)].rstrip()
            return "", at if whole == " of" else at + len(whole)
        return singular(noun), of.end()
    for _ in range(3):
        match = _NEXT.match(text, end)
        if match is None or match.group(1) in words("no_units") or _VERBAL.search(match.group(1)):
            break
        unit, end = match.group(1), match.end()
        if unit.endswith("s") or unit in words("people") or _measured(unit):
            break
    return singular(unit), end


def _measured(word: str) -> bool:
    return any(word in bases for bases in tables().measures.values())


def singular(word: str) -> str:
    """A noun without its plural ending."""
    if word in {"men", "women"}:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


# -- words -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Number words and frames, ready to use. `frames` and `echoes` are (id, pattern); `against`
    are the ids of frames that hold for an article's number too, `narrowing` the ids of echoes that
    narrow; `verbs` gives the base form of verbs that take a number."""

    spelled: dict[str, int]
    scales: dict[str, float]
    shares: dict[str, float]
    times: dict[str, float]
    measures: dict[str, dict[str, float]]
    frames: tuple[tuple[str, re.Pattern[str]], ...]
    echoes: tuple[tuple[str, re.Pattern[str]], ...]
    against: frozenset[str]
    narrowing: frozenset[str]
    before_part: re.Pattern[str]
    partitive: re.Pattern[str]
    verbs: dict[str, str]
    loose: re.Pattern[str]


@cache
def tables() -> Words:
    """The words of numbers: the shared ones of English and those of replies."""
    shared: dict[str, Any] = load_yaml("lang", "en", "numbers.yaml")
    own: dict[str, Any] = load_yaml("lang", "en", "replies", "numbers.yaml")
    spelled = {**_table(shared["units"]), **_table(shared["tens"])}
    return Words(
        {k: v for k, v in spelled.items() if v > 1},
        {**_table(shared["scales"]), **_table(shared["letters"]), **_table(own["scales"])},
        _table(own["shares"]),
        _table(own["times"]),
        {kind: _table(row) for kind, row in _table(own["measures"]).items()},
        tuple((row["id"], framing(row["pattern"])) for row in own["frames"]),
        tuple((row["id"], framing(row["pattern"])) for row in own["echoes"]),
        frozenset(row["id"] for row in own["frames"] if row.get("against")),
        frozenset(row["id"] for row in own["echoes"] if row.get("narrows")),
        re.compile(own["partitive"]["before"]),
        re.compile(own["partitive"]["pattern"]),
        {form: verb for verb, forms in _table(own["verbs"]).items() for form in [verb, *forms]},
        re.compile(own["loose"]),
    )


def _table(rows: dict[str, Any]) -> dict[str, Any]:
    """A mapping of a data file without the line that the loader notes."""
    return {k: v for k, v in rows.items() if k != LINE}


def framing(pattern: str) -> re.Pattern[str]:
    """A frame's pattern; in the text around, a number stands as NUL."""
    return re.compile(pattern.replace("{n}", "\\0"))


@cache
def _any_number() -> re.Pattern[str]:
    table = tables()
    ones = "|".join(w for w, v in table.spelled.items() if v < 10)
    tens = "|".join(w for w, v in table.spelled.items() if v >= 20)
    rest = "|".join(w for w, v in table.spelled.items() if 10 <= v < 20)
    scales = "|".join(sorted((w for w in table.scales if len(w) > 1), key=len, reverse=True))
    return re.compile(
        r"(?<![\w.,/:'-])(?:"
        r"(?P<score>\d{1,3}[-:]\d{1,3})(?![\w%/:]|[.,-]\d)(?! ?(?:%|percent|per cent|k\b|thousand"
        r"|million|billion|men|people|days|weeks|months|years|am\b|pm\b))"
        rf"|(?P<share>{'|'.join(sorted(table.shares, key=len, reverse=True))})(?! (?:a|an)\b)"
        r"(?= (?:of|the|our|their|his|its|is|was|will|has|have|had|and|or|at|tops|max|maybe"
        r"|are|were|would|might|already)\b|[.,!?]|$)"
        rf"|(?P<times>{'|'.join(sorted(table.times, key=len, reverse=True))})"
        r"|(?P<currency>[$€£₹])? ?[~>]?(?P<digits>\d{1,3}(?:[.,' ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
        r"(?: ?(?:-|to) ?(?P<upto>\d+(?:[.,]\d+)?))?"
        rf"(?:(?P<letter>k|m)\b| ?(?P<after>{scales})\b)?"
        r"(?: ?(?P<percent>%|percent\b|per cent\b|pct\b))?(?![\w/:])"
        rf"|(?P<spelled>(?:{tens})(?:[ -](?:{ones}))?|{ones}|{rest}|half a|a|an|one)"
        rf"(?:(?: |-)(?P<scale>{scales}))?\b(?! (?:{scales})\b)"
        r")"
    )
