"""The chain of people who said so, outermost first, for any place in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
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
_ASIDE = re.compile(r",\s+(?:who|which|whose|whom|where)\b")
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
        for a in _index(draft).blocks.get(start // BLOCK, ())
        if any(c.covers(start, end) for c in a.content)
    ]
    return sorted(found, key=_depth)


def _depth(attribution: Attribution) -> tuple[int, bool]:
    """Sorts the outer before the nested: longer contents first; "citing X" after who cites X."""
    length = sum(c.end - c.start for c in attribution.content)
    return -length, attribution.made_by.rule.endswith(".citing")


BLOCK = 500
"""Characters of a block of text, by which attributions are looked up."""

REACH = 1000
"""Characters back within which a pronoun takes the name of the source before it."""

MAX_LINKS = 8
"""Sources of the longest chain; text that nests deeper is broken text."""


@dataclass(frozen=True, slots=True)
class _Index:
    """The attributions of a draft, by the blocks of text that their contents touch, and the
    sources that are no pronouns: start, words, part."""

    size: int
    blocks: dict[int, list[Attribution]]
    named: list[tuple[int, str, str | None]]


_CACHE: WeakKeyDictionary[Draft, _Index] = WeakKeyDictionary()


def _index(draft: Draft) -> _Index:
    found = draft.of(Attribution)
    known = _CACHE.get(draft)
    if known is not None and known.size == len(found):
        return known
    blocks: dict[int, list[Attribution]] = {}
    named: list[tuple[int, str, str | None]] = []
    for a in found:
        for n in {n for c in a.content for n in range(c.start // BLOCK, c.end // BLOCK + 1)}:
            blocks.setdefault(n, []).append(a)
        if a.source is not None and a.source.exact.lower() not in _PRONOUNS | _SELF | _HEARER:
            named.append((a.source.start, a.source.exact, a.part))
    index = _Index(len(found), blocks, sorted(named, key=lambda n: n[0]))
    _CACHE[draft] = index
    return index


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
        if len(chain) > MAX_LINKS:
            break
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
        return _ASIDE.split(source.exact)[0].strip(" ,")
    sentence = draft.tree_at(source.start)
    token = sentence.at(source.start) if sentence is not None else None
    if sentence is not None and token is not None:
        noun = antecedent(sentence, token)
        if noun is not token:
            phrase = sentence.subtree(noun, without=("relcl", "acl", "punct", "appos"))
            return draft.text[phrase[0].start : phrase[-1].end]
    named = _index(draft).named
    at = bisect_left(named, (source.start,)) - 1
    if at >= 0 and source.start - named[at][0] < REACH and named[at][2] == attribution.part:
        return named[at][1]
    return None
