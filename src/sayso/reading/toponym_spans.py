"""Where a text names a place: the parser's names, and what gazetteer and wording add to them.

Finds spans and the evidence for each; which place is meant is `toponym_resolve`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sayso.knowledge import gazetteer
from sayso.knowledge.gazetteer import Place, prior
from sayso.knowledge.placenames import key
from sayso.knowledge.placewords import words
from sayso.language.dateline import dateline
from sayso.language.syntax import Sentence
from sayso.reading import toponym_evidence as evidence
from sayso.reading.draft import Draft, SentenceSpan
from sayso.reading.toponym_tokens import Site, Word, in_row
from sayso.reading.toponym_worded import (
    INSIDE,
    MAX_WORDS,
    UNKNOWN,
    Hint,
    hint,
    may_be_worded,
    telling,
    unknown_reach,
    unknown_rule,
    worded,
)

_TOKEN = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)?|['’]s\b|[^\w\s]")
_PLACE_ENTS = frozenset(["GPE", "LOC", "FAC"])
_TRIM_LEFT = re.compile(r"(?:the|The|THE)\s+")
_CUTS = frozenset([",", ";", "/", "to", "for", "near", "in", "at", "and", "from", "or", "–", "—"])
_POSSESSIVE = re.compile(r"['’]s?$")
_CAPITAL_OF_US = re.compile(r",? ?D\.?C\b\.?")


@dataclass(slots=True)
class Found:
    """A span that names a place. `name` is what to look up, `candidates` what it may mean, `hint`
    what kind of place the words beside it say it is."""

    start: int
    end: int
    name: str
    rule: str
    form: Literal["name", "demonym"] = "name"
    candidates: tuple[Place, ...] = ()
    hint: Hint = ""


def words_of(text: str, span: SentenceSpan, tree: Sentence | None) -> list[Word]:
    """The tokens of a sentence, of its tree if there is one."""
    if tree is not None:
        return in_row(text, ((t.start, t.end, t.text, t.ent, t.pos) for t in tree))
    found = _TOKEN.finditer(text, span.start, span.end)
    return in_row(text, ((m.start(), m.end(), m.group(), "", "") for m in found))


def find(draft: Draft) -> list[Found]:
    """All names of the document that may be places, in text order; none overlaps another. Those of
    the DOUBTFUL rules wait for `toponym_admit`."""
    out: list[Found] = []
    people = evidence.People()
    for span in draft.sentences():
        ahead = dateline(draft.text[span.start : span.end])
        tokens = words_of(draft.text, span, draft.tree_of(span))
        site = Site(draft.text, tokens, span.start + ahead if ahead else 0, telling(tokens))
        people.add(site.tokens)
        out += _clear([*_by_parser(site), *_by_gazetteer(site)])
    return [f for f in out if not _a_person(f, people)]


def _clear(found: list[Found]) -> list[Found]:
    """One span per stretch of text: known names before unknown ones, the longer before the
    shorter, weak ones last."""
    found.sort(key=lambda f: (f.rule in evidence.DOUBTFUL, not f.candidates, f.start - f.end))
    kept: list[Found] = []
    for item in found:
        if all(item.end <= k.start or k.end <= item.start for k in kept):
            kept.append(item)
    return sorted(kept, key=lambda f: f.start)


def _a_person(item: Found, people: evidence.People) -> bool:
    """True if the name is a person's elsewhere in the text and nothing but its looks makes it a
    place here."""
    if item.rule == "generic-of":
        return False
    if item.rule == evidence.AGAIN:
        return any(word in people.full for word in item.name.lower().split())
    if item.candidates and item.rule not in ("parser", "bare", evidence.WEAK):
        return False
    if " " in item.name:
        return False
    likely = bool(item.candidates) and evidence.sure(item.candidates[0])
    return item.name.lower() in people.any and not likely


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


def _by_parser(site: Site) -> Iterator[Found]:
    for first, stop in _runs(site.tokens, _PLACE_ENTS):
        at = first
        for n in range(first, stop + 1):
            # A preposition or comma inside shows two names: "Atarib to Afrin".
            if n == stop or site.tokens[n].text in _CUTS:
                item = _parsed(site, at, n) if n > at else None
                if item is not None:
                    yield item
                at = n + 1


def _parsed(site: Site, at: int, stop: int) -> Found | None:
    while stop - at > 1 and site.tokens[stop - 1].text in words().generic_after:
        stop -= 1  # "Idlib province": the noun is no part of the name
    start, end = _trim(site.text, site.tokens[at].start, site.tokens[stop - 1].end)
    if start >= end:
        return None
    name = site.text[start:end]
    found = candidates(name)
    article = site.text[max(0, start - 4) : start]
    if article.lower() == "the ":
        found = gazetteer.lookup_key("the " + key(name)) or found
        if article == "The " and _has_article(found):
            start, name = start - 4, article + name
    if not found and name.split(" ")[0].lower() in words().directions and " " in name:
        # "southern Idlib": the direction is no part of the name.
        start += len(name.split(" ")[0]) + 1
        name = site.text[start:end]
        found = candidates(name)
    if stop == at + 1 and site.shouted(at):
        return None
    if site.after_comma(at) and name in gazetteer.postal():
        found = gazetteer.postal()[name]
    elif name.isupper() and len(name) < 4 and not (found and evidence.sure(found[0])):
        return None
    locative = site.locative(at, unknown=not found)
    if evidence.namesake(site, at, stop):
        return None
    if name.lower() in words().common and not (found and _stands_out(site, at, found[0])):
        return None
    rule = "parser-locative" if locative else "parser"
    if not found:
        rule = unknown_rule(site, at) if worded(site, at, stop) else rule
        if rule not in UNKNOWN or not name[0].isupper():
            return None
    return Found(start, end, name, rule, candidates=found, hint=hint(site, at, stop))


def _stands_out(site: Site, at: int, best: Place) -> bool:
    """True if a name that is an English word is a place all the same: a state, or a large town
    right behind "in" or "near" ("in Phoenix")."""
    large = prior(best) >= evidence.BARE_PRIOR and site.lower(at - 1) in ("in", "near")
    return evidence.sure(best) or large


def _has_article(found: Sequence[Place]) -> bool:
    """True for a town whose name begins with its article ("The Hague")."""
    return bool(found) and found[0].kind == "city" and found[0].name.startswith("The ")


# -- gazetteer and wording -------------------------------------------------------------------------


def _by_gazetteer(site: Site) -> Iterator[Found]:
    at = 0
    while at < len(site.tokens):
        stop = at + 1
        if site.starts_name(at):
            for item, end in _starting_at(site, at):
                yield item
                stop = max(stop, end)
        at = stop


def _starting_at(site: Site, at: int) -> Iterator[tuple[Found, int]]:
    """The longest name that starts at the token, and the token after it."""
    if site.lower(at) == "the":
        return
    known = site.unbroken(at + 1) or begins(site.tokens[at].text)
    for stop in range(_reach(site, at), at, -1) if known else ():
        if not site.tokens[stop - 1].capital and not _short(site, at, stop):
            continue
        if site.cut_inside(at, stop):
            continue
        item = _taken(site, at, stop)
        if item is not None:
            yield item, stop
            return
    if not may_be_worded(site, at):
        return
    reach = unknown_reach(site, at)
    if worded(site, at, reach):
        start, end = _trim(site.text, site.tokens[at].start, site.tokens[reach - 1].end)
        if start < end:
            yield Found(start, end, site.text[start:end], unknown_rule(site, at)), reach


@lru_cache(maxsize=20_000)
def begins(word: str) -> bool:
    """False if the word is no known name, as it is written or behind "the", and opens none."""
    plain = key(word)
    return _known(word) or gazetteer.opens(plain) or gazetteer.opens(f"the {plain}")


def _reach(site: Site, at: int) -> int:
    """Where a name that starts at `at` must end at the latest."""
    tokens = site.tokens
    stop = at + 1
    known = site.lower(at - 1) != "the"
    while (
        stop < min(len(tokens), at + MAX_WORDS)
        and site.joined(stop)
        and (tokens[stop].text[0].isalnum() or tokens[stop].text in INSIDE)
    ):
        if known and site.spaced(stop) and not gazetteer.opens(key(site.exact(at, stop))):
            break  # no known name goes on from here
        stop += 1
    while stop > at + 1 and not tokens[stop - 1].capital and not _short(site, at, stop):
        stop -= 1
    return stop


def _short(site: Site, at: int, stop: int) -> bool:
    return site.exact(at, stop) in gazetteer.short_forms()


def _known(name: str) -> bool:
    """False if nothing is known under the name, as it is written or behind "the"."""
    if name.lower() in gazetteer.demonyms() or name in gazetteer.short_forms():
        return True
    if name in gazetteer.postal():
        return True
    plain = key(name)
    return gazetteer.known(plain) or gazetteer.known("the " + plain)


def _taken(site: Site, at: int, stop: int) -> Found | None:
    name = site.exact(at, stop)
    if not _known(name):
        return None
    start, end = site.tokens[at].start, site.tokens[stop - 1].end
    place = gazetteer.demonyms().get(name.lower())
    if place is not None:
        if not evidence.demonym(site, at, stop):
            return None
        return Found(start, end, name, "demonym", "demonym", (place,))
    if stop == at + 1 and site.shouted(at):
        return None
    if site.after_comma(at) and name in gazetteer.postal():
        return Found(start, end, name, "postal", candidates=gazetteer.postal()[name])
    found = gazetteer.short_forms().get(name) or gazetteer.lookup_key(key(name))
    if site.lower(at - 1) == "the":
        # "the Gulf", "the Channel" mean what "Gulf" and "Channel" alone do not.
        found = gazetteer.lookup_key("the " + key(name)) or found
        if site.tokens[at - 1].capital and site.spaced(at) and _has_article(found):
            start = site.tokens[at - 1].start
            name = site.text[start:end]
    if not found:
        return None
    if name == "Washington" and (match := _CAPITAL_OF_US.match(site.text, end)):
        end = match.end()
        found = gazetteer.lookup("Washington, D.C.") or found
        return Found(start, end, "Washington, D.C.", "capital", candidates=found)
    rule = evidence.name_rule(site, at, stop, found[0])
    if rule is None:
        return None
    return Found(start, end, name, rule, candidates=found, hint=hint(site, at, stop))


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
