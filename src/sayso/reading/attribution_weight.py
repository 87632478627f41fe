"""How far an attribution is to be trusted: from the class and frame of its cue, and from where
and in which form the cue stands. The figures are in `weights.csv`."""

from __future__ import annotations

from functools import cache

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_csv, where
from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_found import Found
from sayso.reading.attribution_lexicon import SPEECH

FLOOR = 0.25
"""Attributions less certain than this are not given: PolNeAR's annotators, who found two thirds
of each other's, would not call them attributions."""

_MODALS = frozenset(
    ["can", "could", "would", "should", "must", "may", "might", "ca", "'d", "’d", "cannot"]
)
_FILE = ("lang", "en", "attribution", "weights.csv")


@cache
def _weights() -> tuple[dict[str, float], dict[str, float]]:
    """Base confidences by rule, and factors by condition."""
    bases: dict[str, float] = {}
    factors: dict[str, float] = {}
    for row in load_csv(*_FILE, required=("kind", "name", "weight")):
        table = {"rule": bases, "factor": factors}.get(row["kind"])
        if table is None:
            raise KnowledgeError(
                f"{where(*_FILE)}:{row[LINE]}: 'kind' is {row['kind']!r}, not rule or factor"
            )
        try:
            table[row["name"]] = float(row["weight"])
        except ValueError as error:
            raise KnowledgeError(f"{where(*_FILE)}:{row[LINE]}: no number ({error})") from error
    return bases, factors


def conditions(sentence: Sentence, verb: Token) -> set[str]:
    """What about the form of the verb makes it less sure that it attributes anything."""
    out: set[str] = set()
    auxiliaries = {t.lower for t in sentence.children(verb, "aux")}
    if verb.tag == "VB" and not auxiliaries - {"to"}:
        out.add("infinitive")
    if auxiliaries & _MODALS:
        out.add("modal")
    if sentence.children(verb, "neg"):
        out.add("negated")
    if verb.dep in {"relcl", "pcomp", "acl"}:
        out.add(verb.dep)
    return out


def confidence(found: Found) -> float:
    """In [0, 1]."""
    bases, factors = _weights()
    frame = found.rule.partition(".")[2]
    names = (found.rule, found.rule.split("-")[0], frame, frame.split("-")[0])
    value = next((bases[n] for n in names if n in bases), 0.3)
    notes = set(found.notes)
    if {"self", "quoted"} <= notes:
        notes.add("self-quoted")
    speech = "speech:" if found.cls in SPEECH else "other:"
    for note in sorted(notes):  # in one order, so that rounding gives the same in every process
        value *= factors.get(speech + note, factors.get(note, 1.0))
    value *= found.weight
    return round(min(value, 0.95), 2)
