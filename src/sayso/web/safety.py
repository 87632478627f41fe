"""What stands between the record and a hostile page or a hostile network.

Captured words are only ever shown as text; a strict policy lets the browser load nothing that does
not come from this server; requests must name a host that we serve.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1", "testserver"})
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
COOKIE = "sayso_token"


def host_of(header: str) -> str:
    """The host of a Host header without its port; brackets of IPv6 stay."""
    if header.startswith("["):
        return header.split("]")[0] + "]"
    return header.rsplit(":", 1)[0] if ":" in header else header


def guard(
    hosts: frozenset[str], token: str | None
) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    """Middleware: host check (a page elsewhere that points its own name at this machine is
    refused), token where one is set, and the headers of every answer."""

    async def check(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        host = host_of(request.headers.get("host", "")).lower()
        if "*" not in hosts and host not in hosts:
            return PlainTextResponse(f"this server does not serve the host {host!r}\n", 421)
        if token is not None and not _may(request, token):
            return PlainTextResponse("a token is needed: open /?token=…\n", 401)
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if token is not None and request.query_params.get("token"):
            response.set_cookie(COOKIE, token, httponly=True, samesite="strict")
        return response

    return check


def _may(request: Request, token: str) -> bool:
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    given = (request.query_params.get("token"), request.cookies.get(COOKIE), bearer)
    return any(g and hmac.compare_digest(g.encode(), token.encode()) for g in given)
