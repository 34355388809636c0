"""What is printed is reported as printed: misprints, blanks, old forms, merged rows, extra rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.forms import CellKey
from assistant.printing.reports import render
from assistant.reading import read_report
from assistant.report import AnnualReport, Printed, PrintedLabel
from evals.lawful import lawful_report

REPORT = lawful_report(3)
TEXT = str(render(REPORT, "txt"))
FIRST_KEY = CellKey("table3", "granted", "natural_person")


def read(text: str, name: str = "report.txt") -> tuple[AnnualReport, Printed]:
    report = read_report(text.encode(), name)
    assert report.printed is not None
    return report, report.printed


def row_of(text: str, label: str) -> str:
    return next(line for line in text.split("\n") if label in line and "\t" in line)


def with_row(label: str, figures: list[str]) -> str:
    """The text with the figures of one row of table 3 replaced."""
    row = row_of(TEXT, label)
    head = row.split("\t")[:3]
    return TEXT.replace(row, "\t".join([*head, *figures]))


def label_of(printed: Printed, expected: str) -> PrintedLabel:
    return next(label for label in printed.labels if label.expected == expected)


@pytest.mark.parametrize(
    ("words", "value", "valid"),
    [
        ("12", 12, True),
        ("１２", 12, True),
        ("1,318", 1318, True),
        ("1，318", 1318, True),
        ("12件", 12, True),
        ("-1", -1, False),
        ("1.5", Decimal("1.5"), False),
        ("2.0", 2, False),
        ("", None, False),
        ("/", None, False),
        ("—", None, False),
        ("无", None, False),
        ("十二", None, False),
        ("详见附表", None, False),
        ("12元", None, False),
        ("9" * 30, None, False),
    ],
)
def test_what_stands_in_a_cell(words: str, value: int | Decimal | None, valid: bool) -> None:
    report, printed = read(with_row("（一）予以公开", [words, "0", "0", "0", "0", "0", "0"]))
    assert report.value(FIRST_KEY) == value
    assert report.value(FIRST_KEY._replace(col="total")) == 0
    odd = {cell.where: cell for cell in printed.cells}
    assert (str(FIRST_KEY) in odd) is not valid
    if not valid:
        assert odd[str(FIRST_KEY)].text == words
        assert printed.text[odd[str(FIRST_KEY)].start :].startswith(words)


def test_only_the_total_is_filled() -> None:
    report, printed = read(with_row("（一）予以公开", ["", "", "", "", "", "", "5"]))
    assert [report.value(FIRST_KEY._replace(col=c.key)) for c in report.layout.table("table3").columns] == [
        None
    ] * 6 + [5]
    assert len(printed.cells) == 6


def test_too_few_figures_are_not_guessed() -> None:
    row = row_of(TEXT, "（一）予以公开")
    report, printed = read(TEXT.replace(row, "\t（一）予以公开\t3\t4"))
    assert report.value(FIRST_KEY) is None
    assert any("（一）予以公开" in line and "3、4" in line for line in printed.unread)


def test_misprinted_label_is_found_and_named() -> None:
    report, printed = read(
        TEXT.replace("2.其他法律行政法规禁止公开", "2.其他法律行政止公开").replace(
            "本年废止件数", "本年度止件数"
        )
    )
    assert report.tables == REPORT.tables
    assert label_of(printed, "2.其他法律行政法规禁止公开").text == "2.其他法律行政止公开"
    header = label_of(printed, "本年废止件数")
    assert (header.table, header.kind, header.key) == ("table2", "column", "abolished")
    assert printed.text[header.start :].startswith("本年度止件数")
    assert len(printed.labels) == 2


def test_missing_row_is_blank_and_named() -> None:
    row = row_of(TEXT, "4.保护第三方合法权益")
    report, printed = read(TEXT.replace(row + "\n", ""))
    assert all(value is None for value in report.table3["deny_third_party"].values())
    assert label_of(printed, "4.保护第三方合法权益").text == ""
    assert any("4.保护第三方合法权益" in line for line in printed.unread)
    assert report.table3["deny_internal_affairs"] == REPORT.table3["deny_internal_affairs"]


def test_extra_row_is_named_and_counts_nowhere() -> None:
    row = row_of(TEXT, "8.属于行政查询事项")
    report, printed = read(TEXT.replace(row, row + "\n\t\t9.属于商业机密资料\t7\t0\t0\t0\t0\t0\t7"))
    assert report.tables == REPORT.tables
    assert any("9.属于商业机密资料" in line for line in printed.unread)


def test_missing_corner_note() -> None:
    _, printed = read(TEXT.replace(REPORT.layout.table("table3").corner, ""))
    assert label_of(printed, REPORT.layout.table("table3").corner).text == ""


def test_corner_note_above_the_table_is_printed() -> None:
    note = REPORT.layout.table("table3").corner
    report, printed = read(
        TEXT.replace(note, "").replace(
            "三、收到和处理政府信息公开申请情况\n", f"三、收到和处理政府信息公开申请情况\n{note}\n"
        )
    )
    assert printed.labels == ()
    assert report.sections["s3"] == ""


def merged_text(figures: str) -> str:
    lines = TEXT.split("\n")
    at = next(i for i, line in enumerate(lines) if "（六）其他处理" in line)
    return "\n".join([*lines[:at], f"\t（六）其他处理\t\t{figures}", *lines[at + 3 :]])


def test_three_rows_printed_as_one_row_of_zeros() -> None:
    report, printed = read(merged_text("0\t0\t0\t0\t0\t0\t0"))
    assert printed.merged_other
    assert report.form == "2021"
    assert {
        v for row in ("ot_no_correction", "ot_unpaid_fee", "ot_other") for v in report.table3[row].values()
    } == {0}
    assert printed.unread == ()


def test_three_rows_printed_as_one_row_with_figures() -> None:
    report, printed = read(merged_text("2\t0\t0\t0\t0\t0\t2"))
    assert printed.merged_other
    assert report.table3["ot_other"]["natural_person"] is None
    assert report.table3["ot_other"]["biz_enterprise"] == 0
    assert len(printed.unread) == 1
    assert "自然人 2" in printed.unread[0]


def test_the_old_form_under_a_new_year() -> None:
    old = lawful_report(2, form="2019")
    text = str(render(old, "txt")).replace(f"{old.year}年", "2023年")
    report, printed = read(text)
    assert (report.form, report.year) == ("2019", 2023)
    assert report.tables == old.tables
    assert {"本年新制作数量", "政府集中采购", "上一年项目数量"} <= set(printed.old_form_marks)


def test_table_four_part_by_part() -> None:
    lines = TEXT.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("行政复议\t"))
    values = lines[at + 3].split("\t")
    names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    header = "\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
    parts = ["\t".join([name, *values[i * 5 : i * 5 + 5]]) for i, name in enumerate(names)]
    report, _ = read("\n".join([*lines[:at], header, *parts, *lines[at + 4 :]]))
    assert report.table4 == REPORT.table4


def test_table_four_with_a_figure_too_few() -> None:
    lines = TEXT.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("行政复议\t")) + 3
    report, printed = read("\n".join([*lines[:at], lines[at].rpartition("\t")[0], *lines[at + 1 :]]))
    assert all(value is None for row in report.table4.values() for value in row.values())
    assert any("四、" in line for line in printed.unread)


def test_header_repeated_where_the_table_goes_on() -> None:
    lines = TEXT.split("\n")
    top = next(i for i, line in enumerate(lines) if line.startswith("（本列数据"))
    middle = next(i for i, line in enumerate(lines) if "3.补正后申请内容仍不明确" in line)
    report, printed = read("\n".join([*lines[:middle], "", *lines[top : top + 3], *lines[middle:]]))
    assert report.tables == REPORT.tables
    assert (printed.labels, printed.unread) == ((), ())


def test_offsets_point_into_the_text() -> None:
    _, printed = read(TEXT)
    for heading, section in zip(printed.headings, REPORT.layout.sections, strict=True):
        assert printed.text[heading.start :].startswith(section.title)
        if REPORT.sections[section.key]:
            assert printed.text[heading.body_start :].startswith(REPORT.sections[section.key][:5])
