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

from sayso.language.dateline import dateline
from sayso.language.syntax import Job, Parser, Sentence, Token, may_name

_FORMAT = "1"
_NAMELESS = "2"
"""For sentences in which the parser looks for no names."""


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
        plain = self.form(sentence)
        form = _FORMAT if may_name(plain) else _NAMELESS
        if dateline(sentence):
            form += "d"  # parsed in two pieces
        seed = f"{form}\0{self.parser.name.split('-')[0]}\0{plain}"
        return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()[:16]

    def form(self, sentence: str) -> str:
        return self.parser.form(sentence)

    def parse(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
        return self.parse_all([(text, spans)])[0]

    def parse_all(self, jobs: Sequence[Job]) -> list[list[Sentence]]:
        found: list[dict[tuple[int, int], Sentence]] = []
        missing: list[tuple[str, list[tuple[int, int]]]] = []
        for text, spans in jobs:
            have: dict[tuple[int, int], Sentence] = {}
            lack: list[tuple[int, int]] = []
            for start, end in spans:
                row = self._db.execute(
                    "SELECT tokens FROM parse WHERE key=?", (self._key(text[start:end]),)
                ).fetchone()
                if row is None:
                    lack.append((start, end))
                else:
                    have[start, end] = _thaw(text, start, end, row[0])
            found.append(have)
            missing.append((text, lack))
        if any(lack for _, lack in missing):
            rows = []
            for have, (text, lack), trees in zip(
                found, missing, self.parser.parse_all(missing), strict=True
            ):
                parsed = {(t.start, t.end): t for t in trees}
                for start, end in lack:
                    have[start, end] = parsed.get((start, end)) or Sentence(start, end, ())
                    rows.append((self._key(text[start:end]), _freeze(have[start, end])))
            self._db.executemany("INSERT OR IGNORE INTO parse VALUES (?, ?)", rows)
        return [
            [have[span] for span in spans if have[span].tokens]
            for have, (_, spans) in zip(found, jobs, strict=True)
        ]


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
