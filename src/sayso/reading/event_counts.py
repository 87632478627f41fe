"""How many were killed, hurt, taken, made to flee, or took part: `Count`s of an event.

Numbers come from the stage `quantities`; "a soldier" and numbers it did not read are read here
from the noun's own determiner. "including 2 women" is a subset of the figure before it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal, cast

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Count, Quantity, QuantityRole
from sayso.reading.draft import Draft
from sayso.reading.event_arguments import TRANSPARENT
from sayso.reading.event_kinds import Kinds, joined
from sayso.reading.event_role_words import Roles
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match
from sayso.reading.quantities import list_numbers

Whose = Literal["actor", "recipient", "other", "unknown"]
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens": 20, "dozen": 12}
_TIME_UNITS = terms("measures")
_CUMULATIVE = terms("cumulative")


class Counter:
    """Counts for the events of one draft."""

    def __init__(self, draft: Draft, kinds: Kinds) -> None:
        self.draft = draft
        self.kinds = kinds
        self._quantities = sorted(draft.of(Quantity), key=lambda q: q.start)
        self._starts = [q.start for q in self._quantities]
        self._list_numbers = list_numbers(draft)

    def counts(self, sentence: Sentence, match: Match, roles: Roles) -> tuple[Count, ...]:
        """The counts of one event, in text order, each figure once."""
        out: list[Count] = []
        for part in (match, *match.merged):
            result = part.rule.result
            if result is not None:
                whose: Whose = "actor" if result == "surrendered" else "recipient"
                for token in self._affected(part, roles, result):
                    self._noun(sentence, token, cast(QuantityRole, result), whose, out)
        if match.rule.size == "actor" and not match.rule.result:
            tokens = list(match.frame.subjects)
            if match.frame.objects and match.rule.type in ("MOBILIZE", "RETREAT"):
                tokens += match.frame.objects
            for token in tokens:
                self._noun(sentence, token, "size", "actor", out)
        if match.rule.name == "retreat.abandon-materiel":
            for token in match.frame.objects:
                self._noun(sentence, token, "size", "other", out)
        return tuple(out)

    def _affected(self, part: Match, roles: Roles, result: str) -> list[Token]:
        if not part.verbal:
            return [t for name in ("of",) for t in part.frame.preps.get(name, [])]
        if result == "surrendered" or part.rule.subject_is == "recipient":
            return part.frame.subjects
        del roles
        return part.frame.objects

    def _noun(
        self, sentence: Sentence, token: Token, role: QuantityRole, whose: Whose, out: list[Count]
    ) -> None:
        for noun in joined(sentence, _counted(sentence, token)):
            larger = self._figure(sentence, noun, role, whose, None, out)
            if larger is None:
                continue
            for prep in sentence.children(noun, "prep"):
                if prep.lower in ("including", "among"):
                    for inner in sentence.children(prep, "pobj"):
                        for sub in joined(sentence, inner):
                            self._figure(sentence, sub, role, whose, larger, out)

    def _figure(
        self,
        sentence: Sentence,
        noun: Token,
        role: QuantityRole,
        whose: Whose,
        subset_of: int | None,
        out: list[Count],
    ) -> int | None:
        count = self._quantity(sentence, noun, role, whose, subset_of) or self._own(
            sentence, noun, role, whose, subset_of
        )
        if count is None:
            return None
        for n, c in enumerate(out):
            if c.role == role and c.start < count.end and count.start < c.end:
                return n
        out.append(count)
        return len(out) - 1

    def _phrase(self, sentence: Sentence, noun: Token) -> list[Token]:
        left_out = ("relcl", "acl", "conj", "advcl", "appos")
        inside = sentence.subtree(noun, left_out)
        if noun.lemma not in TRANSPARENT and noun.pos != "NUM":
            inside = [t for t in inside if t.i <= noun.i]
        return inside

    def _quantity(
        self, sentence: Sentence, noun: Token, role: QuantityRole, whose: Whose, subset: int | None
    ) -> Count | None:
        inside = self._phrase(sentence, noun)
        start, end = inside[0].start, max(inside[-1].end, noun.end)
        n = bisect_left(self._starts, start)
        for q in self._quantities[max(0, n - 2) : n + 8]:
            if q.start < end and start < q.end and not self._no_people(q.unit):
                if q.start > noun.end and noun.lemma not in TRANSPARENT:
                    continue
                return Count(
                    role=role, low=q.low, high=q.high, low_exclusive=q.low_exclusive,
                    approximate=q.approximate, unit=q.unit, of=whose,
                    civilian=self._civilian(sentence, noun), subset_of=subset,
                    scope=self._scope(sentence, noun), start=q.start, end=q.end, exact=q.exact,
                )  # fmt: skip
        return None

    def _no_people(self, unit: str | None) -> bool:
        return unit in _TIME_UNITS

    def _own(
        self, sentence: Sentence, noun: Token, role: QuantityRole, whose: Whose, subset: int | None
    ) -> Count | None:
        """A figure from the noun's own number word or "a", where no quantity covers it."""
        low: float | None = None
        high: float | None = None
        first = noun
        for child in sentence.children(noun, "nummod", "det", "amod"):
            value = _number(child) if child.start not in self._list_numbers else None
            if value is not None:
                low = high = value
                first = min(child, first, key=lambda t: t.i)
            elif child.lower in ("a", "an") and noun.tag == "NN" and low is None and role != "size":
                low, high, first = 1, 1, child
        if low is None and noun.lower in _VAGUE:
            low = _VAGUE[noun.lower]
        if low is None and noun.pos == "NUM":
            low = high = _number(noun)
        if low is None or noun.ent in ("DATE", "TIME") or noun.lemma in _TIME_UNITS:
            return None
        start, end = first.start, noun.end
        return Count(
            role=role, low=low, high=high, unit=noun.lemma, of=whose,
            civilian=self._civilian(sentence, noun), subset_of=subset,
            scope=self._scope(sentence, noun), start=start, end=end,
            exact=self.draft.text[start:end],
        )  # fmt: skip

    def _civilian(
        self, sentence: Sentence, noun: Token
    ) -> Literal["civilian", "combatant", "mixed", "unknown"]:
        nouns = joined(sentence, noun)
        civil = any(self.kinds.is_a(sentence, t, "civil") for t in nouns[:1])
        armed = any(self.kinds.is_a(sentence, t, "combatant") for t in nouns[:1])
        if civil and armed:
            return "mixed"
        return "civilian" if civil else "combatant" if armed else "unknown"

    def _scope(self, sentence: Sentence, noun: Token) -> Literal["event", "cumulative"]:
        verb = sentence.head(noun)
        for child in sentence.children(verb):
            if child.lower == "since" or child.lower in _CUMULATIVE:
                return "cumulative"
        return "event"


def _counted(sentence: Sentence, token: Token) -> Token:
    """ "vehicles" of "dozens of vehicles" -> "dozens", which carries the figure."""
    if token.dep == "pobj" and sentence.head(token).lower == "of":
        carrier = sentence.head(sentence.head(token))
        if carrier.lemma in TRANSPARENT:
            return carrier
    return token


def _number(token: Token) -> float | None:
    text = token.lower.replace(",", "")
    if text.isdigit() and len(text) < 12:
        return float(text)
    return float(_WORDS[text]) if text in _WORDS else None
