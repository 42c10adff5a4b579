"""Keeps everybody out but the person at this computer.

The editor writes files, so other sites in the same browser, and other users of the same computer,
must not reach it: loopback only; `Host` and `Origin` are checked (DNS rebinding, foreign forms);
the first visit needs the key that the command line printed, later ones its cookie; each change
needs a token from our own page; a strict content security policy keeps hostile catalogs harmless.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest, token_urlsafe
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.model import Phrase
from pipeline.review.pages import choose
from pipeline.review.voice import LANGUAGES, voice

CLOSED = Phrase("This is Tvilling's editor.  Open it by the address that `tvilling review` printed.")
SAFE_METHODS = ("GET", "HEAD")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Nothing leaves for other sites; `no-referrer` would make our own forms send `Origin: null`.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Secrets:
    """Made anew for each run of the editor."""

    key: str = field(default_factory=lambda: token_urlsafe(24))
    """Opens the editor; in the address that the command line prints."""
    cookie: str = field(default_factory=lambda: token_urlsafe(24))
    token: str = field(default_factory=lambda: token_urlsafe(24))
    """Stands in our pages; each change must bring it."""


def same(given: str, expected: str) -> bool:
    """Are they equal?  Takes as long whatever differs."""
    return compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


@dataclass(frozen=True, slots=True)
class Guard:
    """An ASGI application that lets only this computer's own browser through to `app`."""

    app: ASGIApp
    secrets: Secrets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        answer = self.refusal(scope) or self.door(scope)
        await (answer or self.app)(scope, receive, _with_headers(send))

    def refusal(self, scope: Scope) -> Response | None:
        """Who asks, from where, by which name?  Anything unexpected is refused."""
        headers = Headers(scope=scope)
        client = scope.get("client") or ("", 0)
        if not _is_loopback(client[0]):
            return PlainTextResponse("only for this computer", 403)
        hosts = headers.getlist("host")
        names = _names(scope)
        if len(hosts) != 1 or hosts[0].lower() not in names:
            return PlainTextResponse("wrong Host", 421)
        origins = headers.getlist("origin")
        if scope["method"] not in SAFE_METHODS:
            if origins != [f"http://{hosts[0].lower()}"]:
                return PlainTextResponse("wrong Origin", 403)
        elif _is_foreign_part(headers):
            return PlainTextResponse("wrong site", 403)
        return None

    def door(self, scope: Scope) -> Response | None:
        """The cookie opens; the key buys the cookie; else the page says where to find the key."""
        name = f"tvilling-{scope['server'][1]}"
        if same(_cookie(scope, name), self.secrets.cookie):
            return None
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        if scope["method"] == "GET" and same(query.get("key", ""), self.secrets.key):
            response = RedirectResponse("/", 303)
            response.set_cookie(name, self.secrets.cookie, httponly=True, samesite="strict")
            return response
        lang = choose((), Headers(scope=scope).get("accept-language", ""), LANGUAGES)
        return PlainTextResponse(voice(lang).say(CLOSED) + "\n", 401)


def _names(scope: Scope) -> frozenset[str]:
    port = scope["server"][1]
    return frozenset(f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]"))


def _is_foreign_part(headers: Headers) -> bool:
    """A link from elsewhere may open a page, as a bookmark does; other sites may not load parts of it."""
    is_foreign = headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
    return is_foreign and headers.get("sec-fetch-mode") != "navigate"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _cookie(scope: Scope, name: str) -> str:
    jar = SimpleCookie()
    try:
        jar.load(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
