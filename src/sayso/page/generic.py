"""The thread of a page that no platform's file knows.

A thread is a run of blocks that look alike: the same tag and classes, each with a date or an
author near its head and with words of its own. The blocks are looked for where the page itself
speaks of comments (a class, an id, a heading); elsewhere a list of blocks with dates is as likely
a list of other articles.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter

from sayso.page import dates, dom, thread, words
from sayso.page.dom import Element
from sayso.page.dump import heads
from sayso.page.found import Comment
from sayso.page.selectors import Page

_ABOUT = re.compile(
    r"comment|kommentar|reply|replies|respons|discuss|disk[uo]ss|antwort|réaction|reaction|forum"
    r"|message|beitrag|comentari|commenti|opinion|feedback|talkback|yorum|koment",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"recent|latest|letzte|neueste|derni|widget|sidebar|teaser|popular|related|form|respond|count"
    r"|link|button|toggle|meta|nav|menu|share|captcha|author-?box",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"author|autor|auteur|user|name|nick|poster|by|von|fn|creator|cite|handle", re.IGNORECASE
)
_TIME = re.compile(r"date|time|datum|zeit|published|posted|created|ago|stamp|meta", re.IGNORECASE)
_TEXT = re.compile(r"text|body|content|message|inhalt|texte|msg|copy|description", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NAMES = ("div", "li", "article", "section", "tr", "dd", "blockquote", "p")


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands at the head of a block, and the elements that say it."""

    author: str | None
    when: str | None
    elements: tuple[Element, ...]


def recover(page: Page, language: str | None = None) -> thread.Thread | None:
    """The thread of a page by its repeated blocks, or None. At least two comments are needed."""
    best: thread.Thread | None = None
    best_score = 0
    for blocks in _runs(page)[:16]:
        found = _read(blocks, language)
        score = sum(bool(c.text) + bool(c.author) + bool(c.when) for c in found.comments)
        if len(found.comments) >= 2 and score > best_score and _is_thread(found):
            best, best_score = found, score
    return best


def _is_thread(found: thread.Thread) -> bool:
    """Most blocks have words and an author or a time."""
    rows = found.comments
    good = sum(bool(c.text) and (bool(c.author) or bool(c.when)) for c in rows)
    edges = sum(c.parent is not None for c in rows)
    return (
        good * 4 >= len(rows) * 3
        and edges < len(rows)
        and sum(len(c.text) for c in rows) > 20 * len(rows)
    )


def _runs(page: Page) -> list[list[Element]]:
    """Groups of blocks that share a tag and a class, inside a part of the page about comments."""
    groups: dict[tuple[str, str], list[Element]] = defaultdict(list)
    for element in page.tagged(*_NAMES):
        names = set((element.get("class") or "").split())
        if not names and element.get("id"):
            names = {"#" + _DIGITS.sub("", element.get("id"))}
        if names and _is_about_comments(element) and len(dom.words_of(element)) > 20:
            for name in names:
                groups[element.tag, _DIGITS.sub("", name)].append(element)
    unique = {tuple(g): g for g in groups.values() if 2 <= len(g) <= 200_000}
    return sorted(unique.values(), key=len, reverse=True)


def _is_about_comments(element: Element) -> bool:
    """True if an element, or one around it, is about comments by its class or id, and none of
    those nearest to it is a widget, a form or a menu."""
    node, steps, about = element, 0, False
    while node is not None and node.tag not in ("body", "html") and steps < 40:
        marks = f"{node.get('class') or ''} {node.get('id') or ''}"
        if steps < 3 and _NOT.search(marks) and node is not element:
            unwanted = [w for w in marks.split() if _NOT.search(w)]
            if "recent" in marks.casefold() or not any(_ABOUT.search(w) for w in unwanted):
                return False
        about = about or (bool(_ABOUT.search(marks)) and not _only_controls(marks))
        node, steps = node.getparent(), steps + 1
    return about


def _only_controls(marks: str) -> bool:
    return all(_NOT.search(w) for w in marks.split() if _ABOUT.search(w))


def _read(blocks: list[Element], language: str | None) -> thread.Thread:
    out = thread.Thread("generic")
    index = {block: n for n, block in enumerate(blocks)}
    found = [_head(block, index) for block in blocks]
    order = dates.day_order((h.when for h in found if h.when), language)
    parents = _parents(blocks, index)
    for block, head, parent in zip(blocks, found, parents, strict=True):
        out.elements.append(block)
        out.comments.append(
            Comment(
                text=_words(block, head, index),
                author=head.author,
                published=thread.published(head.when, order),
                when=head.when,
                key=block.get("id"),
                parent=parent,
                decided_by="flat" if parent is None else "nest",
            )
        )
    return out


