"""What a page says of itself: headline, byline, publisher, address, section, language, date.

The date is kept with its evidence. The sources are asked in the order meta, JSON-LD, address,
visible text; where they disagree by more than a day, the page is not believed and an issue says
so. No date is ever taken from the thread.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sayso.model.document import Evidence, Issue
from sayso.page import dates, dom
from sayso.page.dom import Element
from sayso.page.found import Found
from sayso.page.selectors import Page

_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "article.published",
    "citation_publication_date",
    "og:published_time",
    "article:published",
    "originalpublicationdate",
    "timestamp",
    "ptime",
)
_HEADLINES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_ARTICLES: frozenset[str] = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "Recipe"}
    | {"AnalysisNewsArticle", "OpinionNewsArticle", "LiveBlogPosting", "ScholarlyArticle"}
    | {"SocialMediaPosting", "DiscussionForumPosting", "TechArticle", "WebPage"}
)


def read(page: Page, out: Found, address: str | None = None) -> None:
    """Fills the fields of `out` that are about the page as a whole."""
    meta = _meta(page)
    linked = [row for row in _linked(page) if _types(row) & _ARTICLES]
    linked.sort(key=lambda row: _types(row) == {"WebPage"})
    out.canonical_uri = _canonical(page, meta, address)
    out.language = _language(page.root)
    out.headline = _headline(page, meta, linked)
    out.publisher = _publisher(meta, linked)
    out.byline = _byline(page, meta, linked)
    out.section = meta.get("article:section")
    _published(page, meta, linked, out)


def _meta(page: Page) -> dict[str, str]:
    """The page's meta elements by their lower-case name; the first of each name."""
    out: dict[str, str] = {}
    for element in page.tagged("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        value = dom.attribute(element, "content")
        if name and value:
            out.setdefault(name.strip().casefold(), value)
    return out


def _linked(page: Page) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, `@graph` included; what is no JSON is passed over."""
    for element in page.tagged("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        try:
            data = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        stack = [data]
        seen = 0
        while stack and seen < 2000:
            seen += 1
            node = stack.pop()
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield node
                stack.extend(v for k, v in node.items() if k in ("@graph", "mainEntity"))


def _types(row: dict[str, Any]) -> set[str]:
    kind = row.get("@type")
    return {str(k) for k in kind} if isinstance(kind, list) else {str(kind)}


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        return [name for v in value[:10] for name in _names(v)]
    return []


def _canonical(page: Page, meta: dict[str, str], address: str | None) -> str | None:
    for element in page.tagged("link"):
        if (element.get("rel") or "").casefold() == "canonical":
            href = dom.attribute(element, "href")
            if href and href.startswith(("http://", "https://")):
                return href
    found = meta.get("og:url")
    return found if found and found.startswith("http") else address


def _language(root: Element) -> str | None:
    value = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", value.strip()) if value else None
    return found[0].casefold() if found else None


def _headline(page: Page, meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    stated = [n for row in linked for n in _names(row.get("headline"))]
    stated += [meta[k] for k in _HEADLINES if k in meta]
    title = dom.line(next(iter(page.tagged("title")), None)) or _title(page)
    heads = [h for e in page.tagged("h1") if (h := dom.line(e)) and len(h) < 300]
    for head in heads:
        # A heading that the page's title repeats is the article's, not the site's.
        if any(_same(head, s) for s in stated):
            return head
    if stated:
        return _without_site(stated[0], meta.get("og:site_name"))
    started = _starts(page, title) if title else None
    if started:
        return started
    for head in heads:
        if title and head.casefold() in title.casefold() and len(head) * 3 > len(title):
            return head
    if len(heads) == 1:
        return heads[0]
    return _without_site(title, meta.get("og:site_name")) if title else next(iter(heads), None)


def _starts(page: Page, title: str) -> str | None:
    """The heading with which the page's title begins ("The bridge - Our board"), or None."""
    folded = title.casefold()
    found = [
        words
        for element in page.tagged("h1", "h2", "h3")
        if (words := dom.line(element)) and 8 < len(words) < 300
    ]
    return max((w for w in found if folded.startswith(w.casefold())), key=len, default=None)


def _title(page: Page) -> str | None:
    element = next(iter(page.tagged("title")), None)
    words = " ".join((element.text or "").split()) if element is not None else ""
    return words or None


def _same(a: str, b: str) -> bool:
    left, right = (re.sub(r"\W+", "", s).casefold() for s in (a, b))
    return bool(left) and (left == right or (len(left) > 12 and (left in right or right in left)))


def _without_site(title: str, site: str | None) -> str:
    if site:
        for mark in ("|", "-", "–", "—", "·", "»", ":", "•"):
            for tail in (f" {mark} {site}", f"{mark}{site}"):
                if title.endswith(tail):
                    return title[: -len(tail)].strip() or title
    return title


def _publisher(meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for row in linked:
        names = _names(row.get("publisher"))
        if names:
            return names[0]
    for key in (
        "og:site_name",
        "application-name",
        "publisher",
        "dc.publisher",
        "article:publisher",
    ):
        value = meta.get(key)
        if value and not value.startswith("http"):
            return value
    return None


def _byline(page: Page, meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for row in linked:
        names = [n for n in _names(row.get("author")) if not n.startswith("http")]
        if names:
            return ", ".join(dict.fromkeys(names))
    for key in _AUTHORS:
        value = meta.get(key)
        if value and not value.startswith(("http", "@", "/")):
            return value
    for selector in (
        "[rel=author]",
        "[itemprop=author] [itemprop=name]",
        "[itemprop=author]",
        ".byline .author",
        ".entry-author",
        ".post-author .fn",
        ".byline",
        ".author.vcard",
        ".article-author",
    ):
        for element in page.select(selector):
            words = dom.line(element)
            if words and 2 < len(words) < 80 and not _in_comment(element):
                return re.sub(r"^(?:by|von|par|por|di)\s+", "", words, flags=re.IGNORECASE)
    return None


_COMMENT = re.compile(
    r"comment|kommentar|respon|discuss|reply|sidebar|widget|related", re.IGNORECASE
)


def _in_comment(element: Element) -> bool:
    """True for what stands in a thread, a sidebar or a list of other articles."""
    for node in (element, *element.iterancestors()):
        if node.tag in ("body", "html"):
            return False
        if _COMMENT.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
    return False


def _published(page: Page, meta: dict[str, str], linked: list[dict[str, Any]], out: Found) -> None:
    found: list[Evidence] = []

    def add(source: Any, words: str | None) -> None:
        if not words:
            return
        stamp = dates.find(words, "mdy" if out.language == "en" else "dmy")
        edtf = stamp.edtf if stamp else None
        if edtf and not any(e.source == source and e.edtf == edtf for e in found):
            found.append(Evidence(source, words[:120], edtf))

    for key in _DATES:
        add("meta", meta.get(key))
    for row in linked:
        for words in _names(row.get("datePublished")):
            add("json-ld", words)
    add("url", _dated_address(out.canonical_uri))
    for words in _visible(page):
        add("visible", words)
    out.evidence.extend(found)
    sure = [e for e in found if e.edtf and not e.edtf.startswith("XXXX")]
    days = {e.edtf for e in sure if e.source in ("meta", "json-ld")} or {e.edtf for e in sure}
    if not days:
        out.published = next((e.edtf for e in found), None)
        return
    out.published = sure[0].edtf
    if len(days) > 1 and not _adjacent(sorted(d for d in days if d)):
        says = "; ".join(f"{e.source}: {e.words}" for e in sure)
        out.issues.append(Issue("date-doubt", f"the page gives different dates ({says})"))


def _adjacent(days: list[str]) -> bool:
    from datetime import date

    try:
        read = [date.fromisoformat(d) for d in days]
    except ValueError:
        return False
    return (read[-1] - read[0]).days <= 1


_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-])")


def _dated_address(address: str | None) -> str | None:
    found = _ADDRESS.search(address or "")
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else None


_SHOWN = re.compile(r"date|published|timestamp|posted-on", re.IGNORECASE)


def _visible(page: Page) -> Iterator[str]:
    """Dates that the page shows near its article: `time` elements and classed dates."""
    found = {e for name, rows in page.classes.items() if _SHOWN.search(name) for e in rows}
    found.update(e for e in page.select("[itemprop]") if _SHOWN.search(e.get("itemprop")))
    found = {e for e in found if e.tag in ("abbr", "span", "div", "p", "a", "li")}
    found.update(page.tagged("time"))
    shown = 0
    for element in sorted(found, key=page.order.__getitem__):
        if shown >= 3:
            return
        if _in_comment(element):
            continue
        words = element.get("datetime") if element.tag == "time" else None
        words = words or element.get("title") or element.get("content") or dom.line(element)
        if words and len(words) < 80 and dates.find(words):
            shown += 1
            yield words
