"""Quotations: where they begin and end, whatever the marks, and whose words they are.

A quotation never runs over the end of its paragraph, so a mark that is never closed, or closes
nothing, spoils one paragraph at most.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from sayso.reading.attribution_found import Found, Offsets

_MARK = re.compile(r"''|``|\"\"|[\"“”„«»]")
_SINGLE = re.compile(r"(?<!\w)‘(?=\S)[^‘“”\"\n]{2,800}?[,.?!…]’(?!\w)")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_JOIN = re.compile(r"[\s,;:—–\-]*")

WINDOW = 3000
"""Characters from a cue within which quotations can be its content."""

MIN_WRAPPED = 45
"""Characters of the shortest line that a margin, not its writer, may have ended."""

MAX_CORE = 250
"""Characters from the source to the cue (or back) where both stand together."""

MAX_GAP = 3
"""Characters between a quotation and the words that introduce or follow it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks, [start, end). `closed` is False if it ends with its paragraph
    for want of a mark. `words` is how many it has."""

    start: int
    end: int
    closed: bool
    words: int


def quotes(text: str, start: int, end: int) -> list[Quote]:
    """The quotations of one paragraph, text[start:end], in order."""
    out: list[Quote] = []
    opened: int | None = None
    for match in _MARK.finditer(text, start, end):
        at, stop, mark = match.start(), match.end(), match.group()
        opens = _opens(text, at, stop, start, end, mark)
        if opened is None:
            if opens:
                opened = at
        elif not opens or mark in {'"', '""', "''"}:
            out.append(_quote(text, opened, stop, closed=True))
            opened = None
        elif mark in "“«„":
            # Opened again without having been closed: the first one ended somewhere before.
            out.append(_quote(text, opened, at, closed=False))
            opened = at
    if opened is not None:
        out.append(_quote(text, opened, end, closed=False))
    if not out:
        out = [_quote(text, m.start(), m.end(), closed=True) for m in _single(text, start, end)]
    return [q for q in out if q.words]


def _single(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Quotations in curly single marks, for pages that use them for speech: those that end with
    the punctuation of a sentence inside, so that no apostrophe ("the rebels’ base") ends one."""
    return list(_SINGLE.finditer(text, start, end))


def _opens(text: str, at: int, stop: int, start: int, end: int, mark: str) -> bool:
    if mark in {"“", "«", "„", "``"}:
        return True
    if mark in {"”", "»"}:
        return False
    before = text[at - 1] if at > start else " "
    after = text[stop] if stop < end else " "
    return (before.isspace() or before in "([—–-") and not after.isspace()


def _quote(text: str, start: int, end: int, *, closed: bool) -> Quote:
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quote(start, end, closed, sum(1 for _ in _WORD.finditer(text, start, end)))


