"""Whether the conditions of a lexicon's entry hold for a frame, and how telling they are."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_frames import Frame
from sayso.reading.event_kinds import Kinds
from sayso.reading.event_lexicon import Condition, Entry
from sayso.reading.event_modals import enquires, states

_WEIGHT = {">": 3, "<": 2, "~": 2, "=": 3, "+": 2, "%": 2}
"""An entry's own object says more about which sense is meant than its subject."""
_PARTY_CLASSES = frozenset(
    ["@armed", "@state", "@group", "@person", "@office", "@crowd", "@civilian", "@police",
     "@state_force", "@combatant", "@civil", "@captive", "@agent"]
)  # fmt: skip
_ANOTHER_VERB = frozenset(
    [("take", "off"), ("wound", "up"), ("wind", "up"), ("hold", "out"), ("hold", "up"),
     ("hammer", "out"), ("beat", "out"), ("strike", "up"), ("hit", "off"), ("turn", "out")]
)  # fmt: skip
"""Verbs that with this particle have nothing to do with the verb alone: "the aircraft took off"."""
_SOFT_PARTICLES = frozenset(["up", "down", "off", "out", "in", "on", "over", "away", "back"])


_AHEAD, _BEHIND = 6, 5
"""How many tokens behind a verb, and before a noun, an entry's other words are looked for in."""


class Scorer:
    """What the entries of one trigger are weighed against; asked once for all of them."""

    def __init__(self, frame: Frame, sentence: Sentence, kinds: Kinds, *, verbal: bool) -> None:
        self._frame, self._sentence, self._kinds, self._verbal = frame, sentence, kinds, verbal
        head = frame.head
        low, high = (head.i + 1, head.i + 1 + _AHEAD) if verbal else (head.i - _BEHIND, head.i)
        self._around = sentence.tokens[max(0, low) : high]
        self._near = {w for t in self._around for w in (t.lower, t.lemma)}
        self._own = [t.lower for t in sentence.children(head, "prt")] if verbal else []

    def score_of(self, entry: Entry) -> tuple[int, list[Token]] | None:
        """How telling the conditions of an entry are that all hold, and the words that it needs
        beside its head; None if one does not hold."""
        if entry.extra and not self._near.issuperset(entry.extra):
            return None
        words = self._particles(entry) if self._verbal else self._modifiers(entry)
        if words is None:
            return None
        score = 3 * len(entry.extra) if entry.extra or not self._own else -1
        for condition in entry.conditions:
            found = _holds(condition, self._frame, self._sentence, self._kinds)
            if found is None:
                return None
            score += found
        return score, words

    def _particles(self, entry: Entry) -> list[Token] | None:
        head, own = self._frame.head, self._own
        if entry.extra:
            return self._behind(entry, head)
        if own and (head.lemma, own[0]) in _ANOTHER_VERB:
            return None
        return [] if all(p in _SOFT_PARTICLES for p in own) else None

    def _modifiers(self, entry: Entry) -> list[Token] | None:
        noun = self._frame.head
        kids = {t.i for t in self._sentence.children(noun)} if entry.extra else set()
        found = []
        for word in entry.extra:
            near = (t for t in reversed(self._around) if word in (t.lower, t.lemma))
            token = next((t for t in near if t.i in kids or noun.i - t.i <= 2), None)
            if token is None:
                return None
            found.append(token)
        return found

    def _behind(self, entry: Entry, head: Token) -> list[Token] | None:
        found = []
        for word in entry.extra:
            token = next(t for t in self._around if word in (t.lower, t.lemma))  # it is near
            if word in ("out", "up", "down", "off", "back", "over", "away", "in", "on") and not (
                token.dep in ("prt", "advmod", "prep") and token.head in (head.i, head.i + 1)
            ):
                return None
            inside = word in ("in", "on") and token.dep == "prep"
            if inside and self._sentence.children(token, "pobj"):
                return None  # "was given amnesty in May" is no giving in
            found.append(token)
        return found


def any_of(tokens: list[Token], words: tuple[str, ...], sentence: Sentence, kinds: Kinds) -> int:
    return max((kinds.matches(sentence, t, words) for t in tokens), default=0)


def _holds(c: Condition, frame: Frame, sentence: Sentence, kinds: Kinds) -> int | None:
    """None if the condition fails, else its weight."""
    if c.op == ">":
        if c.keys == ("*",):
            found = 1 if frame.objects else 0
        else:
            found = any_of(frame.objects, c.keys, sentence, kinds)
        known = bool(frame.objects)
    elif c.op == "<":
        found = any_of(frame.subjects, c.keys, sentence, kinds)
        known = bool(frame.subjects)
        if not known and not c.negative and frame.passive:
            # Nobody is named: it may be one of a class of parties, but hardly just the thing meant.
            return 0 if any(k in _PARTY_CLASSES for k in c.keys) else None
    elif c.op == "~":
        found, known = _prep(c, frame, sentence, kinds), True
    elif c.op == "=":
        found, known = _hanging(c, frame, sentence), True
    elif c.op == "+":
        found, known = _clause(c, frame), True
    else:
        found, known = _modified(c, frame.head, sentence), True
    if c.negative:
        return None if found else 0
    if not found:
        return None
    return found * _WEIGHT[c.op] if known else found


def _prep(c: Condition, frame: Frame, sentence: Sentence, kinds: Kinds) -> int:
    best = 0
    for name in c.keys:
        nouns = [t for t in frame.prep(name) if t.ent not in ("DATE", "TIME")]
        if name == "by" and not nouns and frame.passive:
            nouns = frame.subjects
        if not nouns:
            continue
        if not c.words:
            best = max(best, 1)
        elif c.words[0].startswith("!"):
            words = (c.words[0][1:], *c.words[1:])
            best = max(best, 0 if any_of(nouns, words, sentence, kinds) else 1)
        else:
            best = max(best, any_of(nouns, c.words, sentence, kinds))
    return best


def _hanging(c: Condition, frame: Frame, sentence: Sentence) -> int:
    follows = sentence.tokens[frame.head.i + 1 : frame.head.i + 2]
    for child in (*sentence.children(frame.head), *follows):
        if child.dep in ("nsubj", "nsubjpass"):
            continue  # "terrorists call on youths" calls nobody a terrorist
        if child.lemma in c.keys or child.lower in c.keys:
            return 2
        if child.dep == "ccomp" and (child.lower in c.keys):
            return 2
    for thing in frame.objects:
        for child in sentence.children(thing, "acl", "amod", "advcl", "oprd"):
            if child.i > thing.i and (child.lower in c.keys or child.lemma in c.keys):
                return 2
    return 0


_OF_CLAUSES = {"wh": enquires, "fact": states}
"""What is asked of the clauses that follow, whatever their form."""


def _clause(c: Condition, frame: Frame) -> int:
    if any(_OF_CLAUSES[k](frame) for k in c.keys if k in _OF_CLAUSES):
        return 1
    for kind, token in frame.complements:
        verbs = [token]
        if kind == "inf":  # "ready to die and to fight"
            verbs += frame.sentence.children(token, "conj")
        if kind in c.keys and (not c.words or any(v.lemma in c.words for v in verbs)):
            return 2 if c.words else 1
    return 0


def _modified(c: Condition, noun: Token, sentence: Sentence) -> int:
    for child in sentence.children(noun):
        if child.i < noun.i and (child.lemma in c.keys or child.lower in c.keys):
            return 2
    if not noun.i:
        return 0
    previous = sentence.tokens[noun.i - 1]
    return 2 if previous.lower in c.keys or previous.lemma in c.keys else 0
