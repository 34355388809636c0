"""Prints findings as a workbook for the office that returns reports: a ranking first, then one sheet a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from assistant.checks import all_rules
from assistant.errors import MissingDependency
from assistant.facts import Value
from assistant.findings import SEVERITY_NAMES
from assistant.rendering.archive import repack
from assistant.rendering.view import print_value
from assistant.reviewed.view import VERDICTS, Item, Review, Unit

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["RANKING", "render", "sheet_names"]

RANKING = "退回次序"
"""name of the first sheet"""
_LINK = "明细"
_RANKING = (
    ("次序", 6), ("单位", 32), ("年度", 7), ("建议", 12), *((name, 8) for name in SEVERITY_NAMES.values()),
    ("未能核对", 10), ("例外", 7), ("首要问题", 60), ("文件", 36), (_LINK, 8), ("处理情况", 18),
)  # fmt: skip
_FINDINGS = (
    ("序号", 6), ("程度", 8), ("规则", 18), ("规则名称", 22), ("位置", 26), ("问题", 58), ("应为", 18), ("现为", 18),
    ("修改建议", 26), ("原文", 30), ("法律依据", 34), ("例外理由", 16), ("处理情况", 16),
)  # fmt: skip
_FILLS = {"error": "FFFBE0DD", "warning": "FFFFF0CC", "ask": "FFE1ECFA", "info": "FFF1F3F6"}
_VERDICT_FILLS = {"return": "FFFBE0DD", "ask": "FFFFF0CC", "resend": "FFEBDFF5", "pass": "FFDFF2E4"}
_UNSAFE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NAME, _TEXT = 31, 32_000
"""characters that the name of a sheet, and a cell, hold at most"""
_FORMULA = tuple("=+-@\t\r")
_POINTS, _TALLEST = 15, 409


@dataclass(frozen=True)
class _Styled:
    """A cell's content with its fill and the sheet it leads to."""

    value: Value | str | None
    fill: str = ""
    link: str = ""


def render(review: Review) -> bytes:
    """The workbook. MissingDependency without openpyxl."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingDependency(
            "导出 Excel 表格需要安装 openpyxl；请执行 pip install 'nianbao[docs]'"
        ) from error
    book = Workbook()
    names = sheet_names(review.readable)
    _fill(_first(book), _RANKING, _ranking(review, names))
    bases = {rule.code: rule.citation for rule in all_rules()}
    for unit in review.ranking:
        if unit.report is not None:
            _fill(book.create_sheet(names[unit.key]), _FINDINGS, _findings(unit, bases))
    out = BytesIO()
    book.save(out)
    return repack(out.getvalue())


def sheet_names(units: Sequence[Unit]) -> dict[str, str]:
    """A name for each unit's sheet by its key: what sheets forbid is left out, two of one name are told apart."""
    names: dict[str, str] = {}
    taken = {RANKING.casefold(), "history"}
    for unit in units:
        stem = _UNSAFE.sub(" ", unit.name).strip(" '") or "未命名单位"
        number, name = 1, stem[:_NAME]
        while name.casefold() in taken:
            number += 1
            tail = f"（{number}）"
            name = stem[: _NAME - len(tail)] + tail
        taken.add(name.casefold())
        names[unit.key] = name
    return names


def _first(book: Workbook) -> Worksheet:
    for sheet in book.worksheets:
        book.remove(sheet)
    return book.create_sheet(RANKING)


def _ranking(review: Review, names: dict[str, str]) -> Iterator[list[_Styled]]:
    for number, unit in enumerate(review.ranking, 1):
        name = names.get(unit.key, "")
        counts = [
            _Styled(n, _FILLS[s] if n else "") if unit.report is not None else _Styled(None)
            for s, n in unit.counts.items()
        ]
        yield [
            _Styled(number),
            _Styled(unit.name),
            _Styled(int(unit.year) if unit.year else None),
            _Styled(VERDICTS[unit.verdict], _VERDICT_FILLS[unit.verdict]),
            *counts,
            _Styled(len(unit.open) if unit.report is not None else None),
            _Styled(len(unit.exceptions) if unit.report is not None else None),
            _Styled(f"无法读取：{unit.problem}" if unit.problem else unit.worst),
            _Styled(unit.file),
            _Styled("查看" if name else None, link=name),
            _Styled(None),
        ]


def _findings(unit: Unit, bases: dict[str, str]) -> Iterator[list[_Styled]]:
    for item in (*unit.items, *unit.exceptions):
        finding = item.finding
        fill = "" if item.accepted is not None else _FILLS[finding.severity]
        values = (
            item.number, item.severity_name, finding.code, item.title, _place(item), finding.message, finding.expected,
            finding.got, finding.fix.title if finding.fix is not None else "", "；".join(item.quotes),
            bases.get(finding.code, ""), item.accepted or "", None,
        )  # fmt: skip
        yield [_Styled(value, fill if at == 1 else "") for at, value in enumerate(values)]


def _place(item: Item) -> str:
    """The place, and how many further cells take part."""
    more = len(item.cells) - 1
    return f"{item.place}等 {more + 1} 格" if more > 0 else item.place


def _fill(sheet: Worksheet, columns: Sequence[tuple[str, int]], rows: Iterator[list[_Styled]]) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    head = [_Styled(name) for name, _ in columns]
    widths = [width for _, width in columns]
    for number, row in enumerate([head, *rows], 1):
        for at, styled in enumerate(row, 1):
            _write(sheet.cell(number, at), styled)
        lines = max(_lines(styled.value, width) for styled, width in zip(row, widths, strict=True))
        # sheets do not grow their rows by themselves
        sheet.row_dimensions[number].height = min(_TALLEST, 6 + _POINTS * lines)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE6EDF6")
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    _fit_to_paper(sheet)


def _write(cell: Cell | MergedCell, styled: _Styled) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.hyperlink import Hyperlink

    value = styled.value
    if isinstance(value, str):
        text = _UNPRINTABLE.sub("", value)[:_TEXT]
        cell.value = text
        # typed as text, or a leading equals sign would make a formula of it, now or when somebody edits the cell
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA)
    else:
        cell.value = value
    side = "center" if not isinstance(value, str) or len(value) <= 4 else None
    cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal=side)
    edge = Side(style="thin", color="FFD0D7DE")
    cell.border = Border(edge, edge, edge, edge)
    if styled.fill:
        cell.fill = PatternFill("solid", fgColor=styled.fill)
    if styled.link:
        place = styled.link.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{place}'!A1")
        cell.font = Font(color="FF1F5FA8", underline="single")


def _lines(value: Value | str | None, width: int) -> int:
    """Lines that a text takes in a column so many digits wide."""
    text = value if isinstance(value, str) else print_value(value)
    fits = max(width - 2, 1)
    return sum(max(1, ceil(sum(1 if c.isascii() else 2 for c in line) / fits)) for line in text.split("\n"))


def _fit_to_paper(sheet: Worksheet) -> None:
    """A4 across, as wide as the paper, the header on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"
