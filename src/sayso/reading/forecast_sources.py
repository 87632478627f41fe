"""Who foresees: the forecaster of a clause.

The innermost source of its words; else the subject of the verb that foresees ("the bank sees prices
falling"), if it names somebody; else whoever speaks there by position.
"""

from __future__ import annotations

import re

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Mention, Source
from sayso.reading.attribution_sources import antecedent, kind_of
from sayso.reading.draft import Draft
from sayso.reading.event_lexicon import of_class
from sayso.reading.forecast_clauses import Clause
from sayso.reading.forecast_lexicon import words
from sayso.reading.forecast_place import Found, Place
from sayso.reading.saidby import PERSONAL, describing, named_before, position, said_by

_ODDS = re.compile(
    r"\d ?%|per ?cent|\bodds\b|\bchances?\b|probab|likelihood|\bin (?:two|three|four|five|ten)\b"
)
_EXPECTING = {"expects-to", "expects-not", "forecasts-noun"}
"""Cues whose own subject foresees."""
_FIRST_PERSON = {"i", "me", "we", "us", "my", "our", "myself", "ourselves"}


def forecaster_of(draft: Draft, place: Place, item: Found, start: int, end: int) -> Source:
    """Who foresees what stands at [start, end)."""
    found = _by_words(draft, start, end, item.clause)
    if found.exact is None and item.cue.rule.id in _EXPECTING:
        found = _foreseer(draft, place.tree, place.tree.at(item.cue.at)) or found
    if found.exact is None:
        found = _foreseer(draft, place.tree, _foreseeing(place, item.clause)) or found
    return found


def _by_words(draft: Draft, start: int, end: int, clause: Clause) -> Source:
    """The innermost source of the words; a commenter who says "I think" is the commenter. Words
    that their source interrupts ("Prices, the bank says, will fall") are those of their verb."""
    chain = said_by(draft, start, end)
    if len(chain) <= len(position(draft, start)):
        verb = said_by(draft, clause.main.start, clause.main.end)
        chain = verb if len(verb) > len(chain) else chain
    innermost = chain[-1]
    if innermost.exact is not None and innermost.exact.lower() in _FIRST_PERSON:
        return position(draft, start)[-1]
    return innermost


def _foreseeing(place: Place, clause: Clause) -> Token | None:
    """The verb at or above the clause that foresees: "X projects 373 seats", "X reckons that it
    falls", "X puts it at 70 percent" (which needs words of odds), "the doctor gives it a week"
    (which needs somebody who can)."""
    plain_verbs, with_odds, giving = words("foreseeing"), words("rating"), words("giving")
    odds = _ODDS.search(place.plain.text) is not None
    for verb in (clause.main, clause.verb, *place.tree.ancestors(clause.main)[:4]):
        if any(t.tag in ("MD", "TO") for t in place.tree.children(verb, "aux")):
            continue  # "the UN will have a chance": what is foreseen, no foreseeing
        if verb.lemma in plain_verbs or (odds and verb.lemma in with_odds):
            return verb
        named = {f"{verb.lemma} {p.lower}" for p in place.tree.children(verb, "prep")}
        if giving & {verb.lemma, *named} and verb.i in (clause.main.i, clause.verb.i):
            subject = next(iter(place.tree.children(verb, "nsubj")), None)
            if subject is not None and _can_foresee(place.tree, subject):
                return verb
    return None


def _can_foresee(tree: Sentence, subject: Token) -> bool:
    """True for people and bodies, and pronouns for them."""
    person = of_class(subject.lemma, "person", "office")
    return bool(kind_of(tree, subject)) or person or subject.lower in {"he", "she", "they"}


def _foreseer(draft: Draft, tree: Sentence, verb: Token | None) -> Source | None:
    """The subject of the verb that foresees ("the bank sees inflation falling"), if it names
    somebody."""
    subject = next(iter(tree.children(verb, "nsubj")), None) if verb is not None else None
    by = tree.children(verb, "agent") if verb is not None else []
    if by:  # "is expected by two ministers to go"
        subject = next(iter(tree.children(by[0], "pobj")), None)
    if subject is not None and subject.lower in PERSONAL:
        return _meant(draft, subject)
    if subject is not None and subject.lower == "who":
        return _described(draft, subject) or _named(draft, tree, antecedent(tree, subject))
    return _named(draft, tree, subject)


def _described(draft: Draft, who: Token) -> Source | None:
    """The source that a clause with "who" describes: "said Mira Tal, of the bank, who sees …"."""
    said = describing(draft, who.start)
    if said is None or said.source is None:
        return None
    source = said.source
    span = draft.span(source.start, source.start + len(source.exact.split(",")[0]))
    return Source(
        who=span.exact, tier=said.tier or "anonymous", access=said.access or "unknown",
        entity=source.entity, start=span.start, end=span.end, exact=span.exact,
    )  # fmt: skip


def _named(draft: Draft, tree: Sentence, subject: Token | None) -> Source | None:
    """A source that the text names by a noun."""
    if subject is None or subject.pos not in {"NOUN", "PROPN"}:
        return None
    if not any(c.isalpha() for c in subject.text):
        return None  # "% think"
    words_ = [t for t in tree.subtree(subject) if t.i <= subject.i or t.dep != "relcl"]
    span = draft.span(words_[0].start, words_[-1].end)
    named = [m for m in draft.over(Mention, span.start, span.end) if m.end == span.end]
    name = span.exact
    for word in ("the ", "a ", "an "):
        name = name[len(word) :] if name.lower().startswith(word) else name
    return Source(
        who=name, tier="anonymous", access="unknown",
        entity=named[0].entity if named else None,
        start=span.start, end=span.end, exact=span.exact,
    )  # fmt: skip


def _meant(draft: Draft, pronoun: Token) -> Source | None:
    """The one that a pronoun stands for, if the text named them."""
    span = draft.span(pronoun.start, pronoun.end)
    known = next((m.entity for m in draft.over(Mention, span.start, span.end) if m.entity), None)
    entity = draft.entity(known)
    part = draft.part_of(pronoun.start)
    name = (
        entity.name
        if entity
        else named_before(draft, pronoun.start, part.id if part else None, pronoun.lower)
    )
    if name is None:
        return None
    return Source(
        who=name, tier="anonymous", access="unknown", entity=known,
        start=span.start, end=span.end, exact=span.exact,
    )  # fmt: skip
