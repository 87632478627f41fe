"""Attribution by a colon: "Monitor: ten killed in strikes", "Ten killed in strikes: monitor",
and a speaker's name before each turn of a transcript."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language.syntax import Sentence, Token
from sayso.reading.attribution_found import Found, runs
from sayso.reading.attribution_lexicon import source_nouns

MAX_NAME = 8
"""Tokens of the longest name before or after a colon."""

_SPEAKERS = frozenset({"PERSON", "ORG", "NORP"})
_QUOTES = "\"“«'‘"
_OPENERS = frozenset(
    ["update", "updated", "photo", "photos", "video", "watch", "read", "related", "opinion",
     "analysis", "image", "images", "picture", "pictures", "file", "note", "correction", "by",
     "exclusive", "breaking", "live", "gallery", "credit", "source", "sources", "tags", "topics",
     "editor", "clarification", "map", "factbox", "explainer", "timeline", "part", "chapter"]
)  # fmt: skip


def read_colon(sentence: Sentence) -> Iterator[Found]:
    """A name and a colon at the beginning of the sentence, or a colon and a name at its end."""
    colons = [t for t in sentence if t.text == ":"]
    if not colons:
        return
    first, last = colons[0], colons[-1]
    name = list(sentence.tokens[: first.i])
    said = list(sentence.tokens[first.i + 1 :])
    if said and (_is_speaker(sentence, name) or _is_bare_name(name, said)) and _says(said):
        yield _found(sentence, name, first, said)
        return
    name = list(sentence.tokens[last.i + 1 :])
    said = list(sentence.tokens[: last.i])
    if name and name[-1].text not in {".", "!", "?"} and _is_speaker(sentence, name):
        kind = source_nouns().get(name[-1].lemma) or source_nouns().get(name[-1].lower)
        if (kind is not None or name[-1].ent in {"ORG", "PERSON"}) and _says(said):
            yield _found(sentence, name, last, said)


def _is_speaker(sentence: Sentence, name: list[Token]) -> bool:
    """True for a short phrase without a verb that names a person, a body or a kind of source."""
    if not 0 < len(name) <= MAX_NAME or name[0].lower in _OPENERS:
        return False
    if len(name) == 1 and name[0].text.isupper() and name[0].text.isalpha():
        return len(name[0].text) > 2
    if len(name) == 1 and source_nouns().get(name[0].lower) is not None:
        return True
    if any(t.tag in {"VBD", "VBZ", "VBP", "MD", "VB"} or t.text in {",", ";"} for t in name):
        return False
    if any(t.pos in {"ADP", "PRON", "NUM"} for t in name[:1]):
        return False
    head = sentence.span_head(name[0].start, name[-1].end)
    noun = source_nouns().get(name[-1].lemma)
    if noun is not None and noun.kind != "footage" and name[-1].pos in {"NOUN", "PROPN"}:
        return True
    proper = all(t.pos in {"PROPN", "ADJ", "NOUN", "PART"} and t.text[:1].isupper() for t in name)
    if proper and len(name) <= 3 and all(t.text.isupper() for t in name):
        return True
    return proper and head is not None and head.ent in _SPEAKERS


def _is_bare_name(name: list[Token], said: list[Token]) -> bool:
    """True for up to three capitalised words that begin a line, before a sentence or a quotation:
    headlines leave the parser little to tell a name by."""
    if not 0 < len(name) <= 3 or name[0].lower in _OPENERS:
        return False
    if not all(t.text[:1].isupper() and t.text.isalpha() and t.tag[:2] != "VB" for t in name):
        return False
    finite = any(t.tag in {"VBD", "VBZ", "VBP", "MD"} for t in said)
    return said[0].text[0] in _QUOTES or (finite and all(t.pos == "PROPN" for t in name))


def _says(said: list[Token]) -> bool:
    words = [t for t in said if any(c.isalpha() for c in t.text)]
    if len(words) < 2:
        return False
    quoted = said[0].text in _QUOTES
    return quoted or any(t.pos in {"VERB", "AUX"} for t in words)


def _found(sentence: Sentence, name: list[Token], colon: Token, said: list[Token]) -> Found:
    head = sentence.span_head(name[0].start, name[-1].end)
    return Found(
        cue=(colon.start, colon.end),
        content=runs(said, set()),
        source=(name[0].start, name[-1].end),
        rule="say.colon",
        cls="say",
        certainty="certain",
        polarity="positive",
        confidence=0.0,
        sentence=sentence,
        source_head=head,
        words=":",
        open_quote=True,
    )
