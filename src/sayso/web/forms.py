"""Forms that only pages of this server can send (double submit, and the Origin must be ours)."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse

from sayso.web.safety import host_of

KEY = "sayso_form"
WHO = "sayso_who"


def key_of(request: Request) -> str:
    """The key of this browser's forms; a new one if it has none yet."""
    return request.cookies.get(KEY) or secrets.token_urlsafe(24)


def with_key(page: str, key: str) -> HTMLResponse:
    """A page that holds forms, with the key in a strict cookie."""
    answer = HTMLResponse(page)
    answer.set_cookie(KEY, key, httponly=True, samesite="strict")
    return answer


def person(request: Request) -> str:
    """The name under which this browser's decisions are recorded; "" if none was given."""
    return request.cookies.get(WHO, "").strip()[:80]


def check(request: Request, key: str) -> None:
    """Raises HTTPException 403 for a form that is not from a page of ours."""
    origin = request.headers.get("origin")
    ours = host_of(request.headers.get("host", ""))
    if origin and origin != "null" and host_of(urlsplit(origin).netloc) != ours:
        raise HTTPException(403, "this form comes from another site")
    cookie = request.cookies.get(KEY, "")
    if not cookie or not hmac.compare_digest(cookie.encode(), key.encode()):
        raise HTTPException(403, "this form is too old; load the page again")
