"""Words that take up a place named before: "the town", "that province", "there".

They stand in for a place of a fitting kind in the same part, at most REACH sentences back: the last
one that was called by that noun ("the town of Atarib" ... "the town"), else the last one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg, Mention
from sayso.model.entity import Entity
from sayso.reading.draft import Draft
from sayso.reading.toponym_index import place_mentions

REACH = 3
_SETTLED = frozenset(["town", "city", "village", "settlement", "hamlet"])
_DIVISION = frozenset(["province", "governorate", "county", "oblast", "state"])
_ANY = frozenset(["area", "region", "district", "island", "territory"])
_TAKING_UP = frozenset(["the", "this", "that"])
_NAMED_HERE = ("prep", "appos", "compound", "poss", "relcl", "acl", "amod")


def taken_up_words(draft: Draft, sentence: Sentence) -> Iterator[tuple[Arg, Token]]:
    """For each such word of the sentence: the place as an `Arg` over the words, and their head.
    Nothing is given where no fitting place was named."""
    for token in sentence:
        if token.lower == "there" and token.tag == "RB" and token.dep in ("advmod", "pcomp"):
            mention = place_before(draft, token)
            if mention is not None:
                yield _standing(draft, token, token, mention), token
            continue
        if token.lemma not in _SETTLED | _DIVISION | {"country"} or token.tag not in ("NN", "NNP"):
            continue
        children = sentence.children(token)
        article = next((c for c in children if c.dep == "det"), None)
        if article is None or article.lower not in _TAKING_UP:
            continue
        if any(c.dep in _NAMED_HERE for c in children):
            # "the western town", "the town of X": another one, or named here.
            continue
        mention = place_before(draft, token)
        if mention is not None:
            yield _standing(draft, article, token, mention), token


def _standing(draft: Draft, first: Token, last: Token, mention: Mention) -> Arg:
    """The words from the first token to the last as the place of the mention."""
    span = draft.span(first.start, last.end)
    return Arg(
        start=span.start,
        end=span.end,
        exact=span.exact,
        entity=mention.entity,
        precision=mention.precision,
    )


def place_before(draft: Draft, token: Token) -> Mention | None:
    """The mention of the place that a noun such as "town" takes up; None if there is none."""
    here = draft.sentence_at(token.start)
    if here is None:
        return None
    first = draft.sentences()[max(0, here.index - REACH)]
    start = first.start if first.part == here.part else draft.document.part(here.part).start
    found = [
        m
        for m in place_mentions(draft, start, token.start)
        if m.made_by.rule != "vague"
        and _fits(draft.entity(m.entity), token)
        and not _before_noun(draft, m)
        and not (token.lemma == "country" and m.start >= here.start and _acts(draft, m))
    ]
    called = [m for m in found if _called(draft.text, m, token.lemma)]
    return max(called or found, key=lambda m: m.start, default=None)


def _before_noun(draft: Draft, mention: Mention) -> bool:
    """True for "a US soldier", which names no place that "the country" could take up."""
    tree = draft.tree_at(mention.start)
    head = tree.span_head(mention.start, mention.end) if tree else None
    if tree is None or head is None or head.dep not in ("compound", "amod", "nmod"):
        return False
    return tree.head(head).pos == "NOUN" and tree.head(head).lemma not in _SETTLED | _DIVISION


def _acts(draft: Draft, mention: Mention) -> bool:
    """True for "Norvia" in "Norvia weighed how to cut its troops in the country": another one."""
    tree = draft.tree_at(mention.start)
    head = tree.span_head(mention.start, mention.end) if tree else None
    if tree is None or head is None:
        return False
    return any(t.dep in ("nsubj", "agent") for t in (head, *tree.conjuncts(head)))


def _called(text: str, mention: Mention, noun: str) -> bool:
    """True if the text calls the place by the noun: "the town of X", "X town"."""
    before = text[max(0, mention.start - 24) : mention.start]
    after = text[mention.end : mention.end + 24]
    of = re.search(rf"\b{re.escape(noun)}\s+of\s+$", before, re.IGNORECASE)
    return bool(of or re.match(rf"\s+{re.escape(noun)}\b", after, re.IGNORECASE))


def _fits(entity: Entity | None, token: Token) -> bool:
    if entity is None or entity.kind != "place":
        return False
    code = entity.feature_code or ""
    if token.lower == "there":
        return True
    if token.lemma in _SETTLED:
        return code.startswith("PPL") or not code
    if token.lemma in _DIVISION:
        return code == "ADM1" or (token.lemma == "county" and code == "ADM2")
    return code != "PCLI" if token.lemma in _ANY else code == "PCLI"
