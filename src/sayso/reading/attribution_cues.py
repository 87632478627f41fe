"""A cheap look at a sentence's words: could anything in it be attributed to anybody?"""

from __future__ import annotations

import re
from functools import cache

from sayso.reading.attribution_forms import forms
from sayso.reading.attribution_lexicon import (
    POLLS,
    SPEECH,
    adjectives,
    nouns,
    phrases,
    verb_forms,
    verbs,
    views,
)

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MARKS = re.compile(r"[\"“”„«»:]|''|``")
_SO = re.compile(r", so \w[^,;:]{4,80}\Z", re.IGNORECASE)
""" "It will fail, so the lawyer Birte Ohm."."""
_ADVERBS = frozenset({"reportedly", "allegedly", "purportedly", "supposedly"})


@cache
def _cue_words() -> frozenset[str]:
    found = set(verb_forms()) | set(adjectives()) | _ADVERBS | set(phrases()) | set(views())
    found |= {form for noun in POLLS for form in (noun, noun + "s")}
    for noun in nouns():
        found |= {noun, noun + "s", noun[:-1] + "ies"}
    # Words too common to tell anything by themselves.
    return frozenset(found - {"in", "as", "by"})


@cache
def _strong_words() -> frozenset[str]:
    found = set(_ADVERBS) | {"according"}
    for cue in verbs().values():
        strong = cue.cls in SPEECH | {"show", "expect", "believe"} and cue.weight >= 0.8
        if strong and cue.frames & {"clause", "evidence", "figure", "document"}:
            found |= forms(cue.words.split()[0])
    return frozenset(found)


def must_attribute(sentence: str) -> bool:
    """True where somebody's word is likely: a verb of speech, evidence, belief or expectation, or
    "according to". What the chain must not skip even if the sentence tells of no event."""
    strong = _strong_words()
    return any(w.group().lower() in strong for w in _WORD.finditer(sentence))


def may_attribute(sentence: str) -> bool:
    """False only where no cue of attribution stands in the sentence, whatever its case: no verb,
    noun, adjective or phrase of the lexicon, no quotation mark, no colon. Linear in its length."""
    if _MARKS.search(sentence) or _SO.search(sentence):
        return True
    cues = _cue_words()
    return any(w.group().lower() in cues for w in _WORD.finditer(sentence))
