"""The stage `forecasts`: what is said to be coming, by whom, by when, how sure, on what condition.

A forecast is somebody's statement about what will be. Wishes, questions, plans of an actor about
itself, programmes, laws, habits and claims about earlier forecasts are none (`guards.yaml` says
why, one by one).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sayso.language.dateline import dateline
from sayso.language.syntax import Sentence
from sayso.model.annotation import AnyAnnotation, Attribution, Event, Forecast
from sayso.model.span import Span
from sayso.reading import forecast_model
from sayso.reading.draft import Draft, SentenceSpan, made_by
from sayso.reading.forecast_clauses import Clause, clause_of
from sayso.reading.forecast_cues import Cue, cues, may_forecast
from sayso.reading.forecast_groups import after_number, grouped
from sayso.reading.forecast_guards import refused
from sayso.reading.forecast_lexicon import form
from sayso.reading.forecast_needs import enough
from sayso.reading.forecast_place import Found, Place
from sayso.reading.forecast_plain import plain
from sayso.reading.forecast_polarity import negative
from sayso.reading.forecast_question import missing, question
from sayso.reading.forecast_quotes import Quotes
from sayso.reading.forecast_sources import forecaster_of
from sayso.reading.forecast_words import (
    Hedging,
    Words,
    after_hedge,
    before_hedge,
    conditions,
    due_words,
    hedging,
    in_figures,
    no_chance,
    share,
)
from sayso.reading.timex_deadline import deadline

_KINDS = {"body", "comment", "headline"}
_VERSION = "1"
_made = made_by("forecasts", _VERSION)


class Forecasts:
    """The stage `forecasts`."""

    name = "forecasts"
    version = _VERSION

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        parts = {p.id: p for p in draft.document.parts if p.kind in _KINDS}
        quotes = Quotes(draft)
        out: list[Forecast] = []
        spans = draft.sentences()
        likely = forecast_model.likely(draft, spans, parts)
        told = [
            s for s in spans
            if (part := parts.get(s.part)) is not None
            and forecast_model.sure(likely.get(s.index), part.kind, draft.text[s.start : s.end])
        ]  # fmt: skip
        late = draft.late_trees([s for s in told if draft.tree_of(s) is None])
        sure = {s.index for s in told}
        for n, span in enumerate(spans):
            part = parts.get(span.part)
            if part is None:
                continue
            seen, text = likely.get(span.index), draft.text[span.start : span.end]
            if span.index not in sure and (
                forecast_model.kept_back(seen, text) or not may_forecast(text)
            ):
                continue
            tree = draft.tree_of(span) or late.get(span.index)
            if tree is None:
                continue
            words_ = plain(draft.text, span.start, span.end)
            held = tuple(cues(words_, forecast_model.rules_for(seen, part.kind, words_.text)))
            if not held and span.index not in sure:
                continue
            place = Place(span, part, tree, words_, held, seen, span.index in sure)
            before = spans[n - 1] if n and spans[n - 1].part == span.part else None
            after = spans[n + 1] if n + 1 < len(spans) and spans[n + 1].part == span.part else None
            out.extend(_in_sentence(draft, place, before, after, quotes))
        return grouped(draft, out)


def _in_sentence(
    draft: Draft,
    place: Place,
    before: SentenceSpan | None,
    after: SentenceSpan | None,
    quotes: Quotes,
) -> list[Forecast]:
    told = draft.over(Attribution, place.span.start, place.span.end)
    found = _judged(place, candidates(place), list(told))
    found = [f for f in found if not quotes.borrowed(place.part.id, f.clause.start, f.clause.end)]
    out = []
    hung = conditions(place.plain, place.tree)
    here = place.span
    opens = here.start + dateline(draft.text[here.start : here.end])
    found = [_behind(f, opens) for f in found]
    for k, item in enumerate(found):
        left = max(_left(place, found, k), opens)
        right = found[k + 1].clause.start if k + 1 < len(found) else place.span.end
        condition = _condition(item, found, hung) or _condition_before(draft, item, before, place)
        stretch = left, max(right, item.clause.end)
        shared = _hedge(place, found[k - 1], _left(place, found, k - 1), left) if k else None
        out.append(_forecast(draft, place, item, *stretch, condition, before, after, shared))
    return out


def _behind(item: Found, at: int) -> Found:
    """A forecast without the dateline that its sentence opens with."""
    if not item.clause.start < at <= item.clause.main.start:
        return item
    return replace(item, clause=replace(item.clause, start=at))


def _judged(place: Place, found: list[Found], told: list[Attribution]) -> list[Found]:
    """What the cues found; what the trained model sees alone where they found nothing."""
    seen = place.seen
    if found or seen is None or not place.sure:
        return found
    if place.cues and not forecast_model.overrules(seen.likely):
        return []
    alone = forecast_model.without_cue(place.tree, seen.likely, told)
    return [Found(*alone)] if alone is not None else []


def _left(place: Place, found: list[Found], k: int) -> int:
    """Where the stretch begins that belongs to no forecast before the k-th."""
    return found[k - 1].clause.end if k else place.span.start


_AND_THAT = re.compile(r"^[\s,]*(?:and|or|but) that\b", re.IGNORECASE)


def _hedge(place: Place, item: Found, left: int, right: int) -> Hedging | None:
    modal = item.cue.rule.id == "may-might"
    clause = item.clause
    return hedging(place.plain, clause.start, clause.end, left, right, modal, clause.main.end)


def candidates(place: Place) -> list[Found]:
    """The clauses of a sentence that foresee something, in text order, one per clause."""
    found: list[Found] = []
    for cue in place.cues:
        clause = clause_of(place.tree, cue)
        if clause is None or clause.start >= clause.end:
            continue
        if any(
            clause.main.i == f.clause.main.i
            or (
                clause.start < f.clause.end
                and f.clause.start < clause.end
                and _later(cue, f, clause)
            )
            for f in found
        ):
            continue
        if not enough(place.plain, place.tree, clause, cue):
            continue
        if refused(place.plain, place.tree, clause, cue, place.part.kind):
            continue
        found.append(Found(cue, clause))
    return sorted(found, key=lambda f: (f.clause.start, f.clause.end))


def _later(cue: Cue, other: Found, clause: Clause) -> bool:
    """True if the clause adds nothing to one that was found already."""
    plain_futures = {"modal", "raise"}
    return not (cue.rule.kind in plain_futures and other.cue.rule.kind in plain_futures)


def _condition(item: Found, found: list[Found], hung: list[Words]) -> Words | None:
    """The condition that stands in the clause, or beside it with no other forecast between."""
    start, end = item.clause.start, item.clause.end
    best: tuple[int, Words] | None = None
    for hanging in hung:
        if hanging.start <= start and end <= hanging.end:
            # The tree ran on into the forecast: what stands before its subject is left.
            clipped = item.clause.subject_start
            if item.cue.rule.id == "surprised-if" or clipped - hanging.start < 8:
                continue
            hanging = replace(hanging, end=clipped)
        if hanging.start < end and start < hanging.end:
            gap = 0
        elif hanging.end <= start:
            gap = start - hanging.end
            between = [
                f for f in found
                if f is not item and hanging.end <= f.clause.start and f.clause.end <= start
                and f.clause.verb.i != _conjunct_head(item)
            ]  # fmt: skip
            if between or gap > 60:
                continue
        else:
            gap = hanging.start - end
            if (
                any(f is not item and end <= f.clause.start < hanging.start for f in found)
                or gap > 25
            ):
                continue
        if best is None or gap < best[0]:
            best = (gap, hanging)
    return best[1] if best else None


def _conjunct_head(item: Found) -> int:
    return item.clause.verb.head if item.clause.verb.dep == "conj" else -1


def _condition_before(
    draft: Draft, item: Found, before: SentenceSpan | None, place: Place
) -> Words | None:
    """A condition left hanging at the end of the sentence before ("… if they take it all. It will
    give …"), when this sentence starts with the forecast and speaks of "it" or "that"."""
    if before is None or item.clause.start - place.span.start > 12:
        return None
    first = item.clause.subject[0].lower if item.clause.subject else ""
    if first not in {"it", "that", "this", "they", "then"}:
        return None
    text = plain(draft.text, before.start, before.end)
    at = max(text.text.rfind(" if "), text.text.rfind(".if "))
    if text.text.startswith("if "):
        at = -1
    elif at < 0:
        return None
    tail = text.text[at + 1 :].rstrip(" .!…")
    if "," in tail or "?" in tail or len(tail) < 8 or len(tail) > 120:
        return None
    return Words(text.start(at + 1), text.end(at + 1 + len(tail)), "if")


def _forecast(
    draft: Draft,
    place: Place,
    item: Found,
    left: int,
    right: int,
    condition: Words | None,
    before: SentenceSpan | None,
    after: SentenceSpan | None,
    shared: Hedging | None,
) -> Forecast:
    clause, cue = item.clause, item.cue
    start, end = clause.start, clause.end
    if condition and condition.start > start and condition.end >= end:
        end = _back(draft, start, condition.start)
    if condition and condition.start <= start < condition.end < end:
        start = _forward(draft, condition.end, end)
    start = after_number(draft.text, place.part, start, end)
    start, end = _without_source(draft, clause, start, end)
    hedge = _hedge(place, item, left, right)
    if hedge is None and (own := place.tagged("hedge", clause, left, right)) is not None:
        hedge = Hedging(own.start, own.end, None, None)
    if hedge is not None and share(place.plain, place.tree, hedge):
        hedge = None
    if hedge is None and after is not None:
        hedge = after_hedge(plain(draft.text, after.start, after.end))
    if hedge is None and before is not None and not _asked(draft, before):
        hedge = before_hedge(plain(draft.text, before.start, before.end))
    if hedge is None and shared is not None and _AND_THAT.search(draft.text[left : clause.start]):
        hedge = shared
    denied = negative(place, clause, cue, left)
    if hedge is None and denied and after is not None:
        hedge = no_chance(plain(draft.text, after.start, after.end))
    if hedge is not None and not denied:  # "No chance, 20 percent": of which of the two?
        hedge = in_figures(place.plain, hedge)
    due = due_words(place.plain, place.tree, clause, left, right)
    due = due or place.tagged("due", clause, left, right)
    condition = condition or place.tagged("condition", clause, left, right)
    if due and condition and due.start < condition.end and condition.start < due.end:
        # "When the dam breaks, …" says by when as well as on what.
        due = due if condition.rule == "when" else None
    when, due_span = _due(draft, place.tree, clause, due, right)
    due_span = _without_stop(draft, due_span)
    low = min(start, cue.start if cue.start >= place.span.start else start)
    high = max(end, cue.end if cue.rule.kind == "modal" else end)
    if hedge and place.span.start <= hedge.start < place.span.end:
        low, high = min(low, hedge.start), max(high, hedge.end)
    forecaster = forecaster_of(draft, place, item, start, end)
    event = _event(draft, clause, start, end)
    ask = question(draft.text, place.tree, clause, cue, due.start if due else None)
    return Forecast(
        id=draft.new_id("forecast"),
        start=low,
        end=high,
        exact=draft.text[low:high],
        part=place.part.id,
        confidence=confidence(item, hedge, place.part.kind),
        made_by=_made(cue.rule.id),
        proposition=draft.span(start, end),
        forecaster=forecaster,
        due=when,
        due_words=due_span,
        probability=hedge.interval if hedge else None,
        probability_words=draft.span(hedge.start, hedge.end) if hedge else None,
        condition=_span(draft, condition),
        event=event.id if event else None,
        polarity="negative" if denied else "positive",
        question=ask,
        missing=missing(draft, place.tree, clause, start, end, due is not None),
    )


def _asked(draft: Draft, span: SentenceSpan) -> bool:
    """True for a sentence that answers a question before it ("Is he guilty? Unlikely.")."""
    return draft.text[: span.start].rstrip().endswith("?")


def _without_source(draft: Draft, clause: Clause, start: int, end: int) -> tuple[int, int]:
    """The proposition without the words that name who says it: "…, according to X" at its end,
    "X said" before it."""
    verb = clause.main
    for said in draft.over(Attribution, start, end):
        holds = any(c.start <= verb.start and verb.end <= c.end for c in said.content)
        if not holds or said.cue.overlaps(verb.start, verb.end):
            continue
        said_to = max(c.end for c in said.content if c.start <= verb.start and verb.end <= c.end)
        if said_to < end and draft.text[said_to : said_to + 2] == ", " and said.cue.end <= start:
            end = said_to  # "She believes that it will hold, while the mayor …"
        own = [s for s in (said.cue, said.source) if s is not None and s.exact]
        edge = min((s.start for s in own if s.start is not None), default=end)
        last = max((s.end for s in own if s.end is not None), default=start)
        over = all(c.end <= edge for c in said.content)
        if verb.end <= edge < end and (over or end <= max(last, edge) + 2):
            end = _back(draft, start, edge)
        elif start < last <= verb.start and all(c.start >= last for c in said.content):
            start = _forward(draft, last, end)
    return start, end


def _due(
    draft: Draft, tree: Sentence, clause: Clause, words_found: Words | None, right: int
) -> tuple[str | None, Span | None]:
    """The due interval (EDTF) and its words. The words stand even where nothing dates them."""
    span = _span(draft, words_found)
    end = max(clause.end, span.end if span else clause.end)
    if span is not None and span.start >= clause.end:
        end = max(end, right)
    given = deadline(draft, min(clause.start, span.start) if span else clause.start, end)
    if given and span and not given.words.overlaps(span.start, span.end) and _open(given.edtf):
        # "the next move in March": "next" alone says less than the words that were found.
        given = deadline(draft, span.start, max(span.end, clause.end)) or given
    if given is None:
        return None, span
    if span is None and given.edtf is None:
        # Only an event dates it ("after the vote"); one of the past or "by now" does not.
        inside = tree.within(given.words.start, given.words.end)
        past = any(t.tag == "VBD" for t in inside) or (bool(inside) and inside[-1].lower == "now")
        return None, None if past else given.words
    if span is None or given.words.overlaps(span.start, span.end):
        narrower = span is not None and given.words.end - given.words.start < span.end - span.start
        if narrower and given.vague:
            return None, span
        return given.edtf, span if narrower else given.words
    if given.restated is not None and given.restated.overlaps(span.start, span.end):
        return given.edtf, given.restated
    return (given.edtf, given.words) if given.edtf else (None, span)


def _open(due: str | None) -> bool:
    return due is not None and due.endswith("/..")


def _span(draft: Draft, at: Words | None) -> Span | None:
    return draft.span(at.start, _back(draft, at.start, at.end)) if at else None


def _without_stop(draft: Draft, at: Span | None) -> Span | None:
    """The words without the mark that ends their sentence; an abbreviation keeps its own."""
    if at is None or at.start is None or at.end is None:
        return at
    words_here = draft.text[at.start : at.end]
    if form("abbreviated").search(words_here.lower()):
        return at
    end = at.start + len(words_here.rstrip(" .!?…"))
    return draft.span(at.start, end) if at.start < end < at.end else at


def _back(draft: Draft, start: int, end: int) -> int:
    text = draft.text
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in ",;:-–—("):
        end -= 1
    return end


def _forward(draft: Draft, start: int, end: int) -> int:
    text = draft.text
    while start < end - 1 and (text[start].isspace() or text[start] in ",;:-–—)."):
        start += 1
    return start


def _event(draft: Draft, clause: Clause, start: int, end: int) -> Event | None:
    """The event that the proposition is about: the one nearest to its verb."""
    near = [
        e
        for e in draft.over(Event, start, end)
        if e.status in {"expected", "planned", "hypothetical"}
    ]
    if not near:
        return None
    return min(near, key=lambda e: (abs(e.start - clause.main.start), e.start))


def confidence(item: Found, hedge: Hedging | None, kind: str) -> float:
    """The rule's share of right ones, less where the clause is a relative one."""
    value = item.cue.rule.confidence
    if item.clause.relative:
        value -= 0.15
    if hedge is not None and item.cue.rule.id != "may-might":
        value += 0.05
    return round(min(max(value, 0.1), 0.95), 2)
