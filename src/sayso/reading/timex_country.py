"""The country that a text is about: what "Independence Day" without a country's name means.

By the places and demonyms that the stage `toponyms` found: the one country of the sentence, else
the one that most of the document's places lie in. Unknown where two countries are as good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.model.annotation import Mention
from sayso.reading.draft import Draft, SentenceSpan

SHARE = 0.6
"""How much of a document's places must lie in one country for the text to be about it."""


class Countries:
    """The countries of a document's places, in text order."""

    def __init__(self, draft: Draft) -> None:
        self._places: list[tuple[int, str]] = []
        for mention in draft.of(Mention):
            entity = draft.entity(mention.entity)
            if entity is not None and entity.kind == "place" and entity.country:
                self._places.append((mention.start, entity.country))

    def about(self, sentence: SentenceSpan) -> str | None:
        """The ISO 3166-1 code of the country that the sentence is about, or None."""
        inside = {code for at, code in self._places if sentence.start <= at < sentence.end}
        if len(inside) == 1:
            return next(iter(inside))
        return _most([code for _, code in self._places])


def _most(codes: Sequence[str]) -> str | None:
    if not codes:
        return None
    code, count = Counter(codes).most_common(1)[0]
    return code if count >= SHARE * len(codes) else None
