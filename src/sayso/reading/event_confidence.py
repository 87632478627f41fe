"""How often events read like this one are right: the confidence of an event.

The share of events of its rule that were right by hand, drawn towards the share of its type, and
that towards the share of all, since most rules were met a few times only; then moved up or down by
each trait of the construction, and by what the words around it say (`event_words.py`). Shares and
weights are data (lang/en/events/confidence.csv), fitted on verdicts by `tools/judged.py count`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from math import exp, log

from sayso.knowledge.tables import load_csv
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg, Certainty
from sayso.reading.event_lexicon import FOLDER
from sayso.reading.event_reality import Reality
from sayso.reading.event_role_words import Roles
from sayso.reading.event_triggers import Match

LOWEST, HIGHEST = 0.05, 0.97
ASKED = 0.5
"""At most so sure is what is only asked: nobody tells it."""
DRAWN = 6.0
"""How many cases the share of a type weighs against a rule's own, and that of all against it."""
_LONG, _VERY_LONG = 30, 45
"""Words from which the parser loses its way more often."""
_CROWDED = 5
"""Verbs of a sentence from which it does so."""
_FAR_PLACE, _FAR_ACTOR = 6, 9
"""Words between a trigger and a place or an actor from which they often are another clause's."""
_CLAUSES = ("conj", "advcl", "pcomp", "ccomp")
_SPEAKERS = frozenset(["i", "we", "our", "us", "my"])
_UNREAL = ("planned", "expected", "hypothetical", "ongoing")

WORDS = "words"
"""What the weights of words are taken by."""


@cache
def table() -> dict[tuple[str, str], tuple[float, float]]:
    """(kind, key) -> (right, total); for the kind "weight" (weight, how often it was met)."""
    rows = load_csv(*FOLDER, "confidence.csv", required=("kind", "key", "right", "total"))
    return {(r["kind"], r["key"]): (float(r["right"]), float(r["total"])) for r in rows}


def odds(sentence: Sentence, match: Match, roles: Roles, real: Reality) -> float:
    """The log-odds, by rule and traits, that an event is right that is read this way."""
    out = _weight("all") + _weight("share") * log_odds(share(rule_of(match), kind_of(match)))
    return out + sum(_weight(t) for t in traits(sentence, match, roles, real))


def likely(odds: float, words: float, certainty: Certainty) -> float:
    """How likely an event is right, between `LOWEST` and `HIGHEST`. `words` is the sum of the
    weights of its words."""
    most = ASKED if certainty == "unknown" else HIGHEST
    odds += _weight(WORDS) * words
    return round(min(most, max(LOWEST, 1 / (1 + exp(-odds)))), 2)


def rule_of(match: Match) -> str:
    """The rule under which an event is told and counted: one's own "will not" has its own."""
    return "reject.will-not" if match.refused else match.rule.name


def kind_of(match: Match) -> str:
    """The type or act under which an event is counted."""
    return match.type or match.rule.act or ""


def log_odds(p: float) -> float:
    """Of a likelihood, kept off 0 and 1."""
    p = min(HIGHEST, max(LOWEST, p))
    return log(p / (1 - p))


@cache
def share(rule: str, kind: str) -> float:
    """How many events of a rule, and of its type or act, were right."""
    shares = [table().get(key, (0.0, 0.0)) for key in (("type", kind), ("rule", rule))]
    return drawn(table()["all", "events"], shares)


def drawn(whole: tuple[float, float], shares: Iterable[tuple[float, float]]) -> float:
    """The share of the last of `shares` (right, total), each drawn towards the one before it, and
    the first towards that of the whole."""
    out = whole[0] / whole[1]
    for right, total in shares:
        out = (right + DRAWN * out) / (total + DRAWN)
    return out


def _weight(trait: str) -> float:
    return table().get(("weight", trait), (0.0, 0.0))[0]


def traits(sentence: Sentence, match: Match, roles: Roles, real: Reality) -> Iterator[str]:
    """What in the construction makes a reading more or less sure."""
    token = match.token
    yield from _of_sentence(sentence)
    yield from (f"as {d}" for d in _CLAUSES if token.dep == d)
    above = {t.dep for t in sentence.ancestors(token)}
    yield from (f"under {d}" for d in _CLAUSES if token.dep != d and d in above)
    if token.tag in ("VBD", "NNS"):
        yield "past tense" if token.tag == "VBD" else "plural noun"
    if match.verbal:
        if not sentence.children(token, "nsubj", "nsubjpass"):
            yield "no subject of its own"
        if any(t.lower == "to" for t in sentence.children(token, "aux")):
            yield "infinitive"
    if match.light_frame is not None:
        yield "light verb"
    if match.mode:
        yield "mode"
    if real.status in _UNREAL:
        yield real.status
    if real.polarity == "negative":
        yield "negative"
    if real.certainty != "certain":
        yield "uncertain"
    if roles.guessed:
        yield "recipient from the topic"
    yield from _of_actor(sentence, token, roles.actor)
    yield from _of_recipient(sentence, token, roles.recipient)
    yield from _of_place(sentence, token, roles.place)


def _of_sentence(sentence: Sentence) -> Iterator[str]:
    if len(sentence) > _LONG:
        yield "long sentence"
    if len(sentence) > _VERY_LONG:
        yield "very long sentence"
    if sum(t.pos in ("VERB", "AUX") for t in sentence) > _CROWDED:
        yield "many verbs"
    if any(t.lower in _SPEAKERS for t in sentence):
        yield "first person"
    if any(t.text == '"' for t in sentence):
        yield "quotation"
    if any(t.text in "[]" for t in sentence):
        yield "brackets"


def _of_actor(sentence: Sentence, trigger: Token, args: list[Arg]) -> Iterator[str]:
    yield f"actors {min(len(args), 2)}"
    head = _head(sentence, args)
    if head is None:
        return
    yield from _ahead("actor", head, trigger)
    if head.dep == "nsubj":
        yield "actor is a subject"
    if abs(head.i - trigger.i) > _FAR_ACTOR:
        yield "actor far"


def _of_recipient(sentence: Sentence, trigger: Token, args: list[Arg]) -> Iterator[str]:
    yield f"recipients {min(len(args), 3)}"
    head = _head(sentence, args)
    if head is None:
        return
    yield from _ahead("recipient", head, trigger)
    if head.dep in ("dobj", "pobj"):
        yield "recipient is an object"
    if any(t.text == "," for t in sentence.tokens[min(head.i, trigger.i) : max(head.i, trigger.i)]):
        yield "comma before the recipient"
    if head.ent in ("GPE", "PERSON"):
        yield "recipient is a country" if head.ent == "GPE" else "recipient is a person"
    elif head.pos == "PRON":
        yield "recipient is a pronoun"
    elif head.tag == "NN":
        yield "recipient is a singular noun"
    if args[0].entity is not None:
        yield "recipient is known"


def _of_place(sentence: Sentence, trigger: Token, args: list[Arg]) -> Iterator[str]:
    if len(args) > 1:
        yield "several places"
    head = _head(sentence, args)
    if head is None:
        return
    yield from _ahead("place", head, trigger)
    if abs(head.i - trigger.i) > _FAR_PLACE:
        yield "place far"


def _ahead(role: str, head: Token, trigger: Token) -> Iterator[str]:
    if head.i < trigger.i:
        yield f"{role} before"


def _head(sentence: Sentence, args: list[Arg]) -> Token | None:
    return sentence.span_head(args[0].start, args[0].end) if args else None
