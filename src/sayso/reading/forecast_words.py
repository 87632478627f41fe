"""The words around a forecast: how sure, by when, on what condition."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.language.syntax import Sentence
from sayso.reading.forecast_clauses import Clause
from sayso.reading.forecast_lexicon import (
    Hedge,
    condition_rules,
    due_rules,
    form,
    hedges,
    readings,
    words,
)
from sayso.reading.forecast_odds import odds, odds_after
from sayso.reading.forecast_plain import Plain

# A comma opens what the word stands in ("…, late in May perhaps").
STATED = "stated"
"""The survey of odds that are given in figures."""
_SHORT = 40
"""Letters of the longest sentence that is nothing but words of probability."""
_TRAILING = re.compile(r", (?:[a-z]+ ){0,3}$")


@dataclass(frozen=True, slots=True)
class Words:
    """Words with their document offsets. `rule` is the id or reading of the rule that took them."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Hedging:
    """The words of probability and what readers take them to mean (None where no survey says)."""

    start: int
    end: int
    interval: tuple[float, float] | None
    survey: str | None


def hedging(
    sentence: Plain,
    start: int,
    end: int,
    left: int,
    right: int,
    modal: bool,
    verb_end: int | None = None,
) -> Hedging | None:
    """How sure the clause at [start, end) is said to be. Looks no further than [left, right), the
    stretch that belongs to no other forecast. None when it is unhedged. A word that follows the
    verb (which ends at `verb_end`) behind a comma ("in March, perhaps in Dorn") weighs less than
    one that governs the clause ("I expect")."""
    a, b = sentence.index(start), sentence.index(end)
    verb = sentence.index(verb_end) if verb_end is not None else b
    low, high = sentence.index(left), sentence.index(right)
    best: tuple[tuple[int, int, int], Hedging] | None = None
    for match in form("stated").finditer(sentence.text, low, high):
        near = sentence.text[max(0, match.start() - 30) : match.end() + 30]
        if form("stated_near").search(near):
            values = [float(v) / 100 for v in match.groups() if v is not None]
            if max(values) <= 1:
                return Hedging(
                    sentence.start(match.start()),
                    sentence.end(match.end()),
                    (min(values), max(values)),
                    STATED,
                )
    for hedge in hedges():
        if hedge.when == "modal" and not modal:
            continue
        for match in hedge.pattern.finditer(sentence.text, low, high):
            if match.start() == match.end():
                continue
            place = _place(sentence, match.start(), match.end(), a, b, hedge.when)
            if place is None:
                continue
            trails = _TRAILING.search(sentence.text[max(verb, match.start() - 30) : match.start()])
            if place == 3 and match.start() > verb and (trails or hedge.when == "any-after"):
                place = 1
            rank = (place, int(hedge.word is not None), match.end() - match.start())
            if best is None or rank > best[0]:
                at, to = sentence.start(match.start()), sentence.end(match.end())
                best = (rank, Hedging(at, to, *_read(hedge)))
    return best[1] if best else None


def share(sentence: Plain, tree: Sentence, hedge: Hedging) -> bool:
    """True for a part of what is counted ("at least one in five shops"), which is no
    probability."""
    if not _stands_in(sentence, hedge) or odds(_said(sentence, hedge)) is None:
        return False
    behind = [t for t in tree.tokens if t.start >= hedge.end][:_TO_NOUN]
    noun = next((t for t in behind if t.pos not in {"ADJ", "DET", "ADP", "NUM"}), None)
    return noun is not None and noun.tag in {"NNS", "NNPS"} and noun.lemma not in words("chances")


_TO_NOUN = 4
"""Tokens behind a figure among which the noun that it counts is looked for."""


def _stands_in(sentence: Plain, hedge: Hedging) -> bool:
    """False for words of the sentence before."""
    return sentence.start(0) <= hedge.start < hedge.end


def _said(sentence: Plain, hedge: Hedging) -> str:
    return sentence.text[sentence.index(hedge.start) : sentence.index(hedge.end)]


