"""Quotations without a word of speech: those of the one whom the sentence before is about.

"The mayor disagrees. “The wall will hold.”" — "Its analyst was content to say why: “Next year …”"
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.reading.attribution_found import Found, Offsets
from sayso.reading.attribution_quotes import Quote, paragraphs, quotes
from sayso.reading.attribution_sources import kind_of
from sayso.reading.attribution_tree import noun_phrase
from sayso.reading.attribution_weight import FLOOR, confidence
from sayso.reading.draft import Draft

_FEWEST = 3
"""Words of a quotation that may be somebody's speech."""
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_BELOW = frozenset({"relcl", "advcl", "acl", "aux", "auxpass"})
_MARKS = "\"“„«‘'`"


def read_free(draft: Draft, found: list[Found]) -> Iterator[Found]:
    """An attribution for each such quotation that none of `found` holds."""
    held = sorted(s for f in found if confidence(f) >= FLOOR for s in (*f.content, f.cue))
    for part in draft.document.parts:
        if part.kind != "body":
            continue
        for start, end in paragraphs(draft.text, part.start, part.end):
            for region in quotes(draft.text, start, end):
                if _free(draft.text, start, region, held):
                    one = _of_sentence_before(draft, start, region)
                    if one is not None:
                        yield one


def _free(text: str, start: int, region: Quote, held: list[Offsets]) -> bool:
    """Whether a quotation is a sentence of its own behind another one, and nobody's yet."""
    words = text[region.start : region.end].strip(_MARKS + "”»")
    before = text[start : region.start].rstrip()
    whole = words[:1].isupper() and words[-1:] in ".!?…" and region.words >= _FEWEST
    if not whole and not (before.endswith(":") and region.words >= _FEWEST):
        return False
    if not before.endswith((".", ":")) or not region.closed:
        return False
    after = text[region.end : region.end + 2]
    if after.strip() and not after[:1].isspace():
        return False
    return not any(s < region.end and region.start < e for s, e in held)


def _of_sentence_before(draft: Draft, start: int, region: Quote) -> Found | None:
    last = len(draft.text[start : region.start].rstrip()) + start - 1
    span = draft.sentence_at(last)
    if span is None or span.start < start:
        return None
    sentence = draft.tree_of(span) or draft.late_trees([span]).get(span.index)
    if sentence is None:
        return None
    verb = next(
        (t for t in sentence
         if t.start < region.start and t.tag in _FINITE and t.dep not in _BELOW), None,
    )  # fmt: skip
    if verb is None:
        return None
    subject = next(iter(sentence.children(verb, "nsubj")), None)
    speaker = subject is not None and (subject.lower in {"he", "she"} or kind_of(sentence, subject))
    if subject is None or not speaker:
        return None
    phrase = noun_phrase(sentence, subject, {verb.i})
    if not phrase:
        return None
    return Found(
        cue=(verb.start, verb.end),
        content=[(region.start, region.end)],
        source=(phrase[0].start, phrase[-1].end),
        rule="say.free",
        cls="say",
        certainty="certain",
        polarity="positive",
        confidence=0.0,
        sentence=sentence,
        source_head=subject,
        words=verb.lemma,
    )
