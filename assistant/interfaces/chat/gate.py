"""Stands before the page: what is not needed is closed, and no request that names a file reaches the page's framework."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Collection
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from assistant.interfaces.chat.uploads import MOST_BYTES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.interfaces.chat.doors import Doors
    from assistant.interfaces.chat.uploads import Person

__all__ = ["HEALTH", "JOIN", "UPLOAD", "Gate"]

HEALTH, JOIN, UPLOAD, _STREAM = (
    "/healthz", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/queue/data",
)  # fmt: skip
_OPEN = {("GET", "/login"), ("POST", "/login"), ("GET", HEALTH), ("HEAD", HEALTH)}
"""what is answered without a login"""
_NEEDED = re.compile(
    r"(?:GET|HEAD) /|GET (?:/theme\.css|/manifest\.json|/favicon\.ico|/(?:assets|static)/[\w./-]+|/download/[\w-]+/\w+|/logout"
    rf"|{_STREAM})|POST (?:{JOIN}|{UPLOAD})"
)
"""method and path of everything the page asks for; whatever else its framework offers stays closed"""
_LARGEST = {JOIN: 2 * 1024 * 1024, UPLOAD: MOST_BYTES + 1024 * 1024, "/login": 16 * 1024}
"""bytes of a request's body, by path"""
_DRAINED = 32 * 1024 * 1024
"""bytes that are let arrive of a request that is refused"""
_FIELDS = ("data", "fn_index", "session_hash", "trigger_id", "event_data")
_OF_A_FILE = frozenset({"path", "meta", "_type", "url", "is_stream", "orig_name", "mime_type"})
"""keys by which the framework knows a file; the page sends ids of its own uploads, as words"""
_SESSION = re.compile(r"[\w-]{4,64}")
_SESSIONS_KEPT = 20_000
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""what the page may load; eval is how its framework runs our own scripts, which stand in components"""
_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class _TooLarge(Exception):
    """More bytes came than the path takes."""


class Gate:
    """An ASGI middleware; ``doors`` says who comes in, ``events`` are the numbers of the page's events."""

    def __init__(self, app: ASGIApp, doors: Doors, events: Collection[int]) -> None:
        self._app, self._doors, self._events = app, doors, events
        self._sessions: OrderedDict[str, Person] = OrderedDict()
        """whose the framework's sessions are: who knows the name of another's must not read along"""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        path = request.url.path
        answer: ASGIApp | None = self._refusal(request)
        outgoing = _Outgoing(send, measured=path == "/")
        try:
            taken = _limited(receive, _LARGEST.get(path, 0))
            if answer is not None:
                await _drained(receive)
            elif path == JOIN:
                answer, taken = await self._joined(request, taken)
            scope = {**scope, "query_string": _query(request), "headers": _headers(scope, path)}
            await (answer or self._app)(scope, taken, outgoing)
        except _TooLarge:
            if not outgoing.started:
                await _drained(receive)
                await PlainTextResponse("内容太大；请减少后再发", 413)(scope, receive, outgoing)

    def _refusal(self, request: Request) -> Response | None:
        """Why this request goes no further; None when it may."""
        method, path = request.method, request.url.path
        if path == HEALTH and (method, path) in _OPEN:
            return None
        if not self._doors.answers_to(request.headers.get("host", "")):
            return PlainTextResponse("不接受这个地址的访问", 403)
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            return PlainTextResponse("不接受其他网页发来的请求", 403)
        if (method, path) in _OPEN and self._doors.accounts is not None:
            return None
        person = self._doors.person(request)
        if person is None:
            if method == "GET" and "text/html" in request.headers.get("accept", ""):
                return RedirectResponse("/login", status_code=303)
            return PlainTextResponse("登录已结束；请重新登录", 401)
        if not _NEEDED.fullmatch(f"{method} {path}") or ".." in path:
            return PlainTextResponse("没有这个页面", 404)
        if path == _STREAM and not self._own(request.query_params.get("session_hash"), person):
            return PlainTextResponse("这不是您的会话；请刷新页面", 403)
        return None

    def _own(self, session: object, person: Person) -> bool:
        """Whether the framework's session is this person's; who names it first has it."""
        if not isinstance(session, str) or not _SESSION.fullmatch(session):
            return False
        while len(self._sessions) >= _SESSIONS_KEPT:
            self._sessions.popitem(last=False)
        owner = self._sessions.setdefault(session, person)
        self._sessions.move_to_end(session)
        return owner == person

    async def _joined(self, request: Request, receive: Receive) -> tuple[Response | None, Receive]:
        """The body of an event of the page, written anew from what was checked, so that nobody reads it another way."""
        body = b"".join([part async for part in Request(request.scope, receive).stream()])
        try:
            given = json.loads(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("请求无法识别；请刷新页面后再试", 400), receive
        if not self._is_event(given):
            return PlainTextResponse("请求无法识别；请刷新页面后再试", 400), receive
        if _names_a_file(given):
            return PlainTextResponse("只能使用本次登录后上传的文件；请在页面上重新选择文件", 400), receive
        person = self._doors.person(request)
        if person is None or not self._own(given.get("session_hash"), person):
            return PlainTextResponse("这不是您的会话；请刷新页面", 403), receive
        kept = {name: given[name] for name in _FIELDS if name in given}
        return None, _replayed(json.dumps(kept).encode(), receive)

    def _is_event(self, given: Any) -> bool:
        return (
            isinstance(given, dict)
            and isinstance(given.get("data"), list)
            and type(given.get("fn_index")) is int
            and given["fn_index"] in self._events
        )


def _names_a_file(given: object) -> bool:
    """Whether anything in the body looks to the framework like a file it should open or fetch."""
    waiting = [given]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            if _OF_A_FILE & here.keys():
                return True
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)
    return False


