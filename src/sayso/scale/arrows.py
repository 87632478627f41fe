"""The two arrows over a batch: captures in, readings or named failures out, in order.

One page that fails never ends the reading of the others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from sayso import __version__
from sayso.errors import SaysoError, SourceError
from sayso.knowledge import tables
from sayso.language.syntax import Parser, default_parser
from sayso.model.capture import Capture
from sayso.model.document import Document, Evidence
from sayso.model.reading import Reading
from sayso.page.recover import recover
from sayso.reading import chain

CHUNK = 24
"""Documents read and stored together: enough that parsing in one go pays (short texts parse about
twice as fast), few enough that a kill costs only seconds of work."""
CHUNK_BYTES = 4_000_000
"""Bytes of captures in one chunk, so that big pages do not pile up in memory."""

Item = Capture | SourceError
Chunk = list[Item]


def chunks(items: Iterable[Item]) -> Iterator[Chunk]:
    """Items in batches of a size that is worth parsing together."""
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


def reader_of(parser: Parser) -> str:
    """With what a reading was made: program, knowledge and parser."""
    return f"sayso {__version__}; knowledge {tables.version()}; parser {parser.name}"


def read_items(items: Sequence[Item], parser: Parser | None) -> list[Reading | SourceError]:
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
