"""Pictures of the web app over the example pages, for README and docs.

    screenshots.py [FOLDER]     (default docs/pictures)

Needs Chromium and the `dev` extra.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PORT = 8799
MOST = 300_000
"""Bytes of one picture."""
BASE = f"http://127.0.0.1:{PORT}"
SHOTS = (
    ("overview", "/", 1280, "light"),
    ("page", "/pages/{page}", 1280, "light"),
    ("page-phone", "/pages/{page}", 390, "light"),
    ("events", "/events", 1280, "light"),
    ("beside", "/events?type=ASSAULT&known_by=2019-01-20&open={event}", 1280, "light"),
    ("beside-phone", "/events?open={event}", 390, "dark"),
    ("event", "/events/{event}", 1280, "light"),
    ("map", "/map", 1280, "light"),
    ("replay", "/map?view=control&day=2019-01-06&as=now", 1280, "light"),
    ("replay-dark", "/map?view=control&day=2019-01-06&as=now", 1280, "dark"),
    ("timeline", "/timeline", 1280, "light"),
    ("forecasts", "/forecasts", 1280, "light"),
    ("claims", "/claims", 1280, "light"),
    ("control", "/control", 1280, "light"),
    ("control-phone", "/control", 390, "dark"),
    ("actors", "/actors", 1280, "light"),
)
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--use-gl=angle", "--use-angle=swiftshader",
         "--enable-unsafe-swiftshader"]  # fmt: skip


def rows(path: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(urlopen(BASE + path).read())["rows"]
    return found


def take(folder: Path, only: set[str]) -> None:
    page_id = next(r["id"] for r in rows("/pages.json") if "Darat Izza" in str(r["headline"]))
    told = sorted(rows("/events.json"), key=lambda r: -len(str(r["numbers"])))
    with sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path=os.environ.get("SAYSO_CHROMIUM") or shutil.which("chromium"), args=FLAGS
        )
        for name, path, width, scheme in SHOTS:
            if only and name not in only:
                continue
            page = browser.new_page(
                viewport={"width": width, "height": 900 if width > 500 else 800},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page.goto(BASE + path.format(page=page_id, event=told[0]["id"]))
            if path.startswith("/map"):
                page.wait_for_selector("#map[data-ready]", timeout=120_000)
            page.wait_for_timeout(300)
            picture = folder / f"{name}.png"
            page.screenshot(path=str(picture))
            if picture.stat().st_size > MOST:
                raise SystemExit(f"{picture.name}: more than {MOST} bytes")
            page.close()
        browser.close()


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        sayso = [sys.executable, "-m", "sayso", "--record", str(Path(scratch) / "record.db")]
        subprocess.run([*sayso, "read", str(ROOT / "examples")], check=True, capture_output=True)
        server = subprocess.Popen([*sayso, "serve", "--port", str(PORT)])
        try:
            for _ in range(100):
                try:
                    urlopen(BASE + "/help", timeout=1).read()
                    break
                except OSError:
                    time.sleep(0.2)
            take(folder, set(sys.argv[2:]))
        finally:
            server.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
