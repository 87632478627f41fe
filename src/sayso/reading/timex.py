"""The stage `timex`: time expressions, their TIMEX3 values and EDTF.

Works on words alone, before any parse. What a relative time is counted from stands in `anchor`:
`published` (the day of the page, or of the comment that holds the words), the id of another timex,
or None. A year that nothing states stays `XXXX`; `note` says why, and which years fit.

Knowingly missed: times that only an event dates ("before the siege"), and words for a day in
languages other than English.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.model import edtf
from sayso.model.annotation import Timex
from sayso.model.document import Part
from sayso.reading import (
    timex_clock,
    timex_counted,
    timex_days,
    timex_feasts,
    timex_lengths,
    timex_months,
    timex_otherdays,
    timex_units,
    timex_weekdays,
    timex_years,
)
from sayso.reading.draft import Draft, SentenceSpan, made_by
from sayso.reading.timex_context import Context, Earlier, Ref, ref_of
from sayso.reading.timex_country import Countries
from sayso.reading.timex_grammar import Match, grammar
from sayso.reading.timex_holidays import merged
from sayso.reading.timex_meaning import BUILDERS, Meaning
from sayso.reading.timex_tokens import Word, words

VERSION = "1"
_MADE = made_by("timex", VERSION)
_BUILDERS = (
    timex_clock,
    timex_counted,
    timex_days,
    timex_feasts,
    timex_lengths,
    timex_months,
    timex_otherdays,
    timex_units,
    timex_weekdays,
    timex_years,
)
"""The modules whose import fills the registry of builders."""


class Timexes:
    """See the module's docstring."""

    name = "timex"
    version = VERSION

    def read(self, draft: Draft) -> Iterable[Timex]:
        return list(_read(draft))


@dataclass(slots=True)
class _State:
    """What is known while one part is read: its day of writing, and the times before."""

    part: Part
    ref: Ref
    borrowed: str | None
    before: list[Earlier] = field(default_factory=list)


def _read(draft: Draft) -> Iterator[Timex]:
    parts = {part.id: part for part in draft.document.parts}
    countries = Countries(draft)
    state: _State | None = None
    for sentence in draft.sentences():
        if state is None or sentence.part != state.part.id:
            part = parts[sentence.part]
            state = _State(part, *ref_of(draft.document, part))
        yield from _sentence(draft, sentence, state, countries)


def _sentence(
    draft: Draft, sentence: SentenceSpan, state: _State, countries: Countries
) -> Iterator[Timex]:
    if not grammar().worth(draft.text[sentence.start : sentence.end]):
        return
    found = merged(draft.text, words(draft.text, sentence.start, sentence.end))
    queue, retried = deque(grammar().matches(found)), list[Match]()
    tree = draft.tree_of(sentence) if queue else None
    while queue:
        match = queue.popleft()
        context = Context(
            text=draft.text,
            words=found,
            ref=state.ref,
            match=match,
            before=state.before,
            tree=tree,
            country=countries.about(sentence) if match.rule.make == "holiday" else None,
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
        timex = _timex(draft, found, match, meaning, state)
        if state.ref.text is None and _is_dateline(draft, timex, state.part):
            state.ref = Ref(timex.id, timex.edtf, edtf.day(timex.edtf), "?")
        yield timex


DATELINE = 600
"""Characters of a body within which a day alone on its line is taken for the day of writing."""


_AGENCY = re.compile(r"\s*(?:\([^)\n]{2,60}\)\s*)?(?:--|—|–|-)\s")
_PLACE = re.compile(r"[A-Z][^\d\n]{1,60},\s*\Z")


def _is_dateline(draft: Draft, timex: Timex, part: Part) -> bool:
    """True for a full day that stands alone on a line near the start of a body, or in an agency's
    dateline ("LIMA, 3 FEB 89 (EFE) --"): where the page gives no date of its own, times are
    counted from it, with doubt."""
    if part.kind != "body" or timex.start - part.start > DATELINE or not edtf.day(timex.edtf):
        return False
    first = max(draft.text.rfind("\n", part.start, timex.start) + 1, part.start)
    last = draft.text.find("\n", timex.end, part.end)
    before = draft.text[first : timex.start].lstrip()
    after = draft.text[timex.end : last if last >= 0 else part.end]
    if _PLACE.match(before) and _AGENCY.match(after):
        return True
    return last >= 0 and not before.strip(" \t|-–—*_") and not after.strip(" \t|-–—*_.")


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


def _timex(draft: Draft, found: list[Word], match: Match, meaning: Meaning, state: _State) -> Timex:
    first, last = match.first + meaning.cut[0], match.last - meaning.cut[1]
    if found[last - 1].text == "." and last - first > 1:
        last -= 1  # the dot of "Oct." or of the sentence: none is part of the words
    start, end = found[first].start, found[last - 1].end
    timex_id = draft.new_id("timex")
    if meaning.type in ("DATE", "TIME") and meaning.value:
        state.before.append(
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
    if state.borrowed and meaning.anchor == "published":
        note = f"{note}; {state.borrowed}" if note else state.borrowed
    return Timex(
        id=timex_id,
        start=start,
        end=end,
        exact=draft.text[start:end],
        part=state.part.id,
        confidence=meaning.confidence,
        made_by=_MADE(match.rule.name),
        type=meaning.type,
        value=meaning.value,
        edtf=meaning.edtf,
        anchor=meaning.anchor,
        note=note,
    )
