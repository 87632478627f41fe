"""One reading as what the page and event templates show. No HTML here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sayso.model.annotation import (
    AnyAnnotation,
    Arg,
    Attribution,
    Event,
    Forecast,
    Quantity,
    Reply,
    SaidBy,
    Timex,
)
from sayso.model.document import Part
from sayso.model.pseudonyms import pseudonyms
from sayso.model.reading import Reading
from sayso.service import words
from sayso.web.highlight import Branch, Mark, Run, marks, own_words, runs, tree

Folds = Callable[[str], tuple[str, ...]]

LAYERS = (
    ("event", "events"),
    ("source", "who says so"),
    ("own", "what the page adds to its source’s words"),
    ("forecast", "forecasts"),
    ("time", "times"),
    ("number", "numbers"),
    ("place", "places"),
    ("actor", "actors"),
)
ACTS = {
    "asks_source": "asks for a source",
    "disputes": "disputes",
    "corrects": "corrects",
    "qualifies": "narrows or shifts",
    "maintains": "maintains",
    "retracts": "takes back",
    "answers": "answers",
    "agrees": "agrees",
    "quotes": "quotes",
    "asks": "asks",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A small label; `css` is a class of the style sheet."""

    text: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card; `href` leads to the words behind it."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One card: what was read, its words, who says so."""

    id: str
    title: str
    words: str = ""
    chips: tuple[Chip, ...] = ()
    lines: tuple[Line, ...] = ()
    said_by: SaidBy = ()
    href: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Cards of one kind."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a part; `folded` are the categories for which it waits for a click."""

    runs: list[Run]
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the article with its runs."""

    id: str
    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a walk through the thread: a list opens or closes, a comment begins or ends."""

    open: bool = False
    close: bool = False
    end: bool = False
    part: Part | None = None
    author: str = ""
    runs: tuple[Run, ...] = ()
    tags: tuple[Line, ...] = ()
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field of an event."""

    text: str
    exact: str
    said_by: SaidBy
    chips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an event with all its values; rivals are values of their own."""

    name: str
    values: tuple[Value, ...]


def shown_marks(reading: Reading) -> list[Mark]:
    """All highlights of a reading."""
    places = frozenset(e.id for e in reading.entities if e.kind == "place")
    own = own_words(reading.document.text, reading.annotations)
    first = min((p.start for p in reading.document.comments()), default=len(reading.document.text))
    kept = [m for m in own if m.start < first]  # in a comment all words are the reader's
    return [*marks(reading.annotations, places), *kept]


def article(reading: Reading, found: list[Mark], folds: Folds) -> list[Shown]:
    """The parts that are no comments, in text order; what is folded is a piece of its own, by
    paragraphs."""
    text = reading.document.text
    return [
        Shown(p.id, p.kind, _pieces(text, p.start, p.end, found, folds))
        for p in reading.document.parts
        if p.kind != "comment" and p.start < p.end
    ]


def _pieces(text: str, start: int, end: int, found: list[Mark], folds: Folds) -> tuple[Piece, ...]:
    if not folds(text[start:end]):
        return (Piece(runs(text, start, end, found)),)
    out: list[Piece] = []
    open_from, at = start, start
    for line in text[start:end].splitlines(keepends=True):
        kinds = folds(line)
        if kinds:
            if open_from < at:
                out.append(Piece(runs(text, open_from, at, found)))
            out.append(Piece(runs(text, at, at + len(line), found), kinds))
            open_from = at + len(line)
        at += len(line)
    if open_from < end:
        out.append(Piece(runs(text, open_from, end, found)))
    return tuple(out)


def folded(article: list[Shown], steps: list[Step]) -> list[tuple[str, int]]:
    """How many passages of a page are folded, by category."""
    counts: dict[str, int] = {}
    kinds = [k for s in article for p in s.pieces for k in p.folded]
    for kind in [*kinds, *(k for s in steps for k in s.folded)]:
        counts[kind] = counts.get(kind, 0) + 1
    return sorted(counts.items())


