"""The thread of an HTML page, by what its platform is known to print.

Every field is looked up once over the whole page, and each match is given to the comment element
that stands nearest around it: the time is linear in the page, however deep the replies nest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sayso.page import dates, dom, embedded, votes, words
from sayso.page.dom import Element
from sayso.page.found import Comment
from sayso.page.platforms import Place, Platform, platforms
from sayso.page.selectors import Page

_BY = re.compile(
    r"^[\s,–—|-]*(?:(?:[Pp]osted|[Ww]ritten|[Cc]ommented) )?(?:by|par|von|por|di|door)\s+"
)
_TAIL = re.compile(r"(?:^[–—|-]+\s+|\s+[–—|-]+$)")
_LABEL = re.compile(
    r"^(?:By|Par|Von|Por|Posted by|Comment by|Author|Autor|Auteur)\s?:\s*|^Posted by\s+"
)


@dataclass(slots=True)
class Thread:
    """The comments of a page, the elements that hold them, and the platform that read them."""

    platform: str
    comments: list[Comment] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)


def recover(page: Page, language: str | None = None) -> Thread | None:
    """The thread of a page, or None.

    Where several platforms read something, the one with most comments that have an author or a
    time is believed. Where none does, the data that the page embeds are asked, and then the
    blocks that repeat.
    """
    best: Thread | None = None
    best_score = 0.0
    for platform in platforms():
        if platform.fits(page.marks):
            weight = 0.7 if platform.general else 1.0
            elements = _elements(platform, page)
            if len(elements) * _MOST * weight <= best_score:
                continue
            thread = _read(platform, page, elements, language)
            score = _score(thread) * weight
            if score > best_score:
                best, best_score = thread, score
    data = embedded.comments(page)
    if len(data) > (len(best.comments) if best else 0):
        return Thread("embedded data", data, best.elements if best else [])
    return best


_MOST = 3.25
"""What one comment adds to the score at most."""


def _score(thread: Thread) -> float:
    """How much was read: a comment with words, an author and a time counts 3, a reply more."""
    rows = thread.comments
    edges = sum(c.parent is not None for c in rows)
    return sum(bool(c.text) + bool(c.author) + bool(c.when) for c in rows) + edges / 4


def read(platform: Platform, page: Page, language: str | None = None) -> Thread:
    """What a platform's file reads on a page, in page order; perhaps nothing."""
    return _read(platform, page, _elements(platform, page), language)


def _read(platform: Platform, page: Page, elements: list[Element], language: str | None) -> Thread:
    thread = Thread(platform.name)
    if not elements:
        return thread
    owners = _Owners(page, elements)
    authors = _values(owners, platform.author, _author)
    times = _values(owners, platform.time, _time)
    keys = _values(owners, platform.key, lambda value: _key(value, platform.key_pattern))
    texts = _texts(owners, platform)
    order = dates.day_order((t for t in times if t), language)
    comments = []
    for index in range(len(elements)):
        comments.append(
            Comment(
                text=texts[index],
                author=authors[index],
                published=published(times[index], order),
                when=times[index],
                key=keys[index],
            )
        )
    kept = [
        n for n, c in enumerate(comments) if c.text or (c.author and (c.when or c.key) is not None)
    ]
    if platform.opening and kept:
        comments[kept[0]].opening = True
    places = votes.decide(platform.tree, owners, comments)
    number = {old: new for new, old in enumerate(kept)}
    for old in kept:
        comment = comments[old]
        place = places[old]
        parent = place.parent
        while parent is not None and parent not in number:
            parent = places[parent].parent
        comment.parent = None if parent is None else number[parent]
        comment.decided_by = place.decided_by
        thread.comments.append(comment)
        thread.elements.append(elements[old])
    return thread


def _elements(platform: Platform, page: Page) -> list[Element]:
    elements = page.select(platform.comment)
    if platform.inside:
        holders = set(page.select(platform.inside))
        elements = [e for e in elements if any(a in holders for a in e.iterancestors())]
    if platform.outside:
        outside = set(page.select(platform.outside))
        elements = [
            e
            for e in elements
            if e not in outside and not any(a in outside for a in e.iterancestors())
        ]
    return elements


