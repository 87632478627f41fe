"""The commands as a person or a script meets them: output, messages, exit status."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from sayso.cli.app import main

SRC = Path(__file__).resolve().parents[2] / "src"


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def sayso(folder: Path, *args: str, stdin: bytes = b"") -> Done:
    """Runs the command here, in this process (the parser is loaded once), in a folder."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    before = Path.cwd(), sys.argv, sys.stdin, os.environ.pop("SAYSO_RECORD", None)
    os.chdir(folder)
    sys.argv = ["sayso", *args]
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    code = 0
    try:
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            main()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    finally:
        os.chdir(before[0])
        sys.argv, sys.stdin = before[1], before[2]
        if before[3] is not None:
            os.environ["SAYSO_RECORD"] = before[3]
    out = []
    for stream in streams:
        stream.flush()
        out.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    return Done(code, *out)


def test_the_module_runs_as_a_program(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": "é", "text": "Nothing happened."}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "read", "x.jsonl", "--json"], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SRC), "SAYSO_RECORD": "r.db"}, capture_output=True,
        check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["document"]["key"] == "é"
    assert (tmp_path / "r.db").is_file()


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a record of two pages, and inputs that are none."""
    folder = tmp_path_factory.mktemp("cli")
    rows = [
        {"id": "a", "text": "The army said its troops left Atarib on 5 January 2019.\u2028End."},
        {"id": "b", "text": "Nothing here.", "comments": [{"id": 1, "text": "Source?"}]},
    ]
    lines = "\n".join(json.dumps(r, ensure_ascii=False) for r in rows)
    (folder / "two.jsonl").write_text(lines, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.html").write_bytes(bytes(range(256)) * 20)
    (folder / "menu.html").write_text("<html><body><a href='/'>Home</a></body></html>")
    done = sayso(folder, "read", "two.jsonl", "--json")
    assert done.returncode == 0, done.stderr
    (folder / "first.jsonl").write_text(done.stdout, encoding="utf-8")
    return folder


def test_json_lines_and_nothing_else_on_stdout(read_once: Path) -> None:
    lines = (read_once / "first.jsonl").read_text(encoding="utf-8").split("\n")
    found = [json.loads(line) for line in lines if line]
    assert [r["document"]["key"] for r in found] == ["a", "b"]
    assert all(r["schema"] == "sayso.reading/1" for r in found)
    assert "\u2028" not in (read_once / "first.jsonl").read_text(encoding="utf-8")


def test_a_page_read_before_is_printed_again_and_adds_nothing(read_once: Path) -> None:
    done = sayso(read_once, "read", "two.jsonl", "--json")
    assert done.stdout == (read_once / "first.jsonl").read_text(encoding="utf-8")
    counted = sayso(read_once, "read", "two.jsonl")
    assert "2 pages read (0 new to sayso.db)" in counted.stderr


def test_bad_inputs_are_named_and_the_others_are_read(read_once: Path, tmp_path: Path) -> None:
    names = ["empty.txt", "picture.html", "menu.html", "missing.txt"]
    inputs = [str(read_once / n) for n in names]
    done = sayso(tmp_path, "read", *inputs, str(read_once / "two.jsonl"), "--json")
    assert done.returncode == 1
    assert len([line for line in done.stdout.split("\n") if line]) == 2
    messages = done.stderr.strip().split("\n")
    assert len(messages) == 4, done.stderr
    for name, message in zip(names, messages, strict=True):
        assert message.startswith("sayso: ") and name in message
    assert sayso(tmp_path, "verify").returncode == 0


def test_the_lists_are_json_lines(read_once: Path) -> None:
    for command in ("events", "forecasts", "claims", "pages", "actors"):
        done = sayso(read_once, command, "--json")
        assert done.returncode == 0, done.stderr
        for line in done.stdout.split("\n"):
            if line:
                assert isinstance(json.loads(line), dict)
    page = json.loads(sayso(read_once, "pages", "--json").stdout.split("\n")[0])
    shown = json.loads(sayso(read_once, "show", page["id"], "--json").stdout)
    assert shown["document"]["id"] == page["id"]


def test_what_only_readers_tell_is_left_out_or_alone(tmp_path: Path) -> None:
    told = "The army said its troops left Atarib on 5 January 2019."
    reply = "Police arrested 12 protesters in Atarib on 6 January 2019."
    row = {"id": "a", "text": told, "comments": [{"id": 1, "author": "ann", "text": reply}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert sayso(tmp_path, "read", "a.jsonl").returncode == 0

    def triggers(*args: str) -> set[str]:
        lines = sayso(tmp_path, "events", "--json", *args).stdout.split("\n")
        return {json.loads(line)["trigger"] for line in lines if line}

    assert triggers("--readers", "hide") == {"left"}
    assert triggers("--readers", "alone") == {"arrested"}
    assert triggers() == {"left", "arrested"}


def test_search_finds_comments(read_once: Path) -> None:
    found = json.loads(sayso(read_once, "search", "source", "--json").stdout)
    assert found["kind"] == "comment" and found["excerpt"] == "Source?"


@pytest.mark.parametrize(
    "args",
    [
        ["read"],
        ["no-such-command"],
        ["events", "--since", "last week"],
        ["events", "--bbox", "1,2,3"],
        ["events", "--readers", "maybe"],
        ["show", "ev-0"],
        ["read", "two.jsonl", "--published", "yesterday"],
        ["read", "two.jsonl", "--jobs", "0"],
    ],
)
def test_usage_errors(read_once: Path, args: list[str]) -> None:
    done = sayso(read_once, *args)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


def test_no_record_is_one_clear_line(tmp_path: Path) -> None:
    done = sayso(tmp_path, "events")
    assert done.returncode == 1
    assert done.stderr.startswith("sayso: sayso.db: there is no record here")


def test_the_record_can_be_named_before_and_after(read_once: Path, tmp_path: Path) -> None:
    path = str(read_once / "sayso.db")
    before = sayso(tmp_path, "--record", path, "pages", "--json").stdout
    after = sayso(tmp_path, "pages", "--json", "--record", path).stdout
    assert before == after and before


def test_stdin_is_read(tmp_path: Path) -> None:
    text = (
        b"Rebels leave Atarib\n\n"
        b"Rebels left the town of Atarib on 5 January 2019, residents said, after days of war.\n\n"
        b"The town's council said the schools would open again on Sunday.\n"
    )
    done = sayso(tmp_path, "read", "-", "--json", stdin=text)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["document"]["key"] == "-"


def test_doctor_and_verify(read_once: Path) -> None:
    assert sayso(read_once, "verify").stdout.endswith("intact\n")
    found = [json.loads(x) for x in sayso(read_once, "doctor", "--json").stdout.split("\n") if x]
    assert {"sayso", "parser", "gazetteer", "record"} <= {f["name"] for f in found}


@pytest.mark.full
def test_any_number_of_processes_reads_the_same(tmp_path: Path) -> None:
    text = "Rebels left the town of Atarib on {} January 2019, residents said, after a war."
    rows = [{"id": str(n), "text": text.format(n % 28 + 1)} for n in range(120)]
    rows[50] = {"id": "50", "text": text.format(9), "comments": [{"id": "c", "text": "Source?"}]}
    lines = "\n".join(json.dumps(r) for r in rows) + "\nnot json\n"
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    runs = []
    for jobs in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "sayso", "read", "many.jsonl", "--json", "--jobs", jobs],
            cwd=tmp_path, capture_output=True, check=False,
            env={**os.environ, "PYTHONPATH": str(SRC), "SAYSO_RECORD": f"{jobs}.db"},
        )  # fmt: skip
        assert done.returncode == 1 and done.stderr.count(b"\n") == 1
        runs.append(done.stdout)
    assert runs[0] == runs[1]
    assert runs[0].count(b"\n") == 120
