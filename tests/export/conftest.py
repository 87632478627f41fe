from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.record.record import Record

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "record"))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An empty record whose clock stands still."""
    with Record(tmp_path / "r.db", who="tester", now=lambda: datetime(2019, 2, 1, tzinfo=UTC)) as r:
        yield r
