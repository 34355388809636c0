"""Makes the pictures of the README anew (``make images``): the chat with a draft, the index of a batch, the page of the evals.

Needs Chromium. Each picture shows the program as it is: the pages are made and opened here, nothing is drawn.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from assistant.batch import BatchOptions, draft_batch
from assistant.drafting.pipeline import DraftOptions
from evals import run
from tests.browser.chromium import launched, where
from tests.browser.hands import bubbles
from tests.browser.serving import Served

__all__ = ["FOLDER", "LARGEST", "main"]

_ROOT = Path(__file__).parent.parent
FOLDER = _ROOT / "docs" / "images"
LARGEST = 150_000
"""bytes a picture may have, so that the README also opens on a slow line"""
_WIDTH, _HEIGHT = 1200, 720
"""pixels; a README shows them about 830 wide, and the words can still be read"""
_SAMPLE = 2
"""the example whose sums do not close: the picture shows what the chat finds and asks"""


def main() -> int:
    """Write the pictures; the exit status: 2 where there is no browser."""
    path = where()
    if path is None:
        print("没有找到 Chromium；请安装后重试（Debian、Ubuntu：apt-get install chromium）", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # both run an event loop of their own, which the browser's would not let them
        index, report = _index(folder / "batch"), _report(folder / "evals")
        with launched(path) as browser:
            _chat(browser, folder / "chat")
            _keep(_opened(browser, index.as_uri()), "batch")
            _keep(_opened(browser, report.as_uri()), "evals")
    for picture in sorted(FOLDER.glob("*.png")):
        print(f"{picture.relative_to(_ROOT)}  {picture.stat().st_size} 字节")
    return 0


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, locale="zh-CN")
    page.goto(address)
    return page


def _keep(page: Page, name: str) -> None:
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    page.close()
    # a page of words has few colours: a palette makes the file a third as long, and nobody sees the difference
    shot.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE).save(FOLDER / f"{name}.png", optimize=True)


def _chat(browser: Browser, folder: Path) -> None:
    """The chat after the example ``_SAMPLE`` of its first page."""
    server = Served(folder).start()
    try:
        page = _opened(browser, server.url)
        page.locator(".nb-samples button").nth(_SAMPLE).click()
        page.locator(".nb-report").wait_for()
        bubbles(page).last.wait_for()
        _keep(page, "chat")
    finally:
        server.stop()


def _index(folder: Path) -> Path:
    """The index over the shipped units."""
    options = BatchOptions(output=folder, draft=DraftOptions(year=2023), formats=("json", "docx", "html"))
    for _ in draft_batch(_ROOT / "examples" / "batch", options):
        pass
    return folder / "总览.html"


def _report(folder: Path) -> Path:
    """The report of all suites."""
    run.main(["-o", str(folder)])
    return folder / "report.html"


if __name__ == "__main__":
    sys.exit(main())
