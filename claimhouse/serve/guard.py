"""Who may ask, and what an answer allows a browser to do.

Belongs here: the Host header, limits of a request, headers of every answer, the proof that a form comes from a page
of this server. Does not belong here: pages.

The server listens on this machine alone. A page of another site can make a browser ask it all the same: by a name
that it points to this machine (the Host header tells), or by a form (Origin and Sec-Fetch-Site tell, and a token that
no other site can read).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claimhouse.loopback import is_asked_here

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
    " worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_LONGEST_ADDRESS = 8_000  # characters of path and query
_LARGEST_FORM = 20_000  # bytes
_READS = ("GET", "HEAD")


class Guard:
    """Refuses what is not asked of this machine by its own name, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, *, may_write: bool = False) -> None:
        self._app = app
        self._methods = (*_READS, "POST") if may_write else _READS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", POLICY)
                is_file = scope["path"].startswith("/static/") and message["status"] == 200
                headers.setdefault("cache-control", "max-age=3600" if is_file else "no-store")
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if not is_asked_here(headers):
            return PlainTextResponse("this server answers on this machine only: use http://127.0.0.1", 421)
        if scope["method"] not in self._methods:
            return PlainTextResponse("this server is only read", 405, {"allow": ", ".join(self._methods)})
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > _LONGEST_ADDRESS:
            return PlainTextResponse("the address is too long", 414)
        if scope["method"] == "POST":
            length = headers.get("content-length") or ""
            if not length.isdecimal() or int(length) > _LARGEST_FORM:
                return PlainTextResponse("the form is too large", 413)
            if not is_of_this_site(headers):
                return PlainTextResponse("this form is not of this server", 403)
        return None


def is_of_this_site(headers: Mapping[str, str]) -> bool:
    """True where a browser says that a request comes from a page of this very server."""
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")


class Token:
    """What stands in every form of this server's pages, and nowhere else."""

    def __init__(self) -> None:
        self.value = secrets.token_urlsafe(24)

    def is_in(self, given: str) -> bool:
        """True where a form carries it."""
        return hmac.compare_digest(given.encode(), self.value.encode())
