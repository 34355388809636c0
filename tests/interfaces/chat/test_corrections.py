"""Corrections in few words: amounts in their unit, what a figure was, a change by so many; talk is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.forms import CellKey
from assistant.interfaces.chat.desk import Desk
from assistant.report.facts import Value
from tests.interfaces.chat.support import Talk

_BASE = (
    "清源县水利局2026年年报。新收20件，都是自然人。没有上年结转。予以公开10件，部分公开5件，不掌握3件，信访2件。"
    "行政许可12件，处罚3件，收费3000元。复议3件，均维持。诉讼没有。"
)


def _talk(desk: Desk, *more: str) -> Talk:
    talk = Talk(desk)
    talk.say(_BASE, *more)
    return talk


def _value(talk: Talk, where: str) -> Value | None:
    return talk.now.draft.report.value(CellKey.parse(where))


@pytest.mark.parametrize(
    ("words", "wan"),
    [
        ("收费改成2500元", "0.25"),
        ("行政事业性收费应为1.2万元", "1.2"),
        ("收费改成3万", "3"),
        ("收费不对，是3万2", "3.2"),
        ("更正：行政事业性收费（元）：31500", "3.15"),
    ],
)
def test_an_amount_is_kept_in_the_unit_of_its_cell(desk: Desk, words: str, wan: str) -> None:
    talk = _talk(desk, words)
    assert _value(talk, "table2.admin_fee.amount_wan") == Decimal(wan)
    assert f"{wan}万元" in talk.reply


def test_an_amount_without_a_unit_is_asked_back(desk: Desk) -> None:
    talk = _talk(desk, "收费改成2500")
    assert _value(talk, "table2.admin_fee.amount_wan") == Decimal("0.3")
    talk.say(next(c for c in talk.choices if c.endswith("2500元")))
    assert _value(talk, "table2.admin_fee.amount_wan") == Decimal("0.25")


def test_figures_told_by_what_they_were(desk: Desk) -> None:
    talk = _talk(desk, "许可12改120，处罚3改30")
    assert _value(talk, "table2.admin_license.decisions") == 120
    assert _value(talk, "table2.admin_penalty.decisions") == 30


@pytest.mark.parametrize("words", ["把3改成4", "应该是6件", "把8改成9"])
def test_what_does_not_say_which_figure_changes_none(desk: Desk, words: str) -> None:
    before = _talk(desk).now.draft.report
    talk = _talk(desk, words)
    assert talk.now.draft.report.tables == before.tables
    assert talk.now.asked is not None
    assert talk.now.asked.code == "AMBIGUOUS_MAP"


def test_the_only_figure_of_the_last_message_is_meant(desk: Desk) -> None:
    talk = _talk(desk, "行政强制2件", "应该是6件")
    assert _value(talk, "table2.admin_compulsion.decisions") == 6


@pytest.mark.parametrize(
    ("words", "row", "value"),
    [
        ("部分公开减一件", "partial", 4),
        ("予以公开多算了一件", "granted", 9),
        ("信访漏了1件", "np_petition", 3),
        ("加一件信访的", "np_petition", 3),
    ],
)
def test_a_change_by_so_many(desk: Desk, words: str, row: str, value: int) -> None:
    assert _talk(desk, words).cell(row) == value


@pytest.mark.parametrize("words", ["怎么还没好啊", "让我想想", "这个表对吗", "等一下"])
def test_talk_is_not_written_into_the_report(desk: Desk, words: str) -> None:
    talk = _talk(desk, "规章、规范性文件、强制都没有。没有结转下年度。信息处理费没有收取。其余都是0")
    talk.confirm()
    assert talk.now.asked is not None
    assert talk.now.asked.about[0].startswith("s1.")
    talk.say(words)
    assert all(words not in text for text in talk.now.draft.report.sections.values())
    talk.say("通过门户网站公开信息320条")
    assert any("320条" in text for text in talk.now.draft.report.sections.values())


@pytest.mark.parametrize(
    ("words", "fee"),
    [
        ("200元", (200, None)),
        ("收了200元，涉及1件", (200, 1)),
        ("有，1件 60块", (60, 1)),
        ("信息处理费收了200元，涉及1件申请", (200, 1)),
    ],
)
def test_the_fee_is_answered_in_few_words(desk: Desk, words: str, fee: tuple[int, int | None]) -> None:
    talk = _talk(desk, "规章、规范性文件、强制都没有。没有结转下年度。其余都是0")
    talk.confirm()
    assert talk.now.asked is not None
    assert talk.now.asked.about == ("section6.info_fee_yuan",)
    talk.say(words)
    assert (talk.now.draft.report.info_fee.yuan, talk.now.draft.report.info_fee.cases) == fee
    assert talk.cell("new_received") == 20


def test_a_year_in_two_figures(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局的年报", "26")
    assert talk.now.draft.report.year == 2026


def test_rulings_answer_the_question_about_the_reviews(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2026年年报。没收到申请。没有上年结转，没有结转下年。复议3件。诉讼没有。表二全是0。")
    talk.confirm()
    assert talk.now.asked is not None
    assert "行政复议 3 件的结果" in talk.now.asked.text
    talk.say("两件维持，一件撤销")
    assert (_value(talk, "table4.review.upheld"), _value(talk, "table4.review.corrected")) == (2, 1)
    assert talk.cell("ot_other") in (None, 0)
