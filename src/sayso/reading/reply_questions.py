"""Comments that ask: what wants an answer, what only sounds like it."""

from __future__ import annotations

import re

from sayso.reading.reply_lexicon import form

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_FEW = 2
"""Words of a sentence beside a question that states nothing ("Hm.", "Just curious.")."""


def sentences_of(text: str) -> list[str]:
    """The sentences of a plain text, by their marks alone."""
    return [s for s in (m.group().strip() for m in _SENTENCE.finditer(text)) if s]


def is_question(text: str) -> bool:
    """True if a comment ends in a question, or is made of questions for the most part."""
    pieces = sentences_of(text)
    if not pieces or "?" not in text:
        return False
    asked = [s for s in pieces if "?" in s]
    opens = (
        "?" in pieces[0]
        and form("genuine").match(pieces[0])
        and not form("rhetorical").match(pieces[0])
    )
    return "?" in pieces[-1] or len(asked) * 2 > len(pieces) or (bool(opens) and len(pieces) <= 4)


def asks(text: str) -> bool:
    """True if a comment is a question that wants an answer."""
    pieces = sentences_of(text)
    asked = [s for s in pieces if "?" in s]
    if not asked or len(asked) * 2 < len(pieces):
        return False
    return any(form("genuine").match(s) and not form("rhetorical").match(s) for s in asked)


def only_asks(text: str) -> bool:
    """True if a comment is questions and nothing else of more than two words, in the form of a
    question or not ("Every morning at what time?"), and none of them wants no answer."""
    pieces = sentences_of(text)
    asked = [s for s in pieces if "?" in s]
    rest = [s for s in pieces if "?" not in s and len(s.split()) > _FEW]
    return bool(asked) and not rest and not any(form("rhetorical").match(s) for s in asked)


def asked_at_once(text: str) -> bool:
    """True if the first sentence is a question; "right?" and the like are none."""
    first = _SENTENCE.match(text)
    return first is not None and first.group().rstrip().endswith("?") and len(first.group()) > 12


def counters(text: str) -> bool:
    """True if a request for a source goes on with a statement of its own."""
    for piece in sentences_of(text):
        if "?" not in piece and len(piece.split()) >= 5 and not form("no_counter").match(piece):
            return True
        if "last i heard" in piece or "last time i" in piece:
            return True
    return False
