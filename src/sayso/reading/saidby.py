"""The chain of people who said so, outermost first, for any place in a text."""

from __future__ import annotations

from sayso.model.annotation import Attribution, SaidBy, Source
from sayso.reading.draft import Draft

NO_WORD = frozenset({"judge", "plan", "seem"})
"""Classes of cues whose source gives no word for what the content says: who condemns a raid, or
plans one, does not report it."""


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

    A source's scope ends where its content ends; words outside are the publisher's alone.
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
        entity = draft.entity(source.entity)
        chain += (
            Source(
                who=entity.name if entity else source.exact,
                tier=attribution.tier or "anonymous",
                access=attribution.access or "unknown",
                entity=source.entity,
                start=source.start,
                end=source.end,
                exact=source.exact,
                certainty=attribution.certainty,
            ),
        )
    return chain
