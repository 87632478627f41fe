"""Reading new pages from the browser: one job at a time, in a thread, that can be stopped."""

from __future__ import annotations

import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from sayso.errors import SaysoError, SourceError
from sayso.record.record import Record
from sayso.service import read as reading


@dataclass(slots=True)
class Job:
    """What is being read, and how far it is. Changed by its thread only."""

    sources: list[str]
    total: int
    done: int = 0
    new: int = 0
    pages: list[tuple[str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    running: bool = True
    stopped: bool = False


class Jobs:
    """The jobs of one app. `start` refuses a second job while one runs."""

    def __init__(self, record: str) -> None:
        self._record = record
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self.current: Job | None = None

    def start(self, sources: list[str], folder: Path | None, who: str) -> bool:
        """Begins to read; False if a job is running. `folder` is removed when the job ends."""
        with self._lock:
            if self.current is not None and self.current.running:
                return False
            self._stop.clear()
            self.current = Job(sources=sources, total=len(sources))
            run = threading.Thread(
                target=self._run, args=(self.current, folder, who), daemon=True, name="sayso-read"
            )
            run.start()
            return True

    def stop(self) -> None:
        """Asks the running job to end after the page in hand; what was read stays."""
        self._stop.set()

    def _run(self, job: Job, folder: Path | None, who: str) -> None:
        try:
            with Record(self._record, who=who) as record:
                for source in job.sources:
                    for outcome in reading.read([source], record):
                        if isinstance(outcome, SourceError):
                            job.failed.append(f"{Path(outcome.source).name}: {outcome.reason}")
                        else:
                            document = outcome.reading.document
                            job.new += outcome.new
                            name = document.headline or document.key or document.id
                            job.pages.append((document.id, name))
                        if self._stop.is_set():
                            job.stopped = True
                            return
                    job.done += 1
        except SaysoError as error:
            job.failed.append(str(error))
        finally:
            job.running = False
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)


def scratch() -> Path:
    """A new folder for what was dropped or pasted."""
    return Path(tempfile.mkdtemp(prefix="sayso-"))
