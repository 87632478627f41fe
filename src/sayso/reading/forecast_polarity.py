"""Whether a forecast is that something will not be."""

from __future__ import annotations

import re

from sayso.language.syntax import Token
from sayso.reading.forecast_clauses import Clause
from sayso.reading.forecast_cues import Cue
from sayso.reading.forecast_lexicon import words
from sayso.reading.forecast_place import Place

# What would take a miracle, what somebody would eat a hat for: it will not be.
_UNLIKELY = {"miracle-if", "eat-my-hat", "hold-breath"}
_NO_DOUBT = re.compile(
    r"\b(?:no|not|little|without(?: an?y?)?|beyond(?: any)?|never) doubts?\b|undoubted\w*|doubtless"
)


def negative(place: Place, clause: Clause, cue: Cue, left: int) -> bool:
    """True if the forecast is that something will not be."""
    verbs = {clause.verb.i, clause.main.i}
    negators = words("negators")
    cue_words = place.plain.text[place.plain.index(cue.start) : place.plain.index(cue.end)]
    last = max(clause.main.i, clause.verb.i) + 1
    inside = [t for t in place.tree.tokens[: last + 1] if clause.start <= t.start < clause.end]
    for token in inside:
        adverb = token.dep in {"neg", "advmod"} and token.head in verbs
        if token.dep == "neg" and token.head in verbs:
            return True
        sure = place.tree.head(token).lemma in words("sure_nouns")
        if token.lower in negators and not sure and (adverb or _in_subject(token.i, clause)):
            return True
    if any(_none(place, t) for v in (clause.main, clause.verb) for t in _objects(place, v)):
        return True
    if cue.rule.id in _UNLIKELY:
        return True
    if cue.rule.id == "surprised-if" and not re.search(r"n['’]?t\b|\bnot\b", cue_words):
        return True
    text = place.plain.text
    a = place.plain.index(clause.start)
    before = text[max(0, a - 40, place.plain.index(left)) : a]
    window = before + text[a : a + 30]
    window = _NO_DOUBT.sub(" ", window)
    return any(phrase in window for phrase in words("negating_phrases"))


def _objects(place: Place, verb: Token) -> list[Token]:
    return place.tree.children(verb, "dobj", "attr", "nsubj", "nsubjpass")


def _none(place: Place, noun: Token) -> bool:
    """ "There will be no war"; "no doubt" denies nothing."""
    no = any(t.lower == "no" for t in place.tree.children(noun, "det"))
    return no and noun.lemma not in words("sure_nouns")


def _in_subject(i: int, clause: Clause) -> bool:
    return bool(clause.subject) and i in {t.i for t in clause.subject[:2]}
