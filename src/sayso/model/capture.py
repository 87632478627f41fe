"""One page as it was fetched or given: the bytes, and where and when they came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

GONE = frozenset({404, 410, 451})
"""Statuses whose answer is evidence that there is no page, or none any more."""


def sha256(data: bytes) -> str:
    """`sha256:` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one page, kept whole so that everything after them can be done again.

    `key` is the input as the caller named it (a path as given, an address, the `id` of a JSON
    line). `captured_at` is an ISO 8601 date-time in UTC, or None where the input does not say (a
    file on disk says nothing about when its page was fetched). `media_type` is lower case,
    without parameters; `charset` what the transport declared, if anything. `operator_published`
    is the publication date that the caller stated (EDTF or ISO 8601).
    """

    payload: bytes
    key: str | None = None
    record_id: str | None = None
    target_uri: str | None = None
    captured_at: str | None = None
    media_type: str | None = None
    charset: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    supersedes: str | None = None
    operator_published: str | None = None
    payload_digest: str = field(default="")

    def __post_init__(self) -> None:
        if not self.payload_digest:
            object.__setattr__(self, "payload_digest", sha256(self.payload))
