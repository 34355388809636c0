"""One server and one browser for all tests of a run; each test gets its own empty draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import launched, where
from tests.browser.serving import Served


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on which one person works alone."""
    server = Served(tmp_path_factory.mktemp("chat") / "state").start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium; ended with these tests, because its event loop keeps the tests after it from running theirs."""
    path = where()
    if path is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with launched(path) as browser:
        yield browser


class Window:
    """A browser window that records what it asks for and what goes wrong in it."""

    def __init__(self, browser: Browser, url: str, width: int = 1280, height: int = 720) -> None:
        self.url = url
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", accept_downloads=True
        )
        self.page: Page = self.context.new_page()
        self.outside: list[str] = []
        self.wrong: list[str] = []
        self.context.on("request", lambda request: self._note(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("websocket", lambda socket: self._note(socket.url))

    def _note(self, address: str) -> None:
        home = self.url.removeprefix("http://")
        if not address.startswith(("data:", "blob:")) and home not in address.removeprefix("ws://"):
            self.outside.append(address)

    def open(self) -> Page:
        """The page with a new, empty draft."""
        self.page.goto(self.url)
        return self.renew()

    def renew(self) -> Page:
        """A new draft on the page as it is."""
        self.page.locator("[data-act=new]").click()
        self.page.locator(".nb-samples button").first.wait_for()
        expect(self.page.locator(".nb-history li")).to_have_count(0)
        self.page.locator(".nb-tabs [data-pane=report]").click()
        return self.page

    def close(self) -> None:
        """Close it after a last look."""
        self.context.close()
        self.check()

    def check(self) -> None:
        """Nothing may have gone outside and nothing may have failed in the page."""
        assert self.outside == []
        assert self.wrong == []


@pytest.fixture(scope="package")
def window(browser: Browser, served: Served) -> Iterator[Window]:
    """A window of the size of an old office screen; loading the page anew for each test would take most of the time."""
    window = Window(browser, served.url)
    window.page.goto(served.url)
    yield window
    window.close()


@pytest.fixture
def page(window: Window) -> Iterator[Page]:
    """The page with an empty draft; afterwards nothing has gone outside and nothing has failed."""
    yield window.renew()
    window.check()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for files that are up- or downloaded."""
    return tmp_path
