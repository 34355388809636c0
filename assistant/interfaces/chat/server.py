"""The server of the chat, put together: the gate before it, the ways in, the hatches for files, and the page."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from assistant.interfaces.chat.doors import Doors
from assistant.interfaces.chat.uploads import LARGEST, Uploads

if TYPE_CHECKING:
    from assistant.interfaces.chat.desk import Desk

__all__ = ["Doors", "build_app", "prepare_environment"]

_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_RUN_HISTORY": "False", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
    "GRADIO_SHARE": "False", "DO_NOT_TRACK": "1", "LANGSMITH_TRACING": "false",
    # the framework would tabulate all events since the start after each one, for a page that is closed
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(2**62),
}  # fmt: skip
_SWEEP = 60.0
"""seconds between two looks for uploads that were never sent"""


def prepare_environment(folder: Path) -> None:
    """Switch off everything that would call out or keep a record elsewhere; must run before gradio is imported."""
    os.environ.update(_QUIET)
    own = folder / "gradio"
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["GRADIO_TEMP_DIR"] = str(own)


def build_app(desk: Desk, doors: Doors) -> FastAPI:
    """The whole application: page, log-in, downloads. :func:`prepare_environment` has run."""
    import gradio as gr

    from assistant.interfaces.chat.front_door import add_health, add_log_in
    from assistant.interfaces.chat.gate import Gate
    from assistant.interfaces.chat.hatches import add_downloads, add_uploads
    from assistant.interfaces.chat.page import build_page, page_head, page_theme
    from assistant.interfaces.chat.turnstile import Turnstile

    uploads, turnstile = Uploads(desk.folder / "uploads"), Turnstile()
    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=_tended(uploads.sweep, turnstile.close)
    )
    page = build_page(desk, uploads, turnstile)
    app.add_middleware(Gate, doors=doors, events=frozenset(page.fns))
    add_health(app)
    if doors.accounts is not None:
        add_log_in(app, doors.accounts, uploads)
    add_uploads(app, doors, uploads)
    add_downloads(app, desk, doors, turnstile)
    mounted: FastAPI = gr.mount_gradio_app(
        app, page, path="/", auth_dependency=doors.owner, max_file_size=LARGEST,
        ssr_mode=False, footer_links=[], run_history=False, enable_monitoring=False, theme=page_theme(), head=page_head(),
        show_error=False, pwa=False,
    )  # fmt: skip
    return mounted


def _tended(
    sweep: Callable[[], None], close: Callable[[], None]
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """A lifespan of the application that sweeps now and then and closes at the end."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async def tend() -> None:
            while True:
                await asyncio.sleep(_SWEEP)
                await asyncio.to_thread(sweep)

        tending = asyncio.create_task(tend())
        yield
        tending.cancel()
        with suppress(asyncio.CancelledError):
            await tending
        close()

    return lifespan
