"""The days on which forecasts fall due, as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sayso.errors import SaysoError
from sayso.model.rows import ForecastRow
from sayso.record.record import Record
from sayso.service import ask

_LINE = 75  # octets, RFC 5545 section 3.1


def write(record: Record, path: str) -> int:
    """Writes one day entry per forecast that has a last day and no outcome; gives their number.
    The entry stands on the day after the last one, when the forecast can be judged. Raises
    SaysoError where the file cannot be written."""
    rows = [f for f in ask.forecasts(record, limit=None).rows if f.due_to and f.outcome is None]
    text = calendar(rows, record.stamp())
    try:
        Path(path).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise SaysoError(f"{path}: cannot be written ({error.strerror})") from error
    return len(rows)


def calendar(rows: list[ForecastRow], stamp: str) -> str:
    """The calendar as text. `stamp` is when it was made."""
    made = "".join(c for c in stamp[:19] if c.isdigit() or c == "T") + "Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sayso//forecasts//EN"]
    for row in rows:
        lines += _entry(row, made)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _entry(row: ForecastRow, made: str) -> list[str]:
    day = date.fromisoformat(row.due_to or "") + timedelta(days=1)
    who = row.forecaster.who if row.forecaster.tier != "reader" else "a reader"
    about = row.question or row.proposition
    words = f"{who or 'the publisher'}: {row.words}"
    return [
        "BEGIN:VEVENT", f"UID:{row.id}@sayso", f"DTSTAMP:{made}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"SUMMARY:{_escaped('To judge: ' + about)}",
        f"DESCRIPTION:{_escaped(words)}", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip


def _escaped(text: str) -> str:
    plain = " ".join(text.split())
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, "\\" + mark)
    return "".join(c for c in plain if c.isprintable())


def _folded(line: str) -> Iterator[str]:
    """A long line in pieces of at most 75 octets, each after the first led by a space."""
    piece = ""
    for char in line:
        if len((piece + char).encode("utf-8", "replace")) > _LINE:
            yield piece
            piece = " "
        piece += char
    yield piece
