"""The view: blanks, digits, places of cells, marks."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from assistant.errors import UsageError
from assistant.forms import FORM_VERSIONS, CellKey, Table, load_form
from assistant.printing.reports import FORMATS, Mark, format_named, marks_of, render
from assistant.printing.reports.grid import flat_rows, lay_out
from assistant.printing.reports.view import build_view, print_value
from assistant.report import AnnualReport, UnitProfile
from assistant.report.findings import Finding, Severity
from evals.lawful import lawful_report

TABLES = [(version, table) for version in FORM_VERSIONS for table in load_form(version).tables]
IDS = [f"{version}-{table.key}" for version, table in TABLES]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (0, "0"), (1318, "1318"), (-3, "-3"), (Decimal("7730.28"), "7730.28"), (Decimal("190.457379"), "190.457379"),
     (Decimal("0.0001"), "0.0001"), (Decimal("1.50"), "1.5"), (Decimal("1E+3"), "1000")],
)  # fmt: skip
def test_digits_are_exact_and_blank_is_empty(value: int | Decimal | None, text: str) -> None:
    assert print_value(value) == text


@pytest.mark.parametrize(("version", "table"), TABLES, ids=IDS)
def test_every_place_of_the_grid_is_covered_once(version: str, table: Table) -> None:
    grid = lay_out(table)
    covered = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.col, cell.col + cell.colspan)
    ]
    assert sorted(covered) == list(product(range(grid.rows), range(len(grid.widths))))
    assert [cell.key for cell in grid.cells if cell.key] == list(table.cells)
    assert sum(grid.widths) == pytest.approx(1)


@pytest.mark.parametrize(("version", "table"), TABLES, ids=IDS)
def test_flat_rows_hold_the_same_cells(version: str, table: Table) -> None:
    rows = flat_rows(table)
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if cell] == list(lay_out(table).cells)


def spans(version: str, table: str) -> dict[str, tuple[int, int]]:
    """Rowspan and colspan by label; of equal labels the first counts."""
    out: dict[str, tuple[int, int]] = {}
    for cell in lay_out(load_form(version).table(table)).cells:
        out.setdefault(cell.text, (cell.rowspan, cell.colspan))
    return out


def test_merged_cells_of_the_large_table_are_the_official_ones() -> None:
    found = spans("2021", "table3")
    assert found[load_form("2021").table("table3").corner] == (3, 3)
    assert (found["申请人情况"], found["自然人"], found["总计"], found["法人或其他组织"]) == (
        (1, 7),
        (2, 1),
        (2, 1),
        (1, 5),
    )
    assert (found["三、本年度办理结果"], found["四、结转下年度继续办理"]) == ((22, 1), (1, 3))
    assert (found["（一）予以公开"], found["（七）总计"]) == ((1, 2), (1, 2))
    assert [
        found[f"（{n}）{name}"][0]
        for n, name in zip("三四五六", ("不予公开", "无法提供", "不予处理", "其他处理"), strict=True)
    ] == [8, 3, 5, 3]
    assert spans("2019", "table3")["（六）其他处理"] == (1, 2)


def test_merged_cells_of_the_last_table() -> None:
    found = spans("2021", "table4")
    assert (found["行政复议"], found["行政诉讼"], found["复议后起诉"], found["结果维持"]) == (
        (1, 5),
        (1, 10),
        (1, 5),
        (2, 1),
    )


def test_a_blank_report_prints_no_figure() -> None:
    view = build_view(AnnualReport(org=UnitProfile.infer("某镇人民政府"), year=2023))
    cells = [
        c
        for s in view["sections"]
        for t in s["tables"]
        for line in t["lines"]
        for c in line
        if c["role"] == "value"
    ]
    assert len(cells) == 200
    assert {cell["text"] for cell in cells} == {""}
    assert view["title"] == "某镇人民政府2023年政府信息公开工作年度报告"
    assert view["fee"] == {"yuan": "", "cases": ""}


def test_remarks_stay_below_the_table() -> None:
    view = build_view(lawful_report(1).with_sections({"s2": "导语。\n注：本年清理后重新统计。"}))
    section = view["sections"][1]
    assert [p["text"] for p in section["paragraphs"]] == ["导语。"]
    assert [p["text"] for p in section["notes"]] == ["注：本年清理后重新统计。"]


def test_marks_show_where_and_why() -> None:
    report = lawful_report(1).with_sections({"s5": "一是二是二是。"})
    key = CellKey("table3", "granted", "total")
    finding = Finding(
        code="T3_ROW_SUM", severity=Severity.ERROR, where="table3", message="相差 1 件", cells=(str(key),)
    )
    marks = [
        *marks_of([finding]),
        Mark("s5", Severity.WARNING, "序号重复", words="二是二是"),
        Mark(str(key), Severity.INFO, "另见"),
    ]
    view = build_view(report, marks)
    cell = next(
        c for t in view["sections"][2]["tables"] for line in t["lines"] for c in line if c["key"] == str(key)
    )
    assert cell["mark"] == {"severity": "error", "note": "相差 1 件\n另见", "pending": False}
    assert [run["text"] for run in view["sections"][4]["paragraphs"][0]["runs"]] == ["一是", "二是二是", "。"]
    page = str(render(report, "html", marks=marks))
    assert 'class="value error"' in page
    assert '<mark class="warning" title="序号重复">二是二是</mark>' in page


def test_formats_by_name() -> None:
    assert format_named(".DOCX") is FORMATS["docx"]
    with pytest.raises(UsageError, match="odt"):
        format_named("odt")
    with pytest.raises(UsageError):
        render(lawful_report(1), "odt")
