"""Videos, photos and documents that an article shows or names, with who made and released them.

A video is evidence only of what somebody says that it shows: nothing here looks at its content.
"""

from __future__ import annotations

import re
from typing import Protocol

from sayso.model.document import MediaKind
from sayso.page import dom
from sayso.page.dom import Element
from sayso.page.found import Picture

_HOSTS = re.compile(
    r"youtube(?:-nocookie)?\.com/embed|youtu\.be|player\.vimeo|dailymotion\.com/embed|rutube\.ru/"
    r"|streamable\.com|bitchute\.com/embed|facebook\.com/plugins/video|t\.me/.*embed",
    re.IGNORECASE,
)
_FILES = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|csv)(?:$|[?#])", re.IGNORECASE)
_MAKER = re.compile(
    r"(?:photo(?:graph)?s?|image|picture|video|footage|credit|source|foto|bild|quelle|crédit|fotos?)"
    r"(?: credits?)?\s*(?:by|von|par|:|©|/)\s*(?P<name>[^\n|;()\[\]]{2,60})"
    r"|©\s*(?P<owner>[^\n|;()]{2,60})",
    re.IGNORECASE,
)
_RELEASED = re.compile(
    r"(?:released|published|posted|shared|uploaded|circulated) by (?P<name>[^\n.,;|()]{2,60})",
    re.IGNORECASE,
)


class Shown(Protocol):
    """What takes captions and media."""

    captions: list[str]
    media: list[Picture]


def read(holder: Element, out: Shown) -> None:
    """Adds the captions and media of an article's body, in page order, each once."""
    seen: set[str] = set()
    for element in holder.iter("figure", "img", "video", "iframe", "a", "figcaption"):
        if element.tag == "figcaption":
            words = dom.text(element)
            if 2 < len(words) < 1000:
                out.captions.append(words)
            continue
        found = _picture(element)
        if found and found.uri and found.uri not in seen:
            seen.add(found.uri)
            out.media.append(found)


def _picture(element: Element) -> Picture | None:
    kind: MediaKind
    uri = element.get("src") or element.get("data-src") or element.get("data-lazy-src")
    if element.tag == "img":
        width = element.get("width") or ""
        if not uri or uri.startswith("data:") or (width.isdigit() and int(width) < 100):
            return None
        if "emoji" in (element.get("class") or "") or "avatar" in (element.get("class") or ""):
            return None
        kind = "photo"
    elif element.tag == "video":
        source = element.find(".//source")
        uri = uri or (source.get("src") if source is not None else None)
        kind = "video"
    elif element.tag == "iframe":
        if not uri or not _HOSTS.search(uri):
            return None
        kind = "video"
    elif element.tag == "a":
        uri = element.get("href")
        if not uri or not _FILES.search(uri):
            return None
        kind = "document"
    else:
        return None
    words = dom.line(element) if element.tag == "a" else _caption(element)
    return Picture(kind, uri, words, *_credits(words))


def _caption(element: Element) -> str | None:
    for node in element.iterancestors("figure"):
        caption = node.find(".//figcaption")
        return dom.text(caption) if caption is not None else None
    return None


def _credits(words: str | None) -> tuple[str | None, str | None]:
    """Who made it and who released it, as the caption says."""
    made = _MAKER.search(words or "")
    released = _RELEASED.search(words or "")
    maker = (made["name"] or made["owner"] or "").strip(" .,") if made else ""
    return maker or None, released["name"].strip() if released else None
