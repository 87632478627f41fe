"""Actors that the registry does not know: names that the text introduces, and the parser's.

They become `new:` entities that say so. Nothing is forced onto a known actor: an introduced name
is the registry's only if its long form is one of the registry's names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from sayso.knowledge import gazetteer
from sayso.knowledge.lexicon import Trie, key, nominals, word_list, words
from sayso.knowledge.registry import registry
from sayso.knowledge.tables import load_csv
from sayso.language.syntax import Sentence, Token
from sayso.model.entity import Entity
from sayso.reading import actor_coref as coref
from sayso.reading.draft import SentenceSpan
from sayso.reading.mention_introduced import Introduced
from sayso.reading.mention_names import Name

_PARSER_LABELS = {"PERSON": "Person", "ORG": "Organization", "NORP": "Organization"}
_NOT_NAMES = re.compile(r"[\d%$€£#@|/\\<>_=+*]|https?|www\.")
_AFTER_NAME = frozenset(["jr", "sr", "ii", "iii", "iv"])
_TITLE_STATE = frozenset(["amod", "compound", "nmod", "poss"])


@dataclass(frozen=True, slots=True)
class NewActor:
    """What the text tells of an actor that the registry does not know."""

    id: str
    name: str
    schema: str
    aliases: tuple[str, ...] = ()
    sector: str | None = None
    country: str | None = None

    def entity(self) -> Entity:
        return Entity(
            id=self.id,
            kind="actor",
            name=self.name,
            aliases=self.aliases,
            schema=self.schema,
            sector=self.sector,
            country=self.country,
            note="not in the registry; as this text names it",
        )


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a person's name: the state and sector it speaks of."""

    country: str | None
    sector: str | None


@cache
def name_heads() -> dict[str, str]:
    """PLOVER sectors of words in the names of bodies ("Brigade", "Observatory")."""
    return {
        row["word"]: row["sector"]
        for row in load_csv("actors", "name_heads.csv", required=("word", "sector"))
    }


def slug(name: str) -> str:
    """The part of a `new:` id after the colon: keys joined by hyphens."""
    return "-".join(w.key for w in words(name))[:80] or "x"


