"""What the last of some turns does, for the tests of replies."""

from __future__ import annotations

from sayso.language.syntax import default_parser
from sayso.model.annotation import Reply
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft
from sayso.reading.replies import Replies


def replies(turns: list[str]) -> list[Reply]:
    """What the last of some turns does, each of which answers the one before; two people take
    turns, and a third has disputed the first turn in so many words."""
    texts = [*turns, "No, that is wrong."]
    parts, at = [], 0
    for n, words in enumerate(texts):
        last = n == len(turns)
        parts.append(
            Part(
                id=f"p{n}",
                key=str(n),
                kind="comment",
                start=at,
                end=at + len(words),
                author="C" if last else "AB"[n % 2],
                reply_to=None if n == 0 else "p0" if last else f"p{n - 1}",
                depth=2 if last else n + 1,
                ordinal=n,
            )
        )
        at += len(words) + 1
    document = Document(id="d", text="\n".join(texts), parts=tuple(parts))
    found = Replies().read(Draft(document, default_parser()))
    last = f"p{len(turns) - 1}"
    return [a for a in found if isinstance(a, Reply) and a.from_part == last]


def acts(turns: list[str]) -> set[str]:
    """The acts of the last turn."""
    return {a.act for a in replies(turns)}


def targets(turns: list[str]) -> list[str]:
    """The words that the last turn is about."""
    return [a.to.exact for a in replies(turns) if a.to is not None]
