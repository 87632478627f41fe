"""Passages that are folded: abusive or graphic text is shown after a click, by category.

The words are in `knowledge/data/care/folding.csv`; a file `folding.csv` of the same layout beside
the record adds to them, and takes out what it gives the category `none`. Nothing is ever removed
or changed: only the view folds.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sayso.errors import KnowledgeError
from sayso.knowledge import tables

FILE = "folding.csv"
CATEGORIES = ("slur", "abuse", "graphic")
LENGTH = 20
"""Hexadecimal digits of a hashed entry."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(slots=True)
class Lexicon:
    """Entries by category. `words` and `hashes` hold single words, `phrases` several by their
    first word."""

    words: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    _seen: dict[str, str | None] = field(default_factory=dict)

    def put(self, category: str, form: str, entry: str) -> None:
        """Adds an entry; the category `none` takes it out."""
        if form == "sha256":
            _set(self.hashes, entry.lower(), category)
            return
        words = tuple(entry.casefold().split())
        if len(words) == 1:
            _set(self.words, words[0], category)
            return
        rest = [p for p in self.phrases.get(words[0], []) if p[0] != words]
        self.phrases[words[0]] = rest if category == "none" else [*rest, (words, category)]

    def of(self, word: str) -> str | None:
        """The category of one casefolded word."""
        if word not in self._seen:
            if len(self._seen) > 100_000:
                self._seen.clear()
            digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
            self._seen[word] = self.words.get(word) or self.hashes.get(digest)
        return self._seen[word]

    def found(self, text: str) -> tuple[str, ...]:
        """The categories of a passage, in the order of `CATEGORIES`; () where nothing is folded."""
        words = [w.casefold() for w in _WORD.findall(text)]
        out: set[str] = set()
        for n, word in enumerate(words):
            category = self.of(word)
            if category:
                out.add(category)
            for phrase, kind in self.phrases.get(word, ()):
                if tuple(words[n : n + len(phrase)]) == phrase:
                    out.add(kind)
        return tuple(c for c in (*CATEGORIES, *sorted(out - set(CATEGORIES))) if c in out)


def _set(into: dict[str, str], entry: str, category: str) -> None:
    if category == "none":
        into.pop(entry, None)
    else:
        into[entry] = category


@cache
def lexicon(own: str | None = None) -> Lexicon:
    """The lexicon, with a file of one's own. Raises KnowledgeError that names file and line."""
    made = Lexicon()
    for row in tables.load_csv("care", FILE, required=("category", "form", "entry")):
        made.put(row["category"], row["form"], row["entry"])
    if own is not None:
        for number, row in _own(own):
            if row.get("form") not in ("plain", "sha256") or not row.get("entry"):
                raise KnowledgeError(f"{own}:{number}: needs category, form (plain, sha256), entry")
            made.put((row.get("category") or "none").strip(), row["form"], row["entry"].strip())
    return made


def _own(path: str) -> list[tuple[int, dict[str, str]]]:
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error})") from error
    kept = [(n, x) for n, x in enumerate(lines, 1) if x.strip() and not x.startswith("#")]
    rows = csv.DictReader([x for _, x in kept])
    return [(kept[n + 1][0], row) for n, row in enumerate(rows)]


def beside(record: str | Path) -> str | None:
    """The file of one's own beside a record, if there is one."""
    path = Path(record).parent / FILE
    return str(path) if path.is_file() else None