@dataclass
class Book:
    """The unknown actors of one document."""

    actors: dict[str, NewActor] = field(default_factory=dict)
    _trie: Trie[str] = field(default_factory=Trie)
    _surnames: dict[str, str] = field(default_factory=dict)
    _known: bool = False

    def introduce(self, text: str, pair: Introduced, names: list[Name]) -> None:
        """Takes in "Long Name (LN)": the short form means the registry's actor if the long form
        is one of its names, a new actor otherwise."""
        long_name = text[pair.start : pair.end]
        if _is_common(long_name):
            return
        holding = [
            n
            for n in names
            if n.actor
            and n.form in ("name", "short")
            and n.end == pair.end
            and n.start <= pair.start + 8
        ]
        inside = [n for n in names if n.actor and n.start == pair.start and n.end == pair.end]
        known = (inside or holding)[:1]
        if known:
            actor = known[0].actor
            assert actor is not None
        else:
            actor = self._agreeing(pair.short, long_name)
        if actor is None:
            actor = self._new(long_name, "Organization")
            self._file(long_name, actor)
        if actor.startswith("new:"):
            old = self.actors[actor]
            if pair.short not in old.aliases:
                self.actors[actor] = replace(old, aliases=(*old.aliases, pair.short))
        self._file(pair.short, actor)

    def _agreeing(self, short: str, long_name: str) -> str | None:
        """The registry's actor of that short form, if the long form shares most of its words."""
        known = registry()
        mine = {w.key for w in words(long_name)}
        found = words(short)
        keys = [w.key for w in found]
        _, aliases = known.at(keys, keys, 0)
        for alias in aliases:
            for other in known.aliases.get(alias.actor, ()):
                theirs = {w.key for w in words(other.text)}
                if len(theirs) > 1 and len(mine & theirs) >= 0.6 * len(mine | theirs):
                    return alias.actor
        return None

    def _new(self, name: str, schema: str) -> str:
        actor_id = "new:" + slug(name)
        sector = None
        if schema != "Person":
            sector = next((name_heads()[w.key] for w in words(name) if w.key in name_heads()), None)
        self.actors.setdefault(actor_id, NewActor(actor_id, name, schema, sector=sector))
        return actor_id

    def _file(self, name: str, actor: str) -> None:
        self._trie.add([w.key for w in words(name)], actor)
        self._known = True

    def names(self, text: str, span: SentenceSpan) -> list[Name]:
        """The document's own names in a sentence."""
        if not self._known:
            return []
        found = words(text, span.start, span.end)
        keys = [w.key for w in found]
        out: list[Name] = []
        n = 0
        while n < len(found):
            hit = self._trie.longest(keys, n)
            if hit and found[n].text[0].isupper():
                stop, actors = hit
                out.append(
                    Name(
                        found[n].start, found[stop - 1].end, tuple(actors), "introduced", span.index
                    )
                )
                n = stop
            else:
                n += 1
        return out

    def from_parser(
        self, text: str, tree: Sentence, taken: list[Name], sentence: int, comment: bool
    ) -> list[Name]:
        """People and bodies that the parser names and nobody else does."""
        out: list[Name] = []
        for start, end, label in _entities(tree):
            start, end = _trim(text, start, end)
            name = text[start:end]
            if any(n.start < end and start < n.end for n in taken) or not _is_name(name):
                continue
            schema = _PARSER_LABELS[label]
            if label == "NORP" or _is_place(name, schema) or _is_where(tree, start, end):
                continue
            if schema != "Person" and _is_common(name):
                continue  # "Foreign Ministry" is a noun for somebody's
            if comment and " " not in name:
                continue  # in comments the parser takes cries and nicknames for names
            actor = self._person(name) if schema == "Person" else self._new(name, schema)
            out.append(Name(start, end, (actor,), "unknown", sentence))
        if not comment:
            out += self._unnamed(text, tree, taken + out, sentence)
        return out

    def _unnamed(self, text: str, tree: Sentence, taken: list[Name], sentence: int) -> list[Name]:
        """People whom the parser does not name: two or more words in capitals as the subject of
        a verb of saying, or beside a person's title ("Kenzo Oda, the coordinator")."""
        out: list[Name] = []
        for head in tree.tokens:
            if head.pos != "PROPN" or head.dep not in ("nsubj", "appos") or not head.text.istitle():
                continue
            parts = [t for t in tree.children(head, "compound") if t.i < head.i]
            parts = [t for t in parts if t.pos == "PROPN" and t.text.istitle()]
            if not 1 <= len(parts) <= 3 or parts[-1].i != head.i - 1:
                continue
            start, end = parts[0].start, head.end
            if any(n.start < end and start < n.end for n in taken):
                continue
            name = text[start:end]
            if not _is_name(name) or _is_common(name) or gazetteer.lookup(name):
                continue
            if _said(tree, head) or _titled(tree, head):
                out.append(Name(start, end, (self._person(name),), "unknown", sentence))
        return out

    def _person(self, name: str) -> str:
        """A person's id; a surname alone is the person named in full before."""
        found = words(name)
        while len(found) > 1 and found[-1].key in _AFTER_NAME:
            found = found[:-1]
        surname = found[-1].key
        if len(found) == 1:
            return self._surnames.get(surname) or self._new(name, "Person")
        actor = self._new(name, "Person")
        self._surnames.setdefault(surname, actor)
        return actor

    def describe(self, actor_id: str, title: Title) -> None:
        """Adds state and sector to a new actor, where nothing was known."""
        old = self.actors.get(actor_id)
        if old is not None:
            self.actors[actor_id] = replace(
                old, country=old.country or title.country, sector=old.sector or title.sector
            )

    def kind_and_tags(self, entity: str) -> tuple[str, frozenset[str]]:
        """What descriptions may say of an entity."""
        new = self.actors.get(entity)
        if new is not None:
            kind = coref.kind_of(new.schema, new.sector, None, entity)
            return kind, frozenset()
        actor = registry().get(entity)
        if actor is None:
            return "other", frozenset()
        tags = actor.tags
        if actor.schema == "Person" and "female" not in tags:
            tags = tags | {"male"}
        return coref.kind_of(actor.schema, actor.sector, actor.tier, actor.id), tags