def in_figures(sentence: Plain, hedge: Hedging) -> Hedging:
    """The same with the odds that its words, or those right behind them, give in figures, where
    they say nothing else that a survey knows."""
    if hedge.interval is not None or not _stands_in(sentence, hedge):
        return hedge
    said = _said(sentence, hedge)
    if form("foresees").match(said):
        return hedge
    inside = odds(said)
    if inside is not None:
        return Hedging(hedge.start, hedge.end, inside, STATED)
    b = sentence.index(hedge.end)
    behind = odds_after(sentence.text[b:])
    if behind is None:
        return hedge
    interval, length = behind
    return Hedging(hedge.start, sentence.end(b + length), interval, STATED)


def _place(sentence: Plain, s: int, e: int, a: int, b: int, when: str) -> int | None:
    """How well words at [s, e) belong to the clause at [a, b): 3 inside, 2 before, 1 after."""
    if when == "before":
        if s < a and e <= a + 40:
            return 2 if e >= a or form("filler").match(sentence.text[e:a]) else None
        if s >= b:
            return 1 if len(sentence.text[b:s]) <= 6 else None
        return 2 if a <= s < a + 25 else None
    if a <= s and e <= b:
        return 3
    if s < a:
        return 2 if e >= a or form("filler").match(sentence.text[e:a]) else None
    gap = sentence.text[b:s]
    return 1 if len(gap) <= 12 or when == "any-after" else None


def after_hedge(sentence: Plain) -> Hedging | None:
    """Words like "That's my guess anyway." or "Ninety percent." that stand as a sentence of their
    own behind a forecast."""
    if len(sentence.text) <= 70:
        for hedge in hedges():
            match = hedge.pattern.search(sentence.text) if hedge.when == "any-after" else None
            if match and match.start() < 12 and len(sentence.text) - match.end() < 12:
                return Hedging(sentence.start(match.start()), sentence.end(match.end()), None, None)
    words = sentence.text.rstrip(" .!")
    interval = odds(words) if form("odds_alone").fullmatch(words) else None
    if interval is not None:
        return Hedging(sentence.start(0), sentence.end(len(words)), interval, STATED)
    return before_hedge(sentence)


def before_hedge(sentence: Plain) -> Hedging | None:
    """Words like "Safe bet." that are the whole of a sentence."""
    words = sentence.text.rstrip(" .!")
    if not words or len(words) > _SHORT:
        return None
    for hedge in hedges():
        if hedge.when in ("any", "any-after") and hedge.pattern.fullmatch(words):
            return Hedging(sentence.start(0), sentence.end(len(words)), *_read(hedge))
    return None


def no_chance(sentence: Plain) -> Hedging | None:
    """ "Not a chance, the lobby won't have it", behind what will not be."""
    match = form("no_chance").match(sentence.text)
    if match is None:
        return None
    return Hedging(sentence.start(0), sentence.end(match.end()), None, None)


def _read(hedge: Hedge) -> tuple[tuple[float, float] | None, str | None]:
    """What readers take the words to mean, and the survey that says so."""
    reading = readings()[hedge.word] if hedge.word else None
    return ((reading.low, reading.high), reading.survey) if reading else (None, None)


def header_due(line: Plain) -> Words | None:
    """Words of time in the line that opens a list ("My predictions for the rest of the year:")."""
    for rule in due_rules():
        match = None if rule.clause or rule.weak else rule.pattern.search(line.text)
        if match and match.start() < match.end():
            return Words(line.start(match.start()), line.end(match.end()), rule.id)
    return None


