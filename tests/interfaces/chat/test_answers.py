"""Answers in a conversation: the list of unsure figures, and questions about rows and figures that nobody could place."""

from __future__ import annotations

from assistant.interfaces.chat.desk import Desk
from assistant.report.findings import Question
from tests.interfaces.chat.support import Talk

_UNIT = "清源县水利局2025年年报。"
_HEAD = "登记编号\t收到日期\t申请人\t申请人类型\t答复日期\t答复结果\n"
_FIRST = (
    "1\t2025-01-03\t张三\t自然人\t2025-01-20\t予以公开\n"
    "2\t2025-03-03\t王五\t自然人\t2025-03-20\t转交其他科室\n"
    "3\t2025-03-04\t赵六\t自然人\t2025-03-21\t转交其他科室\n"
)
_SECOND = "4\t2025-04-04\t孙七\t自然人\t2025-04-21\t转交其他科室\n"


def _asked(talk: Talk, code: str) -> Question | None:
    return next((q for q in talk.now.draft.questions if q.code == code), None)


def _unsure(talk: Talk) -> set[str]:
    return {f"{c.table}.{c.row}.{c.col}" for c in talk.now.draft.cells if c.status == "unconfirmed"}


def _unsure_talk(desk: Desk) -> Talk:
    talk = Talk(desk)
    talk.say(_UNIT + "许可12件，处罚大队那边8件。复议、诉讼没有。")
    assert _unsure(talk), "this must stay something that one reading alone says"
    assert talk.now.asked is not None
    assert talk.now.asked.code == "CONFIRM"
    assert talk.choices == ("都对",)
    return talk


def test_one_word_confirms_the_list(desk: Desk) -> None:
    talk = _unsure_talk(desk)
    before = _unsure(talk)
    talk.say("都对")
    assert f"已确认 {len(before)} 个数字。" in talk.reply
    assert _unsure(talk) == set()
    assert talk.now.asked is not None
    assert talk.now.asked.code != "CONFIRM"
    talk.say("处罚3件。")
    assert _unsure(talk) & before == set(), "it is kept when more is said"


def test_a_confirmation_is_undone_and_redone(desk: Desk) -> None:
    talk = _unsure_talk(desk)
    before = _unsure(talk)
    talk.say("对")
    talk.undo()
    assert _unsure(talk) == before
    talk.redo()
    assert _unsure(talk) == set()
    talk.say("刚才那句不算")
    assert _unsure(talk) == before


def test_all_but_one(desk: Desk) -> None:
    talk = _unsure_talk(desk)
    talk.say("除了复议是1件，其他都对")
    assert talk.cell("review", table="table4") == 1
    assert "行政复议·总计”由 0 改为 1" in talk.reply
    assert "table4.litigation_direct.total" not in _unsure(talk)


def test_what_the_wrong_one_is_comes_in_the_next_answer(desk: Desk) -> None:
    talk = _unsure_talk(desk)
    talk.say("除了复议都对")
    assert "已确认" in talk.reply
    assert talk.now.asked is not None
    assert talk.now.asked.text == "“行政复议·总计”应该是多少？"
    talk.say("2件")
    assert talk.cell("review", table="table4") == 2


def test_another_answer_is_no_confirmation(desk: Desk) -> None:
    talk = _unsure_talk(desk)
    before = _unsure(talk)
    talk.say("让我想想")
    assert _unsure(talk) == before


def test_an_answer_about_rows_is_kept_and_undone(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_UNIT)
    talk.send({"kind": "file", "name": "一.txt", "text": _HEAD + _FIRST})
    question = _asked(talk, "AMBIGUOUS_MAP")
    assert question is not None
    assert "第2、3行“转交其他科室”" in question.text
    talk.say("“转交其他科室”归本机关不掌握")
    assert talk.cell("na_not_held") == 2
    assert _asked(talk, "AMBIGUOUS_MAP") is None
    talk.undo()
    assert _asked(talk, "AMBIGUOUS_MAP") == question
    talk.redo()
    talk.say("刚才那句不算")
    assert talk.cell("na_not_held") is None


def test_it_holds_for_rows_that_come_later(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_UNIT)
    talk.send({"kind": "file", "name": "一.txt", "text": _HEAD + _FIRST})
    talk.say("“转交其他科室”归本机关不掌握")
    talk.send({"kind": "file", "name": "二.txt", "text": _HEAD + _SECOND})
    assert talk.cell("na_not_held") == 3
    assert _asked(talk, "AMBIGUOUS_MAP") is None


def test_the_question_that_stands_takes_the_bare_row(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_UNIT)
    talk.send({"kind": "file", "name": "一.txt", "text": _HEAD + _FIRST})
    while talk.now.asked is not None and talk.now.asked.code != "AMBIGUOUS_MAP":
        talk.say("都对")
    talk.say("归信访投诉")
    assert talk.cell("np_petition") == 2
    talk.undo()
    talk.say("本机关不掌握的")
    assert talk.cell("na_not_held") == 2


def test_a_choice_of_any_question_of_the_list_may_be_clicked(desk: Desk) -> None:
    talk = _unsure_talk(desk)
    talk.send({"kind": "file", "name": "表.txt", "text": "项目\t数量\n行政处罚\t5\n行政处罚\t7\n行政强制\t3"})
    question = _asked(talk, "AMBIGUOUS_MAP")
    assert question is not None
    talk.say(next(c for c in question.choices if "7" in c))
    assert talk.cell("admin_penalty", "decisions", "table2") == 7
    assert _asked(talk, "AMBIGUOUS_MAP") is None
