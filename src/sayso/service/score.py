"""Keeping the score: what is due, what in the record speaks to it, who was right how often.

A person decides outcomes (`judge` with the act `outcome`); nothing here decides any. A forecast is
scored only when its last day has passed, because early yeses come first; one without a day that it
is due by is counted, never scored. A commenter is scored within one page; across pages only where
a person recorded why (`judge across reader:NAME`: a public figure, an outlet, their own wish).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast, get_args

from sayso.errors import UsageError
from sayso.model.annotation import Forecast
from sayso.model.rows import ControlRow, EventRow, ForecastRow, Judgement
from sayso.record import days, judgements, scores, verdicts
from sayso.record.query import Filters
from sayso.record.record import Record
from sayso.service import ask
from sayso.service.judge import judge

By = Literal["all", "outlet", "official", "source", "reader", "person", "page", "topic", "horizon"]
GROUPS: tuple[By, ...] = get_args(By)

_HORIZONS = ((7, "within a week"), (31, "within a month"), (92, "within three months"),
             (366, "within a year"))  # fmt: skip
_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the record has that speaks to a forecast, and in what it does: an event, or a state of
    control (`event` is None then)."""

    event: EventRow | None
    matches: tuple[str, ...]
    control: ControlRow | None = None

    @property
    def words(self) -> str:
        """What it says, in one line."""
        if self.event is not None:
            return self.event.words
        assert self.control is not None
        since = f" since {self.control.from_}" if self.control.from_ else ""
        until = f" until {self.control.to}" if self.control.to else ""
        holder = self.control.holder or "nobody"
        return f"{self.control.place}: held by {holder}{since}{until} ({self.control.certainty})"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupScore:
    """One line of the score. `open` forecasts are not due yet, `undated` have no day that they are
    due by, `due` wait for a person's decision; `early` were decided before their day and wait."""

    name: str
    forecasts: int
    open: int
    undated: int
    due: int
    early: int
    reading: str
    score: scores.Score


def today(record: Record) -> str:
    """The day of the record's clock (UTC)."""
    return record.stamp()[:10]


def due(record: Record, on: str | None = None, *, ahead: int = 0) -> list[ForecastRow]:
    """The forecasts whose last day has passed and that nobody has decided, the oldest first; with
    `ahead` also those whose last day comes within so many days."""
    day = date.fromisoformat(on or today(record)) + timedelta(days=ahead)
    last = day.isoformat()
    return [f for f in _all(record) if f.due_to and f.due_to < last and f.outcome is None]


def reminder(record: Record) -> str | None:
    """One line about what waits for a decision, or None."""
    waiting = len(due(record))
    if not waiting:
        return None
    told = "forecast waits" if waiting == 1 else "forecasts wait"
    return f"{waiting} {told} for a decision: sayso due"


def decide(
    record: Record,
    forecast: str,
    outcome: str,
    *,
    why: str,
    evidence: Iterable[str] = (),
    who: str | None = None,
) -> Judgement:
    """Records a person's decision about what came of a forecast, with the events that it rests on.
    It can be undone; both stay in the log. Raises UsageError."""
    body: dict[str, object] = {"evidence": list(evidence)}
    return judge(record, "outcome", forecast, verdict=outcome, why=why, body=body, who=who)


def history(record: Record, forecast: str) -> list[Judgement]:
    """Every decision about a forecast and every undo, oldest first."""
    made = [j for j in judgements.everything(record.database) if j.act in {"outcome", "undo"}]
    mine = {j.id for j in made if j.subject == forecast}
    return [j for j in made if j.subject == forecast or j.undoes in mine]


