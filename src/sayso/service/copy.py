"""A record from here to there, between files and servers."""

from __future__ import annotations

from pathlib import Path

from sayso.errors import UsageError
from sayso.record import copying
from sayso.record.copying import Copied, Tell
from sayso.record.database import Database
from sayso.record.engines import is_postgres

__all__ = ["Copied", "copy"]


def copy(source: str, target: str, tell: Tell = lambda _: None) -> tuple[Copied, ...]:
    """Copies a record (a file or `postgresql://…`) into one that is not there yet or empty, and
    verifies the copy; gives each table with its rows and digest. The original is only read.

    Raises RecordError and IntegrityError; then nothing of the copy is kept.
    """
    if source == target:
        raise UsageError("copy: FROM and TO are the same record")
    new = not is_postgres(target) and not Path(target).exists()
    with Database(source, readonly=True) as old:
        try:
            with Database(target) as fresh:
                return copying.copy(old, fresh, tell)
        except BaseException:
            if new:
                for end in ("", "-wal", "-shm"):
                    Path(target + end).unlink(missing_ok=True)
            raise
