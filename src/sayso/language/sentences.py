"""Sentence boundaries by rules, without a parser.

Works on any script and never fails: text without punctuation is one sentence, cut at a limit of
characters where there is white space. Blank lines always end a sentence; a single line end does
so only when the next line does not go on with it.
"""

from __future__ import annotations

import re

MAX_CHARS = 1500
"""Longer sentences are cut at white space: parsing time and memory grow with length."""

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sen",
        "rep",
        "gov",
        "gen",
        "col",
        "lt",
        "capt",
        "sgt",
        "maj",
        "brig",
        "cmdr",
        "adm",
        "rev",
        "hon",
        "st",
        "jr",
        "sr",
        "vs",
        "etc",
        "inc",
        "ltd",
        "corp",
        "co",
        "no",
        "nos",
        "vol",
        "fig",
        "al",
        "approx",
        "dept",
        "est",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "u.a.e",
        "a.m",
        "p.m",
        "e.g",
        "i.e",
        "d.c",
        "ph.d",
        "messrs",
        "mt",
        "ft",
        "sq",
        "ave",
        "blvd",
        "pvt",
        "cpl",
        "insp",
        "supt",
        "asst",
        "amb",
        "pres",
        "min",
        "atty",
    ]
)
_END = re.compile(r"[.!?…‽؟。！？]+[\"'”’»)\]\u201d]*(?=\s|$)")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_ITEM = re.compile(
    r"[^\S\n]*(?:\(?(\d{1,2})(?:[.):]|(?=[^\S\n]+\w))[^\S\n]+|[•‣▪*\-–—][^\S\n]+|(?:>|&gt;))"
)
_LINE = re.compile(r"\n")
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
_WORD_BEFORE = re.compile(r"[\w.\-]+$")


def _ends(text: str, at: int, stop: int) -> bool:
    """True if the punctuation that ends at `stop`, starting at `at`, ends a sentence."""
    follow = text[stop : stop + 80].lstrip()
    if not follow:
        return True
    first = follow[0]
    if text[at] != "." or (stop - at > 1 and text[at : at + 3] == "..."):
        # "!" and "?" end a sentence unless the text plainly goes on in lower case.
        return not first.islower() or text[at] in "。！？؟"
    before = _WORD_BEFORE.search(text, max(0, at - 24), at)
    word = before.group().lower() if before else ""
    if stop - at == 1:
        if word in _ABBREVIATIONS or word.rstrip(".") in _ABBREVIATIONS:
            # "Aug. 5", "Gen. Smith"; but "a.m. The", "U.S. The" may end one.
            return word in {"a.m", "p.m", "u.s", "u.k", "etc"} and bool(
                re.match(r"(The|A|An|In|On|He|She|It|They|But|And|This|That|We|I)\b", follow)
            )
        if len(word) == 1 and word.isalpha() and text[at - 1].isupper():
            return False
        if "." in word and _INITIALS.fullmatch(word):
            return bool(re.match(r"(The|A|An|In|On|He|She|It|They|But|And)\b", follow))
    return not first.islower()


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open code-point spans of the sentences of text[start:end], without outer white space.

    Spans are in order, do not overlap, and together hold every character that is no white space.
    """
    end = len(text) if end is None else end
    cuts: list[int] = []
    for match in _BLANK.finditer(text, start, end):
        cuts.append(match.end())
    cuts.extend(_item_starts(text, start, end))
    for match in _END.finditer(text, start, end):
        if _ends(text, match.start(), match.end()):
            cuts.append(match.end())
    spans: list[tuple[int, int]] = []
    at = start
    for cut in [*sorted(set(cuts)), end]:
        spans.extend(_trimmed(text, at, cut))
        at = max(at, cut)
    return spans


def _item_starts(text: str, start: int, end: int) -> list[int]:
    """Where the lines of a list or of a quotation (">") begin. A number opens a line only in a run
    of 1, 2, 3 …: a wrapped line may begin with any other."""
    cuts: list[int] = []
    run: list[int] = []
    lines = [start, *(m.end() for m in _LINE.finditer(text, start, end))]
    for at in lines:
        match = _ITEM.match(text, at, end)
        if match is None:
            continue
        if match.group(1) is None:
            cuts.append(at)
            if match.group().endswith((">", "&gt;")):
                end_of_line = text.find("\n", at, end)
                cuts.append(end_of_line + 1 if end_of_line >= 0 else end)
        elif int(match.group(1)) == len(run) + 1:
            run.append(at)
    return cuts + run if len(run) > 1 else cuts


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    out: list[tuple[int, int]] = []
    while end - start > MAX_CHARS:
        cut = max(
            text.rfind(" ", start, start + MAX_CHARS), text.rfind("\n", start, start + MAX_CHARS)
        )
        cut = cut if cut > start else start + MAX_CHARS
        out.extend(_trimmed(text, start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        out.append((start, end))
    return out
