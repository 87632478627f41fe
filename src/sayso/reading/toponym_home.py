"""Where a page's publisher is at home: a hint for names that many places share.

"London" in a paper of Ontario may be London, Ontario. Only what the page shows is used: the outlet
if the table of publishers knows it, a town in its name ("Kettering Gazette"), the country code of
its address. A hint, never a place of anything. Where several towns have the name in the paper's,
it has a vote like a name in the text.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from sayso.knowledge import gazetteer, placewords
from sayso.knowledge.gazetteer import Place, prior
from sayso.knowledge.placenames import key
from sayso.knowledge.publishers import publisher
from sayso.model.document import Document

_HOME_SCALES = frozenset(["local", "national"])
CLEAR_MARGIN = 0.15
_CODES = {
    "UK": "GB",
    "EU": "",
    "IO": "",
    "ME": "",
    "TV": "",
    "CO": "",
    "LY": "",
    "AI": "",
    "FM": "",
}
"""Country codes of addresses that mean another country, or are sold to anybody."""


def home_of(document: Document) -> Place | None:
    """The town or country at home, or None where the page does not show it."""
    named = _town_in(document.publisher)
    if named is not None:
        return named
    outlet = publisher(document.publisher, document.canonical_uri)
    if outlet is not None:
        country = gazetteer.countries().get(outlet.country)
        return country if outlet.scale in _HOME_SCALES else None
    return _of_address(document.canonical_uri)


def paper_town(document: Document) -> tuple[Place, ...]:
    """The towns that a paper's name or address may be called after ("The Paris News",
    theparisnews.com), likeliest first; () where neither names one. Which one it is, the places
    in its pages tell."""
    return _towns(_without_kind(document.publisher)) or _towns(_in_host(document.canonical_uri))


def _town_in(name: str | None) -> Place | None:
    """The town in a paper's name, if one of that name stands out."""
    found = _towns(_without_kind(name))
    if not found:
        return None
    if len(found) > 1 and prior(found[0]) - prior(found[1]) < CLEAR_MARGIN:
        return None
    return found[0]


def _towns(name_key: str) -> tuple[Place, ...]:
    if not name_key:
        return ()
    return tuple(p for p in gazetteer.lookup_key(name_key) if p.kind == "city" and p.main)


def _without_kind(name: str | None) -> str:
    """The key of a paper's name without the words that make it a paper's; "" if it has none."""
    whole = key(name or "").removeprefix("the ").split()
    words = list(whole)
    while words and words[-1] in placewords.words().papers:
        words.pop()
    return " ".join(words) if len(words) < len(whole) else ""


def _in_host(uri: str | None) -> str:
    """ "paris" of www.theparisnews.com; "" if the host is not built like that."""
    labels = _host(uri).split(".")
    label = labels[-2] if len(labels) > 1 else ""
    kinds = sorted(placewords.words().papers, key=len, reverse=True)
    kind = next((k for k in kinds if label.endswith(k)), None)
    return label.removesuffix(kind).removeprefix("the").strip("-") if kind else ""


def _host(uri: str | None) -> str:
    try:
        return urlsplit(uri or "").hostname or ""
    except ValueError:
        return ""


def _of_address(uri: str | None) -> Place | None:
    code = _host(uri).rpartition(".")[2].upper()
    country = gazetteer.countries().get(_CODES.get(code, code))
    return replace(country) if country and len(code) == 2 else None
