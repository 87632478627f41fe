"""What a stage is: a name, a version, and one function."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sayso.model.annotation import AnyAnnotation
from sayso.reading.draft import Draft


class Stage(Protocol):
    """One step of the reading. `name` is its file's name and its word in CLI, database and docs.

    `read` yields new annotations (ids from `draft.new_id`) and may add entities, candidates and
    issues to the draft. It must not raise on any text; what it could not read is an issue.
    """

    name: str
    version: str

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]: ...
