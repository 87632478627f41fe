"""Whom a comment addresses by name at its start: "@Rana", "Hi Rana,", "Liebe Rana"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sayso.page import words

_AT = re.compile(r"^@\s?(?P<name>[^\n:,!]{1,60})")
_NAME = r"(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3})"


@cache
def _greeting() -> re.Pattern[str]:
    greetings = words.alternation("greeting")
    return re.compile(
        rf"^(?:{greetings})[ ,]+(?:(?:liebe|lieber|dear|chère|cher)\s+)?{_NAME}", re.IGNORECASE
    )


_BARE = re.compile(rf"^{_NAME}\s?[,:!–—-]+[\s\n]")


def addressee(text: str, authors: Mapping[str, int], first_names: Mapping[str, int]) -> int | None:
    """The index of the latest comment by the author that a comment addresses, or None.

    `authors` are the case-folded names of the comments above, `first_names` their first words.
    A name that nobody above has gives None; of two who share it the later one is meant.
    """
    opening = text.lstrip()[:120]
    for pattern in (_AT, _greeting(), _BARE):
        found = pattern.match(opening)
        if not found:
            continue
        spoken = found["name"].casefold().strip(" .:;")
        tokens = spoken.split()
        for count in range(min(4, len(tokens)), 0, -1):
            said = " ".join(tokens[:count]).strip(".,'’-")
            if said in authors:
                return max(authors[said], first_names.get(said, -1))
        if tokens and len(tokens[0]) > 2:
            return first_names.get(tokens[0].strip(".,'’-"))
        return None
    return None
