"""Holds that a clerk gets from an example to a right file, corrects by word and by hand, and finds every source."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.interfaces.chat.panels import samples
from assistant.printing.reports import render
from assistant.reading import read_report
from tests.browser.conftest import Window
from tests.browser.hands import bubbles, cell, download, open_tab, paste, say, shown, type_into
from tests.browser.serving import Served

_BROKEN = "清源县水利局2025年依申请公开：新收5件，都是自然人。没有上年结转。予以公开3件，都是自然人。办结3件。没有结转下年度。其余都是0。"


def test_an_example_becomes_a_word_file_with_the_right_cells(page: Page, folder: Path) -> None:
    page.locator(".nb-samples button").nth(1).click()
    page.locator(".nb-report").wait_for()
    expect(bubbles(page).last).to_contain_text("可以下载年报了")
    written = read_report(download(page, "docx", folder))
    expected = draft_text(samples()[1]["text"], DraftOptions(org="青石县交通运输局", year=2025)).report
    assert written.tables == expected.tables
    assert written.org.name == expected.org.name
    assert written.sections["s5"] == expected.sections["s5"]


@pytest.mark.parametrize("name", ["html", "xlsx", "json"])
def test_the_other_files_hold_the_same_cells(page: Page, folder: Path, name: str) -> None:
    say(page, _BROKEN)
    written = read_report(download(page, name, folder))
    assert written.table3["granted"]["natural_person"] == 3


def test_the_review_page_can_be_downloaded(page: Page, folder: Path) -> None:
    say(page, _BROKEN)
    text = download(page, "review", folder).read_text(encoding="utf-8")
    assert "新收5件" in text


def test_a_correction_in_words(page: Page) -> None:
    page.locator(".nb-samples button").nth(1).click()
    page.locator(".nb-report").wait_for()
    assert shown(page, "table2.admin_license.decisions") == "318"
    say(page, "把行政许可改成320")
    assert shown(page, "table2.admin_license.decisions") == "320"
    expect(bubbles(page).last).to_contain_text("由 318 改为 320")
    expect(page.locator(".nb-report").first).to_contain_text("行政许可决定320件")


def test_a_cell_edit_repairs_a_broken_balance(page: Page) -> None:
    say(page, _BROKEN)
    expect(page.locator(".nb-tabs .dot.error")).to_be_visible()
    open_tab(page, "grid")
    assert cell(page, "table3.granted.total").evaluate("node => node.tagName") == "OUTPUT"
    type_into(page, "table3.granted.natural_person", "5")
    expect(page.locator(".nb-tabs .dot.error")).to_have_count(0)
    expect(cell(page, "table3.result_total.total")).to_have_text("5")
    expect(page.locator(".nb-grid td.changed").first).to_be_visible()


def test_totals_are_live_before_anything_is_sent(page: Page) -> None:
    page.locator(".nb-samples button").nth(1).click()
    page.locator(".nb-report").wait_for()
    open_tab(page, "grid")
    cell(page, "table3.granted.biz_enterprise").click()
    cell(page, "table3.granted.biz_enterprise").press_sequentially("4")
    expect(cell(page, "table3.granted.total")).to_have_text("11")
    expect(cell(page, "table3.result_total.biz_enterprise")).to_have_text("6")
    expect(cell(page, "table3.result_total.total")).to_have_text("16")
    cell(page, "table3.granted.biz_enterprise").press("Escape")
    expect(cell(page, "table3.result_total.total")).to_have_text("12")
    expect(page.locator(".nb-history li")).to_have_count(1)


def test_the_grid_has_the_statutory_merged_headers(page: Page) -> None:
    say(page, _BROKEN)
    open_tab(page, "grid")
    headers = page.locator('.nb-grid[data-table="table3"] th')
    spans = headers.evaluate_all("nodes => nodes.map((n) => [n.textContent, n.rowSpan, n.colSpan])")
    assert ["申请人情况", 1, 7] in spans
    assert ["法人或其他组织", 1, 5] in spans
    assert page.locator(".nb-grid [data-cell]").count() == 200


def test_a_figure_that_is_none_is_not_taken(page: Page) -> None:
    say(page, _BROKEN)
    open_tab(page, "grid")
    field = cell(page, "table3.partial.natural_person")
    field.fill("很多")
    field.press("Enter")
    expect(page.locator(".nb-grid td.wrong")).to_have_count(1)
    expect(page.locator(".nb-history li")).to_have_count(1)


def test_a_pasted_block(page: Page) -> None:
    say(page, "清源县水利局2025年年报")
    open_tab(page, "grid")
    block = (
        "本年新收\t３\t1\t0\t0\t0\t0\t4\r\n上年结转\t0\t0\t0\t0\t0\t0\t0\r\n予以公开\t2\t1\t0\t0\t0\t0\t3\r\n"
    )
    paste(page, "table3.new_received.natural_person", block)
    open_tab(page, "report")
    assert [shown(page, f"table3.{r}.total") for r in ("new_received", "carried_over", "granted")] == [
        "4",
        "0",
        "3",
    ]
    page.locator("[data-act=undo]").click()
    expect(page.locator(".nb-history li")).to_have_count(1)
    assert shown(page, "table3.new_received.total") == ""
    open_tab(page, "grid")
    expect(cell(page, "table3.new_received.natural_person")).to_have_value("")


def test_a_pasted_block_goes_where_its_labels_say(page: Page) -> None:
    say(page, "清源县水利局2025年年报")
    open_tab(page, "grid")
    block = "\t自然人\t商业企业\n本年新收\t10\t2\n予以公开\t5\t1\n结转下年度\t1\t0\n"
    paste(page, "table3.new_received.natural_person", block)
    expect(cell(page, "table3.granted.biz_enterprise")).to_have_value("1")
    expect(cell(page, "table3.carried_forward.natural_person")).to_have_value("1")
    expect(cell(page, "table3.new_received.natural_person")).to_have_value("10")
    expect(cell(page, "table3.partial.natural_person")).to_have_value("")


def test_the_cell_pasted_into_shows_its_figure(page: Page) -> None:
    say(page, "清源县水利局2025年年报")
    open_tab(page, "grid")
    paste(page, "table3.new_received.natural_person", "10\t2")
    expect(cell(page, "table3.new_received.natural_person")).to_have_value("10")
    expect(cell(page, "table3.new_received.biz_enterprise")).to_have_value("2")


def test_what_was_typed_stays_with_its_draft(page: Page) -> None:
    say(page, "清源县水利局2025年年报")
    address = page.url
    open_tab(page, "grid")
    cell(page, "table2.admin_license.decisions").click()
    cell(page, "table2.admin_license.decisions").press_sequentially("55")
    page.locator("[data-act=new]").click()
    page.locator(".nb-samples button").first.wait_for()
    expect(page.locator(".nb-history li")).to_have_count(0)
    expect(cell(page, "table2.admin_license.decisions")).to_have_value("")
    page.goto(address)
    page.locator(".nb-report").wait_for()
    assert shown(page, "table2.admin_license.decisions") == "55"


def test_a_contradiction_is_settled_with_one_tap(page: Page) -> None:
    say(page, _BROKEN)
    page.locator("#nb-chips button", has_text="“办结3件”这句不算").click()
    expect(page.locator(".nb-history li")).to_have_count(2)
    expect(page.locator(".nb-tabs .dot.error")).to_have_count(0)
    assert shown(page, "table3.result_total.total") == "5"


def test_undo_redo_and_going_back(page: Page) -> None:
    say(page, _BROKEN)
    say(page, "复议1件，维持")
    page.locator("[data-act=undo]").click()
    expect(page.locator(".nb-history li")).to_have_count(1)
    assert shown(page, "table4.review.upheld") == ""
    page.locator("[data-act=redo]").click()
    expect(page.locator(".nb-history li")).to_have_count(2)
    open_tab(page, "issues")
    page.locator("[data-act=goto]").first.click()
    expect(page.locator(".nb-history li")).to_have_count(1)


def test_a_reloaded_page_goes_on(page: Page) -> None:
    say(page, _BROKEN)
    address = page.url
    page.reload()
    page.locator(".nb-report").wait_for()
    assert page.url == address
    expect(bubbles(page)).to_have_count(1)
    say(page, "把予以公开改成5")
    assert shown(page, "table3.granted.total") == "5"


def test_last_years_report_brings_carry_overs(page: Page, folder: Path) -> None:
    earlier = draft_text(
        "结转下年度2件，都是自然人。其余都是0。", DraftOptions(org="清源县水利局", year=2024)
    ).report
    file = folder / "2024.docx"
    content = render(earlier, "docx")
    assert isinstance(content, bytes)
    file.write_bytes(content)
    page.locator("#nb-tools input[type=file]").set_input_files(file)
    page.locator(".nb-report").wait_for()
    assert shown(page, "table3.carried_over.natural_person") == "2"
    expect(page.locator(".nb-head .title")).to_have_text("清源县水利局2025年年报")


def test_files_are_read_and_do_not_stay(page: Page, folder: Path, served: Served) -> None:
    file = folder / "许可统计.csv"
    file.write_text("项目,数量\n行政许可,77\n行政处罚,5\n", encoding="utf-8")
    page.locator("#nb-input input[type=file]").set_input_files(file)
    expect(page.get_by_label("File thumbnail")).to_have_count(1)
    say(page, "")
    assert shown(page, "table2.admin_license.decisions") == "77"
    open_tab(page, "sources")
    expect(page.locator(".nb-source h4")).to_contain_text(["许可统计.csv"])
    assert [p for p in (served.folder / "uploads").rglob("*") if p.is_file() and p.stat().st_size] == []


def test_a_file_that_cannot_be_read_is_one_line(page: Page, folder: Path) -> None:
    file = folder / "坏文件.docx"
    file.write_bytes(b"PK\x03\x04 not a document")
    page.locator("#nb-input input[type=file]").set_input_files(file)
    expect(page.get_by_label("File thumbnail")).to_have_count(1)
    page.locator("#nb-input textarea").press("Enter")
    expect(page.locator(".toast-body")).to_be_visible()
    expect(page.locator(".nb-history li")).to_have_count(0)


def test_one_tap_answers(page: Page) -> None:
    say(page, "清源县水利局2025年年报")
    page.locator(".nb-chips button", has_text="没有收到申请").click()
    expect(page.locator(".nb-history li")).to_have_count(2)
    assert shown(page, "table3.new_received.total") == "0"
    page.locator(".nb-chips button", has_text="先跳过").click()
    expect(page.locator(".nb-history li")).to_have_count(3)


def test_a_click_shows_the_words_or_the_sum(page: Page) -> None:
    say(page, "清源县水利局2025年依申请公开：新收：自然人3件，企业2件。")
    page.locator('.nb-report td[data-why="table3.new_received.natural_person"]').click()
    expect(page.locator(".nb-card blockquote")).to_contain_text("自然人3件")
    page.locator('.nb-report td[data-why="table3.new_received.total"]').click()
    expect(page.locator(".nb-card .sum")).to_contain_text("本年新收·自然人 3 + 本年新收·商业企业 2")
    open_tab(page, "sources")
    page.locator(".nb-source mark", has_text="企业2件").click()
    expect(page.locator(".nb-card .name")).to_have_text("本年新收·商业企业")


def test_own_drafts(page: Page) -> None:
    say(page, "白石镇人民政府2025年年报：没有收到申请。")
    page.locator("[data-act=new]").click()
    page.locator(".nb-samples button").first.wait_for()
    page.locator("[data-toggle=drafts]").click()
    page.locator('.row [data-act="open"]', has_text="白石镇").first.click()
    expect(page.locator(".nb-head .title")).to_have_text("白石镇人民政府2025年年报")
    page.once("dialog", lambda dialog: dialog.accept())
    count = page.locator(".pop .row").count()
    page.locator("[data-toggle=drafts]").click()
    page.locator('.row [data-act="remove"]').first.click()
    expect(page.locator(".pop .row")).to_have_count(count - 1)


def test_the_unit_can_be_set_in_the_bar(page: Page) -> None:
    say(page, "没有收到申请")
    page.locator("[data-toggle=profile]").click()
    page.locator("[name=org]").fill("黑石乡人民政府")
    page.locator("[name=year]").fill("2025")
    page.locator(".pop [type=submit]").click()
    expect(page.locator(".nb-head .title")).to_have_text("黑石乡人民政府2025年年报")


def test_words_are_never_markup(page: Page) -> None:
    say(
        page,
        "清源县水利局2025年年报。主动公开：<img src=x onerror=\"document.title='x'\">发布信息3条，![](http://example.com/a.png)",
    )
    open_tab(page, "sources")
    expect(page.locator(".nb-source").first).to_contain_text("<img src=x")
    assert page.locator(".nb img, #nb-chat img[src*=example]").count() == 0
    assert page.title() == "年报助手"


def test_phone_width(browser: Browser, served: Served) -> None:
    window = Window(browser, served.url, width=390, height=844)
    page = window.open()
    page.locator(".nb-samples button").nth(1).click()
    page.locator(".nb-report").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for target in ("#nb-input textarea", "[data-toggle=files]", "#nb-previous", ".nb-tabs button"):
        box = page.locator(target).first.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + min(box["width"], 40) <= 390
    for button in ("[data-toggle=files]", ".nb-tabs [data-pane=sources]"):
        edge = page.locator(button).bounding_box()
        assert edge is not None
        assert edge["x"] + edge["width"] <= 390
    open_tab(page, "grid")
    # the tables lie below the conversation: a tap on the tab turns to them, and another one turns back
    page.wait_for_function("scrollY > 300")
    type_into(page, "table2.admin_license.decisions", "8")
    # the rows' names stay in sight while the figures are scrolled to the last column
    for name in ("一、本年新收政府信息公开申请数量", "（一）予以公开", "1.属于国家秘密"):
        label = page.locator(".nb-grid table.matrix th.label").get_by_text(name, exact=True)
        label.evaluate("cell => { cell.closest('.nb-sheet').scrollLeft = 9999 }")
        words = label.evaluate(
            "cell => { const r = document.createRange(); r.selectNodeContents(cell); return r.getBoundingClientRect().left }"
        )
        assert 0 <= words < 195
    open_tab(page, "report")
    assert shown(page, "table2.admin_license.decisions") == "8"
    page.locator("[data-back]").click()
    page.wait_for_function("scrollY === 0")
    window.close()


def test_dark_and_light_differ_and_can_be_read(browser: Browser, served: Served) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 720})
        page = context.new_page()
        page.goto(served.url)
        page.locator(".nb-head").wait_for()
        colours = page.locator(".nb-desk").evaluate(
            "n => [getComputedStyle(n).color, getComputedStyle(n).backgroundColor]"
        )
        ink, ground = (sum(int(c) for c in re.findall(r"\d+", colour)[:3]) for colour in colours)
        assert abs(ink - ground) > 380
        grounds.append(ground)
        context.close()
    assert grounds[0] > grounds[1]


def test_the_page_is_chinese_and_says_what_to_do(page: Page) -> None:
    words = page.locator("body").inner_text()
    assert not re.search(r"[A-Za-z]{4,}", re.sub(r"Word|Excel|PDF", "", words)), words
    for needed in ("把数据和工作情况发给我", "上传去年的年报"):
        assert needed in words
    assert page.locator(".nb-samples button").count() == 3


def test_gradio_is_told_to_be_quiet(page: Page) -> None:
    config = json.loads(page.evaluate("JSON.stringify(window.gradio_config || {})"))
    assert config.get("analytics_enabled") is False
    assert not config.get("run_history")


def test_words_typed_before_the_answer_stay(page: Page) -> None:
    held: list[Route] = []
    page.route("**/queue/join**", lambda route: held.append(route))
    box = page.locator("#nb-input textarea")
    box.fill("清源县水利局2025年：新收5件，都是自然人")
    box.press("Enter")
    expect(box).to_have_value("")
    box.press_sequentially("复议一件维持")
    for request in held:
        request.continue_()
    page.unroute("**/queue/join**")
    page.locator(".nb-report").wait_for()
    expect(bubbles(page)).to_have_count(1)
    expect(box).to_have_value("复议一件维持")