def _query(request: Request) -> bytes:
    """The page's own address takes a draft's id and nothing of the framework's (pages, stored states)."""
    if request.url.path != "/":
        query: bytes = request.scope["query_string"]
        return query
    return urlencode({k: v for k, v in request.query_params.items() if k == "draft"}).encode()


def _headers(scope: Scope, path: str) -> list[tuple[bytes, bytes]]:
    """The page comes unpacked, so that its scripts can be measured; the framework believes a body of a new length."""
    left_out = {"/": b"accept-encoding", JOIN: b"content-length"}.get(path)
    return [(name, value) for name, value in scope["headers"] if name != left_out]


def _limited(receive: Receive, most: int) -> Receive:
    """Messages of the request as long as its body stays within ``most`` bytes."""
    size = 0

    async def limited() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise _TooLarge
        return message

    return limited


async def _drained(receive: Receive) -> None:
    """Let what is being sent arrive: a browser that is cut off in the middle shows no answer."""
    size, more = 0, True
    while more and size < _DRAINED:
        message = await receive()
        size += len(message.get("body", b""))
        more = bool(message.get("more_body"))


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once, then what the connection says next (that it was closed)."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return first.pop() if first else await receive()

    return replayed


class _Outgoing:
    """Sends an answer with the headers of the house; ``measured`` collects the page first, to name its own scripts."""

    def __init__(self, send: Send, measured: bool) -> None:
        self._send, self._measured = send, measured
        self._start: Message | None = None
        self._body = b""
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            self._start = message
            if not self._measured:
                await self._begin(b"")
        elif self._measured and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._begin(self._body)
                await self._send({"type": "http.response.body", "body": self._body})
        else:
            await self._send(message)

    async def _begin(self, page: bytes) -> None:
        assert self._start is not None, "headers come first"
        headers = MutableHeaders(raw=self._start["headers"])
        headers["Referrer-Policy"] = "same-origin"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Content-Security-Policy"] = _POLICY.format(scripts="".join(_measures(page)))
        await self._send(self._start)


def _measures(page: bytes) -> list[str]:
    """The fingerprints of the scripts that stand in the page itself; any other inline script is refused by the browser."""
    found: list[Any] = _SCRIPT.findall(page)
    return [f" 'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in found]
