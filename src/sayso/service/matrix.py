"""Who asserts, who denies, who is silent: contested propositions against those who speak of them.

`matrices` gives one `Matrix` per thing in dispute: first events whose tellings contradict each
other (did it happen; how many), then states of control that some tell and others tell against,
then what readers dispute on one page. Columns are sources, with all that are linked with them in
one column; the number of *separate* chains on each side is counted as everywhere else
(`record/standing.py`). `cells` gives the same as flat rows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from sayso.model.rows import ControlRow, EventRow, Matrix, MatrixCell, Proposition, Stance, Voice
from sayso.record import links, names, standing
from sayso.record import told as account
from sayso.record.facts import Link, Number
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.record.told import Told
from sayso.service import ask, quarrels
from sayso.service.links import document_ids

_EVENTS = 500
_ROUGH = 0.1
"""How far an approximate number reaches each way, as in `summary`."""


def matrices(
    record: Record, filters: Filters | None = None, *, limit: int | None = 50
) -> list[Matrix]:
    """The matrices of what is in dispute, at most `limit`: events in the order of time, then
    readers' claims page by page. `page`, `since`, `until`, `text`, `known_by` narrow it."""
    out: list[Matrix] = []
    asked = filters or Filters()
    for found in (
        _of_events(record, asked, limit),
        _of_control(record, asked),
        quarrels.matrices(record, asked),
    ):
        for matrix in found:
            if limit is not None and len(out) >= limit:
                return out
            out.append(matrix)
    return out


def cells(matrix: Matrix) -> Iterator[MatrixCell]:
    """The cells of a matrix, row by row."""
    voices = {v.id: v for v in matrix.voices}
    for row in matrix.propositions:
        for stance in row.stances:
            voice = voices[stance.voice]
            yield MatrixCell(
                id=matrix.id, kind=matrix.kind, what=matrix.what, proposition=row.words,
                voice=voice.name, tier=voice.tier, separate=voice.separate, outlets=voice.outlets,
                stance=stance.stance, act=stance.act, words=stance.words, event=matrix.event,
                document=stance.document or matrix.document, annotation=stance.annotation,
                said_on=stance.said_on,
            )  # fmt: skip


def _of_events(record: Record, filters: Filters, limit: int | None) -> Iterator[Matrix]:
    asked = dataclasses.replace(filters, standing="disputed", act=None, author=None)
    for row in _disputed(record, asked, min(limit or _EVENTS, _EVENTS)):
        seq = record.database.value("SELECT seq FROM event WHERE id = ?", (row.id,))
        told = account.tellings(record.database, int(seq), filters.known_by, filters.basis)
        documents = document_ids(record.database, {t.row["document"] for t in told})
        table = _Table(told, documents)
        for what in row.disputed:
            if what == "polarity":
                yield table.polarity(row)
            else:
                yield table.number(row, what)


def _disputed(record: Record, filters: Filters, at_once: int) -> Iterator[EventRow]:
    """The first `_EVENTS` events that fit, some at a time: few may be wanted."""
    after: str | None = None
    for _ in range(0, _EVENTS, at_once):
        found = ask.events(record, filters, limit=at_once, after=after)
        yield from found.rows
        after = found.next
        if after is None:
            return


def _of_control(record: Record, filters: Filters) -> Iterator[Matrix]:
    """States of control that some tell and others tell against. They belong to places: where one
    page is asked for, there are none."""
    if filters.page:
        return
    asked = dataclasses.replace(filters, standing=None, act=None, author=None, text=None)
    for n, row in enumerate(ask.control(record, asked, limit=_EVENTS).rows):
        sides = {e.side for e in row.evidence}
        if sides >= {"for", "against"}:
            yield _control(row, n)


def _control(row: ControlRow, n: int) -> Matrix:
    voices: dict[str, Voice] = {}
    stances: dict[str, Stance] = {}
    spoken: dict[str, list[standing.Voice]] = {"asserts": [], "denies": []}
    for e in sorted(row.evidence, key=lambda e: e.said_on or e.held_on):
        last = e.said_by[-1] if e.said_by else None
        who = (last.who if last else None) or "publisher not named"
        key = f"{last.tier if last else 'publisher'}:{names.fold(who)}"
        outlet = (e.said_by[0].who if e.said_by else None) or e.document
        chain = tuple(Link(who=x.who, id=x.entity, tier=x.tier, access=x.access) for x in e.said_by)
        voice = standing.Voice(said_by=chain, outlet=outlet, sentence=names.fold(e.words))
        side = "asserts" if e.side == "for" else "denies"
        spoken[side].append(voice)
        separate = standing.source_key(voice) is not None
        voices[key] = Voice(
            id=key, name=who, tier=last.tier if last else "publisher", outlets=(outlet,),
            separate=separate,
        )  # fmt: skip
        stances[key] = Stance(
            voice=key, stance=side, words=e.words, document=e.document, annotation=e.annotation,
            said_on=e.said_on,
        )  # fmt: skip
    words = f"{row.place} held by {row.holder or 'nobody'}"
    when = f", {row.from_ or 'not known when'} to {row.to or 'not said to have ended'}"
    counts = {side: standing.chains(found, links.roots()) for side, found in spoken.items()}
    proposition = Proposition(
        words=words + when, asserts=counts["asserts"], denies=counts["denies"],
        stances=tuple(stances[k] for k in voices),
    )  # fmt: skip
    return Matrix(
        id=f"{row.place_id}:{n}", kind="control", what="holder", words=words, event=None,
        document=None, headline=None, voices=tuple(voices.values()), propositions=(proposition,),
    )  # fmt: skip


