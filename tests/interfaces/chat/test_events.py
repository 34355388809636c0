"""Holds that whatever a browser sends is taken for what it is, or refused in one line."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from assistant.checks import RuleSettings
from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.errors import InputError, NianbaoError, UsageError
from assistant.interfaces.chat import events, intake
from assistant.interfaces.chat.desk import Desk
from assistant.interfaces.chat.limits import LONGEST_FILE, LONGEST_MESSAGE, MOST_TEXT, hold_within
from assistant.interfaces.chat.page import _Page
from assistant.interfaces.chat.panels import chips_html, desk_html, head_html, messages_of, samples, talk_html
from assistant.interfaces.chat.turns import Event, new_turn
from assistant.interfaces.chat.turnstile import Turnstile
from assistant.interfaces.chat.uploads import Uploads
from assistant.office.profile import Profile
from assistant.printing.reports import render
from assistant.report.facts import Value
from tests.interfaces.chat.support import Talk

_FACTS = "清源县水利局2025年：新收5件，自然人3件，企业2件。没有上年结转。"


def _cell(desk: Desk, talk: Talk, where: str) -> Value | None:
    table, row, col = where.split(".")
    return desk.open(talk.now.id, talk.owner).draft.report.tables[table][row][col]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_example_of_the_first_screen_is_understood(desk: Desk, number: int) -> None:
    snapshot = events.act(desk, desk.new("甲").id, "甲", {"act": "sample", "n": str(number)})
    assert len(snapshot.log) == 1
    assert snapshot.draft.report.org.name
    assert snapshot.draft.report.year == 2025
    assert snapshot.draft.has_errors == (number == 2), "the third example shows what a finding looks like"
    if number < 2:
        if snapshot.asked is not None:
            assert snapshot.asked.code == "CONFIRM", "nothing but what one reading alone says is left to ask"
            snapshot = events.act(desk, snapshot.id, "甲", {"act": "say", "text": snapshot.asked.choices[0]})
        assert snapshot.asked is None
        assert len(list(snapshot.draft.report.filled())) == 200


@pytest.mark.parametrize(
    "data",
    [
        {}, {"act": "nothing"}, {"act": "goto"}, {"act": "goto", "turn": "-1"}, {"act": "fix", "n": "99"}, {"act": "fix", "n": "x"},
        {"act": "open", "id": "x"}, {"act": "remove", "id": "x"}, {"act": "sample", "n": "１"},
    ],
    ids=str,
)  # fmt: skip
def test_clicks_on_nothing_are_refused(desk: Desk, data: dict[str, Any]) -> None:
    draft = desk.new("甲").id
    if data == {"act": "sample", "n": "１"}:
        events.act(desk, draft, "甲", data)  # a full-width figure is a figure
        return
    with pytest.raises(UsageError):
        events.act(desk, draft, "甲", data)


@pytest.mark.parametrize(
    "sets",
    [None, "x", [["table3.granted.total"]], [["x", "1"]], [["table3.granted.total", "1e9"]], [["table3.granted.total", 1]],
     [["table3.granted.total", "-"]], [[3, "1"]], [["table3.granted.total", "9" * 40]]],
    ids=str,
)  # fmt: skip
def test_cells_that_are_none_are_refused(desk: Desk, sets: object) -> None:
    with pytest.raises(UsageError):
        events.edit(desk, desk.new("甲").id, "甲", sets)


def test_a_fix_is_carried_out_and_undone(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年：复议2件，维持1件，纠正1件，其他结果0件，尚未审结0件。")
    talk.edit_cells([["table4.review.total", "3"]])
    fixable = [n for n, f in enumerate(talk.now.draft.findings) if f.code == "T4_SUM" and f.fix is not None]
    assert fixable
    fixed = events.act(desk, talk.now.id, talk.owner, {"act": "fix", "n": str(fixable[0])})
    assert _cell(desk, talk, "table4.review.total") == 2
    assert fixed.log[-1]["said"].startswith("采用改法")
    events.act(desk, talk.now.id, talk.owner, {"act": "undo"})
    assert _cell(desk, talk, "table4.review.total") == 3


def test_an_empty_message_changes_nothing(desk: Desk) -> None:
    assert events.say(desk, desk.new("甲").id, "甲", " \n").log == ()


@pytest.mark.parametrize("year", ["25", "二〇二五", "20255"])
def test_a_year_that_is_none(desk: Desk, year: str) -> None:
    with pytest.raises(UsageError, match="四位数字"):
        events.profile(desk, desk.new("甲").id, "甲", {"org": "清源县水利局", "year": year})


def test_what_is_shown_is_escaped(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("<b>清源县水利局</b>2025年：监督保障：<script>alert(1)</script>开展培训3次。", "<img src=x>")
    events.profile(desk, talk.now.id, talk.owner, {"org": "<i>局</i>", "year": "2025"})
    snapshot = desk.open(talk.now.id, talk.owner)
    for markup in (
        desk_html(snapshot),
        head_html(snapshot, desk.list("甲"), "<u>"),
        chips_html(snapshot),
        talk_html(snapshot.log),
    ):
        for tag in ("<script>", "<img", "<b>清", "<i>局", "<u>"):
            assert tag not in markup


def test_long_messages_are_shown_shortened(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS + "甲" * 5000)
    shown = messages_of(talk.now.log)[0]["content"]
    assert len(shown) < 1000
    assert "全文见“来源”" in shown


def test_an_uploaded_report_of_last_year_is_recognised(tmp_path: Path) -> None:
    options = DraftOptions(org="清源县水利局", year=2024)
    earlier = draft_text("没有收到申请，其余都是0。", options).report
    file = tmp_path / "清源县水利局2024年年报.docx"
    content = render(earlier, "docx")
    assert isinstance(content, bytes)
    file.write_bytes(content)
    now = draft_text(_FACTS, DraftOptions(org="清源县水利局", year=2025))
    assert intake.file_event(file, file.name, now)["kind"] == "previous"
    notes = tmp_path / "年报数据.txt"
    notes.write_text(_FACTS, encoding="utf-8")
    assert intake.file_event(notes, notes.name, now)["kind"] == "file"


@pytest.mark.parametrize("year", [2023, 2025])
def test_the_report_of_another_year_is_refused(tmp_path: Path, year: int) -> None:
    report = draft_text("没有收到申请，其余都是0。", DraftOptions(org="清源县水利局", year=year)).report
    file = tmp_path / f"清源县水利局{year}年年报.json"
    content = render(report, "json")
    file.write_text(content if isinstance(content, str) else content.decode(), encoding="utf-8")
    now = draft_text(_FACTS, DraftOptions(org="清源县水利局", year=2025))
    with pytest.raises(InputError, match=f"{year} 年"):
        intake.previous_event(file, file.name, now)
    with pytest.raises(InputError, match="2024 年的年报" if year == 2023 else "已成文"):
        intake.file_event(file, file.name, now)


def test_last_years_report_of_another_unit_is_pointed_out(desk: Desk, tmp_path: Path) -> None:
    report = draft_text("没有收到申请，其余都是0。", DraftOptions(org="清源县教育局", year=2024)).report
    file = tmp_path / "年报.json"
    content = render(report, "json")
    file.write_text(content if isinstance(content, str) else content.decode(), encoding="utf-8")
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报")
    talk.send(intake.previous_event(file, file.name, talk.now.draft))
    assert "清源县教育局" in talk.reply


def test_a_report_is_known_by_what_it_holds_and_not_by_its_name(tmp_path: Path) -> None:
    report = draft_text("没有收到申请，其余都是0。", DraftOptions(org="清源县水利局", year=2024)).report
    file = tmp_path / "资料1.txt"
    file.write_text(str(render(report, "txt")), encoding="utf-8")
    now = draft_text(_FACTS, DraftOptions(org="清源县水利局", year=2025))
    assert intake.file_event(file, file.name, now)["kind"] == "previous"


@pytest.mark.parametrize(
    ("before", "told"),
    [("某市清源县水利局", False), ("清源县水务局", False), ("清源县教育局", True)],
    ids=["longer name", "renamed", "another unit"],
)
def test_last_years_unit_is_judged_as_a_check_judges_it(tmp_path: Path, before: str, told: bool) -> None:
    rules = RuleSettings(renamed={"清源县水利局": "清源县水务局"})
    office = Desk(tmp_path / "desk", profile=Profile(rules=rules))
    earlier = draft_text("没有收到申请，其余都是0。", DraftOptions(org=before, year=2024)).report
    talk = Talk(office)
    talk.say("清源县水利局2025年年报")
    talk.send(intake.previous_event(str(render(earlier, "json")).encode(), "年报.json", talk.now.draft))
    assert (f"“{before}”" in talk.reply) is told
    office.close()


def test_a_finished_report_that_is_pasted_starts_the_draft_as_it_does_elsewhere(desk: Desk) -> None:
    options = DraftOptions(org="清源县水利局", year=2025)
    report = draft_text(_FACTS, options).report
    pasted = str(render(report, "txt"))
    talk = Talk(desk)
    talk.say(pasted)
    assert talk.now.draft.report.tables == draft_text(pasted, DraftOptions()).report.tables == report.tables


def test_a_file_without_tables_is_no_report(tmp_path: Path) -> None:
    file = tmp_path / "说明.txt"
    file.write_text("没有表格", encoding="utf-8")
    with pytest.raises(InputError):
        intake.previous_event(file, file.name, draft_text("", DraftOptions()))


def test_the_examples_are_three() -> None:
    assert len(samples()) == 3


_ALONE = gr.Request(username="")


@pytest.fixture
def page(desk: Desk, tmp_path: Path) -> Iterator[_Page]:
    """The page's events."""
    turnstile = Turnstile()
    yield _Page(desk, Uploads(tmp_path / "uploads"), turnstile)
    turnstile.close()