def proposals(record: Record, forecast: str) -> list[Proposal]:
    """What speaks to the forecast between the day on which it was said and the day that it is due
    by: events that happened, of its kind, at its places, with its actors; and who held its places.
    Best matches first; it is evidence to look at, and decides nothing. Raises UsageError for an
    unknown id."""
    row = next((f for f in _all(record) if f.id == forecast), None)
    if row is None:
        raise UsageError(f"{forecast}: there is no such forecast in {record.path}")
    names = _named(record, row)
    since = row.due_from or row.said_on
    found: dict[str, tuple[EventRow, set[str]]] = {}
    for kind, name in names:
        asked = (
            Filters(actor=name, since=since, until=row.due_to)
            if kind == "actor"
            else Filters(place=name, since=since, until=row.due_to)
        )
        for event in ask.events(record, asked, limit=100).rows:
            if event.status in {"occurred", "ongoing"} and event.document != row.document:
                found.setdefault(event.id, (event, set()))[1].add(name)
    wanted = _topic(record, row)
    out = []
    for event, matched in found.values():
        if wanted and wanted in {event.event_type, event.act}:
            matched.add(wanted)
        out.append(Proposal(event=event, matches=tuple(sorted(matched))))
    out += _held(record, row, names, since)
    out.sort(key=lambda p: (-len(p.matches), p.event is None, *_when(p)))
    return out[:_MOST]


def _when(proposal: Proposal) -> tuple[str, str]:
    if proposal.event is not None:
        return proposal.event.time_from or "", proposal.event.id
    assert proposal.control is not None
    return proposal.control.from_ or "", proposal.control.place_id


def _held(
    record: Record, row: ForecastRow, names: list[tuple[str, str]], since: str | None
) -> list[Proposal]:
    """Who held the forecast's places in its time, by tellings of other pages."""
    actors = {name for kind, name in names if kind == "actor"}
    out = []
    for place in (name for kind, name in names if kind == "place"):
        for state in ask.control(record, Filters(place=place), limit=100).rows:
            if state.undated or all(e.document == row.document for e in state.evidence):
                continue
            began, ended = (days.bounds(x) if x else (None, None) for x in (state.from_, state.to))
            if (row.due_to and began[0] and began[0] > row.due_to) or (
                since and ended[1] and ended[1] < since
            ):
                continue
            matches = {place} | ({state.holder} if state.holder in actors else set())
            out.append(
                Proposal(event=None, control=state, matches=tuple(sorted(m for m in matches if m)))
            )
    return out


def score(
    record: Record,
    by: By = "all",
    *,
    reading: scores.ReadingOf = "middle",
    unhedged: float | None = None,
    on: str | None = None,
    person: str | None = None,
) -> list[GroupScore]:
    """The score of every group, the most forecasts first. `reading` says which number stands for
    an interval of probability words, `unhedged` which for a bald "will" (None: no number, counted
    as right or wrong alone). By `person` a commenter is scored across pages (`person` names one).
    Raises UsageError for a group that there is not, and for a commenter without a reason."""
    if by not in GROUPS:
        raise UsageError(f"{by}: the score can be had by {', '.join(GROUPS)}")
    if person is not None and by != "person":
        raise UsageError("a name goes with --by person")
    known = across(record) if by == "person" else {}
    if by == "person" and not (known if person is None else person in known):
        raise UsageError(
            f"{person or 'nobody'}: a commenter is scored across pages only where a person recorded"
            f" why: sayso judge across '{verdicts.READER}{person or 'NAME'}' --verdict"
            f" '{' | '.join(verdicts.ACROSS)}' --why …"
        )
    day = on or today(record)
    groups: dict[str, list[ForecastRow]] = {}
    for row in _all(record):
        name = _person(row, known, person) if by == "person" else _group(record, row, by)
        if name is not None:
            groups.setdefault(name, []).append(row)
    out = [_group_score(n, rows, day, reading, unhedged) for n, rows in groups.items()]
    return sorted(out, key=lambda g: (-g.forecasts, g.name))


def across(record: Record) -> dict[str, Judgement]:
    """The commenters who may be scored across pages, by name, with the reason that was recorded."""
    held = judgements.held(record.database, "across")
    return {subject[len(verdicts.READER) :]: made for subject, made in held.items()}


