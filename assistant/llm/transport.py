"""The HTTP client of the model: own timeouts, no redirects, bounded answers, nothing but the configured address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.office.model_settings import ModelSettings

if TYPE_CHECKING:
    import httpx2

__all__ = ["AnswerTooLarge", "NotJson", "async_client", "is_local"]


class NotJson(Exception):
    """A successful answer that is neither JSON nor an event stream, such as the page of a login portal."""


class AnswerTooLarge(Exception):
    """An answer larger than the user allows."""


def is_local(base_url: str) -> bool:
    """Whether the address is this very machine."""
    host = urlsplit(base_url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def async_client(base_url: str, settings: ModelSettings) -> httpx2.AsyncClient:
    """A client for one event loop; close it there. Proxies of the environment hold except for this machine."""
    import httpx2

    limit = settings.max_answer_bytes

    class Bounded(httpx2.AsyncByteStream):
        """The body of an answer, cut off with an error where it grows beyond the limit."""

        def __init__(self, stream: httpx2.AsyncByteStream) -> None:
            self._stream = stream

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for part in self._stream:
                size += len(part)
                if size > limit:
                    raise AnswerTooLarge
                yield part

        async def aclose(self) -> None:
            await self._stream.aclose()

    async def guard(response: httpx2.Response) -> None:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.is_redirect or (
            response.is_success and kind.startswith(("text/html", "image/", "text/xml", "application/xml"))
        ):
            raise NotJson
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = Bounded(response.stream)

    timeout = httpx2.Timeout(settings.timeout, connect=settings.connect_timeout)
    return httpx2.AsyncClient(
        timeout=timeout,
        follow_redirects=False,
        trust_env=not is_local(base_url),
        event_hooks={"response": [guard]},
    )
