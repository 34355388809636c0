"""What a clerk's hands do on the page, and what his eyes read there."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

__all__ = ["bubbles", "cell", "download", "open_tab", "paste", "say", "shown", "type_into"]


def bubbles(page: Page) -> Locator:
    """The assistant's answers."""
    return page.locator("#nb-chat [data-testid=bot]")


def _turns(page: Page) -> int:
    return page.locator(".nb-history li").count()


def say(page: Page, text: str) -> None:
    """Type a message, send it, and wait until it has become a version."""
    before = _turns(page)
    box = page.locator("#nb-input textarea")
    box.fill(text)
    box.press("Enter")
    expect(page.locator(".nb-history li")).to_have_count(before + 1)


def open_tab(page: Page, name: str) -> None:
    """Open one of the four tabs."""
    page.locator(f".nb-tabs [data-pane={name}]").click()


def shown(page: Page, where: str) -> str:
    """What stands in a cell of the preview."""
    return page.locator(f'.nb-report td[data-why="{where}"]').inner_text()


def cell(page: Page, where: str) -> Locator:
    """A cell of the tables one can type into."""
    return page.locator(f'.nb-grid [data-cell="{where}"]')


def type_into(page: Page, where: str, text: str) -> None:
    """Type into a cell and go on to the next one."""
    before = _turns(page)
    cell(page, where).click()
    cell(page, where).fill(text)
    cell(page, where).press("Enter")
    expect(page.locator(".nb-history li")).to_have_count(before + 1)


def paste(page: Page, where: str, block: str) -> None:
    """Paste text into a cell as from a spreadsheet."""
    before = _turns(page)
    cell(page, where).click()
    cell(page, where).evaluate(
        """(node, text) => {
            const data = new DataTransfer();
            data.setData("text", text);
            node.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        block,
    )
    expect(page.locator(".nb-history li")).to_have_count(before + 1)


def download(page: Page, name: str, folder: Path) -> Path:
    """Download the report in a format; the saved file."""
    page.locator("[data-toggle=files]").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-file={name}]").click()
    target = folder / re.sub(r"[^\w.]", "_", waiting.value.suggested_filename)
    waiting.value.save_as(target)
    return target
