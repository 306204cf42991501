"""What stands between the desk and the rest of the machine: who may ask, from where, and what a page may do.

The desk listens on loopback only. A page that some site opens in the same browser could still reach it, so:

- a Host that is not the desk's own is refused (a name that was pointed at this machine cannot read anything);
- every request needs the session's key, which is in the address that the command prints and then in a cookie;
- every write must come from the desk's own pages by Origin or Sec-Fetch-Site;
- no page runs a script, style, frame or connection of anybody else's, nor any that stands in the page itself.

Sources: Fetch Metadata Request Headers (W3C), Content Security Policy Level 3 (W3C).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOOPBACK", "Guard", "TooLarge", "cookie_name", "new_key", "too_large"]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The names by which this machine may call itself."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_SAFE = frozenset({"GET", "HEAD"})
_NO_KEY = "Open the desk by the address that “parley desk” printed: it holds the key of this session."


class TooLarge(Exception):
    """A request's body is larger than the desk takes; the app answers with :func:`too_large`."""


def new_key() -> str:
    """Return a key that cannot be guessed."""
    return secrets.token_urlsafe(24)


def cookie_name(port: int) -> str:
    """Return the cookie's name: browsers keep cookies by host, not by port, and two desks may be open."""
    return f"parley-desk-{port}"


class Guard:
    """ASGI middleware: refuses what is not the desk's own, bounds bodies, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, *, key: str, port: int, largest: int, hosts: Iterable[str] = LOOPBACK) -> None:
        self._app = app
        self._key = key
        self._cookie = cookie_name(port)
        self._largest = largest
        self._hosts = frozenset(f"{host}:{port}" for host in hosts) | (frozenset(hosts) if port == 80 else frozenset())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it with why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                if not any(name.lower() == b"cache-control" for name, _ in given):
                    given.append((b"cache-control", b"no-store"))
                message = {**message, "headers": [*given, *_HEADERS]}
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._largest:
            await too_large(self._largest)(scope, receive, sending)
            return
        await self._app(scope, self._bounded(receive), sending)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if headers.get("host", "").lower() not in self._hosts:
            return _plain(403, "The desk answers only to its own address on this machine.")
        method = scope["method"]
        if method not in _SAFE:
            if method != "POST":
                return _plain(405, "The desk knows GET and POST.")
            if not self._own(headers):
                return _plain(403, "The desk takes changes from its own pages only.")
        elif headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return _plain(403, "The desk shows its pages to itself only.")
        if self._has_cookie(headers):
            return self._without_key(scope) if method in _SAFE else None
        if method in _SAFE:
            query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            given = next((value for name, value in query if name == "key"), "")
            if given and secrets.compare_digest(given.encode(), self._key.encode()):
                answer = self._without_key(scope) or _plain(500, "")
                answer.set_cookie(self._cookie, self._key, httponly=True, samesite="lax", path="/")
                return answer
        return _plain(401, _NO_KEY)

    def _without_key(self, scope: Scope) -> Response | None:
        """Send on to the address without the key, so that it stays out of history and bookmarks."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        rest = [(name, value) for name, value in query if name != "key"]
        if len(rest) == len(query):
            return None
        # One slash: "//host" would be another site.
        path = "/" + scope["path"].lstrip("/")
        return RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), status_code=303)

    def _own(self, headers: Headers) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site != "same-origin":
            return False
        if origin is not None:
            return origin.lower() in {f"http://{host}" for host in self._hosts} and (
                origin.lower() == f"http://{headers.get('host', '').lower()}"
            )
        return site is not None

    def _has_cookie(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        held = cookies.get(self._cookie)
        return held is not None and secrets.compare_digest(held.value.encode(), self._key.encode())

    def _bounded(self, receive: Receive) -> Receive:
        read = 0

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                if read > self._largest:
                    raise TooLarge
            return message

        return bounded


def too_large(largest: int) -> Response:
    """Return the answer to a body over *largest* bytes."""
    return _plain(413, f"That is too much at once; send up to {largest // 1_000_000} MB.")


def _plain(status: int, words: str) -> Response:
    return PlainTextResponse(words + "\n", status_code=status)
