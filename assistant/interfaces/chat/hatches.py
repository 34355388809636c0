"""Where files come in and go out: uploads are registered under ids, downloads are made from the draft when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from assistant.errors import InputError, NianbaoError, UnsupportedFormat, UsageError
from assistant.interfaces.chat.gate import UPLOAD
from assistant.interfaces.chat.uploads import MOST_FILES

if TYPE_CHECKING:
    from assistant.interfaces.chat.desk import Desk
    from assistant.interfaces.chat.doors import Doors
    from assistant.interfaces.chat.turnstile import Turnstile
    from assistant.interfaces.chat.uploads import Person, Uploads

__all__ = ["add_downloads", "add_uploads"]


def add_uploads(app: FastAPI, doors: Doors, uploads: Uploads) -> None:
    """The address the page's framework uploads to, answered by us: a list of ids, no paths."""
    import anyio
    from starlette.datastructures import UploadFile

    def put(person: Person, files: list[UploadFile]) -> list[str]:
        return [uploads.put(person, file.filename or "", file.file) for file in files]

    @app.post(UPLOAD)
    async def upload(request: Request) -> Response:
        person = doors.person(request)
        async with request.form(max_files=MOST_FILES, max_fields=8) as form:
            files = [f for _, f in form.multi_items() if isinstance(f, UploadFile)]
            if person is None or not files:
                return PlainTextResponse("没有收到文件；请重新选择", status_code=400)
            try:
                return JSONResponse(await anyio.to_thread.run_sync(put, person, files))
            except NianbaoError as error:
                return PlainTextResponse(str(error), status_code=_status(error))


def _status(error: NianbaoError) -> int:
    if isinstance(error, UnsupportedFormat):
        return 415
    return 413 if isinstance(error, InputError) else 429


def add_downloads(app: FastAPI, desk: Desk, doors: Doors, turnstile: Turnstile) -> None:
    """The report of one's own draft as a file; making it waits its turn like any other work."""
    from assistant.interfaces.chat.panels import DOWNLOADS
    from assistant.interfaces.cli.files import safe_name

    def made(draft: str, owner: str, name: str) -> tuple[str | bytes, str, str]:
        from assistant.printing.drafts import print_draft
        from assistant.printing.reports import format_named
        from assistant.printing.sources import REVIEW, REVIEW_SUFFIX
        from assistant.printing.sources.page import render_review

        found = desk.open(draft, owner).draft
        title = safe_name(found.report.title)
        if name == REVIEW:
            return render_review(found), f"{title}{REVIEW_SUFFIX}", "text/html"
        kind = format_named(name)
        return print_draft(found, kind.name), title + kind.suffix, kind.media_type

    @app.get("/download/{draft}/{name}")
    async def download(draft: str, name: str, request: Request) -> Response:
        owner = doors.owner(request)
        try:
            if owner is None or name not in DOWNLOADS:
                raise UsageError("没有这个文件；请从“下载年报”里选择")
            content, file, kind = await turnstile.run(owner, lambda: made(draft, owner, name))
        except NianbaoError as error:
            return PlainTextResponse(str(error), status_code=404)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file)}", "Cache-Control": "no-store",
        }  # fmt: skip
        return Response(content, media_type=kind, headers=headers)
