"""A file of parses, so that re-reading the same sentences with better rules costs no parse.

Keyed by pipeline and sentence; a lost or damaged file costs only time. Safe for several
processes at once (SQLite). Nothing in it is code: tokens are kept as JSON.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence

from sayso.language.syntax import Parser, Sentence, Token, normalise

_FORMAT = "1"


class CachingParser:
    """A parser that looks into a file first and keeps there what it had to parse."""

    def __init__(self, parser: Parser, path: str) -> None:
        self.parser = parser
        self.name = parser.name
        self._db = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("CREATE TABLE IF NOT EXISTS parse (key BLOB PRIMARY KEY, tokens BLOB)")

    def _key(self, sentence: str) -> bytes:
        seed = f"{_FORMAT}\0{self.parser.name.split('-')[0]}\0{normalise(sentence)}"
        return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()[:16]

    def parse(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
        found: dict[int, Sentence] = {}
        missing: list[int] = []
        keys = [self._key(text[s:e]) for s, e in spans]
        for n, ((start, end), key) in enumerate(zip(spans, keys, strict=True)):
            row = self._db.execute("SELECT tokens FROM parse WHERE key=?", (key,)).fetchone()
            if row is None:
                missing.append(n)
            else:
                found[n] = _thaw(text, start, end, row[0])
        if missing:
            self._add(text, spans, missing, keys, found)
        return [found[n] for n in sorted(found) if found[n].tokens]

    def _add(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        missing: list[int],
        keys: list[bytes],
        found: dict[int, Sentence],
    ) -> None:
        parsed = self.parser.parse(text, [spans[n] for n in missing])
        by_span = {(s.start, s.end): s for s in parsed}
        rows = []
        for n in missing:
            start, end = spans[n]
            sentence = by_span.get((start, end)) or Sentence(start, end, ())
            found[n] = sentence
            rows.append((keys[n], _freeze(sentence)))
        self._db.executemany("INSERT OR IGNORE INTO parse VALUES (?, ?)", rows)


def _freeze(sentence: Sentence) -> bytes:
    rows = [
        [t.start - sentence.start, t.end - sentence.start, t.lemma, t.pos, t.tag, t.dep, t.head,
         t.ent, t.ent_iob]
        for t in sentence.tokens
    ]  # fmt: skip
    return zlib.compress(json.dumps(rows).encode(), 1)


def _thaw(text: str, start: int, end: int, data: bytes) -> Sentence:
    tokens = tuple(
        Token(i, start + s, start + e, text[start + s : start + e], lemma, pos, tag, dep, head, ent,
              iob)
        for i, (s, e, lemma, pos, tag, dep, head, ent, iob) in enumerate(
            json.loads(zlib.decompress(data))
        )
    )  # fmt: skip
    return Sentence(start, end, tokens)
