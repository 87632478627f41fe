"""The article's body, its captions, and the media that it names.

Most pages mark the body themselves; where one of those places holds the page's prose it is
read directly. Otherwise trafilatura decides. Measured on 30 pages with their threads taken out:
24 are read directly, in a third of the time and with nearly the same words (on the 23 that are
articles, against trafilatura's default: token F1 .99, recall 1.00).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache

from lxml import etree, html
from trafilatura import bare_extraction

from sayso.knowledge import tables
from sayso.page import dom
from sayso.page.dom import Element
from sayso.page.found import Picture
from sayso.page.selectors import Page

_ENOUGH = 250
"""Code points of prose below which a marked place is not believed to be the body."""

_LONG = 1500
"""Code points of prose from which a place is believed that the page does not mark."""

_HUGE = 120_000
"""Elements above which a page is no article: it is read as plain words, in linear time."""

_UTF8 = html.HTMLParser(encoding="utf-8", huge_tree=True)

_NO_TEXT = frozenset({"nav", "aside", "form", "footer", "figure", "script", "style", "noscript"})


@dataclass(slots=True)
class Article:
    """The body's words, captions in page order, and media."""

    body: str = ""
    captions: list[str] = field(default_factory=list)
    media: list[Picture] = field(default_factory=list)


@cache
def _groups() -> tuple[str, ...]:
    rows = tables.load_yaml("threads", "article.yaml")["containers"]
    return tuple(", ".join(group) for group in rows)


@cache
def _dropped() -> re.Pattern[str]:
    words = tables.load_yaml("threads", "article.yaml")["drop"]
    return re.compile(rf"(?:^|[\s_-])(?:{words})(?=$|[\s_-])", re.IGNORECASE)


@cache
def _kept() -> re.Pattern[str]:
    words = tables.load_yaml("threads", "article.yaml")["keep"]
    return re.compile(rf"(?:^|[_-])(?:{words})$", re.IGNORECASE)


def read(page: Page, headline: str | None = None) -> Article:
    """The article of a page whose thread was taken out of the tree; its body may be empty.

    Paragraphs stand apart by an empty line. The headline is no part of the body, even where the
    mark-up puts it there.
    """
    from sayso.page import media

    holder = _container(page)
    out = Article()
    if holder is not None:
        out.body = _words(holder)
        media.read(holder, out)
    if len(out.body) < _ENOUGH:
        huge = len(page.order) > _HUGE
        fallback = dom.text(page.root) if huge else _by_trafilatura(page.root)
        out.body = fallback if len(fallback) > len(out.body) else out.body
    first, _, rest = out.body.partition("\n\n")
    if headline and first.strip().casefold() == headline.strip().casefold():
        out.body = rest
    return out


def _by_trafilatura(root: Element) -> str:
    tree = html.document_fromstring(etree.tostring(root, encoding="utf-8", method="html"), _UTF8)
    found = bare_extraction(tree, include_comments=False, fast=True, with_metadata=False)
    text = getattr(found, "text", None)
    lines = text.split("\n") if isinstance(text, str) else []
    return "\n\n".join(line.strip() for line in lines if line.strip())


def _container(page: Page) -> Element | None:
    """The element that holds the page's prose, by the page's own marks, or None."""
    weights = _weights(page)
    sums = _sums(weights)
    whole = sum(weights.values())
    kept = {e: w for e, w in weights.items() if not _inside_dropped(e, sums, whole)}
    sums, total = _sums(kept), sum(kept.values())
    if total < _ENOUGH:
        return None
    for group in _groups():
        held = [(sums[e], -page.order[e], e) for e in page.select(group) if e in sums]
        if not held:
            continue
        most, _, element = max(held, key=lambda row: row[:2])
        if most >= _ENOUGH and most * 2 > total:
            return element
    return _side_by_side(kept, total)


def _side_by_side(kept: dict[Element, int], total: int) -> Element | None:
    """The element whose own children are nearly all the page's prose, where that is long; None
    where the prose is spread, as on a page of teasers."""
    weights: dict[Element, int] = {}
    counts: Counter[Element] = Counter()
    for paragraph, weight in kept.items():
        parent = paragraph.getparent()
        if parent is not None:
            weights[parent] = weights.get(parent, 0) + weight
            counts[parent] += 1
    element = max(weights, key=lambda e: weights[e], default=None)
    if element is None or total < _LONG or counts[element] < 4:
        return None
    return element if weights[element] * 5 >= total * 4 else None


def _sums(weights: dict[Element, int]) -> dict[Element, int]:
    """How much prose each element of the page holds."""
    sums: dict[Element, int] = {}
    for paragraph, weight in weights.items():
        for node in (paragraph, *paragraph.iterancestors()):
            sums[node] = sums.get(node, 0) + weight
    return sums


def _weights(page: Page) -> dict[Element, int]:
    """The length of each paragraph that reads like prose: not mostly links, and in the tree."""
    out: dict[Element, int] = {}
    for element in page.tagged("p", "blockquote", "li", "td", "div"):
        if element.tag in ("li", "td", "div"):
            # Only where text stands directly in it, as on pages that use no paragraphs.
            length = len((element.text or "").strip())
            length += sum(len(c.tail.strip()) for c in element if c.tail)
            if length < 80:
                continue
        else:
            words = " ".join(dom.words_of(element).split())
            length = len(words) - 2 * sum(len(dom.words_of(a)) for a in element.iter("a"))
        if length >= 40:
            out[element] = length
    return out


def _inside_dropped(element: Element, sums: dict[Element, int], whole: int) -> bool:
    """True if an element, or something around it that is not most of the page, is no article."""
    node, last = element, element
    while node is not None:
        if sums.get(node, 0) * 2 < whole and is_dropped(node):
            return True
        node, last = node.getparent(), node
    return bool(last.tag != "html")


def is_dropped(element: Element) -> bool:
    """True for an element that by its tag, class or id is no article text."""
    if element.tag in _NO_TEXT:
        return True
    classes, identifier = element.get("class"), element.get("id")
    return bool(classes or identifier) and _is_dropped(f"{classes or ''} {identifier or ''}")


@lru_cache(maxsize=4096)
def _is_dropped(marks: str) -> bool:
    names = [n for n in marks.split() if _dropped().search(n)]
    return bool(names) and not all(_kept().search(n) for n in names)


def _words(holder: Element) -> str:
    """The words of the body: paragraphs, headings, lists and tables, without what is no text."""
    most = len(dom.words_of(holder)) / 2
    drop = {
        e
        for e in holder.iter()
        if isinstance(e.tag, str)
        and e is not holder
        and (e.tag == "h1" or (is_dropped(e) and len(dom.words_of(e)) < most))
    }
    blocks = dom.text(holder, drop).split("\n\n")
    links = {" ".join(dom.words_of(a).split()) for a in holder.iter("a")}
    kept = [b for b in blocks if b.strip() and not (len(b) < 80 and b.strip() in links)]
    return "\n\n".join(kept)
