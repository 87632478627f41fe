"""Fetching pages politely: robots, one request at a time per host, limits of size and time.

Addresses that lead into the own machine or a private network are refused, at every redirect, at
the moment of connecting: what is checked is the address that is connected to.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore
import httpx

from sayso.capture.warc import media
from sayso.errors import FetchError
from sayso.model.capture import GONE, Capture

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WAIT = frozenset({429, 503})
KEPT = frozenset({200}) | GONE
"""Statuses whose answer is a capture: a page, or evidence that there is none any more."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to fetch. Sizes in bytes, times in seconds."""

    agent: str = "sayso (reads news pages; respects robots.txt)"
    allow_private: bool = False
    max_bytes: int = 24_000_000
    timeout: float = 20.0
    deadline: float = 90.0
    delay: float = 1.0
    max_delay: float = 30.0
    redirects: int = 6
    tries: int = 3
    robots: bool = True


class Fetcher(Protocol):
    """What can fetch a page."""

    def fetch(
        self, uri: str, *, etag: str | None = None, modified: str | None = None
    ) -> Capture | None:
        """The page, or None if it has not changed. Raises FetchError."""
        ...


class _Guard(httpcore.SyncBackend):
    """Connects to public addresses only, and to the very address that was checked."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = self._address(host, port)
        stream = super().connect_tcp(address, port, timeout, local_address, socket_options)
        return _Ending(stream, time.monotonic() + self.settings.deadline)

    def _address(self, host: str, port: int) -> str:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the host {host} is not known") from error
        addresses = [str(row[4][0]) for row in rows]
        if not self.settings.allow_private:
            private = [a for a in addresses if not is_public(a)]
            if private or not addresses:
                raise PrivateAddress(f"{host} leads to {', '.join(private)}, a private address")
        return addresses[0]


class _Ending(httpcore.NetworkStream):
    """A connection that ends at a point in time, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, end: float) -> None:
        self._stream, self._end = stream, end

    def _left(self, timeout: float | None) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took too long")
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Ending(inner, self._end)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class PrivateAddress(httpcore.ConnectError):
    """The host is on this machine or in a private network."""


def is_public(address: str) -> bool:
    """True for an IP address of the open internet."""
    try:
        number = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    return (inner or number).is_global and not number.is_multicast


class _Transport(httpx.HTTPTransport):
    def __init__(self, settings: Settings) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=8,
            max_keepalive_connections=0,
            network_backend=_Guard(settings),
        )


class HttpFetcher:
    """Fetches over HTTP. `clock` and `sleep` are parameters so that tests need not wait."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings or Settings()
        self._clock, self._sleep = clock, sleep
        self._client = httpx.Client(
            transport=_Transport(self.settings),
            headers={"User-Agent": self.settings.agent, "Accept-Encoding": "gzip, deflate"},
            timeout=self.settings.timeout,
            follow_redirects=False,
        )
        self._next: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def fetch(
        self, uri: str, *, etag: str | None = None, modified: str | None = None
    ) -> Capture | None:
        """The page at an address, after redirects, or None if it has not changed since.

        The answers 404, 410 and 451 are captures too. Raises FetchError.
        """
        address = uri
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = {name: value for name, value in headers.items() if value}
        for _ in range(self.settings.redirects):
            self._check(address, uri)
            response, body = self._patiently(address, uri, asked)
            if response.status_code in _REDIRECTS and response.headers.get("location"):
                address = urljoin(address, response.headers["location"])
                continue
            if response.status_code == 304:
                return None
            if response.status_code not in KEPT:
                raise FetchError(uri, f"the server answered {response.status_code}")
            return _captured(uri, address, response, body)
        raise FetchError(uri, f"more than {self.settings.redirects} redirects")

    def _check(self, address: str, uri: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(uri, f"{address} is no http address")
        if self.settings.robots and not self._allowed(address, parts.scheme, parts.netloc):
            raise FetchError(uri, "the site's robots.txt does not allow it")

    def _allowed(self, address: str, scheme: str, netloc: str) -> bool:
        """Whether robots.txt allows an address (RFC 9309): no file allows all, a server in
        trouble allows nothing."""
        home = f"{scheme}://{netloc}"
        if home not in self._robots:
            rules = RobotFileParser()
            rules.parse(self._rules(home))
            self._robots[home] = rules
        return self._robots[home].can_fetch(self.settings.agent, address)

    def _rules(self, home: str) -> list[str]:
        try:
            response, body = self._once(f"{home}/robots.txt", {})
        except httpx.HTTPError:
            return []  # The page itself will say why the host cannot be reached.
        if response.status_code >= 500:
            return ["User-agent: *", "Disallow: /"]
        text = body[:512_000].decode("utf-8", "replace") if response.status_code == 200 else ""
        return text.splitlines()

    def _patiently(
        self, address: str, uri: str, asked: dict[str, str]
    ) -> tuple[httpx.Response, bytes]:
        """One answer, after waiting where the server asks for it."""
        for attempt in range(self.settings.tries):
            try:
                response, body = self._once(address, asked)
            except httpx.HTTPError as error:
                if attempt + 1 < self.settings.tries and not _private(error):
                    self._sleep(min(2.0**attempt, self.settings.max_delay))
                    continue
                raise FetchError(uri, _reason(error)) from error
            if response.status_code not in _WAIT or attempt + 1 == self.settings.tries:
                return response, body
            self._sleep(self._asked_wait(response, attempt))
        raise FetchError(uri, "no answer")

    def _asked_wait(self, response: httpx.Response, attempt: int) -> float:
        asked = response.headers.get("retry-after", "")
        wait = float(asked) if asked.isdigit() else 2.0 ** (attempt + 1)
        return min(wait, self.settings.max_delay)

    def _once(self, address: str, asked: dict[str, str]) -> tuple[httpx.Response, bytes]:
        """One request, when it is this host's turn, within the limits of size and time."""
        host = urlsplit(address).netloc
        wait = self._next.get(host, 0.0) - self._clock()
        if wait > 0:
            self._sleep(wait)
        end = self._clock() + self.settings.deadline
        try:
            with self._client.stream("GET", address, headers=asked) as response:
                body = bytearray()
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > self.settings.max_bytes:
                        raise FetchError(
                            address, f"the page is longer than {self.settings.max_bytes} bytes"
                        )
                    if self._clock() > end:
                        raise FetchError(
                            address, f"the answer took more than {self.settings.deadline} s"
                        )
                return response, bytes(body)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise FetchError(address, f"no valid address ({error})") from error
        finally:
            self._next[host] = self._clock() + self._pause(address)

    def _pause(self, address: str) -> float:
        parts = urlsplit(address)
        rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        asked = rules.crawl_delay(self.settings.agent) if rules else None
        return min(max(float(asked or 0), self.settings.delay), self.settings.max_delay)


def _private(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PrivateAddress):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _reason(error: httpx.HTTPError) -> str:
    if _private(error):
        return f"refused: {error} (SAYSO_ALLOW_PRIVATE=1 allows it)"
    if isinstance(error, httpx.TimeoutException):
        return "the server did not answer in time"
    return f"cannot be fetched ({str(error) or type(error).__name__})".replace("\n", " ")


def _captured(uri: str, address: str, response: httpx.Response, body: bytes) -> Capture:
    media_type, charset = media(response.headers.get("content-type", ""))
    return Capture(
        payload=body,
        key=uri,
        record_id=f"<urn:uuid:{uuid.uuid4()}>",
        target_uri=address,
        captured_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        media_type=media_type,
        charset=charset,
        status=response.status_code,
        headers=tuple(response.headers.multi_items()),
    )
