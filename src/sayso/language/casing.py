"""Capitals where they tell nothing: sentences in capitals alone, in none at all, and headlines in
title case.

A parser that was trained on running text takes names by their capitals. In "GUERRILLAS ATTACKED SAN
MIGUEL" every word has them, or none if the text is lowered; in "Militants Withdraw To Afrin" the
verb is taken for a name. `Casing.form` gives such a sentence the capitals that running text would
have: names of the registry and of places, words that no dictionary holds, and what
`lang/en/casing/words.csv` lists keep theirs; all other words lose them. In text without a single
capital known names get one. The length never changes.

What it knowingly misses: names made of everyday words that nobody lists ("People's Path").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from sayso.knowledge import gazetteer
from sayso.knowledge.lexicon import Word, everyday, skeleton, words
from sayso.knowledge.placenames import ARTICLES, key
from sayso.knowledge.placewords import common_words
from sayso.knowledge.registry import Alias, registry
from sayso.knowledge.tables import load_csv

Ordinary = Callable[[str], bool]
"""Whether a dictionary holds a word (lower case), in whatever form it stands."""

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TOWN = 15_000
"""Inhabitants from which a place name of one word counts; smaller ones are too often words."""
_CITY = 300_000
"""The same for a word that the dictionary holds as well ("Lima")."""
_LONGEST = 4
"""Words of a place name that are looked up."""
_ACRONYM = re.compile(r"[^AEIOUYaeiouy]{2,5}")
_BROKEN = re.compile(r"[,;:()\[\]\n!?\"“”]|--")


@lru_cache(maxsize=256)
def capitals_only(sentence: str) -> bool:
    """True of more than 12 letters of which over four fifths are capitals."""
    letters = sum(map(str.isalpha, sentence))
    return letters > 12 and sum(map(str.isupper, sentence)) > 0.8 * letters


def no_capitals(sentence: str) -> bool:
    """True of more than 20 letters, all of them small letters of the Latin alphabet."""
    return sentence.islower() and sum(map(str.isalpha, sentence)) > 20 and sentence.isascii()


def title_case(sentence: str) -> bool:
    """True where four words of four letters or more stand after the first, and none of them is
    without a capital, prepositions apart: a headline, as long as `Casing` finds common words."""
    if sentence.count(" ") < 4:
        return False
    long = [w for w in _LETTERS.findall(sentence)[1:] if len(w) > 3]
    return len(long) > 3 and all(w[0].isupper() or w in _rows()["little"] for w in long)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a word: the key of the word before it ("" at the start or behind a
    break), whether that is written with a capital, and whether a figure stands next to it."""

    before: str
    raised: bool
    dated: bool


def telling_nothing(sentence: str) -> bool:
    """Whether its capitals may be no sign of names."""
    return no_capitals(sentence) or title_case(sentence) or capitals_only(sentence)


class Casing:
    """Gives sentences the capitals of running text; `ordinary` is the dictionary that it asks."""

    def __init__(self, ordinary: Ordinary) -> None:
        self._ordinary = ordinary
        self.form = lru_cache(maxsize=4096)(self._form)

    def _form(self, sentence: str) -> str:
        """The sentence, of the same length, with the capitals it would have in running text."""
        found = words(sentence)
        capitals, small = capitals_only(sentence), no_capitals(sentence)
        if not capitals and not small and not self._common(found):
            return sentence
        known = self._names(sentence, found)
        return _written(sentence, found, self._chosen(sentence, found, known, capitals))

    def _common(self, found: Sequence[Word]) -> bool:
        """Whether a word with a capital, the first apart, is one of grammar or of the dictionary,
        and so shows that the capitals are those of a title. Names in a row ("Abdul Karim Qassem")
        are none."""
        titled = [w for w in found[1:] if w.text[:1].isupper()]
        common = sum(self._ordinary(w.key) and not _listed(w.key) for w in titled)
        return common > 2 and common * 3 > len(titled)

    def _chosen(
        self, text: str, found: Sequence[Word], known: Mapping[int, str], capitals: bool
    ) -> list[str]:
        """How each word is written."""
        out: list[str] = []
        for n, word in enumerate(found):
            written = known.get(n)
            if written is None:
                linked = n > 0 and _joined(text, found[n - 1], word)
                beside = _Beside(
                    before=found[n - 1].key if linked else "",
                    raised=linked and out[-1][:1].isupper(),
                    dated=any(w.text[:1].isdigit() for w in found[max(0, n - 1) : n + 2]),
                )
                written = self._single(word, beside, capitals)
            out.append(written)
        return out

    def _single(self, word: Word, beside: _Beside, capitals: bool) -> str:
        """One word that is no part of a known name."""
        rows, key, lower = _rows(), word.key, _lowered(word.text)
        plain = lower.replace("’", "'")
        if "." in word.text:
            return word.text
        if key in rows["grammar"] or (key in rows["small"] and beside.raised):
            return lower
        if key in rows["near"]:
            return _raised(lower) if beside.dated or beside.before in rows["before"] else lower
        if key in rows["capital"]:
            return _raised(lower)
        if plain in rows["ordinary"] or self._ordinary(plain):
            named = beside.before in rows["title"]
            named = named or (beside.raised and beside.before in rows["capital"])
            return _raised(lower) if named and key in rows["after"] else lower
        if not capitals or _ACRONYM.fullmatch(word.text):
            return word.text
        return _raised(lower)

    def _names(self, text: str, found: Sequence[Word]) -> dict[int, str]:
        """How the words of known names are written, by the number of the word: actors first, then
        places; the longest that starts at a word."""
        keys = [w.key for w in found]
        skeletons = [skeleton(k) for k in keys]
        out: dict[int, str] = {}
        n = 0
        while n < len(found):
            stop, written = _actor(found, keys, skeletons, n)
            if stop == n:
                stop, written = self._place(found, keys, n)
            if stop > n and all(_joined(text, a, b) for a, b in pairwise(found[n:stop])):
                out.update(enumerate(written, n))
                n = stop
            else:
                n += 1
        return out

    def _place(self, found: Sequence[Word], keys: Sequence[str], n: int) -> tuple[int, list[str]]:
        grammar = _rows()["grammar"]
        if keys[n] in grammar:
            return n, []
        for stop in range(_reach(keys, n), n, -1):
            if keys[stop - 1] in grammar:
                continue
            single = stop == n + 1
            if _is_place(" ".join(keys[n:stop]), single and self._ordinary(keys[n])):
                return stop, [_raised(_lowered(w.text)) for w in found[n:stop]]
        return n, []


