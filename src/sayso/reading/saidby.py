"""The chain of people who said so, outermost first, for any place in a text."""

from __future__ import annotations

import re
from dataclasses import replace
from weakref import WeakKeyDictionary

from sayso.model.annotation import Attribution, SaidBy, Source
from sayso.reading.attribution_sources import antecedent
from sayso.reading.draft import Draft

NO_WORD = frozenset({"judge", "plan", "seem"})
"""Classes of cues whose source gives no word for what the content says: who condemns a raid, or
plans one, does not report it."""

_SELF = frozenset({"i", "we", "me", "us", "myself"})
_HEARER = frozenset({"you", "let", "lets", "let's", "let’s"})
_NOBODY = re.compile(r"(?:no|nobody|neither|none|few)\b")
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "that", "this", "those"})


def cue_class(attribution: Attribution) -> str:
    """The class of its cue: say, announce, claim, deny, admit, warn, show, ask, order, promise,
    agree, believe, expect, plan, judge, seem."""
    return attribution.made_by.rule.partition(".")[0]


def position(draft: Draft, offset: int) -> SaidBy:
    """Those who are sources by position: the publisher, then the comment's author if the offset
    lies in a comment."""
    document = draft.document
    chain = [Source(who=document.publisher, tier="publisher", access="unknown")]
    part = document.part_at(offset)
    if part is not None and part.kind == "comment":
        chain.append(Source(who=part.author, tier="reader", access="unknown", part=part.id))
    return tuple(chain)


def holding(draft: Draft, start: int, end: int) -> list[Attribution]:
    """The attributions whose content holds [start, end), outermost first; also those that name
    nobody ("is expected to") and those whose source gives no word (see `NO_WORD`)."""
    found = [
        a
        for a in _blocks(draft).get(start // BLOCK, ())
        if any(c.covers(start, end) for c in a.content)
    ]
    return sorted(found, key=_depth)


def _depth(attribution: Attribution) -> tuple[int, bool]:
    """Sorts the outer before the nested: longer contents first; "citing X" after who cites X."""
    length = sum(c.end - c.start for c in attribution.content)
    return -length, attribution.made_by.rule.endswith(".citing")


def _blocks(draft: Draft) -> dict[int, list[Attribution]]:
    """The attributions of a draft by blocks of the text that their contents touch."""
    all_ = draft.of(Attribution)
    known = _CACHE.get(draft)
    if known is not None and known[0] == len(all_):
        return known[1]
    blocks: dict[int, list[Attribution]] = {}
    for attribution in all_:
        touched = {
            n for c in attribution.content for n in range(c.start // BLOCK, c.end // BLOCK + 1)
        }
        for n in touched:
            blocks.setdefault(n, []).append(attribution)
    _CACHE[draft] = (len(all_), blocks)
    return blocks


BLOCK = 500
"""Characters of a block of text, by which attributions are looked up."""

_CACHE: WeakKeyDictionary[Draft, tuple[int, dict[int, list[Attribution]]]] = WeakKeyDictionary()


def said_by(draft: Draft, start: int, end: int) -> SaidBy:
    """The whole chain for the words at [start, end): publisher, comment's author, then every
    source whose content holds them, the outer before the nested.

    A source's scope ends where its content ends; words outside are the publisher's alone. "I" and
    "we" add nobody: they are whoever speaks there, and pass on how sure they are.
    """
    chain = position(draft, start)
    for attribution in holding(draft, start, end):
        source = attribution.source
        if source is None or cue_class(attribution) in NO_WORD:
            continue
        word = source.exact.lower().strip()
        if word in _HEARER or _NOBODY.match(word):
            continue
        if word in _SELF:
            chain = (*chain[:-1], replace(chain[-1], certainty=attribution.certainty))
            continue
        link = _link(draft, attribution)
        if link.entity is not None and link.entity == chain[-1].entity:
            chain = (*chain[:-1], replace(chain[-1], certainty=attribution.certainty))
            continue
        chain += (link,)
    return chain


def _link(draft: Draft, attribution: Attribution) -> Source:
    """The source of an attribution as a link of a chain."""
    source = attribution.source
    assert source is not None
    entity = draft.entity(source.entity)
    return Source(
        who=entity.name if entity else _name(draft, attribution),
        tier=attribution.tier or "anonymous",
        access=attribution.access or "unknown",
        entity=source.entity,
        start=source.start,
        end=source.end,
        exact=source.exact,
        certainty=attribution.certainty,
    )


def _name(draft: Draft, attribution: Attribution) -> str | None:
    """What to call a source without an entity: its words, for "who" those of its antecedent, and
    for another pronoun those of the source named last before it; None if there is none."""
    source = attribution.source
    assert source is not None
    if source.exact.lower() not in _PRONOUNS:
        return source.exact
    sentence = draft.tree_at(source.start)
    token = sentence.at(source.start) if sentence is not None else None
    if sentence is not None and token is not None:
        noun = antecedent(sentence, token)
        if noun is not token:
            phrase = sentence.subtree(noun, without=("relcl", "acl", "punct", "appos"))
            return draft.text[phrase[0].start : phrase[-1].end]
    before = [
        a.source.exact
        for a in draft.of(Attribution)
        if a.source is not None
        and a.part == attribution.part
        and source.start - 1000 < a.source.start < source.start
        and a.source.exact.lower() not in _PRONOUNS | _SELF | _HEARER
    ]
    return before[-1] if before else None
