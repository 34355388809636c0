"""Holds what a conversation does: facts in, one question at a time, every turn a version that can be undone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.errors import UsageError
from assistant.interfaces.chat.desk import Desk
from assistant.interfaces.chat.turns import Event, completed, new_turn
from assistant.office.profile import Profile, RuleSettings, UnitSettings
from assistant.report import Level
from tests.interfaces.chat.support import EXAMPLES, Talk

_FACTS = "清源县水利局2025年依申请公开：新收5件，自然人3件，企业2件。没有上年结转。予以公开3件，部分公开1件，第三方1件。"


def test_a_report_from_one_answer_at_a_time(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(
        "清源县水利局", "2025年", "5件", "没有", "全部予以公开", "申请人都是自然人", "没有", "没有", "没有"
    )
    assert (talk.cell("granted", "natural_person"), talk.cell("carried_forward")) == (5, 0)
    assert talk.now.draft.report.info_fee.yuan == 0
    talk.say(
        "网站发布信息120条", "明确一名专人负责", "网站设了专栏", "培训2次", "更新不够及时", "明年每月更新一次"
    )
    assert talk.now.asked is None
    assert "可以下载" in talk.reply
    assert all(value is not None for _, value in talk.now.draft.report.filled())
    assert len(list(talk.now.draft.report.filled())) == 200
    assert "存在的主要问题" in talk.now.draft.report.sections["s5"]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_one_message_gives_what_the_command_gives(desk: Desk, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    talk = Talk(desk)
    talk.say(text)
    options = DraftOptions(org=talk.now.draft.report.org.name, year=talk.now.draft.report.year)
    assert options.org
    assert talk.now.draft.report == draft_text(text, options).report


def test_a_correction_in_a_later_message_reaches_the_earlier_one(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS, "说错了，部分公开是2件，第三方是0件")
    assert (talk.cell("partial"), talk.cell("deny_third_party")) == (2, 0)


def test_undo_redo_and_going_back(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS, "复议1件，维持", "没有诉讼")
    assert talk.cell("review", "upheld", "table4") == 1
    talk.undo()
    talk.undo()
    assert talk.cell("review", "upheld", "table4") is None
    talk.redo()
    assert talk.cell("review", "upheld", "table4") == 1
    assert talk.cell("litigation_direct", "total", "table4") is None
    talk.send({"kind": "goto", "turn": 1})
    assert len(talk.now.log) == 1
    talk.redo()
    talk.redo()
    assert talk.cell("litigation_direct", "total", "table4") == 0
    assert talk.now.undone == ()


def test_something_new_ends_what_could_be_redone(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS, "复议1件，维持")
    talk.undo()
    talk.say("没有复议")
    talk.redo()
    assert talk.cell("review", "total", "table4") == 0
    assert len(talk.now.log) == 2


def test_commands_on_an_empty_draft_do_nothing(desk: Desk) -> None:
    talk = Talk(desk)
    for event in (
        {"kind": "undo"},
        {"kind": "redo"},
        {"kind": "goto", "turn": 7},
        {"kind": "goto", "turn": -1},
    ):
        assert talk.send(Event(**event)).log == ()  # type: ignore[typeddict-item]


def test_every_turn_lives_on_disk(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "s")
    talk = Talk(desk)
    talk.say(_FACTS, "把予以公开改成2")
    talk.undo()
    before = talk.now
    desk.close()
    again = Desk(tmp_path / "s")
    after = again.latest("甲")
    again.close()
    assert (after.id, after.log, after.undone, after.draft) == (
        before.id,
        before.log,
        before.undone,
        before.draft,
    )
    assert after.asked == before.asked


def test_the_state_is_plain(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS, "把予以公开改成2")
    talk.edit(granted__natural_person=2)
    assert json.loads(json.dumps(talk.now.log)) == list(talk.now.log)


def test_the_same_turns_give_the_same_draft(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other")
    drafts = []
    for each in (desk, other):
        talk = Talk(each)
        talk.say(_FACTS, "第三方那一件挪到部分公开", "没有复议，没有诉讼")
        talk.edit(granted__natural_person=3)
        drafts.append((talk.now.draft, talk.now.log))
    other.close()
    assert drafts[0] == drafts[1]


def test_nobody_reaches_another_persons_draft(desk: Desk) -> None:
    mine = Talk(desk, "甲")
    mine.say(_FACTS)
    for attempt in (
        lambda: desk.open(mine.now.id, "乙"),
        lambda: desk.send(mine.now.id, "乙", {"kind": "message", "text": "其余都是0"}),
        lambda: desk.remove(mine.now.id, "乙"),
        lambda: desk.open("不存在", "甲"),
    ):
        with pytest.raises(UsageError, match="找不到这份草稿"):
            attempt()
    assert desk.list("乙") == []
    assert desk.latest("乙").id != mine.now.id
    assert [entry.title for entry in desk.list("甲")] == ["清源县水利局2025年年报"]


def test_drafts_are_listed_by_use_and_removed(desk: Desk) -> None:
    first, second = Talk(desk), Talk(desk)
    first.say(_FACTS)
    second.say("某镇人民政府2024年年报：没有收到申请。")
    assert [e.id for e in desk.list("甲")] == [second.now.id, first.now.id]
    first.say("没有复议")
    assert [e.id for e in desk.list("甲")] == [first.now.id, second.now.id]
    desk.remove(first.now.id, "甲")
    assert [e.id for e in desk.list("甲")] == [second.now.id]


def test_a_deleted_draft_leaves_no_words_behind(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    desk = Desk(folder)
    talk = Talk(desk)
    other = Talk(desk)
    for each in (talk, other):
        each.send({"kind": "file", "name": "材料.txt", "text": "行政许可41件。" * 400})
    talk.say("独一无二的说法：行政处罚7件。")
    desk.remove(talk.now.id, "甲")
    assert desk.open(other.now.id, "甲").draft == other.now.draft
    desk.close()
    for name, query in (
        ("turns.sqlite", "SELECT thread_id FROM checkpoints"),
        ("drafts.sqlite", "SELECT draft FROM blob"),
    ):
        with closing(sqlite3.connect(folder / name)) as db:
            assert {row[0] for row in db.execute(query)} == {other.now.id}


def test_last_years_report_brings_carry_overs(desk: Desk) -> None:
    earlier = draft_text("结转下年度2件，都是自然人。", DraftOptions(org="清源县水利局", year=2024)).report
    talk = Talk(desk)
    talk.send({"kind": "previous", "name": "2024年年报.docx", "report": earlier.model_dump_json()})
    assert talk.cell("carried_over", "natural_person") == 2
    assert (talk.now.draft.report.org.name, talk.now.draft.report.year) == ("清源县水利局", 2025)
    assert "带入上年结转" in talk.reply
    talk.undo()
    assert talk.cell("carried_over", "natural_person") is None


def test_a_file_is_a_source_of_its_own(desk: Desk) -> None:
    talk = Talk(desk)
    matrix = (EXAMPLES / "matrix_2023.txt").read_text(encoding="utf-8")
    talk.send({"kind": "file", "name": "统计.xlsx", "text": matrix * 5})
    talk.send({"kind": "file", "name": "统计.xlsx", "text": "行政许可5120件"})
    assert list(talk.now.draft.sources) == ["统计.xlsx", "统计.xlsx（2）"]
    assert talk.now.log[0]["text"] == "", "long texts are kept beside the state"
    assert talk.cell("granted", "biz_enterprise") == 4


def test_a_question_can_be_put_off(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS)
    from assistant.interfaces.chat.asking import key_of

    first = talk.now.asked
    assert first is not None
    talk.send({"kind": "skip", "key": key_of(first)})
    assert talk.now.asked is not None
    assert talk.now.asked != first


def test_a_contradiction_is_asked_with_both_figures(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年：行政许可12件。", "行政许可15件。")
    assert talk.choices == ("把行政许可改成12", "把行政许可改成15")
    talk.say(talk.choices[1])
    assert talk.cell("admin_license", "decisions", "table2") == 15
    assert all(f.code != "CONFLICT" for f in talk.now.draft.findings)


def test_words_that_fit_several_figures_are_asked_and_each_choice_works(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(
        "清源县水利局2025年：新收5件，自然人3件，企业2件。予以公开4件，自然人3件，企业1件。", "把自然人改成2"
    )
    choices = talk.choices
    assert choices == ("把本年新收的自然人改成2", "把予以公开的自然人改成2")
    for choice, row in zip(choices, ("new_received", "granted"), strict=True):
        talk.say(choice)
        assert talk.cell(row, "natural_person") == 2
        talk.undo()


def test_what_is_not_understood_is_said(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("今天天气不错")
    assert "没有从中读出" in talk.reply
    assert talk.now.draft.report.sections["s1"].count("【待补充") >= 4


@pytest.mark.parametrize(
    "text",
    ["", "　", "<script>alert(1)</script>", "{{ 7*7 }}", "\x00\ud800", "9" * 5000, "把把把改成改成4"],
    ids=range(7),
)
def test_odd_messages_are_survived(desk: Desk, text: str) -> None:
    talk = Talk(desk)
    talk.say(_FACTS, text)
    assert talk.cell("new_received") == 5


def test_a_conversation_of_an_older_version_goes_on() -> None:
    older = {"kind": "message", "said": "新收5件", "source": "第1句话", "text": "新收5件", "reply": "已读入"}
    (turn,) = completed([older])  # type: ignore[list-item]  # what an older version kept has fewer keys
    assert set(turn) == set(new_turn(Event(kind="message")))
    assert (turn["said"], turn["read"], turn["patches"]) == ("新收5件", [], [])


def test_the_office_names_its_unit_and_a_clerk_may_name_another(tmp_path: Path) -> None:
    office = Profile(UnitSettings(name="清河县水利局", level=Level.COUNTY), RuleSettings())
    desk = Desk(tmp_path / "office", profile=office)
    talk = Talk(desk)
    own = talk.say("2024年新收3件，都是自然人，予以公开3件，没有结转。").draft.report.org
    assert (own.name, own.level) == ("清河县水利局", Level.COUNTY)
    other = talk.say("双庙镇人民政府2024年年报").draft.report.org
    assert (other.name, other.level) == ("双庙镇人民政府", Level.TOWN)
    desk.close()
