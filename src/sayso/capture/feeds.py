"""Lists of pages: RSS, Atom, sitemaps and OPML -> the addresses that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import feedparser
from lxml import etree

from sayso.errors import NoContent

MAX_ENTRIES = 5_000
_SNIFF = re.compile(rb"<(rss|feed|rdf:RDF|urlset|sitemapindex|opml)[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed names. `feed` is True for what is itself a list of pages (the feeds of
    an OPML file, the sitemaps of an index)."""

    uri: str
    title: str | None = None
    published: str | None = None
    feed: bool = False


def is_feed(payload: bytes) -> bool:
    """True if bytes look like a feed, a sitemap or an OPML file."""
    head = payload[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and bool(_SNIFF.search(head)) and b"<html" not in head.lower()


def entries(payload: bytes, source: str, base: str | None = None) -> list[Entry]:
    """The pages that a feed names, in its order, each once. Raises NoContent."""
    found = _SNIFF.search(payload[:2000])
    kind = found[1].decode("ascii").casefold() if found else ""
    if kind in ("urlset", "sitemapindex", "opml"):
        rows = _from_xml(payload, kind)
    else:
        rows = _from_feed(payload)
    unique = {
        address: Entry(address, row.title, row.published, row.feed)
        for row in reversed(rows[:MAX_ENTRIES])
        if (address := _joined(base, row.uri)).startswith(("http://", "https://"))
    }
    if not unique:
        raise NoContent(source, "the feed names no page")
    return list(reversed(unique.values()))


def _joined(base: str | None, uri: str) -> str:
    """The address from the feed's own place; "" where it is none."""
    try:
        return urljoin(base or "", uri)
    except ValueError:
        return ""


def _from_feed(payload: bytes) -> list[Entry]:
    parsed = feedparser.parse(payload, sanitize_html=False, resolve_relative_uris=False)
    return [
        Entry(str(row["link"]), row.get("title"), row.get("published") or row.get("updated"))
        for row in parsed.entries
        if row.get("link")
    ]


def _from_xml(payload: bytes, kind: str) -> list[Entry]:
    # No entities and no network: an XML file cannot make us read or fetch anything.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(payload, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    if kind == "opml":
        return [
            Entry(str(row.get("xmlUrl")), row.get("title") or row.get("text"), None, True)
            for row in root.iter("{*}outline")
            if row.get("xmlUrl")
        ]
    out = []
    for row in root.iter("{*}url", "{*}sitemap"):
        place, changed = row.find("{*}loc"), row.find("{*}lastmod")
        if place is not None and place.text:
            date = changed.text.strip() if changed is not None and changed.text else None
            out.append(Entry(place.text.strip(), None, date, kind == "sitemapindex"))
    return out
