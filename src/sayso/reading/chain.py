"""The order of the stages, one line each, and the walk along it."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.language.syntax import Parser
from sayso.memory import uncollected
from sayso.model.capture import Capture
from sayso.model.document import Document
from sayso.model.reading import Reading
from sayso.reading.actors import Actors
from sayso.reading.attributions import Attributions
from sayso.reading.draft import Draft
from sayso.reading.events import Events
from sayso.reading.forecasts import Forecasts
from sayso.reading.mentions import Mentions
from sayso.reading.quantities import Quantities
from sayso.reading.relevance import wanted
from sayso.reading.replies import Replies
from sayso.reading.stage import Stage
from sayso.reading.timex import Timexes
from sayso.reading.toponyms import Toponyms


def stages() -> tuple[Stage, ...]:
    """The stages in the order in which they read."""
    return (
        Mentions(),  # names and noun phrases that may matter, and names the text introduces
        Actors(),  # who they are
        Toponyms(),  # where they are
        Timexes(),  # when
        Quantities(),  # how many of what
        Attributions(),  # who says, believes, shows
        Events(),  # who did what to whom
        Forecasts(),  # what is said to be coming
        Replies(),  # what a comment does to what it answers
    )


def read(document: Document, capture: Capture, parser: Parser) -> Reading:
    """The document with the annotations of every stage."""
    return read_all([(document, capture)], parser)[0]


def read_all(pages: Sequence[tuple[Document, Capture]], parser: Parser) -> list[Reading]:
    """`read` for several documents; their sentences are parsed together, which costs less for
    short ones. The result is the same as one by one."""
    with uncollected():
        drafts = [(_draft(document, parser), capture) for document, capture in pages]
        jobs = [(d.text, [(s.start, s.end) for s in d.chosen()]) for d, _ in drafts]
        for (draft, _), trees in zip(drafts, parser.parse_all(jobs), strict=True):
            draft.prime(trees)
        return [_walk(draft, capture) for draft, capture in drafts]


def _draft(document: Document, parser: Parser) -> Draft:
    draft = Draft(document, parser)
    draft.wanted = wanted  # only sentences that can matter are parsed
    return draft


def _walk(draft: Draft, capture: Capture) -> Reading:
    if draft.text.strip():
        for stage in stages():
            for annotation in stage.read(draft):
                draft.add(annotation)
    return finish(draft, capture)


def finish(draft: Draft, capture: Capture) -> Reading:
    """The draft as a reading that will not change any more."""
    return Reading(
        capture=capture,
        document=draft.document,
        entities=draft.entities(),
        annotations=draft.annotations(),
        issues=draft.document.issues + tuple(draft.issues),
    )
