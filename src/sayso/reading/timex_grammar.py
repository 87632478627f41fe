"""The grammar of time expressions: rules of `time_rules.yaml` over classes of words.

A word of the text belongs to classes (`MONTH`, `UNIT`, `DAY` …) and to the literals that rules
name. Each combination of classes is one character, so a sentence is a short string and a rule a
regular expression over such strings. The longest match wins; where two are equally long, the
rule that stands first in the file.

A pattern is made of classes in capitals, literal words and signs, `(a | b)`, `?`, `*`, names
(`month=MONTH`) and macros (`{part}`). Macros are spelled out in the file's own head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from typing import Any

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_yaml, where
from sayso.reading.timex_holidays import named
from sayso.reading.timex_tokens import Word, numerals

_FILE = ("lang", "en", "time_rules.yaml")
_ITEM = re.compile(r"\s*(?:(?P<op>[()|?*])|(?P<name>[a-z0-9_]+)=|(?P<class>[A-Z][A-Z0-9]*)\b"
                   r"|(?P<literal>[^\s()|?*=]+))")  # fmt: skip
_CASED = frozenset(["may", "march", "mar", "sun", "sat", "mon", "wed", "dec", "jan", "jun", "fri"])
"""Words that name a month or weekday only with a capital ("may", "sun")."""


@dataclass(frozen=True, order=False)
class Rule:
    """One rule: its name, its regular expression, the builder of its meaning and its options.
    Each match holds one of the symbols `needs`."""

    name: str
    pattern: re.Pattern[str]
    needs: frozenset[str]
    make: str
    options: dict[str, str]
    examples: tuple[dict[str, str], ...]
    counter: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Match:
    """Words that a rule matched: word indices, half open, and the words of its named groups."""

    rule: Rule
    first: int
    last: int
    groups: dict[str, list[Word]]


class Grammar:
    """The rules, compiled. Use `grammar()`."""

    def __init__(self) -> None:
        data: dict[str, Any] = load_yaml(*_FILE)
        self.classes: dict[str, dict[str, Any]] = _word_classes()
        self._symbols: dict[frozenset[str], str] = {}
        self._symbol_of: dict[str, str] = {}
        self._sources: list[tuple[Any, str]] = []
        macros = {k: v for k, v in data["macros"].items() if k != LINE}
        self._literals: set[str] = set()
        for row in data["rules"]:
            self._sources.append((row, _expand(row["pattern"], macros, row)))
        for _, source in self._sources:
            self._literals |= {m["literal"].lower() for m in _ITEM.finditer(source) if m["literal"]}
        self._by_word: dict[str, frozenset[str]] = self._vocabulary()
        self._number_classes = sorted(
            {_number_classes(float(v), True, "2" * n) for v in range(2301) for n in (1, 2, 4)}
            | {_number_classes(0.5, False, "0.5"), _number_classes(5000.0, False, "5,000")}
            | {_number_classes(3.0, False, "three"), _number_classes(1994.0, True, "nineteen")}
            | {_number_classes(40.0, False, "forty"), _number_classes(9000.0, True, "9000")},
            key=sorted,
        )
        for classes in (*self._by_word.values(), *self._number_classes, *_KINDS.values()):
            self._symbol(classes)
        for word, worth in numerals().ordinals.items():
            self._symbol(self._classes_of(Word(0, 0, word, "ordinal", float(worth))))
        for word, worth in {**numerals().units, **numerals().tens}.items():
            self._symbol(self._classes_of(Word(0, 0, word, "number", float(worth))))
        for word in self._by_word:
            for shown in (word, word.capitalize()):
                self._symbol(self._classes_of(Word(0, 0, shown, "word")))
        self.rules = [self._rule(row, source) for row, source in self._sources]
        needed = frozenset().union(*(rule.needs for rule in self.rules))
        self._triggers = self._trigger_words(needed)

    def _symbol(self, classes: frozenset[str]) -> str:
        if classes not in self._symbols:
            self._symbols[classes] = chr(0xE000 + len(self._symbols))
        return self._symbols[classes]

    def _trigger_words(self, needed: frozenset[str]) -> frozenset[str]:
        """The words without which a text without figures holds no time."""
        found = {
            word
            for word, classes in self._by_word.items()
            if {self._symbol(classes), self._symbol(_lowered(classes))} & needed
        }
        found |= {word for name in named() for word in _LETTERS.findall(name)[:1]}
        n = numerals()
        return frozenset(found | set(n.ordinals) | set(n.tens) | {"nineteen", "eighteen"})

    def worth(self, sentence: str) -> bool:
        """False if a sentence can hold no time: no figure, none of the words that rules need."""
        low = sentence.lower()
        return _FIGURE.search(low) is not None or not self._triggers.isdisjoint(
            _LETTERS.findall(low)
        )

    def _chars(self, wanted: frozenset[str]) -> list[str]:
        return [char for classes, char in self._symbols.items() if classes & wanted]

    def _vocabulary(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for name, entries in self.classes.items():
            for word in entries:
                found.setdefault(word, set()).add(name)
        for literal in self._literals:
            found.setdefault(literal, set()).add("=" + literal)
        return {word: frozenset(classes) for word, classes in found.items()}

    def _rule(self, row: dict[str, Any], source: str) -> Rule:
        out: list[str] = []
        pending = ""
        count: dict[str, int] = {}
        for item in _ITEM.finditer(source):
            if item["name"]:
                count[item["name"]] = count.get(item["name"], 0) + 1
                pending = f"{item['name']}__{count[item['name']]}"
                continue
            if item["op"]:
                op = item["op"]
                if op == "(":
                    out.append(f"(?P<{pending}>" if pending else "(?:")
                    pending = ""
                else:
                    out.append(op)
                continue
            wanted = item["class"] or "=" + item["literal"].lower()
            chars = self._chars(frozenset([wanted]))
            if not chars:
                raise KnowledgeError(
                    f"{where(*_FILE)}:{row[LINE]}: nothing is of the class {wanted!r}"
                )
            piece = "[" + re.escape("".join(chars)) + "]"
            out.append(f"(?P<{pending}>{piece})" if pending else piece)
            pending = ""
        try:
            pattern = re.compile("".join(out))
        except re.error as error:
            raise KnowledgeError(f"{where(*_FILE)}:{row[LINE]}: {error}") from error
        known = {"name", "pattern", "make", "examples", "not", LINE}
        return Rule(
            name=row["name"],
            pattern=pattern,
            needs=self._needs(source),
            make=row["make"],
            options={k: str(v) for k, v in row.items() if k not in known},
            examples=tuple(row["examples"]),
            counter=tuple(row["not"]),
            line=row[LINE],
        )

    def _needs(self, source: str) -> frozenset[str]:
        """Symbols of which each match of the pattern holds one: those of its rarest part that is
        not optional."""
        items = list(_ITEM.finditer(source))
        found, _ = self._needs_of(items, 0)
        return found or frozenset()

    def _needs_of(self, items: list[re.Match[str]], at: int) -> tuple[frozenset[str] | None, int]:
        branches: list[frozenset[str] | None] = []
        best: frozenset[str] | None = None
        while at < len(items):
            item = items[at]
            if item["op"] == ")":
                break
            if item["op"] == "|":
                branches.append(best)
                best, at = None, at + 1
                continue
            if item["name"]:
                at += 1
                continue
            if item["op"] == "(":
                need, at = self._needs_of(items, at + 1)
                at += 1
            else:
                wanted = item["class"] or "=" + item["literal"].lower()
                need, at = frozenset(self._chars(frozenset([wanted]))), at + 1
                if wanted in _COMMON:
                    need = None
            optional = at < len(items) and items[at]["op"] in ("?", "*")
            at += optional
            if need is not None and not optional and (best is None or len(need) < len(best)):
                best = need
        branches.append(best)
        known = [b for b in branches if b is not None]
        whole = frozenset().union(*known) if len(known) == len(branches) else None
        return whole, at

    def _classes_of(self, word: Word) -> frozenset[str]:
        if word.kind == "number" and word.value is not None:
            classes = _number_classes(word.value, word.plain, word.text)
            known = self._by_word.get(word.lower)
            return classes if known is None else classes | known
        if word.kind == "ordinal":
            return (self._by_word.get(word.lower) or frozenset()) | (
                _DAY_ORDINAL if 1 <= (word.value or 0) <= 31 else _KINDS["ordinal"]
            )
        if word.kind in _KINDS:
            return _KINDS[word.kind]
        low = word.lower
        found = self._by_word.get(low)
        if not found:
            return _OTHER
        if low in _CASED and word.text[0].islower():
            return (found - {"MONTH", "WEEKDAY"}) | {"LOWMONTH"} if "MONTH" in found else _OTHER
        return found

    def symbols(self, words: list[Word]) -> str:
        """One character per word."""
        known, out = self._symbol_of, []
        for word in words:
            symbol = known.get(word.text) if word.kind == "word" else None
            out.append(symbol or self._remembered(word))
        return "".join(out)

    def _remembered(self, word: Word) -> str:
        symbol = self._symbol(self._classes_of(word))
        if word.kind == "word" and len(self._symbol_of) < 50_000:
            self._symbol_of[word.text] = symbol
        return symbol

    def matches(
        self, words: list[Word], within: tuple[int, int] | None = None, without: Rule | None = None
    ) -> list[Match]:
        """The best matches in word order; none share a word. `within` keeps to some of the words,
        `without` leaves a rule out."""
        text = self.symbols(words)
        first, last = within or (0, len(text))
        present = set(text)
        queue: list[tuple[int, int, int, Rule, re.Match[str]]] = []
        for order, rule in enumerate(self.rules):
            if rule.needs and rule.needs.isdisjoint(present):
                continue
            for match in rule.pattern.finditer(text, first, last):
                if match.end() > match.start() and rule is not without:
                    heappush(
                        queue, (match.start() - match.end(), order, match.start(), rule, match)
                    )
        taken = bytearray(len(words))
        best: list[Match] = []
        while queue:
            _, order, start, rule, match = heappop(queue)
            clash = taken.find(1, start, match.end())
            if clash < 0:
                taken[start : match.end()] = b"\1" * (match.end() - start)
                best.append(_match(rule, match, words))
            elif clash > start:
                shorter = rule.pattern.match(text, start, clash)
                if shorter and shorter.end() > start:
                    heappush(queue, (start - shorter.end(), order, start, rule, shorter))
        best.sort(key=lambda m: m.first)
        return best

    def value(self, name: str, word: Word) -> Any:
        """What a word is worth in a class; None if it is not of that class."""
        return self.classes[name].get(word.lower)


def _match(rule: Rule, match: re.Match[str], words: list[Word]) -> Match:
    groups: dict[str, list[Word]] = {}
    for name in rule.pattern.groupindex:
        if match.start(name) >= 0:
            group = words[match.start(name) : match.end(name)]
            groups.setdefault(name.partition("__")[0], group)
    return Match(rule, match.start(), match.end(), groups)


def _word_classes() -> dict[str, dict[str, Any]]:
    data = load_yaml("lang", "en", "time_words.yaml")
    out: dict[str, dict[str, Any]] = {}
    for name, entries in data.items():
        if name == LINE:
            continue
        if isinstance(entries, list):
            out[name] = {str(word): True for word in entries}
        else:
            out[name] = {str(k): v for k, v in entries.items() if k != LINE}
    return out


def _lowered(classes: frozenset[str]) -> frozenset[str]:
    """The classes of a month's name that is also a word, in lower case."""
    return (classes - {"MONTH", "WEEKDAY"}) | {"LOWMONTH"} if "MONTH" in classes else classes


