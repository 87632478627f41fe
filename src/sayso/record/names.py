"""How the record compares names: folded, so that case, accents and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sayso.model.entity import Entity

_JOIN = re.compile(r"[’'ʼ`´]")
_BREAK = re.compile(r"[\W_]+")


_ASCII = {n: chr(n).lower() if chr(n).isalnum() else " " for n in range(128)} | {
    ord(c): None for c in "'`"
}


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """`Hay’at Tahrir al-Sham` -> `hayat tahrir al sham`; "" for what has no letters or digits."""
    if name.isascii():  # the same, several times as fast
        return " ".join(name.translate(_ASCII).split())
    plain = _JOIN.sub("", name)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join([c for c in plain if not unicodedata.combining(c)])
    return _BREAK.sub(" ", plain.casefold()).strip()


def record_id(entity: Entity) -> str:
    """The entity's id across documents: its own where the knowledge base gave one; by kind and
    name where a reading made it up (`new:` ids are only good inside one document)."""
    if not entity.id.startswith("new:"):
        return entity.id
    return f"name:{entity.kind}:{(fold(entity.name) or entity.name).replace(' ', '-')}"