def _person(row: ForecastRow, known: dict[str, Judgement], person: str | None) -> str | None:
    who = row.forecaster.who
    if row.forecaster.tier != "reader" or who not in known or person not in {None, who}:
        return None
    return f"{who} ({known[who].verdict})"


def of(record: Record, rows: list[ForecastRow], name: str, *, on: str | None = None) -> GroupScore:
    """The score of these forecasts alone, by the middle of each interval."""
    return _group_score(name, rows, on or today(record), "middle", None)


def _group_score(
    name: str, rows: list[ForecastRow], day: str, reading: scores.ReadingOf, unhedged: float | None
) -> GroupScore:
    past = [r for r in rows if r.due_to and r.due_to < day]
    judged = [scores.Judged(r.outcome, r.probability) for r in past if r.outcome in scores.OUTCOMES]
    words = f"{reading} of the interval; unhedged " + (
        "counts as right or wrong alone" if unhedged is None else f"read as {unhedged:g}"
    )
    return GroupScore(
        name=name,
        forecasts=len(rows),
        open=sum(1 for r in rows if r.due_to and r.due_to >= day),
        undated=sum(1 for r in rows if not r.due_to),
        due=sum(1 for r in past if r.outcome is None),
        early=sum(1 for r in rows if r.outcome and r not in past),
        reading=words,
        score=scores.score(judged, reading=reading, unhedged=unhedged),
    )


def _all(record: Record) -> list[ForecastRow]:
    return list(ask.forecasts(record, limit=None).rows)


def _group(record: Record, row: ForecastRow, by: By) -> str | None:
    who, tier = row.forecaster.who, row.forecaster.tier
    if by == "all":
        return "all forecasts"
    if by == "page":
        return f"{row.document} {row.headline or ''}".strip()
    if by == "outlet":
        return (who or "publisher not named") if tier == "publisher" else None
    if by == "official":
        return (who or "not named") if tier == "official" else None
    if by == "source":
        return (who or "not named") if tier not in {"publisher", "reader"} else None
    if by == "reader":
        # Within their own page: the same name on two pages stays two.
        return f"{who or 'not named'} on {row.document}" if tier == "reader" else None
    if by == "topic":
        return _topic(record, row) or "no event type"
    return horizon(row.said_on, row.due_to)


def horizon(said_on: str | None, due_to: str | None) -> str:
    """How far ahead a forecast looked, in words."""
    if said_on is None or due_to is None:
        return "unknown"
    days = (date.fromisoformat(due_to) - date.fromisoformat(said_on)).days
    return next((name for most, name in _HORIZONS if days <= most), "longer than a year")


def _body(record: Record, row: ForecastRow) -> dict[str, object]:
    text = record.database.value("SELECT body FROM forecast WHERE id = ?", (row.id,))
    return cast(dict[str, object], json.loads(text)) if text else {}


def _topic(record: Record, row: ForecastRow) -> str | None:
    """The type of the event that the forecast is about, if the reading knew one."""
    annotation = _body(record, row).get("event")
    if not isinstance(annotation, str):
        return None
    event = ask.event_of(record, row.document, annotation)
    if event is None:
        return None
    found = record.database.one("SELECT event_type, act FROM event WHERE id = ?", (event,))
    return (found["event_type"] or found["act"]) if found else None


def _named(record: Record, row: ForecastRow) -> list[tuple[str, str]]:
    """(kind, name) of the actors and places that stand in the forecast's words."""
    reading = ask.reading(record, row.document)
    forecast = next(
        (a for a in reading.annotations if isinstance(a, Forecast) and a.id == row.annotation), None
    )
    if forecast is None:
        return []
    entities = {e.id: e for e in reading.entities}
    out: dict[tuple[str, str], None] = {}
    for annotation in reading.annotations:
        entity = entities.get(getattr(annotation, "entity", None) or "")
        if (
            annotation.kind == "mention"
            and entity is not None
            and forecast.proposition.overlaps(annotation.start, annotation.end)
        ):
            out[entity.kind, entity.name] = None
    return list(out)
