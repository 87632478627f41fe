"""One browser and one server for all browser tests.

Needs Chromium (`SAYSO_CHROMIUM`, or one on the path). Without it these tests are named as not run;
in CI (`CI` is set) they must run.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import CHROMIUM, QUIET, ROOT, environment, run, serving


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example pages and a hostile one."""
    path = tmp_path_factory.mktemp("browser") / "record.db"
    hostile = str(ROOT / "tests" / "web" / "hostile.html")
    command = run("read", str(ROOT / "examples"), hostile, record=path)
    done = subprocess.run(command, env=environment(), check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return path


@pytest.fixture(scope="session")
def base(record: Path) -> Iterator[str]:
    """The address of the server."""
    with serving(record) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    engine = pytest.importorskip("playwright.sync_api", reason="not run: playwright is not here")
    if not CHROMIUM and not os.environ.get("CI"):
        pytest.skip("not run: there is no Chromium here")
    with engine.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()
