"""The examples of docs/scale.md read real shards, each with its library where that is here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.service import archives

from .corpus import warcs

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs/scale.md").read_text("utf-8"), re.S)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with shards in `shards/`."""
    home = tmp_path_factory.mktemp("examples")
    sources = warcs(home, 24, 4)
    assert list(archives.read(sources, home / "shards"))
    return home


@pytest.mark.parametrize("library", ["pyarrow", "duckdb", "pandas", "polars"])
def test_an_example_of_the_docs_runs(home: Path, library: str) -> None:
    (example,) = [e for e in EXAMPLES if re.search(rf"^import {library}\b", e, re.M)]
    pytest.importorskip(library, reason=f"not run: {library} is not here")
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "ASSAULT" in done.stdout, done.stdout
