"""Reading sources: captures, documents, annotations, and all of them into the record."""

from __future__ import annotations

import dataclasses
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from sayso import __version__
from sayso.capture.sources import items
from sayso.errors import SaysoError, SourceError, UsageError
from sayso.knowledge import tables
from sayso.language.syntax import Parser, default_parser
from sayso.model import edtf
from sayso.model.capture import Capture
from sayso.model.document import Document, Evidence
from sayso.model.reading import Reading
from sayso.page.recover import recover
from sayso.reading import chain
from sayso.record.record import Record

CHUNK = 24
"""Documents read and stored together: enough that parsing in one go pays (short texts parse about
twice as fast), few enough that a kill costs only seconds of work."""
CHUNK_BYTES = 4_000_000
"""Bytes of captures in one chunk, so that big pages do not pile up in memory."""

Item = Capture | SourceError


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
    for chunk in _chunks(_items(sources, check_published(published))):
        yield from _read(chunk, parser)


def read(
    sources: Iterable[str],
    record: Record,
    *,
    published: str | None = None,
    jobs: int = 1,
    parser: Parser | None = None,
) -> Iterator[Outcome | SourceError]:
    """Reads sources into the record, in order. What comes out is stored: it survives a kill.

    A page that the record has already is given back from it, not read again. `published` is the
    publication date that the caller states (EDTF or ISO 8601). `jobs` processes read at once; the
    order and the result are the same for any number. Raises UsageError and RecordError.
    """
    if jobs < 1:
        raise UsageError("jobs: at least 1")
    reader = reader_of(parser or default_parser())
    chunks = _chunks(_items(sources, check_published(published)))
    walk = _in_processes(chunks, record, jobs) if jobs > 1 else _here(chunks, record, parser)
    for chunk, fresh in walk:
        yield from _store(chunk, fresh, record, reader)


def reader_of(parser: Parser) -> str:
    """With what a reading was made: program, knowledge and parser."""
    return f"sayso {__version__}; knowledge {tables.version()}; parser {parser.name}"


def check_published(published: str | None) -> str | None:
    """The date if it is one. Raises UsageError."""
    if published is not None and edtf.from_iso(published) is None:
        raise UsageError(
            f"--published {published}: not a date; write 2019-01-07, 2019-01 or another EDTF text"
        )
    return published


# -- the walk ----------------------------------------------------------------------------------

Chunk = list[Item]
Fresh = dict[str, Reading | SourceError]


def _items(sources: Iterable[str], published: str | None) -> Iterator[Item]:
    for source in sources:
        for item in items(source):
            if published and isinstance(item, Capture):
                item = dataclasses.replace(item, operator_published=published)
            yield item


def _chunks(items: Iterable[Item]) -> Iterator[Chunk]:
    chunk: Chunk = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.payload) if isinstance(item, Capture) else 0
        if len(chunk) >= CHUNK or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _unknown(chunk: Chunk, record: Record) -> list[Capture]:
    found: list[Capture] = []
    seen: set[str] = set()
    for item in chunk:
        if isinstance(item, Capture) and item.payload_digest not in seen:
            seen.add(item.payload_digest)
            if not record.has(item.payload_digest, item.operator_published):
                found.append(item)
    return found


def _here(
    chunks: Iterable[Chunk], record: Record, parser: Parser | None
) -> Iterator[tuple[Chunk, Fresh]]:
    for chunk in chunks:
        unknown = _unknown(chunk, record)
        yield chunk, _by_digest(unknown, _read(unknown, parser))


def _in_processes(
    chunks: Iterable[Chunk], record: Record, jobs: int
) -> Iterator[tuple[Chunk, Fresh]]:
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[Chunk, list[Capture], Future[list[Reading | SourceError]]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        try:
            for chunk in chunks:
                unknown = _unknown(chunk, record)
                waiting.append((chunk, unknown, pool.submit(_read, unknown, None)))
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


# -- one chunk ---------------------------------------------------------------------------------


def _read(items: Sequence[Item], parser: Parser | None) -> list[Reading | SourceError]:
    """Reads captures; runs in a process of its own when there are several."""
    parser = parser or default_parser()
    out: list[Reading | SourceError | None] = []
    pages: list[tuple[Document, Capture]] = []
    for item in items:
        page = _recover(item)
        if isinstance(page, SourceError):
            out.append(page)
        else:
            out.append(None)
            pages.append((page, item))  # type: ignore[arg-type]
    done = iter(_annotate(pages, parser))
    return [item if item is not None else next(done) for item in out]


def _recover(item: Item) -> Document | SourceError:
    if isinstance(item, SourceError):
        return item
    try:
        return _dated(recover(item), item)
    except SourceError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one page must never end the reading of the others
        return SourceError(item.key or "-", f"cannot be recovered ({_brief(error)})")


def _annotate(pages: list[tuple[Document, Capture]], parser: Parser) -> list[Reading | SourceError]:
    try:
        return list(chain.read_all(pages, parser))
    except SaysoError:
        raise
    except Exception:  # noqa: BLE001 - found out one by one, below
        out: list[Reading | SourceError] = []
        for document, capture in pages:
            try:
                out.append(chain.read(document, capture, parser))
            except SaysoError:
                raise
            except Exception as error:  # noqa: BLE001 - named, and the others are still read
                out.append(SourceError(capture.key or "-", f"cannot be read ({_brief(error)})"))
        return out


def _brief(error: Exception) -> str:
    words = " ".join(str(error).split())[:160]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _dated(document: Document, capture: Capture) -> Document:
    """The document with the date that the operator states, where recovery did not take it over."""
    stated = capture.operator_published
    if not stated or any(e.source == "operator" for e in document.published_evidence):
        return document
    evidence = Evidence("operator", stated, stated)
    return dataclasses.replace(
        document,
        published=stated,
        published_evidence=(evidence, *document.published_evidence),
    )
