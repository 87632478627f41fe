"""Amounts in words and figures, with their bounds: "more than 400", "15 to 20,000", "dozens"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.reading.timex_tokens import Word, numerals


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at words [first, last). `low` and `high` are inclusive unless `low_exclusive`;
    None is no bound. `start_word` is the first word with its modifiers. `rule` names what made
    it."""

    first: int
    last: int
    low: float | None
    high: float | None
    rule: str
    low_exclusive: bool = False
    approximate: bool = False

    @property
    def exact(self) -> bool:
        """True for one number without any modifier."""
        return self.low == self.high and not self.approximate


@dataclass(frozen=True)
class _Tables:
    vague: dict[tuple[str, ...], tuple[float | None, float | None]]
    modifiers: dict[tuple[str, ...], str]
    after: dict[tuple[str, ...], str]
    none_words: frozenset[str]
    designations: frozenset[str]
    harm: frozenset[str]
    determiners: frozenset[str]


@cache
def tables() -> _Tables:
    """The phrases of `numbers.yaml`, keyed by their words."""
    data = load_yaml("lang", "en", "numbers.yaml")
    vague = {
        tuple(str(w).split()): (row.get("low"), row.get("high"))
        for row in data["vague"]
        for w in row["words"]
    }
    modifiers = {
        tuple(str(w).split()): row["gives"] for row in data["modifiers"] for w in row["words"]
    }
    after = {tuple(str(w).split()): row["gives"] for row in data["after"] for w in row["words"]}
    return _Tables(
        vague,
        modifiers,
        after,
        frozenset(data["none_words"]),
        frozenset(data["designations"]),
        frozenset(data["harm"]),
        frozenset(data["determiners"]),
    )


@cache
def _triggers() -> frozenset[str]:
    n, t = numerals(), tables()
    vague = {word for key in t.vague for word in key if word not in ("a", "of", "some", "very")}
    return frozenset([*n.units, *n.tens, *n.scales, *vague, *t.none_words, "half"])


def worth(sentence: str) -> bool:
    """False if a sentence holds no figure and no number word."""
    low = sentence.lower()
    return _FIGURE.search(low) is not None or not _triggers().isdisjoint(_LETTERS.findall(low))


_FIGURE = re.compile(r"\d|[½¼¾]")
_LETTERS = re.compile(r"[a-z]+")
_SCALES = {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "lakhs": 100_000,
           "millions": 1_000_000, "billions": 1_000_000_000}  # fmt: skip
_ONE_SCALE = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_LONGEST_MODIFIER = 5


def amounts(words: list[Word]) -> list[Amount]:
    """All amounts in word order; none share a word."""
    lows = [w.lower for w in words]
    out: list[Amount] = []
    at = 0
    while at < len(words):
        ratio = _ratio(words, lows, at)
        found = None if ratio else _amount(words, lows, at)
        if found is None:
            at = ratio or at + 1
            continue
        found = _followed(lows, found)
        found = _modified(words, lows, found, out[-1].last if out else 0)
        out.append(found)
        at = max(found.last, at + 1)
    return out


def _amount(words: list[Word], lows: list[str], at: int) -> Amount | None:
    word = words[at]
    if word.kind == "number" and word.value is not None:
        if word.value > 1e15:
            return None
        if at + 1 < len(words) and lows[at + 1] == "s" and words[at + 1].start == word.end:
            plural = word.value in (10, 100, 1000, 10000)
            return (
                Amount(at, at + 2, 2 * word.value, None, "vague", False, True) if plural else None
            )
        return _range(words, lows, at) or Amount(at, at + 1, word.value, word.value, "number")
    if word.kind == "decade" and word.text == "1000s":
        return Amount(at, at + 1, 2000, None, "vague", False, True)
    if word.kind != "word":
        return None
    return _vague(words, lows, at) or _none(words, lows, at)


def _ratio(words: list[Word], lows: list[str], at: int) -> int | None:
    """The index behind "1 in 5", "two out of three", "one third"; None for what is no ratio."""
    if words[at].kind != "number":
        return None
    k = at + 1
    if k < len(words) and words[k].text == "-" and k + 1 < len(words):
        k += 1
    if k < len(words) and (words[k].kind == "ordinal" or lows[k] in _FRACTIONS):
        return k + 1 if words[k].lower not in ("second", "first") else None
    if lows[at + 1 : at + 3] == ["out", "of"]:
        k = at + 3
    elif lows[at + 1 : at + 2] == ["in"] and (words[at].value or 0) < 10:
        k = at + 2
    else:
        return None
    both = k < len(words) and words[k].kind == "number" and (words[k].value or 0) <= 100
    return k + 1 if both else None


_FRACTIONS = frozenset(
    ["thirds", "quarters", "fifths", "sixths", "tenths", "halves", "eighths", "quarter", "half"]
)


