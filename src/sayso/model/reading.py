"""One reading: a captured page, its text, and everything that the stages found in it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model.annotation import AnyAnnotation
from sayso.model.capture import Capture
from sayso.model.document import Document, Issue
from sayso.model.entity import Entity

SCHEMA = "sayso.reading/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What `sayso read --json` prints as one line. `issues` holds the document's own and those
    of the stages."""

    capture: Capture
    document: Document
    entities: tuple[Entity, ...]
    annotations: tuple[AnyAnnotation, ...]
    issues: tuple[Issue, ...]
