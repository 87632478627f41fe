"""A forecast as a question in plain words, and what is missing for it to be judged."""

from __future__ import annotations

import re
from functools import cache

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Mention
from sayso.reading.draft import Draft
from sayso.reading.forecast_clauses import Clause
from sayso.reading.forecast_cues import Cue
from sayso.reading.forecast_lexicon import words


@cache
def _vague() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(words('vague')))})\b", re.IGNORECASE)


def question(
    text: str, tree: Sentence, clause: Clause, cue: Cue, due_start: int | None
) -> str | None:
    """ "Will HTS suffer massive casualties?" The forecast's own words, turned into a question that
    a yes makes true (for a negated forecast, false). None where the words cannot be turned."""
    if cue.rule.kind not in {"modal", "raise"} or not clause.subject:
        return f"Does this come true: “{_flat(text[clause.start : clause.end])}”?"
    subject = _subject(text, clause)
    last = max(t.i for t in tree.tokens if t.start < clause.end)
    if cue.rule.kind == "raise":
        rest = tree.tokens[clause.main.i : last + 1]
    else:
        after = max(t.i for t in clause.subject) + 1
        anchor = tree.at(cue.at)
        if anchor is not None:
            after = max(after, anchor.i)
        rest = tree.tokens[after : last + 1]
    predicate = _kept(text, rest, clause)
    return f"Will {subject} {predicate}?" if predicate else None


def _subject(text: str, clause: Clause) -> str:
    named = _flat(text[clause.subject[0].start : clause.subject[-1].end])
    first = clause.subject[0]
    shouted = len(first.text) > 1 and first.text.isupper()
    if first.pos != "PROPN" and first.text != "I" and not shouted:
        return named[:1].lower() + named[1:]
    return named


def _kept(text: str, tokens: tuple[Token, ...], clause: Clause) -> str:
    out: list[str] = []
    at: int | None = None
    for n, token in enumerate(tokens):
        if token.end > clause.end:
            break
        if token.lower in words("dropped") and token.i <= clause.main.i and n < 6:
            continue
        glue = "" if at == token.start or at is None else " "
        out.append(glue + token.text)
        at = token.end
    return _flat("".join(out)).strip(" ,.;:!")


def _flat(text: str) -> str:
    return " ".join(text.split())


def missing(
    draft: Draft, tree: Sentence, clause: Clause, start: int, end: int, has_time: bool
) -> tuple[str, ...] | None:
    """What a person who wants to judge the forecast will look for in vain; None if nothing."""
    out = []
    if not has_time:
        out.append("no time given")
    first = clause.subject[0] if len(clause.subject) == 1 else None
    if first is not None and first.lower in words("pronouns"):
        out.append(f"who or what is meant by “{first.text}”")
    if not clause.subject:
        out.append("no actor named")
    mentions = draft.over(Mention, tree.start, tree.end)
    places = [m for m in mentions if (m.entity or "").startswith("place:")]
    if mentions and not places:
        out.append("no place given")
    vague = _vague().search(draft.text, start, end)
    if vague:
        out.append(f"vague: “{vague.group()}”")
    return tuple(out) or None
