"""The chain of people who said so, outermost first, for any place in a text."""

from __future__ import annotations

from dataclasses import replace

from sayso.model.annotation import Attribution, SaidBy, Source
from sayso.reading.attribution_sources import antecedent
from sayso.reading.draft import Draft

NO_WORD = frozenset({"judge", "plan", "seem"})
"""Classes of cues whose source gives no word for what the content says: who condemns a raid, or
plans one, does not report it."""

_SELF = frozenset({"i", "we", "me", "us", "myself"})
_HEARER = frozenset({"you", "let", "lets", "let's", "let’s"})
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


def said_by(draft: Draft, start: int, end: int) -> SaidBy:
    """The whole chain for the words at [start, end): publisher, comment's author, then every
    source whose content holds them, the outer before the nested.

    A source's scope ends where its content ends; words outside are the publisher's alone. "I" and
    "we" add nobody: they are whoever speaks there, and pass on how sure they are.
    """
    holding = [
        a
        for a in draft.of(Attribution)
        if a.source is not None
        and cue_class(a) not in NO_WORD
        and any(c.covers(start, end) for c in a.content)
    ]
    holding.sort(key=lambda a: -sum(c.end - c.start for c in a.content))
    chain = position(draft, start)
    for attribution in holding:
        source = attribution.source
        assert source is not None
        word = source.exact.lower().strip()
        if word in _HEARER:
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
