"""The HTML tree: parsing, and the words of an element."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from lxml import etree

Element = Any
"""An lxml element (lxml's stubs do not cover the HTML tree well)."""

MAX_DEPTH = 400
"""Deeper nesting is flattened: no page is written so, and readers of trees recurse."""

MAX_CHARACTERS = 16_000_000
"""Code points of a page that are read; the rest is cut off."""

_SKIPPED: frozenset[str] = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "button", "select", "option"}
    | {"textarea", "input", "form", "iframe", "object", "audio", "video", "canvas", "map"}
    | {"head", "title", "link", "meta", "nav"}
)
_BLOCKS: frozenset[str] = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"}
    | {"tfoot", "th", "thead", "tr", "ul"}
)
_SPACED: frozenset[str] = frozenset(
    {"p", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table"}
    | {"figure"}
)

_BAD = bytes(b for b in range(32) if b not in b"\t\n\r")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)


def parse(text: str) -> Element | None:
    """The tree of a page, or None if it holds no element. Never raises; bounded."""
    return parsed(text)[0]


def parsed(text: str) -> tuple[Element | None, bool]:
    """The same, and True if its nesting went deeper than MAX_DEPTH and was flattened."""
    text = _DECLARED.sub("", text[:MAX_CHARACTERS])
    # Plain elements: those of lxml.html cost a call to Python each (measured: a sixth of the time).
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace").translate(None, _BAD), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, False
    if root is None:
        return None, False
    return root, _flatten(root)


_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
_DEEP = etree.XPath(f"//*[count(ancestor::*) = {MAX_DEPTH}]")


def _flatten(root: Element) -> bool:
    """What stands below MAX_DEPTH becomes words of the element there; True if anything does."""
    if not _TOO_DEEP(root):
        return False
    deep: Any = _DEEP(root)
    for element in deep:
        words = words_of(element)
        for child in list(element):
            element.remove(child)
        element.text = words
    return True


def words_of(element: Element) -> str:
    """All text below an element, as it stands."""
    return "".join(element.itertext(with_tail=False))


def line(element: Element | None) -> str | None:
    """The words of an element on one line, without scripts, or None if it has none."""
    if element is None:
        return None
    return " ".join(text(element).split()) or None


def text(element: Element, drop: Container[Element] = ()) -> str:
    """The words of an element as a reader sees them: breaks between blocks, an empty line
    between paragraphs; without scripts, forms and buttons, and without the elements of `drop`.
    """
    return _tidy("".join(_pieces(element, drop)))


_BLOCK, _PARAGRAPH, _BREAK = "\x01", "\x02", "\x03"
_MARKS = _BLOCK + _PARAGRAPH + _BREAK


def _pieces(element: Element, drop: Container[Element]) -> Iterator[str]:
    if element.text:
        yield _flow(element.text)
    stack: list[tuple[Element, Iterator[Element]]] = [(element, iter(element))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield _mark(parent)
                if parent.tail:
                    yield _flow(parent.tail)
            continue
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED or child in drop:
            if child.tail:
                yield _flow(child.tail)
            continue
        if tag == "br":
            yield _BREAK
        elif tag == "img":
            yield _emoji(child)
        else:
            yield _mark(child)
        if child.text:
            yield child.text.replace("\n", _BREAK) if tag == "pre" else _flow(child.text)
        stack.append((child, iter(child)))


def _mark(element: Element) -> str:
    tag = element.tag
    if tag in _SPACED:
        return _PARAGRAPH
    return _BLOCK if tag in _BLOCKS else ""


def _emoji(image: Element) -> str:
    """The sign of an emoji that a page shows as a picture (WordPress and others do)."""
    classes = image.get("class") or ""
    if "emoji" in classes or "smil" in classes:
        alt = image.get("alt") or ""
        return alt if len(alt) <= 16 else ""
    return ""


def _flow(words: str) -> str:
    return words.replace("\n", " ").replace("\r", " ").replace("\t", " ")


_MARK = re.compile(f"([{_MARKS}])")


def _tidy(words: str) -> str:
    words = " ".join(filter(None, words.replace("\u00a0", " ").split(" ")))
    rows = _MARK.split(words)
    if len(rows) == 1:
        return words
    out: list[str] = []
    run = ""
    for n, row in enumerate(rows):
        if n % 2:
            run += row
            continue
        row = row.strip(" ")
        if row:
            if out:
                out.append("\n\n" if _PARAGRAPH in run or run.count(_BREAK) > 1 else "\n")
            out.append(row)
            run = ""
    return "".join(out).strip()


def attribute(element: Element, name: str) -> str | None:
    """An attribute without white space around it, or None if it is missing or empty."""
    value = element.get(name)
    return value.strip() or None if value else None


def remove(element: Element) -> None:
    """Takes an element out of the tree; the words after it stay."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
