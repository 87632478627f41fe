"""What looks like a forecast and is none, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.language.syntax import Sentence
from sayso.reading.forecast_clauses import Clause
from sayso.reading.forecast_cues import Cue
from sayso.reading.forecast_lexicon import Guard, form, guards
from sayso.reading.forecast_plain import Plain

_ASKED = re.compile(r"\?[?!]*[\"')\]* ]*$")


_THEN_ASKS = re.compile(
    r",? ?(?:-|so|and|but)? ?\b(?:where|who|what|how|why)"
    r" (?:would|will|do|does|did|is|are|was|can|could|should|else)\b"
)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a sentence that guards read, in plain form."""

    left: str
    head: str
    clause: str
    right: str
    sentence: str
    both: str


def places(sentence: Plain, clause: Clause, cue: Cue) -> Places:
    """The sentence cut at the clause."""
    a, b = sentence.index(clause.start), sentence.index(clause.end)
    h = sentence.index(max(clause.main.end, cue.end, clause.verb.end))
    s = min(sentence.index(clause.subject_start), sentence.index(cue.at))
    before = min(a, sentence.index(cue.start)) if cue.rule.kind == "rest" else a
    left = sentence.text[max(0, before - 160) : before]
    clause_words = sentence.text[a:b]
    return Places(
        left=left,
        head=sentence.text[min(a, s) : max(h, a)],
        clause=clause_words,
        right=sentence.text[b : b + 120],
        sentence=sentence.text,
        both=f"{left.rstrip()} | {clause_words}",
    )


def refused(
    sentence: Plain, tree: Sentence, clause: Clause, cue: Cue, part_kind: str
) -> str | None:
    """Why the clause is no forecast (the id of a guard), or None if nothing speaks against it."""
    at = places(sentence, clause, cue)
    asked = _asked(at, clause)
    if asked:
        return asked
    for guard in guards():
        if _applies(guard, clause, cue, part_kind) and _matches(guard, at):
            return guard.id
    return None


def _asked(at: Places, clause: Clause) -> str | None:
    if _THEN_ASKS.match(at.right) or _THEN_ASKS.search(at.clause, len(at.head)):
        pass  # a statement, and a question after it: "they won't close it, where would they go?"
    elif at.right.startswith("?") or (
        _ASKED.search(at.sentence) and "?" not in at.sentence[:-3].rstrip("?!\"') ")
    ):
        if not form("tag").search(at.sentence):
            return "question"
    elif _ASKED.search(at.sentence) and not form("tag").search(at.sentence) and len(at.right) < 120:
        return "question"
    if clause.inverted and not form("licensed").match(at.clause):
        return "question"
    if form("inside_condition").search(at.left):
        return "inside-condition"
    if form("wh_start").match(at.clause) and not clause.relative:
        return "embedded-question"
    return None


def _applies(guard: Guard, clause: Clause, cue: Cue, part_kind: str) -> bool:
    if guard.parts == "comment" and part_kind != "comment":
        return False
    if guard.parts == "body" and part_kind == "comment":
        return False
    if guard.scope == "modal-only":
        return cue.rule.id == "may-might"
    if guard.scope == "relative":
        return clause.relative
    return True


def _matches(guard: Guard, at: Places) -> bool:
    if not guard.pattern.search(getattr(at, guard.where)):
        return False
    return guard.unless is None or not guard.unless.search(getattr(at, guard.unless_where))