_FIGURE = re.compile(r"[0-9½¼¾]")
_LETTERS = re.compile(r"[a-z]+")
_COMMON = frozenset(
    ["=the", "=a", "=an", "=of", "=in", "=on", "=to", "=at", "=and", "=or", "='", "='s", "=-", "=–",
     "=,", "=.", "=this", "=that", "=for", "=time", "=no", "=as", "=over", "=up"]
)  # fmt: skip
"""Literals too common to choose rules by."""

_OTHER = frozenset(["OTHER"])
_KINDS: dict[str, frozenset[str]] = {
    "iso": frozenset(["ISO"]),
    "slash": frozenset(["SLASH"]),
    "clock": frozenset(["CLOCK"]),
    "decade": frozenset(["DECADE"]),
    "ordinal": frozenset(["ORD"]),
    "break": frozenset(["BREAK"]),
    "holiday": frozenset(["HOLIDAY"]),
    "othermonth": frozenset(["OTHERMONTH"]),
    "other": _OTHER,
}
_DAY_ORDINAL = frozenset(["ORD", "DAYORD"])


def _number_classes(value: float, plain: bool, text: str) -> frozenset[str]:
    found = {"NUM"}
    if plain and value == int(value):
        digits = text.isdigit()
        if 1 <= value <= 31 and (not digits or len(text) <= 2):
            found.add("DAY")
        if 0 <= value <= 24 and len(text) <= 2:
            found.add("HOUR")
        if digits and len(text) == 2:
            found.add("TWODIGITS")
        if digits and len(text) == 4 and value <= 2400 and value % 100 < 60:
            found.add("FOURDIGITS")
        if 1000 <= value <= 2299 and (not digits or len(text) == 4):
            found.add("YEAR")
    return frozenset(found)


def _expand(pattern: str, macros: dict[str, str], row: dict[str, Any]) -> str:
    for _ in range(6):
        try:
            expanded = re.sub(r"\{(\w+)\}", lambda m: f"( {macros[m[1]]} )", pattern)
        except KeyError as error:
            raise KnowledgeError(
                f"{where(*_FILE)}:{row[LINE]}: the macro {error} is not known"
            ) from error
        if expanded == pattern:
            break
        pattern = expanded
    return pattern


@cache
def grammar() -> Grammar:
    """The grammar, compiled at its first use."""
    return Grammar()


def rules() -> Iterator[Rule]:
    """The rules in the order of the file (for tests and documentation)."""
    yield from grammar().rules
