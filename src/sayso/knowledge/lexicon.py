"""Words, the keys under which names are compared, a tree of names, and the nouns for actors.

Everything works on raw text, before any parsing, and keeps code-point offsets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, NamedTuple, TypeVar

from sayso.knowledge.tables import load_csv, load_yaml

V = TypeVar("V")

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’‘ʼ`´ʻʿʾ][^\W_]+)*")
_MARKS = str.maketrans("", "", "'’‘ʼ`´ʻʿʾ.")
_POSSESSIVE = re.compile(r"['’‘ʼ`´][sS]$")


class Word(NamedTuple):
    """A word of a text: half-open code-point offsets, its letters, and its comparison key."""

    start: int
    end: int
    text: str
    key: str


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """The word in lower case, without accents, apostrophes and full stops ("Hay’at": "hayat")."""
    word = word.translate(_MARKS)
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of text[start:end] in order. A possessive "'s" is left off; hyphens divide."""
    end = len(text) if end is None else end
    if end - start > _SENTENCE:
        return _cut(text, start, end)
    return _kept(text, start, end).copy()


_SENTENCE = 2_000
"""Characters of the longest stretch whose words are kept for the stages that ask again."""


@lru_cache(maxsize=256)
def _kept(text: str, start: int, end: int) -> list[Word]:
    return _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> list[Word]:
    out: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        letters, at, stop = match.group(), match.start(), match.end()
        if letters[-2:-1] in "'’‘ʼ`´" and _POSSESSIVE.search(letters):
            letters, stop = letters[:-2], stop - 2
        out.append(Word(at, stop, letters, key(letters)))
    return out


class Romanisation:
    """How spellings of romanised names are made comparable (`actors/romanisation.yaml`)."""

    def __init__(self) -> None:
        data = load_yaml("actors", "romanisation.yaml")
        self.rules = [(re.compile(rule["from"]), str(rule["to"])) for rule in data["rules"]]
        self.same = {key(w): key(line[0]) for line in data["same"] for w in line}
        self.articles = frozenset(data["articles"])

    def skeleton(self, word_key: str) -> str:
        """What is left of a word's key when spelling habits are taken out."""
        out = self.same.get(word_key, word_key)
        for pattern, to in self.rules:
            out = pattern.sub(to, out)
        return out


@cache
def romanisation() -> Romanisation:
    """The rules, loaded at first use."""
    return Romanisation()


@lru_cache(maxsize=65536)
def skeleton(word_key: str) -> str:
    """`Romanisation.skeleton` with a memory."""
    return romanisation().skeleton(word_key)


class Trie(Generic[V]):
    """Sequences of keys, each with the values filed under it; finds the longest that matches."""

    def __init__(self) -> None:
        self._root: dict[str, dict] = {}  # type: ignore[type-arg]

    def add(self, keys: Iterable[str], value: V) -> None:
        """Files a value under a sequence of keys; the same value twice counts once."""
        node = self._root
        for k in keys:
            node = node.setdefault(k, {})
        values = node.setdefault("", {}).setdefault("values", [])
        if value not in values:
            values.append(value)

    def opens(self, first: str) -> bool:
        """True if a sequence starts with this key."""
        return first in self._root

    def longest(
        self, keys: Sequence[str], at: int, skip: frozenset[str] = frozenset()
    ) -> tuple[int, list[V]] | None:
        """The values of the longest sequence that starts at keys[at], and the index after its
        last key; None if there is none. Keys in `skip` are passed over, never at either end."""
        node, found, n, size = self._root, None, at, len(keys)
        while n < size:
            k = keys[n]
            nxt = node.get(k) if k else None
            if nxt is None:
                if n > at and k in skip and n - at < 12:
                    n += 1
                    continue
                break
            node = nxt
            n += 1
            if "" in node:
                found = (n, node[""]["values"])
        return found

    def exactly(self, keys: Iterable[str]) -> list[V]:
        """The values filed under just this sequence."""
        node = self._root
        for k in keys:
            node = node.get(k) or {}
            if not node:
                return []
        return list(node.get("", {}).get("values", []))


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun for an actor without a name: its class and PLOVER sector (see nominals.csv)."""

    noun: str
    cls: str
    sector: str


@cache
def nominals() -> dict[str, Nominal]:
    """The nouns of `actors/nominals.csv`, by their lower-case letters."""
    rows = load_csv("actors", "nominals.csv", required=("noun", "class", "sector"))
    return {r["noun"].lower(): Nominal(r["noun"].lower(), r["class"], r["sector"]) for r in rows}


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the lists of `actors/words.yaml`, in lower case."""
    return frozenset(str(load_yaml("actors", "words.yaml")[name]["words"]).split())


@cache
def everyday() -> frozenset[str]:
    """Words that are names only in capitals ("us", "who", "mit"): `actors/everyday.csv`."""
    return frozenset(row["word"] for row in load_csv("actors", "everyday.csv", required=("word",)))