def _range(words: list[Word], lows: list[str], at: int) -> Amount | None:
    """ "200 to 300", "15,to 20,000", "between 5 and 7", "four or five"."""
    k = at + 1
    if k < len(words) and lows[k] == "," and k + 1 < len(words) and lows[k + 1] == "to":
        k += 1
    if k + 1 >= len(words) or words[k + 1].kind != "number":
        return None
    joint = lows[k]
    low, high = words[at].value, words[k + 1].value
    if low is None or high is None:
        return None
    between = at > 0 and lows[at - 1] == "between"
    if joint == "and":
        if not between:
            return None
    elif joint == "or":
        if high != low + 1 and not (high > low and high <= 1000 and low >= 2):
            return None
    elif joint not in ("to", "-", "–", "—"):
        return None
    if joint == "to" and at > 0 and lows[at - 1] == "from":
        return None  # a change, not a range: "rose from 10 to 20"
    low = _same_scale(words[at], words[k + 1], low, high)
    if low >= high:
        return None
    first = at - 1 if between else at
    return Amount(first, k + 2, low, high, "range", approximate=True)


def _same_scale(first: Word, second: Word, low: float, high: float) -> float:
    """ "15 to 20,000" is 15,000 to 20,000; "2 to 3 million" is two million to three."""
    for scale in (1e9, 1e6, 1e3, 1e2):
        if (
            high >= scale
            and high % (scale / 10) == 0
            and low < scale
            and low < high / scale * 1.0001
        ):
            words = second.text.lower()
            shown = "," in words or ".000" in words or not words.replace(".", "").isdigit()
            if shown and first.plain:
                return low * scale
    return low


def _vague(words: list[Word], lows: list[str], at: int) -> Amount | None:
    """ "dozens", "several hundred", "a few thousand", "tens of thousands", "a couple of"."""
    t = tables()
    for size in (3, 2, 1):
        key = tuple(lows[at : at + size])
        if len(key) < size or key not in t.vague:
            continue
        if (
            lows[at - 1 : at] in ([["that"], ["how"], ["so"], ["as"], ["too"], ["not"]])
            and size == 1
        ):
            return None  # "that many" says no number
        low, high = t.vague[key]
        last = at + size
        follow = lows[last] if last < len(lows) else ""
        if follow in _ONE_SCALE:
            scale = _ONE_SCALE[follow]
            base = low if low is not None else 1
            most = high * scale if high is not None else None
            return Amount(at, last + 1, base * scale, most, "vague", approximate=True)
        if follow == "of" and last + 1 < len(lows) and lows[last + 1] in _SCALES and low:
            least = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200}.get(key[-1], low)
            low, last = least * _SCALES[lows[last + 1]], last + 2
        if key == ("tens",) and last == at + 1 and follow != "of":
            return None
        if key in (("couple",), ("handful",)) and follow != "of":
            return None
        if key == ("scores",) and follow != "of":
            return None
        return Amount(at, last, low, high, "vague", approximate=True)
    return None


def _none(words: list[Word], lows: list[str], at: int) -> Amount | None:
    del words
    bounded = at + 2 < len(lows) and lows[at + 2] in ("than", "then")  # "no fewer than"
    if lows[at] in tables().none_words and not bounded:
        return Amount(at, at + 1, 0, 0, "none")
    return None


def _followed(lows: list[str], found: Amount) -> Amount:
    for size in (4, 3, 2, 1):
        key = tuple(lows[found.last : found.last + size])
        gives = tables().after.get(key) if len(key) == size else None
        if gives:
            return replace(_bounded(found, gives), last=found.last + size)
    return found


def _modified(words: list[Word], lows: list[str], found: Amount, floor: int) -> Amount:
    """The amount with the modifiers in front of it, up to three of them."""
    for _ in range(3):
        for size in range(min(_LONGEST_MODIFIER, found.first - floor), 0, -1):
            key = tuple(lows[found.first - size : found.first])
            gives = tables().modifiers.get(key)
            if gives is not None and _modifies(words, found.first - size, key):
                found = replace(_bounded(found, gives), first=found.first - size)
                break
        else:
            if found.first > floor and lows[found.first - 1] in tables().determiners:
                inner = found.first - 1
                key = tuple(lows[max(floor, inner - 2) : inner])
                gives = tables().modifiers.get(key)
                if gives in ("more", "least", "less"):
                    found = replace(_bounded(found, gives), first=inner - len(key))
                    continue
            break
    return found


def _modifies(words: list[Word], at: int, key: tuple[str, ...]) -> bool:
    """False for "ran over 400 metres of hill", where the word is no modifier: after a verb of
    moving only; and for "all", "some" before "no"."""
    before = words[at - 1].lower if at else ""
    if key in (("over",), ("under",), ("above",), ("below",)) and before in _MOVING:
        return False
    return not (key == ("minimum",) or key == ("maximum",)) or before in ("a", "the")


_MOVING = frozenset(["flew", "ran", "walked", "passed", "went", "took", "taken", "fell", "control"])


def _bounded(found: Amount, gives: str) -> Amount:
    low, high = found.low, found.high
    if gives == "more":
        return replace(found, high=None, low_exclusive=low is not None, rule="more than")
    if gives == "least":
        return replace(found, high=None, rule="at least")
    if gives == "most":
        return replace(found, low=None, high=high if high is not None else low, rule="up to")
    if gives == "less":
        return replace(found, low=None, high=high if high is not None else low, rule="less than")
    if gives == "about":
        return replace(found, approximate=True)
    return found
