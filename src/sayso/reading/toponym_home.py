"""Where a page's publisher is at home: a hint for names that many places share.

"London" in a paper of Ontario may be London, Ontario. Only what the page shows is used: the outlet
if the table of publishers knows it, a town in its name ("Kettering Gazette"), the country code of
its address. A hint, never a place of anything.
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


def _town_in(name: str | None) -> Place | None:
    """The town in a paper's name, if one of that name stands out."""
    words = key(name or "").removeprefix("the ").split()
    while words and words[-1] in placewords.words().papers:
        words = words[:-1]
    if not words or len(words) == len(key(name or "").removeprefix("the ").split()):
        return None
    found = [p for p in gazetteer.lookup_key(" ".join(words)) if p.kind == "city" and p.main]
    if not found:
        return None
    if len(found) > 1 and prior(found[0]) - prior(found[1]) < CLEAR_MARGIN:
        return None
    return found[0]


def _of_address(uri: str | None) -> Place | None:
    try:
        host = urlsplit(uri or "").hostname or ""
    except ValueError:
        return None
    code = host.rpartition(".")[2].upper()
    country = gazetteer.countries().get(_CODES.get(code, code))
    return replace(country) if country and len(code) == 2 else None
