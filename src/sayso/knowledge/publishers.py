"""Outlets: who owns and controls them (`knowledge/data/publishers.csv`).

An empty field means unknown, and is printed as such; it never means independent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from sayso.knowledge.lexicon import key, words
from sayso.knowledge.registry import registry
from sayso.knowledge.tables import load_csv


@dataclass(frozen=True, slots=True)
class Publisher:
    """A row of the table. `control`: state, state-funded, party, private, nonprofit or "";
    `scale`: local, national, regional, international or ""; `sanctions`: measures with dates."""

    name: str
    aliases: tuple[str, ...]
    entity: str | None
    domains: tuple[str, ...]
    country: str
    owner: str
    controlled_by: str
    control: str
    scale: str
    sanctions: tuple[str, ...]
    citation: str

    def ownership(self) -> str:
        """Owner and control for people to read; "ownership unknown" where both are."""
        known = [part for part in (self.owner, self.controlled_by, self.control) if part]
        known = list(dict.fromkeys(known))
        return " · ".join(known) if known else "ownership unknown"


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _name_key(name: str) -> str:
    return " ".join(w.key for w in words(name) if w.key != "the")


@cache
def publishers() -> tuple[Publisher, ...]:
    """All rows, in the order of the file."""
    return tuple(
        Publisher(
            name=row["name"],
            aliases=tuple(a.strip() for a in row["aliases"].split("|") if a.strip()),
            entity=row["entity"] or None,
            domains=_split(row["domains"]),
            country=row["country"],
            owner=row["owner"],
            controlled_by=row["controlled_by"],
            control=row["control"],
            scale=row["scale"],
            sanctions=_split(row["sanctions"]),
            citation=row["citation"],
        )
        for row in load_csv("publishers.csv", required=("name",))
    )


@cache
def _by_name() -> dict[str, Publisher]:
    known = registry()
    out: dict[str, Publisher] = {}
    for publisher in publishers():
        more = known.aliases.get(publisher.entity or "", ())
        for name in (publisher.name, *publisher.aliases, *(a.text for a in more)):
            out.setdefault(_name_key(name), publisher)
    return out


@cache
def _by_host() -> dict[str, Publisher]:
    return {key_of(host): p for p in publishers() for host in p.domains}


def key_of(host: str) -> str:
    """A host as compared: lower case, without "www."."""
    return key(host.replace(".", "\0")).replace("\0", ".").removeprefix("www.")


def publisher(name: str | None, uri: str | None = None) -> Publisher | None:
    """The outlet of an address (its host or a host above it) or of a name; None if unknown."""
    host = key_of(urlsplit(uri).hostname or "") if uri else ""
    while host.count(".") >= 1:
        if host in _by_host():
            return _by_host()[host]
        host = host.partition(".")[2]
    return _by_name().get(_name_key(name)) if name else None
