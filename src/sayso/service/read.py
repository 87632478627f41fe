"""Reading sources: captures, documents, annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.capture.sources import captures
from sayso.errors import SourceError
from sayso.language.syntax import Parser, default_parser
from sayso.model.reading import Reading
from sayso.page.recover import recover
from sayso.reading import chain


def readings(
    sources: Iterable[str], parser: Parser | None = None
) -> Iterator[Reading | SourceError]:
    """One reading per document, in the order of the sources; an input that fails comes out as
    its error, and the rest is still read."""
    parser = parser or default_parser()
    for source in sources:
        try:
            for capture in captures(source):
                try:
                    yield chain.read(recover(capture), capture, parser)
                except SourceError as error:
                    yield error
        except SourceError as error:
            yield error
