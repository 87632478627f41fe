"""Words and numbers of a stretch of text, for the small grammars of times and quantities.

`words` cuts a text into words, figures and signs; number words that belong together ("two
hundred and fifty", "two and a half", "1.2 million", "nineteen ninety-four") come as one. Every
word keeps its span in the text. One pass, no parse; the time taken grows with the length only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from sayso.knowledge.tables import load_yaml

Kind = Literal[
    "word",
    "number",
    "ordinal",
    "iso",
    "slash",
    "clock",
    "decade",
    "sign",
    "break",
    "holiday",
    "othermonth",
]

_TOKEN = re.compile(
    r"""
      (?P<meridiem>\b[aApP]\.?[mM]\b\.?(?![A-Za-z]))
    | (?P<word>(?![½¼¾])[^\W\d_]+(?:\.[A-Za-z](?=\.))*)
    | (?P<iso>(?<![\d.])[12]\d{3}-(?:0\d|1[0-2])-[0-3]\d
          (?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))
    | (?P<slash>(?<![\d./-])(?:\d{1,4}(?P<sep>[/.])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?![\d/]|\.\d)
          |\d{1,2}-\d{1,2}-[12]\d{3}(?![\d/.-]\d)))
    | (?P<clock>(?<![\d:.])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:]))
    | (?P<decade>(?:\b[12]\d\d0|(?<!\d)['’]?[1-9]0)['’]?s\b)
    | (?P<ordinal>\b\d+(?:st|nd|rd|th)\b)
    | (?P<number>\d+(?:[.,\u00a0\u202f\u2009]\d+)*|[½¼¾])
    | (?P<sign>['’]s\b|[^\w\s]|_)
    | (?P<line>[^\S\n]*\n\s*)
    """,
    re.VERBOSE,
)


@dataclass(slots=True, eq=False)
class Word:
    """A word, figure or sign; never changed once made. `value` is the worth of a number or ordinal;
    `plain` is True for a figure of digits alone ("1980", not "1,980" or "nineteen eighty"). `lower`
    is the text in lower case with a plain apostrophe."""

    start: int
    end: int
    text: str
    kind: Kind
    value: float | None = None
    plain: bool = False
    lower: str = field(init=False)

    def __post_init__(self) -> None:
        low = self.text.lower()
        self.lower = low.replace("’", "'") if "’" in low else low


@dataclass(frozen=True)
class Numerals:
    """The number words of `numbers.yaml`."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    letters: dict[str, int]
    ordinals: dict[str, int]
    fractions: dict[str, float]


@cache
def numerals() -> Numerals:
    """The tables, read once."""
    data: dict[str, dict[Any, Any]] = load_yaml("lang", "en", "numbers.yaml")

    def table(name: str) -> dict[str, Any]:
        return {k: v for k, v in data[name].items() if not k.startswith("__")}

    return Numerals(
        table("units"),
        table("tens"),
        table("scales"),
        table("letters"),
        table("ordinals"),
        table("fractions"),
    )


def figure(text: str) -> float | None:
    """The worth of a figure: 1,200 · 250.000 · 7.5 · 10 000 (thin spaces); None for none.

    A dot before three digits counts thousands if the last group is 000 or there are two such
    dots, else it is a decimal point: "250.000" is a quarter of a million, "1.234" is not 1,234.
    """
    fraction = numerals().fractions.get(text)
    if fraction is not None:
        return fraction
    text = re.sub(r"(?<=\d)[\u00a0\u202f\u2009](?=\d{3}(?!\d))", ",", text)
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})*\.000|[1-9]\d{0,2}(?:\.\d{3}){2,}", text):
        text = text.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    text = text.replace(",", "")
    try:
        return float(text) if len(text) < 40 else None
    except ValueError:
        return None


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of text[start:end] in order, number words joined. Line ends that look like the
    end of a heading come as kind `break`."""
    end = len(text) if end is None else end
    out: list[Word] = []
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup or "sign"
        s, e = found.span()
        if kind == "line":
            if out and _breaks(text, out[-1], e, end):
                out.append(Word(s, e, "\n", "break"))
        elif kind == "number":
            out.extend(_figures(text, s, e))
        elif kind == "ordinal":
            value = float(re.sub(r"\D", "", found.group())[:9])
            out.append(Word(s, e, found.group(), "ordinal", value))
        elif kind in ("meridiem", "word"):
            out.append(Word(s, e, found.group(), "word"))
        else:
            out.append(Word(s, e, found.group(), kind))  # type: ignore[arg-type]
    return _joined(text, out)


def _breaks(text: str, before: Word, at: int, end: int) -> bool:
    """True if a line that ends behind `before` is over: the next starts with a capital, and
    nothing before asks for more."""
    if at >= end or not text[at].isupper():
        return False
    asks_more = {"the", "last", "next", "this", "on", "in", "of", "since", "until", "by", "a"}
    return before.lower not in asks_more and before.text not in ",-–("


def _figures(text: str, s: int, e: int) -> list[Word]:
    """One figure, or several where commas stand in a list ("26,1980", "15,20")."""
    whole = text[s:e]
    value = figure(whole)
    well_formed = re.fullmatch(
        r"\d+|[½¼¾]|\d{1,3}(?:[,\u00a0\u202f\u2009]\d{2,3})*[,\u00a0\u202f\u2009]\d{3}(?:\.\d+)?|\d+\.\d+"
        r"|\d{1,3}(?:\.\d{3})+",
        whole,
    )
    if well_formed or "," not in whole:
        return [Word(s, e, whole, "number", value, whole.isdigit() and whole.isascii())]
    out: list[Word] = []
    for piece in re.finditer(r"[^,]+|,", whole):
        ps, pe = s + piece.start(), s + piece.end()
        if piece.group() == ",":
            out.append(Word(ps, pe, ",", "sign"))
        else:
            out.append(
                Word(
                    ps, pe, piece.group(), "number", figure(piece.group()), piece.group().isdigit()
                )
            )
    return out


def _joined(text: str, found: list[Word]) -> list[Word]:
    """Number words that belong together become one number."""
    out: list[Word] = []
    at = 0
    starts, ordinals = _starts(), numerals().ordinals
    while at < len(found):
        word = found[at]
        if word.kind != "number" and word.lower not in starts:
            out.append(_ordinal(word) if word.lower in ordinals else word)
            at += 1
            continue
        number = _number(text, found, at)
        if number is None:
            out.append(word)
            at += 1
        else:
            word, at = number
            out.append(word)
    return out


@cache
def _starts() -> frozenset[str]:
    """Words with which a number can start."""
    n = numerals()
    return frozenset([*n.units, *n.tens, "a", "half"])


def _ordinal(word: Word) -> Word:
    value = numerals().ordinals.get(word.lower) if word.kind == "word" else None
    if value is None:
        return word
    return Word(word.start, word.end, word.text, "ordinal", float(value))


def _small(word: Word) -> tuple[str, float] | None:
    """(class, worth) of a number word: unit, ten, scale."""
    if word.kind != "word":
        return None
    n, low = numerals(), word.lower
    if low in n.units:
        return "unit", n.units[low]
    if low in n.tens:
        return "ten", n.tens[low]
    if low in n.scales:
        return "scale", n.scales[low]
    return None


def _number(text: str, found: list[Word], at: int) -> tuple[Word, int] | None:
    """The number that starts at word `at`, and the index behind it, or None."""
    first = found[at]
    if first.kind == "number":
        return _figure_and_scale(text, found, at)
    if first.lower in ("a", "half") and first.kind == "word":
        return _article_and_scale(found, at)
    small = _small(first)
    if small is None or small[0] == "scale":
        return None
    total, group, end, last = 0.0, 0.0, at, ""
    years: list[float] = []
    k = at
    while k < len(found):
        word = found[k]
        piece = _small(word)
        if piece is None:
            joins = (word.text == "-" or (word.lower == "and" and last == "scale")) and k > at
            if joins and k + 1 < len(found) and _small(found[k + 1]) is not None:
                follows = _small(found[k + 1])
                if follows and follows[0] != "scale" and _fits(last, follows[0]):
                    k += 1
                    continue
            break
        kind, worth = piece
        if kind == "scale":
            if worth == 100 or worth == 12:
                group = (group or 1) * worth
            else:
                total += (group or 1) * worth
                group = 0
        elif not _fits(last, kind, group):
            if len(years) == 0 and 10 <= group <= 20 and kind in ("ten", "unit") and worth >= 10:
                years.append(group)
                group = worth
            else:
                break
        else:
            group += worth
        last, end = kind, k + 1
        k += 1
    value = years[0] * 100 + group if years else total + group
    whole = _half(text, found, end)
    if whole:
        value, end = value + 0.5, whole
    start_word, end_word = found[at], found[end - 1]
    exact = text[start_word.start : end_word.end]
    return Word(start_word.start, end_word.end, exact, "number", value, bool(years)), end


def _fits(last: str, kind: str, group: float = 0.0) -> bool:
    """True if a number word of `kind` may follow one of `last` in the same number."""
    if last in ("", "scale"):
        return True
    return last == "ten" and kind == "unit" and group % 10 == 0


def _half(text: str, found: list[Word], at: int) -> int | None:
    """The index behind "and a half", if that follows."""
    ahead = [w.lower for w in found[at : at + 3]]
    return at + 3 if ahead == ["and", "a", "half"] else None


def _article_and_scale(found: list[Word], at: int) -> tuple[Word, int] | None:
    """ "a hundred", "a dozen", "half a million", "half a dozen"; None for a bare "a"."""
    k, value = at, 1.0
    if found[k].lower == "half":
        value, k = 0.5, k + 1
        if k >= len(found) or found[k].lower != "a":
            return None
    k += 1
    scaled = False
    while k < len(found):
        piece = _small(found[k])
        if piece is None or piece[0] != "scale":
            break
        value, scaled, k = value * piece[1], True, k + 1
    if not scaled:
        return None
    first, last = found[at], found[k - 1]
    shown = " ".join(w.text for w in found[at:k])
    return Word(first.start, last.end, shown, "number", value), k


def _figure_and_scale(text: str, found: list[Word], at: int) -> tuple[Word, int]:
    """ "1.2 million", "15k", "2 1/2", "two hundred" behind a figure."""
    first = found[at]
    value, end = first.value, at + 1
    if value is None:
        return first, end
    n = numerals()
    if end < len(found) and found[end].kind == "number" and found[end].text in n.fractions:
        value, end = value + n.fractions[found[end].text], end + 1
    elif [w.text for w in found[end : end + 3]] == ["1", "/", "2"] and value == int(value):
        value, end = value + 0.5, end + 3
    follow = found[end] if end < len(found) else None
    if follow is not None and follow.kind == "word":
        low = follow.lower
        touches = follow.start == found[end - 1].end
        if low in n.letters and (touches or len(low) > 1):
            value, end = value * n.letters[low], end + 1
        elif low in n.scales and low != "hundred" and follow.start > first.end:
            value, end = value * n.scales[low], end + 1
        elif low == "hundred" and value < 100:
            value, end = value * 100, end + 1
    whole = _half(text, found, end)
    if whole and value < 1000:
        value, end = value + 0.5, whole
    if end == at + 1:
        return first, end
    last = found[end - 1]
    return Word(first.start, last.end, text[first.start : last.end], "number", value), end
