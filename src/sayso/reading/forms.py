"""Forms of sentences from a `forms.yaml`: patterns by id, each with example and counter-example."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE, load_yaml, where


@dataclass(frozen=True, slots=True)
class FormRule:
    """A form of a sentence; `example` has it, `counter` has it not."""

    id: str
    pattern: re.Pattern[str]
    example: str
    counter: str


@cache
def forms(*path: str) -> dict[str, FormRule]:
    """The forms of a file by id. Raises KnowledgeError naming file and line."""
    out = {}
    for row in load_yaml(*path):
        try:
            pattern = re.compile(row["pattern"])
            out[row["id"]] = FormRule(row["id"], pattern, row["example"], row["not"])
        except (re.error, KeyError) as error:
            raise KnowledgeError(f"{where(*path)}:{row.get(LINE, 1)}: {error}") from error
    return out
