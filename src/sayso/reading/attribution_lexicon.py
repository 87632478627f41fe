"""The words of attribution, from files: verbs, and the nouns that name sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_csv, where
from sayso.model.annotation import Access, Certainty, Polarity, Tier
from sayso.reading.attribution_forms import forms

V = TypeVar("V")

_FOLDER = ("lang", "en", "attribution")

SPEECH = frozenset({"say", "announce", "claim", "deny", "admit", "warn"})
"""Classes of cues that report words: they may follow or interrupt what was said."""

QUOTING = SPEECH | {"ask", "order", "promise", "expect"}
"""Classes of cues that can introduce a quotation."""

FRAMES = frozenset(
    {
        "clause",
        "infinitive",
        "gerund",
        "object",
        "small",
        "person",
        "address",
        "raise",
        "quote",
        "document",
        "evidence",
        "figure",
        "witness",
    }
)
POLLS = frozenset({"poll", "survey", "polling", "footage", "video", "clip", "photo", "picture"})
"""Nouns that show what stands in the clause after "in a …"."""

KINDS = ("person", "people", "body", "document", "footage", "words")
CLASSES = SPEECH | {
    "show", "ask", "order", "promise", "agree", "believe", "expect", "plan", "judge", "seem",
}  # fmt: skip

_CERTAINTY: Mapping[str, Certainty] = {
    "certain": "certain",
    "probable": "probable",
    "possible": "possible",
    "unknown": "unknown",
}
_POLARITY: Mapping[str, Polarity] = {"positive": "positive", "negative": "negative"}
TIERS: Mapping[str, Tier | None] = {
    "official": "official",
    "party": "party",
    "monitor": "monitor",
    "media": "media",
    "witness": "witness",
    "anonymous": "anonymous",
    "": None,
}
_ACCESS: Mapping[str, Access] = {
    "eyewitness": "eyewitness",
    "own_staff": "own_staff",
    "footage": "footage",
    "relay": "relay",
    "unknown": "unknown",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that attributes: its class, which dependants can be its content (frames), after
    which prepositions the content can stand, and what the verb alone says about how sure its
    source is."""

    words: str
    cls: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    certainty: Certainty
    polarity: Polarity
    weight: float = 1.0

    @property
    def is_speech(self) -> bool:
        """True for cues that report words."""
        return self.cls in SPEECH

    @property
    def reports(self) -> bool:
        """True for cues that may follow a whole sentence: "…, the group reported on Monday"."""
        return self.is_speech and "clause" in self.frames and "small" not in self.frames

    @property
    def holds(self) -> bool:
        """True for cues of what somebody expects, believes or reckons in a whole sentence: "…,
        thinks the mayor"."""
        return self.cls in {"expect", "believe", "show"} and "clause" in self.frames

    @property
    def foretells(self) -> bool:
        """True for cues that may follow what somebody expects: "…, the mayor predicted"."""
        return self.cls == "expect" and {"clause", "object"} <= self.frames

    @property
    def quotes(self) -> bool:
        """True for cues that a quotation can stand beside."""
        return "quote" in self.frames or ("clause" in self.frames and self.cls in QUOTING)


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun or adjective that attributes: which complements can be its content."""

    words: str
    cls: str
    clause: bool
    infinitive: bool
    prepositions: frozenset[str]
    certainty: Certainty
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class View:
    """A noun for what its owner thinks ("in her view"), and before which it speaks for a clause."""

    cls: str
    prepositions: frozenset[str]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words before a noun phrase that make it the source of the clause."""

    words: tuple[str, ...]
    cls: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """What a noun says of those it names: their kind, their tier (None: it says nothing), and by
    what way they know."""

    noun: str
    kind: str
    tier: Tier | None
    access: Access


def _choice(table: Mapping[str, V], row: Mapping[str, str], column: str, file: str) -> V:
    if row[column] not in table:
        raise KnowledgeError(
            f"{where(*_FOLDER, file)}:{row[LINE]}: {column!r} is {row[column]!r}, not one of "
            + ", ".join(k or "(empty)" for k in table)
        )
    return table[row[column]]


def _words(allowed: frozenset[str], row: Mapping[str, str], column: str, file: str) -> set[str]:
    found = set(row[column].split())
    unknown = found - allowed
    if unknown:
        raise KnowledgeError(
            f"{where(*_FOLDER, file)}:{row[LINE]}: {sorted(unknown)[0]!r} is no {column}"
        )
    return found


