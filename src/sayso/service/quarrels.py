"""What readers dispute on one page, as matrices: a claim or a number, and where each reader stands.
Where it is the article's own, the page is a column too.

A number in dispute gathers every rival value that was given for it down the branch ("half a
million were taken" - "32,000" - "32,000 surrendered, the rest fled"): one row per value, who holds
it, who denies it, who narrowed, maintained or took back. Readers never stand for themselves when
separate chains are counted, so the counts of these matrices are nought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sayso.model.annotation import Reply
from sayso.model.document import Document, Part
from sayso.model.reading import Reading
from sayso.model.rows import Matrix, Move, Proposition, Stance, Voice
from sayso.model.span import Span
from sayso.reading.forecast_plain import plain
from sayso.reading.reply_numbers import Number, numbers
from sayso.reading.reply_rivals import rivals
from sayso.record import days, index
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.record.standing import Groups
from sayso.service import ask

SURE = 0.5
"""Acts below this are guesses from the mere fact of a reply, and open no dispute."""
_ARTICLE = "the page"
_AGAINST = {"disputes", "corrects"}
_OPENING = {*_AGAINST, "asks_source"}
_NEITHER = {"asks_source", "qualifies", "retracts"}


def matrices(record: Record, filters: Filters) -> Iterator[Matrix]:
    """The readers' matrices, page by page."""
    for row in ask.pages(record, filters, limit=None).rows:
        if row.disputes and not row.redacted:
            reading = ask.reading(record, row.id)
            for matrix in of_page(reading):
                if not filters.text or filters.text.casefold() in matrix.words.casefold():
                    yield replace(matrix, headline=row.headline)


def of_page(reading: Reading) -> list[Matrix]:
    """What is in dispute among the readers of one page, in the order of the page."""
    sure = [r for r in reading.annotations if isinstance(r, Reply) and r.confidence >= SURE]
    page = _Page(reading, sure)
    for reply in sure:
        if reply.act in _OPENING and reply.to_part:
            page.open(reply)
    for reply in sure:
        page.stand(reply)
    return [q.matrix(page) for q in page.quarrels() if q.stances or q.asked]


@dataclass(slots=True)
class _Claim:
    """Words of one part that somebody disputes; `number` where they are a figure."""

    part: Part
    start: int
    end: int
    number: Number | None = None

    @property
    def key(self) -> str:
        return f"{self.part.id}:{self.start}"


@dataclass(slots=True)
class _Quarrel:
    """One thing in dispute: its claims (rival values of a number, or one sentence)."""

    claims: list[_Claim]
    stances: dict[tuple[str, str], tuple[str, str | None, Reply | None]] = field(
        default_factory=dict
    )
    asked: list[Reply] = field(default_factory=list)
    open_requests: int = 0

    def matrix(self, page: _Page) -> Matrix:
        first = min(self.claims, key=lambda c: c.start)
        authors = list(dict.fromkeys([*(_who(c.part) for c in self.claims),
                                      *(who for who, _ in self.stances)]))  # fmt: skip
        rows = [self._row(page, words, claims, authors) for words, claims in self._values(page)]
        shown = [
            a
            for a in authors
            if any(
                s.voice == a and (s.stance != "silent" or s.act) for r in rows for s in r.stances
            )
        ]
        unit = next((c.number.unit for c in self.claims if c.number and c.number.unit), None)
        document = page.document
        return Matrix(
            id=index.key("di", document.id, first.key), kind="reply",
            what="number" if first.number else "claim", words=document.text[first.start:first.end],
            event=None, document=document.id, headline=document.headline,
            voices=tuple(page.voice(a) for a in shown), counted=unit,
            propositions=tuple(
                replace(r, stances=tuple(s for s in r.stances if s.voice in shown)) for r in rows
            ),
            open_requests=self.open_requests, moves=page.moves(first.part, set(shown)),
        )  # fmt: skip

    def _values(self, page: _Page) -> list[tuple[str, list[_Claim]]]:
        """Claims that say the same under one head, in the order of the page."""
        heads: dict[object, list[_Claim]] = {}
        for claim in sorted(self.claims, key=lambda c: c.start):
            head = claim.number.value if claim.number else claim.key
            heads.setdefault(head, []).append(claim)
        return [(page.document.text[c[0].start : c[0].end], c) for c in heads.values()]

    def _row(
        self, page: _Page, words: str, claims: list[_Claim], authors: list[str]
    ) -> Proposition:
        holders = {_who(c.part): c for c in claims}
        given_up = {who for (who, _), found in self.stances.items() if found[1] == "retracts"}
        stances = []
        for author in authors:
            found = next(
                (self.stances[author, c.key] for c in claims if (author, c.key) in self.stances),
                None,
            )
            rival = author not in given_up and any(
                c.number and _who(c.part) == author for c in self.claims
            )
            if found is not None:
                side, act, reply = found
                side = "denies" if side == "silent" and rival and author not in holders else side
            else:
                side = "asserts" if author in holders else "denies" if rival else "silent"
                act, reply = None, None
            stances.append(page.stance(author, side, act, reply, holders.get(author)))
        return Proposition(words=words, asserts=0, denies=0, stances=tuple(stances))


