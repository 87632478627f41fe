"""Where a sentence looks at a time: back or ahead, by the verb that the time is said of.

The tree decides where there is one; without it, or where it is silent, the nearest word of tense
does (lists PAST and FUTURE of `time_words.yaml`).
"""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.timex_calendar import Direction
from sayso.reading.timex_grammar import grammar
from sayso.reading.timex_tokens import Word

_WILL = frozenset(
    ["will", "shall", "wo", "'ll", "’ll", "may", "might", "should", "must", "would", "gonna"]
)
_NO_PAST = frozenset(
    ["indeed", "speed", "united", "hundred", "armed", "need", "allied", "unspecified", "alleged",
     "limited", "combined", "supposed", "unprecedented", "wanted", "continued", "experienced"]
)  # fmt: skip


def by_tree(tree: Sentence, start: int, end: int) -> Direction:
    """The tense of the verb above [start, end), or None if the tree does not say."""
    token = tree.span_head(start, end)
    if token is None or names(token):
        return None
    for _ in range(8):
        if token.pos in ("VERB", "AUX"):
            return _tense(tree, token, 0)
        if token.head == token.i:
            return None
        token = tree.head(token)
    return None


def names(head: Token) -> bool:
    """True for a time that only names a thing: "Friday's attack"."""
    return head.dep in ("poss", "compound", "nmod", "amod")


def _tense(tree: Sentence, verb: Token, depth: int) -> Direction:
    """The tense of a verb group; of the verb above it for an infinitive or a participle."""
    aux = {t.lower for t in tree.children(verb, "aux", "auxpass")}
    planned = verb.lemma in grammar().classes["PLANNING"]
    if aux & _WILL:
        return "future"
    if planned and verb.tag == "VBN" and aux & {"is", "are", "'s", "'re", "been", "being"}:
        return "future"
    if aux & {"had", "has", "have", "was", "were", "did", "'ve", "'d"} or verb.tag == "VBD":
        return "past"
    if verb.tag == "VBG" and aux & {"is", "are", "'s", "'re", "am", "'m"}:
        return "future"
    if "to" in aux and (verb.tag == "VB" or (verb.tag == "VBN" and "be" in aux)):
        return _of_infinitive(tree, verb, depth)
    if verb.tag in ("VBZ", "VBP") and not aux and verb.lemma in grammar().classes["SCHEDULED"]:
        return "future"  # "the council meets on Monday"
    above = tree.head(verb)
    if verb.tag == "VBN" and not aux:
        return "future" if planned else "past"
    loose = verb.tag == "VBG" and not aux and above.i != verb.i and depth < 4
    if loose and above.pos in ("VERB", "AUX"):
        return _tense(tree, above, depth + 1)
    return None


def _of_infinitive(tree: Sentence, verb: Token, depth: int) -> Direction:
    above = tree.head(verb)
    if above.i == verb.i or depth >= 4:
        return "future"
    if above.pos in ("NOUN", "ADJ") or above.lemma in grammar().classes["PLANNING"]:
        return "future"
    if above.lemma == "be" and verb.dep in ("xcomp", "ccomp", "acl"):
        return "future" if above.lower in ("is", "are") else "past"
    return _tense(tree, above, depth + 1)


def by_words(words: list[Word], first: int, last: int) -> Direction:
    """By the nearest word of tense before the time, else after it."""
    if last < len(words) and words[last].lower == "'s":
        return None  # "get around Wednesday's ruling"
    if first and words[first - 1].lower in ("by", "until", "till"):
        had = any(w.lower in ("had", "was", "were") for w in words[max(0, first - 12) : first])
        return None if had else "future"
    for at in range(first - 1, max(-1, first - 15), -1):
        if words[at].text == ";":
            break
        found = _of_word(words, at)
        if found:
            return found
    for at in range(last, min(len(words), last + 10)):
        if words[at].text in ";.":
            break
        found = _of_word(words, at)
        if found:
            return found
    return None


def _of_word(words: list[Word], at: int) -> Direction:
    low = words[at].lower
    if words[at].text == "may":
        return "future"
    if low == "set":
        after = words[at + 1].lower if at + 1 < len(words) else ""
        return "future" if after in ("to", "for") else None
    if low in grammar().classes["FUTURE"]:
        return "future"
    if low == "be" and at and words[at - 1].lower == "to":
        return "future"
    past = low.endswith("ed") and len(low) > 4 and low not in _NO_PAST
    return "past" if past or low in grammar().classes["PAST"] else None
