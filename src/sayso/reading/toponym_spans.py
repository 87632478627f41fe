"""Where a text names a place: the parser's names, and what gazetteer and wording add to them.

Finds spans and the evidence for each; which place is meant is `toponym_resolve`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sayso.knowledge import gazetteer
from sayso.knowledge.gazetteer import Place, prior
from sayso.knowledge.placenames import key
from sayso.knowledge.placewords import words
from sayso.language.syntax import Sentence
from sayso.reading import toponym_evidence as evidence
from sayso.reading.draft import Draft, SentenceSpan
from sayso.reading.toponym_evidence import Word, joined

MAX_WORDS = 6
WEAK_PRIOR = 0.35
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]")
_PLACE_ENTS = frozenset(["GPE", "LOC", "FAC"])
_TRIM_LEFT = re.compile(r"(?:the|The|THE)\s+")
_CUTS = frozenset([",", ";", "/", "to", "for", "near", "in", "at", "and", "from", "or", "–", "—"])
_INSIDE = frozenset(["-", "‑", "–", ".", "'", "’", "‘", "`"])
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(slots=True)
class Found:
    """A span that names a place. `name` is what to look up, `candidates` what it may mean."""

    start: int
    end: int
    name: str
    rule: str
    form: str = "name"
    candidates: tuple[Place, ...] = ()
    inside: list[Found] = field(default_factory=list)
    sentence: int = -1


def words_of(text: str, span: SentenceSpan, tree: Sentence | None) -> list[Word]:
    """The tokens of a sentence, of its tree if there is one."""
    if tree is not None:
        return [Word(t.start, t.end, t.text, t.ent, t.pos) for t in tree]
    return [
        Word(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, span.start, span.end)
    ]


def find(draft: Draft) -> list[Found]:
    """All place names of the document, in text order; none overlaps another."""
    out: list[Found] = []
    people: set[str] = set()
    for span in draft.sentences():
        tokens = words_of(draft.text, span, draft.tree_of(span))
        people |= evidence.people(tokens)
        found = _clear([*_by_parser(draft.text, tokens), *_by_gazetteer(draft.text, tokens)])
        for item in found:
            item.sentence = span.index
        out += found
    return _coherent([f for f in out if not _a_person(f, people)])


def _a_person(item: Found, people: set[str]) -> bool:
    """True if the name is a person's elsewhere in the text and nothing but its looks makes it a
    place here."""
    if item.rule not in ("parser", "bare", evidence.WEAK) or " " in item.name:
        return False
    likely = bool(item.candidates) and evidence.sure(item.candidates[0])
    return item.name.lower() in people and not likely


def _coherent(found: list[Found]) -> list[Found]:
    """Without the weak names that nothing else in the document speaks for: the same name with
    evidence of its own, or other names in the same country."""
    strong = [f for f in found if f.rule != evidence.WEAK]
    names = {key(f.name) for f in strong}
    countries = {f.candidates[0].country for f in strong if f.candidates} - {""}
    kept = []
    for item in found:
        if item.rule == evidence.WEAK and key(item.name) not in names:
            near = tuple(p for p in item.candidates if p.country in countries)
            if not near or prior(near[0]) < WEAK_PRIOR:
                continue
            item.candidates = near
        kept.append(item)
    return kept


def _clear(found: list[Found]) -> list[Found]:
    """One span per stretch of text: the first found wins."""
    kept: list[Found] = []
    for item in found:
        if all(item.end <= k.start or k.end <= item.start for k in kept):
            kept.append(item)
    return sorted(kept, key=lambda f: f.start)


# -- the parser's names ----------------------------------------------------------------------------


def _runs(tokens: Sequence[Word], labels: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Runs of tokens with one entity label, as half-open token numbers."""
    at = 0
    while at < len(tokens):
        label = tokens[at].ent
        stop = at + 1
        while stop < len(tokens) and tokens[stop].ent == label:
            stop += 1
        if label in labels:
            yield at, stop
        at = stop


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the article in front, the possessive behind, and punctuation around."""
    if match := _TRIM_LEFT.match(text, start, end):
        start = match.end()
    if match := _POSSESSIVE.search(text[start:end]):
        end = start + match.start()
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ".)":
        end -= 1
    return start, end


def _by_parser(text: str, tokens: Sequence[Word]) -> Iterator[Found]:
    for first, stop in _runs(tokens, _PLACE_ENTS):
        for at, end in _parts(tokens, first, stop):
            item = _parsed(text, tokens, at, end)
            if item is not None:
                yield item


def _parts(tokens: Sequence[Word], first: int, stop: int) -> Iterator[tuple[int, int]]:
    """The run, cut where a preposition or comma shows that it is two names ("Atarib to Afrin")."""
    at = first
    for n in range(first, stop):
        if tokens[n].text in _CUTS:
            if n > at:
                yield at, n
            at = n + 1
    if at < stop:
        yield at, stop


def _parsed(text: str, tokens: Sequence[Word], at: int, stop: int) -> Found | None:
    start, end = _trim(text, tokens[at].start, tokens[stop - 1].end)
    if start >= end:
        return None
    name = text[start:end]
    before = tokens[at - 1].text.lower() if at else ""
    rule = "parser-locative" if before in words().locative else "parser"
    found = candidates(name)
    if evidence.after_comma(text, tokens, at) and name in gazetteer.postal():
        found = gazetteer.postal()[name]
    elif name.isupper() and len(name) < 4 and not (found and evidence.sure(found[0])):
        return None
    if not found and rule != "parser-locative":
        return None
    return Found(start, end, name, rule, candidates=found)


# -- the gazetteer ---------------------------------------------------------------------------------


def _by_gazetteer(text: str, tokens: Sequence[Word]) -> Iterator[Found]:
    at = 0
    while at < len(tokens):
        stop = at + 1
        if tokens[at].capital:
            for end in range(_reach(text, tokens, at), at, -1):
                if not tokens[end - 1].capital and not _short(text, tokens, at, end):
                    continue
                item = _taken(text, tokens, at, end)
                if item is not None:
                    yield item
                    stop = end
                    break
        at = stop


def _reach(text: str, tokens: Sequence[Word], at: int) -> int:
    """Where a name that starts at `at` must end at the latest."""
    stop = at + 1
    while (
        stop < min(len(tokens), at + MAX_WORDS)
        and joined(text, tokens[stop - 1], tokens[stop])
        and (tokens[stop].text[0].isalnum() or tokens[stop].text in _INSIDE)
    ):
        stop += 1
    while stop > at + 1 and not tokens[stop - 1].capital and not _short(text, tokens, at, stop):
        stop -= 1
    return stop


def _short(text: str, tokens: Sequence[Word], at: int, stop: int) -> bool:
    return text[tokens[at].start : tokens[stop - 1].end] in gazetteer.short_forms()


def _taken(text: str, tokens: Sequence[Word], at: int, stop: int) -> Found | None:
    start, end = tokens[at].start, tokens[stop - 1].end
    name = text[start:end]
    place = gazetteer.demonyms().get(name.lower())
    if place is not None:
        if not evidence.demonym(tokens, at, stop):
            return None
        return Found(start, end, name, "demonym", "demonym", (place,))
    found = gazetteer.short_forms().get(name) or gazetteer.lookup_key(key(name))
    after_place = evidence.after_comma(text, tokens, at)
    if after_place and name in gazetteer.postal():
        return Found(start, end, name, "postal", candidates=gazetteer.postal()[name])
    if not found:
        return None
    rule = evidence.name(text, tokens, at, stop, found, after_place)
    return Found(start, end, name, rule, candidates=found) if rule else None


def candidates(name: str) -> tuple[Place, ...]:
    """What the name may mean: by its own spelling, else without a generic word beside it."""
    short = gazetteer.short_forms().get(name)
    if short:
        return short
    found = gazetteer.lookup(name)
    if found:
        return found
    plain = words().strip_generic(key(name))
    return gazetteer.lookup_key(plain) if plain else ()
