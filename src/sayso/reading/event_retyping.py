"""Promises, plans and threats take their type from what is promised; one's own "will not" refuses
what it says.
"""

from __future__ import annotations

from sayso.language.syntax import Sentence
from sayso.reading.event_frames import Frame
from sayso.reading.event_modals import negated
from sayso.reading.event_triggers import Match

HOSTILE = frozenset(["ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN", "PROTEST", "REJECT"])
GIVING_WAY = frozenset(["RETREAT", "CONCEDE"])
_THREAT_MODE = {
    "ASSAULT": "violence", "MOBILIZE": "violence", "SANCTION": "relations", "COERCE": "restrict",
    "PROTEST": None, "REJECT": "restrict",
}  # fmt: skip
_REFUSED = {
    "RETREAT": "yield", "CONCEDE": "yield", "AID": "assist", "COOPERATE": "assist",
    "CONSULT": "meet", "SUPPORT": None, "AGREE": None,
}  # fmt: skip


def retype(sentence: Sentence, match: Match, inner: dict[int, Match]) -> None:
    """Promises are retyped by what is promised; one's own future is a promise."""
    rule = match.rule
    if rule.will or rule.intend:
        wanted = ("will", "inf") if rule.will else ("inf", "will")
        match.content = next((c for k, c in match.frame.complements if k in wanted), None)
        if match.content is not None:
            match.words = [match.content]
    kind = _inner_type(sentence, match.frame, inner)
    match.inner = [
        m for _, clause in match.frame.complements if (m := inner.get(clause.i)) and m.verbal
    ]
    if rule.type == "AGREE" and match.frame.complements and kind is not None:
        if (rule.intend or rule.will) and kind in HOSTILE:
            match.type, match.mode = "THREATEN", _THREAT_MODE.get(kind)
        elif kind == "REJECT":
            match.type, match.mode = "REJECT", None
        elif rule.intend and kind in GIVING_WAY:
            match.type, match.mode = "CONCEDE", None
    elif rule.type == "THREATEN" and kind is not None:
        match.mode = _THREAT_MODE.get(kind, match.mode)
    if match.verbal and rule.type == "REJECT" and rule.wont:
        match.mode = None
    if rule.name == "assault.attack" and match.verbal and _in_words(sentence, match):
        match.type, match.mode = "ACCUSE", None
    if match.type == "ASSAULT" and match.verbal and _own_threat(sentence, match):
        match.type, match.mode, match.status = "THREATEN", "violence", "occurred"
    _refusal(sentence, match)


def _own_threat(sentence: Sentence, match: Match) -> bool:
    """ "We will attack the garrison", "our units will": whoever says so threatens."""
    subjects = match.frame.subjects if not match.frame.passive else []
    ours = any(
        s.lower in ("we", "i")
        or any(t.lower in ("our", "my") for t in sentence.children(s, "poss"))
        for s in subjects
    )
    will = any(
        a.lower in ("will", "'ll", "shall", "wo") for a in sentence.children(match.token, "aux")
    )
    return ours and will and negated(sentence, match.token) is None


def _in_words(sentence: Sentence, match: Match) -> bool:
    """ "Attacked the party for putting jobs at risk": with words."""
    return match.token.lemma == "attack" and any(
        sentence.children(word, "pcomp")
        for word in sentence.children(match.token, "prep")
        if word.lower == "for"
    )


def _refusal(sentence: Sentence, match: Match) -> None:
    """ "Norvia will not release the crew": one's own "will not" refuses what it says."""
    kind = match.type or ""
    if not match.verbal or match.frame.passive or kind not in _REFUSED or not match.frame.subjects:
        return
    no = negated(sentence, match.token)
    will = next(
        (
            a
            for a in sentence.children(match.token, "aux")
            if a.lower in ("will", "wo", "'ll", "shall")
        ),
        None,
    )
    if no is not None and will is not None:
        match.type, match.mode, match.refused = "REJECT", _REFUSED[kind], True
        match.words = [will, no, *match.words]


def _inner_type(sentence: Sentence, frame: Frame, inner: dict[int, Match]) -> str | None:
    """The type of what a promise, plan or threat is about, or None."""
    for _, clause in frame.complements:
        own = inner.get(clause.i)
        if own is not None and own.verbal and own.rule.type:
            return own.rule.type
        for token in sentence.subtree(clause):
            match = inner.get(token.i)
            if match is not None and not match.verbal and match.rule.type:
                return match.rule.type
    return None
