"""WACZ files: a zip with WARCs in `archive/` (Web Archive Collection Zipped, 1.1).

Nothing is unpacked to disk; members that name a place outside the archive are refused.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from sayso.capture import warc
from sayso.capture.warc import Archive
from sayso.errors import ArchiveError
from sayso.model.capture import Capture

MAX_MEMBERS = 10_000


def captures(path: Path, source: str) -> Iterator[Capture | ArchiveError]:
    """The pages of all WARCs inside a WACZ, by name; then what was wrong with it."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                yield ArchiveError(source, f"the archive has {len(members)} members, too many")
                return
            warcs = [m for m in members if m.filename.endswith((".warc", ".warc.gz"))]
            if not warcs:
                yield ArchiveError(source, "the archive holds no WARC file")
            for member in sorted(warcs, key=lambda m: m.filename):
                yield from _member(archive, member, source)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        yield ArchiveError(source, f"the archive is damaged ({error})")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str
) -> Iterator[Capture | ArchiveError]:
    name = PurePosixPath(member.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in member.filename:
        yield ArchiveError(source, f"{member.filename!r} points outside the archive; not read")
        return
    if member.file_size > max(member.compress_size, 1) * warc.MAX_RATIO + 64_000_000:
        yield ArchiveError(source, f"{member.filename!r} expands too far; not read")
        return
    with archive.open(member) as stream:
        yield from warc.captures(
            cast(BinaryIO, stream), f"{source}!{member.filename}", member.file_size
        )


def write(path: Path, archive: Archive, title: str = "Captured pages") -> None:
    """A WACZ of one WARC, with its data package. Raises OSError."""
    import hashlib
    import json

    data = archive.path.read_bytes()
    name = f"archive/{archive.path.name}"
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "resources": [
            {
                "name": archive.path.name,
                "path": name,
                "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
                "bytes": len(data),
            }
        ],
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        out.writestr(name, data)
        out.writestr("datapackage.json", json.dumps(package, indent=2))
