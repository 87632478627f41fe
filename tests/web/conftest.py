"""A record with the example pages, and a hostile one, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import SourceError
from sayso.record.record import Record
from sayso.service import read as reading_service

EXAMPLES = Path(__file__).parent.parent.parent / "examples"

HOSTILE = Path(__file__).parent / "hostile.html"


@pytest.fixture(scope="session")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    path = folder / "record.db"
    with Record(path) as record:
        done = list(reading_service.read([str(EXAMPLES), str(HOSTILE)], record))
    assert not [d for d in done if isinstance(d, SourceError)]
    return path
