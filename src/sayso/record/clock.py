"""The time of day as the record writes it; passed in, so that tests can hold it still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def stamp(clock: Clock) -> str:
    """ISO 8601 in UTC to the second, with `Z`."""
    return clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