def _number(row: Mapping[str, str], column: str, file: str) -> float:
    try:
        return float(row[column] or 1)
    except ValueError:
        raise KnowledgeError(
            f"{where(*_FOLDER, file)}:{row[LINE]}: {column!r} is no number"
        ) from None


@cache
def verbs() -> dict[str, Cue]:
    """Cues by lemma; with a particle under "lemma particle". Raises KnowledgeError."""
    file = "verbs.csv"
    out: dict[str, Cue] = {}
    for row in load_csv(*_FOLDER, file, required=("words", "class", "frames")):
        _choice(dict.fromkeys(CLASSES), row, "class", file)
        if row["words"] in out:
            raise KnowledgeError(
                f"{where(*_FOLDER, file)}:{row[LINE]}: {row['words']!r} stands there twice"
            )
        out[row["words"]] = Cue(
            words=row["words"],
            cls=row["class"],
            frames=frozenset(_words(FRAMES, row, "frames", file)),
            prepositions=frozenset(row["prepositions"].split()),
            certainty=_choice(_CERTAINTY, row, "certainty", file),
            polarity=_choice(_POLARITY, row, "polarity", file),
            weight=_number(row, "weight", file),
        )
    return out


@cache
def verb_forms() -> dict[str, str]:
    """Every form of every verb (without its particle) to the verb's lemma, lower case."""
    out: dict[str, str] = {}
    lemmas = {words.split()[0] for words in verbs()}
    for lemma in sorted(lemmas):
        for form in forms(lemma):
            if form == lemma or form not in lemmas:
                out[form] = lemma
    return out


@cache
def source_nouns() -> dict[str, SourceNoun]:
    """Nouns that name kinds of sources, by lemma (lower case). Raises KnowledgeError."""
    file = "source_nouns.csv"
    out: dict[str, SourceNoun] = {}
    for row in load_csv(*_FOLDER, file, required=("noun", "kind", "access")):
        out[row["noun"]] = SourceNoun(
            noun=row["noun"],
            kind=_choice(dict.fromkeys(KINDS, row["kind"]), row, "kind", file),
            tier=_choice(TIERS, row, "tier", file),
            access=_choice(_ACCESS, row, "access", file),
        )
    return out


def _nominals(file: str, column: str) -> dict[str, Nominal]:
    out: dict[str, Nominal] = {}
    for row in load_csv(*_FOLDER, file, required=(column, "class")):
        _choice(dict.fromkeys(CLASSES), row, "class", file)
        out[row[column]] = Nominal(
            words=row[column],
            cls=row["class"],
            clause=row["clause"] == "yes",
            infinitive=row["infinitive"] == "yes",
            prepositions=frozenset(row["prepositions"].split()),
            certainty=_choice(_CERTAINTY, row, "certainty", file),
            polarity=_choice(_POLARITY, row, "polarity", file),
        )
    return out


@cache
def nouns() -> dict[str, Nominal]:
    """Nouns that attribute, by lemma. Raises KnowledgeError."""
    return _nominals("nouns.csv", "noun")


@cache
def adjectives() -> dict[str, Nominal]:
    """Adjectives that attribute, by form. Raises KnowledgeError."""
    return _nominals("adjectives.csv", "adjective")


@cache
def light_verbs() -> frozenset[str]:
    """Forms of the verbs that lend a noun of attribution their subject."""
    rows = load_csv(*_FOLDER, "light_verbs.csv", required=("lemma", "forms"))
    return frozenset(form for row in rows for form in row["forms"].split())


@cache
def views() -> dict[str, View]:
    """Nouns that stand for what their owner thinks, by form. Raises KnowledgeError."""
    file = "views.csv"
    out = {}
    for row in load_csv(*_FOLDER, file, required=("noun", "class", "prepositions", "certainty")):
        _choice(dict.fromkeys(CLASSES), row, "class", file)
        certainty = _choice(_CERTAINTY, row, "certainty", file)
        out[row["noun"]] = View(row["class"], frozenset(row["prepositions"].split()), certainty)
    return out


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Phrases before a source, longest first, by their first word. Raises KnowledgeError."""
    file = "phrases.csv"
    out: dict[str, list[Phrase]] = {}
    for row in load_csv(*_FOLDER, file, required=("words", "class", "certainty")):
        _choice(dict.fromkeys(CLASSES), row, "class", file)
        words = tuple(row["words"].split())
        certainty = _choice(_CERTAINTY, row, "certainty", file)
        out.setdefault(words[0], []).append(Phrase(words, row["class"], certainty))
    return {k: tuple(sorted(v, key=lambda p: -len(p.words))) for k, v in out.items()}
