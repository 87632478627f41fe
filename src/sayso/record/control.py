"""Who held which place when, walked through from what is said of captures, withdrawals,
surrenders and of holding itself (`claims`), with the evidence for and against.

Rules that are never broken:
- Readers' words and expected, planned or supposed events change nothing.
- A withdrawal, surrender or flight ends a holder and gives the place to no one. A successor needs
  entry, capture or holding to be stated; otherwise it is `inferred` and shown so.
- Only places that can be held as one (a town, a base) have a holder: "the western countryside" or
  a country gets none.
- A time with an open year is on no day: such rows are listed undated, page by page.
- A state grows stale: `STALE` days after the last word on it, its certainty says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sayso.model import edtf
from sayso.record import days, links, standing
from sayso.record.claims import ANYBODY, Claim, Holder
from sayso.record.facts import Link

STALE = 30
"""Days after which a holder without a new word on it counts as stale. Shown with every row."""


@dataclass(slots=True, kw_only=True)
class Segment:
    """A stretch of time with one holder (None: nobody is said to hold the place). `begin` and
    `end` are the windows in which it began and ended; None = not known, or not ended."""

    holder: Holder | None
    begin: Claim | None
    end: Claim | None = None
    basis: str = "stated"
    claims: list[Claim] = field(default_factory=list)
    contested: bool = False
    last: str | None = None

    @property
    def stale_after(self) -> str | None:
        """The day after which nothing has been said of it for too long; None if it is over."""
        return days.plus(self.last, STALE) if self.last and self.end is None else None

    def surely_at(self, day: str) -> bool:
        """True if it had begun by then, whatever its window, and cannot have ended."""
        begun = self.begin is None or (self.begin.last is not None and self.begin.last <= day)
        over = self.end is not None and (self.end.first is None or self.end.first <= day)
        if self.begin is None and self.end is None:
            begun = self.last is not None and self.last <= day
        return begun and not over


# -- the walk through time ---------------------------------------------------------------------


def timeline(found: Sequence[Claim]) -> list[Segment]:
    """The segments of one place, in the order of time; undated ones of each page after them."""
    dated = [c for c in _placed(found) if c.first and c.last]
    segments = _walk(dated)
    undated = [c for c in found if not (c.first and c.last)]
    by_page: dict[int, list[Claim]] = {}
    for claim in undated:
        by_page.setdefault(claim.pages[0], []).append(claim)
    for page in sorted(by_page):
        segments += _walk(_placed(by_page[page]))
    return segments


def _placed(found: Sequence[Claim]) -> list[Claim]:
    """In order. "The groups, which held the town, surrendered": a holding without a time of its
    own is put right before the end of the same holder on the same page."""
    ends: dict[int, list[Claim]] = {}
    for claim in found:
        if claim.effect == "end":
            for page in claim.pages:
                ends.setdefault(page, []).append(claim)
    out: list[Claim] = []
    for claim in found:
        if claim.effect == "hold" and not claim.timed:
            mine = set(claim.holder.ids)
            for other in (o for page in claim.pages for o in ends.get(page, ())):
                if mine & set(other.holder.ids):
                    claim = replace(claim, first=other.first, last=other.last, edtf=other.edtf)
                    break
        out.append(claim)
    return sorted(out, key=lambda c: c.order)


def _walk(ordered: Sequence[Claim]) -> list[Segment]:
    done: list[Segment] = []
    open_: Segment | None = None
    for claim in ordered:
        if claim.effect == "take":
            open_ = _take(claim, open_, done)
        elif claim.effect == "hold":
            open_ = _hold(claim, open_, done)
        else:
            open_ = _end(claim, open_, done)
    if open_ is not None:
        done.append(open_)
    return done


def _same(segment: Segment, holder: Holder) -> bool:
    if segment.holder is None:
        return False
    return holder is ANYBODY or bool(set(segment.holder.ids) & set(holder.ids))


def _support(segment: Segment, claim: Claim) -> None:
    segment.claims.append(claim)
    segment.last = max(filter(None, (segment.last, claim.last)), default=None)


def _new(claim: Claim, begin: Claim | None, basis: str, holder: Holder | None = None) -> Segment:
    segment = Segment(holder=holder or claim.holder, begin=begin, basis=basis)
    _support(segment, claim)
    segment.contested = claim.denied
    return segment


def _take(claim: Claim, open_: Segment | None, done: list[Segment]) -> Segment:
    if open_ is not None and _same(open_, claim.holder):
        if open_.begin is not None and open_.basis == "inferred" and claim.basis == "stated":
            open_.basis = "stated"
        _support(open_, claim)
        return open_
    if open_ is not None:
        # Two sides that both say they took it in the same days: nobody can tell in which order.
        begun = open_.begin
        if begun and begun.effect == "take" and _together(begun, claim):
            open_.contested = True
            _support(open_, claim)
            return open_
        open_.end = claim
        open_.claims.append(claim)
        done.append(open_)
    return _new(claim, claim, claim.basis)


def _together(a: Claim, b: Claim) -> bool:
    """True if nothing tells which of the two came first."""
    if not (a.first and a.last and b.first and b.last):
        return a.edtf == b.edtf
    return (a.first, a.last) == (b.first, b.last)


def _hold(claim: Claim, open_: Segment | None, done: list[Segment]) -> Segment:
    if open_ is None:
        return _new(claim, None if not done else claim, "stated")
    if _same(open_, claim.holder):
        _support(open_, claim)
        return open_
    if open_.holder is None:
        open_.end = claim
        done.append(open_)
        return _new(claim, claim, "stated")
    if open_.last is not None and claim.last is not None and claim.last > days.plus(open_.last, 3):
        # Later words with another holder: it changed hands unseen, some time in between.
        open_.end = claim
        done.append(open_)
        return _new(claim, claim, "stated")
    open_.contested = True
    open_.claims.append(claim)
    return open_


def _end(claim: Claim, open_: Segment | None, done: list[Segment]) -> Segment | None:
    if open_ is not None and open_.holder is not None and not _same(open_, claim.holder):
        if claim.successor is None or not _same(open_, claim.successor):
            return open_  # somebody else left; who holds it now did not change
        _support(open_, claim)
        return open_
    if open_ is None or open_.holder is None:
        if open_ is None and not done and claim.holder is not ANYBODY:
            # Who leaves a place had been there: said, if only by the leaving.
            done.append(_ended(_new(claim, None, "inferred"), claim))
        elif open_ is not None:
            _support(open_, claim)
            if claim.successor is None:
                return open_
            open_.end = claim
            done.append(open_)
    else:
        done.append(_ended(open_, claim))
    if claim.successor is not None:
        return _new(claim, claim, "inferred", claim.successor)
    nobody = Segment(holder=None, begin=claim)
    _support(nobody, claim)
    return nobody


def _ended(segment: Segment, claim: Claim) -> Segment:
    segment.end = claim
    if not any(c is claim for c in segment.claims):
        segment.claims.append(claim)
    return segment


# -- what a segment is worth -------------------------------------------------------------------


def certainty(segment: Segment, on: str | None = None) -> str:
    """contested, stale, conceded (the loser says so itself), several (separate chains), claimed
    (only by the side that holds it), inferred, single, publisher."""
    if segment.contested or (segment.begin is not None and segment.begin.denied):
        return "contested"
    stale = segment.stale_after
    if on is not None and stale is not None and on > stale:
        return "stale"
    if segment.basis == "inferred":
        return "inferred"
    own = [
        c for c in segment.claims if c is not segment.end or c.effect == "hold"
    ] or segment.claims
    told = [t for c in own for t in c.told]
    mine = set(segment.holder.ids) if segment.holder else set()
    inner = [t.facts.said_by[-1] for t in told if t.facts.said_by]
    if any(_loses(segment, x) for x in inner):
        return "conceded"
    count = standing.chains([t.voice() for t in told], links.roots())
    if count >= 2:
        return "several"
    named = [x for x in inner if x.tier != "publisher"]
    if named and all(x.id in mine or x.tier == "party" for x in named):
        return "claimed"
    return "single" if named else "publisher"


def _loses(segment: Segment, link: Link) -> bool:
    """True if that source is one whom the segment's beginning took the place from."""
    if link.id is None or segment.holder is None or link.id in segment.holder.ids:
        return False
    begin = segment.begin
    if begin is None:
        return False
    parties = {w.id for t in begin.told for w in t.facts.actors if w.role == "recipient"}
    if begin.effect == "end":
        parties |= set(begin.holder.ids)
    return link.id in parties


def edtf_of(claim: Claim | None) -> str | None:
    """When a change was, as EDTF: a day, one day of several, or the open text of the page."""
    if claim is None:
        return None
    if claim.first and claim.last:
        return edtf.one_of(date.fromisoformat(claim.first), date.fromisoformat(claim.last))
    return claim.edtf
