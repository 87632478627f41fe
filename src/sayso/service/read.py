"""Reading sources: captures, documents, annotations, and all of them into the record."""

from __future__ import annotations

import dataclasses
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from sayso.capture.sources import items
from sayso.errors import PageGone, SaysoError, SourceError, UsageError
from sayso.language.syntax import Parser, default_parser
from sayso.model import edtf
from sayso.model.capture import GONE, Capture
from sayso.model.reading import Reading
from sayso.record import custody
from sayso.record.record import Record
from sayso.scale.arrows import Chunk, Item, chunks, read_items, reader_of
from sayso.service.archive import Keeper


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document read: `new` is False where the record had the page already."""

    reading: Reading
    new: bool


def readings(
    sources: Iterable[str], parser: Parser | None = None, published: str | None = None
) -> Iterator[Reading | SourceError]:
    """One reading per document, in the order of the sources; an input that fails comes out as
    its error, and the rest is still read. Nothing is kept."""
    for chunk in chunks(_items(sources, check_published(published))):
        yield from read_items(chunk, parser)


def read(
    sources: Iterable[str],
    record: Record,
    *,
    published: str | None = None,
    jobs: int = 1,
    parser: Parser | None = None,
) -> Iterator[Outcome | SourceError]:
    """Reads sources into the record, in order. What comes out is stored: it survives a kill.

    Pages are kept in the archive beside the record first (`service/archive.py`). A page that the
    record has already is given back from it, not read again. `published` is the
    publication date that the caller states (EDTF or ISO 8601). `jobs` processes read at once; the
    order and the result are the same for any number. Raises UsageError and RecordError.
    """
    if jobs < 1:
        raise UsageError("jobs: at least 1")
    found = _items(sources, check_published(published), Keeper(record))
    yield from keep(found, record, jobs=jobs, parser=parser)


def keep(
    found: Iterable[Item], record: Record, *, jobs: int = 1, parser: Parser | None = None
) -> Iterator[Outcome | SourceError]:
    """`read` for captures that are at hand."""
    reader = reader_of(parser or default_parser())
    batches = chunks(found)
    walk = _in_processes(batches, record, jobs) if jobs > 1 else _here(batches, record, parser)
    for chunk, fresh in walk:
        yield from _store(chunk, fresh, record, reader)


def check_published(published: str | None) -> str | None:
    """The date if it is one. Raises UsageError."""
    if published is not None and edtf.from_iso(published) is None:
        raise UsageError(
            f"--published {published}: not a date; write 2019-01-07, 2019-01 or another EDTF text"
        )
    return published


# -- the walk ----------------------------------------------------------------------------------

Fresh = dict[str, Reading | SourceError]


def _items(
    sources: Iterable[str], published: str | None, keeper: Keeper | None = None
) -> Iterator[Item]:
    for source in sources:
        for item in items(source):
            if isinstance(item, Capture):
                if published:
                    item = dataclasses.replace(item, operator_published=published)
                if keeper is not None:
                    keeper.keep(item)
            yield item


def _unknown(chunk: Chunk, record: Record) -> list[Capture]:
    found: list[Capture] = []
    seen: set[str] = set()
    for item in chunk:
        if not isinstance(item, Capture) or item.status in GONE:
            continue
        if item.payload_digest not in seen:
            seen.add(item.payload_digest)
            if not record.has(item.payload_digest, item.operator_published):
                found.append(item)
    return found


def _here(
    batches: Iterable[Chunk], record: Record, parser: Parser | None
) -> Iterator[tuple[Chunk, Fresh]]:
    for chunk in batches:
        unknown = _unknown(chunk, record)
        yield chunk, _by_digest(unknown, read_items(unknown, parser))


def _in_processes(
    batches: Iterable[Chunk], record: Record, jobs: int
) -> Iterator[tuple[Chunk, Fresh]]:
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[Chunk, list[Capture], Future[list[Reading | SourceError]]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        try:
            for chunk in batches:
                unknown = _unknown(chunk, record)
                waiting.append((chunk, unknown, pool.submit(read_items, unknown, None)))
                if len(waiting) > 2 * jobs:
                    first, asked, future = waiting.popleft()
                    yield first, _by_digest(asked, future.result())
            while waiting:
                first, asked, future = waiting.popleft()
                yield first, _by_digest(asked, future.result())
        except BrokenProcessPool as error:
            raise SaysoError("a reading process ended unexpectedly (out of memory?)") from error
        finally:
            for _, _, future in waiting:
                future.cancel()


def _by_digest(asked: list[Capture], results: list[Reading | SourceError]) -> Fresh:
    return {c.payload_digest: r for c, r in zip(asked, results, strict=True)}


def _store(
    chunk: Chunk, fresh: Fresh, record: Record, reader: str
) -> Iterator[Outcome | SourceError]:
    # Another chunk in flight may have brought the same page meanwhile: then it is not added again.
    new = [
        r
        for r in fresh.values()
        if isinstance(r, Reading)
        and not record.has(r.capture.payload_digest, r.capture.operator_published)
    ]
    added = record.add(new, reader=reader) if new else []
    stored = {s.reading.capture.payload_digest: s.reading for s in added}
    for item in chunk:
        if isinstance(item, SourceError):
            yield item
            continue
        if item.status in GONE:
            yield keep_gone(record, item)
            continue
        digest = item.payload_digest
        first = stored.pop(digest, None)
        failed = fresh.get(digest)
        if first is not None:
            yield Outcome(_as_given(first, item), True)
        elif isinstance(failed, SourceError):
            yield failed
        else:
            known = record.known(digest, item.operator_published)
            assert known is not None
            record.add_capture(item)
            yield Outcome(_as_given(known, item), False)


def keep_gone(record: Record, capture: Capture) -> PageGone:
    """Keeps the answer that there is no page (any more) as evidence, once."""
    address = capture.target_uri or capture.key or "-"
    with record.database.transaction():
        if not record.has_capture(capture):
            record.add_capture(capture)
            custody.append(
                record.database, at=record.stamp(), who=record.who, act="gone", subject=address,
                digest=capture.payload_digest, detail={"status": capture.status},
            )  # fmt: skip
    return PageGone(
        capture.key or address, f"the server answered {capture.status}; kept as evidence"
    )


def _as_given(reading: Reading, capture: Capture) -> Reading:
    """The reading under the name that the caller gave this time."""
    if capture.media_type == "application/json" or reading.document.key == capture.key:
        return dataclasses.replace(reading, capture=dataclasses.replace(
            reading.capture, key=capture.key))  # fmt: skip
    return dataclasses.replace(
        reading,
        capture=dataclasses.replace(reading.capture, key=capture.key),
        document=dataclasses.replace(reading.document, key=capture.key),
    )
