"""A real server over the example pages, and what a page in a browser does."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

CHROMIUM = os.environ.get("SAYSO_CHROMIUM") or shutil.which("chromium") or shutil.which(
    "google-chrome"
)  # fmt: skip
ROOT = Path(__file__).parent.parent.parent
QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--use-gl=angle",
         "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # fmt: skip


def run(*words: str, record: Path) -> list[str]:
    return [sys.executable, "-m", "sayso", "--record", str(record), *words]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


@contextmanager
def serving(record: Path, *words: str) -> Iterator[str]:
    """The address of a server over a record, on a free port of loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = run("serve", "--port", str(port), *words, record=record)
    server = subprocess.Popen(command, env=environment())
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urlopen(address + "/help", timeout=1).read()
            break
        except OSError:
            time.sleep(0.25)
    yield address
    server.terminate()
    server.wait(10)


class Watch:
    """What a page asked for and complained of."""

    def __init__(self, page: Any, base: str) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda r: self._asked(r.url, base))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))

    def _asked(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:", "blob:")):
            self.outside.append(url)


def rows(base: str, path: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(urlopen(base + path).read())["rows"]
    return found