def thread(reading: Reading, found: list[Mark], names: bool, folds: Folds) -> list[Step]:
    """The discussion as a flat walk (threads can be deeper than a template may recurse).

    With `names` False commenters are shown as "reader 1", "reader 2" … in order of appearance.
    """
    text = reading.document.text
    tags: dict[str, list[Line]] = {}
    for a in reading.annotations:
        if isinstance(a, Reply):
            tags.setdefault(a.from_part, []).append(_reply_tag(a))
        elif isinstance(a, Forecast) and a.part is not None:
            tags.setdefault(a.part, []).append(Line("forecast", f"#{a.id}"))
    called = pseudonyms(reading)
    steps: list[Step] = []

    def begin(branch: Branch) -> Step:
        part = branch.part
        author = part.author or "a reader without a name"
        return Step(
            part=part,
            author=author if names else called.get(part.author or "", author),
            runs=tuple(runs(text, part.start, part.end, found)),
            tags=tuple(dict.fromkeys(tags.get(part.id, ()))),
            folded=folds(text[part.start : part.end]),
        )

    def walk(top: tuple[Branch, ...]) -> Iterator[Step]:
        stack: list[Step | tuple[Branch, ...]] = [top]
        while stack:
            item = stack.pop()
            if isinstance(item, Step):
                yield item
                continue
            if not item:
                continue
            yield Step(open=True)
            todo: list[Step | tuple[Branch, ...]] = []
            for branch in item:
                todo += [begin(branch), branch.replies, Step(end=True)]
            todo.append(Step(close=True))
            stack.extend(reversed(todo))

    steps.extend(walk(tree(reading.document.parts)))
    return steps


def _reply_tag(reply: Reply) -> Line:
    """What a comment does, with the words it answers, and where they stand."""
    if reply.to is not None and reply.to.start < reply.to.end:
        words_ = " ".join(reply.to.exact.split())
        short = words_ if len(words_) <= QUOTED else words_[:QUOTED].rsplit(" ", 1)[0] + " …"
        return Line(f"{ACTS[reply.act]} “{short}”", f"#{reply.id}")
    return Line(ACTS[reply.act], f"#{reply.to_part}" if reply.to_part else "")


QUOTED = 60
"""Characters of the words that a tag quotes."""


def _event_item(event: Event, text: str, page: str, spans: dict[tuple[int, int], str]) -> Item:
    chips = [Chip(words.kind_of(event), "type")]
    if words.reality(event) != "occurred":  # what is said plainly to have occurred needs no label
        chips.append(Chip(words.reality(event), "status"))

    def line(text: str, start: int | None, end: int | None) -> Line:
        found = spans.get((start or 0, end or 0))
        return Line(text, f"#{found or event.id}")

    lines = [line(words.count(q), q.start, q.end) for q in event.quantities]
    if event.time is not None:
        time = event.time
        lines.append(line(f"time: {time.exact} ({time.edtf or 'open'})", time.start, time.end))
    if event.outcome is not None:
        lines.append(Line(f"outcome: “{event.outcome.words.exact}”"))
    return Item(
        id=event.id,
        title=words.told(event, text, "“”"),
        chips=tuple(chips),
        lines=tuple(lines),
        said_by=event.said_by,
        href=f"/events/{page}.{event.id}",
    )


def forecast_item(forecast: Forecast) -> Item:
    """A forecast as a card: proposition, due, probability, condition, forecaster."""
    lines = [f"due: {words.due(forecast.due)}"]
    if forecast.due_words is not None:
        lines[0] += f" (“{forecast.due_words.exact}”)"
    said = forecast.probability_words.exact if forecast.probability_words else None
    lines.append(f"likelihood: {words.likelihood(forecast.probability, said)}")
    if forecast.condition is not None:
        lines.append(f"only if: “{forecast.condition.exact}”")
    if forecast.missing:
        lines.append("cannot be judged yet, missing: " + ", ".join(forecast.missing))
    return Item(
        id=forecast.id,
        title="Forecast",
        words=forecast.proposition.exact,
        lines=tuple(map(Line, lines)),
        said_by=(forecast.forecaster,),
    )


