"""Holds that the chat copes with how people talk: 去年 for the report year, a town by its short name, questions back."""

from __future__ import annotations

import pytest

from assistant.interfaces.chat.desk import Desk
from tests.interfaces.chat.support import Talk

_LAST_YEAR = "我们是白塔镇的，去年收了4件申请，给了3件，有1件不归我们管"
_BROKEN = "清源县水利局2025年依申请公开：新收5件，都是自然人。没有上年结转。予以公开3件，都是自然人。办结3件。没有结转下年度。其余都是0。"


def test_last_year_may_mean_the_report_year(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_LAST_YEAR)
    assert "没有计入" in talk.reply
    assert talk.cell("new_received") is None
    talk.say(talk.choices[0])
    assert (talk.cell("new_received"), talk.cell("granted"), talk.cell("na_not_held")) == (4, 3, 1)
    talk.undo()
    assert talk.cell("new_received") is None


def test_last_year_may_mean_the_year_before(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_LAST_YEAR, "是上一年度的数，不计入本年")
    assert "已记下" in talk.reply
    assert talk.cell("new_received") is None
    assert talk.now.asked is not None
    assert talk.now.asked.code != "YEAR"


def test_last_years_figures_beside_this_years_are_not_asked_about(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报：去年收了4件申请，今年新收6件")
    assert talk.cell("new_received") == 6
    assert talk.now.asked is not None
    assert talk.now.asked.code != "YEAR"


def test_a_contradiction_offers_to_take_back_each_statement(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_BROKEN)
    assert "“办结3件”这句不算" in talk.choices
    talk.say("“办结3件”这句不算")
    assert "已撤回“办结3件”" in talk.reply
    assert talk.cell("result_total") == 5
    assert talk.errors == []


@pytest.mark.parametrize(
    ("words", "org", "year"),
    [
        ("我们是石桥镇政府，25年的。今年收到3个人的申请", "石桥镇人民政府", 2025),
        ("清源县档案馆，2025年", "清源县档案馆", 2025),
        ("单位是清源县第一中学，2025年度", "清源县第一中学", 2025),
        ("清源县水利局2025年依申请公开：新收5件", "清源县水利局", 2025),
    ],
)
def test_the_unit_and_the_year_in_passing(desk: Desk, words: str, org: str, year: int) -> None:
    talk = Talk(desk)
    talk.say(words)
    assert (talk.now.draft.report.org.name, talk.now.draft.report.year) == (org, year)
    assert talk.now.draft.activities == ()


def test_the_county_can_be_put_before_the_name_later(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("我们是石桥镇政府，25年的", "清源县石桥镇人民政府")
    assert talk.now.draft.report.org.name == "清源县石桥镇人民政府"


def test_a_question_put_twice_in_vain_steps_back(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("今天天气不错", "是啊")
    assert talk.reply.endswith("（例如：清源县水利局、司寨乡人民政府）。")
    talk.say("那就这样")
    assert talk.now.asked is not None
    assert talk.now.asked.about != ("org",)
    assert talk.now.asked.text in talk.reply


@pytest.mark.parametrize(
    ("words", "answer"),
    [("怎么填？", "表格可以直接粘贴"), ("什么叫不予处理？", "重复申请"), ("我不知道有多少件", "先跳过")],
)
def test_questions_back_are_answered(desk: Desk, words: str, answer: str) -> None:
    talk = Talk(desk)
    talk.say(words)
    assert answer in talk.reply
    assert talk.now.draft.facts == ()


def test_a_figure_that_was_not_read_is_named(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报：新收申请5件，其中3件挺麻烦的事情", "嗯嗯，另外大概37那个")
    assert "没有读懂" in talk.reply or "没有从中读出" in talk.reply


def test_what_was_said_before_changes_nothing(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报：新收申请5件", "新收申请5件")
    assert "没有变化" in talk.reply


def test_the_rest_is_not_asked_for_twice(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报：新收3件，都是自然人。", "其余都是0")
    open_codes = [q.code for q in talk.now.draft.questions]
    assert talk.now.asked is None or talk.now.asked.code != "BLANK_ZERO", open_codes


def test_the_list_of_drafts_tells_when_each_was_changed(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报")
    (entry,) = desk.list("甲")
    assert entry.changed[4:5] == "-"
