"""Partitioned = sequential; a run cut short is finished by the next; nothing is doubled."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from sayso.errors import SourceError, UsageError
from sayso.model import codec
from sayso.record import verify
from sayso.record.record import Record
from sayso.scale import manifest, shard
from sayso.scale.engines import Step
from sayso.scale.shard import Choice
from sayso.service import archives, ask
from sayso.service.read import readings

from .corpus import archive, warc


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("archives")
    found = [str(archive(folder / f"a{n}.jsonl", 12, n)) for n in range(4)]
    errors = folder / "errors.jsonl"
    errors.write_text('{"id": 1, "text": "Troops left Karvan."}\nnot json\n[]\n', encoding="utf-8")
    cut = folder / "cut.jsonl"
    whole = (folder / "a0.jsonl").read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    return [*found, str(errors), str(cut)]


def lines_of(folder: Path) -> list[str]:
    """All readings of all shards, as JSON lines in a stable order."""
    return sorted(
        codec.line(codec.reading_json(reading))
        for name in manifest.lines(folder)
        for reading in shard.rows(folder / name)
    )


@pytest.fixture(scope="module")
def sequential(sources: list[str]) -> list[str]:
    return sorted(
        codec.line(codec.reading_json(r))
        for r in readings(sources)
        if not isinstance(r, SourceError)
    )


def run(sources: list[str], folder: Path, **options: object) -> list[Step]:
    return list(archives.read(sources, folder, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("workers", [1])
def test_partitioned_is_sequential(
    sources: list[str], sequential: list[str], tmp_path: Path, workers: int
) -> None:
    steps = run(sources, tmp_path, workers=workers)
    assert lines_of(tmp_path) == sequential
    by_name = {Path(s.source).name: s.done for s in steps}
    errors = by_name["errors.jsonl"]
    assert not isinstance(errors, SourceError) and errors.documents == 1 and errors.failed == 2
    again = run(sources, tmp_path, workers=workers)
    assert all(s.skipped for s in again) and lines_of(tmp_path) == sequential


def test_shards_go_into_a_record_once(
    sources: list[str], tmp_path: Path, sequential: list[str]
) -> None:
    run(sources, tmp_path / "shards")
    with Record(tmp_path / "record.db") as record:
        for expected in (len(set(sequential)), 0):
            done = list(archives.bring([str(tmp_path / "shards")], record))
            assert not [d for d in done if isinstance(d, SourceError)]
            assert sum(d.new for d in done if not isinstance(d, SourceError)) == expected
        assert ask.counts(record)["pages"] == len(set(sequential))


def test_names_and_bytes_leave_only_when_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "thread.jsonl"
    row = {
        "id": "t",
        "text": "Troops left Karvan on Monday.",
        "comments": [{"id": 1, "parent": None, "author": "Jo Mason", "text": "They will be back."}],
    }
    page.write_text(json.dumps(row), encoding="utf-8")
    for names in (False, True):
        folder = tmp_path / f"names-{names}"
        run([str(page)], folder, choice=Choice(names=names))
        (name,) = manifest.lines(folder)
        (reading,) = shard.rows(folder / name)
        assert ("Jo Mason" in codec.line(codec.reading_json(reading))) is names
        assert bool(reading.capture.payload) is names
        with Record(tmp_path / f"{names}.db") as record:
            list(archives.bring([str(folder)], record))
            assert verify.verify(record.database).intact


def test_a_choice_limits_what_is_read(sources: list[str], tmp_path: Path) -> None:
    steps = run(sources[:1], tmp_path, choice=Choice(limit=3))
    assert [s.done.documents for s in steps if not isinstance(s.done, SourceError)] == [3]
    assert not run(sources[:1], tmp_path, choice=Choice(limit=4))[0].skipped


def test_what_is_not_there_is_named_and_the_rest_is_read(
    sources: list[str], tmp_path: Path
) -> None:
    steps = run([str(tmp_path / "none.warc"), sources[0]], tmp_path / "out")
    assert isinstance(steps[0].done, SourceError) and not isinstance(steps[1].done, SourceError)


def test_an_engine_that_is_none(sources: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="processes and ray"):
        run(sources, tmp_path, engine="spark")


def test_a_manifest_line_cut_off_is_made_again(sources: list[str], tmp_path: Path) -> None:
    run(sources[:2], tmp_path)
    path = tmp_path / manifest.NAME
    path.write_bytes(path.read_bytes()[:-40])
    steps = run(sources[:2], tmp_path)
    assert [s.skipped for s in steps].count(True) == 1
    assert len(manifest.lines(tmp_path)) == 2


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice(), 8),
        (Choice(limit=3), 3),
        (Choice(host="example.org"), 4),  # news.example.org too
        (Choice(host="www.example.com"), 4),
        (Choice(host="ample.org"), 0),
        (Choice(since="2019-02-01"), 4),
        (Choice(since="2019-02-01", host="example.com", limit=2), 2),
    ],
)
def test_a_choice_of_host_day_and_number(tmp_path: Path, choice: Choice, kept: int) -> None:
    source = str(warc(tmp_path / "a.warc.gz", 8, 5))
    found = list(shard.choose(source, choice))
    assert len(found) == kept


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="--since yesterday"):
        Choice(since="yesterday")


def test_progress_says_rate_and_time_left_on_a_terminal(
    sources: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from rich.console import Console

    from sayso.cli.archives import to_shards

    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120)
    to_shards(sources[:3], tmp_path, engine="processes", workers=1, choice=Choice(),
              console=console)  # fmt: skip
    shown = screen.getvalue()
    assert "pages/s" in shown and "3/3" in shown and "0:00:00" in shown
    assert "36 pages in 3 archives" in capsys.readouterr().err
