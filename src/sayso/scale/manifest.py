"""The manifest of a folder of shards: one JSON line per archive that is done.

Lines are appended under a lock of the file system and flushed; a line cut off by a kill is ignored,
and its shard is made again (under the same name).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.model import codec
from sayso.scale.shard import Choice, Line, digest_of, name_of

NAME = "manifest.jsonl"


def lines(folder: Path) -> dict[str, Line]:
    """Shard name -> its newest line, for shards that are really there."""
    out: dict[str, Line] = {}
    path = folder / NAME
    if not path.is_file():
        return out
    for text in path.read_text(encoding="utf-8").split("\n"):
        try:
            line = codec.decode(Line, json.loads(text))
        except (ValueError, TypeError):
            continue
        if (folder / line.shard).is_file():
            out[line.shard] = line
    return out


def add(folder: Path, line: Line) -> None:
    """Appends a line; it is on the disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    data = (codec.line(codec.encode(line)) + "\n").encode()
    with path.open("ab+") as file:
        # A line cut off by a kill must not swallow this one.
        file.seek(0, os.SEEK_END)
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                data = b"\n" + data
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def waiting(
    sources: Iterable[str], folder: Path, choice: Choice, parser: str
) -> Iterator[tuple[str, Line | None]]:
    """Each source with its manifest line if it is done, in the order given."""
    done = lines(folder)
    for source in sources:
        name = name_of(digest_of(Path(source)), parser.split("-")[0], choice)
        yield source, done.get(f"{name}.parquet")