def _send(page: _Page, text: str, draft: str, picked: str = "") -> list[Any]:
    return asyncio.run(page.message({"text": text, "files": []}, picked, draft, _ALONE))


def test_who_is_quicker_than_the_page_loses_nothing(desk: Desk, page: _Page) -> None:
    box, shown, *_ = _send(page, "新收申请5件", "")
    assert box == gr.skip(), "what is being typed by now stays"
    assert [t["said"] for t in desk.open(shown, "local").log] == ["新收申请5件"]


def test_what_could_not_be_taken_in_stays_in_the_box(page: _Page) -> None:
    with pytest.warns(UserWarning, match="我的草稿"):
        out = _send(page, "新收申请5件", "nobody's")
    assert out[0].value["text"] == "新收申请5件"


def test_files_that_the_box_itself_names_are_not_looked_at(desk: Desk, page: _Page, tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(_FACTS, encoding="utf-8")
    box = {"text": "", "files": [str(file)]}
    _, shown, *_ = asyncio.run(page.message(box, "", desk.new("local").id, _ALONE))
    assert desk.open(shown, "local").log == ()
    with pytest.warns(UserWarning, match="找不到上传的文件"):
        asyncio.run(page.previous(str(file), str(file), shown, _ALONE))
    assert file.exists()


@pytest.mark.parametrize("data", [None, 7, "x", ["act"], {"act": {"act": 1}}], ids=str)
def test_an_event_with_anything_in_it_is_one_line(page: _Page, data: object) -> None:
    with pytest.warns(UserWarning, match="；请"):
        asyncio.run(page.click("", _ALONE, gr.EventData(None, data)))


def _long(kind: str, size: int) -> Event:
    return Event(kind=kind, name="a.txt", text="甲" * size)


def test_what_a_draft_may_cost_is_cut_with_the_way_out(desk: Desk) -> None:
    draft = desk.new("甲").id
    for event in (_long("message", LONGEST_MESSAGE + 1), _long("file", LONGEST_FILE + 1)):
        with pytest.raises(NianbaoError, match="；请"):
            desk.send(draft, "甲", event)
    log = [{**new_turn(Event(kind="file")), "source": "a", "text": "甲" * MOST_TEXT}]
    with pytest.raises(UsageError, match="请“撤销”"):
        hold_within(_long("message", 1), log, lambda turn: turn["text"])  # type: ignore[arg-type]  # turns are dicts
    hold_within(Event(kind="undo"), log, lambda turn: turn["text"])  # type: ignore[arg-type]  # turns are dicts
