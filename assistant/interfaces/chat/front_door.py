"""The ways in and out of the chat: log-in, log-out, and the sign of life for whoever watches the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse

from assistant.errors import UsageError
from assistant.interfaces.chat.doors import COOKIE, login_of
from assistant.interfaces.chat.gate import HEALTH

if TYPE_CHECKING:
    from assistant.interfaces.chat.accounts import Accounts
    from assistant.interfaces.chat.uploads import Uploads

__all__ = ["add_health", "add_log_in"]

_AT_ONCE = 2
"""passwords checked at the same time: each takes 16 MB and a moment of a processor"""


def add_health(app: FastAPI) -> None:
    """``/healthz`` answers ``ok`` without a login."""

    @app.api_route(HEALTH, methods=["GET", "HEAD"])
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok")


def add_log_in(app: FastAPI, accounts: Accounts, uploads: Uploads) -> None:
    """``/login`` and ``/logout``; a login that ends takes its unsent uploads with it."""
    import anyio

    from assistant.printing.templates import fill

    checking = anyio.CapacityLimiter(_AT_ONCE)

    @app.get("/login")
    def form() -> HTMLResponse:
        return HTMLResponse(fill("chat/login.html.j2", {"name": "", "wrong": ""}))

    @app.post("/login")
    async def log_in(request: Request) -> Response:
        fields = await request.form(max_files=0, max_fields=8)
        name, password = str(fields.get("name", "")), str(fields.get("password", ""))
        address = request.client.host if request.client else ""
        try:
            token = await anyio.to_thread.run_sync(accounts.log_in, name, password, address, limiter=checking)
            wrong = "用户名或密码不对；请再试一次"
        except UsageError as error:
            token, wrong = None, str(error)
        if token is None:
            return HTMLResponse(
                fill("chat/login.html.j2", {"name": name[:40], "wrong": wrong}), status_code=403
            )
        answer = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)
        return answer

    @app.get("/logout")
    def log_out(request: Request) -> RedirectResponse:
        token = request.cookies.get(COOKIE)
        accounts.log_out(token)
        uploads.forget(login_of(token))
        answer = RedirectResponse("/login", status_code=303)
        answer.delete_cookie(COOKIE)
        return answer
