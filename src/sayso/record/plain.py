"""Plain values as JSON without spaces, in the order in which they stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

_ESCAPED = json.encoder.encode_basestring
_SLOW = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _made() -> Callable[[Any], str]:
    """`JSONEncoder` sets its encoder up anew for every value, which takes as long as to write a
    short one; here it is set up once. Where a Python has no such encoder, as `json` does it."""
    try:
        write = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
            None, _refused, _ESCAPED, None, ":", ",", False, False, True
        )
        if "".join(write([1, 0.5, {"é": None}], 0)) != '[1,0.5,{"é":null}]':
            return _SLOW
    except (AttributeError, TypeError):
        return _SLOW
    return lambda value: "".join(write(value, 0))


def _refused(value: object) -> str:
    raise TypeError(f"{type(value).__name__} is no plain value")


compact = _made()
"""Lists, tuples and dicts of texts, numbers and None as `json.dumps` writes them, without ASCII
escapes."""
