"""Watching a feed on a server on loopback: new, changed, the same, gone; killed in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sayso.capture.fetch import HttpFetcher, Settings
from sayso.capture.sources import captures
from sayso.cli.app import main
from sayso.errors import SourceError, UsageError
from sayso.record import custody
from sayso.record.record import Record
from sayso.record.verify import verify
from sayso.service.changes import history
from sayso.service.watch import Seen, watch

SRC = Path(__file__).resolve().parents[2] / "src"
PAGE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>The council said on"
    " Sunday that its troops left the village of Tall Wadi. {0}, and the road was open again by"
    " noon, two residents said.</p></article></body></html>"
)


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path == self.server.stuck:
            self.server.reached.set()
            self.server.free.wait(20)
        status, kind, body = self.server.pages.get(self.path, (404, "text/html", "<p>None</p>"))
        mark = f'"{hash(body)}"'
        if self.server.marks and self.headers.get("If-None-Match") == mark:
            status, body = 304, ""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if self.server.marks:
            self.send_header("ETag", mark)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        pass


class Site(ThreadingHTTPServer):
    """A site of pages that a test sets; `stuck` is the page that does not come until `free`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.home = f"http://127.0.0.1:{self.server_port}"
        self.pages: dict[str, tuple[int, str, str]] = {}
        self.asked: list[str] = []
        self.marks = True
        self.stuck = ""
        self.reached, self.free = threading.Event(), threading.Event()

    def page(self, path: str, words: str, status: int = 200) -> None:
        self.pages[path] = (status, "text/html; charset=utf-8", PAGE.format(words))

    def feed(self, *paths: str) -> str:
        links = [p if p.startswith("http") else self.home + p for p in paths]
        items = "".join(f"<item><link>{link}</link></item>" for link in links)
        body = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
        self.pages["/feed"] = (200, "application/rss+xml", body)
        return f"{self.home}/feed"


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.page("/one", "Guards came home")
    server.page("/two", "A bridge was mended")
    yield server
    server.free.set()
    server.shutdown()
    server.server_close()


def fetcher() -> HttpFetcher:
    return HttpFetcher(Settings(allow_private=True, delay=0.0, tries=1))


def once(record: Record, *given: str, warc: Path | None = None) -> list[tuple[str, str]]:
    """(last part of the address, what became of it) of one round."""
    return [
        (s.uri.rsplit("/", 1)[1], s.what) if isinstance(s, Seen) else (s.source, "failed")
        for s in watch(given, record, once=True, fetcher=fetcher(), warc=warc)
    ]


def count(record: Record, table: str) -> int:
    return int(record.database.value(f"SELECT count(*) FROM {table}"))


@pytest.mark.parametrize("marks", [True, False], ids=["conditional", "plain"])
def test_what_is_new_changed_and_gone(site: Site, tmp_path: Path, marks: bool) -> None:
    site.marks = marks
    feed = site.feed("/one", "/two")
    archive = tmp_path / "kept.warc.gz"
    with Record(tmp_path / "r.db") as record:
        first = once(record, feed, warc=archive)
        assert first == [("feed", "list"), ("one", "new"), ("two", "new")]
        assert count(record, "document") == count(record, "capture") == 2

        again = once(record, feed, warc=archive)
        assert again[1:] == [("one", "same"), ("two", "same")]
        assert count(record, "document") == count(record, "capture") == 2

        site.page("/two", "A bridge was mended and blown up")
        assert once(record, feed, warc=archive)[1:] == [("one", "same"), ("two", "changed")]
        old, new = record.database.rows(
            "SELECT digest, supersedes FROM capture WHERE target_uri LIKE '%/two' ORDER BY seq"
        )
        assert new["supersedes"] == old["digest"] != new["digest"]

        site.page("/one", "No longer here", status=410)
        assert once(record, feed, warc=archive)[1:] == [("one", "gone"), ("two", "same")]
        assert once(record, feed, warc=archive)[1:] == [("one", "same"), ("two", "same")]
        (entry,) = [e for e in custody.entries(record.database) if e.act == "gone"]
        assert entry.subject == f"{site.home}/one" and entry.detail == {"status": 410}
        assert count(record, "document") == 3 and count(record, "capture") == 4
        assert verify(record.database).intact
    for kept in (archive, tmp_path / "r.db-archive" / "pages-00001.warc.gz"):
        assert [(c.key, c.status) for c in captures(str(kept))] == [
            (f"{site.home}/one", 200), (f"{site.home}/two", 200), (f"{site.home}/two", 200),
            (f"{site.home}/one", 410),
        ]  # fmt: skip


def test_a_page_that_never_was_is_kept_and_a_wrong_feed_fails(site: Site, tmp_path: Path) -> None:
    feed = site.feed("/none", "/one")
    with Record(tmp_path / "r.db") as record:
        assert once(record, feed)[1:] == [("none", "gone"), ("one", "new")]
        status = record.database.value("SELECT status FROM capture WHERE target_uri LIKE '%/none'")
        assert status == 404
        assert once(record, f"{site.home}/typo") == [(f"{site.home}/typo", "failed")]


