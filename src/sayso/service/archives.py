"""Archives to shards, and shards into a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sayso.errors import SourceError, UsageError
from sayso.record.record import Record
from sayso.scale import engines, manifest, shard
from sayso.scale.engines import Step
from sayso.scale.shard import Choice

ARCHIVES = (".warc", ".warc.gz", ".wacz", ".jsonl", ".html", ".htm", ".txt")
_AT_ONCE = 100


def files(sources: Sequence[str]) -> list[str]:
    """The files that sources mean: a folder is all files of known types in it, in order."""
    out: list[str] = []
    for source in sources:
        path = Path(source)
        if path.is_dir():
            out += sorted(str(p) for p in path.rglob("*") if p.name.lower().endswith(ARCHIVES))
        else:
            out.append(source)
    return out


def read(
    sources: Sequence[str],
    folder: Path,
    *,
    engine: str = "processes",
    workers: int = 1,
    choice: Choice | None = None,
    address: str | None = None,
) -> Iterator[Step]:
    """Reads archives into shards in `folder`; steps come as archives are done, those done before
    first. Raises UsageError."""
    if workers < 1:
        raise UsageError("--jobs: at least 1")
    yield from engines.run(
        files(sources), folder, engine=engine, workers=workers, choice=choice, address=address
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """One shard brought into the record."""

    shard: str
    readings: int
    new: int


def bring(folders: Sequence[str], record: Record) -> Iterator[Imported | SourceError]:
    """Streams shards into the record, in the order of their names; what is there already is left as
    it is, so a second run adds nothing. Only shards that the manifest names are taken."""
    for source in folders:
        folder = Path(source)
        done = manifest.lines(folder)
        if not done:
            yield SourceError(source, f"holds no shards ({manifest.NAME} is missing or empty)")
            continue
        for name, line in sorted(done.items()):
            reader = f"sayso {line.code}; knowledge {line.knowledge}; parser {line.parser}"
            readings = new = 0
            try:
                found = shard.rows(folder / name)
                while batch := list(islice(found, _AT_ONCE)):
                    fresh = [
                        r
                        for r in batch
                        if not record.has(r.capture.payload_digest, r.capture.operator_published)
                    ]
                    if fresh:
                        record.add(fresh, reader=reader)
                    readings += len(batch)
                    new += len(fresh)
            except SourceError as error:
                yield error
                continue
            yield Imported(name, readings, new)
