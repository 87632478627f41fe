"""The lexicon of triggers: rules from `knowledge/data/lang/en/events`, indexed by lemma.

An entry is "words [conditions]". The words are a verb lemma with its particle, or a noun with its
modifiers. A condition is an operator and alternatives joined by "|", each a lemma or "@class":

    >x   the object is x          <x  the subject is x       ~p:x  a prepositional phrase p (with x)
    =x   a word x hangs on it     +k  a clause follows (inf, that, ing; wh: a question; fact: what
                                      is so), +inf:x its verb is x
    %x   the noun has modifier x  !   before any of them: must not be
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_yaml, where

FOLDER = ("lang", "en", "events")
FILES = ("assault", "retreat", "cooperate", "refuse", "coerce", "acts")


def word_set(text: str) -> frozenset[str]:
    """Words parted by white space as a set."""
    return frozenset(text.split())


TYPES = word_set(
    """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST
    SANCTION MOBILIZE COERCE ASSAULT"""
)
_SPLIT = re.compile(r"\s+(?=!?[><~+=%])")
_FLAGS = (
    "two_sided", "absorb", "must", "wont", "will", "intend", "threat", "result", "outcome",
    "granularity", "size", "subject_is", "dative", "act", "mutual",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: `op` is one of > < ~ = + %, `keys` what follows it before a colon."""

    op: str
    negative: bool
    keys: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One trigger: its head lemma, the words that must stand with it, its conditions, its rule."""

    head: str
    extra: tuple[str, ...]
    conditions: tuple[Condition, ...]
    rule: Rule
    order: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What a group of triggers shares. `roles` maps a preposition, "obj" or "subj" to a role;
    `mutual` are the lemmas ("*" for all) that parties joined by "and" do to each other."""

    name: str
    type: str | None
    mode: str | None
    roles: dict[str, str]
    line: int
    act: str | None = None
    two_sided: bool = False
    absorb: bool = False
    must: bool = False
    wont: bool = False
    will: bool = False
    intend: bool = False
    threat: bool = False
    result: str | None = None
    outcome: str | None = None
    granularity: str | None = None
    size: str | None = None
    subject_is: str | None = None
    dative: str | None = None
    mutual: frozenset[str] = frozenset()
    examples: tuple[str, ...] = field(default=())
    counter: tuple[str, ...] = field(default=())


def _condition(text: str) -> Condition:
    negative = text.startswith("!")
    text = text.lstrip("!")
    op, rest = text[0], text[1:]
    if rest.startswith("!"):
        negative, rest = True, rest[1:]
    keys, _, words = rest.partition(":")
    return Condition(
        op,
        negative,
        tuple(k for k in keys.split("|") if k),
        tuple(words.split("|")) if words else (),
    )


def parse_entry(text: str) -> tuple[str, tuple[Condition, ...]]:
    """The words and the conditions of one entry."""
    head, *rest = _SPLIT.split(
        " " + text.strip() if text.strip()[:1] in "!><~+=%" else text.strip()
    )
    return head.strip(), tuple(c for c in map(_condition, rest) if c.keys or c.words)


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _roles(value: Any) -> dict[str, str]:
    """Preposition -> role. YAML 1.1 takes a bare `on` or `off` for a truth value."""
    names = {True: "on", False: "off"}
    return {names.get(k, k): v for k, v in (value or {}).items() if k != LINE}


