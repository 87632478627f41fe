"""What a page said over time: its captures, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.model.capture import GONE, Capture
from sayso.model.document import Document
from sayso.page import changes
from sayso.page.changes import Change
from sayso.page.recover import recover
from sayso.record import store, versions
from sayso.record.record import Record
from sayso.service.links import document_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One capture of a page. `what` it was against the one before: "first", "same" (other bytes
    perhaps, and the same words), "changed", "gone" (404, 410 or 451) or "back" after that.
    `document` is the id of the document that has its words, None where it was gone."""

    uri: str
    captured_at: str
    what: Literal["first", "same", "changed", "gone", "back"]
    status: int | None
    digest: str
    document: str | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One capture of a page as it is listed: `document` is the id of the document that was read
    from its bytes, None where it was gone or said nothing new."""

    captured_at: str
    digest: str
    status: int | None
    document: str | None


def captures(record: Record, uri: str | None) -> tuple[Held, ...]:
    """The captures of an address, oldest first, without what changed; empty without an address."""
    found = versions.of_address(record.database, uri) if uri else []
    ids = document_ids(record.database, {v.document for v in found if v.document is not None})
    return tuple(
        Held(
            captured_at=v.captured_at, digest=v.digest, status=v.status,
            document=ids.get(v.document) if v.document is not None else None,
        )
        for v in found
    )  # fmt: skip


def history(record: Record, page: str) -> Iterator[Edition]:
    """The captures of a page, named by its id or its address, oldest first. Raises UsageError."""
    database = record.database
    uri = versions.address_of(database, page)
    last: Document | None = None
    gone = False
    for version in versions.of_address(database, uri):
        if version.document is not None:
            new = store.document_of(database, version.document)
        elif version.status in GONE:
            gone = True
            yield Edition(
                uri=uri, captured_at=version.captured_at, what="gone", status=version.status,
                digest=version.digest, document=None,
            )  # fmt: skip
            continue
        elif last is None:
            continue  # Bytes without a page in them, before there was one.
        else:
            new = last
        found = changes.changes(last, new) if last is not None else ()
        what: Literal["first", "same", "changed", "back"] = "changed" if found else "same"
        if last is None:
            what = "first"
        elif gone and not found:
            what = "back"
        last, gone = new, False
        yield Edition(
            uri=uri, captured_at=version.captured_at, what=what, status=version.status,
            digest=version.digest, document=new.id, changes=found,
        )  # fmt: skip


def against_newest(record: Record, capture: Capture) -> tuple[Change, ...] | None:
    """What a fresh capture changes in the newest document of its address: empty where the page says
    the same, None where there is no document yet. Raises SourceError for what is no page."""
    seq = versions.newest(record.database, capture.target_uri or "")
    if seq is None:
        return None
    old, new = store.document_of(record.database, seq), recover(capture)
    found = changes.changes(old, new)
    if not found and (old.published, old.publisher) != (new.published, new.publisher):
        return None
    return found