def _entities(tree: Sentence) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    for token in tree.tokens:
        if token.ent not in _PARSER_LABELS:
            continue
        if token.ent_iob == "I" and out and out[-1][2] == token.ent:
            start, _, label = out[-1]
            out[-1] = (start, token.end, label)
        else:
            out.append((token.start, token.end, token.ent))
    return out


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    lead = re.match(r"(?:[Tt]he|THE|[Aa]n?)\s+|[\s\"'“”‘’(\[.,-]+", text[start:end])
    if lead:
        start += lead.end()
    tail = re.search(r"(?:['’]s?|[\s\"'“”‘’)\].,:;-]+)$", text[start:end])
    if tail and tail.start() > 0:
        end = start + tail.start()
    return start, end


def _said(tree: Sentence, head: Token) -> bool:
    verb = tree.head(head)
    return head.dep == "nsubj" and verb.lemma in word_list("sayings")


def _titled(tree: Sentence, head: Token) -> bool:
    beside = tree.children(head, "appos")
    if head.dep == "appos":
        beside = [tree.head(head)]
    found = (nominals().get(t.lemma) for t in beside)
    return any(n is not None and n.cls == "person" for n in found)


def _is_where(tree: Sentence, start: int, end: int) -> bool:
    """ "in X", "near X": where something is, whatever the parser calls it."""
    head = tree.span_head(start, end)
    if head is None or head.dep != "pobj":
        return False
    before = tree.head(head)
    return before.lower in ("in", "near", "into", "outside", "around", "inside", "across", "toward")


def _is_common(name: str) -> bool:
    """Whether a name in capitals is only a noun for an actor ("Supreme Court", "Ministry of
    Health")."""
    lower = name.lower()
    return lower in nominals() or lower.split()[0] in ("ministry", "department", "ministries")


def _is_place(name: str, schema: str) -> bool:
    """What the gazetteer knows and the parser takes for a body; people may be named like
    places."""
    parts = name.split()
    if (
        schema == "Person"
        and len(parts) > 1
        and key(parts[0]) not in word_list("compass")
        and key(parts[-1]) not in word_list("place_endings")
    ):
        return False
    if key(name.split()[-1]) in word_list("place_endings"):
        return True
    first, _, rest = name.partition(" ")
    if rest and key(first) in word_list("compass"):
        name = rest
    return bool(gazetteer.lookup(name))


def _is_name(name: str) -> bool:
    if not 2 < len(name) <= 80 or _NOT_NAMES.search(name) or "\n" in name:
        return False
    found = words(name)
    if not found or len(found) > 9 or not found[0].text[0].isupper():
        return False
    return not all(w.key in word_list("never_a_name") for w in found) and any(
        len(w.key) > 1 for w in found
    )


def title_of(tree: Sentence, head: Token) -> Title | None:
    """The state and sector of "Turkish Foreign Minister" before a name, or in an apposition."""
    known = registry()
    near = [t for t in tree.tokens[max(0, head.i - 7) : head.i] if t.head == head.i]
    for appositive in tree.children(head, "appos"):
        near += [appositive, *tree.children(appositive)]
    country = sector = None
    for token in near:
        if token.dep not in _TITLE_STATE and token.dep != "appos":
            continue
        state = known.demonym(token.text)
        if state and country is None:
            actor = known.get(state)
            country = actor.country if actor else None
        code = known.organ_of_head(key(token.text))
        if code and sector is None:
            sector = known.organs[code].sector
    return Title(country, sector) if country or sector else None
