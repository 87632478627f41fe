"""`sayso eval` lists suites, measures one, and says what is missing."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from sayso.cli.app import app

SUITES = Path(__file__).parent.parent.parent.parent / "shared" / "suites"


def test_without_a_name_the_suites_are_listed() -> None:
    done = CliRunner().invoke(app, ["eval"])
    assert done.exit_code == 0 and "plover_gsr\tevents/plover_gsr.jsonl" in done.output


def test_an_unknown_suite_or_folder_is_said(tmp_path: Path) -> None:
    for words in (["eval", "plover_gsr"], ["eval", "none", "--suites", str(tmp_path)],
                  ["eval", "plover_gsr", "--suites", str(tmp_path)]):  # fmt: skip
        done = CliRunner().invoke(app, words, env={"SAYSO_SUITES": ""})
        assert done.exit_code != 0 and done.exception is not None