class _Page:
    """One page's discussion while its quarrels are gathered."""

    def __init__(self, reading: Reading, sure: list[Reply]) -> None:
        self._sure = sure
        self.document: Document = reading.document
        self._parts = {p.id: p for p in reading.document.parts}
        self._claims: dict[str, _Claim] = {}
        self._groups = Groups()
        self._quarrels: dict[str, _Quarrel] = {}
        self._answered = {
            r.to_part for r in reading.annotations if isinstance(r, Reply) and r.act == "answers"
        }

    def open(self, reply: Reply) -> None:
        """Notes the claim that a reply is against, and the rival figure that the reply gives."""
        claim = self._claim_of(reply)
        if claim is None:
            return
        self._claims.setdefault(claim.key, claim)
        own = self._parts[reply.from_part]
        if claim.number is None:
            return
        text = plain(self.document.text, own.start, own.end)
        # The claim's figure as it stands in its comment, so that the words beside it count.
        there = plain(self.document.text, claim.part.start, claim.part.end)
        at = there.index(claim.start)
        known = next((n for n in numbers(there.text) if n.start == at), claim.number)
        pairs = rivals(text.text, numbers(text.text), [known], there.text)
        if pairs:
            best = pairs[0][0]
            mine = _Claim(own, text.start(best.start), text.end(best.end), best)
            mine = self._claims.setdefault(mine.key, mine)
            self._groups.join(claim.key, mine.key)

    def quarrels(self) -> list[_Quarrel]:
        """All that was opened, in the order of the page."""
        return sorted(self._gathered().values(), key=lambda q: min(c.start for c in q.claims))

    def stand(self, reply: Reply) -> None:
        """Where a reply puts its author: against its target, beside it, or neither."""
        claim = self._claim_of(reply)
        author = _who(self._parts[reply.from_part])
        quarrels = self._gathered()
        if reply.act in {"maintains", "retracts"}:
            # Of the author's own claim, which the reply's addressee challenged.
            for quarrel in quarrels.values():
                own = next((c for c in quarrel.claims if _who(c.part) == author), None)
                known = self._parts.get(reply.to_part or "")
                if (
                    own is not None
                    and known is not None
                    and quarrel.stances.keys() & {(_who(known), own.key)}
                ):
                    side = "asserts" if reply.act == "maintains" else "silent"
                    quarrel.stances[author, own.key] = side, reply.act, reply
            return
        if reply.act == "agrees" and reply.to is None:
            # With a comment as a whole: with all that it claims.
            for key, whole in self._claims.items():
                if whole.part.id == reply.to_part:
                    _put(
                        quarrels[self._groups.find(key)],
                        (author, key),
                        ("asserts", "agrees"),
                        reply,
                    )
            return
        if claim is None or claim.key not in self._claims:
            return
        quarrel = quarrels[self._groups.find(claim.key)]
        if reply.act == "asks_source":
            quarrel.asked.append(reply)
            quarrel.open_requests += reply.from_part not in self._answered
        if reply.act in _AGAINST:
            side = "denies"
        elif reply.act == "agrees":
            side = "asserts"
        elif reply.act in _NEITHER:
            side = "silent"
        else:
            return
        _put(quarrel, (author, claim.key), (side, reply.act), reply)

    def moves(self, opening: Part, voices: set[str]) -> tuple[Move, ...]:
        """What those who take part did one after another, below the comment that made the claim."""
        below = {opening.id}
        out = []
        for reply in sorted(self._sure, key=lambda r: (self._parts[r.from_part].start, r.id)):
            author = _who(self._parts[reply.from_part])
            if reply.to_part in below and author in voices:
                below.add(reply.from_part)
                out.append(
                    Move(voice=author, act=reply.act, words=reply.exact, annotation=reply.id)
                )
        return tuple(out)

    def voice(self, author: str) -> Voice:
        if author == _ARTICLE:
            publisher = self.document.publisher
            outlets = (publisher,) if publisher else ()
            name = publisher or author
            return Voice(id=author, name=name, tier="publisher", outlets=outlets, separate=False)
        return Voice(id=author, name=author, tier="reader", outlets=(), separate=False)

    def stance(
        self, author: str, side: str, act: str | None, reply: Reply | None, own: _Claim | None
    ) -> Stance:
        words = self.document.text[own.start : own.end] if own else None
        part = self._parts[reply.from_part] if reply else own.part if own else None
        return Stance(
            voice=author, stance=side, act=act, words=reply.exact if reply else words,
            document=self.document.id, annotation=reply.id if reply else None,
            said_on=days.said_on(self.document, part) if part else None,
        )  # fmt: skip

    def _gathered(self) -> dict[str, _Quarrel]:
        for key, claim in self._claims.items():
            root = self._groups.find(key)
            quarrel = self._quarrels.setdefault(root, _Quarrel([]))
            if claim not in quarrel.claims:
                quarrel.claims.append(claim)
        return self._quarrels

    def _claim_of(self, reply: Reply) -> _Claim | None:
        target = self._parts.get(reply.to_part or "")
        if target is None or target.kind == "byline":
            return None
        span: Span | None = reply.to
        if span is None and target.kind != "comment":
            return None  # of an article as a whole nothing in particular is in dispute
        start, end = (span.start, span.end) if span else (target.start, target.end)
        known = self._claims.get(f"{target.id}:{start}")
        if known is not None:
            return known
        return _Claim(target, start, end, self._figure(span) if span else None)

    def _figure(self, span: Span) -> Number | None:
        """The number that the words are, if they are one and little else."""
        if len(span.exact.split()) > 6:
            return None
        found = numbers(plain(span.exact, 0, len(span.exact)).text)
        return found[0] if found and found[0].start <= 2 else None


def _who(part: Part) -> str:
    """The column of a part: its author; for an article the page."""
    if part.kind != "comment" and part.author is None:
        return _ARTICLE
    return part.author or f"a reader ({part.id})"


def _put(quarrel: _Quarrel, place: tuple[str, str], stance: tuple[str, str], reply: Reply) -> None:
    """Keeps a stance, unless the author took one for or against there before."""
    before = quarrel.stances.get(place)
    if before is None or before[0] == "silent":
        quarrel.stances[place] = (*stance, reply)
