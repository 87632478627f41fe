"""Fetching from a server on loopback: politeness, limits, refusals, feeds."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sayso.capture import feeds
from sayso.capture.fetch import HttpFetcher, Settings, is_public
from sayso.capture.sources import items
from sayso.errors import FetchError
from sayso.model.capture import Capture

PAGE = b"<html><body><article><p>The bridge was open on Sunday.</p></article></body></html>"


class _Handler(BaseHTTPRequestHandler):
    asked: list

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        if self.path == "/robots.txt":
            return self._send(200, b"User-agent: *\nDisallow: /private/\n", "text/plain")
        if self.path == "/moved":
            return self._send(302, b"", "text/html", Location="/page")
        if self.path == "/inside":
            return self._send(302, b"", "text/html", Location="http://10.0.0.1/page")
        if self.path == "/round":
            return self._send(302, b"", "text/html", Location="/round")
        if self.path == "/gone":
            return self._send(410, b"<p>gone</p>", "text/html")
        if self.path == "/broken":
            return self._send(500, b"", "text/html")
        if self.path == "/long":
            return self._send(200, b"x" * 50_000, "text/html")
        if self.path == "/same" and self.headers.get("If-None-Match") == '"1"':
            return self._send(304, b"", "text/html")
        if self.path == "/busy" and len(self.server.asked) < 4:
            return self._send(503, b"", "text/html", **{"Retry-After": "7"})
        if self.path == "/feed":
            return self._send(200, self.server.feed(), "application/rss+xml")
        if self.path == "/endless":
            return self._endless()
        return self._send(200, PAGE, "text/html; charset=utf-8")

    def _send(self, status, body, kind, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.asked = []
    server.home = f"http://127.0.0.1:{server.server_port}"
    server.feed = lambda: (
        f"<rss version='2.0'><channel><title>x</title>"
        f"<item><title>One</title><link>{server.home}/one</link></item>"
        f"<item><title>Gone</title><link>{server.home}/broken</link></item>"
        f"<item><title>Two</title><link>{server.home}/two</link></item></channel></rss>"
    ).encode()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()


def _fetcher(**settings):
    waits = []
    settings = {"allow_private": True, "delay": 0.0, **settings}
    fetcher = HttpFetcher(Settings(**settings), sleep=waits.append)
    fetcher.waits = waits
    return fetcher


def test_a_page_is_fetched_with_its_headers(server):
    capture = _fetcher().fetch(f"{server.home}/moved")
    assert capture.payload == PAGE
    assert (capture.key, capture.target_uri) == (f"{server.home}/moved", f"{server.home}/page")
    assert (capture.status, capture.media_type, capture.charset) == (200, "text/html", "utf-8")
    assert capture.payload_digest.startswith("sha256:")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/private/page", "robots.txt"),
        ("/broken", "500"),
        ("/round", "redirects"),
        ("/long", "longer than"),
        ("/endless", "in time"),
    ],
)
def test_what_is_refused_says_why(server, path, reason):
    fetcher = _fetcher(max_bytes=20_000, deadline=0.5, tries=1)
    with pytest.raises(FetchError, match=reason):
        fetcher.fetch(server.home + path)


def test_private_addresses_are_refused(server):
    with pytest.raises(FetchError, match="private address"):
        HttpFetcher(Settings(delay=0)).fetch(f"{server.home}/page")


def test_private_addresses_are_refused_after_a_redirect(server, monkeypatch):
    from sayso.capture import fetch

    # The test's own server stands for a public one; everything else is looked at as it is.
    monkeypatch.setattr(fetch, "is_public", lambda a: a == "127.0.0.1" or is_public(a))
    with pytest.raises(FetchError, match="private address"):
        _fetcher(allow_private=False, robots=False).fetch(f"{server.home}/inside")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("fe80::1%eth0", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("no address", False),
    ],
)
def test_what_is_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize("address", ["ftp://a.example/x", "http://", "javascript:alert(1)"])
def test_only_http(address):
    with pytest.raises(FetchError):
        _fetcher().fetch(address)


def test_unchanged_pages_are_not_sent_again(server):
    assert _fetcher().fetch(f"{server.home}/same", etag='"1"') is None


def test_a_page_that_is_gone_is_kept_as_evidence(server):
    assert _fetcher().fetch(f"{server.home}/gone").status == 410


def test_a_busy_server_is_given_the_time_it_asks_for(server):
    fetcher = _fetcher(max_delay=10.0)
    assert fetcher.fetch(f"{server.home}/busy").payload == PAGE
    assert 7.0 in fetcher.waits


def test_requests_to_one_host_keep_their_distance(server):
    fetcher = _fetcher(delay=5.0)
    fetcher.fetch(f"{server.home}/one")
    assert all(4.0 < wait <= 5.0 for wait in fetcher.waits) and fetcher.waits


def test_a_feed_gives_its_pages_and_names_what_failed(server):
    found = list(items(f"{server.home}/feed", _fetcher(tries=1)))
    assert [type(i) for i in found] == [Capture, FetchError, Capture]
    assert [c.key for c in found[::2]] == [f"{server.home}/one", f"{server.home}/two"]


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (
            b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/a'/></entry></feed>",
            [("https://n.example/a", False)],
        ),
        (
            b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://n.example/b"
            b"</loc><lastmod>2019-01-07</lastmod></url></urlset>",
            [("https://n.example/b", False)],
        ),
        (
            b"<sitemapindex><sitemap><loc>https://n.example/s.xml</loc></sitemap></sitemapindex>",
            [("https://n.example/s.xml", True)],
        ),
        (
            b"<opml><body><outline text='x' xmlUrl='https://n.example/rss'/></body></opml>",
            [("https://n.example/rss", True)],
        ),
    ],
)
def test_lists_of_pages(payload, expected):
    assert feeds.is_feed(payload)
    found = feeds.entries(payload, "feed", "https://n.example/")
    assert [(e.uri, e.feed) for e in found] == expected


def test_entities_of_a_feed_are_not_expanded():
    bomb = (
        b"<!DOCTYPE x [<!ENTITY a 'https://n.example/'>]><urlset><url><loc>&a;</loc></url></urlset>"
    )
    with pytest.raises(Exception, match="names no page"):
        feeds.entries(bomb, "feed")
