"""The frame around every view: the two clocks, what narrows it, and the address that says so.

"On" is the day on which something was so; "known by" is the day by which it had been said, or (with
`basis` captured) was held here. All of it is in the address: a link shows what its sender saw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import Request

from sayso.record.query import Filters

CLOCKS = ("since", "until", "on", "known_by", "basis")
KEPT = ("view", "day", "as", "by", "limit")
"""What an address may say besides filters and stays when the filters change."""

LABELS = {
    "since": "from", "until": "to", "on": "on", "known_by": "known by", "basis": "known means",
    "text": "words", "type": "type", "mode": "mode", "status": "reality", "actor": "actor",
    "place": "place", "source": "source", "publisher": "publisher", "tier": "tier",
    "standing": "standing", "readers": "readers’ tellings",
    "page": "page", "author": "author", "act": "act", "bbox": "box",
    "keep": "kept readings only",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """A field of the filter form."""

    name: str
    label: str
    options: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field with what the address gives for it."""

    name: str
    label: str
    options: tuple[str, ...]
    hint: str
    value: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """One thing that narrows a view, and the address without it. `idle`: it does nothing here."""

    label: str
    value: str
    without: str
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the form and the chips of a view show. `clock` says in words how the clocks are set."""

    fields: tuple[Asked, ...]
    times: dict[str, str]
    chips: tuple[Narrowed, ...]
    kept: tuple[tuple[str, str], ...]
    clock: str
    now: str


def frame(request: Request, filters: tuple[Filter, ...]) -> Frame:
    """The frame of a view that takes these filters besides the clocks."""
    given = {k: v for k, v in request.query_params.items() if v}
    takes = {f.name for f in filters} | set(CLOCKS)
    if given.get("known-by"):
        given["known_by"] = given.pop("known-by")
    chips = []
    for name, value in given.items():
        if name not in LABELS or name == "basis":
            continue
        without = {k: v for k, v in given.items() if k not in (name, "after", "open")}
        if name == "known_by":
            without.pop("basis", None)
        chips.append(
            Narrowed(LABELS[name], value, _address(request, without), idle=name not in takes)
        )
    plain = {k: v for k, v in given.items() if k not in ("on", "known_by", "basis", "after")}
    return Frame(
        fields=tuple(
            Asked(f.name, f.label, f.options, f.hint, given.get(f.name, "")) for f in filters
        ),
        times={name: given.get(name, "") for name in CLOCKS},
        chips=tuple(chips),
        kept=tuple((k, given[k]) for k in KEPT if k in given),
        clock=_clock(given),
        now=_address(request, plain),
    )


def _clock(given: dict[str, str]) -> str:
    said = []
    if given.get("on"):
        said.append(f"what was so on {given['on']}")
    if given.get("known_by"):
        how = "held here" if given.get("basis") == "captured" else "said"
        said.append(f"only what had been {how} by {given['known_by']}")
    return ", ".join(said)


def _address(request: Request, values: dict[str, str]) -> str:
    return request.url.path + ("?" + urlencode(values) if values else "")


def carried(request: Request, to: tuple[str, ...]) -> str:
    """The query that a link to another view takes along: the clocks, and the filters it takes."""
    given = request.query_params
    kept = {k: given[k] for k in (*CLOCKS, *to) if given.get(k)}
    return "?" + urlencode(kept) if kept else ""


def in_range(filters: Filters) -> Filters:
    """`on` as a time range of one day, for lists whose rows have a range but no state."""
    if filters.on is None:
        return filters
    since = max(filters.since or filters.on, filters.on)
    until = min(filters.until or filters.on, filters.on)
    return replace(filters, since=since, until=until, on=None)
