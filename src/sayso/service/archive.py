"""The archive beside a record: every page that was fetched or given, as WARC records with their
headers and SHA-256.

A page is appended before the record knows of it, so a kill in between leaves it in the archive
twice at most, never nowhere. What came out of a WARC or WACZ is kept there already, and texts of
JSON Lines are no pages.
"""

from __future__ import annotations

import os
from pathlib import Path

from sayso.capture.warc import Archive, Archived
from sayso.errors import SaysoError
from sayso.model.capture import Capture
from sayso.record.record import Record

SUFFIX = "-archive"
LARGEST = 64_000_000
"""Bytes from which a file is followed by the next: each is looked through before it grows."""


class Keeper:
    """What appends pages to the archive of one record.

    The folder is that of the record's file with `-archive` after its name; `SAYSO_ARCHIVE` names
    another, or `off` for none. A record on a server has none unless one is named.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self.folder = folder_of(record)
        self._open: Archive | None = None

    def keep(self, capture: Capture) -> None:
        """Appends a page, unless this very capture is in the record. Raises SaysoError."""
        given = capture.media_type == "application/json" or isinstance(capture, Archived)
        if self.folder is None or given or self._record.has_capture(capture):
            return
        try:
            self._file(self.folder).keep(capture, at=self._record.stamp())
        except OSError as error:
            raise SaysoError(f"{self.folder}: cannot be written ({error})") from error

    def forget(self, digest: str) -> int:
        """Takes a payload out of all files of the archive; gives how many records went."""
        if self.folder is None or not self.folder.is_dir():
            return 0
        try:
            return sum(Archive(path).forget(digest) for path in self.files())
        except OSError as error:
            raise SaysoError(f"{self.folder}: cannot be written ({error})") from error

    def files(self) -> list[Path]:
        """The files of the archive, oldest first."""
        return sorted(self.folder.glob("pages-*.warc.gz")) if self.folder else []

    def _file(self, folder: Path) -> Archive:
        here = self._open
        if here is None:
            files = self.files()
            here = Archive(files[-1] if files else folder / "pages-00001.warc.gz")
        if here.path.exists() and here.path.stat().st_size > LARGEST:
            number = int(here.path.name[6:11]) + 1
            here = Archive(folder / f"pages-{number:05}.warc.gz")
        self._open = here
        return here


def folder_of(record: Record) -> Path | None:
    """Where the archive of a record is kept, or None."""
    named = os.environ.get("SAYSO_ARCHIVE")
    if named:
        return None if named == "off" else Path(named)
    path = record.path
    return None if "://" in path or path == ":memory:" else Path(path + SUFFIX)
