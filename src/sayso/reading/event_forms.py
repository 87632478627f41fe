"""The forms of trigger verbs, so that they are found whatever the parser takes for the lemma."""

from __future__ import annotations

from functools import cache

from sayso.knowledge.tables import load_csv
from sayso.language.syntax import Token
from sayso.reading import attribution_forms
from sayso.reading.event_lexicon import lexicon


@cache
def _irregular() -> dict[str, str]:
    rows = load_csv("lang", "en", "events", "irregular.csv", required=("lemma", "forms"))
    return {r["lemma"]: r["forms"] for r in rows}


def forms(lemma: str) -> set[str]:
    """The forms of a verb, irregular ones included, lower case."""
    return attribution_forms.forms(lemma) | set(_irregular().get(lemma, "").split())


@cache
def _lemma_of() -> dict[str, str]:
    out: dict[str, str] = {}
    for lemma in lexicon().verbs:
        for form in forms(lemma):
            if form not in out or lemma == form:
                out[form] = lemma
    return out


def verb_lemma(token: Token) -> str:
    """The lemma under which the lexicon knows a verb; the parser's own ("stag" for "staged") if
    the lexicon knows no such form."""
    if token.lemma in lexicon().verbs:
        return token.lemma
    return _lemma_of().get(token.lower, token.lemma)