def paragraphs(text: str, start: int, end: int) -> list[Offsets]:
    """The paragraphs of text[start:end], in order: stretches between line ends, where a line that
    stops in the middle of a sentence goes on in the next one (text wrapped at a margin)."""
    out: list[Offsets] = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        while 0 <= stop < end and _goes_on_below(text, at, stop, end):
            stop = text.find("\n", stop + 1, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            out.append((at, stop))
        at = stop + 1
    return out


def _goes_on_below(text: str, start: int, stop: int, end: int) -> bool:
    """True if the line that ends at `stop` is long, ends within a sentence, and the next line is
    neither blank nor indented."""
    line = text.rfind("\n", start, stop) + 1 or start
    if stop - line < MIN_WRAPPED or text[stop - 1] in '.!?…:;"”’)]':
        return False
    return stop + 1 < end and not text[stop + 1].isspace()


def attach(text: str, paragraph: Offsets, found: list[Found]) -> None:
    """Gives the quotations of a paragraph to the attributions in it: a quotation that ends or
    begins at "he said" is what he said, and no more; a content that touches a quotation takes all
    of it; and a quotation that goes on after "he said." belongs to the same speaker."""
    regions = quotes(text, *paragraph)
    if not regions:
        return
    starts = [q.start for q in regions]
    spoken: list[Found] = []
    for f in sorted(found, key=lambda f: f.cue):
        if _inside(_near_quotes(regions, starts, f.cue[0]), f.cue):
            f.notes.add("quoted")
        else:
            spoken.append(f)
    owner: dict[Quote, Found] = {}
    for f in spoken:
        if f.open_quote:
            for region in _direct(text, f, _near_quotes(regions, starts, f.cue[0])):
                owner.setdefault(region, f)
    cues = [f.cue[0] for f in spoken]
    for n, region in enumerate(regions):
        near = spoken[
            bisect_left(cues, region.start - WINDOW) : bisect_left(cues, region.end + WINDOW)
        ]
        for f in near:
            if any(s < region.end and region.start < e for s, e in f.content):
                owner.setdefault(region, f)
                if f.open_quote and region.words > 3:
                    _take(f, region)
        if region in owner:
            continue
        beside = _beside(text, region, near)
        if beside is not None:
            owner[region] = beside
            _take(beside, region)
            continue
        before = _last_owned(regions[max(0, n - 4) : n], owner)
        if before is not None and region.words > 1:
            speaker = owner[before]
            if speaker.open_quote and _goes_on(text, before, region, speaker, near):
                owner[region] = speaker
                _take(speaker, region)


def _last_owned(regions: list[Quote], owner: dict[Quote, Found]) -> Quote | None:
    """The last quotation that has a speaker; titles and single words in quotation marks between
    are passed over."""
    for region in reversed(regions):
        if region in owner:
            return region
        if region.words > 4:
            return None
    return None


def _near_quotes(regions: list[Quote], starts: list[int], at: int) -> list[Quote]:
    """The quotations that begin within the window around an offset."""
    return regions[bisect_left(starts, at - WINDOW) : bisect_left(starts, at + WINDOW)]


def _direct(text: str, found: Found, regions: list[Quote]) -> list[Quote]:
    """The quotation that stands right before or right after the source and cue, with the comma or
    colon that makes it direct speech. A quotation that is a sentence of its own ("…," he said) is
    the content then, and no more than that; one that only ends a sentence ("It was “a trap,” he
    said") is not. Empty if there is none."""
    low, high = _core(found)
    if high - low > MAX_CORE or found.rule.partition(".")[2] not in _SPEECH_FRAMES:
        return []
    goes_on = any(s >= high for s, _ in found.content)
    ahead: Quote | None = None
    out: list[Quote] = []
    for region in regions:
        last = text[region.start : region.end].rstrip("\"”'»")[-1:]
        gap = text[region.end : low] if region.end <= low else text[high : region.start]
        if len(gap) > MAX_GAP or gap.strip(_GAP):
            continue
        if region.end <= low:
            pause = "," in gap or last in _PAUSE or last in _STOP
            if pause and _opens_speech(text, region, found):
                ahead = region
        elif region.start >= high and gap.strip() and (last in _STOP or not region.closed):
            out.append(region)
    if ahead is not None and (out or not goes_on):
        out.insert(0, ahead)
    if out:
        found.content = [(q.start, q.end) for q in out]
    return out


def _opens_speech(text: str, region: Quote, found: Found) -> bool:
    """True if nothing of the sentence stands before the quotation, or a colon does."""
    start = found.sentence.start
    if region.start <= start:
        return True
    before = text[start : region.start].strip(_GAP.replace(":", ""))
    return not any(c.isalnum() for c in before) or before.endswith(":")


_GAP = " ,:\u00a0—–-"
_PAUSE = ",—–-"
_STOP = "?!…."
_SPEECH_FRAMES = frozenset({"clause", "quote", "tail", "inverted"})


def _core(found: Found) -> Offsets:
    spans = [found.cue] + ([found.source] if found.source else [])
    return min(s for s, _ in spans), max(e for _, e in spans)


def _inside(regions: list[Quote], span: Offsets) -> bool:
    return any(q.start <= span[0] and span[1] <= q.end and q.words > 4 for q in regions)


def _take(found: Found, region: Quote) -> None:
    """Adds the quotation to the content, as one piece with what it overlaps."""
    start, end = region.start, region.end
    rest: list[Offsets] = []
    for s, e in found.content:
        if s < end and start < e:
            start, end = min(s, start), max(e, end)
        else:
            rest.append((s, e))
    blocked = [found.cue] + ([found.source] if found.source else [])
    if any(s < end and start < e for s, e in blocked):
        return
    found.content = sorted([*rest, (start, end)])


def _beside(text: str, region: Quote, spoken: list[Found]) -> Found | None:
    """The bare speech cue whose words touch the quotation on either side."""
    best: tuple[int, Found] | None = None
    for f in spoken:
        if not f.open_quote or f.content:
            continue
        low, high = _core(f)
        if high <= region.start:
            gap = text[high : region.start]
        elif region.end <= low:
            gap = text[region.end : low]
        else:
            continue
        if len(gap) > 60 or re.search(r"[.!?]\s", gap):
            continue
        size = len(_WORD.findall(gap))
        if best is None or size < best[0]:
            best = (size, f)
    return best[1] if best else None


def _goes_on(text: str, before: Quote, region: Quote, speaker: Found, spoken: list[Found]) -> bool:
    """True if the quotation stands as a sentence of its own after the speaker's words, and nobody
    else speaks between."""
    for f in spoken:
        between = before.end <= f.cue[0] < region.start and f is not speaker
        if between and f.open_quote and not _same_speaker(text, f, speaker):
            return False
    gap = text[before.end : region.start].rstrip()
    return not gap or gap[-1] in ".!?,;:—–-" or gap.endswith("and")


def _same_speaker(text: str, one: Found, other: Found) -> bool:
    """True if both name the same source by the same words, or one says "who" of the other, or
    neither is a full statement of its own ("…, adding that")."""
    if one.source is None or other.source is None or one.source == other.source:
        return True
    a, b = text[slice(*one.source)].lower(), text[slice(*other.source)].lower()
    return a == b or (a in {"who", "he", "she"} and one.source[0] > other.source[0])
