"""Reading a parse tree for attribution: whose verb it is, its words, its dependants."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_lexicon import verb_forms, verbs

MAX_SOURCE = 45
"""Tokens of the longest source: longer ones are cut before their relative clause."""

_LEFT_OF_VERB = frozenset({"aux", "auxpass", "neg"})
_ADVERBS = frozenset({"advmod", "neg"})
_CLAUSAL = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "conj"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")


def is_passive(sentence: Sentence, verb: Token) -> bool:
    """True for a passive form: with its auxiliary, or a bare participle after a noun."""
    if sentence.children(verb, "auxpass", "nsubjpass"):
        return True
    return verb.tag == "VBN" and verb.dep in {"acl", "amod"} and not sentence.children(verb, "aux")


def subject(sentence: Sentence, verb: Token, depth: int = 0) -> Token | None:
    """The head of the verb's own or shared subject: through conjunctions ("he came and said"),
    participles ("he spoke, adding …"), control ("refused to say"), "by saying". None if it has
    none, or an empty "it" or "there"."""
    if depth > 6:
        return None
    own = sentence.children(verb, *SUBJECTS)
    if own:
        before = [t for t in own if t.i < verb.i]
        return before[-1] if before else own[0]
    if sentence.children(verb, "expl") or verb.head == verb.i:
        return None
    head = sentence.head(verb)
    if verb.dep in {"acl"}:
        return head if head.pos in {"NOUN", "PROPN", "PRON"} else None
    if verb.dep == "pcomp" and head.dep == "prep":
        link, head = head, sentence.head(head)
        named = sentence.children(head, "dobj")
        if link.lower == "as" and named and head.lemma in _QUOTING:
            return named[0]  # "quoted an officer as saying"
        return subject(sentence, head, depth + 1) if head.pos in {"VERB", "AUX"} else None
    if head.pos not in {"VERB", "AUX", "ADJ"}:
        return None
    if verb.dep == "xcomp":
        objects = sentence.children(head, "dobj")
        if objects and objects[-1].i < verb.i and head.lemma not in _SUBJECT_CONTROL:
            return objects[-1]
        return subject(sentence, head, depth + 1)
    if verb.dep == "conj":
        above = sentence.head(head)
        if head.dep == "ccomp" and _reports(verb) and _reports(above) and verb.tag == above.tag:
            head = above  # "He said the army left and accused the rebels": he accused.
        return subject(sentence, head, depth + 1)
    if verb.dep in {"advcl", "parataxis", "dep"} and verb.tag in {"VBG", "VBN"}:
        return subject(sentence, head, depth + 1)
    return None


def _reports(verb: Token) -> bool:
    cue = verbs().get(verb_forms().get(verb.lower, ""))
    return cue is not None and (cue.is_speech or cue.cls in {"ask", "order", "judge", "promise"})


_QUOTING = frozenset({"quote", "cite", "describe", "report"})
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "take", "use", "make"})


def subject_before(sentence: Sentence, first: int) -> Token | None:
    """The head of the noun phrase that stands before the token of index `first`, by the surface:
    over an insertion between commas ("the agency, quoting a source, said"). For verbs to which
    the parser gave no subject."""
    i = first - 1
    if i > 0 and sentence.tokens[i].text == ",":
        i -= 1
        while i > 0 and first - i < 25 and sentence.tokens[i].text != ",":
            i -= 1
        i -= 1
    last = i
    while i >= 0 and _is_nounish(sentence.tokens[i]):
        i -= 1
    if i == last or last < 0:
        return None
    head = sentence.tokens[last]
    for token in sentence.tokens[i + 1 : last + 1]:
        if token.lower == "of":
            head = sentence.tokens[token.i - 1]
            break
    return head if head.pos in {"NOUN", "PROPN", "PRON"} or head.text[:1].isupper() else None


def _is_nounish(token: Token) -> bool:
    if token.pos in _NOUNISH or token.lower == "of":
        return True
    return token.i > 0 and token.text[:1].isupper() and token.text.isalpha()


_NOUNISH = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON"})


def cue_tokens(sentence: Sentence, verb: Token) -> list[Token]:
    """The verb with its auxiliaries, negation, adverbs between and particle; verbs that govern it
    ("declined to say", "went on to add") as far as they stand unbroken before it."""
    first = verb
    while True:
        i = first.i - 1
        while i >= 0:
            token = sentence.tokens[i]
            if token.head == first.i and token.dep in _LEFT_OF_VERB | _ADVERBS | {"aux"}:
                i -= 1
            else:
                break
        first_i = i + 1
        head = sentence.head(first)
        if first.dep == "xcomp" and head.i == i and head.pos in {"VERB", "AUX"}:
            first = head
            continue
        break
    tokens = list(sentence.tokens[first_i : verb.i + 1])
    while tokens and tokens[0].dep == "advmod" and len(tokens) > 1:
        tokens.pop(0)
    last = verb.i
    for particle in sentence.children(verb, "prt"):
        if particle.i == last + 1:
            tokens.append(particle)
            last = particle.i
    return tokens


def noun_phrase(sentence: Sentence, head: Token, without: set[int]) -> list[Token]:
    """The whole phrase of a noun, appositions and relative clauses included, cut off before any
    token in `without` and whatever hangs on it."""
    found = [head.i]
    for i in found:
        for kid in sentence.children(sentence.tokens[i]):
            if kid.i in without or _is_aside(sentence, kid):
                continue
            if kid.dep in {"cc", "punct"} and kid.head == head.i and kid.i > head.i:
                found.append(kid.i)
                continue
            found.append(kid.i)
    tokens = [sentence.tokens[i] for i in sorted(found)]
    tokens = _unbroken(tokens, head, without)
    if len(tokens) > MAX_SOURCE:
        kids = {t.i for k in sentence.children(head) if k.dep in _CLAUSAL
                for t in sentence.subtree(k)}  # fmt: skip
        tokens = [t for t in tokens if t.i not in kids]
        tokens = _unbroken(tokens, head, without | kids)
    while tokens and tokens[-1].dep in {"punct", "cc"} and tokens[-1].text not in ")]”\"’'":
        tokens.pop()
    while tokens and tokens[0].pos == "PUNCT" and tokens[0].text not in '([“"‘':
        tokens.pop(0)
    return tokens


def _is_aside(sentence: Sentence, token: Token) -> bool:
    """True for a participle after a comma: "X, speaking in Riga," is X."""
    if token.dep not in {"acl", "advcl"} or token.i == 0:
        return False
    first = min(t.i for t in sentence.subtree(token))
    return first > 0 and sentence.tokens[first - 1].text == ","


def _unbroken(tokens: list[Token], head: Token, without: set[int]) -> list[Token]:
    """Only those tokens that stand in one piece with the head."""
    by_index = {t.i: t for t in tokens}
    low = high = head.i
    while low - 1 in by_index and low - 1 not in without:
        low -= 1
    while high + 1 in by_index and high + 1 not in without:
        high += 1
    return [by_index[i] for i in range(low, high + 1)]
