"""The thread of an HTML page, by what its platform is known to print.

Every field is looked up once over the whole page, and each match is given to the comment element
that stands nearest around it: the time is linear in the page, however deep the replies nest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.page import dates, dom, votes, words
from sayso.page.dom import Element
from sayso.page.found import Comment
from sayso.page.platforms import Place, Platform, platforms

_SAYS = re.compile(
    r"^(?:(?:posted|written|comment(?:ed)?)\s+by\s+)?(?P<name>.*?)\s*[:,–—|-]*\s*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Thread:
    """The comments of a page, the elements that hold them, and the platform that read them."""

    platform: str
    comments: list[Comment] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)


def recover(root: Element, page: str, language: str | None = None) -> Thread | None:
    """The thread of a page, or None. `page` is its source, for a cheap look at its signs.

    Where several platforms read something, the one with most comments that have an author or a
    time is believed.
    """
    best: Thread | None = None
    best_score = 0
    for platform in platforms():
        if platform.fits(page):
            thread = read(platform, root, language)
            score = sum(
                (1 if c.text else 0) + bool(c.author) + bool(c.when) for c in thread.comments
            )
            if score > best_score:
                best, best_score = thread, score
    return best


def read(platform: Platform, root: Element, language: str | None = None) -> Thread:
    """What a platform's file reads on a page, in page order; perhaps nothing."""
    thread = Thread(platform.name)
    elements = _elements(platform, root)
    if not elements:
        return thread
    owners = _Owners(root, elements)
    authors = _values(owners, platform.author)
    times = _values(owners, platform.time)
    keys = _values(owners, (platform.key,)) if platform.key else [None] * len(elements)
    texts = _texts(owners, platform)
    order = dates.day_order((t for t in times if t), language)
    comments = []
    for index in range(len(elements)):
        comments.append(
            Comment(
                text=texts[index],
                author=author_name(authors[index]),
                published=published(times[index], order),
                when=times[index],
                key=_key(keys[index], platform.key_pattern),
            )
        )
    kept = [
        n for n, c in enumerate(comments) if c.text or (c.author and (c.when or c.key) is not None)
    ]
    if platform.opening:
        openings = owners.of(platform.opening)
        for n in kept:
            comments[n].opening = bool(openings[n])
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


def _elements(platform: Platform, root: Element) -> list[Element]:
    elements = dom.select(root, platform.comment)
    if platform.inside:
        holders = set(dom.select(root, platform.inside))
        elements = [e for e in elements if any(a in holders for a in e.iterancestors())]
    if platform.outside:
        outside = set(dom.select(root, platform.outside))
        elements = [
            e
            for e in elements
            if e not in outside and not any(a in outside for a in e.iterancestors())
        ]
    return elements


class _Owners:
    """Which comment each element of the page belongs to: the nearest comment around it."""

    def __init__(self, root: Element, elements: list[Element]) -> None:
        self.root = root
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

    def of(self, selector: str) -> list[list[Element]]:
        """For each comment, the elements of a selector that are its own, in page order."""
        out: list[list[Element]] = [[] for _ in self.elements]
        if selector == ".":
            return [[element] for element in self.elements]
        for element in dom.select(self.root, selector):
            owner = self.owner(element)
            if owner is not None:
                out[owner].append(element)
        return out

    def parent(self, index: int) -> int | None:
        """The comment element around a comment element, or None."""
        above = self.elements[index].getparent()
        return None if above is None else self.owner(above)


def _values(owners: _Owners, places: tuple[Place, ...]) -> list[str | None]:
    """The first value of each comment, by the places in their order."""
    out: list[str | None] = [None] * len(owners.elements)
    for place in places:
        missing = [n for n, value in enumerate(out) if value is None]
        if not missing:
            break
        found = owners.of(place.selector)
        for n in missing:
            for element in found[n]:
                value = (
                    dom.attribute(element, place.attribute)
                    if place.attribute
                    else dom.line(element)
                )
                if value:
                    out[n] = value
                    break
    return out


def _texts(owners: _Owners, platform: Platform) -> list[str]:
    drop: set[Element] = set(owners.elements)
    for selector in (platform.drop, platform.quote):
        if selector:
            drop.update(dom.select(owners.root, selector))
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
    found = _SAYS.match(text)
    return (found["name"] if found else text).strip(" ,;|·•") or None


def published(text: str | None, order: dates.Order) -> str | None:
    """ISO 8601 of a comment's time as printed, or None where the day is not given."""
    if not text:
        return None
    if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", text):
        return _epoch(text)
    stamp = dates.find(text, order)
    return stamp.iso if stamp else None


def _epoch(digits: str) -> str | None:
    from datetime import UTC, datetime

    seconds = float(digits) / (1000 if len(digits) > 11 and "." not in digits else 1)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%MZ")


def _key(value: str | None, pattern: re.Pattern[str] | None) -> str | None:
    if value is None or pattern is None:
        return value
    found = pattern.search(value)
    return found[1] if found else None


def cut(thread: Thread) -> None:
    """Takes the comments out of the tree, so that none is read as the article."""
    for element in thread.elements:
        parent = element.getparent()
        if parent is not None:
            dom.remove(element)
