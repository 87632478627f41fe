"""The dateline before a report ("MARAYA, March 3 (Agency) —") is nobody's words."""

from __future__ import annotations

import re

_DASH = re.compile(r"\s?(?:—|–|--)\s?|\)\s?-\s|\s-\s")
_WORD = re.compile(r"[^\s,/()]+")
_SMALL = frozenset({"of", "the", "de", "el", "al", "la", "and", "on", "in", "by", "for"})
_TAG = re.compile(r"\s*\[[A-Z ]{3,20}\]\s*")
LIMIT = 100
"""Characters of the longest dateline."""


def dateline(sentence: str) -> int:
    """The length of the dateline at the beginning of the sentence, with its dash and white space;
    0 if there is none."""
    dashes = _DASH.finditer(sentence, 0, LIMIT)
    dash = next((d for d in dashes if not _in_brackets(sentence, d)), None)
    if dash is None or dash.start() < 3:
        return 0
    head = sentence[: dash.start() + 1]
    words = _WORD.findall(head)
    if len(words) > 14 or (not words[0].isupper() and "(" not in head):
        return 0
    if any(w[0].islower() and w.lower() not in _SMALL for w in words):
        return 0
    if sentence[:200].isupper() and "(" not in head and not any(c.isdigit() for c in head):
        return 0
    tag = _TAG.match(sentence, dash.end())
    end = tag.end() if tag else dash.end()
    while end < len(sentence) and sentence[end].isspace():
        end += 1
    return end


def _in_brackets(sentence: str, dash: re.Match[str]) -> bool:
    """ "(ACAN - EFE)": no end of a dateline."""
    before = sentence[: dash.start() + 1]
    return before.count("(") > before.count(")")
