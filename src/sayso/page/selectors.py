"""Finding elements: a small part of CSS, answered from an index of the page.

Tag, .class, #id, [attribute], [a=v], [a^=v], [a*=v], [a$=v], [a~=v], the descendant (space) and
child (>) steps, and commas. Dozens of platforms ask a page hundreds of questions to which the
answer is mostly "none": with an index each costs a look into a dictionary (measured: 20 times
faster than XPath over the whole page).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sayso.page import dom
from sayso.page.dom import Element

_STEP = re.compile(
    r"(?P<tag>[a-z][\w-]*|\*)|\.(?P<cls>[\w-]+)|\#(?P<id>[\w-]+)"
    r"|\[(?P<attr>[\w:-]+)(?:(?P<op>[*^$~]?=)[\"']?(?P<value>[^\"'\]]*)[\"']?)?\]"
)


class SelectorError(ValueError):
    """A selector that is not of the small language above."""


@dataclass(frozen=True, slots=True)
class Compound:
    """The tests of one element: tag (None for any), classes, id, and attributes."""

    tag: str | None
    classes: tuple[str, ...]
    identifier: str | None
    attributes: tuple[tuple[str, str, str], ...]

    def matches(self, element: Element) -> bool:
        """True if an element passes all tests."""
        if self.tag is not None and element.tag != self.tag:
            return False
        if self.identifier is not None and element.get("id") != self.identifier:
            return False
        if self.classes:
            own = (element.get("class") or "").split()
            for word in self.classes:
                if word not in own:
                    return False
        if not self.attributes:
            return True
        return all(_holds(element.get(name), op, value) for name, op, value in self.attributes)


def _holds(own: str | None, op: str, value: str) -> bool:
    if own is None:
        return False
    if op == "=":
        return own == value
    if op == "^=":
        return own.startswith(value)
    if op == "*=":
        return value in own
    if op == "$=":
        return own.endswith(value)
    return op == "" or value in own.split()


@dataclass(frozen=True, slots=True)
class Path:
    """One alternative of a selector: compounds from the outside in, and before each of them but
    the first whether it must be a child (True) or any descendant (False)."""

    compounds: tuple[Compound, ...]
    child: tuple[bool, ...]

    def matches(self, element: Element) -> bool:
        """True if the element is what the path ends in."""
        return self._from(element, len(self.compounds) - 1)

    def _from(self, element: Element, at: int) -> bool:
        if not self.compounds[at].matches(element):
            return False
        if at == 0:
            return True
        node = element.getparent()
        if self.child[at - 1]:
            return node is not None and self._from(node, at - 1)
        while node is not None:
            if self._from(node, at - 1):
                return True
            node = node.getparent()
        return False


@cache
def compiled(selector: str) -> tuple[Path, ...]:
    """The alternatives of a selector. Raises SelectorError."""
    return tuple(_path(part.strip()) for part in selector.split(","))


def _path(words: str) -> Path:
    compounds: list[Compound] = []
    child: list[bool] = []
    direct = False
    for token in words.replace(">", " > ").split():
        if token == ">":
            direct = True
            continue
        if compounds:
            child.append(direct)
        compounds.append(_compound(token))
        direct = False
    if not compounds or direct:
        raise SelectorError(f"{words!r} is no selector")
    return Path(tuple(compounds), tuple(child))


def _compound(token: str) -> Compound:
    tag = identifier = None
    classes: list[str] = []
    attributes: list[tuple[str, str, str]] = []
    at = 0
    while at < len(token):
        step = _STEP.match(token, at)
        if not step:
            raise SelectorError(f"{token!r} is no selector")
        at = step.end()
        if step["tag"]:
            tag = None if step["tag"] == "*" else step["tag"]
        elif step["cls"]:
            classes.append(step["cls"])
        elif step["id"]:
            identifier = step["id"]
        else:
            attributes.append((step["attr"], step["op"] or "", step["value"] or ""))
    return Compound(tag, tuple(classes), identifier, tuple(attributes))


class Page:
    """A tree with its index. What is taken out by `cut` is found no more."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.order: dict[Element, int] = {}
        self._gone: set[Element] = set()
        self._tags: dict[str, list[Element]] = {}
        self._classes: dict[str, list[Element]] = {}
        self._ids: dict[str, list[Element]] = {}
        self._attributes: dict[str, list[Element]] = {}
        seen: set[str] = set()
        for number, element in enumerate(root.iter()):
            tag = element.tag
            if not isinstance(tag, str):
                continue
            self.order[element] = number
            self._tags.setdefault(tag, []).append(element)
            for name, value in element.items():
                self._attributes.setdefault(name, []).append(element)
                if name == "class":
                    for word in set(value.split()):
                        self._classes.setdefault(word, []).append(element)
                elif name == "id":
                    self._ids.setdefault(value, []).append(element)
                elif name not in _MARKING:
                    continue
                seen.add(value)
        self.marks = "\n".join([*seen, *self._tags, *self._attributes])
        """Classes, ids, types, tags and attribute names, for a quick look at what a page is."""

    def cut(self, elements: Iterable[Element]) -> None:
        """Takes elements out of the tree; the words after them stay."""
        for element in elements:
            if element not in self._gone:
                self._gone.update(element.iter())
                dom.remove(element)

    def select(self, selector: str) -> list[Element]:
        """The elements of a selector, in page order."""
        paths = compiled(selector)
        found: list[Element] = []
        for path in paths:
            found += [e for e in self._candidates(path.compounds[-1]) if path.matches(e)]
        if len(paths) > 1:
            found = sorted(set(found), key=self.order.__getitem__)
        return [e for e in found if e not in self._gone] if self._gone else found

    def first(self, selector: str) -> Element | None:
        """The first element of a selector, or None."""
        return next(iter(self.select(selector)), None)

    def tagged(self, *tags: str) -> list[Element]:
        """The elements of some tags, in page order."""
        found = [e for tag in tags for e in self._tags.get(tag, ()) if e not in self._gone]
        return sorted(found, key=self.order.__getitem__) if len(tags) > 1 else found

    def _candidates(self, compound: Compound) -> list[Element]:
        """The shortest list of the index that holds all matches."""
        lists = [self._classes.get(c, []) for c in compound.classes]
        lists += [self._attributes.get(name, []) for name, _, _ in compound.attributes]
        if compound.identifier is not None:
            lists.append(self._ids.get(compound.identifier, []))
        if compound.tag is not None:
            lists.append(self._tags.get(compound.tag, []))
        return min(lists, key=len) if lists else list(self.order)


_MARKING = frozenset({"itemtype", "itemprop", "data-test-id", "data-testid", "role", "slot"})