def _reach(keys: Sequence[str], n: int) -> int:
    """Where a known name that starts at the word must end at the latest."""
    last = min(len(keys), n + _LONGEST)
    if keys[n] in ARTICLES:  # what stands without its article is found with it
        return last
    stop = n + 1
    while stop < last and gazetteer.opens(key(" ".join(keys[n:stop]))):
        stop += 1
    return stop


def _lowered(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _raised(lower: str) -> str:
    first = lower[:1].upper()
    return first + lower[1:] if len(first) == 1 else lower


def _joined(text: str, one: Word, other: Word) -> bool:
    return _BROKEN.search(text, one.end, other.start) is None


def _written(text: str, found: Sequence[Word], chosen: Sequence[str]) -> str:
    """The text with the words written so; what stands between words is lowered ("'S"), and the
    first letter of all is a capital."""
    out, at = [], 0
    for word, written in zip(found, chosen, strict=True):
        out += [_lowered(text[at : word.start]), written]
        at = word.end
    out.append(_lowered(text[at:]))
    line = re.sub(r"\bi\b(?!\.)", "I", "".join(out))
    first = _LETTERS.search(line)
    if first:
        line = line[: first.start()] + _raised(line[first.start() :])
    return line if len(line) == len(text) else text


@cache
def _rows() -> dict[str, frozenset[str]]:
    """The words of `words.csv` by kind."""
    out: dict[str, frozenset[str]] = {}
    for row in load_csv("lang", "en", "casing", "words.csv", required=("kind", "words")):
        out[row["kind"]] = out.get(row["kind"], frozenset()) | frozenset(row["words"].split())
    return out


def _listed(word: str) -> bool:
    rows = _rows()
    return word in rows["capital"] or word in rows["after"]


def _actor(
    found: Sequence[Word], keys: Sequence[str], skeletons: Sequence[str], n: int
) -> tuple[int, list[str]]:
    stop, aliases = registry().at(keys, skeletons, n)
    usable = [a for a in aliases if _counts(a, found[n:stop])]
    if not usable:
        return n, []
    alias = max(usable, key=lambda a: sum(map(str.isupper, a.text)))
    if alias.form == "acronym":
        return stop, [w.text for w in found[n:stop]]
    spelled = [w.text for w in words(alias.text)]
    if len(spelled) != stop - n:
        return stop, [_raised(_lowered(w.text)) for w in found[n:stop]]
    return stop, [
        _as(spelling, word.text) for spelling, word in zip(spelled, found[n:stop], strict=True)
    ]


def _as(spelling: str, word: str) -> str:
    """The word with the capitals of a spelling, which may have another length."""
    if "." in word or (spelling.isupper() and len(spelling) > 1):
        return word
    if len(spelling) == len(word):
        return "".join(
            _raised(_lowered(c)) if s.isupper() else _lowered(c)
            for s, c in zip(spelling, word, strict=True)
        )
    return _raised(_lowered(word)) if spelling[:1].isupper() else _lowered(word)


def _counts(alias: Alias, found: Sequence[Word]) -> bool:
    """Whether an alias may be meant where capitals tell nothing: no everyday word, no name without
    a capital."""
    if not alias.actor or not any(map(str.isupper, alias.text)):
        return False
    return len(found) > 1 or not {found[0].key} & (everyday() | _rows()["grammar"])


@lru_cache(maxsize=20_000)
def _is_place(name: str, ordinary: bool) -> bool:
    """A country, a first-level division, a demonym, or a town that one would name; `ordinary`: the
    dictionary holds it too ("Lima", "To")."""
    if name in gazetteer.demonyms():
        return True
    if " " not in name and (name in everyday() or name in common_words()):
        return False
    best = next(iter(gazetteer.lookup(name)), None)
    if best is None:
        return False
    least = _CITY if ordinary else _TOWN
    known = best.kind in ("country", "admin1") or best.population >= least
    return known or (" " in name and best.main)
