"""Prints a report as a workbook: the words, one sheet a table, and one flat sheet of all cells."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assistant.documents.archive import repack
from assistant.documents.sheet.writing import TALLEST, dress_head, fit_to_paper, lines_in, put, set_widths
from assistant.errors import MissingDependency, install_hint
from assistant.printing.reports.view import CellView, Marks, SectionView, TableView, View, build_view
from assistant.report import AnnualReport

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["render"]

_PROSE_WIDTH = 110
_CELL_LIMIT = 32_000
"""a sheet's cell holds 32 767 characters; a longer paragraph goes on in the next cell"""
_FILL = {"error": "FFFBD5D2", "warning": "FFFFE9B8", "ask": "FFD6E6F8", "info": "FFD6E6F8"}
_HEAD_FILL = "FFEEF2F8"
_TEXT_WIDTH = {"blocks": 96, "matrix": 150, "bands": 130}
"""width of a whole table in characters"""


def render(report: AnnualReport, marks: Marks = ()) -> bytes:
    """The workbook; figures are numbers, blank cells are empty, marked cells are filled and carry a comment."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingDependency(f"导出 Excel 表格需要安装 openpyxl；{install_hint('docs')}") from error
    view = build_view(report, marks)
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    _words(book.create_sheet("报告"), view)
    for section in view["sections"]:
        for table in section["tables"]:
            _table(book.create_sheet(section["title"][:31]), table, report)
    _cells(book.create_sheet("单元格"), view, report)
    for sheet in book.worksheets:
        # a table of the form stays in one piece
        fit_to_paper(sheet, one_page=bool(sheet.merged_cells.ranges))
    out = BytesIO()
    book.save(out)
    return repack(out.getvalue())


def _words(sheet: Worksheet, view: View) -> None:
    from openpyxl.styles import Alignment

    _line(sheet, ["项目", "内容"])
    for name, text in (("标题", view["title"]), ("单位", view["unit"]), ("年度", view["year"])):
        _line(sheet, [name, text])
    for name, lines in _passages(view):
        for number, text in enumerate(lines or [""]):
            parts = [text[at : at + _CELL_LIMIT] for at in range(0, len(text), _CELL_LIMIT)]
            _line(sheet, [name if number == 0 else "", *parts])
    _line(sheet, ["信息处理费（元）", view["fee"]["yuan"]])
    _line(sheet, ["信息处理费（件）", view["fee"]["cases"]])
    set_widths(sheet, (42, _PROSE_WIDTH))
    for row in sheet.iter_rows():
        for written in row:
            written.alignment = Alignment(wrap_text=True, vertical="top")
        high = lines_in(str(row[1].value or ""), _PROSE_WIDTH)
        sheet.row_dimensions[row[0].row or 1].height = min(TALLEST, 6 + 15 * high)
    _head(sheet)


def _passages(view: View) -> Iterator[tuple[str, list[str]]]:
    yield "引言", [p["text"] for p in view["preamble"]]
    for section in view["sections"]:
        yield section["title"], [p["text"] for p in _all_paragraphs(section)]


def _all_paragraphs(section: SectionView) -> Iterator[Any]:
    yield from section["paragraphs"]
    yield from section["notes"]


def _line(sheet: Worksheet, texts: list[str]) -> None:
    """One row of text."""
    number = sheet.max_row + 1 if sheet.cell(1, 1).value is not None else 1
    for column, text in enumerate(texts, 1):
        if text:
            put(sheet.cell(number, column), text)
        else:
            sheet.cell(number, column)


def _head(sheet: Worksheet) -> None:
    dress_head(sheet[1], _HEAD_FILL)
    sheet.freeze_panes = "A2"


def _table(sheet: Worksheet, table: TableView, report: AnnualReport) -> None:
    total = _TEXT_WIDTH[table["layout"]]
    set_widths(sheet, [max(7.5, round(share * total, 1)) for share in table["widths"]])
    values = {str(key): report.value(key) for key in report.layout.table(table["key"]).cells}
    for line in table["lines"]:
        for view in line:
            _cell(sheet, view, values)
    for number, line in enumerate(table["lines"], 1):
        tall = [
            lines_in(c["text"], sum(table["widths"][c["col"] : c["col"] + c["colspan"]]) * total)
            for c in line
            if c["rowspan"] == 1
        ]
        sheet.row_dimensions[number].height = max(24, 10 + 15 * max(tall, default=1))
    if table["header_rows"]:
        sheet.freeze_panes = f"A{table['header_rows'] + 1}"
    sheet.sheet_view.showGridLines = False


def _cell(sheet: Worksheet, view: CellView, values: dict[str, Any]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    top, left = view["row"] + 1, view["col"] + 1
    bottom, right = top + view["rowspan"] - 1, left + view["colspan"] - 1
    edge = Side(style="thin")
    for row in sheet.iter_rows(top, bottom, left, right):
        for covered in row:
            covered.border = Border(edge, edge, edge, edge)
    cell = sheet.cell(top, left)
    cell.value = values[view["key"]] if view["key"] else view["text"]
    side = "left" if view["role"] == "label" and view["rowspan"] == 1 else "center"
    cell.alignment = Alignment(
        horizontal=side, vertical="center", wrap_text=True, indent=1 if side == "left" else 0
    )
    cell.font = Font(bold=view["role"] in ("heading", "header"))
    fill = _FILL[view["mark"]["severity"]] if view["mark"] else _HEAD_FILL if view["role"] != "value" else ""
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if view["mark"]:
        cell.comment = Comment(view["mark"]["note"], "nianbao", width=360, height=90)
    if bottom > top or right > left:
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)


def _cells(sheet: Worksheet, view: View, report: AnnualReport) -> None:
    """Every cell with its key, and once more as it is now: a change in either of the two sheets is then told from the other."""
    _line(sheet, ["键", "名称", "数值", "生成时的数值"])
    for number, (key, (name, label, _)) in enumerate(zip(report.layout.cells, view["cells"], strict=True), 2):
        sheet.cell(number, 1).value, sheet.cell(number, 2).value = name, label
        sheet.cell(number, 3).value = sheet.cell(number, 4).value = report.value(key)
    set_widths(sheet, (40, 52, 16, 16))
    _head(sheet)
    sheet.auto_filter.ref = sheet.dimensions
