"""The web app in a real browser: no console error, no outside request, keys, marks, words.

Needs Chromium (`SAYSO_CHROMIUM`, or one on the path). Without it these tests are named as not run;
in CI (`CI` is set) they must run.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="not run: playwright is not here")

CHROMIUM = os.environ.get("SAYSO_CHROMIUM") or shutil.which("chromium") or shutil.which(
    "google-chrome"
)  # fmt: skip
if not CHROMIUM and not os.environ.get("CI"):
    pytest.skip("not run: there is no Chromium here", allow_module_level=True)

ROOT = Path(__file__).parent.parent.parent
PAGES = ("/", "/pages", "/events", "/map", "/timeline", "/claims", "/control", "/forecasts",
         "/actors", "/review", "/read", "/sources", "/help", "/search?q=Afrin")  # fmt: skip
QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--use-gl=angle",
         "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real server over the example pages and a hostile one, on a free port of loopback."""
    path = tmp_path_factory.mktemp("browser") / "record.db"
    run = [sys.executable, "-m", "sayso", "--record", str(path)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    hostile = str(ROOT / "tests" / "web" / "hostile.html")
    done = subprocess.run([*run, "read", str(ROOT / "examples"), hostile], env=env, check=False,
                          capture_output=True)  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*run, "serve", "--port", str(port)], env=env)
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urlopen(address + "/help", timeout=1).read()
            break
        except OSError:
            time.sleep(0.25)
    yield address
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as engine:
        found = engine.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


class Watch:
    """What a page asked for and complained of."""

    def __init__(self, page: playwright.Page, base: str) -> None:
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


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_quietly(browser: playwright.Browser, base: str, path: str) -> None:
    page = browser.new_page()
    watch = Watch(page, base)
    page.goto(base + path, wait_until="load")
    page.wait_for_timeout(300)
    assert not watch.errors and not watch.outside
    page.close()


def test_each_highlight_is_its_words(browser: playwright.Browser, base: str) -> None:
    page = browser.new_page()
    for row in rows(base, "/pages.json"):
        reading = json.loads(urlopen(f"{base}/pages/{row['id']}.json").read())
        page.goto(f"{base}/pages/{row['id']}")
        shown = page.evaluate(
            "() => { const out = {}; for (const r of document.querySelectorAll('.run[data-a]'))"
            " for (const a of r.dataset.a.split(' ')) out[a] = (out[a] || '') + r.textContent;"
            " return out; }"
        )
        for a in reading["annotations"]:
            if a["kind"] in ("event", "mention", "timex", "quantity"):
                assert shown[a["id"]] == a["exact"]
    page.close()


def test_nothing_hostile_runs(browser: playwright.Browser, base: str) -> None:
    page = browser.new_page()
    alerts: list[str] = []
    page.on("dialog", lambda d: (alerts.append(d.message), d.dismiss()))
    hostile = next(r for r in rows(base, "/pages.json") if "seize town" in (r["headline"] or ""))
    for path in (f"/pages/{hostile['id']}", "/pages", "/events", "/forecasts"):
        page.goto(base + path)
        page.wait_for_timeout(200)
    assert not alerts
    page.close()


def test_the_maps_marks_are_the_tables_rows(browser: playwright.Browser, base: str) -> None:
    page = browser.new_page()
    watch = Watch(page, base)
    page.goto(base + "/map")
    page.wait_for_selector("#map[data-ready]", timeout=90_000)
    ready = page.get_attribute("#map", "data-ready")
    assert int(ready or -1) == page.locator("tr[data-row]").count() > 0
    assert not watch.errors and not watch.outside
    page.close()


def test_keys(browser: playwright.Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(base + "/events")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("Enter")
    page.wait_for_selector("#card-title:focus")
    assert "open=ev-" in page.url
    page.reload()
    assert page.locator("#card-title").is_visible()
    page.go_back()
    page.wait_for_selector("#card", state="hidden")
    page.go_forward()
    page.wait_for_selector("#card-title")
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.wait_for_url("**/forecasts")
    page.close()


def test_ten_items_are_reviewed_by_keyboard_alone(browser: playwright.Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(base + "/review")
    page.keyboard.press("Tab")
    page.focus("input[name=who]")
    page.keyboard.type("A. Reviewer")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-key=y]")
    page.evaluate("document.activeElement.blur()")
    for number, key in enumerate("ynuynuynuy", 1):
        page.keyboard.press(key)
        page.wait_for_selector(f'progress[value="{number}"]')
    page.keyboard.press("z")
    page.wait_for_selector('progress[value="9"]')
    page.close()


def test_back_and_reload_keep_the_state(browser: playwright.Browser, base: str) -> None:
    page = browser.new_page()
    document = rows(base, "/pages.json")[0]["id"]
    page.goto(f"{base}/pages/{document}")
    page.uncheck("input[data-layer=actor]")
    assert "off=actor" in page.url
    page.reload()
    assert not page.is_checked("input[data-layer=actor]")
    page.goto(base + "/events?type=ASSAULT")
    page.go_back()
    assert "off=actor" in page.url
    page.close()


def test_it_works_without_scripts(browser: playwright.Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "/events")
    page.locator("a[data-main]").first.click()
    assert "Who says so" in page.content()
    page.goto(base + "/map")
    assert page.locator("tr[data-row]").count() > 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: playwright.Browser, base: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="not run: no axe")
    document = rows(base, "/pages.json")[0]["id"]
    event = rows(base, "/events.json")[0]["id"]
    page = browser.new_page(color_scheme=scheme)
    for path in (*PAGES, f"/pages/{document}", f"/events/{event}"):
        page.goto(base + path)
        found = axe.Axe().run(page).response["violations"]
        bad = [
            f"{path}: {v['id']}: {v['nodes'][0]['html'][:150]}"
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert not bad
    page.close()


def test_a_phone_shows_it_without_sideways_scrolling(
    browser: playwright.Browser, base: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    document = rows(base, "/pages.json")[0]["id"]
    for path in ("/", "/events", "/forecasts", f"/pages/{document}"):
        page.goto(base + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 391, path
    page.close()
