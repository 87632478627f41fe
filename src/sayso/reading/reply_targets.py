"""What a reply is about: the number, the quoted words or the sentence of what it answers."""

from __future__ import annotations

import re

from sayso.language.sentences import sentences
from sayso.model.document import Part
from sayso.model.span import Span
from sayso.reading.draft import Draft
from sayso.reading.forecast_plain import Plain, plain
from sayso.reading.reply_lexicon import words as word_list

_WORD = re.compile(r"[a-z][\w'-]{3,}")


def taken_up(draft: Draft, child: Plain, parent: Part) -> Span | None:
    """The parent's sentence that shares most words with the child, if it shares any two; the only
    sentence of a parent that has one."""
    spans = sentences(draft.text, parent.start, parent.end)
    if len(spans) == 1:
        return draft.span(*spans[0])
    common = word_list("common")
    words = {w for w in _WORD.findall(child.text[:600]) if w not in common}
    best: tuple[int, Span] | None = None
    for start, end in spans[:60]:
        text = plain(draft.text, start, end).text
        shared = sum(w in text for w in words)
        if shared >= 2 and (best is None or shared > best[0]):
            best = (shared, draft.span(start, end))
    return best[1] if best else None


def quoted(draft: Draft, words: str, parent: Part) -> Span | None:
    """Where the quoted words stand in what is answered: the same words, give or take punctuation
    and case. None if they do not stand there."""
    tokens = re.findall(r"\w+", words.lower())[:40]
    if not tokens:
        return None
    body = draft.text[parent.start : parent.end].lower()
    for take in (tokens, tokens[:12], tokens[-12:], tokens[:5]):
        run = r"\W+".join(re.escape(t) for t in take)
        match = re.search(rf"\b{run}\b", body)
        if match and len(body) == parent.end - parent.start:
            return draft.span(parent.start + match.start(), parent.start + match.end())
    return None
