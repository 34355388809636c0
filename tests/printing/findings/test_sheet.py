"""Findings as a workbook: the ranking first, one sheet a unit, no formula, ready for paper."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant.printing.findings import FORMATS, Checked, Review
from assistant.printing.findings.sheet import RANKING, sheet_names
from assistant.report import UnitProfile
from assistant.report.draft import CheckResult
from evals.lawful import lawful_report
from tests.printing.findings.checked import checked, faulty, review, unreadable, write


def book(found: Review) -> Workbook:
    data = FORMATS["xlsx"].render(found)
    assert isinstance(data, bytes)
    return load_workbook(BytesIO(data))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    head, *lines = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def named(name: str) -> Checked:
    report = faulty().model_copy(update={"org": UnitProfile(name=name)})
    return Checked(CheckResult(file=f"{len(name)}.txt", report=report))


def test_the_first_sheet_ranks_the_units_and_leads_to_their_findings(tmp_path: Path) -> None:
    found = review(
        write(tmp_path, lawful_report(5), "txt", "甲"), unreadable(), write(tmp_path, faulty(), "txt")
    )
    workbook = book(found)
    assert workbook.sheetnames[0] == RANKING
    ranking = rows(workbook[RANKING])
    assert [row["建议"] for row in ranking] == ["退回改正", "重新报送", "可以通过"]
    assert (ranking[0]["错误"], ranking[1]["错误"]) == (1, None)
    assert "无法读取" in str(ranking[1]["首要问题"])
    link = workbook[RANKING].cell(2, list(ranking[0]).index("明细") + 1).hyperlink
    assert link is not None
    assert link.location == f"'{workbook.sheetnames[1]}'!A1"
    assert len(workbook.sheetnames) == 3


def test_one_row_a_finding_in_plain_chinese(tmp_path: Path) -> None:
    found = review(write(tmp_path, faulty(), "txt"))
    lines = rows(book(found).worksheets[1])
    assert len(lines) == len(found.units[0].items)
    assert {line["程度"] for line in lines} <= {"错误", "警告", "提示"}
    first = next(line for line in lines if str(line["规则"]).startswith("T4_SUM"))
    assert first["位置"] == "第四部分表格“行政复议·总计”等 5 格"
    assert (first["应为"], first["现为"]) == (3, 4)


@pytest.mark.parametrize("lead", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_words_of_a_report_never_become_a_formula(lead: str) -> None:
    workbook = book(review(named(f"{lead}县人民政府"), named("乙县人民政府")))
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value.lstrip().startswith(tuple("=+-@")):
                    assert cell.quotePrefix


def test_names_of_sheets_are_safe_short_and_unique() -> None:
    long = "某某省某某自治州某某县某某乡某某社区某某居民委员会某某办公室"
    units = [named(n) for n in (long * 2, long * 2, "甲/乙:县*", "'", "A局", "a局", RANKING, "")]
    names = list(sheet_names(review(*units).units).values())
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(set(name) & set("[]:*?/\\") or name.startswith("'") for name in names)
    assert RANKING not in names


def test_sheets_are_ready_for_paper_and_for_filtering(tmp_path: Path) -> None:
    for sheet in book(review(write(tmp_path, faulty(), "txt"))).worksheets:
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for cell in sheet[2])
        assert sheet.column_dimensions["C"].width >= 7


def test_what_a_sheet_cannot_hold_is_left_out() -> None:
    name = "甲\x00\x0b\ud800县\ufffe人民政府"
    assert rows(book(review(named(name)))[RANKING])[0]["单位"] == "甲县人民政府"


def test_accepted_exceptions_are_listed_with_their_reason(tmp_path: Path) -> None:
    workbook = book(review(checked(write(tmp_path, faulty(), "txt"), accepted="T4_SUM")))
    assert rows(workbook[RANKING])[0]["例外"] == 1
    assert [r["例外理由"] for r in rows(workbook.worksheets[1]) if r["例外理由"]] == ["经核实无误"]


def test_the_same_findings_give_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "txt")
    assert FORMATS["xlsx"].render(review(path)) == FORMATS["xlsx"].render(review(path))
