"""Words in a comment that are not its author's own: quoted from what it answers."""

from __future__ import annotations

import re

from sayso.model.document import Part
from sayso.reading.draft import Draft

_QUOTED_LINE = re.compile(r"^[^\S\n]*(?:>|&gt;)[^\n]*", re.MULTILINE)
_MARKED = re.compile(r"[\"“”«»„]([^\"“”«»„]{12,600})[\"“”«»„]")
_WORD = re.compile(r"\w+")


def words_of(text: str) -> str:
    """The words alone, in lower case, one space between."""
    return " ".join(_WORD.findall(text.lower().replace("’", "'")))


class Quotes:
    """The quoted stretches of every comment, found once."""

    def __init__(self, draft: Draft) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = {}
        parts = {p.id: p for p in draft.document.parts}
        comments = draft.document.comments()
        bodies = [p for p in draft.document.parts if p.kind in {"body", "headline"} and comments]
        cache: dict[str, str] = {}
        article = " ".join(words_of(draft.text[p.start : p.end]) for p in bodies)
        for part in comments:
            self._spans[part.id] = list(_borrowed(draft, part, parts, article, cache))

    def borrowed(self, part_id: str, start: int, end: int) -> bool:
        """True if most of [start, end) is quoted from what the comment answers."""
        for s, e in self._spans.get(part_id, ()):
            if min(e, end) - max(s, start) > 0.5 * (end - start):
                return True
        return False

    def spans(self, part_id: str) -> list[tuple[int, int]]:
        """The quoted stretches of a comment."""
        return self._spans.get(part_id, [])


def _borrowed(
    draft: Draft, part: Part, parts: dict[str, Part], article: str, cache: dict[str, str]
) -> list[tuple[int, int]]:
    text = draft.text[part.start : part.end]
    if ">" not in text and '"' not in text and "“" not in text and "«" not in text:
        return []
    above = article
    seen: set[str] = set()
    node = parts.get(part.reply_to or "")
    while node is not None and node.id not in seen and len(seen) < 8:
        seen.add(node.id)
        if node.id not in cache:
            cache[node.id] = words_of(draft.text[node.start : node.end])
        above += " " + cache[node.id]
        node = parts.get(node.reply_to or "")
    out = []
    for match in _QUOTED_LINE.finditer(text):
        if part.reply_to is not None or _held(words_of(match.group()), above):
            out.append((part.start + match.start(), part.start + match.end()))
    for match in _MARKED.finditer(text):
        if _held(words_of(match.group(1)), above):
            out.append((part.start + match.start(), part.start + match.end()))
    return out


def _held(words: str, above: str) -> bool:
    """True if the words, or most of a long run of them, stand in the text above."""
    if words.count(" ") < 1:
        return False
    if words in above:
        return True
    tokens = words.split()
    if len(tokens) < 6:
        return False
    pieces = [" ".join(tokens[i : i + 4]) for i in range(0, len(tokens) - 3, 4)]
    return sum(p in above for p in pieces) >= 0.6 * len(pieces)