def _reply_item(reply: Reply, authors: dict[str, str]) -> Item:
    line = f"{authors.get(reply.from_part, 'a reader')} {ACTS[reply.act]}"
    if reply.to_part is not None:
        line += f", answering {authors.get(reply.to_part, 'the page')}"
    return Item(
        id=reply.id,
        title=ACTS[reply.act].capitalize(),
        words=reply.to.exact if reply.to is not None else reply.exact[:200],
        lines=(Line(line),),
    )


def _attribution_item(a: Attribution) -> Item:
    return Item(
        id=a.id,
        title=(a.source.exact if a.source is not None else "somebody who is not named"),
        words=" … ".join(c.exact for c in a.content),
        chips=(Chip(a.cue.exact), Chip(a.tier or "tier not known")),
    )


def groups(reading: Reading, page: str, names: bool) -> list[Group]:
    """The cards beside the text, in the order in which a reader asks: what happened, what is
    coming, what is disputed, who is quoted."""

    def of(cls: type[AnyAnnotation]) -> list[AnyAnnotation]:
        return sorted((a for a in reading.annotations if isinstance(a, cls)), key=lambda a: a.start)

    text = reading.document.text
    spans = {(a.start, a.end): a.id for a in reading.annotations if isinstance(a, Quantity | Timex)}
    called = pseudonyms(reading)
    authors = {
        p.id: (p.author or "a reader") if names else called.get(p.author or "", "a reader")
        for p in reading.document.comments()
    }
    return [
        Group(
            "Events",
            tuple(_event_item(a, text, page, spans) for a in of(Event) if isinstance(a, Event)),
        ),
        Group(
            "Forecasts", tuple(forecast_item(a) for a in of(Forecast) if isinstance(a, Forecast))
        ),
        Group(
            "What readers do",
            tuple(_reply_item(a, authors) for a in of(Reply) if isinstance(a, Reply)),
        ),
        Group(
            "Who is quoted",
            tuple(_attribution_item(a) for a in of(Attribution) if isinstance(a, Attribution)),
        ),
    ]


def fields(event: Event, reading: Reading) -> list[Field]:
    """Field by field: value, words, who says so."""
    names = {e.id: e for e in reading.entities}

    def values(found: tuple[Arg, ...]) -> tuple[Value, ...]:
        out = []
        for arg in found:
            entity = names.get(arg.entity or "")
            chips: list[str] = []
            if arg.precision:
                chips.append(arg.precision)
            if arg.radius_km:
                chips.append(f"within {arg.radius_km:g} km")
            if arg.blame:
                chips.append(arg.blame)
            if entity is not None and entity.id.startswith("new:"):
                chips.append("not in the tables")
            out.append(
                Value(
                    entity.name if entity else "not resolved",
                    arg.exact,
                    arg.said_by or event.said_by,
                    tuple(chips),
                )
            )
        return tuple(out)

    rows = [
        Field(name, values(found))
        for name, found in (
            ("actor", event.actor),
            ("recipient", event.recipient),
            ("place", event.place),
            ("origin", event.origin),
            ("destination", event.destination),
            ("weapon", event.weapon),
        )
        if found
    ]
    if event.time is not None:
        time = Value(event.time.edtf or "open", event.time.exact, event.said_by)
        rows.append(Field("time", (time,)))
    if event.quantities:
        rows.append(
            Field(
                "numbers",
                tuple(
                    Value(
                        words.count(q),
                        q.exact,
                        q.said_by or event.said_by,
                        tuple(
                            c
                            for c in (
                                f"of the {q.of}" if q.of in ("actor", "recipient") else "",
                                "cumulative" if q.scope == "cumulative" else "",
                                "part of another number" if q.subset_of is not None else "",
                            )
                            if c
                        ),
                    )
                    for q in event.quantities
                ),
            )
        )
    if event.outcome is not None:
        outcome = event.outcome
        won = f"winner {outcome.winner.exact}" if outcome.winner else ""
        lost = f"loser {outcome.loser.exact}" if outcome.loser else ""
        text = ", ".join(p for p in (won, lost) if p)
        rows.append(Field("outcome", (Value(text, outcome.words.exact, event.said_by),)))
    decided = ", ".join(f"“{s.exact}”" for s in event.reality_words)
    rows.append(
        Field("reality", (Value(words.reality(event), decided.strip("“”"), event.said_by),))
    )
    return rows
