"""Holds how a user's words become written Chinese, and which numerals are figures."""

from __future__ import annotations

import pytest

from assistant.errors import FormError
from assistant.prose import figures_of
from assistant.prose.figures import counts_in_arabic
from assistant.prose.phrases import phrase
from assistant.prose.slots import SlotBook, settle
from assistant.prose.wording import clauses_of
from assistant.report.facts import Aspect
from tests.prose.support import report_of

_REPORT = report_of({"org": "延津县司寨乡人民政府", "year": 2023})


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("网站公开信息1136条", ["网站公开信息1136条"]),
        ("主动公开方面：公开信息五十条", ["公开信息50条"]),
        ("我们乡今年开了两次培训会,还有就是 公开栏贴了１２次", ["本年度召开2次培训会", "公开栏张贴12次"]),
        ("1.公开不太及时;2.网站www.abc.gov.cn更新慢", ["公开不够及时", "网站www.abc.gov.cn更新慢"]),
        ('按照豫政办(2021) 30号文件,坚持"先审查后公开"', ["按照豫政办〔2021〕30号文件，坚持“先审查后公开”"]),
        ("2023年，我乡3月召开会议", ["3月召开会议"]),
        ("我乡的专栏改版", ["我乡的专栏改版"]),
        ("2023年3月召开会议", ["2023年3月召开会议"]),
        ("没及时更新的栏目 3 个吧", ["未及时更新的栏目3个"]),
        ("最后一公里还没打通", ["最后一公里还没打通"]),
        ("电话0373-1234567", ["电话0373-1234567"]),
        ("办公时间8:30至17:30", ["办公时间8:30至17:30"]),
        ("检查 4 次,培训12，300人参加", ["检查4次，培训12，300人参加"]),
        ("编号2023 12，5G应用:试点", ["编号2023 12，5G应用：试点"]),
        ("司寨乡今年公开信息50条", ["本年度公开信息50条"]),
        ("司寨乡专栏更新40次", ["司寨乡专栏更新40次"]),
        ("司寨乡2023：公开信息129条", ["公开信息129条"]),
        ("另：清理文件12件）", ["清理文件12件"]),
        ("公开信息约1.29万条（按分项加起来填准数）", ["公开信息约1.29万条"]),
        ("制发文件方面。表格你直接用就行。这样写行不行？", []),
        ("2023年政府信息公开情况说明（供起草年报用）", []),
        ("按时发布2022年度政府信息公开年度报告", ["按时发布2022年度政府信息公开年度报告"]),
        ("。；，", []),
        ("\ue000f9\ue00112\ue002条", ["f912条"]),
    ],
)
def test_words(said: str, written: list[str]) -> None:
    assert [clause.text for clause in clauses_of(said, Aspect.OVERSIGHT, _REPORT, "f1")] == written


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("召开会议十二次", "召开会议12次"),
        ("每季度检查一次", "每季度检查1次"),
        ("公开信息1,136条", "公开信息1136条"),
        ("发布一万二千条信息", "发布12000条信息"),
        ("落实三项制度", "落实三项制度"),
        ("一事一审，一次性告知，一件事一次办", "一事一审，一次性告知，一件事一次办"),
        ("两三次", "两三次"),
        ("十几次、几十条", "十几次、几十条"),
        ("第二次会议", "第二次会议"),
        ("十二月召开", "十二月召开"),
        ("公开三条信息", "公开3条信息"),
    ],
)
def test_counts_in_arabic(before: str, after: str) -> None:
    assert counts_in_arabic(before) == after


def test_figures_are_numbers_and_counts_but_not_ordinals() -> None:
    text = "（一）一是2023年检查4次；二是培训十二次，满意率98.6%"
    assert [figure.text for figure in figures_of(text)] == ["2023", "4", "十二", "98.6"]


@pytest.mark.parametrize("said", ["无", "第六部分写无", "没有其他需要报告的事项", "其他事项：无"])
def test_nothing_else_to_report(said: str) -> None:
    clauses = clauses_of(said, Aspect.OTHER, _REPORT, "f1")
    assert [clause.text for clause in clauses] == ["无其他需要报告的事项"]


def test_a_list_of_quantities_is_told_from_a_measure() -> None:
    def counts(said: str) -> bool:
        return clauses_of(said, Aspect.OVERSIGHT, _REPORT, "f1")[0].counts

    assert counts("公众号发布46条，微博20条")
    assert not counts("建立台账，检查4次")


def test_a_template_cannot_print_a_blank() -> None:
    book = SlotBook(_REPORT, ())
    with pytest.raises(FormError, match="空白的数据"):
        book.n("table3.granted.total")
    with pytest.raises(FormError, match="不存在的数据"):
        book.value("table3.nonsense.total")


def test_a_template_cannot_use_a_name_it_is_not_given() -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        phrase("disclosure", SlotBook(_REPORT, ()))


def test_settling_keeps_the_spans() -> None:
    text, slots = settle("s1", f"公开{SlotBook.mark('f1', '12')}条、{SlotBook.mark('f2', '3')}次")
    assert text == "公开12条、3次"
    assert [(text[s.start : s.end], s.where) for s in slots] == [("12", "f1"), ("3", "f2")]
