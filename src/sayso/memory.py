"""The collector of cycles, paused for a time in which nothing is made that it could free."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 10_000
"""Objects made and not freed again; from so many on it is worth the while to call them old."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Inside no cycles are looked for; what nobody refers to is freed as ever.

    Trees of sentences, readings, rows and facts live until they are read or written: the collector
    walks through them again and again and finds nothing, for a seventh of the time that reading
    takes and a quarter of that of adding. What other threads leave meanwhile waits until the end.
    Left as it was found."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if gc.get_count()[0] > MANY:
                _call_old()
            gc.enable()


def _call_old() -> None:
    """Puts all objects among those that only a full collection looks at. Else everything that was
    made meanwhile would be walked through at once (a twentieth of the time that adding takes).
    Where somebody froze objects for good they would thaw too: then nothing is done."""
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
