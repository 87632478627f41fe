"""How a place name is written down for look-up: one key per spelling that means the same.

Used when the index is built and when it is asked, so both sides agree.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROP = dict.fromkeys(map(ord, "'’‘ʻʼʾʿ`´ʹʺ′\"“”"))
_SPACE = dict.fromkeys(map(ord, "-‐‑‒–—_./,()&"), " ")
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae",
                          "œ": "oe", "ə": "e", "ŀ": "l"})  # fmt: skip
_WORDS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
ARTICLES = ("al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ath")
"""Arabic articles in front of a key; a name is found with and without one."""
_ARTICLE = re.compile(rf"^(?:{'|'.join(ARTICLES)}) (?=\w{{3}})")


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The name without case, diacritics, apostrophes and hyphens; "Saint" as "st". "" if nothing
    is left. Works on any script."""
    text = name.translate(_DROP).translate(_SPACE)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
    words = text.casefold().translate(_LETTERS).split()
    return " ".join(_WORDS.get(word, word) for word in words)


def loose(name_key: str) -> str | None:
    """The key without an Arabic article in front ("al atarib" -> "atarib"), or None."""
    short = _ARTICLE.sub("", name_key)
    return short if short != name_key else None
