"""The place of an event that its own sentence does not give: it goes on from the one before.

"Shelling near Kramatorsk hit a convoy. Two more people were wounded. The attack also destroyed an
ambulance." A place is carried only within a paragraph, at most REACH sentences on, from a sentence
that ties one place to what happened, and only if the words go on about the same thing: the event
taken up by a noun ("the attack", "the blast"), one who took part in it ("the convoy"), more of
the same ("two more", "another", "others"), or its dead and wounded in the very next sentence.
Sentences in between that only say where somebody came from or was going are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.knowledge.placewords import words
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg
from sayso.reading.draft import Draft, SentenceSpan
from sayso.reading.toponym_index import place_mentions
from sayso.reading.toponym_sites import Site, sites_of

REACH = 3
REACH_MORE = 2
_TAKING_UP = frozenset(["the", "this", "that", "these", "those", "both"])
_MORE = frozenset(["more", "other", "others", "another", "further"])
_SUBJECTS = ("nsubj", "nsubjpass")
_PARTIES = ("nsubj", "nsubjpass", "dobj")
_TIMES = frozenset(["DATE", "TIME"])


def goes_on(sentence: Sentence, trigger: Token, before: Sentence, back: int) -> bool:
    """True if the event goes on about what a sentence tells that stands `back` before its own."""
    if _taken_up(sentence, trigger, before):
        return True
    if any(_taken_up(sentence, t, before) for t in sentence.children(trigger, *_PARTIES)):
        return True
    if any(t.ent in _TIMES for t in sentence) or not any(_incident(t) for t in before):
        return False  # "two more were killed last year"
    subjects = sentence.children(trigger, *_SUBJECTS)
    if back <= REACH_MORE and any(_more(sentence, t) for t in subjects):
        return True
    counted = any(sentence.children(t, "nummod") or t.tag == "CD" for t in subjects)
    return back == 1 and counted and trigger.lemma in words().casualties


def _incident(token: Token) -> bool:
    return token.lemma in words().incidents or token.lemma in words().blows


def _taken_up(sentence: Sentence, noun: Token, before: Sentence) -> bool:
    """True for "the attack" after an attack, shelling or bombing was told, and for "the convoy"
    after a convoy was named."""
    if noun.pos != "NOUN" or _named(sentence, noun):
        return False
    if not any(d.lower in _TAKING_UP for d in sentence.children(noun, "det")):
        return False
    if any(t.lemma == noun.lemma and t.pos == "NOUN" for t in before):
        return True
    return noun.lemma in words().incidents and any(_incident(t) for t in before)


def _named(sentence: Sentence, noun: Token) -> bool:
    """True for "the attack on X", "the second attack": told apart by words of its own."""
    return bool(sentence.children(noun, "prep", "relcl", "acl", "compound", "poss", "amod"))


def _more(sentence: Sentence, subject: Token) -> bool:
    """True for "two more people", "ten others", "another"."""
    inside = [subject, *sentence.children(subject)]
    inside += [t for child in inside[1:] for t in sentence.children(child)]
    return any(t.lower in _MORE for t in inside)


def carried(draft: Draft, sentence: Sentence, trigger: Token) -> list[Arg]:
    """The place that an event whose own sentence names none has from a sentence before it, or
    []."""
    here = draft.sentence_at(trigger.start)
    if here is None:
        return []
    for back in range(1, REACH + 1):
        if here.index < back:
            return []
        span = draft.sentences()[here.index - back]
        if span.part != here.part or "\n" in draft.text[span.end : here.start]:
            return []
        if _only_on_the_way(draft, span):
            continue
        before = draft.tree_of(span)
        if before is None or not goes_on(sentence, trigger, before, back):
            return []
        told = _told_at(before, sites_of(draft, before))
        return [told] if told is not None else []
    return []


def _told_at(sentence: Sentence, sites: Sequence[Site]) -> Arg | None:
    """The one place at which the sentence's first clause happens; None where it names several
    that are no parts of one another's phrase."""
    named = [s for s in sites if s.arg.entity is not None]
    located = [s for s in named if _locates(sentence, s) and not _of_before(sentence, s)]
    heads = {s.arg.entity for s in located}
    if len(heads) != 1 or len(named) > len(located) + 1:
        return None
    return located[0].arg


def _only_on_the_way(draft: Draft, span: SentenceSpan) -> bool:
    """True for a sentence that names no place, or only such as somebody left or was going to:
    "from X to Y", "left X"."""
    named = [m for m in place_mentions(draft, span.start, span.end) if m.made_by.rule != "vague"]
    return all(_way().search(draft.text[span.start : m.start]) for m in named)


@cache
def _way() -> re.Pattern[str]:
    verbs = "|".join(sorted(words().leaving))
    return re.compile(
        rf"\b(?:from|to|for|towards?|{verbs}|left|fled)\s+(?:the\s+)?$", re.IGNORECASE
    )


def _of_before(sentence: Sentence, site: Site) -> bool:
    """True for a place in "who had been in X": there it was before."""
    return any(
        t.dep == "relcl" and any(a.lower == "had" for a in sentence.children(t, "aux"))
        for t in sentence.ancestors(site.head)
    )


def _locates(sentence: Sentence, site: Site) -> bool:
    """True for a place behind "in", "near", "at" and the like."""
    token = site.head
    for _ in range(3):
        up = sentence.head(token)
        if token.dep == "pobj":
            return up.lower in words().locative - {"to", "from", "into"} or (
                up.lower in words().near
            )
        if token.dep not in ("compound", "nmod", "appos", "amod"):
            return False
        token = up
    return False
