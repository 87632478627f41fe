"""The trained model beside the cues: which sentences say what will be, by both.

Cues see "will", "bound to", "by May"; people also foresee without any ("Nato is toast", "Extra
time, then penalties"), and write "will" of what is no forecast. A sentence in which no cue holds is
taken where the model is sure, and a cue is dropped where it is sure of the contrary; what sources
said "would" be is left to its cue, which has guards of its own, and so is in an article an outcome
that nobody decides ("said the town will fall").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.language.syntax import Sentence, Token
from sayso.language.talk import FOLDER, Coming, default_model
from sayso.model.annotation import Attribution
from sayso.model.document import Part
from sayso.reading.draft import Draft, SentenceSpan
from sayso.reading.forecast_clauses import Clause, clause_of
from sayso.reading.forecast_cues import Cue
from sayso.reading.forecast_gate import worth_asking
from sayso.reading.forecast_lexicon import CueRule, cue_rules, words
from sayso.reading.forecast_words import Words

RULE = "model"
_RULE = CueRule(RULE, "word", re.compile(r"(?!)"), None, 0.5, "", "")
_NOT_ASKED = Coming(0.0)
_SHORTEST = 2
"""Words of a sentence below which it says nothing of the future."""


def likely(
    draft: Draft, spans: Sequence[SentenceSpan], parts: dict[str, Part]
) -> dict[int, Coming]:
    """How likely sentences say what will be, and their words of probability, time and condition, by
    their index: all of a comment's, and the article's whose words speak for a future; of the
    article's others, that they do not. Empty without the model."""
    model = default_model()
    if model is None:
        return {}
    out: dict[int, Coming] = {}
    talk: dict[int, tuple[str, str]] = {}
    news: dict[int, str] = {}
    for n, span in enumerate(spans):
        part = parts.get(span.part)
        text = draft.text[span.start : span.end]
        if part is None or len(text.split()) < _SHORTEST:
            continue
        if part.kind == "comment":
            same = n and spans[n - 1].part == span.part
            before = draft.text[spans[n - 1].start : spans[n - 1].end] if same else ""
            talk[span.index] = before, text
        elif worth_asking(text):
            news[span.index] = text
        else:
            out[span.index] = _NOT_ASKED
    out |= zip(talk, model.coming(list(talk.values())), strict=True)
    return out | dict(zip(news, model.coming_briefly(list(news.values())), strict=True))


@cache
def _limit(name: str) -> float:
    return float(load_yaml(*FOLDER, "limits.yaml")[name])


def sure(seen: Coming | None, kind: str, sentence: str) -> bool:
    """True where the model alone is enough, in a part of this kind: where it is sure, and the words
    of the sentence speak for a future too."""
    enough = seen is not None and seen.likely >= _limit(_named("taken", kind))
    return enough and worth_asking(sentence)


def kept_back(seen: Coming | None, sentence: str) -> bool:
    """True for a sentence of an article that the gate kept back and in which no cue can hold: none
    of the words of those that the model has no say in."""
    return seen is _NOT_ASKED and _LEFT_TO_CUES.search(sentence) is None


_LEFT_TO_CUES = re.compile(r"will|would", re.IGNORECASE)


def overrules(p: float) -> bool:
    """True where the model is sure enough to take what a guard refused."""
    return p >= _limit("overruled")


def rules_for(seen: Coming | None, kind: str, sentence: str) -> Sequence[CueRule]:
    """The rules whose cues can hold in a sentence of a part of this kind: all, but where the model
    is sure of the contrary those alone that it has no say in. What nobody decides ("said the town
    will fall within a week") is left to its cue."""
    if seen is None or seen.likely >= _limit(_named("dropped", kind)):
        return cue_rules()
    if kind != "comment" and _outcome().search(sentence):
        return cue_rules()
    return _beyond_model()


@cache
def _outcome() -> re.Pattern[str]:
    verbs = "|".join(re.escape(w) for w in sorted(words("outcomes")))
    return re.compile(rf"\bwill (?:\w+ly |soon |not |all |also )?(?:{verbs})\b", re.IGNORECASE)


@cache
def _beyond_model() -> tuple[CueRule, ...]:
    """What sources said "would" be: it has guards of its own."""
    return tuple(rule for rule in cue_rules() if rule.needs == "reported")


def _named(limit: str, kind: str) -> str:
    return limit if kind == "comment" else f"{limit}_article"


def without_cue(
    tree: Sentence, p: float, told: Sequence[Attribution] = ()
) -> tuple[Cue, Clause] | None:
    """The forecast of a sentence that no cue holds for: that of its main verb, or its first word
    where it has none; where the main verb only tells who says it (`told`), that of what is said."""
    root = next((t for t in tree.tokens if t.head == t.i and t.pos != "PUNCT"), None)
    if root is None:
        return None
    root = _of_content(tree, root, told)
    cue = Cue(replace(_RULE, confidence=round(min(p, 0.9), 2)), root.start, root.start, root.end)
    clause = clause_of(tree, cue)
    if clause is None or clause.start >= clause.end or _over(tree, clause):
        return None
    return cue, clause


def _over(tree: Sentence, clause: Clause) -> bool:
    """True for what is told in the past, unless the verb foresees ("gave the wall until May")."""
    verbs = (clause.main, clause.verb, *tree.children(clause.main, "aux", "auxpass"))
    if clause.main.lemma in words("foreseeing") | words("rating"):
        return False
    return any(t.tag == "VBD" for t in verbs)


def _of_content(tree: Sentence, root: Token, told: Sequence[Attribution]) -> Token:
    for said in told:
        if not said.cue.start <= root.start < said.cue.end:
            continue
        for content in said.content:
            inside = [t for t in tree.tokens if content.start <= t.start < content.end]
            ids = {t.i for t in inside}
            tops = [t for t in inside if t.head not in ids or t.head == t.i]
            verbs = [t for t in tops if t.pos in {"VERB", "AUX"}]
            if verbs or tops:
                return (verbs or tops)[0]
    return root


def words_of(
    seen: Coming | None, tag: str, at: int, clause: Clause, low: int, high: int
) -> Words | None:
    """The words of a sentence that begins at `at` which the model takes for words of probability
    ("hedge"), of time ("due") or for a condition: of those within [low, high), the ones nearest to
    the clause. None where it sees none, or without it."""
    best: tuple[int, Words] | None = None
    for each in seen.words if seen is not None else ():
        start, end = at + each.start, at + each.end
        if each.tag != tag or start < low or end > high:
            continue
        gap = max(clause.start - end, start - clause.end, 0)
        if best is None or gap < best[0]:
            best = (gap, Words(start, end, RULE))
    return best[1] if best else None
