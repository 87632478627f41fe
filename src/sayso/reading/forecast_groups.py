"""Numbered lists of forecasts under one deadline."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.model.annotation import Forecast
from sayso.model.document import Part
from sayso.model.span import Span
from sayso.reading.draft import Draft
from sayso.reading.forecast_lexicon import form
from sayso.reading.forecast_plain import plain
from sayso.reading.forecast_words import header_due
from sayso.reading.timex_deadline import deadline

_ITEM = re.compile(r"^[^\S\n]*\(?(\d{1,2})(?:[.):\-]|(?=[^\S\n]+\D))[^\S\n]*", re.MULTILINE)


def items(text: str, part: Part) -> list[tuple[int, int]]:
    """The spans of a numbered list's items (1, 2, 3 …) in a part; empty without a run of two."""
    starts: list[int] = []
    for match in _ITEM.finditer(text, part.start, part.end):
        if int(match.group(1)) == len(starts) + 1:
            starts.append(match.start())
    if len(starts) < 2:
        return []
    return list(zip(starts, [*starts[1:], part.end], strict=True))


def _opening(draft: Draft, part: Part, first: int) -> tuple[str | None, Span] | None:
    """The time that the line before a list gives to all its items, as EDTF and words."""
    end = first
    while end > part.start and draft.text[end - 1].isspace():
        end -= 1
    start = max(part.start, draft.text.rfind("\n", part.start, end) + 1)
    if end <= start or not form("list_link").search(draft.text[start:end]):
        return None
    found = header_due(plain(draft.text, start, end))
    if found is None:
        return None
    given = deadline(draft, start, end)
    return (given.edtf if given else None), draft.span(found.start, found.end)


def after_number(text: str, part: Part, start: int, end: int) -> int:
    """The start of the words that follow an item's number, if the stretch begins with one."""
    line = text.rfind("\n", part.start, start) + 1 or part.start
    match = _ITEM.match(text, max(line, part.start), end)
    if match and match.start() <= start < match.end() < end:
        return match.end()
    return start


def grouped(draft: Draft, found: list[Forecast]) -> list[Forecast]:
    """The forecasts with those of one numbered list marked as one group. Items without a time of
    their own are due when the forecast that opens the list is."""
    by_part: dict[str | None, list[int]] = {}
    for n, forecast in enumerate(found):
        by_part.setdefault(forecast.part, []).append(n)
    out = list(found)
    for part in draft.document.parts:
        mine = by_part.get(part.id, [])
        if len(mine) < 2:
            continue
        spans = items(draft.text, part)
        if not spans:
            continue
        first = spans[0][0]
        listed = [n for n in mine if found[n].start >= first]
        if len(listed) < 2:
            continue
        name = f"{part.id}.1"
        opening = _opening(draft, part, first)
        head = next(
            (found[n] for n in reversed(mine) if found[n].end <= first and found[n].due_words), None
        )
        if head is not None and not form("list_link").search(draft.text[head.end : first]):
            head = None
        for n in listed:
            forecast = replace(found[n], group=name)
            when = (head.due, head.due_words) if head is not None else opening
            if when is not None and forecast.due_words is None:
                forecast = replace(
                    forecast,
                    due=when[0],
                    due_words=when[1],
                    missing=tuple(m for m in forecast.missing or () if m != "no time given"),
                )
            out[n] = forecast
        if head is not None:
            at = found.index(head)
            out[at] = replace(out[at], group=name)
    return out