def _rule(row: dict[str, Any], place: str) -> Rule:
    kind = row.get("type")
    if kind is not None and kind not in TYPES:
        raise KnowledgeError(f"{place}: {kind!r} is no PLOVER type")
    flags = {name: row[name] for name in _FLAGS if name in row}
    if "mutual" in flags:
        flags["mutual"] = words_of(flags["mutual"])
    return Rule(
        name=row["rule"], type=kind, mode=row.get("mode"),
        roles=_roles(row.get("roles")),
        line=row[LINE], examples=_texts(row.get("example")), counter=_texts(row.get("not")),
        **flags,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All rules, and the entries by head lemma."""

    rules: tuple[Rule, ...]
    verbs: dict[str, list[Entry]]
    nouns: dict[str, list[Entry]]


def _entries(row: dict[str, Any], rule: Rule, kind: str, place: str, start: int) -> list[Entry]:
    shared = parse_entry(row["if"])[1] if row.get("if") and kind == "verbs" else ()
    out: list[Entry] = []
    for text in (row.get(kind) or "").replace('"', "").split(","):
        if not text.strip():
            continue
        for one in alternatives(text):
            words, own = parse_entry(one)
            if not words:
                raise KnowledgeError(f"{place}: an entry without a word: {text!r}")
            conditions = own + _shared(shared, own)
            parts = words.split()
            head, extra = (parts[0], parts[1:]) if kind == "verbs" else (parts[-1], parts[:-1])
            out.append(Entry(head, tuple(extra), conditions, rule, start + len(out)))
    return out


def _shared(shared: tuple[Condition, ...], own: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions of the rule as an entry takes them: its own on the same stand in their place,
    and what it asks for it is not refused for ("exchange >fire" of a rule with "!>fire|crime")."""
    taken = {(c.op, c.negative) for c in own}
    asked = {(c.op, key) for c in own if not c.negative and not c.words for key in c.keys}
    out = []
    for one in shared:
        if (one.op, one.negative) in taken:
            continue
        if one.negative and not one.words:
            one = replace(one, keys=tuple(k for k in one.keys if (one.op, k) not in asked))
        if one.keys:
            out.append(one)
    return tuple(out)


def alternatives(text: str) -> list[str]:
    """ "ask +inf|~for" is two entries: an alternative that brings its own operator."""
    pieces = re.split(r"\|(?=[>~+])", text)
    if len(pieces) == 1:
        return [text]
    stem = re.split(r"\s+(?=[^\s]*$)", pieces[0])
    return [pieces[0], *(f"{stem[0]} {p}" for p in pieces[1:])]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once. Raises KnowledgeError naming file and line."""
    rules: list[Rule] = []
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, list[Entry]] = {}
    order = 0
    for name in FILES:
        file = (*FOLDER, f"{name}.yaml")
        for row in load_yaml(*file):
            place = f"{where(*file)}:{row[LINE]}"
            if "rule" not in row:
                raise KnowledgeError(f"{place}: the rule has no name")
            rule = _rule(row, place)
            rules.append(rule)
            for kind, index in (("verbs", verbs), ("nouns", nouns)):
                for entry in _entries(row, rule, kind, place, order):
                    index.setdefault(entry.head, []).append(entry)
                    order += 1
    return Lexicon(tuple(rules), verbs, nouns)


@dataclass(frozen=True, slots=True)
class NounClass:
    """Head lemmas and entity labels of one "@class"."""

    words: frozenset[str]
    ents: frozenset[str]
    entity: str | None


@cache
def classes() -> dict[str, NounClass]:
    """The classes by name."""
    people = {
        name: words_of(row["words"])
        for name, row in load_yaml(*FOLDER, "people.yaml").items()
        if name != LINE
    }
    out = {}
    for name, row in load_yaml(*FOLDER, "classes.yaml").items():
        if name != LINE:
            own = words_of(row.get("words")).union(*(people[p] for p in row.get("people") or ()))
            out[name] = NounClass(own, frozenset(row.get("ent") or ()), row.get("entity"))
    return out


def of_class(lemma: str, *names: str) -> bool:
    """Whether a noun stands in the words of one of these classes."""
    return any(lemma in classes()[name].words for name in names)


def words_of(text: str | None) -> frozenset[str]:
    """Comma-separated words as a set."""
    return frozenset(w.strip() for w in (text or "").split(",") if w.strip())


@cache
def light_verbs() -> dict[str, frozenset[str]]:
    """Kind of light verb -> verbs (with particles, joined by a space)."""
    rows = load_yaml(*FOLDER, "light.yaml")
    return {k: words_of(row["verbs"]) for k, row in rows.items() if k != LINE}
