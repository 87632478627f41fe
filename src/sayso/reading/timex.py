"""The stage `timex`: time expressions, their TIMEX3 values and EDTF.

Works on words alone, before any parse. What a relative time is counted from stands in `anchor`:
`published` (the day of the page, or of the comment that holds the words), the id of another timex,
or None. A year that nothing states stays `XXXX`; `note` says why, and which years fit.

Knowingly missed: times that only an event dates ("before the siege"), and words for a day in
languages other than English.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from sayso.model import edtf
from sayso.model.annotation import Timex
from sayso.reading import timex_clock, timex_dates, timex_lengths, timex_relative
from sayso.reading.draft import Draft, SentenceSpan, made_by
from sayso.reading.timex_context import Context, Earlier, Ref, ref_of
from sayso.reading.timex_grammar import Match, grammar
from sayso.reading.timex_holidays import merged
from sayso.reading.timex_meaning import BUILDERS, Meaning
from sayso.reading.timex_tokens import Word, words

VERSION = "1"
_MADE = made_by("timex", VERSION)
_BUILDERS = (timex_clock, timex_dates, timex_lengths, timex_relative)
"""The modules whose import fills the registry of builders."""


class Timexes:
    """See the module's docstring."""

    name = "timex"
    version = VERSION

    def read(self, draft: Draft) -> Iterable[Timex]:
        return list(_read(draft))


def _read(draft: Draft) -> Iterator[Timex]:
    part_id, before = "", list[Earlier]()
    ref, borrowed = ref_of(draft.document, None)
    for sentence in draft.sentences():
        if sentence.part != part_id:
            part_id, before = sentence.part, []
            ref, borrowed = ref_of(draft.document, draft.document.part(part_id))
        yield from _sentence(draft, sentence, ref, borrowed, before)


def _sentence(
    draft: Draft,
    sentence: SentenceSpan,
    ref: Ref,
    borrowed: str | None,
    before: list[Earlier],
) -> Iterator[Timex]:
    if not grammar().worth(draft.text[sentence.start : sentence.end]):
        return
    found = merged(draft.text, words(draft.text, sentence.start, sentence.end))
    matches = grammar().matches(found)
    tree = draft.tree_of(sentence) if matches and ref.day is not None else None
    queue, retried = deque(matches), list[Match]()
    while queue:
        match = queue.popleft()
        context = Context(
            text=draft.text, words=found, ref=ref, match=match, before=before, tree=tree
        )
        meaning = BUILDERS[match.rule.make](context)
        if meaning is None:
            if match.last - match.first > 1 and match not in retried:
                again = grammar().matches(found, (match.first, match.last), match.rule)
                retried += again
                queue.extendleft(reversed(again))
            continue
        meaning = meaning.settled()
        if meaning.issue:
            draft.issue(*meaning.issue, part=sentence.part)
        _check_order(draft, sentence, context, meaning)
        yield _timex(draft, sentence, found, match, meaning, borrowed, before)


def _check_order(draft: Draft, sentence: SentenceSpan, context: Context, meaning: Meaning) -> None:
    """An issue where the text tells as past a day that lies after the day of writing."""
    written = context.ref.day
    if written is None or meaning.anchor is not None or meaning.type != "DATE":
        return
    first, _ = edtf.bounds(meaning.edtf)
    if first is None or (first - written).days <= 2 or context.direction() != "past":
        return
    draft.issue(
        "date-contradiction",
        f"the text tells of {meaning.edtf} as past, but is dated {written}",
        part=sentence.part,
    )


def _timex(
    draft: Draft,
    sentence: SentenceSpan,
    found: list[Word],
    match: Match,
    meaning: Meaning,
    borrowed: str | None,
    before: list[Earlier],
) -> Timex:
    first, last = match.first + meaning.cut[0], match.last - meaning.cut[1]
    if found[last - 1].text == "." and last - first > 1:
        last -= 1  # the dot of "Oct." or of the sentence: none is part of the words
    start, end = found[first].start, found[last - 1].end
    timex_id = draft.new_id("timex")
    if meaning.type in ("DATE", "TIME") and meaning.value:
        before.append(
            Earlier(
                timex_id,
                meaning.value,
                meaning.edtf,
                end,
                meaning.mark,
                meaning.anchor is None,
                match.rule.name,
            )
        )
    note = meaning.note
    if borrowed and meaning.anchor == "published":
        note = f"{note}; {borrowed}" if note else borrowed
    return Timex(
        id=timex_id,
        start=start,
        end=end,
        exact=draft.text[start:end],
        part=sentence.part,
        confidence=meaning.confidence,
        made_by=_MADE(match.rule.name),
        type=meaning.type,
        value=meaning.value,
        edtf=meaning.edtf,
        anchor=meaning.anchor,
        note=note,
    )
