"""Plain values as JSON without spaces, in the order in which they stand."""

from __future__ import annotations

from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder()


def compact(value: Any) -> str:
    """Lists, tuples and dicts of texts, numbers and None as JSON, without ASCII escapes and spaces.
    Raises TypeError for anything else."""
    return _ENCODER.encode(value).decode()
