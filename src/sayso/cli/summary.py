"""What a page says, for a person at a terminal: events with who says so, forecasts, disputes."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sayso.cli.output import plain
from sayso.model.annotation import AnyAnnotation, Event, Forecast, Reply
from sayso.model.reading import Reading
from sayso.service import words

EVENTS, FORECASTS, DISPUTES = 24, 12, 8
"""The most that is shown of each; the rest is counted."""

ACTS = {
    "disputes": "disputes",
    "corrects": "corrects",
    "qualifies": "narrows or shifts",
    "asks_source": "asks for a source",
    "maintains": "maintains",
    "retracts": "takes back",
}


def show(console: Console, reading: Reading) -> None:
    """Prints the summary of one reading."""
    document = reading.document
    _line(console, 0, document.headline or document.key or document.id, "bold")
    facts = [
        document.publisher or "publisher not named",
        f"published {document.published or 'on a day the page does not say'}",
        _count(len(document.comments()), "comment"),
        document.id,
    ]
    _line(console, 2, " · ".join(facts), "dim")
    found, text = reading.annotations, document.text
    page = [e for e in found if isinstance(e, Event) and not _in_comment(reading, e)]
    readers = [e for e in found if isinstance(e, Event) and _in_comment(reading, e)]
    _block(console, "What happened, and who says so", (_event(e, text) for e in page), EVENTS)
    _block(console, "What readers report", (_event(e, text) for e in readers), DISPUTES)
    _block(
        console, "Forecasts", (_forecast(a) for a in found if isinstance(a, Forecast)), FORECASTS
    )
    _block(
        console, "Disputes among readers",
        (_reply(reading, r) for r in _exchanges(found)), DISPUTES,
    )  # fmt: skip
    for issue in reading.issues[:6]:
        _line(console, 2, f"note: {issue.message}", "dim")
    console.file.write("\n")


Lines = list[tuple[int, str, str]]


def _block(console: Console, title: str, items: Iterable[Lines], most: int) -> None:
    found = list(items)
    if not found:
        return
    _line(console, 2, f"{title} ({len(found)})", "bold cyan")
    for item in found[:most]:
        for indent, text, style in item:
            _line(console, indent, text, style)
    if len(found) > most:
        _line(console, 4, f"… and {len(found) - most} more", "dim")


def _event(event: Event, text: str) -> Lines:
    head = f"{words.kind_of(event)} · {words.reality(event)}"
    lines: Lines = [(4, head, "green" if event.status == "occurred" else "yellow")]
    lines.append((6, words.told(event, text), ""))
    for number in event.quantities:
        lines.append((6, words.count(number), ""))
    if event.time is not None:
        lines.append((6, f"when: {event.time.exact} ({event.time.edtf or 'open'})", ""))
    if event.outcome is not None:
        lines.append((6, f"outcome: {event.outcome.words.exact}", ""))
    lines.append((6, f"says: {words.chain(event.said_by)}", "dim"))
    return lines


def _forecast(forecast: Forecast) -> Lines:
    due = words.due(forecast.due)
    if forecast.due_words is not None:
        due += f" (“{forecast.due_words.exact}”)"
    lines: Lines = [(4, f"“{_cut(forecast.proposition.exact)}”", "")]
    said = forecast.probability_words.exact if forecast.probability_words else None
    sure = words.likelihood(forecast.probability, said and plain(said))
    by = words.chain((forecast.forecaster,))
    lines.append((6, f"by {by} · {sure} · due {due}", "dim"))
    if forecast.condition is not None:
        lines.append((6, f"only if: “{_cut(forecast.condition.exact)}”", "dim"))
    return lines


def _exchanges(found: Iterable[AnyAnnotation]) -> list[list[Reply]]:
    """What each comment does to one other, all acts of it together."""
    out: dict[tuple[str | None, str | None], list[Reply]] = {}
    for reply in found:
        if isinstance(reply, Reply) and reply.act in ACTS:
            out.setdefault((reply.from_part, reply.to_part), []).append(reply)
    return list(out.values())


def _reply(reading: Reading, acts: list[Reply]) -> Lines:
    authors = {p.id: p.author or "a reader" for p in reading.document.comments()}
    reply = acts[0]
    *others, last = dict.fromkeys(ACTS[a.act] for a in acts)
    done = f"{', '.join(others)} and {last}" if others else last
    line = f"{authors.get(reply.from_part, 'a reader')} {done}"
    if reply.to_part is not None:
        line += f", answering {authors.get(reply.to_part, 'the page')}"
    said = max(acts, key=lambda a: len(a.exact))
    lines: Lines = [(4, f"{line}: “{_cut(said.exact)}”", "")]
    target = next((a.to for a in acts if a.to is not None), None)
    if target is not None:
        lines.append((6, f"on: “{_cut(target.exact)}”", "dim"))
    return lines


def _in_comment(reading: Reading, event: Event) -> bool:
    part = reading.document.part_at(event.start)
    return part is not None and part.kind == "comment"


def _cut(text: str, most: int = 160) -> str:
    text = plain(text)
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _line(console: Console, indent: int, text: str, style: str = "") -> None:
    if console.is_terminal:
        console.print(Padding(Text(plain(text), style=style), (0, 0, 0, indent)))
    else:  # whole lines, for grep
        console.file.write(" " * indent + plain(text) + "\n")
