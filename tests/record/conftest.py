from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from sayso.record.record import Record


@pytest.fixture
def record(addresses: Callable[[], str]) -> Iterator[Record]:
    """An empty record whose clock stands still, on each engine in turn."""
    with Record(addresses(), who="tester", now=lambda: datetime(2019, 2, 1, tzinfo=UTC)) as r:
        yield r
