"""The page of findings in a browser, opened as a file: a finding leads to its cells, a mark to its finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.printing.findings import FORMATS
from evals.lawful import lawful_report
from tests.printing.findings.checked import faulty, review, unreadable, write


class Opened:
    """A page opened from a file, with everything it asked for and every fault in it."""

    def __init__(self, browser: Browser, path: Path, width: int, height: int) -> None:
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.goto(path.as_uri())


@pytest.fixture(params=[(1280, 720), (390, 844)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Three files on one page."""
    found = review(
        write(tmp_path, lawful_report(5), "txt", "无误"),
        unreadable(),
        write(tmp_path, faulty(), "txt", "有误"),
    )
    path = tmp_path / "结果.html"
    path.write_text(str(FORMATS["html"].render(found)), encoding="utf-8")
    opened = Opened(browser, path, *request.param)
    yield opened.page
    width = opened.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    opened.context.close()
    assert opened.wrong == []
    assert opened.asked == [path.as_uri()]
    assert width <= 0


def test_a_finding_leads_to_its_cells_and_a_mark_to_its_finding(page: Page) -> None:
    page.locator(".league tbody tr").first.get_by_role("link").click()
    unit = page.locator("details.unit[open]")
    finding = unit.locator("li[data-finding]").filter(has_text="行政复议")
    finding.locator("p").first.click()
    cell = unit.locator('[data-cell="table4.review.total"]')
    expect(cell).to_have_class("value picked chief")
    expect(cell).to_be_in_viewport()
    mark = unit.locator("mark").filter(has_text="部暑")
    mark.click()
    expect(unit.locator("li.on")).to_contain_text("部署")
    expect(cell).to_have_class("value")


def test_the_keyboard_does_the_same(page: Page) -> None:
    page.locator(".league tbody tr").first.get_by_role("link").press("Enter")
    unit = page.locator("details.unit[open]")
    unit.locator('[data-cell="table4.review.total"]').press("Enter")
    expect(unit.locator("li.on")).to_contain_text("行政复议")


def test_units_are_found_by_their_words_and_by_what_to_do(page: Page) -> None:
    page.get_by_role("searchbox").fill("部暑")
    expect(page.locator(".league tbody tr:visible")).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="重新报送 1").click()
    expect(page.locator(".league tbody tr:visible")).to_have_count(1)
    expect(page.locator("details.unit:visible")).to_have_count(1)
