"""Engines that read many archives at once: `processes` (needs nothing) and `ray` (an extra).

Both only decide where `shard.read_archive` runs. What is done is in the manifest, so a kill of a
worker or of the driver costs the archive in hand and nothing else.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from sayso.errors import SaysoError, SourceError, UsageError
from sayso.language.syntax import default_parser
from sayso.model import codec
from sayso.scale import manifest
from sayso.scale.shard import Choice, Line, read_archive

Done = Line | SourceError
ENGINES = ("processes", "ray")
_STORE = 100_000_000
"""Bytes of shared memory for Ray on one machine."""
_TRIES = 3
"""Times an archive is read in a process of its own before its reader's end is its error."""


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One archive finished: its line or its error; `skipped` = it was done before."""

    source: str
    done: Done
    skipped: bool = False


def run(
    sources: Sequence[str],
    folder: Path,
    *,
    engine: str = "processes",
    workers: int = 1,
    choice: Choice | None = None,
    address: str | None = None,
) -> Iterator[Step]:
    """Reads archives into shards; steps come as they are done. Ray runs on this machine, or on the
    cluster of `address` or RAY_ADDRESS. Raises UsageError."""
    choice = choice or Choice()
    if engine not in ENGINES:
        raise UsageError(f"--engine {engine}: there are {' and '.join(ENGINES)}")
    todo: list[str] = []
    for source in dict.fromkeys(sources):
        try:
            ((_, line),) = manifest.waiting([source], folder, choice, default_parser().name)
        except SourceError as error:
            yield Step(source, error)
            continue
        if line is not None:
            yield Step(source, line, skipped=True)
        else:
            todo.append(source)
    if engine == "ray":
        steps = _ray(todo, folder, workers, choice, address)
    elif workers > 1:
        steps = _processes(todo, folder, workers, choice)
    else:
        steps = ((s, _one(s, folder, choice)) for s in todo)
    for source, done in steps:
        if isinstance(done, Line):
            manifest.add(folder, done)
        yield Step(source, done)


def _one(source: str, folder: Path, choice: Choice) -> Done:
    """Runs in a worker: an error of one archive is a result, not the end of the run."""
    try:
        return read_archive(source, folder, choice)
    except SourceError as error:
        return error


def _processes(
    todo: Sequence[str], folder: Path, workers: int, choice: Choice
) -> Iterator[tuple[str, Done]]:
    left = list(todo)
    context = multiprocessing.get_context("spawn")
    while left:
        # A worker that dies breaks its pool; what was not done goes to a new one.
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            running: dict[Future[Done], str] = {
                pool.submit(_one, source, folder, choice): source for source in left
            }
            broken: list[str] = []
            while running:
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    source = running.pop(future)
                    try:
                        result = future.result()
                    except BrokenProcessPool:
                        broken.append(source)
                        continue
                    left.remove(source)
                    yield source, result
        if broken and len(broken) == len(left):
            source = left.pop(0)
            yield source, _alone(source, folder, choice)


def _alone(source: str, folder: Path, choice: Choice) -> Done:
    """Reads one archive in a process of its own, again if that process is ended from outside."""
    for _ in range(_TRIES):
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            try:
                return pool.submit(_one, source, folder, choice).result()
            except BrokenProcessPool:
                continue
    return SourceError(source, f"its reading process ended {_TRIES} times (out of memory?)")


def _ray(
    todo: Sequence[str], folder: Path, workers: int, choice: Choice, address: str | None
) -> Iterator[tuple[str, Done]]:
    try:
        import ray
    except ImportError as error:
        raise UsageError("--engine ray needs Ray: pip install 'sayso[ray]'") from error
    started = not ray.is_initialized()
    address = address or os.environ.get("RAY_ADDRESS")
    if started and address:
        ray.init(address=address, logging_level=logging.ERROR, log_to_driver=False)
    elif started:
        # One CPU more than readers: Ray Data has work of its own to place. What goes between the
        # processes is one line an archive, so the store for it is small.
        ray.init(
            num_cpus=workers + 1, object_store_memory=_STORE, include_dashboard=False,
            logging_level=logging.ERROR, log_to_driver=False,
        )  # fmt: skip
    ray.data.DataContext.get_current().enable_progress_bars = False  # ours counts archives
    for name in ("ray.data", "ray.data._internal"):
        logging.getLogger(name).setLevel(logging.ERROR)

    class Reader:
        """Loads the parser once and keeps it."""

        def __call__(self, batch: dict[str, list[str]]) -> dict[str, list[str]]:
            out = []
            for source in batch["source"]:
                done = _one(str(source), folder, choice)
                row = codec.encode(done) if isinstance(done, Line) else {"error": done.reason}
                out.append(codec.line(row))
            return {"source": list(batch["source"]), "done": out}

    try:
        if todo:
            rows = ray.data.from_items([{"source": s} for s in todo], override_num_blocks=len(todo))
            readers = ray.data.ActorPoolStrategy(size=min(workers, len(todo)))
            found = rows.map_batches(Reader, batch_size=1, num_cpus=1, compute=readers)
            for row in found.iter_rows():
                yield row["source"], _thawed(row["source"], row["done"])
    except ray.exceptions.RayError as error:
        raise SaysoError(f"Ray could not finish ({str(error).splitlines()[0]})") from error
    finally:
        if started:
            ray.shutdown()


def _thawed(source: str, text: str) -> Done:
    row = json.loads(text)
    return SourceError(source, row["error"]) if "error" in row else codec.decode(Line, row)
