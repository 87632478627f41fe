"""Which sentences are worth parsing: a cheap look at their words, before any tree.

A sentence is wanted if it has a form of a trigger of the event lexicon, a cue of attribution, or
a word of a statement about the future. Triggers too common to tell ("take") count only with a
word that their entries ask for ("take … hostage"). `tools/bench.py` measures what that saves and
what it loses.
"""

from __future__ import annotations

import re
from functools import cache

from sayso.knowledge.tables import LINE, load_yaml
from sayso.reading.attribution_lexicon import nouns, verb_forms
from sayso.reading.event_forms import forms
from sayso.reading.event_lexicon import Entry, classes, lexicon, words_of
from sayso.reading.forecast_cues import may_forecast

_WORD = re.compile(r"[^\W\d_]+(?:'ll)?")
_SHORT = 3
"""A sentence of fewer words has no room for an event with its parties."""


@cache
def _lists() -> dict[str, frozenset[str]]:
    rows = load_yaml("lang", "en", "relevance.yaml")
    return {k: words_of(v["words"]) for k, v in rows.items() if k != LINE}


def _noun_forms(noun: str) -> set[str]:
    out = {noun, noun + "s", noun + "es"}
    if noun.endswith("y"):
        out.add(noun[:-1] + "ies")
    return out


@cache
def sure() -> frozenset[str]:
    """Forms that alone make a sentence wanted."""
    common = _lists()["common"]
    found: set[str] = set(_lists()["future"]) | set(verb_forms()) | set(nouns())
    for head in lexicon().verbs:
        if head not in common:
            found |= forms(head)
    for head in lexicon().nouns:
        if head not in common:
            found |= _noun_forms(head)
    return frozenset(found)


def _asked(entry: Entry) -> set[str]:
    """The words an entry asks for beside its head; classes are unfolded."""
    out = {w for w in entry.extra if len(w) > 3}
    for condition in entry.conditions:
        if condition.negative or condition.op == "+":
            continue
        keys = condition.words if condition.op == "~" else condition.keys
        for key in keys:
            if key.startswith("@"):
                out |= classes()[key[1:]].words if key[1:] in classes() else set()
            elif not key.startswith("!"):
                out.add(key)
    return out


@cache
def paired() -> dict[str, frozenset[str]]:
    """Forms of common heads -> first words, one of which must stand with them. Empty: none can."""
    common = _lists()["common"]
    found: dict[str, set[str]] = {}
    for index, inflect in ((lexicon().verbs, forms), (lexicon().nouns, _noun_forms)):
        for head, entries in index.items():
            if head not in common:
                continue
            asked = set().union(*map(_asked, entries))
            partners = {f for w in asked for f in _noun_forms(w.split()[-1])}
            for form in inflect(head):
                found.setdefault(form, set()).update(partners)
    return {form: frozenset(partners) for form, partners in found.items()}


def wanted(sentence: str) -> bool:
    """True if the sentence may hold an event, an attribution or a forecast."""
    words = set(_WORD.findall(sentence.lower().replace("’", "'")))
    if len(words) >= _SHORT:
        if not words.isdisjoint(sure()):
            return True
        pairs = paired()
        if any(not words.isdisjoint(pairs[w]) for w in words if w in pairs):
            return True
    return may_forecast(sentence)