def _parents(blocks: list[Element], index: dict[Element, int]) -> list[int | None]:
    """Who answers whom by the nesting of the blocks.

    The nearest element around a block that holds an earlier one decides: what looks there like
    the child with the first block is its sibling; what looks otherwise (a list of replies, an
    indented box) answers the last one before it.
    """
    firsts: dict[Element, list[tuple[Element, int]]] = {}
    for n, block in enumerate(blocks):
        child = block
        for node in block.iterancestors():
            rows = firsts.setdefault(node, [])
            if not rows or rows[-1][0] is not child:
                rows.append((child, n))
            child = node
    out: list[int | None] = []
    for n, block in enumerate(blocks):
        out.append(_parent(n, block, index, firsts, out))
    return out


def _parent(
    n: int,
    block: Element,
    index: dict[Element, int],
    firsts: dict[Element, list[tuple[Element, int]]],
    parents: list[int | None],
) -> int | None:
    child = block
    for node in block.iterancestors():
        if node in index:
            return index[node]
        rows = firsts[node]
        if rows[0][1] < n:
            if _alike(rows[0][0], child):
                return parents[rows[0][1]]
            at = bisect_left(rows, n, key=itemgetter(1)) - 1
            while not _alike(rows[0][0], rows[at][0]):
                at -= 1
            return rows[at][1]
        child = node
    return None


def _alike(a: Element, b: Element) -> bool:
    """True if two children of one element look like items of one list."""
    if a.tag != b.tag:
        return False
    if a.tag in ("li", "tr", "dd", "article"):
        return True
    first, second = ((e.get("class") or "").split()[:1] for e in (a, b))
    return bool(first == second)


def _own(block: Element, index: dict[Element, int]) -> list[Element]:
    """The elements of a block that are not in another block inside it."""
    out: list[Element] = []
    stack = [block]
    while stack and len(out) < 600:
        node = stack.pop()
        out.append(node)
        stack += [c for c in reversed(node) if isinstance(c.tag, str) and c not in index]
    return out[1:]


def _head(block: Element, index: dict[Element, int]) -> _Head:
    author = when = None
    used: list[Element] = []
    for element in _own(block, index):
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        marks += f" {element.get('rel') or ''}"
        if when is None and (element.tag in ("time", "abbr") or _TIME.search(marks)):
            words_ = element.get("datetime") or element.get("title") or dom.line(element) or ""
            if len(words_) < 120 and dates.find(words_):
                when = words_
                used.append(element)
                rest = heads.name(_without_date(dom.line(element) or ""))
                author = author or (rest if rest and element.tag not in ("time", "abbr") else None)
                continue
        if author is None and (
            element.tag in ("cite", "b", "strong", "h4", "h5") or _AUTHOR.search(marks)
        ):
            words_ = dom.line(element) or ""
            name = heads.name(_without_date(words_)) if len(words_) < 80 else None
            if name and not dates.find(name):
                author = name
                used.append(element)
    return _Head(author, when, tuple(used))


def _without_date(text: str) -> str:
    stamp = dates.find(text)
    return text[: stamp.start] if stamp and stamp.start else "" if stamp else text


def _words(block: Element, head: _Head, index: dict[Element, int]) -> str:
    own = _own(block, index)
    for element in own:
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if _TEXT.search(marks) and not _NOT.search(marks):
            drop = _Either(index, {*head.elements, *_controls(element)})
            if not any(e in set(element.iter()) for e in head.elements):
                text = thread.clean(dom.text(element, drop))
                if text:
                    return text
    drop = _Either(index, {*head.elements, *_controls(block)})
    return thread.clean(dom.text(block, drop))


@dataclass(frozen=True, slots=True)
class _Either:
    """What is in one of two: the blocks of a page are too many to be copied for each of them."""

    blocks: dict[Element, int]
    others: set[Element]

    def __contains__(self, element: object) -> bool:
        return element in self.others or element in self.blocks


def _controls(element: Element) -> set[Element]:
    """Links and small elements that are buttons by their words."""
    return {
        e
        for e in element.iter("a", "span", "li", "div")
        if len(dom.words_of(e)) < 40 and words.is_furniture(dom.words_of(e))
    }
