"""The forms of a verb, so that cues are found whatever the parser takes for the lemma."""

from __future__ import annotations

import re
from functools import cache

from sayso.knowledge.tables import load_csv

_VOWELS = "aeiou"
_DOUBLING = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    rows = load_csv("lang", "en", "attribution", "irregular.csv", required=("lemma", "forms"))
    return {r["lemma"]: tuple(r["forms"].split()) for r in rows}


def forms(lemma: str) -> set[str]:
    """The lemma with its -s, -ing, past and participle forms, lower case. Doubled consonants are
    given beside single ones ("travelled", "traveled"); a form that does not exist does no harm."""
    out = {lemma}
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        out.add(lemma + "es")
    elif lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        out.add(lemma[:-1] + "ies")
    else:
        out.add(lemma + "s")
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    out.add(stem + "ing")
    if lemma in _irregular():
        out.update(_irregular()[lemma])
    elif lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        out.add(lemma[:-1] + "ied")
    else:
        out.add(lemma + "d" if lemma.endswith("e") else lemma + "ed")
    if _DOUBLING.search(lemma):
        out.add(lemma + lemma[-1] + "ing")
        if lemma not in _irregular():
            out.add(lemma + lemma[-1] + "ed")
    return out
