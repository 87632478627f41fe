"""How the facts of a telling stand in its row: some have a column of their own, the rest is JSON.

The JSON (`telling.body`) is a list in the order of the fields of `Facts`: half the size of named
values and four times as fast. A million of them are read when events are joined.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from sayso.record.database import Row
from sayso.record.facts import Facts, Link, Number, Where, Who
from sayso.record.plain import compact

_BESIDE = (
    "event_type", "mode", "act", "granularity", "status", "polarity", "certainty", "edtf",
    "sentence",
)  # fmt: skip
"""The fields that have a column; that of the sentence is called `words`."""
_INSIDE = tuple([name for name in Facts._fields if name not in _BESIDE])
_NAMES = (*_BESIDE[:-1], "words", "body")
COLUMNS = ", ".join(_NAMES)
"""The columns that `unpack` reads."""

RECENT = 20_000
"""Facts kept at hand: what was read for joining is asked again when its event is summed up."""
_recent: dict[tuple[Any, ...], Facts] = {}

_columns = itemgetter(*_NAMES)
_inside = itemgetter(*[Facts._fields.index(name) for name in _INSIDE])
_in_order = itemgetter(*[(*_BESIDE, *_INSIDE).index(name) for name in Facts._fields])


def pack(facts: Facts) -> str:
    """The facts that have no column of their own as JSON."""
    return compact(_inside(facts))


def unpack(row: Row | Mapping[str, Any]) -> Facts:
    """The facts of a telling's row; those asked for again soon cost nothing."""
    key = _columns(row)
    found = _recent.get(key)
    if found is None:
        *beside, body = key
        inside = json.loads(body)
        # Before schema 6 the body had all facts, and at first no open days at its end.
        every = inside if len(inside) > len(_INSIDE) else list(_in_order([*beside, *inside]))
        if len(every) < len(Facts._fields):
            every.append(None)
        for at, made in _MADE:
            every[at] = made(every[at])
        if len(_recent) >= RECENT:
            _recent.clear()
        found = _recent[key] = Facts._make(every)
    return found


def _chain(rows: list[list[Any]]) -> tuple[Link, ...]:
    return tuple([Link._make(r) for r in rows])


_MADE: tuple[tuple[int, Callable[[Any], Any]], ...] = tuple(
    (Facts._fields.index(name), made)
    for name, made in (
        ("actors", lambda rows: tuple([Who._make(r) for r in rows])),
        ("places", lambda rows: tuple([Where._make(r) for r in rows])),
        ("numbers", lambda rows: tuple([Number._make([*r[:-1], _chain(r[-1])]) for r in rows])),
        ("said_by", _chain),
        ("context", tuple),
        ("weapons", tuple),
        ("open_days", lambda days: tuple(days) if days else None),
    )
)
"""The fields that are more than what JSON gives, and how they are made of it."""
