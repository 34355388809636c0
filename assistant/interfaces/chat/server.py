"""The server of the chat: who may come in, what may be fetched, and nothing that reaches outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse

from assistant.errors import NianbaoError, UsageError

if TYPE_CHECKING:
    from assistant.interfaces.chat.accounts import Accounts
    from assistant.interfaces.chat.desk import Desk

__all__ = ["Doors", "build_app", "prepare_environment"]

_COOKIE = "nianbao"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_RUN_HISTORY": "False", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
    "GRADIO_SHARE": "False", "DO_NOT_TRACK": "1", "LANGSMITH_TRACING": "false",
}  # fmt: skip


def prepare_environment(folder: Path) -> None:
    """Switch off everything that would call out or keep a record elsewhere; must run before gradio is imported."""
    os.environ.update(_QUIET)
    uploads = folder / "uploads"
    # what a server that was killed had not read yet belongs to nobody any more
    shutil.rmtree(uploads, ignore_errors=True)
    uploads.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)


@dataclass(frozen=True)
class Doors:
    """Who may come in. ``accounts`` is None where one person works alone; ``hosts`` are names the server answers to."""

    accounts: Accounts | None = None
    hosts: tuple[str, ...] = _LOOPBACK

    def owner(self, request: Request) -> str | None:
        """The person behind a request; ``local`` where nobody logs in, None where the session does not hold."""
        if self.accounts is None:
            return "local"
        return self.accounts.who(request.cookies.get(_COOKIE))


def build_app(desk: Desk, doors: Doors) -> FastAPI:
    """The whole application: page, log-in, downloads. :func:`prepare_environment` has run."""
    import gradio as gr

    from assistant.interfaces.chat.intake import LARGEST
    from assistant.interfaces.chat.page import build_page, page_head, page_theme

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(_guard(doors))
    _add_log_in(app, doors)
    _add_downloads(app, desk, doors)
    mounted: FastAPI = gr.mount_gradio_app(
        app, build_page(desk), path="/", auth_dependency=doors.owner, max_file_size=LARGEST, ssr_mode=False, footer_links=[],
        run_history=False, enable_monitoring=False, theme=page_theme(), head=page_head(), show_error=False, pwa=False,
    )  # fmt: skip
    return mounted


def _guard(
    doors: Doors,
) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    async def guard(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        path = request.url.path
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        if doors.hosts and host not in {h.strip("[]") for h in doors.hosts}:
            return PlainTextResponse("不接受这个地址的访问", status_code=403)
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            return PlainTextResponse("不接受其他网页发来的请求", status_code=403)
        # uploaded files are read and deleted; there is no reason to hand any file out
        if "/file=" in path or "/file/" in path or "/proxy=" in path:
            return PlainTextResponse("没有这个文件", status_code=404)
        if path != "/login" and doors.owner(request) is None:
            if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
                return RedirectResponse("/login", status_code=303)
            return PlainTextResponse("请先登录", status_code=401)
        response = await go_on(request)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        return response

    return guard


def _add_log_in(app: FastAPI, doors: Doors) -> None:
    from assistant.rendering.templates import fill

    accounts = doors.accounts
    if accounts is None:
        return

    @app.get("/login")
    def form() -> HTMLResponse:
        return HTMLResponse(fill("chat/login.html.j2", {"name": "", "wrong": ""}))

    @app.post("/login")
    async def log_in(request: Request) -> Response:
        fields = await request.form()
        name, password = str(fields.get("name", "")), str(fields.get("password", ""))
        try:
            token = accounts.log_in(name, password)
            wrong = "用户名或密码不对；请再试一次"
        except UsageError as error:
            token, wrong = None, str(error)
        if token is None:
            return HTMLResponse(
                fill("chat/login.html.j2", {"name": name[:40], "wrong": wrong}), status_code=403
            )
        answer = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        answer.set_cookie(_COOKIE, token, httponly=True, samesite="strict", secure=secure)
        return answer

    @app.get("/logout")
    def log_out(request: Request) -> RedirectResponse:
        accounts.log_out(request.cookies.get(_COOKIE))
        answer = RedirectResponse("/login", status_code=303)
        answer.delete_cookie(_COOKIE)
        return answer


def _add_downloads(app: FastAPI, desk: Desk, doors: Doors) -> None:
    from assistant.interfaces.chat.panels import DOWNLOADS
    from assistant.interfaces.files import safe_name
    from assistant.rendering import format_named, render
    from assistant.rendering.review import render_review

    @app.get("/download/{draft}/{name}")
    def download(draft: str, name: str, request: Request) -> Response:
        owner = doors.owner(request)
        try:
            if owner is None or name not in DOWNLOADS:
                raise UsageError("没有这个文件")
            made = desk.open(draft, owner).draft
            if name == "review":
                content: str | bytes = render_review(made)
                suffix, kind = ".review.html", "text/html"
            else:
                content = render(made.report, name)
                suffix, kind = format_named(name).suffix, format_named(name).media_type
        except NianbaoError as error:
            return PlainTextResponse(str(error), status_code=404)
        file = quote(safe_name(made.report.title) + suffix)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{file}", "Cache-Control": "no-store"}
        return Response(content, media_type=kind, headers=headers)