class _Owners:
    """Which comment each element of the page belongs to: the nearest comment around it."""

    def __init__(self, page: Page, elements: list[Element]) -> None:
        self.page = page
        self.elements = elements
        self.index = {element: n for n, element in enumerate(elements)}

    def owner(self, element: Element) -> int | None:
        """The index of the nearest comment at or around an element."""
        node = element
        while node is not None:
            found = self.index.get(node)
            if found is not None:
                return found
            node = node.getparent()
        return None

    def of(self, selector: str, side: str = "") -> list[list[Element]]:
        """For each comment, the elements of a selector that are its own, in page order."""
        out: list[list[Element]] = [[] for _ in self.elements]
        if selector == ".":
            return [[element] for element in self.elements]
        found = self.page.select(selector)
        if side in ("before", "after"):
            return self._beside(set(found), side)
        for element in found:
            owner = self.owner(element)
            if owner is not None:
                out[owner].append(element)
        return out

    def _beside(self, found: set[Element], side: str) -> list[list[Element]]:
        """The same for what stands before or after the comment, up to the next comment."""
        out = []
        for element in self.elements:
            own: list[Element] = []
            for node in element.itersiblings(preceding=side == "before"):
                if node in self.index:
                    break
                own += [e for e in node.iter() if e in found]
            out.append(own)
        return out

    def parent(self, index: int) -> int | None:
        """The comment element around a comment element, or None."""
        above = self.elements[index].getparent()
        return None if above is None else self.owner(above)


def _values(
    owners: _Owners, places: tuple[Place, ...], read: Callable[[str], str | None]
) -> list[str | None]:
    """The first value of each comment that `read` accepts, by the places in their order."""
    out: list[str | None] = [None] * len(owners.elements)
    for place in places:
        missing = [n for n, value in enumerate(out) if value is None]
        if not missing:
            break
        found = owners.of(place.selector, place.side)
        for n in missing:
            for element in reversed(found[n]) if place.side == "last" else found[n]:
                value = (
                    dom.attribute(element, place.attribute)
                    if place.attribute
                    else dom.text(element, owners.index)
                )
                out[n] = read(value) if value else None
                if out[n]:
                    break
    return out


def _author(text: str) -> str | None:
    """The first line of an author element that is no button, label or date."""
    for row in text.split("\n"):
        stamp = dates.find(row)
        if stamp:
            before, after = row[: stamp.start], row[stamp.end :]
            row = before if any(c.isalnum() for c in before) else after
        name = author_name(row)
        if name and (name.isdigit() or not words.is_furniture(name)):
            return name
    return None


def _time(text: str) -> str | None:
    """The words of a time element, if there is a date in them."""
    text = " ".join(text.split())[:200]
    return text if _EPOCH.fullmatch(text) or dates.find(text) else None


def _texts(owners: _Owners, platform: Platform) -> list[str]:
    drop: set[Element] = set(owners.elements)
    for selector in (platform.drop, platform.quote):
        if selector:
            drop.update(owners.page.select(selector))
    out = [""] * len(owners.elements)
    done = [False] * len(owners.elements)
    for place in platform.text:
        found = owners.of(place.selector)
        for n, elements in enumerate(found):
            if not done[n] and elements:
                pieces = [dom.text(e, drop) for e in _outermost(elements)]
                out[n] = clean("\n\n".join(p for p in pieces if p), platform.drop_lines)
                done[n] = True
    return out


def _outermost(elements: list[Element]) -> list[Element]:
    """Elements that do not stand inside another of the list."""
    chosen = set(elements)
    return [e for e in elements if not any(a in chosen for a in e.iterancestors())]


def clean(text: str, drop_lines: re.Pattern[str] | None = None) -> str:
    """A comment's words without the buttons and labels above and below them."""
    rows = text.split("\n")
    if drop_lines:
        rows = [row for row in rows if not drop_lines.search(row)]
    while rows and (not rows[-1].strip() or _label(rows[-1])):
        rows.pop()
    while rows and (not rows[0].strip() or _label(rows[0])):
        rows.pop(0)
    return "\n".join(rows).strip()


def _label(row: str) -> bool:
    return words.is_furniture(row) and any(c.isalpha() for c in row)


def author_name(text: str | None) -> str | None:
    """An author's name without "says:" and the like."""
    if not text:
        return None
    text = " ".join(text.split())[:120]
    said = words.says_pattern().match(text)
    if said:
        text = said["name"]
    text = _LABEL.sub("", _BY.sub("", text))
    return _TAIL.sub("", text).strip(" ,;:|·•") or None


def published(text: str | None, order: dates.Order) -> str | None:
    """ISO 8601 of a comment's time as printed, or None where the day is not given."""
    if not text:
        return None
    if _EPOCH.fullmatch(text):
        return _epoch(text)
    stamp = dates.find(text, order)
    return stamp.iso if stamp else None


_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def _epoch(digits: str) -> str | None:
    from datetime import UTC, datetime

    seconds = float(digits) / (1000 if len(digits) > 11 and "." not in digits else 1)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%MZ")


def _key(value: str, pattern: re.Pattern[str] | None) -> str | None:
    if pattern is None:
        return value
    found = pattern.search(value)
    return found[1] if found else None
