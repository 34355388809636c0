"""Title, unit, year, preamble and section headings in the variants of real reports."""

from __future__ import annotations

import pytest

from assistant.printing.reports import render
from assistant.reading import read_report
from assistant.reading.fees import read_fee
from evals.lawful import lawful_report

REPORT = lawful_report(3)
BODY = str(render(REPORT, "txt")).split("\n", 1)[1]
PREAMBLE = "本报告由清河县民政局根据《中华人民共和国政府信息公开条例》编制，统计期限自2023年1月1日起至2023年12月31日止。"
TABLES = BODY[BODY.index("二、主动公开") : BODY.index("五、存在的")]


@pytest.mark.parametrize(
    ("title", "unit", "year"),
    [
        ("清河县民政局2023年政府信息公开工作年度报告", "清河县民政局", 2023),
        ("清河县民政局 2023 年政府信息公开工作年度报告", "清河县民政局", 2023),
        ("清河县民政局２０２３年度政府信息公开年度报告", "清河县民政局", 2023),
        ("清河县民政局二〇二三年政府信息公开工作年度报告", "清河县民政局", 2023),
        ("关于清河县民政局2023年政府信息公开工作年度报告", "清河县民政局", 2023),
        ("清河县民政局\n2023年政府信息公开工作年度报告", "清河县民政局", 2023),
        ("清河县民政局2023年\n政府信息公开工作年度报告", "清河县民政局", 2023),
        ("2023年政府信息公开工作年度报告", "清河县民政局", 2023),
        ("清河县民政局政府信息公开工作年度报告", "清河县民政局", 2023),
        ("清河县民政局2023年政府信息公开年报", "清河县民政局", 2023),
    ],
)
def test_unit_and_year_of_a_title(title: str, unit: str, year: int) -> None:
    text = f"{title}\n{PREAMBLE}\n{BODY[BODY.index('一、总体情况') :]}"
    report = read_report(text.encode(), "a.txt")
    assert (report.org.name, report.year) == (unit, year)
    assert report.preamble == PREAMBLE
    assert report.title == title.replace("\n", "")


def test_without_a_title_nothing_is_invented() -> None:
    report = read_report(BODY[BODY.index("一、总体情况") :].encode(), "a.txt")
    assert (report.title, report.org.name, report.year) == ("", "", None)
    assert report.tables == REPORT.tables


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("二、行政机关主动公开政府信息情况", "s2"),
        ("三、行政机关收到和处理政府信息公开申请情况", "s3"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "s4"),
        ("五、存在问题及改进情况", "s5"),
        ("五、存在的主要问题和改进措施", "s5"),
        ("五、政府信息公开工作存在的主要问题及改进情况", "s5"),
        ("六、需要报告的其他事项", "s6"),
        ("六、其它需要报告的事项", "s6"),
        ("一、 总 体 情 况", "s1"),
        ("总体情况", "s1"),
        ("五、存在的主要问题及改进情况。", "s5"),
    ],
)
def test_variants_of_section_titles(printed: str, key: str) -> None:
    title = REPORT.layout.section(key).title
    report = read_report((REPORT.title + "\n" + BODY.replace(title, printed)).encode(), "a.txt")
    assert report.printed is not None
    heading = next(h for h in report.printed.headings if h.key == key)
    assert heading.text == printed
    assert report.sections == REPORT.sections
    assert report.tables == REPORT.tables


def test_heading_with_its_words_on_the_same_line() -> None:
    words = REPORT.sections["s6"]
    text = BODY.replace(f"六、其他需要报告的事项\n\n{words}", f"六、其他需要报告的事项：{words}")
    report = read_report((REPORT.title + "\n" + text).encode(), "a.txt")
    assert report.sections["s6"] == words
    assert report.printed is not None
    last = report.printed.headings[-1]
    assert report.printed.text[last.body_start :].startswith(words[:8])


def test_table_of_contents_is_not_the_report() -> None:
    contents = "\n".join(section.title for section in REPORT.layout.sections)
    report = read_report(f"{REPORT.title}\n目录\n{contents}\n{BODY}".encode(), "a.txt")
    assert report.sections == REPORT.sections


def test_sections_out_of_order_keep_their_words() -> None:
    head, tail = BODY.split("五、存在的主要问题及改进情况")
    five, six = tail.split("六、其他需要报告的事项")
    text = f"{REPORT.title}\n{head}六、其他需要报告的事项{six}五、存在的主要问题及改进情况{five}"
    report = read_report(text.encode(), "a.txt")
    assert report.sections == REPORT.sections
    assert report.printed is not None
    assert [h.key for h in report.printed.headings] == ["s1", "s2", "s3", "s4", "s6", "s5"]


def test_a_missing_section_is_empty() -> None:
    text = BODY[: BODY.index("六、其他需要报告的事项")]
    report = read_report((REPORT.title + "\n" + text).encode(), "a.txt")
    assert report.sections["s6"] == ""
    assert report.printed is not None
    assert "s6" not in [h.key for h in report.printed.headings]


def test_an_unknown_heading_is_kept_and_named() -> None:
    report = read_report(f"{REPORT.title}\n{BODY}\n七、附件清单\n附件略。".encode(), "a.txt")
    assert report.printed is not None
    assert [h.text for h in report.printed.headings if h.key is None] == ["七、附件清单"]
    assert report.sections["s6"].endswith("七、附件清单\n附件略。")


@pytest.mark.parametrize(
    ("prose", "yuan", "cases"),
    [
        ("2023年，我局未收取政府信息公开信息处理费。", 0, 0),
        ("本年度没有产生信息处理费。", 0, 0),
        ("全年收取政府信息公开信息处理费 0 元。", 0, 0),
        ("我单位未收到申请，未产生政府信息公开信息处理费用。", 0, 0),
        ("共收取信息处理费400元，涉及2件。", 400, 2),
        ("本年度对3件申请发出收费通知，收取信息处理费一千二百元。", 1200, 3),
        ("收取信息处理费0.04万元。", 400, None),
        ("收取信息处理费400元。另收取信息处理费100元。", None, None),
        ("本年度信息处理费按规定执行。", None, None),
        ("没有其他需要报告的事项。", None, None),
        ("", None, None),
    ],
)
def test_fees_only_where_the_words_leave_no_doubt(prose: str, yuan: int | None, cases: int | None) -> None:
    fee = read_fee(prose)
    assert (fee.yuan, fee.cases) == (yuan, cases)
