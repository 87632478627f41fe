"""Who holds on to a claim of their own after somebody challenged it."""

from __future__ import annotations

import re

from sayso.model.annotation import ReplyAct
from sayso.reading.forecast_plain import Plain
from sayso.reading.reply_figures import Figures
from sayso.reading.reply_lexicon import form
from sayso.reading.reply_lexicon import words as word_list
from sayso.reading.reply_questions import sentences_of

_LONG = re.compile(r"[a-z][\w'-]{3,}")
_ABOUT_OTHERS: set[ReplyAct] = {"agrees", "retracts", "asks", "asks_source", "answers"}


def holds_on(
    words: Plain, before: Plain, answered: Plain, figures: Figures, acts: set[ReplyAct]
) -> tuple[str, float] | None:
    """(rule, strength) where a comment that answers a challenge still stands for what its author
    said further up (`before`): it gives the same figure again, has words of it that the challenge
    has not, speaks for it in a form that one defends a claim with, or gives a ground of its own.
    None where it only attacks what the other brought up."""
    if acts & _ABOUT_OTHERS:
        return None
    text = words.text
    if figures.kept:
        return "keeps-own-figure", 0.7
    if form("holds").search(text[:200]):
        return "holds-own", 0.6
    if text.rstrip(" \"')").endswith("?"):
        return None
    if shared(text, before.text, answered.text) >= 2:
        return "repeats-own", 0.55
    doubts = figures.echo is not None and not figures.narrows
    if figures.rival or doubts or "corrects" in acts or form("at_other").search(text[:120]):
        return None
    # Who answers a challenge with a ground of their own holds on to the claim about every second
    # time; a question, or a figure against the other's, only attacks.
    return None if "?" in next(iter(sentences_of(text)), "") else ("defends-claim", 0.45)


def shared(text: str, before: str, answered: str) -> int:
    """How many words a comment has from its author's own comment and not from the challenge.
    Words count as the same by their first letters."""
    return len((stems(text) & stems(before)) - stems(answered))


def stems(text: str) -> set[str]:
    """The first letters of its longer words, without those that every text has."""
    common = word_list("common")
    return {w[:5] for w in _LONG.findall(text) if w not in common}


def gives_source(text: str) -> bool:
    """True if the answer of one who was asked for a source names one: it has a word for evidence
    or is a mere name ("Clarke 2012, Medical Journal."). Contradiction, mockery and "look it up
    yourself" give none."""
    pieces = sentences_of(text)
    if not pieces or form("no_source").search(text) or pieces[0].endswith("?"):
        return False
    if form("evidence").search(text):
        return True
    return len(pieces[0].split()) <= 12 and not form("finite").search(pieces[0])
