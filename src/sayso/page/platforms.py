"""The comment platforms that Sayso knows: one YAML file each in `knowledge/data/threads/platforms`.

A file says by what a page of the platform is known (`signs`), which element is a comment, and
where its author, time, text, key and parent stand. Places are written `selector@attribute`;
without an attribute the element's words are meant; a selector `.` is the comment itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.errors import KnowledgeError
from sayso.knowledge import tables
from sayso.page import selectors

FOLDER = ("threads", "platforms")

_KEYS: frozenset[str] = frozenset(
    {"name", "signs", "comment", "inside", "outside", "author", "time", "text", "drop"}
    | {"drop_lines", "key", "key_pattern", "tree", "quote", "opening", "example", "expect"}
    | {"not", "see", "general"}
)
_VOTES = frozenset(["nest", "depth", "parent", "number", "after", "margin"])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a selector below the comment ("." for itself), and an attribute.

    `side` is "before" or "after" for what stands beside the comment element, up to the next one,
    and "last" where the last match counts, not the first.
    """

    selector: str
    attribute: str | None
    side: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """One kind of evidence of the tree.

    `nest`: the comment element around it. `depth`: a level in an attribute. `margin`: the same,
    but only larger and smaller count. `parent`: the parent's key in an attribute or link.
    `number`: "#1.1" in words. `after`: the last comment before the element that holds replies.
    """

    by: str
    at: Place
    pattern: re.Pattern[str] | None
    base: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One comment platform."""

    name: str
    signs: tuple[tuple[str, ...], ...]
    comment: str
    inside: str | None
    outside: str | None
    author: tuple[Place, ...]
    time: tuple[Place, ...]
    text: tuple[Place, ...]
    drop: str | None
    key: tuple[Place, ...]
    key_pattern: re.Pattern[str] | None
    tree: tuple[Vote, ...]
    quote: str | None
    opening: bool
    general: bool
    drop_lines: re.Pattern[str] | None
    example: str
    expect: tuple[str, ...]
    counter: str
    where: str

    def fits(self, marks: str) -> bool:
        """True if a page's marks (`Page.marks`) have all signs of one group."""
        return any(all(sign in marks for sign in group) for group in self.signs)


@cache
def platforms() -> tuple[Platform, ...]:
    """All platforms, by file name. Raises KnowledgeError naming file and line."""
    folder = tables.data_file(*FOLDER)
    names = sorted(n.name for n in folder.iterdir() if n.name.endswith(".yaml"))
    return tuple(_platform(name) for name in names)


def _platform(file: str) -> Platform:
    rows = tables.load_yaml(*FOLDER, file)
    where = f"{tables.where(*FOLDER, file)}:{rows.get(tables.LINE, 1)}"
    unknown = set(rows) - _KEYS - {tables.LINE}
    if unknown:
        raise KnowledgeError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    for key in ("name", "signs", "comment", "text", "tree", "example", "expect", "not"):
        if key not in rows:
            raise KnowledgeError(f"{where}: the key {key!r} is missing")
    try:
        return _read(rows, where)
    except (selectors.SelectorError, re.error, TypeError, KeyError) as error:
        raise KnowledgeError(f"{where}: {error}") from error


def _read(rows: dict[str, Any], where: str) -> Platform:
    for key in ("comment", "inside", "outside", "drop", "quote"):
        if rows.get(key):
            rows[key] = _joined(rows[key])
            selectors.compiled(rows[key])
    return Platform(
        name=rows["name"],
        signs=tuple(tuple(_list(group)) for group in rows["signs"]),
        comment=rows["comment"],
        inside=rows.get("inside"),
        outside=rows.get("outside"),
        author=_places(rows.get("author")),
        time=_places(rows.get("time")),
        text=_places(rows["text"]),
        drop=rows.get("drop"),
        key=_places(rows.get("key")),
        key_pattern=re.compile(rows["key_pattern"]) if rows.get("key_pattern") else None,
        tree=tuple(_vote(row, where) for row in rows["tree"]),
        quote=rows.get("quote"),
        opening=rows.get("opening") == "first",
        general=bool(rows.get("general")),
        drop_lines=re.compile(rows["drop_lines"], re.I) if rows.get("drop_lines") else None,
        example=rows["example"],
        expect=tuple(rows["expect"]),
        counter=rows["not"],
        where=where,
    )


def _vote(row: dict[str, Any], where: str) -> Vote:
    if row["by"] not in _VOTES:
        raise KnowledgeError(f"{where}: the tree knows no vote {row['by']!r}")
    pattern = re.compile(row["pattern"]) if row.get("pattern") else None
    return Vote(row["by"], _place(row.get("at", ".")), pattern, int(row.get("base", 1)))


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _joined(value: Any) -> str:
    return ", ".join(_list(value))


def _places(value: Any) -> tuple[Place, ...]:
    return tuple(_place(words) for words in _list(value or []))


def _place(words: str) -> Place:
    selector, _, attribute = words.partition("@")
    side = next((s for s in ("before", "after", "last") if selector.startswith(s + ":")), "")
    if side:
        selector = selector[len(side) + 1 :]
    selector = selector.strip() or "."
    if selector != ".":
        selectors.compiled(selector)
    return Place(selector, attribute.strip() or None, side)
