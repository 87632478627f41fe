"""The stage `attributions`: who says, believes, expects or shows what, and in which words.

Source, cue and content follow PolNeAR's conventions (Newell, Margolin and Ruths 2018): a source
with its titles, appositions and relative clauses, a cue with its auxiliaries, a content that may
be interrupted. See docs/attribution.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from sayso.language.dateline import dateline
from sayso.language.syntax import Sentence
from sayso.model.annotation import AnyAnnotation, Arg, Attribution
from sayso.reading.attribution_citing import read_citing
from sayso.reading.attribution_colon import read_colon
from sayso.reading.attribution_found import Found
from sayso.reading.attribution_free import read_free
from sayso.reading.attribution_inverted import read_inverted
from sayso.reading.attribution_lexicon import SPEECH
from sayso.reading.attribution_nouns import read_nouns
from sayso.reading.attribution_phrases import (
    read_as,
    read_phrases,
    read_polls,
    read_tail,
    read_views,
)
from sayso.reading.attribution_quotes import attach, paragraphs
from sayso.reading.attribution_sources import Seen, identify
from sayso.reading.attribution_states import read_states
from sayso.reading.attribution_verbs import read_verbs
from sayso.reading.attribution_weight import FLOOR, confidence
from sayso.reading.draft import Draft, made_by

VERSION = "1"
WINDOW = 60
"""How many contents before a cue are looked at for the one that holds it."""

_made = made_by("attributions", VERSION)


class Attributions:
    """The stage `attributions`."""

    name = "attributions"
    version = VERSION

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        found: list[Found] = []
        for sentence in draft.trees():
            here = read_sentence(sentence)
            if here:
                _skip_dateline(draft.text, sentence, here)
                found += here
        _quotations(draft, found)
        found += read_free(draft, found)
        for f in found:
            _tidy(draft.text, f)
        found = [f for f in found if f.content]
        found.sort(key=lambda f: (f.start, -f.end))
        for f, outer in zip(found, _outers(found), strict=True):
            if outer is not None and "quoted" not in f.notes:
                f.notes.add("nested")
            f.confidence = confidence(f)
        return _annotations(draft, [f for f in found if f.confidence >= FLOOR])


def read_sentence(sentence: Sentence) -> list[Found]:
    """What one sentence attributes, by its own words alone; speech cues without a content are
    kept, a quotation beside them may be it."""
    found = [*read_phrases(sentence), *read_verbs(sentence), *read_nouns(sentence)]
    found += [*read_polls(sentence), *read_colon(sentence), *read_views(sentence)]
    taken = {f.cue[0] for f in found if f.content and f.source}
    surface = [*read_as(sentence), *read_tail(sentence, taken), *read_inverted(sentence, taken)]
    known = {f.cue[0] for f in [*found, *surface] if f.source}
    surface += [f for f in read_states(sentence) if f.cue[0] not in known]
    starts = {f.cue[0] for f in surface}
    found = [f for f in found if f.cue[0] not in starts or (f.content and f.source)] + surface
    return read_citing(sentence, _without_doubles(found))


def _without_doubles(found: list[Found]) -> list[Found]:
    """Where two cues share words ("declined to say"), only the one that governs; but what
    somebody "sought to assure" or "wants to tell" is said."""
    out: list[Found] = []
    for f in sorted(found, key=lambda f: (f.cue[0], f.cue[1], not f.content)):
        shared = [g for g in out if g.cue[0] < f.cue[1] and f.cue[0] < g.cue[1] and g.content]
        if not shared or not f.content:
            out.append(f)
        elif f.cls in SPEECH and all(g.cls == "plan" for g in shared):
            out = [g for g in out if g not in shared] + [f]
    return out


def _tidy(text: str, found: Found) -> None:
    """Closes a bracket that the parser cut from a source, and drops contents without a word."""
    if found.source is not None:
        start, end = found.source
        words = text[start:end]
        if words.count("(") > words.count(")") and text[end : end + 1] == ")":
            found.source = (start, end + 1)
    found.content = [(s, e) for s, e in found.content if any(c.isalnum() for c in text[s:e])]


def _skip_dateline(text: str, sentence: Sentence, found: list[Found]) -> None:
    """Takes a dateline off whatever begins with it."""
    at = sentence.start + dateline(text[sentence.start : sentence.end])
    if at == sentence.start:
        return
    for f in found:
        f.content = [(max(s, at), e) for s, e in f.content if e > at]
        if f.source is not None and f.source[0] < at < f.source[1]:
            f.source = (at, f.source[1])


def _quotations(draft: Draft, found: list[Found]) -> None:
    """Lets the attributions of each paragraph take the quotations in it."""
    found.sort(key=lambda f: f.cue)
    at = 0
    for part in draft.document.parts:
        for start, end in paragraphs(draft.text, part.start, part.end):
            while at < len(found) and found[at].cue[0] < start:
                at += 1
            stop = at
            while stop < len(found) and found[stop].cue[0] < end:
                stop += 1
            attach(draft.text, (start, end), found[at:stop])
            at = stop


def _annotations(draft: Draft, found: list[Found]) -> list[AnyAnnotation]:
    ids = [draft.new_id("attribution") for _ in found]
    out: list[AnyAnnotation] = []
    seen = Seen()
    for f, own, outer in zip(found, ids, _outers(found), strict=True):
        known = identify(draft, f, seen)
        source = None
        if f.source is not None:
            start, end = f.source
            source = Arg(start=start, end=end, exact=draft.text[start:end], entity=known.entity)
        part = draft.part_of(f.start)
        out.append(
            Attribution(
                id=own,
                start=f.start,
                end=f.end,
                exact=draft.text[f.start : f.end],
                part=part.id if part else None,
                confidence=f.confidence,
                made_by=_made(f.rule),
                source=source,
                cue=draft.span(*f.cue),
                content=tuple(draft.span(s, e) for s, e in f.content),
                certainty=f.certainty,
                nested_in=None if outer is None else ids[outer],
                tier=known.tier,
                access=known.access,
                polarity=f.polarity,
            )
        )
    return out


def _outers(found: list[Found]) -> list[int | None]:
    """For each attribution the index of the narrowest other one in whose content its cue
    stands."""
    out: list[int | None] = []
    spans = sorted((s, e, f.content_length, n) for n, f in enumerate(found) for s, e in f.content)
    starts = [s for s, _, _, _ in spans]
    by_content = {
        tuple(f.content): n for n, f in enumerate(found) if not f.rule.endswith(".citing")
    }
    for n, f in enumerate(found):
        best: tuple[int, int] | None = None
        at = bisect_right(starts, f.cue[0]) - 1
        for s, e, size, other in reversed(spans[max(0, at - WINDOW) : at + 1]):
            if other == n:
                continue
            if not (s <= f.cue[0] and f.cue[1] <= e):
                continue
            mutual = any(a <= found[other].cue[0] < b for a, b in f.content)
            if not mutual and (best is None or size < best[0]):
                best = (size, other)
        behind = by_content.get(tuple(f.content)) if f.rule.endswith(".citing") else None
        out.append(behind if behind is not None else best[1] if best else None)
    return out
