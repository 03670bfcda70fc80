"""Who may talk to the chat: every request passes here first, whatever route of the web library it is for.

A page of somebody else that is open in the same browser can send requests to this machine, and by a name of its own
that leads here (DNS rebinding) it could read the answers. So the name in the address must be one of the chat's own, and
a request that a page sends must come from the chat's own page. Where others reach the chat, names and passwords are
asked for by HTTP Basic authentication (RFC 7617), which browsers and programs know.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import ipaddress
import re
import secrets
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from askdesk.web.users import Users

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOCAL = ("127.0.0.1", "::1", "localhost")
TRIES, MINUTE = 10, 60.0
"""Wrong passwords that a client may send in so many seconds."""

_KNOWN = 10_000  # clients whose tries are remembered at most
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::(\d{1,5}))?")
_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script", re.DOTALL | re.IGNORECASE)
# The library's page holds scripts and styles of its own. Its scripts are named one by one, so that no other runs, and
# no attribute of an element can; some of them make functions from text.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address: of the loopback networks, or ``localhost``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Guard:
    """An ASGI application that lets through to ``app`` what may pass and adds headers to all that comes back.

    ``host`` is the address that is listened on, ``names`` are further ones that the chat is called by. Addresses in
    figures need no naming where every one is listened on: no other page can have them. With ``users`` each request
    needs the name and password of one of them.
    """

    def __init__(self, app: App, host: str, names: Iterable[str] = (), users: Users | None = None) -> None:
        self._app = app
        self._names = {name.lower() for name in (*LOCAL, host, *names)}
        self._every = host in ("0.0.0.0", "::")
        self._users = users
        self._key = secrets.token_bytes(32)
        self._known: set[bytes] = set()
        self._clients: dict[str, _Client] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        single = Counter(key for key, _ in scope["headers"])
        problem = self._foreign(headers, scope.get("method") in ("GET", "HEAD"))
        if max(single[b"host"], single[b"origin"], single[b"authorization"]) > 1:
            problem = "A request has one Host, one Origin and one Authorization."
        status, more = HTTPStatus.FORBIDDEN, {}
        if problem is None and self._users is not None:
            status, problem = await self._unknown(headers.get("authorization", ""), scope)
            more = {"www-authenticate": 'Basic realm="askdesk", charset="UTF-8"'} if status == 401 else {}
            more |= {"retry-after": str(int(MINUTE))} if status == 429 else {}
        if problem is not None:
            await _refuse(scope, receive, send, status, problem, more)
        elif "text/html" in headers.get("accept", ""):
            # Only as it is, and whole, can a page be looked through.
            plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            await self._app({**scope, "headers": plain}, receive, _Page(send).send)
        else:
            await self._app(scope, receive, _Page(send, whole=False).send)

    def _foreign(self, headers: dict[str, str], reads: bool) -> str | None:
        """What is wrong with the address a request is for, or with where it comes from; None if nothing is.

        A link on another page may lead here: a request that only ``reads``, to be shown as a page.
        """
        place = _place(headers.get("host", ""))
        if place is None or not self._own(place[0]):
            return (
                f"This chat is not called {headers.get('host', '')!r}: start it with --allow-host NAME to call it so."
            )
        scheme, _, origin = headers.get("origin", f"http://{headers['host']}").partition("://")
        linked = reads and headers.get("sec-fetch-mode") == "navigate"
        same = headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        if scheme not in ("http", "https") or _place(origin) != place or not (same or linked):
            return "A page of another site may not ask this chat."
        return None

    def _own(self, name: str) -> bool:
        if name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return self._every or address.is_loopback

    async def _unknown(self, given: str, scope: Scope) -> tuple[HTTPStatus, str | None]:
        """The status and what to say where ``given`` is no name and password of a user, else OK and None."""
        assert self._users is not None
        digest = hashlib.blake2b(given.encode("utf-8", "replace"), key=self._key).digest()
        if digest in self._known:
            return HTTPStatus.OK, None
        name, password = _credentials(given)
        if not name:
            return HTTPStatus.UNAUTHORIZED, "This chat asks for a name and a password."
        client = self._client(str((scope.get("client") or ("",))[0]))
        # One after the other: so many at once would be more than may be wrong, and a page asks for much at once.
        async with client.lock:
            if digest in self._known:
                return HTTPStatus.OK, None
            client.forget(time.monotonic() - MINUTE)
            if len(client.wrong) >= TRIES:
                return HTTPStatus.TOO_MANY_REQUESTS, "Too many wrong passwords: try again in a minute."
            if not await asyncio.to_thread(self._users.knows, name, password):
                client.wrong.append(time.monotonic())
                return HTTPStatus.UNAUTHORIZED, "No user has this name and password."
            self._known.add(digest)
            return HTTPStatus.OK, None

    def _client(self, address: str) -> _Client:
        if len(self._clients) > _KNOWN:
            since = time.monotonic() - MINUTE
            self._clients = {
                one: client
                for one, client in self._clients.items()
                if client.lock.locked() or (client.wrong and client.wrong[-1] > since)
            }
        return self._clients.setdefault(address, _Client())


@dataclass(slots=True)
class _Client:
    """Whoever asks from one address: when it sent wrong passwords."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wrong: deque[float] = field(default_factory=deque)

    def forget(self, since: float) -> None:
        while self.wrong and self.wrong[0] <= since:
            self.wrong.popleft()


class _Page:
    """Passes a response on with the headers; a page that is to be looked through, once it is ``whole``."""

    def __init__(self, send: Send, whole: bool = True) -> None:
        self._send = send
        self._whole = whole
        self._start: Any = None
        self._body = bytearray()

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            kind = dict(message["headers"]).get(b"content-type", b"")
            self._whole = self._whole and kind.startswith(b"text/html")
            self._start = message
            if not self._whole:
                await self._send(_with_headers(message, b""))
        elif self._whole and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send(_with_headers(self._start, bytes(self._body)))
                await self._send({"type": "http.response.body", "body": bytes(self._body)})
        else:
            await self._send(message)


def _with_headers(start: Any, page: bytes) -> Any:
    """The start of a response with all headers; the policy names the scripts that stand in ``page``."""
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _SCRIPT.findall(page) if script)
    policy = _POLICY.format(scripts="".join(f" 'sha256-{digest}'" for digest in digests))
    own = {key for key, _ in _HEADERS} | {b"content-security-policy"}
    kept = [pair for pair in start["headers"] if pair[0].lower() not in own]
    return {**start, "headers": [*kept, *_HEADERS, (b"content-security-policy", policy.encode())]}


async def _refuse(
    scope: Scope, receive: Receive, send: Send, status: HTTPStatus, problem: str, more: dict[str, str]
) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": problem})
        return
    body = (problem + "\n").encode("utf-8", "replace")
    headers = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), **more}
    encoded = [(key.encode(), value.encode("latin-1", "replace")) for key, value in headers.items()]
    await send(_with_headers({"type": "http.response.start", "status": int(status), "headers": encoded}, b""))
    await send({"type": "http.response.body", "body": body})


def _place(host: str) -> tuple[str, int | None] | None:
    """Name and port of a Host header (RFC 9110, 7.2), or of an origin without its scheme; None where it is none.

    The ports that addresses of the web leave out are None; so a proxy with TLS before the chat makes no difference.
    """
    found = _HOST.fullmatch(host)
    if found is None:
        return None
    port = int(found[2]) if found[2] else None
    return found[1].strip("[]").lower().rstrip("."), None if port in (80, 443) else port


def _credentials(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except ValueError:  # no base64, or no UTF-8
        return "", ""
    return name, password
