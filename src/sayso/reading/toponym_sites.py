"""The words of a sentence that can be the place of an event: names of places, names of sites that
no gazetteer knows ("the Thardeh Mountains"), and words that take up a place ("the town")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from sayso.knowledge.placewords import site_words, ties, words
from sayso.language.dateline import dateline
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg, Mention
from sayso.reading.draft import Draft
from sayso.reading.toponym_anaphora import taken_up_words
from sayso.reading.toponym_index import names_actor, place_mentions

_PLACE_ENTS = frozenset(["GPE", "LOC", "FAC"])
_WIDE_KM = 50
"""A part of a town reaches less, a part of a province more."""
_TIMES = frozenset(["DATE", "TIME"])
_INSIDE = frozenset(["in", "inside", "near", "outside"])
_NAME_PARTS = ("compound", "nmod", "poss", "amod", "nummod", "case")
_HEADING = re.compile(r"[\w’'.,/ -]{3,60}?(?:\s{3,}|\s+[–—]\s)")
"""A place set apart at the head of a report by white space or a dash."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place with its syntactic head, and how far it reaches: a country, another wide area
    (region, sea, first division), or less ("local": a town, a district, a name nobody knows)."""

    arg: Arg
    head: Token
    extent: Literal["country", "wide", "local"] = "local"


def is_site(arg: Arg) -> bool:
    """True for words that end in what they are: "the Norvian embassy", "Tarun Hospital"; not "the
    Dawn Front"."""
    return arg.exact.split()[-1].lower() in site_words()


def is_country(draft: Draft, place: Arg | Mention) -> bool:
    """Whether a place is a country, a dependency or what was one."""
    entity = draft.entity(place.entity)
    code = (entity.feature_code if entity else None) or ""
    return place.precision == "country" or code.startswith("PCL")


def sites_of(draft: Draft, sentence: Sentence) -> list[Site]:
    """Those of the sentence: the longest of mentions that overlap, no demonyms, nothing of the
    dateline. Names come in text order, then the words that take up a place."""
    text = draft.text[sentence.start : sentence.end]
    first = sentence.start + max(dateline(text), _heading(text))
    kept: list[Mention] = []
    found = place_mentions(draft, first, sentence.end)
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= k.start or k.end <= mention.start for k in kept):
            kept.append(mention)
    out = []
    for mention in kept:
        head = sentence.span_head(mention.start, mention.end)
        if head is not None:
            out.append(Site(_arg(mention), head, _extent(draft, mention)))
    out.sort(key=lambda s: s.arg.start)
    out = [_with_its_town(draft, out[n - 1] if n else None, s) for n, s in enumerate(out)]
    taken = [(s.arg.start, s.arg.end) for s in out]
    out += [
        s
        for s in _unknown(draft, sentence)
        if s.arg.start >= first and all(s.arg.end <= a or b <= s.arg.start for a, b in taken)
    ]
    out.sort(key=lambda s: s.arg.start)
    return [*out, *(Site(arg, head) for arg, head in taken_up_words(draft, sentence))]


def _with_its_town(draft: Draft, before: Site | None, site: Site) -> Site:
    """ "Hamburg, Germany": the country hangs where the town does, wherever the parser put it."""
    if before is None or before.extent != "local" or site.extent == "local":
        return site
    beside = draft.text[before.arg.end : site.arg.start] == ", "
    return replace(site, head=before.head) if beside and site.head.dep != "conj" else site


def _extent(draft: Draft, mention: Mention) -> Literal["country", "wide", "local"]:
    if is_country(draft, mention):
        return "country"
    entity = draft.entity(mention.entity)
    code = entity.feature_code if entity else None
    wide = code in ("ADM1", "CONT", "RGN", "RGNE", "SEA") or mention.precision in ("sea", "admin1")
    wide = wide or (mention.radius_km or 0) > _WIDE_KM
    return "wide" if wide else "local"


def _heading(sentence: str) -> int:
    match = _HEADING.match(sentence)
    return match.end() if match and match.group()[:1].isupper() else 0


def _arg(mention: Mention) -> Arg:
    return Arg(
        start=mention.start,
        end=mention.end,
        exact=mention.exact,
        entity=mention.entity,
        precision=mention.precision,
        relation=mention.relation,
        radius_km=mention.radius_km,
    )


def _unknown(draft: Draft, sentence: Sentence) -> list[Site]:
    """Names that no gazetteer knows, as arguments without an entity: those that the parser takes
    for a place, or whose words say it ("the Heart Hospital", "the districts of X", "in X")."""
    out = []
    for token in sentence:
        if token.pos != "PROPN" or not token.text[:1].isupper():
            continue
        if sentence.head(token).pos == "PROPN" and token.dep in _NAME_PARTS:
            continue
        first = token
        for child in sentence.children(token, *_NAME_PARTS):
            if child.i < first.i and child.pos == "PROPN" and child.dep != "poss":
                first = child
        site = first.i < token.i and token.lower in words().sites | words().named_kinds
        if not site and token.ent not in _PLACE_ENTS and not worded(sentence, token):
            continue
        if token.lower in ties().bodies and token.ent == "ORG":
            continue
        body = token.lower in ties().bodies or not (site or worded(sentence, token))
        if not names_actor(draft, first.start, token.end, introduced=body):
            span = draft.span(first.start, token.end)
            out.append(Site(Arg(start=span.start, end=span.end, exact=span.exact), token))
    return out


def worded(sentence: Sentence, token: Token) -> bool:
    """True for "the X district", "the districts of X" and "inside X" of a name,
    whatever the parser takes it for, save a day."""
    if token.ent in _TIMES:
        return False
    up = sentence.head(token)
    if token.dep in ("compound", "nmod"):
        return up.pos == "NOUN" and up.lemma in words().settlement_after
    if token.dep != "pobj":
        return False
    if up.lower == "of":
        return sentence.head(up).lemma in words().settlement | words().settlement_after
    if any(t.lemma in words().city_nouns for t in sentence.children(token, "appos")):
        return True  # "in Tarun, a small town"
    return up.lower in _INSIDE and not token.ent
