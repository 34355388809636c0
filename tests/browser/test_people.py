"""Holds that two people cannot reach each other's drafts or files, even with the ids, and that kill -9 loses nothing said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.interfaces.chat.accounts import Accounts
from tests.browser.conftest import Window
from tests.browser.hands import bubbles, open_tab, say, shown
from tests.browser.serving import Served

_PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for two people."""
    folder = tmp_path_factory.mktemp("office") / "state"
    folder.mkdir()
    accounts = Accounts(folder / "people.sqlite")
    for name in ("张三", "李四"):
        accounts.set_password(name, _PASSWORD)
    accounts.close()
    server = Served(folder).start()
    yield server
    server.stop()


def _log_in(window: Window, name: str, password: str = _PASSWORD) -> Page:
    page = window.page
    page.goto(window.url)
    assert page.url.endswith("/login")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("button").click()
    return page


def test_two_people_cannot_reach_each_other(browser: Browser, office: Served) -> None:
    first, second = Window(browser, office.url), Window(browser, office.url)
    mine = _log_in(first, "张三")
    mine.locator(".nb-samples button").first.wait_for()
    say(mine, "清源县水利局2025年年报：新收申请5件。")
    draft = mine.locator("[data-draft]").get_attribute("data-draft")
    assert draft is not None
    assert first.context.request.get(f"{office.url}download/{draft}/json").ok

    theirs = _log_in(second, "李四")
    theirs.locator(".nb-samples button").first.wait_for()
    theirs.goto(f"{office.url}?draft={draft}")
    theirs.locator(".nb-samples button").first.wait_for()
    assert "清源县" not in theirs.locator("body").inner_text()
    assert second.context.request.get(f"{office.url}download/{draft}/json").status == 404
    # the page's own id replaced by the other's: what is sent then must not land there
    theirs.locator("#nb-draft textarea, #nb-draft input").first.evaluate(
        """(node, id) => { node.value = id; node.dispatchEvent(new Event("input", {bubbles: true})); }""",
        draft,
    )
    box = theirs.locator("#nb-input textarea")
    box.fill("把本年新收改成99")
    box.press("Enter")
    expect(theirs.locator(".toast-body")).to_contain_text("找不到这份草稿")
    mine.reload()
    mine.locator(".nb-report").wait_for()
    assert shown(mine, "table3.new_received.total") == "5"
    expect(mine.locator(".nb-history li")).to_have_count(1)
    first.close()
    second.close()


def test_uploaded_files_are_handed_to_nobody(browser: Browser, office: Served) -> None:
    window = Window(browser, office.url)
    _log_in(window, "李四").locator(".nb-head").wait_for()
    for path in sorted(p for p in office.folder.rglob("*") if p.is_file())[:6]:
        for route in ("gradio_api/file=", "file=", "gradio_api/file/"):
            assert window.context.request.get(f"{office.url}{route}{path}").status in (403, 404)
    window.close()


def test_without_a_session_nothing_is_given(browser: Browser, office: Served) -> None:
    window = Window(browser, office.url)
    request = window.context.request
    for path in (
        "config",
        "gradio_api/info",
        "gradio_api/queue/data?session_hash=x",
        "download/x/json",
        "assets/index.js",
        "theme.css",
    ):
        assert request.get(f"{office.url}{path}").status == 401, path
    assert request.post(f"{office.url}gradio_api/queue/join", data="{}").status == 401
    assert request.post(f"{office.url}gradio_api/upload").status == 401
    page = _log_in(window, "张三", "wrong password")
    expect(page.locator("[role=alert]")).to_contain_text("用户名或密码不对")
    assert window.context.cookies() == []
    window.close()


def test_logging_out_ends_the_session(browser: Browser, office: Served) -> None:
    window = Window(browser, office.url)
    page = _log_in(window, "张三")
    page.locator(".nb-head").wait_for()
    (cookie,) = window.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    page.locator(".out").click()
    page.wait_for_url("**/login")
    window.context.add_cookies([cookie])  # type: ignore[list-item]  # playwright reads the shape it gave
    assert window.context.request.get(f"{office.url}config").status == 401
    window.close()


def test_a_login_that_ends_loses_no_words(browser: Browser, office: Served) -> None:
    window = Window(browser, office.url)
    page = _log_in(window, "张三")
    page.locator(".nb-head").wait_for()
    page.locator("[data-act=new]").click()
    page.locator(".nb-samples button").first.wait_for()
    window.context.clear_cookies()
    box = page.locator("#nb-input textarea")
    box.fill("新收申请5件，都是自然人")
    box.press("Enter")
    page.wait_for_url("**/login")
    _log_in(window, "张三")
    expect(page.locator("#nb-input textarea")).to_have_value("新收申请5件，都是自然人")
    window.close()


def test_other_hosts_and_other_pages_are_refused(browser: Browser, office: Served) -> None:
    window = Window(browser, office.url)
    request = window.context.request
    assert request.get(f"{office.url}login", headers={"Host": "evil.example"}).status == 403
    assert request.post(f"{office.url}login", headers={"Origin": "http://evil.example"}).status == 403
    window.close()


def test_kill_9_loses_no_turn_that_was_answered(browser: Browser, tmp_path: Path) -> None:
    server = Served(tmp_path / "state").start()
    window = Window(browser, server.url)
    page = window.open()
    say(page, "清源县水利局2025年依申请公开：新收5件，都是自然人。没有上年结转。")
    say(page, "把本年新收改成6")
    address = page.url
    server.kill()
    server.start()
    page.goto(address)
    page.locator(".nb-report").wait_for()
    assert re.search(r"draft=", page.url)
    assert shown(page, "table3.new_received.natural_person") == "6"
    expect(bubbles(page)).to_have_count(2)
    say(page, "刚才那句不算")
    assert shown(page, "table3.new_received.natural_person") == "5"
    open_tab(page, "issues")
    expect(page.locator(".nb-history li")).to_have_count(3)
    window.context.close()
    server.stop()
    assert window.outside == []