def test_lists_of_lists_and_pages_by_address(site: Site, tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    feed = site.feed("/one", "http://[nowhere")
    opml.write_text(f"<opml><body><outline xmlUrl='{feed}'/></body></opml>", encoding="utf-8")
    with Record(tmp_path / "r.db") as record:
        found = once(record, str(opml), f"{site.home}/two")
        assert sorted(found) == [("feed", "list"), ("one", "new"), ("two", "new")]
        with pytest.raises(UsageError, match="no address and no list"):
            once(record, str(tmp_path / "missing"))
        with pytest.raises(UsageError, match="at least 60"):
            list(watch([feed], record, every=59))


def test_what_is_quiet_or_fails_is_asked_less_often(site: Site, tmp_path: Path) -> None:
    feed = site.feed("/one")
    site.pages["/bad"] = (500, "text/html", "")
    now = datetime(2026, 1, 1, tzinfo=UTC)

    def sleep(seconds: float) -> None:
        nonlocal now
        now += timedelta(seconds=seconds)
        if now >= datetime(2026, 1, 1, 2, tzinfo=UTC):
            raise KeyboardInterrupt

    with Record(tmp_path / "r.db", now=lambda: now) as record:
        seen: list[Seen | SourceError] = []
        with pytest.raises(KeyboardInterrupt):
            for item in watch(
                [feed, f"{site.home}/bad"], record, every=600, fetcher=fetcher(), sleep=sleep
            ):
                seen.append(item)
    asked = {path: site.asked.count(path) for path in ("/feed", "/one", "/bad")}
    # In two hours: every ten minutes; after 0, 10, 30, 70 minutes; after 0, 20, 60 minutes.
    assert asked == {"/feed": 12, "/one": 4, "/bad": 3}
    assert sum(isinstance(item, SourceError) for item in seen) == 3


def test_the_command(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAYSO_ALLOW_PRIVATE", "1")
    record = str(tmp_path / "r.db")
    page = f"{site.home}/one"
    monkeypatch.setattr(sys, "argv", ["sayso", "--record", record, "watch", page, "--once"])
    with pytest.raises(SystemExit) as done:
        main()
    out, err = capsys.readouterr()
    assert not done.value.code and "Guards came home" in out
    assert "1 new, 0 changed, 0 as before, 0 gone, 0 failed" in err


def test_files_of_no_known_type_are_counted_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE.format("Guards came home"), encoding="utf-8")
    for n in range(12):
        (folder / f"picture{n:02}.png").write_bytes(b"x")
    record = str(tmp_path / "r.db")
    monkeypatch.setattr(sys, "argv", ["sayso", "--record", record, "read", str(folder)])
    with pytest.raises(SystemExit) as done:
        main()
    err = capsys.readouterr().err
    assert not done.value.code and "12 files of no known type left out" in err
    assert "picture00.png" in err and "picture09.png, …" in err and "picture10.png" not in err


def _killed(folder: Path, feed: str, reached: Callable[[float], bool]) -> None:
    env = {**os.environ, "PYTHONPATH": str(SRC), "SAYSO_ALLOW_PRIVATE": "1"}
    running = subprocess.Popen(
        [sys.executable, "-m", "sayso", "--record", "r.db", "watch", feed], cwd=folder, env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert reached(60)
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()


def test_a_kill_in_between_loses_nothing(site: Site, tmp_path: Path) -> None:
    feed = site.feed("/one", "/two")
    site.stuck = "/two"
    _killed(tmp_path, feed, site.reached.wait)
    site.stuck = ""
    with Record(tmp_path / "r.db") as record:
        assert count(record, "document") == 1
        assert once(record, feed)[1:] == [("one", "same"), ("two", "new")]
        assert count(record, "document") == count(record, "capture") == 2
        assert verify(record.database).intact


def test_a_page_stored_but_not_noted_is_not_stored_twice(site: Site, tmp_path: Path) -> None:
    feed = site.feed("/one")
    with Record(tmp_path / "r.db") as record:
        once(record, feed)
        record.database.execute("UPDATE watched SET etag = NULL, asked_at = NULL")
        assert once(record, feed)[1:] == [("one", "same")]
        assert count(record, "capture") == 1


def test_a_token_makes_no_new_document_and_its_bytes_are_kept(site: Site, tmp_path: Path) -> None:
    feed = site.feed("/one")
    with Record(tmp_path / "r.db") as record:
        once(record, feed)
        status, media_type, body = site.pages["/one"]
        site.pages["/one"] = (status, media_type, body + "<script>token = 'b1';</script>")
        assert once(record, feed)[1:] == [("one", "same")]
        assert (count(record, "document"), count(record, "capture")) == (1, 2)
        site.page("/one", "Guards came home and left again")
        (seen,) = [s for s in watch([feed], record, once=True, fetcher=fetcher())
                   if isinstance(s, Seen) and s.what == "changed"]  # fmt: skip
        assert [c.what for c in seen.changes] and seen.reading is not None
        site.page("/one", "No longer here", status=404)
        once(record, feed)
        page = seen.reading.document.id
        found = list(history(record, page))
        assert [e.what for e in found] == ["first", "same", "changed", "gone"]
        assert list(history(record, f"{site.home}/one")) == found
        assert found[2].changes == seen.changes
        assert verify(record.database).intact
        with pytest.raises(UsageError, match="known by this name"):
            list(history(record, "nothing"))


def test_the_command_that_shows_what_changed(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        once(record, f"{site.home}/one")
        site.page("/one", "Guards came home and left again")
        once(record, f"{site.home}/one")
    for words in ([], ["--json"]):
        monkeypatch.setattr(
            sys, "argv", ["sayso", "--record", str(path), "diff", f"{site.home}/one", *words]
        )
        with pytest.raises(SystemExit) as done:
            main()
        assert not done.value.code
        out = capsys.readouterr().out
        assert out.count("first") == out.count("changed") == 1
        assert "left again" in out