class _Table:
    """The tellings of one event, sorted into columns."""

    def __init__(self, told: Sequence[Told], documents: dict[int, str]) -> None:
        self._told = told
        self._documents = documents
        spoken = [t.voice() for t in told]
        self._roots = standing.sources_of(spoken, links.roots())
        self._columns: dict[str, list[Told]] = {}
        for t, root in zip(told, self._roots, strict=True):
            self._columns.setdefault(root or _unlinked(t), []).append(t)

    def voices(self) -> tuple[Voice, ...]:
        outlets = {
            key: {t.row["publisher"] for t in column if t.row["publisher"]}
            for key, column in self._columns.items()
        }
        separate = {r for r in self._roots if r}
        return tuple(
            Voice(
                id=key, name=_name(column[0]), tier=str(column[0].row["tier"]),
                outlets=tuple(sorted(outlets[key])), separate=key in separate,
                linked=tuple(
                    other for other in self._columns
                    if other != key and outlets[other] & outlets[key]
                ),
            )
            for key, column in self._columns.items()
        )  # fmt: skip

    def polarity(self, row: EventRow) -> Matrix:
        """Did it happen? A source's last word counts."""
        stances = []
        sides: dict[str, list[Told]] = {"asserts": [], "denies": []}
        for key, column in self._columns.items():
            last = column[-1]
            side = "asserts" if last.facts.polarity == "positive" else "denies"
            sides[side].append(last)
            stances.append(self._stance(key, side, last))
        proposition = Proposition(
            words=row.words, asserts=_chains(sides["asserts"]), denies=_chains(sides["denies"]),
            stances=tuple(stances),
        )  # fmt: skip
        return self._matrix(row, "polarity", "polarity", [proposition])

    def number(self, row: EventRow, role: str) -> Matrix:
        """How many? Every value is a proposition; who gives one that cannot be reconciled with it
        denies it, who gives none is silent. A source's last figure counts."""
        groups = [n for n in row.numbers if n.role == role and n.disputed]
        rows = []
        for group in groups:
            same = (group.role, group.of, group.civilian, group.scope)
            latest = {key: _latest(column, same) for key, column in self._columns.items()}
            for value in group.values:
                span = _span(value.low, value.high, value.approximate)
                sides: dict[str, list[Told]] = {"asserts": [], "denies": []}
                stances = []
                for key, found in latest.items():
                    if found is None:
                        stances.append(Stance(voice=key, stance="silent"))
                        continue
                    t, number = found
                    theirs = _span(number.low, number.high, number.approximate)
                    side = "asserts" if _meet(span, theirs) else "denies"
                    sides[side].append(t)
                    stances.append(self._stance(key, side, t, number.words))
                rows.append(
                    Proposition(
                        words=value.words,
                        asserts=_chains(sides["asserts"]),
                        denies=_chains(sides["denies"]),
                        stances=tuple(stances),
                    )
                )
        return self._matrix(row, "number", role, rows)

    def _stance(self, key: str, side: str, t: Told, words: str | None = None) -> Stance:
        return Stance(
            voice=key, stance=side, words=words or t.row["words"],
            document=self._documents[t.row["document"]], annotation=t.row["annotation"],
            said_on=t.row["said_on"],
        )  # fmt: skip

    def _matrix(self, row: EventRow, kind: str, what: str, rows: list[Proposition]) -> Matrix:
        return Matrix(
            id=f"{row.id}:{what}", kind=kind, what=what, words=row.words, event=row.id,
            document=row.document, headline=None, voices=self.voices(), propositions=tuple(rows),
        )  # fmt: skip


def _unlinked(t: Told) -> str:
    """The column of a telling whose source cannot stand for itself."""
    last = t.facts.said_by[-1] if t.facts.said_by else None
    reader = any(x.tier == "reader" for x in t.facts.said_by)
    kind = "reader" if reader else "anonymous" if last and last.tier == "anonymous" else "outlet"
    who = names.fold(last.who or "") if last and kind != "outlet" else ""
    return f"{kind}:{who}@{names.fold(t.row['publisher'] or '') or t.row['document']}"


def _name(t: Told) -> str:
    last = t.facts.said_by[-1] if t.facts.said_by else None
    if last is None or last.tier == "publisher":
        return t.row["publisher"] or "publisher not named"
    return last.who or "not named"


def _latest(column: Sequence[Told], same: tuple[str, ...]) -> tuple[Told, Number] | None:
    """The last figure that a column gives for one question, and where."""
    found = None
    for t in column:
        for n in t.facts.numbers:
            if not n.subset and (n.role, n.of, n.civilian, n.scope) == same:
                found = t, n
    return found


def _chains(told: Iterable[Told]) -> int:
    return standing.chains([t.voice() for t in told], links.roots())


def _span(low: float | None, high: float | None, approximate: bool) -> tuple[float, float]:
    wide = _ROUGH if approximate else 0.0
    return (
        float("-inf") if low is None else low * (1 - wide),
        float("inf") if high is None else high * (1 + wide),
    )


def _meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]