def due_words(
    sentence: Plain, tree: Sentence, clause: Clause, left: int, right: int
) -> Words | None:
    """Words that say by when the clause is to come true, within [left, right)."""
    a, b = sentence.index(clause.start), sentence.index(clause.end)
    low, high = sentence.index(left), sentence.index(right)
    found: list[tuple[tuple[int, int, int, int], Words]] = []
    for order, rule in enumerate(due_rules()):
        for match in rule.pattern.finditer(sentence.text, low, high):
            s, e = match.start(), match.end()
            if s == e:
                continue
            if rule.clause:
                words = _event_when(sentence, tree, clause, s)
                if words is None:
                    continue
                s, e = words
            restated = bool(form("restated").search(sentence.text[max(0, s - 30) : s]))
            inside = a <= s < b
            near = inside or abs(s - b) < 40 or abs(a - e) < 40
            if rule.weak and not inside and not rule.clause:
                continue
            if not near and not restated:
                continue
            text = sentence.text[s:e].rstrip(" ,")
            rank = (
                int(not rule.weak),
                s if restated else 0,
                int(inside),
                -order,
            )
            found.append((rank, Words(sentence.start(s), sentence.end(s + len(text)), rule.id)))
    if not found:
        return None
    return max(found, key=lambda f: (f[0], f[1].end - f[1].start))[1]


def has_strong_due(sentence: Plain, start: int, end: int) -> bool:
    """True if the stretch holds words that name a time to come."""
    a, b = sentence.index(start), sentence.index(end)
    loose = {"any-now", "last-for", "much-longer", "day-part", "this-unit", "take", "on-day"}
    return any(
        not rule.weak and rule.id not in loose and rule.pattern.search(sentence.text, a, b)
        for rule in due_rules()
    )


def has_due(sentence: Plain, start: int, end: int) -> bool:
    """True if the stretch holds any words that say when, past days of the week among them."""
    a, b = sentence.index(start), sentence.index(end)
    return any(not r.weak and r.pattern.search(sentence.text, a, b) for r in due_rules())


def _event_when(sentence: Plain, tree: Sentence, clause: Clause, s: int) -> tuple[int, int] | None:
    """The clause or phrase after "when", "after" …, if it hangs on the clause's verb."""
    mark = tree.at(sentence.start(s))
    if mark is None:
        return None
    top = mark
    if mark.dep in {"mark", "advmod"} and tree.head(mark).dep == "advcl":
        top = tree.head(mark)
    elif mark.dep not in {"prep", "pobj"}:
        return None
    if tree.head(top).i not in {clause.verb.i, clause.main.i}:
        return None
    e = sentence.index(tree.subtree(top)[-1].end)
    return (s, e) if 6 < e - s < 120 else None


def conditions(sentence: Plain, tree: Sentence) -> list[Words]:
    """Every condition of the sentence, in text order, without overlaps."""
    found: list[Words] = []
    for rule in condition_rules():
        for match in rule.pattern.finditer(sentence.text):
            s, e = match.start(), match.end()
            while s < e and sentence.text[s] in " ,;:.!":
                s += 1
            if s >= e:
                continue
            if rule.kind == "clause":
                e = _clause_end(sentence, tree, s, e)
            text = sentence.text[s:e].rstrip(" ,.;:!?")
            start, end = sentence.start(s), sentence.end(s + len(text))
            if start < end and all(w.end <= start or end <= w.start for w in found):
                found.append(Words(start, end, rule.id))
    return sorted(found, key=lambda w: w.start)


_STOP = re.compile(r",|;|:| - |\(|\)|\.{2,}|[.!?](?: |$)| then ")


def _clause_end(sentence: Plain, tree: Sentence, s: int, e: int) -> int:
    """Where the clause opened by the mark at s ends: by the tree, or at the next comma."""
    stop = _STOP.search(sentence.text, e)
    linear = stop.start() if stop else len(sentence.text)
    words = sentence.text[s:e].split()
    mark = None
    at = s
    for word in words:
        token = tree.at(sentence.start(sentence.text.index(word, at)))
        if token is not None and token.dep in {"mark", "advmod", "prep"}:
            mark = token
    if mark is not None:
        head = tree.head(mark)
        if head.i > mark.i and head.dep in {"advcl", "ccomp", "conj"}:
            tokens = [t for t in tree.subtree(head) if t.i >= mark.i]
            by_tree = sentence.index(tokens[-1].end)
            # A comma ends the clause only if the tree's clause ends there too, give or take.
            if sentence.index(head.end) <= by_tree <= linear + 160:
                return by_tree
    return linear
