"""The web app in a real browser: no console error, no outside request, keys, marks, words."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import urlopen

import pytest
from serving import Watch, rows

PAGES = ("/", "/pages", "/events", "/map", "/timeline", "/claims", "/control", "/forecasts",
         "/actors", "/review", "/read", "/sources", "/help", "/search?q=Afrin", "/export",
         "/map?view=control")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_quietly(browser: Any, base: str, path: str) -> None:
    page = browser.new_page()
    watch = Watch(page, base)
    page.goto(base + path, wait_until="load")
    page.wait_for_timeout(300)
    assert not watch.errors and not watch.outside
    page.close()


def test_each_highlight_is_its_words(browser: Any, base: str) -> None:
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


def test_nothing_hostile_runs(browser: Any, base: str) -> None:
    page = browser.new_page()
    alerts: list[str] = []
    page.on("dialog", lambda d: (alerts.append(d.message), d.dismiss()))
    hostile = next(r for r in rows(base, "/pages.json") if "seize town" in (r["headline"] or ""))
    for path in (f"/pages/{hostile['id']}", "/pages", "/events", "/forecasts"):
        page.goto(base + path)
        page.wait_for_timeout(200)
    assert not alerts
    page.close()


def test_the_maps_marks_are_the_tables_rows(browser: Any, base: str) -> None:
    page = browser.new_page()
    watch = Watch(page, base)
    page.goto(base + "/map")
    page.wait_for_selector("#map[data-ready]", timeout=90_000)
    ready = page.get_attribute("#map", "data-ready")
    assert int(ready or -1) == page.locator("tr[data-row]").count() > 0
    assert not watch.errors and not watch.outside
    page.close()


def test_keys(browser: Any, base: str) -> None:
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


def test_ten_items_are_reviewed_by_keyboard_alone(browser: Any, base: str) -> None:
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


def test_back_and_reload_keep_the_state(browser: Any, base: str) -> None:
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


def test_it_works_without_scripts(browser: Any, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "/events")
    page.locator("a[data-main]").first.click()
    assert "Who says so" in page.content()
    page.goto(base + "/map")
    assert page.locator("tr[data-row]").count() > 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, base: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="not run: no axe")
    document = rows(base, "/pages.json")[0]["id"]
    event = rows(base, "/events.json")[0]["id"]
    page = browser.new_page(color_scheme=scheme)
    actor = rows(base, "/actors.json")[0]["id"]
    page.goto(base + "/forecasts")
    forecaster = page.get_attribute("a[href^='/forecaster?']", "href")
    of_one = (f"/pages/{document}", f"/events/{event}", f"/events?open={event}&known_by=2020-01-01",
              f"/actors/{actor}", forecaster)  # fmt: skip
    for path in (*PAGES, *of_one):
        page.goto(base + path)
        found = axe.Axe().run(page).response["violations"]
        bad = [
            f"{path}: {v['id']}: {v['nodes'][0]['html'][:150]}"
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert not bad
    page.close()


def test_a_phone_shows_it_without_sideways_scrolling(browser: Any, base: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    document = rows(base, "/pages.json")[0]["id"]
    page.goto(base + "/forecasts")
    forecaster = page.get_attribute("a[href^='/forecaster?']", "href")
    for path in ("/", "/events", "/forecasts", f"/pages/{document}", "/read", "/sources",
                 forecaster):  # fmt: skip
        page.goto(base + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 391, path
    page.goto(base + "/events")
    assert not page.is_visible("input[name=known_by]")  # the clocks wait behind a button
    page.click("label[for=show-clocks]")
    page.fill("input[name=known_by]", "2019-01-03")
    page.keyboard.press("Enter")
    page.wait_for_selector("#clock")
    assert page.is_visible("input[name=known_by]")
    page.close()


def test_a_number_leads_to_its_words(browser: Any, base: str) -> None:
    page = browser.new_page()
    page.goto(base + "/events?readers=hide")
    number = page.locator("td[data-label=Numbers] a").first
    target = number.get_attribute("href").partition("#")[2]
    number.click()
    page.wait_for_url("**/pages/**")
    assert page.locator(f"[id='{target}']").count() == 1
    document = next(r["id"] for r in rows(base, "/pages.json") if r["events"])
    page.goto(f"{base}/pages/{document}")
    for link in page.locator("aside .card p.small a[href^='#']").all():
        href = link.get_attribute("href")[1:]
        assert page.locator(f"[id='{href}']").count() == 1, href
    page.close()
