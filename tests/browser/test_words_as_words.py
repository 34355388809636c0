"""Holds that words stay words: whatever is said or brought, nothing is fetched, nothing covers the page, nothing is swallowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Window
from tests.browser.hands import bubbles, open_tab, say
from tests.browser.serving import Served

_HOSTILE = [
    '<img src="http://evil.example/a.png">发布信息3条',
    "<img src=x onerror=\"document.title='x'\"><svg onload=\"document.title='y'\"></svg>",
    '<div style="position:fixed;inset:0;z-index:99999;background:red">盖住整个页面</div>',
    "<textarea> 没有收到申请 <!-- 没有关 <title>",
    "</div></div></textarea><style>*{display:none}</style><base href='http://evil.example/'>",
    '<link rel="stylesheet" href="http://evil.example/a.css"><iframe src="http://evil.example/"></iframe>',
    "![图](http://evil.example/b.png) [链接](http://evil.example/) <http://evil.example/>",
    r"$$\href{http://evil.example/}{x}$$ $x^2$ \(y\) \[z\] \includegraphics{http://evil.example/c.png}",
    "${document.title='z'} {{value}} {{#each x}} @children &lt;b&gt; &amp;",
    '<form action="http://evil.example/"><button>提交</button></form><a href="javascript:document.title=1">点</a>',
]


def _usable(page: Page) -> None:
    """The page is the one it was: its title, its bar, its box, its tabs."""
    assert page.title() == "年报助手"
    assert page.locator("#nb-chat [data-testid] *, #nb-chat .katex").count() == 0
    for name in ("issues", "grid", "report"):
        open_tab(page, name)
    expect(page.locator(".nb-panes [data-pane=report]")).to_be_visible()
    for target in ("[data-act=undo]", "[data-toggle=drafts]", "#nb-input textarea", "#nb-previous"):
        page.locator(target).first.click(trial=True)


@pytest.mark.parametrize("text", _HOSTILE, ids=range(len(_HOSTILE)))
def test_a_message_is_shown_as_it_was_written(page: Page, text: str) -> None:
    say(page, text)
    expect(page.locator("#nb-chat [data-testid=user]").last).to_have_text(text)
    expect(bubbles(page).last).not_to_be_empty()
    _usable(page)
    say(page, "没有收到申请")
    page.reload()
    expect(page.locator("#nb-chat [data-testid=user]").first).to_have_text(text)
    expect(page.locator("#nb-chat [data-testid=user]")).to_have_count(2)
    _usable(page)


def test_a_file_is_shown_as_it_was_written(page: Page, folder: Path) -> None:
    file = folder / "来文<img src=x>&.txt"
    words = "清源县水利局2025年：\n" + "\n".join(f"{text}，新收申请5件。" for text in _HOSTILE)
    file.write_text(words, encoding="utf-8")
    page.locator("#nb-input input[type=file]").set_input_files(file)
    expect(page.get_by_label("File thumbnail")).to_have_count(1)
    say(page, "")
    expect(page.locator("#nb-chat [data-testid=user]")).to_have_text(f"上传材料：{file.name}")
    _usable(page)
    open_tab(page, "sources")
    for text in _HOSTILE:
        expect(page.locator(".nb-source").first).to_contain_text(" ".join(text.split()))
    assert page.locator(".nb-source img, .nb-source iframe, .nb-source form").count() == 0
    page.reload()
    page.locator(".nb-report").wait_for()
    _usable(page)


def test_the_page_cannot_reach_out_even_if_markup_got_in(browser: Browser, served: Served) -> None:
    """The second lock by itself: markup put into the page by hand, as if the first lock were open."""
    window = Window(browser, served.url)
    page = window.open()
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url))
    page.evaluate(
        """() => {
            document.addEventListener("securitypolicyviolation", (e) => (window.stopped ??= []).push(e.effectiveDirective));
            const place = document.createElement("div");
            place.innerHTML = `<img src="http://evil.example/a.png" onerror="document.title='x'"><link rel="stylesheet"
              href="http://evil.example/a.css"><iframe src="http://evil.example/"></iframe><object data="http://evil.example/"></object>
              <i style="background:url(http://evil.example/b.png)">x</i>
              <video src="http://evil.example/v"></video>`;
            document.body.append(place);
            fetch("http://evil.example/f").catch(() => {});
            navigator.sendBeacon("http://evil.example/s");
        }"""
    )
    page.wait_for_function(
        "['img-src', 'connect-src', 'frame-src', 'object-src'].every((d) => (window.stopped || []).includes(d))"
    )
    assert page.evaluate("document.title") == "年报助手"
    say(page, "没有收到申请")
    assert [url for url in answered if not url.startswith(served.url)] == []
    assert window.wrong == []
    window.context.close()


def test_an_upload_that_will_not_do_is_one_line(page: Page, folder: Path) -> None:
    file = folder / "照片.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    page.locator("#nb-input input[type=file]").set_input_files(file)
    toast = page.locator(".toast-body", has_text="请用办公软件另存为其中一种后再上传")
    expect(toast).to_be_visible()
    expect(toast).not_to_contain_text("HTTP")
    say(page, "没有收到申请")


def test_a_long_paste_is_one_line_and_stays_in_the_box(page: Page) -> None:
    box = page.locator("#nb-input textarea")
    text = "新收申请5件。" * 3000
    box.fill(text)
    box.press("Enter")
    expect(page.locator(".toast-body", has_text="请分几次发送")).to_be_visible()
    expect(box).to_have_value(text)
    expect(page.locator(".nb-history li")).to_have_count(0)
