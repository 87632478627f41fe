"""Who won and who lost a battle, where the words say so."""

from __future__ import annotations

from sayso.model.annotation import Arg, Outcome
from sayso.reading.draft import Draft
from sayso.reading.event_role_words import Roles
from sayso.reading.event_triggers import Match


def outcome(draft: Draft, match: Match, roles: Roles) -> Outcome | None:
    """The outcome, with the words from the verb to its object; None where none is told."""
    side = match.rule.outcome
    if side is None:
        return None
    subjects = {t.i for t in match.frame.subjects}
    first = [a for a in roles.actor if any(_holds(a, t.start) for t in match.frame.subjects)]
    if not first and subjects:
        first = roles.actor[:1]
    rest = [a for a in roles.actor if a not in first]
    one = first[0] if first else None
    other = rest[0] if rest else None
    tokens = [match.token, *match.frame.objects]
    start, end = min(t.start for t in tokens), max(t.end for t in tokens)
    words = draft.span(start, end)
    if side == "loser":
        return Outcome(winner=other, loser=one, words=words)
    return Outcome(winner=one, loser=other, words=words)


def _holds(arg: Arg, offset: int) -> bool:
    return arg.start <= offset < arg.end
