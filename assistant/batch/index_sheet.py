"""Prints the index of a batch as a workbook: units, findings, questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO
from urllib.parse import quote

from assistant.batch.index_page import LEVELS, STATES, standing
from assistant.batch.summary import Summary
from assistant.batch.units import UnitResult
from assistant.findings import SEVERITY_NAMES, Severity

__all__ = ["workbook"]

_UNITS = (
    ("序号", 6), ("单位", 30), ("层级", 10), ("年度", 8), ("状态", 10), ("错误", 7), ("警告", 7), ("待确认", 8), ("提示", 7),
    ("待答问题", 10), ("已填单元格", 12), ("全部单元格", 12), ("上年年报", 26), ("材料来源", 30), ("文件夹", 30), ("读取方式", 12),
    ("输入词元", 10), ("输出词元", 10), ("用时（秒）", 10), ("说明", 60),
)  # fmt: skip
_FINDINGS = (
    ("序号", 6),
    ("单位", 30),
    ("程度", 8),
    ("规则", 22),
    ("位置", 30),
    ("内容", 90),
    ("应为", 16),
    ("现为", 16),
)
_QUESTIONS = (("序号", 6), ("单位", 30), ("问题", 90), ("可选答复", 60), ("答复", 40))
_FOLDER = next(at for at, (name, _) in enumerate(_UNITS) if name == "文件夹")
_FILLS = {"failed": "FFF6D5D2", "error": "FFFBE3E0", "open": "FFFFF3D6", "ready": "FFDFF2E4"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def workbook(results: Iterable[UnitResult], summary: Summary, file: BinaryIO) -> None:
    """Write the workbook into a file. It is written row by row, so thousands of units need no more memory than one."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    units = _sheet(book, "单位", _UNITS)
    findings = _sheet(book, "核对发现", _FINDINGS)
    questions = _sheet(book, "待答问题", _QUESTIONS)
    for result in results:
        row = _cells(units, _unit_row(result), {4: _FILLS[standing(result)]})
        if result.files:
            row[_FOLDER].hyperlink = quote(f"{result.key}/{_best(result.files)}")
        units.append(row)
        for f in result.findings:
            line = [
                result.number,
                result.org,
                SEVERITY_NAMES[f.severity],
                f.code,
                f.where,
                f.message,
                f.expected,
                f.got,
            ]
            findings.append(_cells(findings, line))
        for q in result.questions:
            questions.append(_cells(questions, [result.number, result.org, q.text, "；".join(q.choices), ""]))
    last = f"共 {summary.units} 个单位：完成 {summary.done} 个，未完成 {summary.failed + summary.missing} 个"
    units.append(_cells(units, ["", last]))
    book.save(file)


def _best(files: Sequence[str]) -> str:
    """The file that a click opens: Word before the page before whatever there is."""
    return next((name for suffix in (".docx", ".html") for name in files if name.endswith(suffix)), files[0])


def _unit_row(result: UnitResult) -> list[object]:
    filled, cells = result.cells
    note = result.problem or ("文件在生成后被改动过，已保留" if result.edited else "")
    return [
        result.number, result.org, LEVELS[result.level] if result.level else "", result.year, STATES[standing(result)],
        *(result.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.ASK, Severity.INFO)),
        len(result.questions), filled, cells, result.previous, result.origin, result.key if result.files else "",
        "离线" if result.model.engine == "offline" else result.model.name or result.model.engine,
        result.model.input_tokens, result.model.output_tokens, result.seconds, note,
    ]  # fmt: skip


def _sheet(book: Any, title: str, columns: Sequence[tuple[str, int]]) -> Any:
    """A sheet with its header; Any, because the stubs do not know that a write-only sheet takes widths and filters."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = book.create_sheet(title)
    for number, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    head = _cells(sheet, [name for name, _ in columns])
    for cell in head:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE6EDF6")
    sheet.append(head)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1048576"
    return sheet


def _cells(sheet: Any, values: Iterable[Any], fills: dict[int, str] | None = None) -> list[Any]:
    """Cells of one row; text is typed as text, because a leading equals sign would make a formula of it."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, PatternFill

    row = []
    for at, value in enumerate(values):
        cell = WriteOnlyCell(sheet, _CONTROL.sub("", value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if fills and at in fills:
            cell.fill = PatternFill("solid", fgColor=fills[at])
        row.append(cell)
    return row
