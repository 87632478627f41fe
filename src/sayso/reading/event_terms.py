"""Small sets of words that one step of reading events asks for: lang/en/events/terms.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

from sayso.knowledge.tables import load_yaml

FILE = ("lang", "en", "events", "terms.yaml")


@cache
def _sets() -> dict[str, Any]:
    found: dict[str, Any] = load_yaml(*FILE)
    return found


def terms(name: str) -> frozenset[str]:
    """The words of one set. Raises KnowledgeError for a set that the file lacks."""
    return frozenset(_sets()[name]["words"].split())
