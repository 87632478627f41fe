"""Where a phrase for an actor begins and ends, and which word in it counts.

"More than 400 militants of the X Movement" is about the militants, and they are the Movement's;
"dozens of gunmen" are gunmen. Boundaries leave out articles of indefinite phrases, counts, and
everything that only adds to a phrase (relative clauses, appositions, places).
"""

from __future__ import annotations

import re
from functools import cache

from sayso.knowledge.lexicon import Nominal, nominals, word_list
from sayso.language.syntax import Sentence, Token

_COUNT_DEPS = frozenset(["nummod", "quantmod", "predet"])
_LEFT_DEPS = frozenset(["amod", "compound", "nmod", "poss", "nn", "det", "advmod", "npadvmod"])
_NOMINAL_POS = frozenset(["NOUN", "PROPN", "PRON", "ADJ", "NUM", "X"])


def is_pronoun(token: Token) -> bool:
    """A personal or possessive pronoun, or a relative one."""
    return token.pos == "PRON" or token.tag in ("PRP", "PRP$", "WP", "WDT", "WP$")


def heads(sentence: Sentence, token: Token) -> list[Token]:
    """The token and the nominal heads coordinated below it, in text order."""
    out = [token]
    for head in out:
        if len(out) > 24:
            break
        for child in sentence.children(head, "conj"):
            if child.pos in _NOMINAL_POS and child not in out:
                out.append(child)
    return sorted(out, key=lambda t: t.i)


def counted(sentence: Sentence, token: Token) -> list[Token]:
    """For "dozens of militants", "a group of gunmen", "one of the leaders": the noun that counts
    (militants, gunmen, leaders), with those coordinated to it. Otherwise the token alone."""
    for _ in range(4):
        of = [p for p in sentence.children(token, "prep") if p.lower == "of" and p.i > token.i]
        objects = sentence.children(of[0], "pobj") if of else []
        if not objects:
            return [token]
        target = objects[0]
        quantity = (
            token.lemma in word_list("quantities")
            or token.lower in word_list("quantities")
            or token.pos == "NUM"
        )
        determiners = sentence.children(token, "det")
        indefinite = any(d.lower in ("a", "an", "another") for d in determiners) or (
            not determiners and token.tag == "NNS"
        )
        collective = (
            token.lemma in word_list("collectives") and indefinite and target.tag in ("NNS", "NNPS")
        )
        if not (quantity or collective):
            return [token]
        if target.dep == "pobj" and sentence.children(target, "conj"):
            return [c for t in heads(sentence, target) for c in counted(sentence, t)]
        token = target
    return [token]


def left_edge(sentence: Sentence, head: Token) -> int:
    """Index of the first token of the phrase before its head: modifiers and possessors, without
    counts and indefinite articles."""
    first = head.i
    for child in sorted(sentence.children(head), key=lambda t: -t.i):
        if child.i >= head.i:
            continue
        if child.ent in ("DATE", "TIME") and child.dep == "compound":
            break  # "on Sunday the Front": the day is no part of the name
        if child.dep not in _LEFT_DEPS or child.i < first - 14:
            if child.dep in _COUNT_DEPS:
                break
            continue
        if child.dep == "det" and child.lower not in word_list("kept_determiners"):
            continue
        if child.dep == "advmod" and child.i != first - 1:
            continue
        if child.dep == "advmod" and child.lower in ("also", "only", "even", "just", "then", "now"):
            continue
        start = min((t.i for t in sentence.subtree(child) if t.i < head.i), default=child.i)
        first = min(first, start)
    tokens = sentence.tokens
    while first < head.i and (
        tokens[first].pos in ("PUNCT", "CCONJ", "SYM") or tokens[first].lower in ("a", "an")
    ):
        first += 1
    return first


def right_edge(sentence: Sentence, head: Token) -> int:
    """Index of the last token of the phrase: the head, or the end of a short "of" phrase."""
    last = head.i
    for prep in sentence.children(head, "prep"):
        if prep.lower != "of" or prep.i < head.i or prep.i > last + 1:
            continue
        for obj in sentence.children(prep, "pobj"):
            plain = obj.i == prep.i + 1 and obj.pos == "NOUN"
            if obj.i - head.i <= 8 and (obj.pos == "PROPN" or plain):
                last = max(last, obj.i)
    return last


@cache
def _ends() -> frozenset[str]:
    """What the entries of `nominals` end in, from each beginning of a word on."""
    ends: set[str] = set()
    for words in nominals():
        ends.update(words[m.start() :] for m in re.finditer(r"\b\w|[^\w\s]", words))
        ends.add(words)
    return frozenset(ends)


def nominal(sentence: Sentence, head: Token) -> Nominal | None:
    """What kind of actor the head is a noun for: the longest entry that ends in it, or None."""
    known = nominals()
    forms = (head.lower, head.lemma, head.lower.removesuffix("s"))
    if _ends().isdisjoint(forms):
        return None
    lead = ""
    found: Nominal | None = None
    follows = head.start
    for n in range(3):
        if n:
            if head.i - n < 0:
                break
            token = sentence.tokens[head.i - n]
            lead = token.lower + (" " if token.end < follows else "") + lead
            follows = token.start
        for form in forms:
            if lead + form in known:
                found = known[lead + form]
                break
    return found
