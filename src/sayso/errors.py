"""Everything that Sayso raises on purpose.

    SaysoError
    ├── UsageError            the caller asked for something that does not exist or does not fit
    ├── SourceError           one input could not be read; the others are still done
    │   ├── EmptySource       no bytes, or nothing but white space
    │   ├── NotText           the bytes are no text of a kind we know (a picture, a program …)
    │   ├── NoContent         a page without an article and without a discussion
    │   ├── FetchError        an address that could not be fetched, or may not be
    │   └── ArchiveError      a WARC or WACZ that is damaged, or that points outside itself
    ├── KnowledgeError        a data file of the knowledge base is wrong (file and line are named)
    ├── ParserError           the syntax parser or its model is missing or unusable
    └── RecordError           the record cannot be opened, read or written
        └── IntegrityError    the record's chain of custody is broken

Each message says what was wrong, where (file and line, address, span) and what to do next.
"""

from __future__ import annotations


class SaysoError(Exception):
    """The root of every error that Sayso raises on purpose."""


class UsageError(SaysoError):
    """The caller asked for something that does not exist or does not fit."""


class SourceError(SaysoError):
    """One input could not be read.

    `source` is the input as the caller named it (a path, an address, `-`); `reason` is one line.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str]]:
        # Errors come back from reading processes too: without this they could not be unpacked.
        return type(self), (self.source, self.reason)


class EmptySource(SourceError):
    """No bytes, or nothing but white space."""


class NotText(SourceError):
    """The bytes are no text of a kind we know."""


class NoContent(SourceError):
    """A page without an article and without a discussion."""


class PageGone(NoContent):
    """The server says that there is no such page (any more); the answer is evidence of that."""


class FetchError(SourceError):
    """An address that could not be fetched, or may not be."""


class ArchiveError(SourceError):
    """A WARC or WACZ that is damaged, or that points outside itself."""


class KnowledgeError(SaysoError):
    """A data file of the knowledge base is wrong; the message names file and line."""


class ParserError(SaysoError):
    """The syntax parser or its model is missing or unusable."""


class RecordError(SaysoError):
    """The record cannot be opened, read or written."""


class IntegrityError(RecordError):
    """The record's chain of custody is broken."""
