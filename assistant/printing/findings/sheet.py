"""Prints findings as a workbook for the office that returns reports: a ranking first, then one sheet a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.checks import all_rules
from assistant.documents.archive import repack
from assistant.documents.printable import printable
from assistant.documents.sheet.writing import TALLEST, dress_head, lines_in, print_as_list, put, set_widths
from assistant.errors import MissingDependency, install_hint
from assistant.printing.findings.view import VERDICTS, Item, Review, Unit
from assistant.printing.reports.view import print_value
from assistant.report.facts import Value
from assistant.report.findings import SEVERITY_NAMES

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["RANKING", "render", "sheet_names"]

RANKING = "退回次序"
"""name of the first sheet"""


@dataclass(frozen=True)
class _Column:
    """A column; ``short`` ones hold figures and marks and are centred."""

    name: str
    width: int
    """in digits"""
    short: bool = False


_RANKING = (
    _Column("次序", 6, True), _Column("单位", 26), _Column("年度", 7, True), _Column("建议", 12, True),
    *(_Column(name, 8, True) for name in SEVERITY_NAMES.values()), _Column("未能核对", 9, True), _Column("例外", 6, True),
    _Column("首要问题", 46), _Column("文件", 28), _Column("明细", 7, True), _Column("处理情况", 14),
)  # fmt: skip
_FINDINGS = (
    _Column("序号", 6, True), _Column("程度", 7, True), _Column("规则", 20), _Column("位置", 20), _Column("问题", 48),
    _Column("应为", 12), _Column("现为", 12), _Column("修改建议", 24), _Column("法律依据", 32),
    _Column("例外理由", 12), _Column("处理情况", 12),
)  # fmt: skip
_FILLS = {"error": "FFFBE0DD", "warning": "FFFFF0CC", "ask": "FFE1ECFA", "info": "FFF1F3F6"}
_VERDICT_FILLS = {"return": "FFFBE0DD", "ask": "FFFFF0CC", "resend": "FFEBDFF5", "pass": "FFDFF2E4"}
_UNSAFE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NAME, _TEXT = 31, 32_000
"""characters that the name of a sheet, and a cell, hold at most"""
_FORMULA = tuple("=+-@\t\r")
_POINTS = 15
"""from one line to the next"""


@dataclass(frozen=True)
class _Styled:
    """A cell's content with its fill and the sheet it leads to."""

    value: Value | str | None
    fill: str = ""
    link: str = ""


class _Look(NamedTuple):
    """What decides how a cell looks."""

    fill: str
    short: bool
    link: bool
    quoted: bool


def render(review: Review) -> bytes:
    """The workbook. MissingDependency without openpyxl."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingDependency(f"导出 Excel 表格需要安装 openpyxl；{install_hint('docs')}") from error
    book = Workbook()
    names = sheet_names(review.readable)
    looks: dict[_Look, Any] = {}
    _fill(_first(book), looks, _RANKING, _ranking(review, names))
    bases = {rule.code: rule.citation for rule in all_rules()}
    for unit in review.ranking:
        if unit.report is not None:
            _fill(book.create_sheet(names[unit.key]), looks, _FINDINGS, _findings(unit, bases))
    out = BytesIO()
    book.save(out)
    return repack(out.getvalue())


def sheet_names(units: Sequence[Unit]) -> dict[str, str]:
    """A name for each unit's sheet by its key: what sheets forbid is left out, two of one name are told apart."""
    names: dict[str, str] = {}
    taken = {RANKING.casefold(), "history"}
    for unit in units:
        stem = _UNSAFE.sub(" ", printable(unit.name)).strip(" '") or "未命名单位"
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
    first: Worksheet = book.create_sheet(RANKING)
    return first


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
            item.number, item.severity_name, f"{finding.code}\n{item.title}", _place(item), finding.message, finding.expected,
            finding.got, finding.fix.title if finding.fix is not None else "", bases.get(finding.code, ""), item.accepted or "", None,
        )  # fmt: skip
        yield [_Styled(value, fill if at == 1 else "") for at, value in enumerate(values)]


def _place(item: Item) -> str:
    """The place, and how many further cells take part."""
    more = len(item.cells) - 1
    return f"{item.place}等 {more + 1} 格" if more > 0 else item.place


def _fill(
    sheet: Worksheet, looks: dict[_Look, Any], columns: Sequence[_Column], rows: Iterator[list[_Styled]]
) -> None:
    head = [_Styled(column.name) for column in columns]
    for number, row in enumerate([head, *rows], 1):
        for at, (styled, column) in enumerate(zip(row, columns, strict=True), 1):
            _write(sheet.cell(number, at), styled, looks, short=column.short)
        lines = max(lines_in(_shown(s.value), c.width) for s, c in zip(row, columns, strict=True))
        sheet.row_dimensions[number].height = min(TALLEST, 6 + _POINTS * lines)
    dress_head(sheet[1])
    set_widths(sheet, [column.width for column in columns])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    print_as_list(sheet)


def _write(cell: Any, styled: _Styled, looks: dict[_Look, Any], *, short: bool) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    value = styled.value
    text = printable(value)[:_TEXT] if isinstance(value, str) else None
    look = _Look(styled.fill, short, bool(styled.link), text is not None and text.startswith(_FORMULA))
    if look not in looks:
        _style(cell, look)
        looks[look] = copy(cell._style)
    # a style made anew for every cell takes ten times as long
    cell._style = copy(looks[look])
    put(cell, value if text is None else text)
    if styled.link:
        place = styled.link.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{place}'!A1")


def _style(cell: Any, look: _Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if look.short else "left")
    edge = Side(style="thin", color="FFD0D7DE")
    cell.border = Border(edge, edge, edge, edge)
    # keeps text that begins like a formula text, also when somebody edits the cell
    cell.quotePrefix = look.quoted
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.link:
        cell.font = Font(color="FF1F5FA8", underline="single")


def _shown(value: Value | str | None) -> str:
    return value if isinstance(value, str) else print_value(value)
